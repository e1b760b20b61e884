import type { TextSpan } from '@cabildo/protocol/http/threads'

/** Bounds of what one group says on one document: so many stand at once, and so many were ever stated. No group uses up another's. */
export const mostOfGroup = 10
export const mostStated = 100

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
