import type { PlanStanding } from '@cabildo/protocol/http/plan-life'
import { payloadCommitment } from '@cabildo/record/hash'
import { createManualClock } from '@cabildo/testkit/clock'
import { plantPlan } from '@cabildo/testkit/factories'
import { plantGuest, plantWorkshop } from '@cabildo/testkit/guests'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { sitDown, typeInto } from '@cabildo/testkit/typist'
import { waitForWaiting } from '@cabildo/testkit/waiting'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { holdInputNumbers } from '../../db/holding.ts'
import { createWindowKeeper, endDueWindows } from '../windows/keeper.ts'

const day = 24 * 60 * 60 * 1000
// The clock of the program stands still until a test moves it; the database's own goes on.
const clock = createManualClock(Date.now())
let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  // Several transactions are held open, and wait for each other.
  database = await freshDatabase({ max: 10 })
  world = createTestApp(database, { now: () => new Date(clock.now()) })
})
afterAll(async () => {
  await world.rooms.drain()
  await database.drop()
})

const roles = {
  cora: 'coordinator',
  ana: 'drafter',
  mayor: 'approver',
  aval: 'endorser',
  moni: 'monitor',
  rev: 'reviewer',
} as const
type Name = keyof typeof roles

const deps = () => ({ db: database.db, rooms: world.rooms, now: () => new Date(clock.now()) })
const inDays = (days: number) => new Date(clock.now() + days * day).toISOString()

/** A plan of one commitment, with somebody of each role. */
async function scene() {
  const { planId, people } = await plantPlan(database.db, roles)
  // Filled below, name by name.
  const as = {} as Record<Name, string>
  for (const name of Object.keys(roles) as Name[]) as[name] = await world.cookieOf(people[name])
  const { documentId } = await (
    await world.ask(`POST /api/plans/${planId}/commitments`, { as: as.ana, body: { title: 'Agua' } })
  ).json()
  const step = async (name: Name, act: string, from: string, more: object = {}) => {
    const response = await world.ask(`POST /api/plans/${planId}/steps`, { as: as[name], body: { act, from, ...more } })
    return { status: response.status, body: await response.json() }
  }
  const standing = async (name: Name = 'rev'): Promise<PlanStanding> =>
    (await world.ask(`GET /api/plans/${planId}/standing`, { as: as[name] })).json()
  const move = async (act: string, from: string, more: object = {}) => {
    const { status, body } = await step('cora', act, from, more)
    expect([act, status]).toEqual([act, 201])
    return body as PlanStanding
  }
  /** A step of the commitment. */
  const commitment = async (name: Name, act: string, from: string, more: object = {}) => {
    const body = { act, from, ...more }
    const response = await world.ask(`POST /api/documents/${documentId}/steps`, { as: as[name], body })
    return { status: response.status, body: await response.json() }
  }
  const setState = (state: string) =>
    database.db.updateTable('commitment').set({ state }).where('documentId', '=', documentId).execute()
  const entries = async () => {
    const { rows } = await sql<{ payload: string; body: string }>`
      select p.payload, e.body from record_entry e join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq
      where e.plan_id = ${planId} and e.type = 'state' order by e.seq`.execute(database.db)
    return rows.map(({ payload, body }) => ({ ...JSON.parse(payload), actor: JSON.parse(body).actor?.role ?? null }))
  }
  return { planId, people, as, documentId, step, standing, move, commitment, setState, entries }
}

test('[AP23] [AP26] a plan is moved by its roles, from the state they saw, with a reason where one is owed, and it is entered', async () => {
  const { step, standing, entries } = await scene()
  expect(await standing()).toMatchObject({ state: 'planning', public: false, steps: [], window: null })
  expect((await step('rev', 'announce', 'planning')).status).toBe(403)
  expect((await step('ana', 'announce', 'planning')).status).toBe(403)
  const both = await Promise.all([step('cora', 'announce', 'planning'), step('cora', 'announce', 'planning')])
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
  expect((await step('cora', 'consult', 'outreach')).status).toBe(409)
  expect((await step('cora', 'replan', 'outreach')).body.errors[0].pointer).toBe('/reason')
  expect((await step('cora', 'replan', 'outreach', { reason: 'Falta el cronograma' })).status).toBe(201)
  const { state, steps, next, ...told } = await standing('cora')
  expect([state, told.public, steps.map(({ act, reason, by }) => [act, reason, by?.name])]).toEqual([
    'planning',
    false,
    [
      ['announce', null, 'cora'],
      ['replan', 'Falta el cronograma', 'cora'],
    ],
  ])
  expect(next).toMatchObject([{ act: 'announce', to: 'outreach', roles: ['coordinator'], mine: true, missing: [] }])
  expect((await standing('rev')).next).toMatchObject([{ act: 'announce', mine: false }])
  const salt = Buffer.from(steps[1]?.salt ?? '', 'hex')
  expect(await entries()).toMatchObject([
    { kind: 'plan', act: 'announce', was: 'planning', state: 'outreach', actor: 'coordinator' },
    { kind: 'plan', act: 'replan', reason: payloadCommitment(salt, 'Falta el cronograma') },
  ])
})

