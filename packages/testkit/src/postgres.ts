import { randomBytes } from 'node:crypto'
import type { Kysely } from 'kysely'
import pg from 'pg'
import { inject } from 'vitest'
import { createDb, createPool } from '../../../server/src/db/client.ts'
import type { Database } from '../../../server/src/db/types.ts'
import { databaseUrl } from './postgres-setup.ts'

/** A database of one's own: real PostgreSQL, migrated, empty. */
export interface FreshDatabase {
  url: string
  pool: pg.Pool
  db: Kysely<Database>
  /** Ends the pool and every other connection, and removes the database. */
  drop(): Promise<void>
}

/**
 * Copies the run's migrated database for one test file, in some 30 ms, file by file: page by page it would all be logged. Ask
 * for it in `beforeAll` and `drop` it in `afterAll`. Its pool has three connections, each of which reads the catalogue anew;
 * who holds more at once asks for them (`max`). Works in `*.pg.test.ts` and `e2e/*.e2e.ts`, whose projects run `postgres-setup.ts`.
 */
export async function freshDatabase(options: Pick<pg.PoolConfig, 'max'> = {}): Promise<FreshDatabase> {
  const { url: serverUrl, template } = inject('postgres')
  const name = `cabildo_test_${randomBytes(6).toString('hex')}`
  await asAdmin(serverUrl, `create database ${name} template ${template} strategy file_copy`)
  const url = databaseUrl(serverUrl, name)
  const pool = createPool({ connectionString: url, max: 3, ...options })
  return {
    url,
    pool,
    db: createDb(pool),
    drop: async () => {
      if (!pool.ended) await pool.end()
      await asAdmin(serverUrl, `drop database if exists ${name} with (force)`)
    },
  }
}

/** A new empty database on the run's server, without our tables: its address, and how to remove it. */
export async function emptyDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const { url: serverUrl } = inject('postgres')
  const name = `cabildo_test_${randomBytes(6).toString('hex')}`
  await asAdmin(serverUrl, `create database ${name}`)
  return {
    url: databaseUrl(serverUrl, name),
    drop: () => asAdmin(serverUrl, `drop database if exists ${name} with (force)`),
  }
}

async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
