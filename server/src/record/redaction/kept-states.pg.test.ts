import { createAuthorship } from '@cabildo/authorship/authorship'
import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writingRoles } from '../../auth/rules.ts'
import { keep } from '../../authorship/store.ts'
import { createPostgresLog } from '../../rooms/adapters/postgres-log.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

/** Resolves once some statement waits for a lock that another transaction has. */
async function someoneWaits(): Promise<void> {
  await expect
    .poll(async () => {
      const { rows } = await sql<{ waiting: number }>`
        select count(*)::int as waiting from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(database.db)
      return rows[0]?.waiting
    })
    .toBeGreaterThan(0)
}

const old = new Uint8Array([0, 0])
const kept: [string, (documentId: string) => Promise<unknown>][] = [
  [
    'document_snapshot',
    (documentId) =>
      createPostgresLog(database.pool, { writers: writingRoles }).saveSnapshot(documentId, {
        seq: 1,
        epoch: 1,
        state: old,
      }),
  ],
  [
    'document_authorship',
    (documentId) =>
      keep(database.db, documentId, { seq: 1, epoch: 1, state: createAuthorship().encode(), stretch: 16_384 }),
  ],
]

test.each(kept)('[RC152] what was made before words were taken out is not kept after: %s', async (table, save) => {
  const { planId, people } = await plantPlan(database.db, { cora: 'coordinator' })
  const documentId = await plantDocument(database.db, planId, people.cora, 'Casa')
  const left = async () =>
    (await sql`select 1 from ${sql.table(table)} where document_id = ${documentId}`.execute(database.db)).rows.length
  let saving: Promise<unknown> | undefined
  await database.db.transaction().execute(async (trx) => {
    await sql`update document set epoch = epoch + 1 where id = ${documentId}`.execute(trx)
    saving = save(documentId)
    await someoneWaits()
    await sql`delete from ${sql.table(table)} where document_id = ${documentId}`.execute(trx)
  })
  await saving
  expect(await left()).toBe(0)
})
