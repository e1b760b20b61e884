import { emptyDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { expect, test } from 'vitest'
import { createPool } from './client.ts'
import { migrate, pendingMigrations } from './migrate.ts'

test('an empty database becomes ours, and a second time nothing is left to do', async () => {
  const { url, drop } = await emptyDatabase()
  const pool = createPool({ connectionString: url })
  try {
    const pending = await pendingMigrations(pool)
    expect(pending[0]).toBe('0001-identity')
    expect(await migrate(pool)).toEqual(pending)
    expect(await pendingMigrations(pool)).toEqual([])
    expect(await migrate(pool)).toEqual([])
  } finally {
    await pool.end()
    await drop()
  }
})

test('two starts at once migrate once', async () => {
  const { url, drop } = await emptyDatabase()
  const pools = [createPool({ connectionString: url }), createPool({ connectionString: url })]
  try {
    const ran = await Promise.all(pools.map(migrate))
    expect(ran.flat().length).toBe(new Set(ran.flat()).size)
    expect(await Promise.all(pools.map(pendingMigrations))).toEqual([[], []])
  } finally {
    await Promise.all(pools.map((pool) => pool.end()))
    await drop()
  }
})

test('a database newer than the code is refused and stays as it is', async () => {
  const { pool, drop } = await freshDatabase()
  try {
    await pool.query(`insert into kysely_migration (name, timestamp) values ('9999-later', '2099')`)
    await expect(migrate(pool)).rejects.toThrow(/^The database is newer than this program \(it knows 9999-later\)/)
  } finally {
    await drop()
  }
})

test('a database of another program is refused and stays as it is', async () => {
  const { url, drop } = await emptyDatabase()
  const pool = createPool({ connectionString: url })
  try {
    await pool.query('create table invoice (id int)')
    await expect(migrate(pool)).rejects.toThrow(/tables of another program \(invoice\)/)
    const { rows } = await pool.query(`select tablename from pg_tables where schemaname = 'public'`)
    expect(rows).toEqual([{ tablename: 'invoice' }])
  } finally {
    await pool.end()
    await drop()
  }
})

test('counts and client ids come back as numbers, bytes as they were', async () => {
  const { pool, drop } = await freshDatabase()
  try {
    const { rows } = await pool.query('select 4294967295::int8 as id, $1::bytea as bytes', [
      new Uint8Array([1, 2, 255]),
    ])
    expect(rows).toEqual([{ id: 4294967295, bytes: Buffer.from([1, 2, 255]) }])
  } finally {
    await drop()
  }
})
