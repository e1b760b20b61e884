import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealDocument } from '../record/sealing/service.ts'
import { appendOnly, prepareAppRole } from './app-role.ts'
import { createDb, createPool } from './client.ts'

let database: FreshDatabase
let app: pg.Pool
beforeAll(async () => {
  database = await freshDatabase()
  const role = await prepareAppRole(database.pool)
  app = createPool({ ...database.pool.options, options: `-c role=${role}`, max: 2 })
})
afterAll(async () => {
  await app.end()
  await database.drop()
})

test('[RC109] the program’s role does its work, and can neither change nor remove what the record is made of', async () => {
  const db = createDb(app)
  const { planId, people } = await plantPlan(db, { ana: 'drafter' })
  const documentId = await plantDocument(db, planId, people.ana, 'Agua')
  expect(await sealDocument(db, documentId)).toBe(1)

  for (const table of appendOnly) {
    for (const statement of [`delete from ${table}`, `truncate ${table}`]) {
      await expect(app.query(statement), statement).rejects.toMatchObject({ code: '42501' })
    }
    const { rows } = await app.query(
      'select column_name as name from information_schema.columns where table_name = $1 order by ordinal_position desc limit 1',
      [table],
    )
    const change = `update ${table} set ${rows[0].name} = ${rows[0].name}`
    await expect(app.query(change), change).rejects.toMatchObject({ code: '42501' })
  }
  await expect(app.query('drop table record_entry')).rejects.toMatchObject({ code: '42501' })
  await expect(app.query('alter table record_entry disable trigger user')).rejects.toMatchObject({ code: '42501' })
})

test('[RC109] preparing it again, also twice at once, changes nothing', async () => {
  expect(await Promise.all([prepareAppRole(database.pool), prepareAppRole(database.pool)])).toEqual([
    'cabildo_app',
    'cabildo_app',
  ])
})
