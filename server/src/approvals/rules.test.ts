import type { Party, Verdict } from '@cabildo/protocol/http/approvals'
import { CommitmentState, Role, Sector } from '@cabildo/protocol/http/common'
import { actNames, planActNames, planRuleOf, ruleOf } from '@cabildo/protocol/lifecycle'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rights } from '../auth/rules.ts'
import { type Asked, clausesOf, decide, missingFor, partyOf, putUp, sinceOf, statusIn } from './rules.ts'

const hash = 'sha256:a'
const asked = (people: Record<string, Party>, decisions: Record<string, Verdict> = {}): Asked => ({
  state: 'open',
  contentHash: hash,
  deciders: Object.entries(people).map(([userId, party]) => ({ userId, party })),
  clauses: ['summary', 'milestones', 'contact'].map((clause) => ({
    ...{ clause, hash: `sha256:${clause}` },
    approvedBy: clause === 'contact' ? 'earlier' : null,
  })),
  decisions: Object.entries(decisions).map(([userId, verdict]) => ({ userId, verdict, clauses: null })),
})
const both = { mayor: 'government', aval: 'civil_society' } as const
const seen = { seenHash: hash, says: [hash, hash], state: 'final', authors: ['ana', 'luis'] } as const
const approves = (userId: string) => ({ userId, verdict: 'approve', clauses: null }) as const

test('[AP13] all must approve, whichever side is first; civil society alone makes it endorsed', () => {
  expect(decide(asked(both), approves('aval'), seen)).toEqual({ ok: true, state: 'open', acts: ['endorse'] })
  expect(decide(asked(both), approves('mayor'), seen)).toEqual({ ok: true, state: 'open', acts: [] })
  const second = decide(asked(both, { mayor: 'approve' }), approves('aval'), seen)
  expect(second).toEqual({ ok: true, state: 'approved', acts: ['endorse', 'approve'] })
  const endorsed = { ...seen, state: 'endorsed' } as const
  const last = decide(asked(both, { aval: 'approve' }), approves('mayor'), endorsed)
  expect(last).toEqual({ ok: true, state: 'approved', acts: ['approve'] })
})

test('[AP13] one return returns, whatever the others said', () => {
  const returned = decide(asked(both, { aval: 'approve' }), { ...approves('mayor'), verdict: 'return' }, seen)
  expect(returned).toEqual({ ok: true, state: 'returned', acts: ['return'] })
})

test('[AP14] who was not asked, decided already, comes late or saw another text is told, in this order', () => {
  const code = (request: Asked, who: string, seenHash = hash) => {
    const ruling = decide(request, approves(who), { ...seen, seenHash })
    return ruling.ok ? 'ok' : ruling.code
  }
  expect(code(asked(both), 'ana')).toBe('forbidden')
  expect(code(asked(both, { mayor: 'approve' }), 'mayor', 'sha256:b')).toBe('already_decided')
  for (const state of ['approved', 'returned', 'withdrawn', 'voided'] as const)
    expect(code({ ...asked(both), state }, 'mayor')).toBe('request_closed')
  expect(code(asked(both), 'mayor', 'sha256:b')).toBe('stale_version')
  // Its version, or the document, says something else by now.
  for (const says of [
    ['sha256:b', hash],
    [hash, 'sha256:b'],
  ])
    expect(decide(asked(both), approves('mayor'), { ...seen, says })).toEqual({ ok: false, code: 'stale_version' })
})

