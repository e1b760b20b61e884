import { forget } from './gone.ts'
import { createHaystack, type Haystack } from './haystack.ts'
import { type Budget, createBudget, findMatches, type Match, type Worth } from './match.ts'
import { keepLast, type Memory } from './memory.ts'
import { type Piece, sourceClient, sourceClock } from './piece.ts'
import { type Run, runsInVain, runsStanding, slid } from './runs.ts'
import { splitPiece, type Tree } from './tree.ts'
import { cutSpans, type Span, type Words } from './words.ts'

/*
 * How long a piece of text must be to be known again, in units. Part of the algorithm, all of them.
 */
/** The shortest that is looked for at all, but for what is the very same; the whole of a deleted text counts from here. */
const shortest = 3
/** In what the same row deleted: counts beside what is certain, or on its own. */
const shortestBeside = 4
const shortestInRow = 24
/** In what was deleted before: by the same person, by anybody when it is the whole of either text, by anybody. */
const shortestOwn = 24
const shortestWhole = 8
const shortestForeign = 24
/** A rest so short, between what is known again in half of a text or more, counts as a whole from `shortestBeside`. */
const longestRest = 16
/** The whole of what the same person deleted, however short, is known again for so many units of deleted text. */
const recent = 1 << 14

/** Who sent the row at work, and whether it brings a version back. */
export interface Sender {
  number: number
  restores: boolean
}

/** Part of a run that comes from elsewhere. */
interface Found {
  at: number
  length: number
  spans: Span[]
}

/**
 * Finds which of the text that the row at work brought had been written before, and writes it down in the pieces; `taken`
 * is what the row took away. Answers the text that is new.
 */
export function carryText(
  tree: Tree,
  memory: Memory,
  sender: Sender,
  taken: readonly Run[],
): { text: string; field: string }[] {
  const standing = runsStanding(tree.brought, tree.seq)
  // Most rows take nothing away again.
  const inVain = tree.brought.some(({ deleted }) => deleted) ? runsInVain(tree.brought, tree.seq) : []
  if (standing.length + inVain.length === 0) return []
  const undoing: Undoing = { tree, sender, origins: undefined, left: mostSteps }
  // What the row took away again is looked at first: it uses up nothing of what is brought back for good.
  const undone = inVain.map((run) => takeBack(undoing, run, false))
  const fresh: { text: string; field: string }[] = []
  const budget = createBudget()
  const row = createRowSearch(taken, budget)
  let old: Words[] | undefined
  for (const [at, run] of (inVain.length > 0 ? [...standing, ...inVain] : standing).entries()) {
    const { length } = run.text
    const found = undone[at - standing.length] ?? takeBack(undoing, run, true)
    if (found.length > 0) keepLast(memory)
    const seek = (look: (text: string) => Found[]): void => {
      for (const gap of gapsOf(found, length)) {
        for (const match of look(run.text.slice(gap.at, gap.at + gap.length))) {
          found.push({ ...match, at: match.at + gap.at })
        }
      }
    }
    seek(row.find)
    seek((text) => inMemory(memory, text, sender, budget))
    const known = found.reduce((sum, match) => sum + match.length, 0)
    if (known < length && (sender.restores || 2 * known >= length)) {
      const most = sender.restores ? length : longestRest
      seek((text) => (text.length > most ? [] : row.findLoosely(text, sender)))
      seek((text) => (text.length > most ? [] : inMemoryLoosely(memory, text, sender, budget)))
    }
    if (sender.restores) {
      keepLast(memory)
      old ??= [...memory.lost.entries(), ...taken]
      const all = old
      seek((text) => ofOldText(all, text, budget))
    }
    const kept = wholeCharacters(found, run.text)
    writeDown(tree, run.pieces, kept)
    const field = run.pieces[0]?.parent?.field ?? ''
    for (const { at, length } of gapsOf(kept, run.text.length)) {
      fresh.push({ text: run.text.slice(at, at + length), field })
    }
  }
  return fresh
}

/** What is known of where a row's pieces come from, while they are looked through. */
interface Undoing {
  tree: Tree
  sender: Sender
  /** Of the pieces that were asked about; most rows ask about none. */
  origins: Map<Piece, Origin> | undefined
  /** Steps that are left. */
  left: number
}

