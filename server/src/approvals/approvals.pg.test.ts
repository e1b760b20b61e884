import type { Standing } from '@cabildo/protocol/http/approvals'
import type { Sector } from '@cabildo/protocol/http/common'
import { fingerprintOf } from '@cabildo/record/assertion'
import { payloadCommitment } from '@cabildo/record/hash'
import { verifyBundle } from '@cabildo/record/verify'
import { type ApprovalName, approvalScene } from '@cabildo/testkit/approval-scene'
import { createAuthenticator } from '@cabildo/testkit/authenticator'
import { createBrowser } from '@cabildo/testkit/browser'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { textOf } from '@cabildo/testkit/room-clients'
import { askSecondVerifier } from '@cabildo/testkit/second-verifier'
import { type TestApp, testOrigin } from '@cabildo/testkit/test-app'
import { sitDown, typeInto } from '@cabildo/testkit/typist'
import { waitForWaiting } from '@cabildo/testkit/waiting'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createPasswords } from '../auth/passwords.ts'
import { newId } from '../db/ids.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

type Name = ApprovalName

const scene = (writers?: readonly Name[]) => approvalScene(database, world, writers)

test('[AP1] [AP2] [AP4] [AP5] a step is the role’s, says why it goes back, names the state seen, and is entered', async () => {
  const { step, standing, entries } = await scene()
  expect((await step('rev', 'review', 'drafting')).status).toBe(403)
  expect((await step('mayor', 'review', 'drafting')).status).toBe(403)
  expect((await step('ana', 'approve', 'drafting')).body).toMatchObject({
    status: 400,
    errors: [{ pointer: '/act' }],
  })
  const both = await Promise.all([step('ana', 'review', 'drafting'), step('ben', 'review', 'drafting')])
  expect(both.map(({ status }) => status).toSorted()).toEqual([201, 409])
  expect((await step('ana', 'redraft', 'review')).body.errors[0].pointer).toBe('/reason')
  expect((await step('ana', 'redraft', 'review', { reason: 'Falta el presupuesto' })).status).toBe(201)
  const { state, steps, next } = await standing('ana')
  expect([state, steps.map(({ act, reason }) => [act, reason])]).toEqual([
    'drafting',
    [
      ['review', null],
      ['redraft', 'Falta el presupuesto'],
    ],
  ])
  expect(next.filter(({ mine }) => mine).map(({ act }) => act)).toEqual(['review'])
  const salt = Buffer.from(steps[1]?.salt ?? '', 'hex')
  expect(await entries('state')).toMatchObject([
    { act: 'review', was: 'drafting', state: 'review' },
    { act: 'redraft', state: 'drafting', reason: payloadCommitment(salt, 'Falta el presupuesto') },
  ])
})

test('[AP6] a consultation freezes the text for everybody, and its end opens it, also when nobody was inside', async () => {
  const { step, document, write, people, documentId } = await scene()
  await step('ana', 'review', 'drafting')
  const inside = await sitDown(world.rooms, documentId, people.ana)
  expect((await step('cora', 'consult', 'review')).status).toBe(201)
  expect(await document()).toMatchObject({ status: 'frozen' })
  typeInto(inside.doc, 'summary', 'tarde')
  await expect(inside.saved()).rejects.toThrow('frozen')
  inside.leave()
  expect((await step('cora', 'respond', 'consultation', { reason: 'Ya opinaron' })).status).toBe(201)
  await write('ben', 'Ajustado.')
})

test('[AP8] a commitment is merged into another of its plan, and taken up again', async () => {
  const { planId, as, step, documentId, standing } = await scene()
  const other = await world.ask(`POST /api/plans/${planId}/commitments`, { as: as.ana, body: { title: 'Riego' } })
  const { documentId: into } = await other.json()
  const merge = (target?: string) =>
    step('cora', 'merge', 'drafting', { reason: 'Dicen lo mismo', ...(target && { into: target }) })
  const foreign = await scene()
  for (const wrong of [undefined, documentId, foreign.documentId, newId()])
    expect((await merge(wrong)).body.errors[0].pointer).toBe('/into')
  expect((await merge(into)).status).toBe(201)
  expect((await standing()).steps.at(-1)).toMatchObject({ act: 'merge', into: { documentId: into, title: 'Riego' } })
  expect((await step('cora', 'restore', 'merged', { reason: 'Es otra cosa' })).body.state).toBe('drafting')
})