test('[AP34] who decides clause by clause has decided when no clause that is to be decided is left', () => {
  const clauses = (...names: string[]) => names.map((clause) => ({ clause, hash: `sha256:${clause}` }))
  const on = (request: Asked, userId: string, names: string[], verdict: Verdict = 'approve') =>
    decide(request, { userId, verdict, clauses: clauses(...names) }, seen)
  const after = (...said: [string, string[] | null][]): Asked => ({
    ...asked(both),
    decisions: said.map(([userId, names]) => ({ userId, verdict: 'approve', clauses: names })),
  })
  const open = { ok: true, state: 'open', acts: [] }
  expect(on(asked(both), 'aval', ['summary'])).toEqual(open)
  expect(on(after(['aval', ['summary']]), 'aval', ['milestones'])).toEqual({ ...open, acts: ['endorse'] })
  expect(on(asked(both), 'aval', ['milestones', 'summary'])).toEqual({ ...open, acts: ['endorse'] })
  // The rest as a whole.
  expect(decide(after(['aval', ['summary']]), approves('aval'), seen)).toEqual({ ...open, acts: ['endorse'] })
  const last = on(after(['mayor', null], ['aval', ['summary']]), 'aval', ['milestones'])
  expect(last).toEqual({ ok: true, state: 'approved', acts: ['endorse', 'approve'] })
  expect(on(after(['aval', ['summary']]), 'aval', ['milestones'], 'return')).toEqual({
    ...{ ok: true, state: 'returned', acts: ['return'] },
  })
})

test('[AP34] a clause is decided once by each, on the words that were seen, and no other than the text has', () => {
  const on = (names: Record<string, string>, said: string[] | null = null) => {
    const request = {
      ...asked(both),
      decisions: [{ userId: 'aval', verdict: 'approve' as const, clauses: said ?? [] }],
    }
    const clauses = Object.entries(names).map(([clause, hash]) => ({ clause, hash }))
    const ruling = decide(request, { userId: 'aval', verdict: 'approve', clauses }, seen)
    return ruling.ok ? 'ok' : ruling.code
  }
  expect(on({ summary: 'sha256:summary' })).toBe('ok')
  expect(on({ summary: 'sha256:summary' }, ['summary'])).toBe('already_decided')
  expect(on({ contact: 'sha256:contact' })).toBe('already_decided')
  expect(on({ summary: 'sha256:another' })).toBe('stale_version')
  expect(on({ motto: 'sha256:motto' })).toBe('unknown_clause')
  expect(on({ summary: 'sha256:summary' }, ['summary', 'milestones'])).toBe('already_decided')
  const twice = { clause: 'summary', hash: 'sha256:summary' }
  expect(decide(asked(both), { userId: 'aval', verdict: 'approve', clauses: [twice, twice] }, seen)).toEqual({
    ...{ ok: false, code: 'already_decided' },
  })
})

test('[AP21] what changed is told since the text that somebody decided on whole, not since one of which they ticked a part', () => {
  const said = (verdict: Verdict, ...parts: (string[] | null)[]) =>
    parts.map((clauses) => ({ userId: 'aval', verdict, clauses }))
  const since = (decisions: Asked['decisions']) => {
    const first = { ...asked(both), state: 'voided' as const, number: 1 }
    const second = { ...asked(both), state: 'returned' as const, number: 2, decisions }
    const third = { ...asked(both), number: 3, decisions: said('approve', null) }
    return sinceOf('aval', third, [third, second, first])?.number
  }
  expect(since([])).toBe(1)
  expect(since(said('approve', ['summary']))).toBe(1)
  expect(since(said('return', ['summary']))).toBe(1)
  expect(since(said('return', null))).toBe(2)
  expect(since(said('approve', ['summary'], ['milestones']))).toBe(2)
  expect(since(said('approve', ['summary'], null))).toBe(2)
})

test('[AP15] nobody approves what they alone wrote, and they may return it', () => {
  const alone = { ...seen, authors: ['aval'] }
  expect(decide(asked(both), approves('aval'), alone)).toEqual({ ok: false, code: 'own_text' })
  expect(decide(asked(both), approves('mayor'), alone).ok).toBe(true)
  expect(decide(asked(both), { ...approves('aval'), verdict: 'return' }, alone).ok).toBe(true)
  expect(decide(asked(both), approves('aval'), { ...seen, authors: [] }).ok).toBe(true)
})

