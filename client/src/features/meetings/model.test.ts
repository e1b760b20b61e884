import type { Group } from '@cabildo/protocol/http/common'
import type { Meeting } from '@cabildo/protocol/http/meetings'
import { describe, expect, test } from 'vitest'
import {
  bodyOf,
  countsBodyOf,
  countsEntryOf,
  emptyMeeting,
  entryOf,
  faultOf,
  figureOf,
  isTooMany,
  numbersOf,
  totalsOf,
} from './model.ts'

const entry = (more: object = {}) => ({
  ...{ ...emptyMeeting('2026-03-28'), title: 'Tortí', place: 'Casa comunal' },
  ...more,
})
const material = (more: object) => ({ key: 'a', title: '', link: '', attachment: '', sentOn: '', sentTo: '', ...more })

describe('facts', () => {
  test('what is missing or cannot be is found before it is sent', () => {
    expect(faultOf(entry())).toBeUndefined()
    expect(faultOf(entry({ title: ' ' }))).toBe('title')
    expect(faultOf(entry({ heldOn: '' }))).toBe('heldOn')
    expect(faultOf(entry({ ends: '10:00' }))).toBe('ends')
    expect(faultOf(entry({ starts: '10:00', ends: '09:59' }))).toBe('ends')
    expect(faultOf(entry({ place: '' }))).toBe('place')
    expect(faultOf(entry({ place: '', mode: 'online' }))).toBeUndefined()
    expect(faultOf(entry({ link: 'municipio.example' }))).toBe('link')
    expect(faultOf(entry({ materials: [material({ sentTo: 'A todos' })] }))).toBe('materials')
    expect(faultOf(entry({ materials: [material({})] }))).toBeUndefined()
  })

  test('what is empty is sent as nothing, and rows without a word not at all', () => {
    const sent = bodyOf(entry({ materials: [material({}), material({ title: 'Resumen ', attachment: '3' })] }))
    expect(sent).toMatchObject({ starts: null, ends: null, link: null, workshopId: null, place: 'Casa comunal' })
    expect(sent.materials).toEqual([{ title: 'Resumen', link: null, attachment: 3, sentOn: null, sentTo: null }])
    expect(bodyOf(entry({ mode: 'online' })).place).toBeNull()
  })

  test('what was stored is shown and sent again as it was', () => {
    const stored = {
      ...{ ...bodyOf(entry({ starts: '15:00' })), workshop: null },
      materials: [{ title: 'Resumen', link: null, attachment: 3, sentOn: '2026-03-14', sentTo: null }],
    } as unknown as Meeting
    const { workshop: _, ...facts } = stored
    expect(bodyOf(entryOf(stored))).toEqual({ ...facts, workshopId: null })
  })
})

describe('counts', () => {
  const groups = [{ id: 'a', name: 'Juntas' }] as unknown as Group[]
  const none = { under_18: 0, '18_29': 0, '30_44': 0, '45_59': 0, '60_plus': 0 }
  const attendance = {
    byGroup: [
      { group: groups[0], registered: 4, attended: 3 },
      { group: null, registered: 0, attended: 2 },
    ],
    ...{ byGender: { woman: 2, man: 0, other: 0 }, byAge: none },
  } as Meeting['attendance']

  test('every group of the plan has a row, and those of none the last', () => {
    const shown = countsEntryOf({ attendance }, groups, 'Sin grupo')
    expect(shown.groups).toEqual([
      { groupId: 'a', name: 'Juntas', registered: '4', attended: '3' },
      { groupId: '', name: 'Sin grupo', registered: '', attended: '2' },
    ])
    expect(totalsOf(shown)).toEqual({ registered: 4, attended: 5 })
    expect(countsBodyOf(shown)).toEqual({
      groups: [
        { groupId: 'a', registered: 4, attended: 3 },
        { groupId: null, registered: 0, attended: 2 },
      ],
      ...{ byGender: { woman: 2, man: 0, other: 0 }, byAge: none },
    })
    expect(isTooMany(shown.byGender, shown)).toBe(false)
    expect(isTooMany({ woman: '4', man: '2' }, shown)).toBe(true)
  })

  test('a figure that is none keeps the counts back', () => {
    expect(['', ' 7', '0', '100001', '-1', 'x', '1.5'].map(figureOf)).toEqual([0, 7, 0, ...Array(4).fill(undefined)])
    const shown = countsEntryOf({ attendance }, groups, '')
    expect(countsBodyOf({ ...shown, byAge: { ...shown.byAge, '18_29': 'x' } })).toBeUndefined()
  })
})

test.each([
  ['1-3, 7', [1, 2, 3, 7]],
  ['7 2;2', [2, 7]],
  ['4–5', [4, 5]],
  ['', undefined],
  ['0', undefined],
  ['5-2', undefined],
  ['1-501', undefined],
  ['x', undefined],
])('numbers listed as %j are %j', (text, numbers) => {
  expect(numbersOf(text)).toEqual(numbers)
})
