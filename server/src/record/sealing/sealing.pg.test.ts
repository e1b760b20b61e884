import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { plantGuest, plantWorkshop } from '@cabildo/testkit/guests'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { sitDown, typeInto } from '@cabildo/testkit/typist'
import { waitForWaiting } from '@cabildo/testkit/waiting'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findNewcomers } from '../../db/holding.ts'
import { newId } from '../../db/ids.ts'
import { sealDocument, sealPlans } from './service.ts'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(() => database.drop())

/** A plan with a document in which ana has just written, which nobody has entered yet. */
async function justWritten() {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter', cora: 'coordinator' })
  const documentId = await plantDocument(database.db, planId, people.cora, 'Agua')
  await sealDocument(database.db, documentId)
  await write(documentId, people.ana)
  return { planId, people, documentId, as: await world.cookieOf(people.cora) }
}

async function write(documentId: string, someone: Someone): Promise<void> {
  const typist = await sitDown(world.rooms, documentId, someone)
  typeInto(typist.doc, 'problem', 'Falta agua. ')
  await typist.saved()
  typist.leave()
}

/** Type, role and side of the entries after the first, which plants the document. */
async function entries(planId: string): Promise<(string | undefined)[][]> {
  await world.recorder.catchUp()
  const rows = await database.db
    .selectFrom('recordEntry')
    .select('body')
    .where('planId', '=', planId)
    .where('seq', '>', 1)
    .orderBy('seq')
    .execute()
  return rows.map(({ body }) => {
    const { type, actor } = JSON.parse(body)
    return [type, actor?.role, actor?.side]
  })
}

/** Adds rows of these sizes as the log would, without a room. */
async function addRows(documentId: string, { userId, sessionId }: Someone, sizes: readonly number[]): Promise<void> {
  await database.db.transaction().execute(async (trx) => {
    await sql`update document set head_seq = head_seq + ${sizes.length} where id = ${documentId}`.execute(trx)
    await sql`
      insert into document_update (document_id, seq, user_id, session_id, via, bytes, stored_at)
      select id, head_seq - ${sizes.length} + n, ${userId}, ${sessionId}, 'edit', decode(repeat('00', size), 'hex'),
        clock_timestamp()
      from document, unnest(${[...sizes]}::int[]) with ordinality as s (size, n) where id = ${documentId}`.execute(trx)
  })
}

async function addGroup(planId: string, sector: string): Promise<string> {
  const id = newId()
  const values = { id, planId, name: `Of ${sector}`, sector }
  await database.db.insertInto('stakeholderGroup').values(values).execute()
  return id
}

test('[RC117] what was written before a change of role or group is entered under what its author was then', async () => {
  const { planId, people, documentId, as } = await justWritten()
  const member = `PATCH /api/plans/${planId}/members/${people.ana.userId}`
  expect((await world.ask(member, { as, body: { role: 'facilitator' } })).status).toBe(200)
  await write(documentId, { ...people.ana, role: 'facilitator' })
  const groupId = await addGroup(planId, 'government')
  expect((await world.ask(member, { as, body: { groupId } })).status).toBe(200)
  await write(documentId, { ...people.ana, role: 'facilitator' })
  expect(await entries(planId)).toEqual([
    ['update-batch', 'drafter', 'civil_society'],
    ['membership', 'coordinator', 'civil_society'],
    ['update-batch', 'facilitator', 'civil_society'],
    ['membership', 'coordinator', 'civil_society'],
    ['update-batch', 'facilitator', 'government'],
  ])
})

test('[RC117] before somebody leaves', async () => {
  const { planId, people, as } = await justWritten()
  expect((await world.ask(`DELETE /api/plans/${planId}/members/${people.ana.userId}`, { as })).status).toBe(204)
  expect(await entries(planId)).toEqual([
    ['update-batch', 'drafter', 'civil_society'],
    ['membership', 'coordinator', 'civil_society'],
  ])
})

test('[RC117] before a group changes its side', async () => {
  const { planId, people, as } = await justWritten()
  const group = `PATCH /api/plans/${planId}/groups/${people.ana.groupId}`
  expect((await world.ask(group, { as, body: { sector: 'government' } })).status).toBe(200)
  expect(await entries(planId)).toEqual([
    ['update-batch', 'drafter', 'civil_society'],
    ['group', 'coordinator', 'government'],
  ])
})

test('[RC117] before a guest is moved to another group', async () => {
  const { planId, people, documentId, as } = await justWritten()
  const workshop = await plantWorkshop(database.db, planId, people.cora, [documentId])
  const guest = await plantGuest(database.db, workshop, { name: 'Luz', groupId: people.ana.groupId })
  await addRows(documentId, guest, [2])
  const groupId = await addGroup(planId, 'government')
  const path = `PATCH /api/plans/${planId}/workshops/${workshop.workshopId}/participants/${guest.userId}`
  expect((await world.ask(path, { as, body: { groupId } })).status).toBe(200)
  expect(await entries(planId)).toEqual([
    ['update-batch', 'drafter', 'civil_society'],
    ['update-batch', 'participant', 'civil_society'],
    ['membership', 'coordinator', 'civil_society'],
  ])
})

test('[RC117] whoever came before the record is held first, who was typed for as well as who typed', async () => {
  const { planId, people, documentId } = await justWritten()
  const workshop = await plantWorkshop(database.db, planId, people.cora, [documentId])
  const guest = await plantGuest(database.db, workshop, { name: 'Luz', groupId: people.ana.groupId })
  await addRows(documentId, people.ana, [2])
  await database.db.transaction().execute(async (trx) => {
    await sql`set local session_replication_role = replica`.execute(trx)
    await sql`delete from record_person where plan_id = ${planId}`.execute(trx)
    await sql`update document_update set behalf_id = ${guest.userId} where document_id = ${documentId} and seq = (
      select head_seq from document where id = ${documentId})`.execute(trx)
  })
  const newcomers = await database.db.transaction().execute((trx) => findNewcomers(trx, [planId]))
  expect(newcomers.toSorted()).toEqual([people.ana.userId, guest.userId].toSorted())
})

test('[RC117] nobody writes in the plan between the entry and the change', async () => {
  const { people, documentId, planId } = await justWritten()
  const rows = () =>
    database.db.selectFrom('documentUpdate').select('seq').where('documentId', '=', documentId).execute()
  const before = await rows()
  let writing: Promise<void> | undefined
  await database.db.transaction().execute(async (trx) => {
    await sealPlans(trx, [planId])
    writing = write(documentId, people.ana)
    await waitForWaiting(database.pool, 1)
    expect(await rows()).toEqual(before)
  })
  await writing
  expect(await rows()).toHaveLength(before.length + 1)
})

test('[RC110] many large updates at once are entered in rounds, each bounded in bytes', async () => {
  const { planId, people, documentId } = await justWritten()
  const sizes = Array.from({ length: 12 }, () => 1 << 20)
  await addRows(documentId, people.ana, sizes)
  expect(await sealDocument(database.db, documentId)).toBe(13)
  const made = await database.db
    .selectFrom('recordEntry')
    .select(['at', 'counts'])
    .where('planId', '=', planId)
    .where('seq', '>', 1)
    .execute()
  expect(made).toHaveLength(13)
  expect(new Set(made.map(({ at }) => at.getTime())).size).toBeGreaterThan(2)
})
