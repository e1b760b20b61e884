import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp } from '@cabildo/testkit/test-app'
import { waitForWaiting } from '@cabildo/testkit/waiting'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealDocument } from './sealing/service.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

/** Adds rows as the log would, without a room. */
async function addRows(documentId: string, by: { userId: string; sessionId: string }, count: number): Promise<void> {
  await database.db.transaction().execute(async (trx) => {
    await sql`update document set head_seq = head_seq + ${count} where id = ${documentId}`.execute(trx)
    await sql`
      insert into document_update (document_id, seq, user_id, session_id, via, bytes, stored_at)
      select id, head_seq - ${count} + n, ${by.userId}, ${by.sessionId}, 'edit', decode('0000', 'hex'), clock_timestamp()
      from document, generate_series(1, ${count}) n where id = ${documentId}`.execute(trx)
  })
}

/** The numbers of all rows that stand in entries of a document, in the order of the entries. */
async function entered(planId: string, documentId: string): Promise<number[]> {
  const rows = await database.db
    .selectFrom('recordPayload')
    .select('payload')
    .where('planId', '=', planId)
    .orderBy('seq')
    .execute()
  return rows
    .map(({ payload }) => JSON.parse(payload) as { document?: string; updates?: { seq: number }[] })
    .filter(({ document }) => document === documentId)
    .flatMap(({ updates = [] }) => updates.map(({ seq }) => seq))
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1)

test('[RC110] however often and from wherever it is asked for, every row is entered once', async () => {
  const { db } = database
  const { planId, people } = await plantPlan(db, { ana: 'drafter', ben: 'drafter' })
  const documentId = await plantDocument(db, planId, people.ana, 'Agua')
  for (let round = 0; round < 5; round += 1) {
    await Promise.all([
      addRows(documentId, people.ana, 70),
      sealDocument(db, documentId),
      addRows(documentId, people.ben, 3),
      sealDocument(db, documentId),
    ])
  }
  await sealDocument(db, documentId)
  const seqs = await entered(planId, documentId)
  expect(seqs.toSorted((one, other) => one - other)).toEqual(upTo(1 + 5 * 73))
})

test('[RC110] what a process that died had no time to enter is entered by the next', async () => {
  const { db } = database
  const { planId, people } = await plantPlan(db, { ana: 'drafter' })
  const documentId = await plantDocument(db, planId, people.ana, 'Agua')
  await addRows(documentId, people.ana, 5000)
  const world = createTestApp(database)
  await world.recorder.catchUp()
  expect(await entered(planId, documentId)).toEqual(upTo(5001))
  const { rows } = await sql<{ missing: number }>`
    select count(*)::int as missing from record_entry e where plan_id = ${planId}
      and not exists (select from record_leaf l where l.plan_id = e.plan_id and l.seq = e.seq)`.execute(db)
  expect(rows[0]?.missing).toBe(0)
})

test('[RC110] rows that are missing in the log are never passed over', async () => {
  const { db } = database
  const { planId, people } = await plantPlan(db, { ana: 'drafter' })
  const documentId = await plantDocument(db, planId, people.ana, 'Agua')
  await addRows(documentId, people.ana, 3)
  await sql`alter table document_update disable trigger user`.execute(db)
  await sql`delete from document_update where document_id = ${documentId} and seq = 2`.execute(db)
  await sql`alter table document_update enable trigger user`.execute(db)
  await expect(sealDocument(db, documentId)).rejects.toThrow('rows are missing')
  expect(await entered(planId, documentId)).toEqual([])
})

test('[RC110] ending enters what was written also while a comparison with the database goes on', async () => {
  const { db } = database
  const { planId, people } = await plantPlan(db, { ana: 'drafter' })
  const documentId = await plantDocument(db, planId, people.ana, 'Agua')
  const { recorder } = createTestApp(database)
  await recorder.catchUp()
  const holding = await db.startTransaction().execute()
  await sql`lock table record_comparison in access exclusive mode`.execute(holding)
  recorder.start()
  await waitForWaiting(database.pool, 1)
  await addRows(documentId, people.ana, 3)
  const stopping = recorder.stop()
  await expect.poll(() => entered(planId, documentId)).toEqual(upTo(4))
  await holding.rollback().execute()
  await stopping
})
