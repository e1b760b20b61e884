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

/** What is left of a row's share of work. */
export interface Budget {
  left: number
}

/** A full share. */
export const createBudget = (): Budget => ({ left: mostWork })

/** Whether a stretch of `length` units from a position may be taken as found. */
export type Accept = (length: number, position: number) => boolean

/**
 * The longest pieces that a text shares with a haystack, longest first, none overlapping another in the text; those
 * that reuse no unit of the haystack come before those that do. Only pieces of 3 units and more, within one entry.
 */
export function findMatches(text: string, haystack: Haystack, accept: Accept, budget: Budget): Match[] {
  const common = commonPieces(text, haystack, accept, budget)
  common.sort((a, b) => b.length - a.length || a.at - b.at || b.position - a.position)
  const taken = new Uint8Array(text.length)
  const used = new Set<number>()
  const matches: Match[] = []
  for (const reuse of [false, true]) {
    for (const piece of common) {
      const free = freePart(piece, taken)
      if (!free || !accept(free.length, free.position)) continue
      if (!reuse && isUsed(used, free.position, free.length)) continue
      taken.fill(1, free.at, free.at + free.length)
      for (let i = 0; i < free.length; i++) used.add(free.position + i)
      const spans = spansAt(haystack.entryAt(free.position), free.position, free.length)
      matches.push({ at: free.at, length: free.length, spans })
    }
  }
  return matches
}

interface Common {
  at: number
  position: number
  length: number
}

function commonPieces(text: string, haystack: Haystack, accept: Accept, budget: Budget): Common[] {
  const common: Common[] = []
  /** How far in the text a piece on each diagonal has been followed. */
  const followed = new Map<number, number>()
  for (let at = 0; at + 2 < text.length && budget.left > 0; at++) {
    const here: Common[] = []
    for (const position of haystack.candidates(text, at)) {
      budget.left--
      const diagonal = position - at
      if ((followed.get(diagonal) ?? 0) > at) continue
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
      budget.left -= length
      followed.set(diagonal, at + length)
      if (length >= 3 && accept(length, position)) here.push({ at, position, length })
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
