/** What somebody deleted and brought back, known by the place where it stood: step 1 of the carry (AU5). */
import { forget } from './gone.ts'
import { type Piece, sourceClient, sourceClock } from './piece.ts'
import type { Run } from './runs.ts'
import type { Tree } from './tree.ts'
import type { Span } from './words.ts'

/** Who sent the row at work, and whether it brings a version back. */
export interface Sender {
  number: number
  restores: boolean
}

/** Part of a run that comes from elsewhere. */
export interface Found {
  at: number
  length: number
  spans: Span[]
}

/** What is known of where a row's pieces come from, while they are looked through. */
export interface Undoing {
  tree: Tree
  sender: Sender
  /** Of the pieces that were asked about; most rows ask about none. */
  origins: Map<Piece, Origin> | undefined
  /** Steps that are left. */
  left: number
}

/** So many steps are gone for one row; what is not known by then was not undone. */
const mostSteps = 1_000_000

/** Begins to look through a row. */
export const beginUndoing = (tree: Tree, sender: Sender): Undoing => ({
  ...{ tree, sender },
  origins: undefined,
  left: mostSteps,
})

/**
 * What came as one with one right origin: at which clock it began, and how many of its units were typed before what was brought
 * back, as far as that is known.
 */
interface Origin {
  clock: number
  typed: number
}

/**
 * Finds what was undone in a run: pieces with a deleted unit as their right origin that say what was deleted from it on. So
 * Yjs brings back, while editors put what is typed after all that is deleted there: nobody's new letters are taken for old
 * ones. Only what the same person deleted; `usesUp`: each unit of earlier rows once, its characters are let go.
 */
export function takeBack(undoing: Undoing, { pieces }: Run, usesUp: boolean): Found[] {
  const found: Found[] = []
  let at = 0
  for (const piece of pieces) {
    const back = piece.rightClient < 0 ? undefined : broughtBack(undoing, piece)
    if (back) {
      const spans = back.deleted.map(({ length, from }) => ({ length, ...from }))
      found.push({ at: at + back.typed, length: piece.length - back.typed, spans })
      // What the row itself took away is remembered only after it.
      for (const stretch of back.deleted) if (usesUp && !stretch.isOfRow) forget(undoing.tree, stretch)
    }
    at += piece.length
  }
  return found
}

/** So many places are tried at which what was typed may end: before a piece, and in it. */
const [mostBefore, mostTyped] = [8, 32]

/**
 * The deleted units that a piece says, and how many of its own were typed before them. What is typed right before a letter
 * that was brought back is one with it when that letter is deleted and brought back anew in the same row: both have the same
 * right origin. Before what stood there until this row something may as well be typed that ends as it begins.
 */
function broughtBack(undoing: Undoing, piece: Piece): { deleted: Deleted[]; typed: number } | undefined {
  const { text, rightClient: client, rightClock } = piece
  // Where nothing was deleted nothing is brought back, which is so for nearly all that is typed.
  if (!undoing.tree.clients.get(client)?.find(rightClock).deleted) return undefined
  const origin = originOf(undoing, piece)
  const before = piece.clock - origin.clock
  const saysFrom = (at: number, typed: number): Deleted[] =>
    deletedFrom(undoing, { client, clock: rightClock + at }, text.slice(typed))
  for (const typed of new Set([origin.typed, 0, ...beginningsBefore(undoing, piece, before)])) {
    const deleted = typed > before ? [] : saysFrom(before - typed, 0)
    if (
      deleted.length === 0 ||
      (deleted.some(({ isOfRow }) => isOfRow) && !isFirst(undoing, piece, before - typed, before))
    )
      continue
    origin.typed = typed
    return { deleted, typed: 0 }
  }
  if (!placesOf(undoing, { client, clock: rightClock }).some(({ piece }) => piece.goneBy === undoing.sender.number))
    return undefined
  for (let typed = 1; typed < Math.min(text.length, mostTyped); typed++) {
    const deleted = saysFrom(0, typed)
    if (!deleted.at(-1)?.isWhole || deleted.some(({ isOfRow }) => isOfRow)) continue
    origin.typed = before + typed
    return { deleted, typed }
  }
  return undefined
}

/**
 * What a piece came in: what was brought back and written into, or deleted from, in the same row comes in pieces that all
 * have the right origin of the whole.
 */
function originOf(undoing: Undoing, piece: Piece): Origin {
  const { tree } = undoing
  undoing.origins ??= new Map()
  const { origins } = undoing
  const own = tree.clients.get(piece.client)
  const passed: Piece[] = []
  let first = piece
  let origin = origins.get(first)
  while (!origin) {
    passed.push(first)
    const before = own?.before(first)
    if (!before || before.cameIn !== tree.seq || !goesOn(before, first)) break
    first = before
    origin = origins.get(first)
  }
  origin ??= { clock: first.clock, typed: 0 }
  // Asked about in any order, none is passed twice.
  for (const one of passed) origins.set(one, origin)
  return origin
}

