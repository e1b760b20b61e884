import { cutSpans, type Span, type Words } from './words.ts'

/** Texts to be searched for the longest pieces they share with another, the newest `window` units of them. */
export interface Haystack {
  /** How many units were ever added. */
  readonly end: number
  /** Adds a text with the number of whoever took it away. `size`: how much of it was really deleted. */
  add(words: Words, by: number, size?: number): void
  /** The positions, newest first, at which the three units at `at` of `text` stand; some may only seem to. */
  candidates(text: string, at: number): Iterable<number>
  /** The text that holds this position. */
  entryAt(position: number): Entry
  /** What can still be found, oldest first. */
  entries(): readonly Entry[]
}

/** One text of a haystack. */
export interface Entry {
  position: number
  text: string
  spans: Span[]
  by: number
  size: number
}

/** Where `length` units from a position come from. They must lie in one text. */
export function spansAt({ position, spans }: Entry, from: number, length: number): Span[] {
  return cutSpans(spans, from - position, from - position + length)
}

const tableBits = 12
/** So many places are looked at for one place in the text searched for. */
const mostCandidates = 32

/** The place in the table of the three units at `at`. */
function slotAt(text: string, at: number, bits: number): number {
  const first = Math.imul(text.charCodeAt(at), 0x9e3779b1)
  const second = Math.imul(first + text.charCodeAt(at + 1), 0x85ebca6b)
  return Math.imul(second + text.charCodeAt(at + 2), 0xc2b2ae35) >>> (32 - bits)
}

/**
 * Makes an empty haystack. A text stays findable until `window` units were added after its last one. An entry is left by
 * its end, whole, and an entry longer than the window is cut to its end.
 */
export function createHaystack(window: number, bits = tableBits): Haystack {
  let entries: Entry[] = []
  let first = 0
  let end = 0
  /** For each slot the newest position with it, and for each position the one before it with the same slot. */
  const newest = new Int32Array(1 << bits).fill(-1)
  let before = new Int32Array(256)
  /** The position of the first unit in the arrays. */
  let base = 0

  const start = (): number => entries[first]?.position ?? end
  const makeRoom = (length: number): void => {
    if (end - base + length <= before.length) return
    const from = start()
    let size = before.length
    while (size < 2 * (end - from + length)) size *= 2
    const next = new Int32Array(size)
    next.set(before.subarray(from - base, end - base))
    before = next
    base = from
    entries = entries.slice(first)
    first = 0
  }

  return {
    entries: () => entries.slice(first),

    get end() {
      return end
    },

    add(given, by, size = given.text.length) {
      const cut = Math.max(0, given.text.length - window)
      const text = given.text.slice(cut)
      if (text === '') return
      const spans = cut === 0 ? given.spans : cutSpans(given.spans, cut, given.text.length)
      makeRoom(text.length)
      entries.push({ position: end, text, spans, by, size })
      for (let at = 0; at + 2 < text.length; at++) {
        const slot = slotAt(text, at, bits)
        before[end - base + at] = newest[slot] ?? -1
        newest[slot] = end + at
      }
      end += text.length
      while (end - (entries[first]?.position ?? end) > window) first++
    },

    *candidates(text, at) {
      let position = newest[slotAt(text, at, bits)] ?? -1
      const from = start()
      for (let left = mostCandidates; left > 0 && position >= from; left--) {
        yield position
        position = before[position - base] ?? -1
      }
    },

    entryAt(position) {
      let low = first
      let high = entries.length - 1
      while (low < high) {
        const middle = (low + high + 1) >> 1
        if ((entries[middle]?.position ?? 0) <= position) low = middle
        else high = middle - 1
      }
      // The caller's position is one that was found.
      return entries[low] as Entry
    },
  }
}
