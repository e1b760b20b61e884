import { createHaystack, type Haystack } from './haystack.ts'
import { type Budget, createBudget, findMatches, type Match } from './match.ts'
import { keepLast, type LastRun, type Memory } from './memory.ts'
import type { Piece } from './piece.ts'
import { type Run, reaches, runsBrought, slid } from './runs.ts'
import { splitPiece, type Tree } from './tree.ts'
import { cutSpans, type Span } from './words.ts'

/** Shortest piece of a partial match with what the same row deleted. Part of the algorithm, as are the next three. */
const shortestInRow = 4
/** A whole deleted text inside a longer one that was brought. */
const shortestWhole = 3
/** Text that the same person deleted lately; any text, when a version is brought back. */
const shortestOwn = 3
/** Text that anybody deleted lately. */
const shortestForeign = 12

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
  const brought = runsBrought(tree.brought, tree.seq)
  if (brought.length === 0) return []
  const fresh: { text: string; field: string }[] = []
  const budget = createBudget()
  const row = createRowSearch(taken, budget)
  for (const run of brought) {
    const found = row(run.text)
    for (const { at, length } of gapsOf(found, run.text.length)) {
      const text = run.text.slice(at, at + length)
      for (const match of inMemory(memory, text, run, sender, budget)) found.push({ ...match, at: match.at + at })
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

/** Looks for texts in what the row itself deleted, each deleted run first where it is the very same. */
function createRowSearch(taken: readonly Run[], budget: Budget): (text: string) => Found[] {
  if (taken.length === 0) return () => []
  const waiting = new Map<string, Run[]>()
  for (const run of taken) {
    const same = waiting.get(run.text)
    if (same) same.push(run)
    else waiting.set(run.text, [run])
  }
  let haystack: Haystack | undefined
  return (text) => {
    const length = text.length
    const same = waiting.get(text)
    const first = same && same.length > 1 ? same.shift() : same?.[0]
    if (first) return [{ at: 0, length, spans: first.spans }]
    if (length < shortestOwn) {
      budget.left -= taken.length
      const inside = budget.left > 0 ? taken.find((run) => run.text.includes(text)) : undefined
      if (!inside) return []
      const at = inside.text.indexOf(text)
      return [{ at: 0, length, spans: cutSpans(inside.spans, at, at + length) }]
    }
    haystack ??= haystackOf(taken)
    const lost = haystack
    const isWhole = (size: number, position: number): boolean =>
      size >= shortestWhole && lost.entryAt(position).text.length === size
    const accept = (size: number, position: number): boolean =>
      size >= shortestInRow || size === length || isWhole(size, position)
    return findMatches(text, lost, accept, budget)
  }
}

function haystackOf(runs: readonly Run[]): Haystack {
  const haystack = createHaystack(Number.POSITIVE_INFINITY)
  for (const run of runs) {
    haystack.add(run, 0)
    const wider = slid(run)
    if (wider !== run) haystack.add(wider, 0)
  }
  return haystack
}

/** Looks for a text in what was deleted lately. */
function inMemory(memory: Memory, text: string, run: Run, { number, restores }: Sender, budget: Budget): Match[] {
  const { last } = memory
  if (last && isUndone(last, text, run, number)) {
    keepLast(memory)
    memory.last = null
    return [{ at: 0, length: text.length, spans: last.words.spans }]
  }
  if (restores && text.length < shortestOwn) {
    keepLast(memory)
    return ofOldText(memory, text, budget)
  }
  if (text.length < shortestOwn) return []
  keepLast(memory)
  const { lost } = memory
  const accept = (length: number, position: number): boolean =>
    length >= shortestForeign || restores || lost.entryAt(position).by === number
  return findMatches(text, lost, accept, budget)
}

/** Exactly what this person deleted last, in its place, however short: undone, or typed again. */
function isUndone(last: LastRun, text: string, { pieces }: Run, by: number): boolean {
  if (last.by !== by || last.words.text !== text) return false
  const [first] = pieces
  const end = pieces.at(-1)
  return (
    (first && reaches(first, 'left', last.lastClient, last.lastClock)) === true ||
    (end && reaches(end, 'right', last.firstClient, last.firstClock)) === true
  )
}

/** A version that is brought back holds nothing new: even one letter was written by somebody before. */
function ofOldText({ lost }: Memory, text: string, budget: Budget): Match[] {
  const entries = lost.entries()
  for (let i = entries.length - 1; i >= 0 && budget.left > 0; i--) {
    const entry = entries[i]
    budget.left -= entry?.text.length ?? 0
    const at = entry?.text.lastIndexOf(text) ?? -1
    if (entry && at >= 0) return [{ at: 0, length: text.length, spans: cutSpans(entry.spans, at, at + text.length) }]
  }
  return []
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