test('[AP13] in any order, approved comes exactly after everybody approved, and no sooner', () => {
  const people = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 2, maxLength: 6 })
  fc.assert(
    fc.property(people, fc.infiniteStream(fc.boolean()), (ids, coins) => {
      const parties = Object.fromEntries(
        ids.map((id, at): [string, Party] => [
          `p${id}`,
          at === 0 ? 'government' : at === 1 || coins.next().value ? 'civil_society' : 'government',
        ]),
      )
      let state: CommitmentState = 'final'
      const decisions: Record<string, Verdict> = {}
      for (const [at, id] of ids.entries()) {
        const ruling = decide(asked(parties, decisions), approves(`p${id}`), { ...seen, state })
        if (!ruling.ok) throw new Error(ruling.code)
        expect(ruling.state).toBe(at === ids.length - 1 ? 'approved' : 'open')
        for (const act of ruling.acts) {
          expect(ruleOf(act).from).toContain(state)
          state = ruleOf(act).to
        }
        decisions[`p${id}`] = 'approve'
      }
      expect(state).toBe('approved')
    }),
  )
})

test('[AP12] the mayor’s office is an approver of a government group, civil society an endorser of one that is not', () => {
  const sides = Role.options.flatMap((role) =>
    [...Sector.options, null].flatMap((sector) => {
      const party = partyOf(role, sector)
      return party ? [`${role} ${sector}: ${party}`] : []
    }),
  )
  expect(sides).toEqual([
    'approver government: government',
    'endorser civil_society: civil_society',
    'endorser community: civil_society',
    'endorser academia: civil_society',
  ])
})

test('[AP6] [AP10] an open request freezes the text whatever the state', () => {
  for (const state of CommitmentState.options) expect(statusIn(state, true)).toBe('frozen')
  expect(statusIn('final', false)).toBe('open')
  expect(statusIn('approved', false)).toBe('frozen')
})

test('[AP9] what is missing for a request is told', () => {
  const here = { state: 'final', requestOpen: false, inputsReached: true } as const
  const deciders = asked(both).deciders
  expect(missingFor({ ...here, deciders })).toEqual([])
  expect(missingFor({ ...here, state: 'review', inputsReached: false, deciders: [] })).toEqual([
    'final_state',
    'inputs',
    'government',
    'civil_society',
  ])
  expect(missingFor({ ...here, requestOpen: true, deciders })).toEqual(['request_open'])
})

test('[AP1] whoever an act is for has the right that its route asks for', () => {
  const movers = new Set(actNames.flatMap((act) => (ruleOf(act).by === 'step' ? ruleOf(act).roles : [])))
  expect(movers).toEqual(new Set(rights['commitment.move']))
  expect(new Set(planActNames.flatMap((act) => planRuleOf(act).roles))).toEqual(new Set(rights['plan.move']))
})

test('[AP33] a fact that was taken away is to be decided, and again when it is back', () => {
  const content = (facts: Record<string, unknown>) => ({
    ...{ template: 'ogp-commitment', version: 1, fields: { title: { type: 'doc' } } },
    facts,
  })
  const put = (facts: Record<string, unknown>, before?: Parameters<typeof putUp>[1]) =>
    putUp(clausesOf(content(facts)), before)
  const first = put({ periodEnd: '2026-12-31' })
  expect(first.map(({ clause, approvedBy }) => [clause, approvedBy])).toEqual([
    ['title', null],
    ['periodEnd', null],
  ])
  const without = put({}, { id: 'one', clauses: first })
  expect(without.map(({ clause, approvedBy }) => [clause, approvedBy])).toEqual([
    ['title', 'one'],
    ['periodEnd', null],
  ])
  const again = put({ periodEnd: '2026-12-31' }, { id: 'two', clauses: without })
  expect(again.map(({ clause, approvedBy }) => [clause, approvedBy])).toEqual([
    ['title', 'one'],
    ['periodEnd', null],
  ])
})