test('[AP8] a commitment of another plan is neither held nor told of, when one is to be merged into it', async () => {
  const { step } = await scene()
  const foreign = await scene()
  const told: string[] = []
  const { announce } = world.rooms
  world.rooms.announce = (documentId, topic) => {
    told.push(documentId)
    announce(documentId, topic)
  }
  try {
    await database.db.transaction().execute(async (trx) => {
      await sql`select from commitment where document_id = ${foreign.documentId} for update`.execute(trx)
      // Whoever waited for that row would wait for this very transaction.
      const merged = await step('cora', 'merge', 'drafting', { reason: 'Dicen lo mismo', into: foreign.documentId })
      expect(merged.body.errors[0].pointer).toBe('/into')
    })
  } finally {
    world.rooms.announce = announce
  }
  expect(told).toEqual([])
})

test('[AP9] nobody reads the standing of a document that is not theirs', async () => {
  const [one, other] = [await scene(), await scene()]
  const answer = await world.ask(`GET /api/documents/${one.documentId}/standing`, { as: other.as.cora })
  expect(answer.status).toBe(404)
})

test('[AP10] a request names what the document says; anything else is stale, and nothing freezes', async () => {
  const { toFinal, save, request, write, document, standing, step } = await scene()
  const early = await save()
  expect((await request(early)).status).toBe(409)
  await toFinal()
  await write('ana', 'Una cosa más. ')
  expect((await request(early)).body.code).toBe('stale_version')
  const version = await save()
  expect((await request({ ...version, contentHash: early.contentHash })).body.code).toBe('stale_version')
  expect((await request(version, 'rev')).status).toBe(403)
  expect(await document()).toMatchObject({ status: 'open' })
  const asked = await request(version)
  expect(asked.status).toBe(201)
  expect(await document()).toMatchObject({ status: 'frozen' })
  expect((await request(version)).body.code).toBe('conflict')
  expect((await step('ana', 'redraft', 'final', { reason: 'Espere' })).status).toBe(409)
  expect((await standing('cora')).ask).toEqual({ may: true, missing: ['request_open'] })
})

test('[AP11] a request waits for the answers that the plan promises', async () => {
  const { planId, as, documentId, toFinal, save, request, standing } = await scene()
  const inputs = [{ key: 'una-clave-de-aporte-1', channel: 'paper', words: 'Más luz', consent: true, documentId }]
  await world.ask(`POST /api/plans/${planId}/inputs`, { as: as.rev, body: { inputs } })
  await toFinal()
  const version = await save()
  expect((await request(version)).body.code).toBe('inputs_unanswered')
  expect(await standing()).toMatchObject({
    inputs: { total: 1, unanswered: 1, share: 0, needed: 100 },
    ask: { missing: ['inputs'] },
  })
  const promise = { answeredShare: 0, answerDays: 15 }
  await world.ask(`PUT /api/plans/${planId}/inputs/promise`, { as: as.cora, body: promise })
  expect((await request(version)).status).toBe(201)
})

test('[AP12] without both sides there is nobody to ask', async () => {
  const { become, toFinal, save, request, standing } = await scene()
  await become('aval', 'reviewer')
  await toFinal()
  expect((await request(await save())).status).toBe(409)
  expect((await standing()).ask.missing).toEqual(['civil_society'])
})

test('[AP12] those who are to be asked are held before anything else; who is suspended meanwhile is not asked', async () => {
  const { toFinal, save, request, people, documentId } = await scene()
  await toFinal()
  const version = await save()
  const { userId } = people.mayor
  const asking = await database.db.transaction().execute(async (trx) => {
    await sql`select from user_account where id = ${userId} for no key update`.execute(trx)
    const asking = request(version)
    await waitForWaiting(database.pool, 1)
    const { rows } = await sql`
      select from commitment where document_id = ${documentId} for update skip locked`.execute(trx)
    expect(rows).toHaveLength(1)
    await trx.updateTable('userAccount').set({ suspendedAt: new Date() }).where('id', '=', userId).execute()
    return { asking }
  })
  expect((await asking.asking).body).toMatchObject({ code: 'conflict', detail: 'Missing: government.' })
})

test('[AP13] the plan tells those who were asked, and nobody else, which commitments wait for their decision', async () => {
  const { planId, as, requested, decide } = await scene()
  const waiting = async (name: Name) =>
    (await (await world.ask(`GET /api/plans/${planId}/standing`, { as: as[name] })).json()).decide
  expect(await waiting('mayor')).toEqual([])
  const asked = await requested()
  expect([await waiting('mayor'), await waiting('aval'), await waiting('ana')]).toEqual([[1], [1], []])
  await decide('aval', asked, 'approve')
  expect([await waiting('mayor'), await waiting('aval')]).toEqual([[1], []])
  await decide('mayor', asked, 'approve')
  expect(await waiting('mayor')).toEqual([])
})

