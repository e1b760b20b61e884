import classes from './status-chip.module.css'

/** What a state means to a reader; each has its own colour and its own shape. */
export type StatusTone = 'idle' | 'active' | 'waiting' | 'done' | 'problem'

const shapes: Record<StatusTone, React.ReactNode> = {
  idle: <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" strokeDasharray="2.6 2" />,
  active: (
    <>
      <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" strokeWidth="2" />
      <path d="M8 2.5a5.5 5.5 0 0 1 0 11z" fill="currentColor" />
    </>
  ),
  waiting: <path d="M8 1.5 14.5 8 8 14.5 1.5 8z" fill="none" stroke="currentColor" strokeWidth="2" />,
  done: (
    <path
      d="M2.5 8.5 6.5 12.5 13.5 4"
      fill="none"
      stroke="currentColor"
      strokeWidth="2.5"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  ),
  problem: <path d="M8 1.5 15 14H1zM7.1 6v4h1.8V6zm0 5v1.6h1.8V11z" fill="currentColor" fillRule="evenodd" />,
}

/** A state as a word, a colour and a shape, any one of which is enough. */
export function StatusChip({ tone, children }: { tone: StatusTone; children: React.ReactNode }) {
  return (
    <span className={classes.chip} data-tone={tone}>
      <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
        {shapes[tone]}
      </svg>
      {children}
    </span>
  )
}