/** So many steps are gone for one row; what is not known by then was not undone. */
const mostSteps = 1_000_000

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
function takeBack(undoing: Undoing, { pieces }: Run, usesUp: boolean): Found[] {
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

/** Searches what one row deleted. */
interface RowSearch {
  /** Each deleted run first for what is the very same. */
  find(text: string): Found[]
  /** Rests of text that is old for the most part: as a whole, but any piece when a version is brought back. */
  findLoosely(text: string, sender: Sender): Found[]
}

function createRowSearch(taken: readonly Run[], budget: Budget): RowSearch {
  if (taken.length === 0) return { find: () => [], findLoosely: () => [] }
  const waiting = new Map<string, Run[]>()
  for (const run of taken) {
    const same = waiting.get(run.text)
    if (same) same.push(run)
    else waiting.set(run.text, [run])
  }
  let haystack: Haystack | undefined
  const filled = (): Haystack => {
    haystack ??= haystackOf(taken)
    return haystack
  }
  return {
    find(text) {
      const { length } = text
      const same = waiting.get(text)
      const first = same && same.length > 1 ? same.shift() : same?.[0]
      if (first) return [{ at: 0, length, spans: first.spans }]
      if (length < shortest) return atAnEnd(taken, text, budget)
      const lost = filled()
      const worth: Worth = (size, position) => {
        const isWhole = size === length || size === lost.entryAt(position).size
        if (size >= shortestInRow || (size >= shortest && isWhole)) return 'sure'
        return size >= shortestBeside ? 'weak' : 'none'
      }
      return findMatches(text, lost, worth, budget)
    },
    findLoosely: (text) => (text.length < shortest ? [] : findMatches(text, filled(), () => 'sure', budget)),
  }
}

/** A letter or two that a deleted run began or ended with. */
function atAnEnd(taken: readonly Run[], text: string, budget: Budget): Found[] {
  budget.left -= taken.length
  const ends = (run: Run): boolean => run.text.startsWith(text) || run.text.endsWith(text)
  const run = budget.left > 0 ? taken.find(ends) : undefined
  if (!run) return []
  const { length } = text
  const at = run.text.startsWith(text) ? 0 : run.text.length - length
  return [{ at: 0, length, spans: cutSpans(run.spans, at, at + length) }]
}

function haystackOf(runs: readonly Run[]): Haystack {
  const haystack = createHaystack(Number.POSITIVE_INFINITY)
  for (const run of runs) {
    haystack.add(run, 0)
    const wider = slid(run)
    if (wider !== run) haystack.add(wider, 0, run.text.length)
  }
  return haystack
}

/** Looks for a text in what was deleted lately. */
function inMemory(memory: Memory, text: string, { number, restores }: Sender, budget: Budget): Match[] {
  if (text.length < shortest) return []
  keepLast(memory)
  const { lost } = memory
  const worth: Worth = (length, position) => {
    if (length >= shortestForeign || restores) return 'sure'
    const { by, size, position: from } = lost.entryAt(position)
    if (length >= shortestWhole && (length === size || length === text.length)) return 'sure'
    if (by !== number) return 'none'
    return length >= shortestOwn || (length === size && lost.end - from <= recent) ? 'sure' : 'none'
  }
  return findMatches(text, lost, worth, budget)
}

/** The same in what was deleted lately, by the same person. */
function inMemoryLoosely(memory: Memory, text: string, { number, restores }: Sender, budget: Budget): Match[] {
  if (text.length < shortest) return []
  keepLast(memory)
  const { lost } = memory
  const worth: Worth = (length, position) => {
    if (restores) return 'sure'
    const { by, position: from } = lost.entryAt(position)
    const isWhole = length >= shortestBeside && length === text.length
    return isWhole && by === number && lost.end - from <= recent ? 'sure' : 'none'
  }
  return findMatches(text, lost, worth, budget)
}

/** A version that is brought back holds nothing new: even one letter was written by somebody before, the last best. */
function ofOldText(old: readonly Words[], text: string, budget: Budget): Match[] {
  const find = (part: string, start: number): Match[] => {
    for (let i = old.length - 1; i >= 0 && budget.left > 0; i--) {
      const words = old[i]
      budget.left -= words?.text.length ?? 0
      const at = words?.text.lastIndexOf(part) ?? -1
      const { length } = part
      if (words && at >= 0) return [{ at: start, length, spans: cutSpans(words.spans, at, at + length) }]
    }
    return []
  }
  const whole = find(text, 0)
  if (whole.length > 0 || text.length === 1) return whole
  let at = 0
  return [...text].flatMap((letter) => {
    at += letter.length
    return find(letter, at - letter.length)
  })
}

/** What lies between matches. */
function gapsOf(found: readonly Found[], length: number): { at: number; length: number }[] {
  const gaps: { at: number; length: number }[] = []
  let from = 0
  for (const match of found.toSorted((a, b) => a.at - b.at)) {
    if (match.at > from) gaps.push({ at: from, length: match.at - from })
    from = match.at + match.length
  }
  if (from < length) gaps.push({ at: from, length: length - from })
  return gaps
}

const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff
const isLow = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff

/** Matches in order, none of which ends inside a pair of surrogates: such a piece could not be kept apart. */
function wholeCharacters(found: readonly Found[], text: string): Found[] {
  const tears = (at: number): boolean =>
    at > 0 && at < text.length && isHigh(text.charCodeAt(at - 1)) && isLow(text.charCodeAt(at))
  return found
    .map(({ at, length, spans }) => {
      const from = tears(at) ? 1 : 0
      const to = tears(at + length) ? length - 1 : length
      return { at: at + from, length: Math.max(0, to - from), spans: cutSpans(spans, from, to) }
    })
    .filter(({ length }) => length > 0)
    .toSorted((a, b) => a.at - b.at)
}

/** Notes in the pieces where their text comes from; pieces are cut where the source changes. */
function writeDown(tree: Tree, pieces: readonly Piece[], found: readonly Found[]): void {
  const sources: { at: number; span: Span }[] = []
  for (const { at, spans } of found) {
    let place = at
    for (const span of spans) {
      sources.push({ at: place, span })
      place += span.length
    }
  }
  let next = 0
  let start = 0
  for (const whole of pieces) {
    const end = start + whole.length
    let piece = whole
    let at = start
    for (let source = sources[next]; source && source.at < end; source = sources[next]) {
      const from = Math.max(source.at, at)
      if (from > at) piece = splitPiece(tree, piece, from - at)
      const to = Math.min(source.at + source.span.length, end)
      const rest = to < end ? splitPiece(tree, piece, to - from) : null
      piece.fromClient = source.span.client
      piece.fromClock = source.span.clock + from - source.at
      if (source.at + source.span.length > end) break
      next++
      if (!rest) break
      piece = rest
      at = to
    }
    start = end
  }
}
