import { expect, test } from 'vitest'
import { placeOf } from './places.ts'

test('a block is named after the nearest thing around it that has a name', () => {
  expect(placeOf('paragraph')).toBe('paragraph')
  expect(placeOf('bulletList/listItem/paragraph')).toBe('listItem')
  expect(placeOf('table/tableRow/tableCell/paragraph')).toBe('cell')
  expect(placeOf('table/tableRow/tableCell/bulletList/listItem/paragraph')).toBe('listItem')
  expect(placeOf('blockquote/heading')).toBe('heading')
  expect(placeOf('milestone/milestoneOutputs')).toBe('milestoneOutputs')
  expect(placeOf('milestone')).toBe('milestone')
  expect(placeOf('')).toBe('paragraph')
})
