import { useState } from 'react'

/** The part of a long list that is drawn, and the ways to what stands before and after it. */
interface Stretch<Item> {
  drawn: readonly Item[]
  /** How many stand before it, and after it. */
  before: number
  after: number
  showBefore: () => void
  showAfter: () => void
}

/** How much of a list is drawn at first, and more at each wish. */
const step = 40
/** How much before what is looked for. */
const above = 10

/** Where a stretch lies in a list: `to` is the first that is not drawn. */
interface Range {
  from: number
  to: number
}

/** The range to draw of so many, the one at `sought` in it (-1: none is); the same one where nothing needs to change. */
export function rangeWith({ from, to }: Range, length: number, sought: number): Range {
  if (sought >= 0 && sought < length && (sought < from || sought >= to))
    return { from: Math.max(0, sought - above), to: Math.max(step, sought - above + step) }
  return from > 0 && from >= length ? { from: 0, to: step } : { from, to }
}

/** Draws of a long list what is looked at: of hundreds of cards, some tens. `sought` is the place of one that must be drawn. */
export function useStretch<Item>(items: readonly Item[], sought: number): Stretch<Item> {
  const [known, setKnown] = useState<Range>({ from: 0, to: step })
  const range = rangeWith(known, items.length, sought)
  if (range.from !== known.from || range.to !== known.to) setKnown(range)
  const { from, to } = range
  return {
    drawn: from === 0 && to >= items.length ? items : items.slice(from, to),
    before: from,
    after: Math.max(0, items.length - to),
    showBefore: () => setKnown({ from: Math.max(0, from - step), to }),
    showAfter: () => setKnown({ from, to: to + step }),
  }
}
