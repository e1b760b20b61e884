import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPool } from './client.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

test('a connection that is ended in the middle of a transaction fails its next question, and nothing else', async () => {
  const told: string[] = []
  const pool = createPool(
    { connectionString: database.url },
    { warn: (_: unknown, text?: string) => told.push(text ?? '') },
  )
  try {
    const client = await pool.connect()
    const { rows } = await client.query('select pg_backend_pid() as pid')
    await client.query('begin')
    // Heard even though nobody asks anything at that moment: unheard it would end the process.
    const ended = new Promise<void>((resolve) => client.once('end', () => resolve()))
    await pool.query('select pg_terminate_backend($1)', [rows[0].pid])
    await ended
    const asked = client.query('select 1').catch((error: unknown) => error)
    expect(await asked).toBeInstanceOf(Error)
    client.release(true)
    expect(told).toContain('a database connection broke')
    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }])
  } finally {
    await pool.end()
  }
})

test('a pool has ended once the server has closed each of its connections', async () => {
  const pool = createPool({ connectionString: database.url })
  let closed = 0
  pool.on('connect', (client) => client.on('end', () => (closed += 1)))
  await Promise.all(Array.from({ length: 8 }, () => pool.query('select pg_sleep(0.05)')))
  expect(pool.totalCount).toBe(8)
  await pool.end()
  expect(closed).toBe(8)
})
