import type { TimelineMark } from '@cabildo/protocol/http/authorship'

const shapes: Readonly<Record<TimelineMark['kind'], string>> = {
  version: 'M5 0h2v12H5z',
  workshop: 'M6 1a5 5 0 1 0 0 10A5 5 0 0 0 6 1z',
  meeting: 'M1.5 1.5h9v9h-9z',
  consultation: 'M6 1 11.5 11H.5z',
  decision: 'M6 0l6 6-6 6-6-6z',
}

/** The shape of a kind of mark: a bar for a version, a disc, a square, a triangle, a diamond. Its word stands elsewhere. */
export function MarkShape({ kind }: { kind: TimelineMark['kind'] }) {
  return (
    <svg viewBox="0 0 12 12" width="0.75rem" height="0.75rem" fill="currentColor" aria-hidden>
      <path d={shapes[kind]} />
    </svg>
  )
}