test('[AP24] the plan tells its state to its members, and nobody reads or moves what is not theirs', async () => {
  const [one, other] = [await scene(), await scene()]
  await one.move('announce', 'planning')
  const plan = await (await world.ask(`GET /api/plans/${one.planId}`, { as: one.as.rev })).json()
  expect(plan.state).toBe('outreach')
  const ask = (key: string, body?: object) => world.ask(key, { as: other.as.cora, ...(body && { body }) })
  expect((await ask(`GET /api/plans/${one.planId}/standing`)).status).toBe(404)
  const foreign = await ask(`POST /api/plans/${one.planId}/steps`, { act: 'gather', from: 'outreach' })
  expect(foreign.status).toBe(404)
})

test('[AP25] an act waits for what the plan lacks, which is told with the commitments that are behind', async () => {
  const { planId, as, step, standing, move, setState } = await scene()
  await world.ask(`POST /api/plans/${planId}/commitments`, { as: as.ana, body: { title: 'Riego' } })
  await move('announce', 'planning')
  await move('gather', 'outreach')
  await move('draft', 'gathering', { reason: 'Ya llegó todo' })
  const missing = async (act: string) => (await standing('cora')).next.find((next) => next.act === act)
  expect(await missing('consult')).toMatchObject({ mine: false, missing: [{ need: 'drafts', commitments: [1, 2] }] })
  expect((await step('cora', 'consult', 'drafting')).status).toBe(409)
  // What was withdrawn is waited for no more.
  await sql`update commitment set state = 'withdrawn' where plan_id = ${planId} and number = 2`.execute(database.db)
  await setState('review')
  expect(await missing('consult')).toMatchObject({ mine: true, missing: [] })
  await move('consult', 'drafting')
  const inputs = [{ key: 'una-clave-de-aporte-1', channel: 'paper', words: 'Más luz', consent: true }]
  await world.ask(`POST /api/plans/${planId}/inputs`, { as: as.rev, body: { inputs } })
  await move('respond', 'consultation', { reason: 'Ya opinaron todas' })
  expect(await missing('revise')).toMatchObject({ mine: false, missing: [{ need: 'inputs', commitments: [] }] })
  expect((await standing()).inputs).toEqual({ total: 1, unanswered: 1, share: 0, needed: 100 })
  const promise = { answeredShare: 0, answerDays: 15 }
  await world.ask(`PUT /api/plans/${planId}/inputs/promise`, { as: as.cora, body: promise })
  await move('revise', 'response')
  expect(await missing('propose')).toMatchObject({ missing: [{ need: 'finals', commitments: [1] }] })
  await setState('amending')
  expect(await missing('propose')).toMatchObject({ missing: [{ need: 'finals', commitments: [1] }] })
  await setState('final')
  await move('propose', 'revision')
  expect((await standing('aval')).next.find(({ act }) => act === 'endorse')).toMatchObject({
    mine: false,
    missing: [{ need: 'endorsements', commitments: [1] }],
  })
  await setState('approved')
  expect((await step('cora', 'endorse', 'endorsement')).status).toBe(403)
  expect((await step('aval', 'endorse', 'endorsement')).status).toBe(201)
  await move('submit', 'approval')
  await move('implement', 'submitted')
  expect((await step('moni', 'inspect', 'implementing')).status).toBe(201)
  expect((await step('moni', 'report', 'inception')).status).toBe(201)
  expect((await step('moni', 'close', 'implementing')).status).toBe(409)
  await setState('assessed')
  expect((await step('moni', 'close', 'implementing')).body.state).toBe('closed')
})

test('[AP25] what is brought while the plan goes on to its revision is waited for, and counted', async () => {
  const { planId, as, step } = await scene()
  await database.db.updateTable('plan').set({ state: 'response' }).where('id', '=', planId).execute()
  const inputs = [{ key: 'una-clave-de-aporte-2', channel: 'paper', words: 'Más luz', consent: true }]
  const [bringing, revising] = await database.db.transaction().execute(async (trx) => {
    await holdInputNumbers(trx, planId)
    const bringing = world.ask(`POST /api/plans/${planId}/inputs`, { as: as.rev, body: { inputs } })
    await waitForWaiting(database.pool, 1)
    const revising = step('cora', 'revise', 'response')
    await waitForWaiting(database.pool, 2)
    return [bringing, revising] as const
  })
  expect([(await bringing).status, (await revising).status]).toEqual([201, 409])
})

