import { Role } from '@cabildo/protocol/http/common'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coordinates, type Part, type PartChange, ruleOnChange, ruleOnEnd } from './rules.ts'

const ana: Part = { role: 'drafter', groupId: 'a', suspended: false, guest: false, accountLive: true }
const cora: Part = { ...ana, role: 'coordinator' }

test.each([
  [{ role: 'reviewer' }, [{ kind: 'role_changed', role: 'reviewer', wasRole: 'drafter' }]],
  [{ groupId: 'b' }, [{ kind: 'group_changed', groupId: 'b', wasGroupId: 'a' }]],
  [{ groupId: null }, [{ kind: 'group_changed', groupId: null, wasGroupId: 'a' }]],
  [{ suspended: true }, [{ kind: 'suspended' }]],
  [{}, []],
  [{ role: 'drafter', groupId: 'a', suspended: false }, []],
  [
    { role: 'monitor', groupId: 'b', suspended: true },
    [
      { kind: 'role_changed', role: 'monitor', wasRole: 'drafter' },
      { kind: 'group_changed', groupId: 'b', wasGroupId: 'a' },
      { kind: 'suspended' },
    ],
  ],
] as [PartChange, object[]][])(
  '[PE11] a change is told thing by thing, and nothing for what stays: %o',
  (change, events) => {
    expect(ruleOnChange(ana, change, 0)).toEqual({ kind: 'changed', part: { ...ana, ...change }, events })
  },
)

test('[PE11] letting somebody back and ending a part are told', () => {
  expect(ruleOnChange({ ...ana, suspended: true }, { suspended: false }, 0)).toMatchObject({
    events: [{ kind: 'resumed' }],
  })
  const was = { wasRole: 'drafter', wasGroupId: 'a' }
  expect(ruleOnEnd(ana, { own: true, others: 0 })).toEqual({ kind: 'ended', event: { kind: 'left', ...was } })
  expect(ruleOnEnd(ana, { own: false, others: 0 })).toEqual({ kind: 'ended', event: { kind: 'removed', ...was } })
})

test('[PE7] the last coordinator stays one, unless they are none already', () => {
  const refused = { kind: 'refused', reason: 'last_coordinator' }
  expect(ruleOnChange(cora, { role: 'drafter' }, 0)).toEqual(refused)
  expect(ruleOnChange(cora, { suspended: true }, 0)).toEqual(refused)
  expect(ruleOnEnd(cora, { own: true, others: 0 })).toEqual(refused)
  expect(ruleOnChange(cora, { groupId: null }, 0).kind).toBe('changed')
  expect(ruleOnChange(cora, { role: 'drafter' }, 1).kind).toBe('changed')
  for (const none of [
    { ...cora, suspended: true },
    { ...cora, accountLive: false },
    { ...cora, guest: true },
  ]) {
    expect(coordinates(none)).toBe(false)
    expect(ruleOnEnd(none, { own: false, others: 0 }).kind).toBe('ended')
  }
})

test('[PE8] a guest takes part as a participant', () => {
  const guest: Part = { ...ana, role: 'participant', guest: true }
  for (const role of Role.options.filter((each) => each !== 'participant')) {
    expect(ruleOnChange(guest, { role }, 3)).toEqual({ kind: 'refused', reason: 'guest' })
  }
  expect(ruleOnChange(guest, { role: 'participant', groupId: 'b', suspended: true }, 3).kind).toBe('changed')
})

test('[PE7] no sequence of changes, removals and leavings leaves a plan without a coordinator', () => {
  const part = fc.record<Part>({
    role: fc.constantFrom(...Role.options),
    groupId: fc.constantFrom(null, 'a', 'b'),
    suspended: fc.boolean(),
    guest: fc.boolean(),
    accountLive: fc.boolean(),
  })
  const change = fc.record<PartChange>(
    {
      role: fc.constantFrom(...Role.options),
      groupId: fc.constantFrom(null, 'a', 'b'),
      suspended: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  const step = fc.record({ who: fc.nat(5), change: fc.option(change) })
  fc.assert(
    fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), fc.array(step, { maxLength: 40 }), (others, steps) => {
      const parts = new Map([cora, ...others].map((each, index) => [index, each]))
      for (const { who, change } of steps) {
        const found = parts.get(who)
        if (!found) continue
        const rest = [...parts].filter(([other, each]) => other !== who && coordinates(each)).length
        if (change) {
          const ruling = ruleOnChange(found, change, rest)
          if (ruling.kind === 'changed') parts.set(who, ruling.part)
        } else if (ruleOnEnd(found, { own: false, others: rest }).kind === 'ended') parts.delete(who)
        expect([...parts.values()].filter(coordinates).length).toBeGreaterThan(0)
      }
    }),
  )
})
