import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { plantGuest, plantWorkshop } from '@cabildo/testkit/guests'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../db/ids.ts'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(() => database.drop())

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{3}Z$/)

test('[PR5] one takes along everything about oneself, no secret and nobody else', async () => {
  const { db } = database
  const { planId, people } = await plantPlan(db, { cora: 'coordinator', ana: 'drafter' })
  const { ana, cora } = people
  const documentId = await plantDocument(db, planId, ana, 'Cuentas')
  await plantDocument(db, planId, cora, 'Of somebody else')
  const secrets = { passwordHash: 'SECRET-password', totp: 'SECRET-totp', code: 'SECRET-code', key: 'SECRET-key' }
  await db
    .updateTable('userAccount')
    .set({ passwordHash: secrets.passwordHash, name: 'Ana Batista', email: 'ana@example.test' })
    .where('id', '=', ana.userId)
    .execute()
  await db.updateTable('userAccount').set({ name: 'Cora Ríos' }).where('id', '=', cora.userId).execute()
  await db
    .insertInto('totp')
    .values({ userId: ana.userId, secret: Buffer.from(secrets.totp) })
    .execute()
  await db.insertInto('recoveryCode').values({ userId: ana.userId, codeHash: secrets.code }).execute()
  const passkey = { userId: ana.userId, publicKey: Buffer.from(secrets.key), counter: 0, label: 'Teléfono' }
  await db
    .insertInto('passkey')
    .values({ ...passkey, id: 'passkey' })
    .execute()
  await db
    .insertInto('consent')
    .values({ id: newId(), userId: ana.userId, planId, textVersion: '2026-11', way: 'paper' })
    .execute()
  await db
    .insertInto('membershipEvent')
    .values({
      planId,
      userId: ana.userId,
      kind: 'role_changed',
      actorId: cora.userId,
      role: 'drafter',
      wasRole: 'reviewer',
    })
    .execute()
  const workshop = await plantWorkshop(db, planId, cora)
  const guest = await plantGuest(db, workshop, { name: 'Abuela Chola', groupId: cora.groupId })
  await db
    .insertInto('accessLink')
    .values({
      ...{ id: newId(), secretHash: 'SECRET-link', kind: 'invitation', planId, role: 'drafter', name: 'Anita' },
      ...{ email: 'ANA@example.test', createdBy: cora.userId, expiresAt: new Date() },
    })
    .execute()

  const response = await world.ask('GET /api/profile/export', { as: await world.cookieOf(ana) })
  const text = await response.text()
  expect(response.status).toBe(200)
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="cabildo-\d{4}-\d\d-\d\d\.json"$/)
  expect(response.headers.get('content-type')).toContain('application/json')
  expect(JSON.parse(text)).toMatchObject({
    exportedAt: time,
    account: { id: ana.userId, kind: 'account', name: 'Ana Batista', email: 'ana@example.test', hasPassword: true },
    authenticator: [{ createdAt: time }],
    recoveryCodes: { made: 1, used: 0 },
    passkeys: [{ id: 'passkey', label: 'Teléfono' }],
    sessions: [{ id: ana.sessionId, createdAt: time }, {}],
    memberships: [{ planId, role: 'drafter', groupName: 'Neighbours' }],
    consents: [{ planId, textVersion: '2026-11', way: 'paper', givenAt: time, withdrawnAt: null }],
    events: [{ kind: 'role_changed', role: 'drafter', wasRole: 'reviewer', by: 'somebody' }],
    links: [{ name: 'Anita', email: 'ANA@example.test' }],
    written: [{ documentId, planId, rows: 1, firstSeq: 1, lastSeq: 1, firstAt: time, lastAt: time }],
    workshops: [],
    drafts: [],
  })
  expect(text).not.toContain('SECRET')
  for (const other of [cora.userId, 'Cora', guest.userId, 'Chola', `${cora.userId}@example.test`]) {
    expect(text).not.toContain(other)
  }
})

