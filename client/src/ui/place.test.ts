import { expect, test } from 'vitest'
import { placed } from './place.ts'

const phone = { top: 0, left: 0, width: 360, height: 400 }
const box = { width: 200, height: 150 }
const at = (top: number, left: number) => ({ top, bottom: top + 20, left, right: left + 10 })

test.each([
  ['below the word', at(100, 30), 'below', { top: 128, left: 30 }],
  ['above when there is no room below', at(300, 30), 'below', { top: 142, left: 30 }],
  ['never over the right edge', at(100, 340), 'below', { top: 128, left: 152 }],
  ['never over the left edge', at(200, 4), 'above', { top: 42, left: 8 }],
  ['below when there is no room above', at(40, 100), 'above', { top: 68, left: 8 }],
] as const)('%s', (_, rect, side, expected) => {
  expect(placed(box, rect, phone, side)).toEqual(expected)
})