test('[AP13] who was asked for one side and stands for another, or none, decides no more', async () => {
  const { requested, decide, standing, planId, become } = await scene()
  const asked = await requested()
  const seated = async (name: Name, sector: Sector) =>
    database.db
      .updateTable('stakeholderGroup')
      .set({ sector })
      .where('planId', '=', planId)
      .where('name', '=', name)
      .execute()
  const mayDecide = async () => (await standing('mayor')).requests[0]?.may.decide
  expect(await mayDecide()).toBe(true)
  await seated('mayor', 'private_sector')
  expect(await mayDecide()).toBe(false)
  expect((await decide('mayor', asked, 'approve')).status).toBe(403)
  await seated('mayor', 'community')
  await become('mayor', 'endorser')
  expect(await mayDecide()).toBe(false)
  expect((await decide('mayor', asked, 'approve')).status).toBe(403)
  await seated('mayor', 'government')
  await become('mayor', 'approver')
  expect((await decide('mayor', asked, 'approve')).status).toBe(201)
})

test('[AP31] who was asked and cannot decide any more is told of by name, until the request is withdrawn and made again', async () => {
  const { requested, standing, people, ask, save, request, become } = await scene()
  const asked = await requested()
  const blocked = async () =>
    (await standing('ana')).requests[0]?.deciders.filter((one) => one.blocked).map(({ person }) => person.name)
  expect(await blocked()).toEqual([])
  const { userId } = people.aval
  const suspend = (suspendedAt: Date | null) =>
    database.db.updateTable('member').set({ suspendedAt }).where('userId', '=', userId).execute()
  await suspend(new Date())
  expect(await blocked()).toEqual(['aval'])
  expect((await standing('ana')).requests[0]?.may.withdraw).toBe(true)
  await suspend(null)
  expect(await blocked()).toEqual([])
  await become('aval', 'reviewer')
  await become('rev', 'endorser')
  expect(await blocked()).toEqual(['aval'])
  expect((await ask('ana', `POST /approvals/${asked.id}/withdrawal`, { reason: 'Falta quien avale' })).status).toBe(201)
  expect(await blocked()).toEqual([])
  const again = (await request(await save())).body.requests[0]
  expect(again.deciders.map(({ person }: { person: { name: string } }) => person.name)).toEqual(['mayor', 'rev'])
})

test('[AP19] the rows up to the one a request names are in the record before it', async () => {
  const { toFinal, save, request, people, documentId, planId } = await scene()
  await toFinal()
  const version = await save()
  // Rows come after the version, and the text says the same again.
  const typist = await sitDown(world.rooms, documentId, people.ana)
  typeInto(typist.doc, 'summary', '!')
  const text = textOf(typist.doc, 'summary')
  text.delete(text.length - 1, 1)
  await typist.saved()
  typist.leave()
  const { status, body } = await request(version)
  expect(status).toBe(201)
  const { seq, contentHash } = body.requests[0].version
  expect(contentHash).toBe(version.contentHash)
  const { rows } = await sql<{ last: number }>`
    select max((counts::jsonb ->> 'to')::int) as last from record_entry
    where plan_id = ${planId} and type = 'update-batch' and seq < ${body.requests[0].entry}`.execute(database.db)
  expect(rows).toEqual([{ last: seq }])
})

test('[AP13] [AP18] [AP19] both sides approve the same hash; an amendment says why, opens the text and voids it', async () => {
  const { requested, decide, standing, step, document, write, entries, people } = await scene()
  const asked = await requested()
  expect((await decide('aval', asked, 'approve')).body.state).toBe('endorsed')
  expect(await document()).toMatchObject({ status: 'frozen' })
  expect((await decide('mayor', asked, 'approve', { reason: 'Buen trabajo' })).body.state).toBe('approved')
  expect(await document()).toMatchObject({ status: 'frozen' })
  expect((await standing()).requests).toMatchObject([{ state: 'approved', version: asked.version }])
  expect((await step('ana', 'amend', 'approved', { reason: 'Cambió la fecha' })).status).toBe(403)
  expect((await step('cora', 'amend', 'approved')).status).toBe(400)
  expect((await step('cora', 'amend', 'approved', { reason: 'Cambió la fecha' })).body.state).toBe('amending')
  expect((await standing()).requests).toMatchObject([{ state: 'voided' }])
  await write('ana', 'Otra fecha. ')
  const told = await entries('approval')
  expect(told.map(({ kind, verdict, party, fresh }) => [kind, verdict, party, fresh])).toEqual([
    ['requested', undefined, undefined, undefined],
    ['decided', 'approve', 'civil_society', 'sign_in'],
    ['decided', 'approve', 'government', 'sign_in'],
    ['voided', undefined, undefined, undefined],
  ])
  for (const { sha256 } of told) expect(sha256).toBe(asked.version.contentHash)
  // People stand there by pseudonym alone, and words by hash.
  const text = JSON.stringify(told)
  for (const secret of [people.mayor.userId, people.aval.userId, 'Buen trabajo', 'De acuerdo'])
    expect(text).not.toContain(secret)
  const states = (await entries('state')).map(({ act }) => act)
  expect(states).toEqual(['review', 'propose_unconsulted', 'endorse', 'approve', 'amend'])
})

