import { parseCanonical } from '@cabildo/record/canonical-json'
import { parseEntry } from '@cabildo/record/entry'
import { payloadCommitment } from '@cabildo/record/hash'
import { parseVkey } from '@cabildo/record/keys'
import { parseTlogProof, verifyTlogProof } from '@cabildo/record/tlog-proof'
import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp, testSigner } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendEntry } from './service.ts'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  // Many ask at once.
  database = await freshDatabase({ max: 10 })
  world = createTestApp(database)
})
afterAll(() => database.drop())

async function planWith() {
  const { db } = database
  const planted = await plantPlan(db, { ana: 'drafter', cora: 'coordinator' })
  const documentId = await plantDocument(db, planted.planId, planted.people.ana, 'Agua')
  const cookie = await world.cookieOf(planted.people.ana)
  return { ...planted, documentId, cookie }
}

async function record(planId: string, cookie: string, query = '') {
  const response = await world.ask(`GET /api/plans/${planId}/record${query}`, { as: cookie })
  return (await response.json()) as { items: Record<string, unknown>[]; nextCursor: string | null }
}

test('[RC100] what is written in a document is entered, with its author, and a version says what it holds', async () => {
  const { planId, people, documentId, cookie } = await planWith()
  const saved = await world.ask(`POST /api/documents/${documentId}/versions`, { as: cookie, body: { name: 'Primera' } })
  expect(saved.status).toBe(201)
  const version = (await saved.json()) as { contentHash: string }
  await world.recorder.catchUp()

  const { items } = await record(planId, cookie)
  expect(items.map(({ seq, type, details }) => [seq, type, details])).toEqual([
    [2, 'version', expect.objectContaining({ number: 1, kind: 'named', name: 'Primera' })],
    [1, 'update-batch', { updates: 1, from: 1, to: 1 }],
  ])
  expect(items[0]).toMatchObject({
    actor: { person: { id: people.ana.userId, name: 'ana' }, role: 'drafter', side: 'civil_society' },
    // Whatever is no commitment's is the plan's own text, which has number 0.
    document: { id: documentId, number: 0 },
    erased: false,
    index: expect.any(Number),
  })
  const proof = await (await world.ask(`GET /api/plans/${planId}/record/entries/2`, { as: cookie })).json()
  expect(parseEntry(proof.entry).entry.content).toMatchObject({
    document: documentId,
    number: 1,
    seq: 1,
    sha256: version.contentHash,
  })
})

test('[RC101] an entry is proven by its proof alone, and its payload by its salt', async () => {
  const { planId, cookie, documentId } = await planWith()
  await world.ask(`POST /api/documents/${documentId}/versions`, { as: cookie, body: { name: 'Primera' } })
  await world.recorder.catchUp()
  const answer = await (await world.ask(`GET /api/plans/${planId}/record/entries/1`, { as: cookie })).json()

  const { entry, hash } = parseEntry(answer.entry)
  const proof = parseTlogProof(answer.proof)
  const key = parseVkey(testSigner.verifierKeys[0] ?? '')
  if (!proof || !key) throw new Error('neither proof nor key')
  expect(verifyTlogProof(proof, hash, key).sound).toBe(true)
  expect(entry.commit?.payload).toBe(
    payloadCommitment(Buffer.from(answer.sealed.salt, 'base64'), answer.sealed.payload),
  )
  expect(parseCanonical(answer.sealed.payload)).toMatchObject({ document: documentId, via: 'template' })
})

test('[RC102] of two transactions that enter at once both are in the chain, one after the other', async () => {
  const { planId, cookie } = await planWith()
  await Promise.all(
    Array.from({ length: 20 }, (_, number) =>
      database.db
        .transaction()
        .execute((trx) => appendEntry(trx, planId, { type: 'plan', userId: null, payload: { number } })),
    ),
  )
  await world.recorder.catchUp()
  const { items } = await record(planId, cookie, '?type=plan&limit=200')
  expect(items).toHaveLength(20)
  expect(new Set(items.map(({ details }) => (details as { number: number }).number)).size).toBe(20)
  expect(items.every(({ index }) => typeof index === 'number')).toBe(true)
})

