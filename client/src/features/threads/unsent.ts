import type { ThreadKind } from '@cabildo/protocol/http/threads'
import type { UserId } from '@cabildo/protocol/ids'
import { commentName, keep, readKept } from '../../sync/kept-writing.ts'
import type { PointedAt } from './editors.ts'
import type { Named } from './model.ts'

/** What is chosen beside the words of a new comment. */
export interface Choice {
  kind: ThreadKind
  /** What was selected when it was begun, or the field that the cursor stood in. */
  begunAt?: PointedAt | undefined
  /** The field or fact that it is on; '' for the whole commitment. */
  on: string
  /** Words of that field that are named by typing, and which of those that are found, from 0. */
  typed: string
  place: number
}

/** What somebody began to say, who is named in it, and what is chosen beside it. */
interface Unsent {
  written: string
  named: Named
  choice: Choice | undefined
  /** Set once it was sent: what, and with which key. The answer may have been lost on its way. */
  sent: Sent | undefined
}

/** What was sent: said again, word by word, it has the same key, and is said once. */
export interface Sent {
  key: string
  what: string
}

/** As it is kept in the tab. */
interface Kept {
  written: string
  named: [string, UserId][]
  choice?: Choice
  sent?: Sent
  /** Milliseconds of the epoch. */
  at: number
}

/** A comment that was begun anew, and neither said nor called off. */
export interface Begun {
  key: string
  choice: Choice | undefined
}

/** Where a comment that is begun anew is kept: each has a key of its own. */
export const newCommentName = (documentId: string, userId: string, key: string): string =>
  commentName(documentId, userId, `new ${key}`)

/** Keeps what was begun, or lets go of it when it is nothing. */
export function keepUnsent(name: string, { written, named, choice, sent }: Unsent): void {
  const kept: Kept = { written, named: [...named], ...(choice && { choice }), ...(sent && { sent }), at: Date.now() }
  keep(name, written.trim() === '' ? undefined : kept)
}

/** What was begun under a name. */
export function unsentUnder(name: string): Unsent | undefined {
  const kept = readKept<Kept>(name)
  return kept && { written: kept.written, named: new Map(kept.named), choice: kept.choice, sent: kept.sent }
}

/** All that was begun anew beside a document, the newest first. */
export function unsentBeside(documentId: string, userId: string): Begun[] {
  const first = newCommentName(documentId, userId, '')
  return Object.keys(sessionStorage)
    .filter((name) => name.startsWith(first))
    .flatMap((name) => {
      const kept = readKept<Kept>(name)
      return kept ? [{ key: name.slice(first.length), choice: kept.choice, at: kept.at }] : []
    })
    .sort((one, other) => other.at - one.at)
    .map(({ key, choice }) => ({ key, choice }))
}

/** Whether two comments are begun about the same: the same words, or a field and none of its words, or nothing. */
export const isSamePlace = (one: PointedAt | undefined, other: PointedAt | undefined): boolean =>
  one?.field === other?.field && JSON.stringify(one?.ids ?? []) === JSON.stringify(other?.ids ?? [])
