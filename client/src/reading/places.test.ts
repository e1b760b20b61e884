import { expect, test } from 'vitest'
import { milestoneAttributeOf, placeOf, placeOfAll } from './places.ts'

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

test('blocks that stand together are told by what they have in common', () => {
  expect(placeOfAll(['paragraph', 'paragraph'])).toBe('paragraph')
  expect(placeOfAll(['milestone/milestoneTitle', 'milestone/due'])).toBe('milestone')
  expect(placeOfAll(['paragraph', 'bulletList/listItem/paragraph'])).toBeUndefined()
  expect(placeOfAll([])).toBeUndefined()
})
