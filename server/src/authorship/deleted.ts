import type { DeletedText } from '@cabildo/protocol/http/authorship'
import * as Y from 'yjs'
import type { Actor } from '../auth/sessions.ts'
import { cursorOf } from '../http/paging.ts'
import { enterDocument, peopleOf } from '../people/service.ts'
import type { Taken } from './keeper.ts'
import { isMoved, readKey } from './rules.ts'
import type { AuthorshipDeps } from './service.ts'
import { findHead, findTimes } from './store.ts'

/** Rows looked through at once, and how often for one page. */
const windowRows = 16_384
const mostWindows = 2
/** Characters shown of a long text. */
const shownLength = 1000

/** Deletions come newest first: by row, and within one by place. Those before this one. */
export type Before = readonly [seq: number, place: number]

interface Found {
  seq: number
  place: number
  field: string
  text: string
  by: string
  /** Who took it away for them; null when they did themselves. */
  typedBy: string | null
  author: string
  written: number
}

/**
 * What somebody took away of the text of others, newest first, before `before`: at most `limit`. Looks through a bounded
 * stretch of the log, so that a page may be empty and yet not the last.
 */
export async function readDeleted(
  deps: AuthorshipDeps,
  actor: Actor,
  documentId: string,
  { before, field, limit }: { before: Before | undefined; field: string | undefined; limit: number },
): Promise<{ items: DeletedText[]; nextCursor: string | null }> {
  const { db, keeper } = deps
  const { planId } = await enterDocument(db, actor, documentId, 'document.open')
  const head = (await findHead(db, documentId)) ?? 0
  const [seq, place] = before ?? [head + 1, 0]
  // A row with the place is not done with; one without is.
  let upTo = Math.min(head, place > 0 ? seq : seq - 1)
  const found: Found[] = []
  for (let windows = 0; windows < mostWindows && upTo > 0 && found.length <= limit; windows++) {
    const after = upTo - 1 - ((upTo - 1) % windowRows)
    const taken = await keeper.deleted(documentId, { after, upTo })
    const listed = listDeletions(taken, field).filter((one) => one.seq < seq || (one.seq === seq && one.place < place))
    found.push(...listed.reverse())
    upTo = after
  }
  const shown = found.slice(0, limit)
  const last = shown.at(-1)
  const next: Before | null = found.length > limit && last ? [last.seq, last.place] : upTo > 0 ? [upTo + 1, 0] : null
  const people = await peopleOf(db, planId, [
    ...new Set(shown.flatMap(({ by, typedBy, author }) => [by, typedBy ?? by, author])),
  ])
  const times = await findTimes(
    db,
    documentId,
    shown.map((one) => one.seq),
  )
  const items = shown.flatMap(({ place: _, by: byId, typedBy, author: authorId, text, ...one }): DeletedText[] => {
    const [by, author, at] = [people.get(byId), people.get(authorId), times.get(one.seq)]
    if (!by || !author || !at) return []
    const characters = [...text]
    return [
      {
        ...one,
        at: at.toISOString(),
        by,
        typedBy: (typedBy !== null && people.get(typedBy)) || null,
        author,
        text: characters.slice(0, shownLength).join(''),
        length: characters.length,
      },
    ]
  })
  return { items, nextCursor: cursorOf(next) }
}

/** The deletions of others' text, in the order of rows; what one row took of one person is one text. */
export function listDeletions(taken: readonly Taken[], field: string | undefined): Found[] {
  const found: Found[] = []
  let brought: { seq: number; text: string } | undefined
  for (const { seq, field: itsField, text, by, behalfId, author, written, bytes } of taken) {
    const senderId = readKey(by).userId
    const [byId, authorId] = [behalfId ?? senderId, readKey(author).userId]
    if (byId === authorId || text.trim() === '' || (field !== undefined && itsField !== field)) continue
    if (brought?.seq !== seq) brought = { seq, text: textIn(bytes) }
    if (isMoved(text, brought.text)) continue
    const last = found.at(-1)
    if (last?.seq === seq && last.field === itsField && last.author === authorId) last.text += text
    else
      found.push({
        seq,
        place: last?.seq === seq ? last.place + 1 : 1,
        field: itsField,
        text,
        by: byId,
        typedBy: behalfId === null ? null : senderId,
        author: authorId,
        written,
      })
  }
  return found
}

/** The text that an update brings in. */
function textIn(bytes: Uint8Array): string {
  return Y.decodeUpdate(bytes)
    .structs.map((struct) =>
      struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : '',
    )
    .join('')
}