test('[AP33] after an amendment only what it touched is to be decided; the rest keeps the approval that it had', async () => {
  const { requested, decide, step, write, save, request, entries } = await scene()
  const both = async (asked: Standing['requests'][number]) => {
    for (const name of ['aval', 'mayor'] as const) expect((await decide(name, asked, 'approve')).status).toBe(201)
  }
  const amend = async () => {
    await step('cora', 'amend', 'approved', { reason: 'Cambió algo' })
    return () => step('cora', 'propose_unconsulted', 'amending', { reason: 'Se acordó en la mesa' })
  }
  const toldOf = ({ clauses }: Standing['requests'][number]) =>
    Object.fromEntries(clauses.map(({ clause, approved }) => [clause, approved?.version ?? null]))
  const first = await requested()
  expect(first.clauses.map(({ clause }) => clause)).toContain('summary')
  expect(first.clauses.every(({ approved }) => approved === null)).toBe(true)
  await both(first)

  const propose = await amend()
  await write('ana', 'Otra fecha. ')
  await propose()
  const second: Standing['requests'][number] = (await request(await save())).body.requests[0]
  const { summary, ...rest } = toldOf(second)
  expect([summary, new Set(Object.values(rest))]).toEqual([null, new Set([first.version.number])])
  // A return takes nothing from what was approved before.
  expect((await decide('aval', second, 'return', { reason: 'Falta el costo' })).status).toBe(201)
  await step('ana', 'propose', 'response')
  const third: Standing['requests'][number] = (await request(await save())).body.requests[0]
  expect(toldOf(third)).toEqual(toldOf(second))
  await both(third)

  // Nothing changes: each clause keeps the approval that it had, whichever that was.
  await (await amend())()
  const fourth: Standing['requests'][number] = (await request(await save())).body.requests[0]
  expect(toldOf(fourth)).toEqual({ ...rest, summary: third.version.number })
  expect(fourth.clauses.find(({ clause }) => clause === 'summary')?.approved?.at).toMatch(/^\d{4}-/)
  expect((await entries('approval')).filter(({ kind }) => kind === 'requested').map(({ changed }) => changed)).toEqual([
    undefined,
    ['summary'],
    ['summary'],
    [],
  ])
})

