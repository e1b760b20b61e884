import * as Y from 'yjs'
import { type Authorship, createAuthorship } from '../authorship.ts'
import type { Span } from '../words.ts'
import type { Desk, Room } from './desk.ts'

/** Tests only: what a client says of a stretch of its own text: the ids of its units. */
export function idsOf(doc: Y.Doc, wanted: (text: string) => [from: number, to: number] | undefined): Span[] {
  const ids: Span[] = []
  const units: { client: number; clock: number; unit: string }[] = []
  // Whatever kind of type it is.
  const read = (type: Pick<Y.XmlFragment, '_start'>): void => {
    for (let item = type._start; item; item = item.right) {
      if (item.deleted) continue
      if (item.content instanceof Y.ContentString) {
        const { str } = item.content
        for (let i = 0; i < str.length; i++)
          units.push({ client: item.id.client, clock: item.id.clock + i, unit: str[i] ?? '' })
      } else if (item.content instanceof Y.ContentType) read(item.content.type)
    }
  }
  read(doc.getXmlFragment('problem'))
  const range = wanted(units.map(({ unit }) => unit).join(''))
  for (const { client, clock } of range ? units.slice(...range) : []) ids.push({ client, clock, length: 1 })
  return ids
}

/** Where a text stands among others, for `idsOf`. */
export const words = (text: string) => (all: string) => {
  const at = all.indexOf(text)
  return at < 0 ? undefined : ([at, at + text.length] as [number, number])
}

/** The authorship of a room's log so far. */
export function read(room: Room, authorship: Authorship = createAuthorship()): Authorship {
  for (const row of room.rows) authorship.apply(row)
  return authorship
}

/** Who wrote what of the field `problem`: `author:words`, parted by bars. */
export function said(authorship: Authorship): string {
  const parts: { author: string | null; text: string }[] = []
  for (const { author, text } of authorship.view().fields.problem?.runs ?? []) {
    const last = parts.at(-1)
    if (last?.author === author) last.text += text
    else parts.push({ author, text })
  }
  return parts.map(({ author, text }) => `${author}:${text}`).join('|')
}

/** Where a text begins in somebody's editor. */
export function positionOf({ editor }: Desk, text: string): number {
  let found = -1
  editor.state.doc.descendants((node, pos) => {
    if (node.isText && node.text?.includes(text)) found = pos + node.text.indexOf(text)
  })
  return found
}
