import { Display } from '@cabildo/protocol/http/common'
import { describe, expect, test } from 'vitest'
import { moreReserved, shownAs, shownInRoom } from './rules.ts'

// Ids are made up; only that they are passed on counts.
const group = { id: 'g', name: 'Vecindad de Tortí', sector: 'community' } as Parameters<typeof shownAs>[0]['group']
const person = { id: 'p', name: 'Ana', group, guest: false }
const inRoom = { name: 'Ana', groupName: 'Vecindad de Tortí', sector: 'community', guest: false }

describe('[PR1] how somebody is shown', () => {
  test.each([
    ['name', 'Ana', group],
    ['group', '', group],
    ['anonymous', '', null],
  ] as const)('by %s', (display, name, shownGroup) => {
    expect(shownAs({ ...person, display })).toEqual({ id: 'p', name, group: shownGroup })
    expect(shownInRoom({ ...inRoom, display })).toEqual({
      name,
      groupName: shownGroup?.name ?? null,
      sector: shownGroup?.sector ?? null,
    })
  })

  test.each([
    ['name', true],
    ['group', true],
    ['anonymous', false],
  ] as const)('[PE12] a guest who is shown by %s is marked as unverified: %s', (display, marked) => {
    expect(shownAs({ ...person, display, guest: true }).unverified).toBe(marked || undefined)
    expect(shownInRoom({ ...inRoom, display, guest: true }).unverified).toBe(marked || undefined)
  })

  test('every choice there is stands above', () => {
    expect(Display.options).toEqual(['name', 'group', 'anonymous'])
  })

  test('without a group nothing takes its place', () => {
    for (const display of Display.options) {
      expect(shownAs({ ...person, group: null, display }).group).toBeNull()
      expect(shownInRoom({ ...inRoom, groupName: null, sector: null, display })).toMatchObject({ groupName: null })
    }
  })

  test('nothing else of a person comes through', () => {
    const known = { ...person, display: 'name' as const, email: 'ana@example.test', contact: '6000-0000' }
    expect(Object.keys(shownAs(known)).sort()).toEqual(['group', 'id', 'name'])
    expect(Object.keys(shownInRoom({ ...inRoom, ...known })).sort()).toEqual(['groupName', 'name', 'sector'])
  })
})

test('[PR1] of two choices the more reserved one holds, whichever comes first', () => {
  for (const [at, one] of Display.options.entries()) {
    for (const [than, other] of Display.options.entries()) {
      expect(moreReserved(one, other)).toBe(at > than ? one : other)
    }
  }
})
