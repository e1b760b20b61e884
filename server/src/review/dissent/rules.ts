import type { TextSpan } from '@cabildo/protocol/http/threads'

/** Bounds of what one document carries: so many of one group stand at once, and so many of all were ever stated. */
export const mostOfGroup = 10
export const mostDissents = 500

/** A position as it is kept. */
export interface DissentRow {
  id: string
  number: number
  groupId: string
  field: string
  origins: TextSpan[] | null
  quote: string | null
  position: string
  byId: string
  entry: number
  statedAt: Date
  withdrawnById: string | null
  withdrawnEntry: number | null
  withdrawnAt: Date | null
}
