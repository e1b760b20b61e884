import { expect, test } from 'vitest'
import { stacked } from './margin-places.ts'

test('[TH22] cards stand beside their words, in the order of the text, and none over another', () => {
  const placed = stacked(
    new Map([
      ['late', 900],
      ['one', 100],
      ['same', 100],
      ['near', 120],
    ]),
    { width: 200, height: 104 },
  )
  expect(placed.map(({ id }) => id)).toEqual(['one', 'same', 'near', 'late'])
  expect([placed[0]?.top, placed[3]?.top]).toEqual([100, 900])
  for (const [at, { top }] of placed.entries())
    if (at > 0) expect(top).toBeGreaterThanOrEqual((placed[at - 1]?.top ?? 0) + 104)
})