test('[AP34] [AP33] [AP14] clause by clause: each side ticks what it approves, the last clause approves the text', async () => {
  const { requested, decide, standing, step, write, save, request, entries } = await scene()
  const asked = await requested()
  const all = asked.clauses.map(({ clause, hash }) => ({ clause, hash }))
  const only = (...names: string[]) => all.filter(({ clause }) => names.includes(clause))
  const rest = all.filter(({ clause }) => clause !== 'summary' && clause !== 'title')
  const on = (name: Name, clauses: object[], verdict = 'approve', more: object = {}) =>
    decide(name, asked, verdict, { clauses, ...more })
  const yours = async (name: Name) =>
    (await standing(name)).requests[0]?.clauses.filter((one) => one.yours).map(({ clause }) => clause)
  expect(await yours('mayor')).toEqual(all.map(({ clause }) => clause))
  expect(await yours('ana')).toEqual([])

  expect((await on('mayor', only('summary'))).body).toMatchObject({ state: 'final' })
  expect(await yours('mayor')).toEqual(all.map(({ clause }) => clause).filter((clause) => clause !== 'summary'))
  expect((await standing()).requests[0]?.deciders).toMatchObject([
    { party: 'government', verdict: null, decisions: [{ clauses: ['summary'], verdict: 'approve' }] },
    { party: 'civil_society', verdict: null, decisions: [] },
  ])
  // Twice, in one act too; on other words; on a clause that there is not; by who was not asked; the same at once.
  expect((await on('mayor', only('summary', 'title'))).body.code).toBe('already_decided')
  expect((await on('mayor', [...only('title'), ...only('title')])).body.code).toBe('already_decided')
  const other = [{ clause: 'title', hash: only('summary')[0]?.hash }]
  expect((await on('mayor', other)).body.code).toBe('stale_version')
  expect((await on('mayor', [{ ...other[0], clause: 'lema' }])).body.errors[0].pointer).toBe('/clauses')
  expect((await on('ana', only('title'))).status).toBe(403)
  const twice = await Promise.all([on('mayor', only('title')), on('mayor', only('title'))])
  expect(twice.map(({ status, body }) => (status === 201 ? 'heard' : body.code)).toSorted()).toEqual([
    ...['already_decided', 'heard'],
  ])
  expect((await on('aval', only('summary', 'title'))).body.state).toBe('final')
  // What is left, as a whole; then the last clauses of the other side.
  expect((await decide('aval', asked, 'approve')).body.state).toBe('endorsed')
  expect((await on('aval', rest)).body.code).toBe('already_decided')
  expect((await on('mayor', rest)).body.state).toBe('approved')
  expect((await on('mayor', only('title'))).body.code).toBe('already_decided')
  const told = (await entries('approval')).filter(({ kind }) => kind === 'decided')
  expect(told.map(({ party, clauses }) => [party, clauses && Object.keys(clauses).toSorted()])).toEqual([
    ['government', ['summary']],
    ['government', ['title']],
    ['civil_society', ['summary', 'title']],
    ['civil_society', undefined],
    ['government', rest.map(({ clause }) => clause).toSorted()],
  ])
  expect(told[0].clauses).toEqual({ summary: only('summary')[0]?.hash })

  // An amendment asks anew of what it touched alone; returning that names it.
  await step('cora', 'amend', 'approved', { reason: 'Cambió la fecha' })
  await write('ana', 'Otra fecha. ')
  await step('cora', 'propose_unconsulted', 'amending', { reason: 'Se acordó' })
  const second: Standing['requests'][number] = (await request(await save())).body.requests[0]
  expect(await yours('aval')).toEqual(['summary'])
  expect((await decide('aval', second, 'approve', { clauses: only('title') })).body.code).toBe('already_decided')
  expect((await decide('aval', second, 'approve', { clauses: only('summary') })).body.code).toBe('stale_version')
  const summary = second.clauses
    .filter(({ clause }) => clause === 'summary')
    .map(({ clause, hash }) => ({ clause, hash }))
  const returned = await decide('aval', second, 'return', { clauses: summary, reason: 'No es esa fecha' })
  expect(returned.body).toMatchObject({ state: 'response', requests: [{ state: 'returned' }, { state: 'voided' }] })
  expect((await decide('mayor', second, 'approve', { clauses: summary })).body.code).toBe('request_closed')
})

test('[AP34] what was ticked counts no more once the request is withdrawn', async () => {
  const { requested, decide, ask, standing, save, request } = await scene()
  const asked = await requested()
  const clauses = asked.clauses
    .filter(({ clause }) => clause === 'summary')
    .map(({ clause, hash }) => ({ clause, hash }))
  expect((await decide('mayor', asked, 'approve', { clauses })).status).toBe(201)
  expect((await ask('ana', `POST /approvals/${asked.id}/withdrawal`, { reason: 'Se corrige' })).status).toBe(201)
  expect((await decide('aval', asked, 'approve', { clauses })).body.code).toBe('request_closed')
  const again = (await request(await save())).body.requests[0]
  expect((await decide('mayor', again, 'approve', { clauses })).status).toBe(201)
  expect((await standing()).requests.map(({ state }) => state)).toEqual(['open', 'withdrawn'])
})

test('[AP13] one return returns, with a reason, and the text opens; the next request compares with what was decided on', async () => {
  const { requested, decide, standing, document, step, save, request, write } = await scene()
  const asked = await requested()
  expect((await decide('mayor', asked, 'return')).body.errors[0].pointer).toBe('/reason')
  expect((await decide('mayor', asked, 'return', { reason: 'Falta el costo' })).body.state).toBe('response')
  expect(await document()).toMatchObject({ status: 'open' })
  await write('ana', 'Cuesta mil. ')
  await step('ana', 'propose', 'response')
  const again = (await request(await save())).body as Standing
  expect(again.requests[0]?.since).toBeNull()
  const [open] = (await standing('mayor')).requests
  expect(open?.since).toEqual({ id: asked.version.id, number: asked.version.number })
})

