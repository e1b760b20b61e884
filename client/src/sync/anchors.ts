/**
 * Words of a field by the ids of their units, and where they stand in its editor. A fragment of the document is walked
 * as y-tiptap draws it: each letter is one position, each element one before and one after what it holds.
 */
import type { TextSpan } from '@cabildo/protocol/http/threads'
import * as Y from 'yjs'

/** Positions in an editor, `to` being the first one after. */
export interface Stretch {
  from: number
  to: number
}

/** Letters that were typed in one go and stand together. */
interface Piece {
  client: number
  clock: number
  length: number
  /** The position of the first. */
  at: number
  text: string
}

/** Whether an element holds nothing and is one position, as a break of a line. */
export type IsLeaf = (nodeName: string) => boolean

/** The letters that stand in a field, in their order. */
export function piecesOf(fragment: Y.XmlFragment, isLeaf: IsLeaf): Piece[] {
  const pieces: Piece[] = []
  const walk = (type: { _start: Y.Item | null }, start: number): number => {
    let at = start
    for (let item = type._start; item; item = item.right) {
      if (item.deleted) continue
      const { content } = item
      if (content instanceof Y.ContentString) {
        pieces.push({ client: item.id.client, clock: item.id.clock, length: item.length, at, text: content.str })
        at += item.length
      } else if (content instanceof Y.ContentType) {
        const { type: inner } = content
        if (!(inner instanceof Y.XmlElement)) at = walk(inner, at)
        else at = isLeaf(inner.nodeName) ? at + 1 : walk(inner, at + 1) + 1
      }
    }
    return at
  }
  walk(fragment, 0)
  return pieces
}

/** The ids of the letters between two positions. */
export function idsBetween(pieces: readonly Piece[], { from, to }: Stretch): TextSpan[] {
  const ids: TextSpan[] = []
  for (const { client, clock, length, at } of pieces) {
    const first = Math.max(from, at)
    const end = Math.min(to, at + length)
    if (first < end) addSpan(ids, [client, clock + first - at, end - first])
  }
  return ids
}

/** Joins a span with the one that it goes on from. */
function addSpan(ids: TextSpan[], [client, clock, length]: TextSpan): void {
  const last = ids.at(-1)
  if (last && last[0] === client && last[1] + last[2] === clock) last[2] += length
  else ids.push([client, clock, length])
}

/** How many letters some ids are of. */
export const unitsOf = (ids: readonly TextSpan[]): number => ids.reduce((sum, [, , length]) => sum + length, 0)

/** Finds where letters stand now, in the order of the text, what stands together as one. */
export type Finder = (ids: readonly TextSpan[]) => Stretch[]

/** Looks at the letters of a field once, to find many of them. */
export function finderIn(pieces: readonly Piece[]): Finder {
  const byClient = Map.groupBy(pieces, ({ client }) => client)
  for (const list of byClient.values()) list.sort((one, other) => one.clock - other.clock)
  return (ids) =>
    joined(ids.flatMap(([client, clock, length]) => within(byClient.get(client) ?? [], clock, clock + length)))
}

/** The stretches of one client's letters between two clocks. `pieces` are in the order of clocks. */
function within(pieces: readonly Piece[], from: number, to: number): Stretch[] {
  const stretches: Stretch[] = []
  for (let index = firstReaching(pieces, from); index < pieces.length; index += 1) {
    const piece = pieces[index]
    if (!piece || piece.clock >= to) break
    const first = Math.max(from, piece.clock) - piece.clock
    const end = Math.min(to, piece.clock + piece.length) - piece.clock
    stretches.push({ from: piece.at + first, to: piece.at + end })
  }
  return stretches
}

/** The first piece that ends after a clock. */
function firstReaching(pieces: readonly Piece[], clock: number): number {
  let low = 0
  let high = pieces.length
  while (low < high) {
    const middle = (low + high) >> 1
    const piece = pieces[middle]
    if (piece && piece.clock + piece.length <= clock) low = middle + 1
    else high = middle
  }
  return low
}

function joined(stretches: Stretch[]): Stretch[] {
  const sorted = stretches.sort((one, other) => one.from - other.from)
  const all: Stretch[] = []
  for (const stretch of sorted) {
    const last = all.at(-1)
    if (last && stretch.from <= last.to) last.to = Math.max(last.to, stretch.to)
    else all.push({ ...stretch })
  }
  return all
}

/** The ids of a stretch of a field's letters, counted without layout. */
export function idsOfLetters(fragment: Y.XmlFragment, stretch: Stretch): TextSpan[] {
  let at = 0
  const counted = piecesOf(fragment, () => false).map((piece) => {
    const from = at
    at += piece.length
    return { ...piece, at: from }
  })
  return idsBetween(counted, stretch)
}

/** Words on both sides of some others, in their line. */
export interface Around {
  before: string
  after: string
}

/**
 * What stands beside some letters in their block, about so many letters on each side, cut between words; undefined where
 * none of them stands any more.
 */
export function wordsAround(pieces: readonly Piece[], ids: readonly TextSpan[], most: number): Around | undefined {
  const stretches = finderIn(pieces)(ids)
  const [first, last] = [stretches[0], stretches.at(-1)]
  if (!first || !last) return undefined
  let [before, after, from, to] = ['', '', first.from, last.to]
  // Letters of one block have one position after the other.
  for (const { at, length, text } of pieces.toReversed()) {
    if (at >= from) continue
    if (at + length < from || before.length > most) break
    before = text.slice(0, from - at) + before
    from = at
  }
  for (const { at, length, text } of pieces) {
    if (at + length <= to) continue
    if (at > to || after.length > most) break
    after += text.slice(to - at)
    to = at + length
  }
  if (before.length > most) before = `…${before.slice(-most).replace(/^\S*(?=\s)|^[\udc00-\udfff]/, '')}`
  if (after.length > most) after = `${after.slice(0, most).replace(/(?<=\s)\S*$|[\ud800-\udbff]$/, '')}…`
  return { before, after }
}