test('[PR5] a guest too, with the workshop they were in', async () => {
  const { planId, people } = await plantPlan(database.db, { cora: 'coordinator' })
  const workshop = await plantWorkshop(database.db, planId, people.cora)
  const guest = await plantGuest(database.db, workshop, { name: 'Chola', groupId: people.cora.groupId })
  const about = await (await world.ask('GET /api/profile/export', { as: await world.cookieOf(guest) })).json()
  expect(about).toMatchObject({
    account: { kind: 'guest', name: 'Chola', email: null },
    workshops: [{ title: 'A workshop', tableName: 'Table 1', gender: 'woman', ageBand: '60_plus' }],
    devices: [{ id: guest.deviceId }],
    consents: [{ way: 'screen' }],
    events: [{ kind: 'joined', by: 'program' }],
  })
})

test('[PR5] what one said beside texts is in it, with earlier words, reasons and reactions, and nothing of others', async () => {
  const { db } = database
  const { planId, people } = await plantPlan(db, { ana: 'drafter', ben: 'drafter' })
  const documentId = await plantDocument(db, planId, people.ana, 'Agua')
  const thread = { id: newId(), planId, documentId, number: 1, kind: 'question', seq: 1, openedBy: people.ben.userId }
  await db.insertInto('thread').values(thread).execute()
  const [own, other] = [newId(), newId()]
  const comment = { threadId: thread.id, groupId: null, salt: Buffer.alloc(32), entry: 1 }
  await db
    .insertInto('threadComment')
    .values([
      { ...comment, id: other, number: 1, authorId: people.ben.userId, key: newId(), body: 'OTHER asks' },
      { ...comment, id: own, number: 2, authorId: people.ana.userId, key: newId(), body: 'Now so' },
    ])
    .execute()
  const wording = { number: 1, salt: Buffer.alloc(32), entry: 1 }
  await db
    .insertInto('commentWording')
    .values([
      { ...wording, commentId: own, body: 'First so' },
      { ...wording, commentId: other, body: 'OTHER first' },
    ])
    .execute()
  const step = { threadId: thread.id, entry: 1 }
  await db
    .insertInto('threadStep')
    .values([
      { ...step, number: 1, step: 'resolved', reason: 'It is said', byId: people.ana.userId },
      { ...step, number: 2, step: 'reopened', reason: 'OTHER reason', byId: people.ben.userId },
    ])
    .execute()
  await db
    .insertInto('commentReaction')
    .values([
      { commentId: other, userId: people.ana.userId, kind: 'thanks' },
      { commentId: own, userId: people.ben.userId, kind: 'disagree' },
    ])
    .execute()

  const text = await (await world.ask('GET /api/profile/export', { as: await world.cookieOf(people.ana) })).text()
  expect(JSON.parse(text)).toMatchObject({
    comments: [{ planId, documentId, thread: 1, kind: 'question', number: 2, body: 'Now so', writtenAt: time }],
    earlierWordings: [{ documentId, thread: 1, comment: 2, body: 'First so', until: time }],
    threadSteps: [{ documentId, thread: 1, step: 'resolved', reason: 'It is said', at: time }],
    reactions: [{ documentId, thread: 1, comment: 1, kind: 'thanks', givenAt: time }],
  })
  for (const words of ['OTHER', 'disagree', people.ben.userId]) expect(text).not.toContain(words)
})

test('[PR5] what one brought is in it, and what one answered; what one typed for others is counted alone', async () => {
  const { planId, people } = await plantPlan(database.db, { fina: 'facilitator', ana: 'drafter' })
  const [fina, ana] = [await world.cookieOf(people.fina), await world.cookieOf(people.ana)]
  const base = `/api/plans/${planId}/inputs`
  const idea = (words: string) => ({ key: `key-${newId()}`.slice(0, 26), channel: 'paper', words, consent: true })
  const inputs = [idea('Mine'), { ...idea('OTHER idea'), from: { name: 'OTHER Rosa' } }]
  const stored = await (await world.ask(`POST ${base}`, { as: fina, body: { inputs } })).json()
  const answer = { after: 0, outcome: 'not_adopted', reason: 'Said Ana' }
  await world.ask(`POST ${base}/${stored.items[0].id}/answers`, { as: ana, body: answer })
  const about = async (as: string) => (await world.ask('GET /api/profile/export', { as })).text()
  expect(JSON.parse(await about(fina))).toMatchObject({
    inputs: [{ planId, number: 1, channel: 'paper', words: 'Mine', broughtAt: time, typedByMe: true }],
    inputsTypedForOthers: [{ planId, inputs: 1, firstNumber: 2, lastNumber: 2 }],
  })
  expect(await about(fina)).not.toMatch(/OTHER|Said Ana/)
  expect(JSON.parse(await about(ana))).toMatchObject({
    inputs: [],
    answers: [{ planId, input: 1, number: 1, outcome: 'not_adopted', reason: 'Said Ana', answeredAt: time }],
  })
})