test('[AP14] [AP17] stale hashes, second decisions and decisions after the end are told and never applied', async () => {
  const { requested, decide, ask, standing, document } = await scene()
  const asked = await requested()
  const stale = { ...asked, version: { contentHash: `sha256:${'0'.repeat(64)}` } }
  expect((await decide('mayor', stale, 'approve')).body.code).toBe('stale_version')
  expect((await decide('ana', asked, 'approve')).status).toBe(403)
  expect((await decide('mayor', { ...asked, id: newId() }, 'approve')).status).toBe(404)
  expect((await decide('aval', asked, 'approve')).status).toBe(201)
  expect((await decide('aval', asked, 'return', { reason: 'No' })).body.code).toBe('already_decided')
  const withdraw = (name: Name) => ask(name, `POST /approvals/${asked.id}/withdrawal`, { reason: 'Se corrige' })
  expect((await withdraw('ben')).status).toBe(403)
  expect((await withdraw('ana')).body).toMatchObject({ state: 'final', requests: [{ end: { reason: 'Se corrige' } }] })
  expect((await decide('mayor', asked, 'approve')).body.code).toBe('request_closed')
  expect((await withdraw('cora')).body.code).toBe('request_closed')
  expect((await standing()).requests[0]?.deciders.flatMap(({ verdict }) => verdict ?? [])).toEqual(['approve'])
  expect(await document()).toMatchObject({ status: 'open' })
})

/** Does something right after the next time somebody reads what a document says. */
async function afterReading<Answer>(what: () => Promise<unknown>, act: () => Promise<Answer>): Promise<Answer> {
  const { rooms } = world
  const { read } = rooms
  rooms.read = async (documentId) => {
    const head = await read(documentId)
    rooms.read = read
    await what()
    return head
  }
  try {
    return await act()
  } finally {
    rooms.read = read
  }
}

test('[AP14] a request whose text had words taken out is decided no more: it is withdrawn, and asked anew', async () => {
  const { requested, write, redact, decide, standing, document, ask, save, request } = await scene()
  await write('ana', 'Vive aquí Ana Paz.')
  const asked = await requested()
  expect((await decide('aval', asked, 'approve')).status).toBe(201)
  await redact('Ana Paz')
  expect((await decide('mayor', asked, 'approve')).body.code).toBe('stale_version')
  const { state, requests } = await standing('mayor')
  expect([state, requests[0]?.state]).toEqual(['endorsed', 'open'])
  expect(requests[0]).toMatchObject({ stale: true, may: { decide: false, approve: false } })
  expect((await ask('ana', `POST /approvals/${asked.id}/withdrawal`, { reason: 'Se testó' })).status).toBe(201)
  expect(await document()).toMatchObject({ status: 'open' })
  const again = (await request(await save())).body.requests[0]
  expect((await decide('mayor', again, 'approve')).status).toBe(201)
})

test('[AP10] [AP14] words taken out between reading and holding are seen, though no row came', async () => {
  const { toFinal, write, save, redact, request, decide, document } = await scene()
  await write('ana', 'Vive aquí Ana Paz y Beto Paz.')
  await toFinal()
  const version = await save()
  const { body, status } = await afterReading(
    () => redact('Ana Paz'),
    () => request(version),
  )
  expect([status, body.code]).toEqual([409, 'stale_version'])
  expect(await document()).toMatchObject({ status: 'open' })
  const asked = (await request(await save())).body.requests[0]
  const late = await afterReading(
    () => redact('Beto Paz'),
    () => decide('mayor', asked, 'approve'),
  )
  expect(late.body.code).toBe('stale_version')
})

test('[AP10] [AP14] under another epoch than was read nothing is asked or decided', async () => {
  const { toFinal, save, request, decide, documentId } = await scene()
  const raise = () => sql`update document set epoch = epoch + 1 where id = ${documentId}`.execute(database.db)
  await toFinal()
  const version = await save()
  expect((await afterReading(raise, () => request(version))).body.code).toBe('stale_version')
  await world.rooms.reload(documentId)
  const asked = (await request(version)).body.requests[0]
  expect((await afterReading(raise, () => decide('mayor', asked, 'approve'))).body.code).toBe('stale_version')
})

test('[AP15] nobody approves what they alone wrote', async () => {
  const { requested, decide, standing } = await scene(['aval'])
  const asked = await requested()
  expect((await standing('aval')).requests[0]?.may).toMatchObject({ decide: true, approve: false })
  expect((await decide('aval', asked, 'approve')).body.code).toBe('own_text')
  expect((await decide('mayor', asked, 'approve')).status).toBe(201)
})

test('[AP15] nobody approves what they alone brought back from an earlier version', async () => {
  const { requested, decide, step, save, write, request, ask, become } = await scene()
  const earlier = await save()
  await write('ana', 'Una cosa más. ')
  const first = await requested()
  for (const name of ['aval', 'mayor'] as const) await decide(name, first, 'approve')
  await step('cora', 'amend', 'approved', { reason: 'Como antes' })
  await become('aval', 'drafter')
  expect((await ask('aval', `POST /versions/${earlier.id}/restore`)).status).toBeLessThan(300)
  await become('aval', 'endorser')
  await step('cora', 'propose_unconsulted', 'amending', { reason: 'Es el texto de antes' })
  const asked = (await request(await save())).body.requests[0]
  expect((await decide('aval', asked, 'approve')).body.code).toBe('own_text')
  expect((await decide('mayor', asked, 'approve')).status).toBe(201)
})

