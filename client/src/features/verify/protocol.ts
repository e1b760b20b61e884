/** What a page and its verifier say to each other. */
import type { Report } from '@cabildo/record/verify'
import type { Progress } from '@cabildo/record/verify-context'

/** Asks for a file to be verified. */
export interface Job {
  /** Tells the answers to one job from those to another. */
  id: number
  file: Blob
  /** The verifier key that was given; without one the file's own are taken. */
  key: string | undefined
}

/** How far a verification has come, or how it ended. */
export type Answer = { id: number } & (
  | { kind: 'progress'; progress: Progress }
  /** `keys` are the log's keys as the file brings them; `rebuilt`: versions were written again from the single changes. */
  | { kind: 'report'; report: Report; keys: readonly string[]; rebuilt: boolean }
  | { kind: 'too-large'; limit: number }
  | { kind: 'failed' }
)
