import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react'
import classes from './notice.module.css'

interface NoticeProps {
  tone: 'problem' | 'care' | 'info' | 'good'
  /** What happened. */
  what: React.ReactNode
  /** What was kept; always said when something the reader made could be thought lost. */
  kept?: React.ReactNode
  /** What to do now. */
  todo?: React.ReactNode
  /** Buttons or links that do it. */
  children?: React.ReactNode
  /** Interrupts a screen reader; without it the notice waits for its turn. */
  urgent?: boolean
  /** For whoever brings it into view: with a ref the notice can be given the focus. */
  ref?: React.Ref<HTMLDivElement>
}

/** A message beside the thing it is about: what happened, what was kept, what to do, in that order. */
export function Notice({ tone, what, kept, todo, children, urgent = false, ref }: NoticeProps) {
  const Icon = tone === 'good' ? IconCircleCheck : tone === 'info' ? IconInfoCircle : IconAlertTriangle
  return (
    <div
      ref={ref}
      tabIndex={ref ? -1 : undefined}
      className={classes.notice}
      data-tone={tone}
      role={urgent ? 'alert' : 'status'}
    >
      <Icon className={classes.icon} size={24} aria-hidden />
      <div className={classes.words}>
        <p className={classes.what}>{what}</p>
        {kept && <p>{kept}</p>}
        {todo && <p>{todo}</p>}
        {children && <div className={classes.actions}>{children}</div>}
      </div>
    </div>
  )
}
