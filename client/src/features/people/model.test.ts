import type { Role } from '@cabildo/protocol/http/common'
import type { MemberItem } from '@cabildo/protocol/http/people'
import { expect, test } from 'vitest'
import { findMembers, isLastCoordinator, plain, roleDifference } from './model.ts'

const member = (name: string, role: Role, more: Partial<MemberItem> = {}): MemberItem => ({
  // Only what is looked at; the server made the rest.
  person: { id: name as MemberItem['person']['id'], name, group: null },
  role,
  guest: false,
  suspendedAt: null,
  joinedAt: '2026-03-01T14:00:00.000Z',
  known: null,
  ...more,
})
const names = (members: readonly MemberItem[]) => members.map(({ person }) => person.id)

test('words are compared without accents, capitals and signs', () => {
  expect(plain('  Rubén ÁBREGO-(hijo)  ')).toBe('ruben abrego hijo')
})

test('members are found by part of a name, by role and by group; suspended ones stand last', () => {
  const gone = { suspendedAt: '2026-03-02T14:00:00.000Z' }
  const members = [
    member('Zoila', 'drafter'),
    member('Ana', 'drafter', gone),
    member('Álvaro', 'reviewer'),
    member('', 'drafter'),
  ]
  const none = { text: '', role: '', groupId: '' } as const
  expect(names(findMembers(members, none, 'es'))).toEqual(['Álvaro', 'Zoila', '', 'Ana'])
  expect(names(findMembers(members, { ...none, text: 'alv' }, 'es'))).toEqual(['Álvaro'])
  expect(names(findMembers(members, { ...none, role: 'drafter', text: 'z' }, 'es'))).toEqual(['Zoila'])
  expect(names(findMembers(members, { ...none, groupId: 'g' }, 'es'))).toEqual([])
})

test('a change of role is told as what one may do from then on and what not any more', () => {
  const rights = [
    { action: 'plan.open', roles: ['drafter', 'reviewer', 'coordinator'] as const },
    { action: 'document.edit', roles: ['drafter', 'coordinator'] as const },
    { action: 'people.manage', roles: ['coordinator'] as const },
  ]
  expect(roleDifference(rights, 'drafter', 'reviewer')).toEqual({ gains: [], losses: ['document.edit'] })
  expect(roleDifference(rights, 'reviewer', 'coordinator')).toEqual({
    gains: ['document.edit', 'people.manage'],
    losses: [],
  })
  expect(roleDifference(rights, 'drafter', 'drafter')).toEqual({ gains: [], losses: [] })
})

test('a coordinator is the last one when no other is left who is not suspended', () => {
  const ana = member('Ana', 'coordinator')
  const away = member('Luis', 'coordinator', { suspendedAt: '2026-03-02T14:00:00.000Z' })
  expect(isLastCoordinator([ana, away, member('Zoila', 'drafter')], ana)).toBe(true)
  expect(isLastCoordinator([ana, member('Luis', 'coordinator')], ana)).toBe(false)
  expect(isLastCoordinator([ana, away], away)).toBe(false)
})