test('[RC103] an entry that came to nothing leaves no trace', async () => {
  const { planId } = await planWith()
  await expect(
    database.db.transaction().execute(async (trx) => {
      await appendEntry(trx, planId, { type: 'plan', userId: null, payload: {} })
      throw new Error('came to nothing')
    }),
  ).rejects.toThrow('came to nothing')
  const { rows } = await sql`select from record_entry where plan_id = ${planId} and type = 'plan'`.execute(database.db)
  expect(rows).toHaveLength(0)
})

test('[RC131] [RC134] one version is found by its document and number; people of the record are told by pseudonym', async () => {
  const { planId, people, documentId, cookie } = await planWith()
  for (const name of ['Primera', 'Segunda'])
    await world.ask(`POST /api/documents/${documentId}/versions`, { as: cookie, body: { name } })
  await world.recorder.catchUp()
  const { items } = await record(planId, cookie, `?document=${documentId}&version=2`)
  expect(items.map(({ details }) => details)).toEqual([expect.objectContaining({ name: 'Segunda' })])
  const answer = await (await world.ask(`GET /api/plans/${planId}/record/people`, { as: cookie })).json()
  const [found] = items as { actor: { pid: string } }[]
  expect(answer.items).toContainEqual({
    pid: found?.actor.pid,
    person: expect.objectContaining({ id: people.ana.userId }),
  })
})

test('[RC133] the head tells how far the plan is signed, and by whom', async () => {
  const { planId, cookie, documentId } = await planWith()
  const head = async () => (await world.ask(`GET /api/plans/${planId}/record/head`, { as: cookie })).json()
  expect(await head()).toMatchObject({ seq: 0, hash: null, last: 0 })
  await world.ask(`POST /api/documents/${documentId}/versions`, { as: cookie, body: { name: 'Primera' } })
  expect(await head()).toMatchObject({ seq: 0, hash: null, last: 2 })
  await world.recorder.catchUp()
  await world.ask(`POST /api/documents/${documentId}/versions`, { as: cookie, body: { name: 'Segunda' } })
  const [last, signed] = (await record(planId, cookie)).items as { hash: string }[]
  expect(last?.hash).not.toBe(signed?.hash)
  expect(await head()).toEqual({
    key: testSigner.verifierKeys[0],
    signed: { size: expect.any(Number), at: expect.any(String) },
    seq: 2,
    hash: signed?.hash,
    last: 3,
    disagreement: null,
  })
})

test('[RC130] of typed text whose bytes were erased the amount is told, and that they were erased', async () => {
  const { planId, cookie, documentId } = await planWith()
  await world.ask(`POST /api/documents/${documentId}/versions`, { as: cookie, body: { name: 'Primera' } })
  await database.db.transaction().execute(async (trx) => {
    // As redacting does, by a function of the database's owner.
    await sql`set local session_replication_role = replica`.execute(trx)
    await trx.deleteFrom('recordPayload').where('planId', '=', planId).where('seq', '=', 1).execute()
  })
  const { items } = await record(planId, cookie, '?type=update-batch')
  expect(items[0]).toMatchObject({ details: { updates: 1, from: 1, to: 1 }, erased: true })
})

test('[RC101] looking for a group does not find people who are not shown at all', async () => {
  const { planId, people, cookie, documentId } = await planWith()
  await world.ask(`POST /api/documents/${documentId}/versions`, { as: cookie, body: { name: 'Primera' } })
  await world.recorder.catchUp()
  const byGroup = `?group=${people.ana.groupId}`
  expect((await record(planId, cookie, byGroup)).items).toHaveLength(2)
  await database.db
    .insertInto('displayChoice')
    .values({ planId, userId: people.ana.userId, display: 'anonymous' })
    .execute()
  expect((await record(planId, cookie, byGroup)).items).toEqual([])
  expect((await record(planId, cookie)).items).toHaveLength(2)
})
