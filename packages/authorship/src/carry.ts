import { createHaystack, type Haystack } from './haystack.ts'
import { type Budget, createBudget, findMatches, type Match, type Worth } from './match.ts'
import { keepLast, type Memory } from './memory.ts'
import type { Piece } from './piece.ts'
import { type Run, runsInVain, runsStanding, slid } from './runs.ts'
import { splitPiece, type Tree } from './tree.ts'
import { beginUndoing, type Found, type Sender, takeBack } from './undone.ts'
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
  const undoing = beginUndoing(tree, sender)
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
