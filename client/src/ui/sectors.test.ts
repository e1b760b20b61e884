import { Sector } from '@cabildo/protocol/http/common'
import { expect, test } from 'vitest'
import { initials, sectorMarks, tintOf } from './sectors.ts'

test.each([
  ['Rosa Batista', 'RB'],
  ['Luis Méndez de la Cruz', 'LM'],
  ['María de los Ángeles Ríos', 'MÁ'],
  ['ismael', 'I'],
  ['Ana-Lucía Ñato', 'AL'],
  ['de la Guardia', 'DG'],
  ['👩🏽 Yadira', 'Y'],
  ['  ', '?'],
])('the initials of %s are %s', (name, letters) => expect(initials(name)).toBe(letters))

test('every sector has a letter and a line of its own', () => {
  expect(Object.keys(sectorMarks).sort()).toEqual([...Sector.options].sort())
  for (const part of ['letter', 'line'] as const) {
    expect(new Set(Object.values(sectorMarks).map((mark) => mark[part])).size).toBe(Sector.options.length)
  }
})

test('a person keeps one tint, and tints are spread over people', () => {
  // The ids are made up; only their letters count.
  const tints = Array.from({ length: 400 }, (_, n) => tintOf({ id: `person-${n}` } as Parameters<typeof tintOf>[0]))
  expect(tints).toEqual(
    Array.from({ length: 400 }, (_, n) => tintOf({ id: `person-${n}` } as Parameters<typeof tintOf>[0])),
  )
  for (const tint of [0, 1, 2, 3]) expect(tints.filter((one) => one === tint).length).toBeGreaterThan(40)
})
