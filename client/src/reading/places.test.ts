import { expect, test } from 'vitest'
import { milestoneAttributeOf, placeOf } from './places.ts'

test('a block is named after the nearest thing around it that has a name', () => {
  expect(placeOf('paragraph')).toBe('paragraph')
  expect(placeOf('bulletList/listItem/paragraph')).toBe('listItem')
  expect(placeOf('table/tableRow/tableCell/paragraph')).toBe('cell')
  expect(placeOf('table/tableRow/tableCell/bulletList/listItem/paragraph')).toBe('listItem')
  expect(placeOf('blockquote/heading/2')).toBe('heading')
  expect(placeOf('milestone/milestoneOutputs')).toBe('milestoneOutputs')
  expect(placeOf('milestone')).toBe('milestone')
  expect(placeOf('')).toBe('paragraph')
})

test('dates and actors of a milestone are told by their name', () => {
  expect(milestoneAttributeOf('milestone/due')).toBe('due')
  expect(milestoneAttributeOf('milestone/milestoneTitle')).toBeUndefined()
  expect(milestoneAttributeOf('paragraph')).toBeUndefined()
  expect(placeOf('milestone/due')).toBe('milestone')
})
