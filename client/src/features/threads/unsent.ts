import type { UserId } from '@cabildo/protocol/ids'
import { commentName, keep, readKept } from '../../sync/kept-writing.ts'
import type { PointedAt } from './editors.ts'
import type { Named } from './model.ts'

/** What somebody began to say, who is named in it, and what it is about where that was pointed at. */
interface Unsent {
  written: string
  named: Named
  about: PointedAt | undefined
}

/** As it is kept in the tab. */
interface Kept {
  written: string
  named: [string, UserId][]
  about?: PointedAt
  /** Milliseconds of the epoch. */
  at: number
}

/** Something that was begun anew and neither said nor called off, by the name under which it is kept. */
export interface Begun {
  name: string
  about: PointedAt | undefined
}

/** Where what is said anew is kept: under its words, or under what is chosen beside them. */
export const newCommentName = (documentId: string, userId: string, about: PointedAt | undefined): string =>
  commentName(documentId, userId, about && about.ids.length > 0 ? `new ${JSON.stringify(about.ids)}` : 'new')

/** Keeps what was begun, or lets go of it when it is nothing. */
export function keepUnsent(name: string, { written, named, about }: Unsent): void {
  const kept: Kept = { written, named: [...named], ...(about && { about }), at: Date.now() }
  keep(name, written === '' ? undefined : kept)
}

/** What was begun under a name. */
export function unsentUnder(name: string): Unsent | undefined {
  const kept = readKept<Kept>(name)
  return kept && { written: kept.written, named: new Map(kept.named), about: kept.about }
}

/** All of it beside a document, the newest first. */
export function unsentBeside(documentId: string, userId: string): Begun[] {
  const first = commentName(documentId, userId, 'new')
  return Object.keys(sessionStorage)
    .filter((name) => name === first || name.startsWith(`${first} `))
    .flatMap((name) => {
      const kept = readKept<Kept>(name)
      return kept && kept.written.trim() !== '' ? [{ name, about: kept.about, at: kept.at }] : []
    })
    .sort((one, other) => other.at - one.at)
    .map(({ name, about }) => ({ name, about }))
}