test('[AP25] nothing that an act needs goes back while it is done', async () => {
  const { planId, step, commitment, move, setState, documentId } = await scene()
  await database.db.updateTable('plan').set({ state: 'revision' }).where('id', '=', planId).execute()
  await setState('final')
  const [proposing, redrafting] = await database.db.transaction().execute(async (trx) => {
    // Whoever needs it waits for who moves it, and the other way round.
    await sql`select from commitment where document_id = ${documentId} for no key update`.execute(trx)
    const proposing = step('cora', 'propose', 'revision')
    await waitForWaiting(database.pool, 1)
    const redrafting = commitment('ana', 'redraft', 'final', { reason: 'Falta algo' })
    await waitForWaiting(database.pool, 2)
    return [proposing, redrafting] as const
  })
  const [proposed, redrafted] = [await proposing, await redrafting]
  expect(redrafted.status).toBe(201)
  // The plan went on before, or was told that it is not final any more: never on a commitment that had gone back.
  expect([201, 409]).toContain(proposed.status)
  const entries = await database.db
    .selectFrom('recordEntry')
    .where('planId', '=', planId)
    .where('type', '=', 'state')
    .select('documentId')
    .orderBy('seq')
    .execute()
  const order = entries.map(({ documentId: of }) => (of === null ? 'plan' : 'commitment'))
  expect(order).toEqual(proposed.status === 201 ? ['plan', 'commitment'] : ['commitment'])
  if (proposed.status === 409) await setState('final').then(() => move('propose', 'revision'))
})

test('[AP27] [AP28] a consultation lasts as long as is usual or was said, is prolonged with a reason, and ended early with one', async () => {
  const { commitment, standing: _, ...rest } = await scene()
  const { as, documentId, entries } = rest
  const window = async () =>
    (await (await world.ask(`GET /api/documents/${documentId}/standing`, { as: as.rev })).json()).window
  await commitment('ana', 'review', 'drafting')
  for (const [pointer, wish] of [
    ['/window/closesAt', { closesAt: inDays(-1) }],
    ['/window/opensAt', { opensAt: inDays(-1), closesAt: inDays(1) }],
    ['/window/closesAt', { opensAt: inDays(3), closesAt: inDays(2) }],
    ['/window/closesAt', { closesAt: inDays(400) }],
  ] as const)
    expect((await commitment('cora', 'consult', 'review', { window: wish })).body.errors[0].pointer).toBe(pointer)
  expect((await commitment('ana', 'redraft', 'review', { reason: 'x', window: {} })).body.errors[0].pointer).toBe(
    '/window',
  )
  expect((await commitment('cora', 'consult', 'review')).status).toBe(201)
  expect(await window()).toMatchObject({ number: 1, phase: 'open', daysLeft: 14, closesAt: inDays(14) })
  expect((await commitment('cora', 'extend', 'consultation', { window: { closesAt: inDays(20) } })).status).toBe(400)
  const sooner = { reason: 'Lluvias', window: { closesAt: inDays(3) } }
  expect((await commitment('cora', 'extend', 'consultation', sooner)).body.errors[0].pointer).toBe('/window/closesAt')
  expect((await commitment('ana', 'extend', 'consultation', sooner)).status).toBe(403)
  const longer = { reason: 'Lluvias', window: { closesAt: inDays(20) } }
  const { body } = await commitment('cora', 'extend', 'consultation', longer)
  expect(body.window).toMatchObject({ number: 1, daysLeft: 20 })
  expect(body.steps.at(-1)).toMatchObject({ act: 'extend', reason: 'Lluvias', closesAt: inDays(20) })
  expect((await commitment('cora', 'respond', 'consultation')).body.errors[0].pointer).toBe('/reason')
  expect((await commitment('cora', 'respond', 'consultation', { reason: 'Ya opinaron' })).body.window).toBeNull()
  expect((await commitment('cora', 'reconsult', 'response', { reason: 'Otra vez' })).body.window).toMatchObject({
    number: 2,
    daysLeft: 14,
  })
  const opens = new Date(clock.now()).toISOString()
  expect((await entries()).map(({ act, window: told }) => [act, told])).toEqual([
    ['review', undefined],
    ['consult', { opens, closes: inDays(14) }],
    ['extend', { opens, closes: inDays(20) }],
    ['respond', undefined],
    ['reconsult', { opens, closes: inDays(14) }],
  ])
})