/**
 * Whether what the row deleted may be brought back by a piece: as all of what it came in says it, from its beginning on, or when
 * nothing stands of what came before it there. Who types a sentence before another and deletes that writes letters of their own.
 */
function isFirst({ tree }: Undoing, piece: Piece, from: number, before: number): boolean {
  if (from === before) return true
  const own = tree.clients.get(piece.client)
  let at = own?.before(piece)
  let left = before
  for (let passed = 0; at && left > 0 && passed < mostBefore; passed++) {
    if (!at.deleted) return false
    left -= at.length
    at = own?.before(at)
  }
  return from === 0 && left <= 0
}

/** How many units of what a piece came in stand before it, and before each of the last pieces before it. */
function beginningsBefore({ tree }: Undoing, piece: Piece, units: number): number[] {
  const own = tree.clients.get(piece.client)
  const beginnings: number[] = []
  let at: Piece | undefined = piece
  for (let left = units; at && left > 0 && beginnings.length < mostBefore; left -= at?.length ?? 0) {
    beginnings.push(left)
    at = own?.before(at)
  }
  return beginnings
}

/** Whether one piece was cut from the end of another. */
const goesOn = (before: Piece, { client, clock, originClient, originClock, rightClient, rightClock }: Piece): boolean =>
  originClient === client &&
  originClock === clock - 1 &&
  before.rightClient === rightClient &&
  before.rightClock === rightClock

/** A unit, by its id. */
interface Unit {
  client: number
  clock: number
}

/** So many units that somebody deleted, by the ids under which they stood and by their original ones. */
interface Deleted extends Span {
  from: Unit
  /** It ends where a deleted piece does. */
  isWhole: boolean
  /** The row at work deleted it. */
  isOfRow: boolean
}

/** Deleted units from an id on that say a text, when all of them were deleted by this person; else none. */
function deletedFrom(undoing: Undoing, { client, clock }: Unit, text: string): Deleted[] {
  const deleted: Deleted[] = []
  // What was brought back together stood together, under ids that follow each other.
  for (let at = 0; at < text.length; ) {
    const rest = text.length - at
    const place = placesOf(undoing, { client, clock: clock + at }).find(
      ({ piece, offset, length }) =>
        wasDeleted(undoing, piece) && text.startsWith(piece.text.slice(offset, offset + Math.min(length, rest)), at),
    )
    if (!place) return []
    const { piece, offset } = place
    const length = Math.min(place.length, rest)
    deleted.push({
      ...{ length, client: piece.client, clock: piece.clock + offset },
      from: { client: sourceClient(piece), clock: sourceClock(piece) + offset },
      isWhole: length === place.length,
      isOfRow: piece.goneIn === undoing.tree.seq,
    })
    at += length
  }
  return isOnceEach(deleted) ? deleted : []
}

/** Whether a piece was deleted by the sender, before or in this row, and has its characters still. */
const wasDeleted = ({ tree, sender }: Undoing, { text, goneBy, goneIn, cameIn }: Piece): boolean =>
  text !== '' && (goneBy === sender.number || (goneIn === tree.seq && cameIn !== tree.seq))

/** Where a unit may have been deleted first: in a piece, so far from its beginning, with so many units told by it. */
interface Place {
  piece: Piece
  offset: number
  length: number
}

/** So many steps are gone to where what was brought back in a row, and deleted again, came from. */
const mostBack = 64

/**
 * The places at which a unit may have been deleted first. One that the row itself brought and deleted (undone, done again and
 * undone) came from where its piece says: so far from there as it stands in what it came in, or as if it had come alone,
 * when the rest was typed before it.
 */
function placesOf(undoing: Undoing, unit: Unit): Place[] {
  const { tree } = undoing
  const places: Place[] = []
  const left: (Unit & { length: number })[] = [{ ...unit, length: Number.POSITIVE_INFINITY }]
  for (let steps = 0; steps < mostBack && undoing.left > 0; steps++) {
    const next = left.pop()
    if (!next) break
    undoing.left--
    const pieces = tree.clients.get(next.client)
    if (!pieces || next.clock >= pieces.end) continue
    const piece = pieces.find(next.clock)
    const offset = next.clock - piece.clock
    const length = Math.min(next.length, piece.length - offset)
    if (piece.cameIn !== tree.seq || !piece.deleted || piece.rightClient < 0) {
      places.push({ piece, offset, length })
      continue
    }
    const origin = originOf(undoing, piece)
    const before = Math.max(0, piece.clock - origin.clock - origin.typed)
    const from = { client: piece.rightClient, clock: piece.rightClock + offset, length }
    if (before > 0) left.push(from)
    left.push({ ...from, clock: from.clock + before })
  }
  return places
}

/** Whether no unit is in two stretches: by way of what was brought back before, a forger may name one twice. */
function isOnceEach(stretches: readonly Deleted[]): boolean {
  if (stretches.length < 2) return true
  const inOrder = stretches.toSorted((one, other) => one.client - other.client || one.clock - other.clock)
  return inOrder.every(({ client, clock }, at) => {
    const before = inOrder[at - 1]
    return before?.client !== client || before.clock + before.length <= clock
  })
}
