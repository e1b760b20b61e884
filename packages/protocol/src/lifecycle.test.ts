import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CommitmentState, PlanState, Role } from './http/common.ts'
import {
  type Act,
  actNames,
  acts,
  actsFrom,
  drawLife,
  drawPlanLife,
  dueActs,
  duePlanActs,
  isPublic,
  move,
  movePlan,
  planActNames,
  planActsFrom,
  planNeeds,
  planRuleOf,
  ruleOf,
  tableOfActs,
  tableOfPlanActs,
  tableOfPlanStates,
  tableOfStates,
} from './lifecycle.ts'
import { textIn } from './lifecycle-text.ts'

const states = CommitmentState.options
const someAct = fc.constantFrom(...actNames)
const someRole = fc.constantFrom(...Role.options)
const someState = fc.constantFrom(...states)
const someReason = fc.constantFrom(undefined, '', 'Faltan los hitos.')

test('[AP1] [AP23] the docs draw both machines from their own tables', () => {
  const spec = readFileSync(new URL('../../../docs/spec/approval.md', import.meta.url), 'utf8')
  expect(spec).toContain(`\`\`\`mermaid\n${drawLife()}\n\`\`\``)
  expect(spec).toContain(tableOfActs())
  expect(spec).toContain(tableOfStates())
  expect(spec).toContain(`\`\`\`mermaid\n${drawPlanLife()}\n\`\`\``)
  expect(spec).toContain(tableOfPlanActs())
  expect(spec).toContain(tableOfPlanStates())
})

test('[AP1] [AP28] a step moves exactly when the table has it, the role is entitled, the reason given and no request open', () => {
  fc.assert(
    fc.property(
      fc.record({ state: someState, act: someAct, role: someRole, reason: someReason }),
      fc.boolean(),
      fc.boolean(),
      ({ state, act, role, reason }, requestOpen, windowOpen) => {
        const rule = ruleOf(act)
        const moved = move({ state, requestOpen, windowOpen }, { act, role, reason })
        const owed = rule.reason || (windowOpen && act !== 'extend')
        const may =
          rule.by === 'step' &&
          rule.from.includes(state) &&
          rule.roles.includes(role) &&
          !requestOpen &&
          (!owed || Boolean(reason))
        expect(moved.ok).toBe(may)
        if (moved.ok) expect(moved.to).toBe(rule.to)
      },
    ),
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
          const moved = move({ state, requestOpen, windowOpen: false }, wanted)
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

const planStates = PlanState.options

test('[AP23] [AP25] a plan moves exactly when the table has it, the role is entitled, nothing is missing and the reason given', () => {
  fc.assert(
    fc.property(
      fc.record({
        state: fc.constantFrom(...planStates),
        act: fc.constantFrom(...planActNames),
        role: someRole,
        reason: someReason,
      }),
      fc.subarray([...planNeeds]),
      fc.boolean(),
      ({ state, act, role, reason }, lacks, windowOpen) => {
        const rule = planRuleOf(act)
        const moved = movePlan({ state, missing: new Set(lacks), windowOpen }, { act, role, reason })
        const owed = rule.reason || (windowOpen && rule.window !== 'extends')
        const may =
          rule.from.includes(state) &&
          rule.roles.includes(role) &&
          !lacks.some((need) => rule.needs?.includes(need)) &&
          (!owed || Boolean(reason))
        expect(moved).toEqual(may ? { ok: true, to: rule.to } : { ok: false, why: expect.any(String) })
      },
    ),
  )
})

test('[AP23] every state of a plan is reached from the first, none is left for good, and whatever goes back owes a reason', () => {
  const seen = new Set<PlanState>(['planning'])
  for (const state of seen) for (const act of planActsFrom(state)) seen.add(planRuleOf(act).to)
  expect([...seen].toSorted()).toEqual([...planStates].toSorted())
  expect(planStates.filter((state) => planActsFrom(state).length === 0)).toEqual([])
  for (const act of planActNames) if (planRuleOf(act).back) expect([act, planRuleOf(act).reason]).toEqual([act, true])
})

test('[AP24] a plan is public from its announcement on, and only before it not', () => {
  expect(planStates.filter((state) => !isPublic(state))).toEqual(['planning'])
  expect(planActsFrom('planning')).toEqual(['announce'])
})

test('[AP23] a plan is submitted after the forum’s endorsement alone', () => {
  const seen = new Set<PlanState>(['planning'])
  for (const state of seen) for (const act of planActsFrom(state)) if (act !== 'endorse') seen.add(planRuleOf(act).to)
  for (const state of ['approval', 'submitted', 'implementing', 'amended', 'closed'] as const)
    expect(seen).not.toContain(state)
})

test('[AP27] [AP29] a window opens with a state and ends with it: exactly those states have an act that is due', () => {
  for (const [rules, due] of [
    [actNames.map(ruleOf), dueActs],
    [planActNames.map(planRuleOf), duePlanActs],
  ] as const) {
    const opened = new Set<string>(rules.filter(({ window }) => window !== undefined).map(({ to }) => to))
    expect([...opened].toSorted()).toEqual(Object.keys(due).toSorted())
    for (const { to, window } of rules) if (opened.has(to)) expect(window).toBeDefined()
  }
})
