import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CommitmentState, Role } from './http/common.ts'
import {
  type Act,
  actNames,
  acts,
  actsFrom,
  drawLife,
  move,
  ruleOf,
  tableOfActs,
  tableOfStates,
  textIn,
} from './lifecycle.ts'

const states = CommitmentState.options
const someAct = fc.constantFrom(...actNames)
const someRole = fc.constantFrom(...Role.options)
const someState = fc.constantFrom(...states)
const someReason = fc.constantFrom(undefined, '', 'Faltan los hitos.')

test('[AP1] the docs draw the machine from its own table', () => {
  const spec = readFileSync(new URL('../../../docs/spec/approval.md', import.meta.url), 'utf8')
  expect(spec).toContain(`\`\`\`mermaid\n${drawLife()}\n\`\`\``)
  expect(spec).toContain(tableOfActs())
  expect(spec).toContain(tableOfStates())
})

test('[AP1] a step moves exactly when the table has it, the role is entitled, the reason given and no request open', () => {
  fc.assert(
    fc.property(someState, someAct, someRole, someReason, fc.boolean(), (state, act, role, reason, requestOpen) => {
      const rule = ruleOf(act)
      const moved = move({ state, requestOpen }, { act, role, reason })
      const may =
        rule.by === 'step' &&
        rule.from.includes(state) &&
        rule.roles.includes(role) &&
        !requestOpen &&
        (!rule.reason || Boolean(reason))
      expect(moved.ok).toBe(may)
      if (moved.ok) expect(moved.to).toBe(rule.to)
    }),
  )
})

test('[AP2] whatever goes back or leaves the way owes a reason', () => {
  for (const act of actNames) if (ruleOf(act).back) expect([act, ruleOf(act).reason]).toEqual([act, true])
})

/** States reachable from one by acts of the table that `use` takes. */
function reachable(from: CommitmentState, use: (act: Act) => boolean): Set<CommitmentState> {
  const seen = new Set([from])
  for (const state of seen) for (const act of actsFrom(state)) if (use(act)) seen.add(ruleOf(act).to)
  return seen
}

test('[AP1] every state is reached from the first, and assessed is the only end', () => {
  expect([...reachable('proposed', () => true)].toSorted()).toEqual([...states].toSorted())
  expect(states.filter((state) => actsFrom(state).length === 0)).toEqual(['assessed'])
})

test('[AP3] approved is reached by decisions alone, and never without civil society', () => {
  const without = reachable('proposed', (act) => ruleOf(act).by === 'step')
  for (const state of ['endorsed', 'approved', 'submitted', 'implementing'] as const)
    expect(without).not.toContain(state)
  const unendorsed = reachable('proposed', (act) => act !== 'endorse')
  expect(unendorsed).not.toContain('approved')
})

test('[AP3] an approved text opens again by an amendment alone', () => {
  const approved = ['approved', 'submitted', 'implementing', 'completed', 'assessed'] as const
  const opening = approved.flatMap((state) => actsFrom(state).filter((act) => textIn[ruleOf(act).to] === 'open'))
  expect(new Set(opening)).toEqual(new Set(['amend']))
})

test('[AP1] whoever walks at random stays in the machine, and is where the last act led', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ act: someAct, role: someRole, reason: someReason, requestOpen: fc.boolean() })),
      (walk) => {
        let state: CommitmentState = 'proposed'
        for (const { requestOpen, ...wanted } of walk) {
          const moved = move({ state, requestOpen }, wanted)
          if (moved.ok) {
            expect(acts[wanted.act].to).toBe(moved.to)
            expect(actsFrom(state)).toContain(wanted.act)
            state = moved.to
          }
          expect(states).toContain(state)
        }
      },
    ),
  )
})
