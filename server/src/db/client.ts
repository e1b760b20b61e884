import { CamelCasePlugin, type Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Logger } from '../log.ts'
import { PersistentKysely } from './again.ts'
import { preparingPool } from './prepared.ts'
import type { Database } from './types.ts'

const int8 = 20

/**
 * A pool of connections. Counts and client ids stay far below 2^53, so `bigint` columns are JS numbers, here and only
 * here. A connection that breaks, idle or within a transaction, is logged and replaced: it never ends the process. Its end
 * waits until the server was told of each, or three seconds at most: whoever stops that next breaks none.
 */
export function createPool(options: pg.PoolConfig, logger?: Pick<Logger, 'warn'>): pg.Pool {
  const pool = new PatientPool({
    max: 10,
    connectionTimeoutMillis: 10_000,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    application_name: 'cabildo',
    ...options,
    types: { getTypeParser: (oid, format) => (oid === int8 ? Number : pg.types.getTypeParser(oid, format)) },
  })
  // Each connection tells it, also one that is used and between two questions: nobody else would hear it then.
  pool.on('connect', (client) =>
    client.on('error', (error) => logger?.warn({ err: error }, 'a database connection broke')),
  )
  // Of one that is idle the pool tells it once more, and replaces it.
  pool.on('error', () => undefined)
  return pool
}

/** Milliseconds in which a server that is there has heard that its connections are over. */
const longestGoodbye = 3000

/** By itself a pool has ended once it let its connections go, while they still say goodbye. */
class PatientPool extends pg.Pool {
  readonly #open = new Set<pg.PoolClient>()

  constructor(options: pg.PoolConfig) {
    super(options)
    this.on('connect', (client) => this.#open.add(client))
    this.on('remove', (client) => this.#open.delete(client))
  }

  override async end(): Promise<void> {
    await super.end()
    if (this.#open.size === 0) return
    // Whatever the server says to one of them meanwhile, or whether it is there at all: they are over.
    await new Promise<void>((done) => {
      const last = setTimeout(done, longestGoodbye)
      this.on('remove', () => {
        if (this.#open.size > 0) return
        clearTimeout(last)
        done()
      })
    })
  }
}

/**
 * Kysely over the pool: snake_case in the database, camelCase in the code; the keys inside JSON stay as they are. A
 * transaction that crossed another one begins anew (`again.ts`).
 */
export function createDb(pool: pg.Pool): Kysely<Database> {
  return new PersistentKysely<Database>({
    dialect: new PostgresDialect({ pool: preparingPool(pool) }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
}