test('[AP29] [AP30] a window that was announced opens and ends by itself on its days; the text opens then, and nobody did it', async () => {
  const { commitment, documentId, people, entries, as, standing, move } = await scene()
  const read = async () => (await world.ask(`GET /api/documents/${documentId}/standing`, { as: as.rev })).json()
  await move('announce', 'planning')
  await move('gather', 'outreach', { window: { closesAt: inDays(2) } })
  await commitment('ana', 'review', 'drafting')
  const wish = { window: { opensAt: inDays(1), closesAt: inDays(3) } }
  expect((await commitment('cora', 'consult', 'review', wish)).body.window).toMatchObject({
    phase: 'ahead',
    daysLeft: 3,
  })
  const inside = await sitDown(world.rooms, documentId, people.ana)
  clock.advance(1.5 * day)
  expect((await read()).window).toMatchObject({ phase: 'open', daysLeft: 2 })
  expect(await endDueWindows(deps())).toBe(0)
  clock.advance(day)
  expect((await standing()).window).toMatchObject({ phase: 'over', daysLeft: 0 })
  expect(await endDueWindows(deps())).toBe(1)
  expect(await standing()).toMatchObject({
    state: 'drafting',
    window: null,
    steps: [{}, {}, { act: 'draft', by: null }],
  })
  clock.advance(day)
  // Two at once end it once.
  expect((await Promise.all([endDueWindows(deps()), endDueWindows(deps())])).toSorted()).toEqual([0, 1])
  const { state, steps, window } = await read()
  expect([state, window, steps.at(-1)]).toMatchObject(['response', null, { act: 'respond', by: null, reason: null }])
  typeInto(inside.doc, 'summary', 'Ajustado.')
  await inside.saved()
  inside.leave()
  expect((await entries()).map(({ act, actor }) => [act, actor])).toEqual([
    ['announce', 'coordinator'],
    ['gather', 'coordinator'],
    ['review', 'drafter'],
    ['consult', 'coordinator'],
    ['draft', null],
    ['respond', null],
  ])
})

test('[AP29] the keeper looks every minute, and a window that cannot be ended keeps no other', async () => {
  const [one, other] = [await scene(), await scene()]
  for (const { move } of [one, other]) {
    await move('announce', 'planning')
    await move('gather', 'outreach', { window: { closesAt: inDays(1) } })
  }
  const failures: unknown[] = []
  const logger = { ...pino({ level: 'silent' }), error: (data: unknown) => failures.push(data) }
  const keeper = createWindowKeeper({ ...deps(), clock, logger: { ...logger, info: () => undefined } })
  keeper.start()
  await vi.waitFor(() => expect(clock.waiting()).toBe(1))
  expect(await one.standing()).toMatchObject({ state: 'gathering' })
  await sql`alter table plan add constraint stuck check (id <> ${sql.lit(one.planId)} or state = 'gathering')`.execute(
    database.db,
  )
  clock.advance(day)
  await vi.waitFor(() => expect(clock.waiting()).toBe(1))
  clock.advance(60_000)
  await vi.waitFor(async () => expect(await other.standing()).toMatchObject({ state: 'drafting' }))
  await vi.waitFor(() => expect(failures).toHaveLength(1))
  await sql`alter table plan drop constraint stuck`.execute(database.db)
  await vi.waitFor(() => expect(clock.waiting()).toBe(1))
  clock.advance(60_000)
  await vi.waitFor(async () => expect(await one.standing()).toMatchObject({ state: 'drafting' }))
  await keeper.stop()
})

test('[AP25] a guest of a workshop is told where the plan stands, and not which commitments lack what', async () => {
  const { planId, people, move } = await scene()
  await move('announce', 'planning')
  await move('gather', 'outreach')
  await move('draft', 'gathering', { reason: 'Ya' })
  const workshop = await plantWorkshop(database.db, planId, people.cora)
  const guest = await plantGuest(database.db, workshop, { name: 'Chola', groupId: people.cora.groupId })
  const as = await world.cookieOf(guest)
  const { workshopId } = workshop
  await database.db.updateTable('session').set({ workshopId }).where('userId', '=', guest.userId).execute()
  const told = await (await world.ask(`GET /api/plans/${planId}/standing`, { as })).json()
  expect(told).toMatchObject({ state: 'drafting', inputs: null })
  expect(told.next.every(({ mine }: { mine: boolean }) => !mine)).toBe(true)
  expect(told.next.find(({ act }: { act: string }) => act === 'consult').missing).toEqual([
    { need: 'drafts', commitments: [] },
  ])
  const step = await world.ask(`POST /api/plans/${planId}/steps`, { as, body: { act: 'consult', from: 'drafting' } })
  expect(step.status).toBe(403)
})

test('[AP22] what somebody did to a plan is in their export', async () => {
  const { as, planId, move } = await scene()
  await move('announce', 'planning')
  await move('replan', 'outreach', { reason: 'Falta el cronograma' })
  const mine = await (await world.ask('GET /api/profile/export', { as: as.cora })).json()
  expect(mine.planSteps).toMatchObject([
    { planId, act: 'announce', reason: null },
    { planId, act: 'replan', state: 'planning', reason: 'Falta el cronograma' },
  ])
})