test('[AP16] an older sign-in shows the password again; a wrong one decides nothing', async () => {
  const { requested, decide, people, standing } = await scene()
  const asked = await requested()
  const { userId } = people.mayor
  await sql`update session set created_at = now() - interval '6 minutes' where user_id = ${userId}`.execute(database.db)
  expect((await decide('mayor', asked, 'approve', { password: 'cualquiera' })).body.code).toBe('wrong_credentials')
  const passwordHash = await createPasswords().hash('una frase muy larga')
  await database.db.updateTable('userAccount').set({ passwordHash }).where('id', '=', userId).execute()
  expect((await standing('mayor')).proof).toEqual({ recent: false, password: true, code: false, passkey: false })
  for (const shown of [{}, { password: 'otra frase' }, { code: '123456' }])
    expect((await decide('mayor', asked, 'approve', shown)).body.code).toBe('wrong_credentials')
  expect((await standing()).requests[0]?.deciders.every(({ decisions }) => decisions.length === 0)).toBe(true)
  const right = await decide('mayor', asked, 'approve', { password: 'una frase muy larga' })
  expect(right.status).toBe(201)
  expect(right.body.requests[0].deciders[0].decisions).toMatchObject([{ fresh: 'password' }])
})

/** Somebody's browser, with an authenticator of theirs that the account knows. */
async function withPasskey(cookie: string) {
  const browser = createBrowser(world, { cookies: new Map([['sid', cookie.slice('sid='.length)]]) })
  const authenticator = createAuthenticator(testOrigin)
  const { body: options } = await browser.ask('POST /api/profile/passkeys/options', {})
  const response = authenticator.create(options)
  expect((await browser.ask('POST /api/profile/passkeys', { label: 'Teléfono', response })).status).toBe(201)
  return { browser, authenticator }
}

test('[SG1] [SG2] [SG4] [SG6] a decision is signed with a passkey, and whoever has the bundle alone checks it, in two programs', async () => {
  const { requested, documentId, planId, as, decide, standing, entries } = await scene()
  const asked = await requested()
  const { browser, authenticator } = await withPasskey(as.mayor)
  const base = `/api/documents/${documentId}/approvals/${asked.id}`
  expect((await browser.ask(`GET /api/documents/${documentId}/standing`)).body.proof).toMatchObject({ passkey: true })
  const body = { contentHash: asked.version.contentHash, verdict: 'approve', reason: 'De acuerdo con todo' }
  const { status, body: options } = await browser.ask(`POST ${base}/signing`, body)
  expect([status, options]).toMatchObject([200, { rpId: 'cabildo.test', userVerification: 'required' }])
  expect(options.allowCredentials).toMatchObject([{ id: authenticator.id }])
  const passkey = authenticator.get(options)
  const decided = await browser.ask(`POST ${base}/decisions`, { ...body, passkey })
  expect(decided.status).toBe(201)
  const [first, ...rest] = asked.clauses.map(({ clause, hash }) => ({ clause, hash }))
  expect((await decide('aval', asked, 'approve', { clauses: [first] })).body.state).toBe('final')
  expect((await decide('aval', asked, 'approve', { clauses: rest })).body.state).toBe('approved')

  const [, told] = await entries('approval')
  const [decision] = (await standing()).requests[0]?.deciders.map((one) => one.decisions[0]) ?? []
  expect(decision).toMatchObject({
    fresh: 'passkey',
    signingKey: fingerprintOf(told.signature),
    entry: expect.anything(),
  })
  expect(told.reason).toBe(payloadCommitment(Buffer.from(decision?.salt ?? '', 'hex'), body.reason))

  await world.recorder.catchUp()
  const answer = await world.ask(`GET /api/plans/${planId}/record/bundle`, { as: as.cora })
  const bundle = new Uint8Array(await answer.arrayBuffer())
  const report = await verifyBundle(bundle)
  expect(report.exitCode).toBe(0)
  const about = report.findings.filter(({ file }) => file === 'payloads.jsonl')
  expect(about.map(({ code, seq }) => [code, seq])).toEqual([
    ['signed-government', decision?.entry],
    ['decision-unsigned', expect.any(Number)],
    ['decision-unsigned', expect.any(Number)],
  ])
  expect(about[0]?.es).toContain(decision?.signingKey)
  const run = askSecondVerifier(bundle, '--json')
  if (!run) return
  expect(JSON.parse(run.stdout)).toMatchObject({
    exitCode: 0,
    findings: expect.arrayContaining(about.map(({ level, code, seq, file }) => [level, code, seq, file])),
  })
})

