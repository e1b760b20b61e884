import { readdir } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Kysely } from 'kysely'
import { Kysely as Plain, PostgresDialect, sql } from 'kysely'
import { DEFAULT_MIGRATION_LOCK_TABLE, DEFAULT_MIGRATION_TABLE, type Migration, Migrator } from 'kysely/migration'
import type pg from 'pg'
import { StartError } from '../start-error.ts'

const folder = new URL('../../../migrations/', import.meta.url)

/** The migrations this code knows, by name, in order. */
async function knownMigrations(): Promise<string[]> {
  const files = await readdir(folder)
  return files
    .filter((file) => /^\d{4}-[a-z0-9-]+\.ts$/.test(file))
    .map((file) => basename(file, '.ts'))
    .sort()
}

/**
 * Brings the database up to this code's data model and answers the names of the migrations it ran. All of them run in
 * one transaction under a lock. Throws `StartError`, changing nothing, when the database is newer than the code or
 * holds somebody else's tables.
 */
export async function migrate(pool: pg.Pool): Promise<string[]> {
  const db = new Plain<unknown>({ dialect: new PostgresDialect({ pool }) })
  const known = await knownMigrations()
  await refuseForeign(db, known)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => runnable(known) } })
  const { error, results = [] } = await migrator.migrateToLatest()
  if (error) throw error
  return results.map(({ migrationName }) => migrationName)
}

/** The migrations that the database still lacks. Empty: it is ready for this code. */
export async function pendingMigrations(pool: pg.Pool): Promise<string[]> {
  const db = new Plain<unknown>({ dialect: new PostgresDialect({ pool }) })
  const applied = await appliedMigrations(db)
  return (await knownMigrations()).filter((name) => !applied.includes(name))
}

/** Whether the database stands exactly where this code does. */
export async function isCurrent(pool: pg.Pool): Promise<boolean> {
  const db = new Plain<unknown>({ dialect: new PostgresDialect({ pool }) })
  return (await appliedMigrations(db)).join() === (await knownMigrations()).join()
}

async function refuseForeign(db: Kysely<unknown>, known: readonly string[]): Promise<void> {
  const applied = await appliedMigrations(db)
  const newer = applied.filter((name) => !known.includes(name))
  if (newer.length > 0) {
    throw new StartError(`The database is newer than this program (it knows ${newer.join(', ')}): update the program.`)
  }
  if (applied.length > 0) return
  const tables = await tablesOf(db)
  const foreign = tables.filter((name) => name !== DEFAULT_MIGRATION_TABLE && name !== DEFAULT_MIGRATION_LOCK_TABLE)
  if (foreign.length > 0) {
    const some = foreign.slice(0, 3).join(', ')
    throw new StartError(`The database already holds tables of another program (${some}): give Cabildo an empty one.`)
  }
}

async function appliedMigrations(db: Kysely<unknown>): Promise<string[]> {
  if (!(await tablesOf(db)).includes(DEFAULT_MIGRATION_TABLE)) return []
  const { rows } = await sql<{
    name: string
  }>`select name from ${sql.table(DEFAULT_MIGRATION_TABLE)} order by name`.execute(db)
  return rows.map(({ name }) => name)
}

async function tablesOf(db: Kysely<unknown>): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE' order by table_name`.execute(db)
  return rows.map(({ name }) => name)
}

/** Each is read when it runs: most starts run none. */
function runnable(names: readonly string[]): Record<string, Migration> {
  const read = async (name: string): Promise<Migration> => import(new URL(`${name}.ts`, folder).href)
  return Object.fromEntries(names.map((name) => [name, { up: async (db) => (await read(name)).up(db) }]))
}