test('[PR5] what one proposed and decided is in it, and nothing of others', async () => {
  const { db } = database
  const { planId, people } = await plantPlan(db, { ana: 'drafter', ben: 'drafter' })
  const documentId = await plantDocument(db, planId, people.ana, 'Agua')
  const [own, other] = [newId(), newId()]
  const proposal = { planId, documentId, salt: Buffer.alloc(32), entry: 1, baseSeq: 1 }
  await db
    .insertInto('proposal')
    .values([
      { ...proposal, id: own, number: 1, authorId: people.ana.userId, key: newId(), note: 'Clearer' },
      { ...proposal, id: other, number: 2, authorId: people.ben.userId, key: newId(), note: 'OTHER note' },
    ])
    .execute()
  const hunk = { number: 1, kind: 'fact', target: 'fact', field: 'leadInstitution' }
  await db
    .insertInto('proposalHunk')
    .values([
      { ...hunk, proposalId: own, before: '"OTHER wrote"', after: '"Mine"' },
      { ...hunk, proposalId: other, before: 'null', after: '"OTHER words"' },
    ])
    .execute()
  const step = { entry: 1, hunks: '[1]', number: 1, salt: Buffer.alloc(32) }
  await db
    .insertInto('proposalStep')
    .values([
      { ...step, proposalId: own, step: 'rejected', reason: 'OTHER reason', byId: people.ben.userId },
      { ...step, proposalId: other, step: 'rejected', reason: 'My reason', byId: people.ana.userId },
    ])
    .execute()
  const text = await (await world.ask('GET /api/profile/export', { as: await world.cookieOf(people.ana) })).text()
  expect(JSON.parse(text)).toMatchObject({
    proposals: [{ planId, documentId, number: 1, note: 'Clearer', madeAt: time }],
    proposedChanges: [
      { documentId, proposal: 1, kind: 'fact', field: 'leadInstitution', after: '"Mine"', state: 'open' },
    ],
    proposalSteps: [{ documentId, proposal: 2, step: 'rejected', reason: 'My reason', at: time }],
  })
  expect(text).not.toContain('OTHER')
})

test('[PR5] words typed for somebody are theirs, and who typed them takes along that they did', async () => {
  const { db } = database
  const { planId, people } = await plantPlan(db, { carla: 'facilitator' })
  const documentId = await plantDocument(db, planId, people.carla, 'Agua')
  const workshop = await plantWorkshop(db, planId, people.carla, [documentId])
  const rosa = await plantGuest(db, workshop, { name: 'Rosa', groupId: people.carla.groupId })
  const { userId, sessionId } = people.carla
  await sql`update document set head_seq = 3 where id = ${documentId}`.execute(db)
  await sql`
    insert into document_update (document_id, seq, user_id, behalf_id, session_id, via, bytes, stored_at)
    select ${documentId}, seq, ${userId}, ${rosa.userId}, ${sessionId}, 'edit', '\\x0000'::bytea, now()
    from generate_series(2, 3) seq`.execute(db)
  const about = async (someone: { userId: string }) => {
    const answer = await world.ask('GET /api/profile/export', { as: await world.cookieOf(someone) })
    const { written, typedForOthers } = await answer.json()
    return { written, typedForOthers }
  }
  const both = { documentId, rows: 2, firstSeq: 2, lastSeq: 3 }
  expect(await about(rosa)).toMatchObject({ written: [both], typedForOthers: [] })
  const carla = await about(people.carla)
  expect(carla).toMatchObject({ written: [{ rows: 1, lastSeq: 1 }], typedForOthers: [both] })
  expect(JSON.stringify(carla)).not.toContain(rosa.userId)
})

test('nobody reads the whole log over and over', async () => {
  const { people } = await plantPlan(database.db, { cora: 'coordinator' })
  const as = await world.cookieOf(people.cora)
  const statuses = []
  for (let n = 0; n < 21; n++) statuses.push((await world.ask('GET /api/profile/export', { as })).status)
  expect(statuses).toEqual([...Array(20).fill(200), 429])
})