test('[SG2] a signature on anything else, by anybody else, or a second time decides nothing', async () => {
  const { requested, documentId, as, standing } = await scene()
  const asked = await requested()
  const { browser, authenticator } = await withPasskey(as.mayor)
  const other = await withPasskey(as.aval)
  const base = `/api/documents/${documentId}/approvals/${asked.id}`
  const body = { contentHash: asked.version.contentHash, verdict: 'approve', reason: '' }
  const begin = async () => (await browser.ask(`POST ${base}/signing`, body)).body
  const send = async (passkey: object, more: object = {}) => {
    const { status, body: answer } = await browser.ask(`POST ${base}/decisions`, { ...body, ...more, passkey })
    return [status, answer.code]
  }
  const no = [401, 'wrong_credentials']
  const sound = authenticator.get(await begin())
  const copy = browser.copy()
  expect(await send(sound, { verdict: 'return', reason: 'Falta la fecha' })).toEqual(no)
  // The ceremony was used up by that.
  expect((await copy.ask(`POST ${base}/decisions`, { ...body, passkey: sound })).body.code).toBe('wrong_credentials')
  await begin()
  expect(await send(authenticator.get({ challenge: 'A'.repeat(43), rpId: 'cabildo.test' }))).toEqual(no)
  for (const deviation of [
    { forged: true },
    { unverified: true },
    { origin: 'https://evil.example' },
    { rpId: 'evil.example' },
  ])
    expect(await send(authenticator.get(await begin(), deviation))).toEqual(no)
  expect(await send(other.authenticator.get(await begin()))).toEqual(no)
  await begin()
  expect(await send({ id: authenticator.id })).toEqual(no)
  // Who stands for nobody begins nothing, nor who says it of another text.
  const bystander = await withPasskey(as.moni)
  expect((await bystander.browser.ask(`POST ${base}/signing`, body)).status).toBe(403)
  const stale = { ...body, contentHash: `sha256:${'0'.repeat(64)}` }
  expect((await browser.ask(`POST ${base}/signing`, stale)).body.code).toBe('stale_version')
  expect((await browser.ask(`POST ${base}/signing`, { ...body, verdict: 'return' })).body.errors[0].pointer).toBe(
    '/reason',
  )
  expect((await standing()).requests[0]?.deciders.every(({ decisions }) => decisions.length === 0)).toBe(true)
  expect((await send(authenticator.get(await begin())))[0]).toBe(201)
  expect((await browser.ask(`POST ${base}/signing`, body)).body.code).toBe('already_decided')
})

test('[AP20] both sides’ approvals at once are both heard, and it is approved once', async () => {
  const { requested, decide, standing, entries } = await scene()
  const asked = await requested()
  const both = await Promise.all([decide('mayor', asked, 'approve'), decide('aval', asked, 'approve')])
  expect(both.map(({ status }) => status)).toEqual([201, 201])
  expect((await standing()).state).toBe('approved')
  expect((await entries('state')).map(({ act }) => act).slice(-2)).toEqual(['endorse', 'approve'])
})

test('[AP22] words that are taken out of a text go from what was said about its approval, and all of it is in one’s export', async () => {
  const { planId, as, documentId, write, requested, decide, standing, step, redact } = await scene()
  await write('ana', 'Vive aquí Ana Paz.')
  const asked = await requested()
  await decide('mayor', asked, 'return', { reason: 'Ana Paz no lo quiere' })
  await step('cora', 'redraft', 'response', { reason: 'Lo pide Ana Paz' })
  const about = async (name: Name) => (await world.ask('GET /api/profile/export', { as: as[name] })).json()
  expect(await about('mayor')).toMatchObject({
    approvalDecisions: [{ planId, documentId, request: 1, verdict: 'return', reason: 'Ana Paz no lo quiere' }],
    approvalRequests: [],
  })
  expect(await about('ana')).toMatchObject({
    approvalRequests: [{ planId, documentId, number: 1, note: 'De acuerdo' }],
    commitmentSteps: [{ act: 'review' }],
  })
  await redact('Ana Paz')
  const { steps, requests } = await standing()
  expect(JSON.stringify([steps, requests])).not.toContain('Ana Paz')
  expect(steps.at(-1)?.salt).toBeNull()
  const decision = requests[0]?.deciders.find(({ party }) => party === 'government')?.decisions[0]
  expect(decision).toMatchObject({ verdict: 'return', salt: null })
  expect(requests[0]).toMatchObject({ note: 'De acuerdo', salt: expect.stringMatching(/^[0-9a-f]{64}$/) })
})
