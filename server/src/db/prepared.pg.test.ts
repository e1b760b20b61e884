import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { prepared } from './prepared.ts'
import type { Database } from './types.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase({ max: 1 })
})
afterAll(() => database?.drop())

/** How often each statement that this connection prepared was planned or run. */
const runsOf = async (words: string) => {
  const { rows } = await database.pool.query<{ runs: number }>(
    'select (generic_plans + custom_plans)::int as runs from pg_prepared_statements where statement like $1',
    [`%${words}%`],
  )
  return rows.map(({ runs }) => runs)
}

test('what is marked is prepared once by its connection, in transactions too, and answers the same; all else is not', async () => {
  const ask = (id: string, db: Kysely<Database> = database.db) =>
    sql<{ id: string }>`select ${prepared} ${id} as id where ${id} <> 'nobody'`.execute(db).then(({ rows }) => rows)
  const asked = ['a', 'nobody', 'b', 'c', 'd', 'e', 'nobody', 'f']
  const answers: { id: string }[][] = []
  for (const id of asked) answers.push(await ask(id))
  await database.db.transaction().execute(async (trx) => {
    answers.push(await ask('g', trx))
  })
  expect(answers).toEqual([...asked, 'g'].map((id) => (id === 'nobody' ? [] : [{ id }])))
  expect(await runsOf("<> 'nobody'")).toEqual([9])

  const built = () => database.db.selectFrom('plan').where('slug', '=', 'nowhere').select('id').modifyFront(prepared)
  expect(await built().execute()).toEqual([])
  expect(await built().executeTakeFirst()).toBeUndefined()
  expect(await runsOf('"slug"')).toEqual([2])

  for (let time = 0; time < 3; time += 1) await sql`select 'once more'`.execute(database.db)
  expect(await runsOf('once more')).toEqual([])
})

test('a prepared statement that failed can be asked again', async () => {
  const halve = (by: number, db: Kysely<Database> = database.db) =>
    sql<{ half: number }>`select ${prepared} (10 / ${by}::int)::int as half`
      .execute(db)
      .then(({ rows }) => rows[0]?.half)
  await expect(halve(0)).rejects.toThrow(/division by zero/)
  for (let time = 0; time < 6; time += 1) expect(await halve(2)).toBe(5)
  await expect(database.db.transaction().execute((trx) => halve(0, trx))).rejects.toThrow(/division by zero/)
  expect(await halve(5)).toBe(2)
})
