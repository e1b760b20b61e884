import { type Haystack, spansAt } from './haystack.ts'
import type { Span } from './words.ts'

/** Part of a text that was found: where, how long, and where its units come from. */
export interface Match {
  at: number
  length: number
  spans: Span[]
}

/** So many units may be compared for one row; what is not found by then is not found. */
const mostWork = 2_000_000

/** So many pieces that begin at one place of the text are considered. */
const mostHere = 4

/** So often weak pieces are looked at again, for what was accepted after them. */
const mostRounds = 4

/** What is left of a row's share of work. */
export interface Budget {
  left: number
}

/** A full share. */
export const createBudget = (): Budget => ({ left: mostWork })

/** What a piece of `length` units from a position is worth: `weak` ones count only beside what is certain. */
export type Worth = (length: number, position: number) => 'sure' | 'weak' | 'none'

/**
 * The longest pieces that a text shares with a haystack, longest first, none overlapping another in the text; those
 * that reuse no unit of the haystack come before those that do. Only pieces of 3 units and more, within one entry. A weak
 * piece counts when it is at an end of the text and of its entry both, or when it goes on in its entry right where an
 * accepted one begins or ends: two texts of one language share many short pieces by chance.
 */
export function findMatches(text: string, haystack: Haystack, worth: Worth, budget: Budget): Match[] {
  const common = commonPieces(text, haystack, worth, budget)
  common.sort((a, b) => b.length - a.length || a.at - b.at || b.position - a.position)
  const taken = new Uint8Array(text.length)
  const used = new Set<number>()
  const edges = new Set<number>()
  const matches: Match[] = []
  const isAnchored = ({ at, length, position }: Common): boolean => {
    const entry = haystack.entryAt(position)
    const atEnd = position === entry.position || position + length === entry.position + entry.text.length
    return (
      (atEnd && (at === 0 || at + length === text.length)) ||
      edges.has(2 * position + 1) ||
      edges.has(2 * (position + length))
    )
  }
  const accept = (piece: Common, reuse: boolean): boolean => {
    const free = freePart(piece, taken)
    const worthy = free ? worth(free.length, free.position) : 'none'
    if (!free || worthy === 'none' || (worthy === 'weak' && !isAnchored(free))) return false
    if (!reuse && isUsed(used, free.position, free.length)) return false
    const { at, length, position } = free
    taken.fill(1, at, at + length)
    for (let i = 0; i < length; i++) used.add(position + i)
    // Twice the position of a start, one more for an end.
    edges.add(2 * position).add(2 * (position + length) + 1)
    matches.push({ at, length, spans: spansAt(haystack.entryAt(position), position, length) })
    return true
  }
  for (const reuse of [false, true]) {
    for (let round = 0, more = true; more && round < mostRounds; round++) {
      more = false
      for (const piece of common) more = accept(piece, reuse) || more
    }
  }
  return matches
}

interface Common {
  at: number
  position: number
  length: number
}

function commonPieces(text: string, haystack: Haystack, worth: Worth, budget: Budget): Common[] {
  const common: Common[] = []
  /** How far in the text a piece on each diagonal has been followed. */
  const followed = new Map<number, number>()
  for (let at = 0; at + 2 < text.length && budget.left > 0; at++) {
    const here: Common[] = []
    for (const position of haystack.candidates(text, at)) {
      budget.left--
      const diagonal = position - at
      const before = followed.get(diagonal) ?? 0
      if (before > at) continue
      const { position: from, text: entry } = haystack.entryAt(position)
      const offset = position - from
      let length = 0
      while (
        at + length < text.length &&
        offset + length < entry.length &&
        text.charCodeAt(at + length) === entry.charCodeAt(offset + length)
      ) {
        length++
      }
      // It may have begun before, where too many other places were tried first.
      let back = 0
      while (
        at - back > before &&
        offset - back > 0 &&
        text.charCodeAt(at - back - 1) === entry.charCodeAt(offset - back - 1)
      ) {
        back++
      }
      budget.left -= length + back
      followed.set(diagonal, at + length)
      const piece = { at: at - back, position: position - back, length: length + back }
      if (length >= 3 && worth(piece.length, piece.position) !== 'none') here.push(piece)
    }
    here.sort((a, b) => b.length - a.length)
    for (const piece of here.slice(0, mostHere)) common.push(piece)
    const longest = here[0]?.length ?? 0
    // Inside a long piece nothing longer is to be expected but at its end.
    if (longest >= 64) at += longest - 8
  }
  return common
}

/** The part of a piece that no earlier one has taken. */
function freePart({ at, position, length }: Common, taken: Uint8Array): Common | null {
  let from = 0
  while (from < length && taken[at + from] === 1) from++
  let to = from
  while (to < length && taken[at + to] === 0) to++
  return to > from ? { at: at + from, position: position + from, length: to - from } : null
}

function isUsed(used: ReadonlySet<number>, position: number, length: number): boolean {
  for (let i = 0; i < length; i++) if (used.has(position + i)) return true
  return false
}
