import pg from 'pg'
import type { Config } from '../config.ts'
import type { Logger } from '../log.ts'
import { StartError } from '../start-error.ts'
import { faultOfLogin, prepareAppRole } from './app-role.ts'
import { createPool } from './client.ts'
import { startPostgres } from './embedded.ts'
import { isCurrent, migrate } from './migrate.ts'
import { holdAlone } from './single.ts'

/** A migrated database that is ours alone. `close` ends the pool, gives up the lock and stops an embedded server. */
export interface OpenDatabase {
  pool: pg.Pool
  close(): Promise<void>
}

/**
 * Opens the database of the configuration: DATABASE_URL's, or an embedded one in the data folder; the pool is of the
 * login of DATABASE_APP_URL where there is one. Makes sure that no
 * other Cabildo works on it, and migrates it. Throws `StartError` with the one thing that is wrong; a database that is
 * not ours is left as it was. `onLost`: see `holdAlone`. `beside`: when DATABASE_URL's is up to date, share it with a
 * Cabildo that runs; only for who touches nothing that rooms hold.
 */
export async function openDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'> & Partial<Pick<Config, 'databaseAppUrl' | 'databaseConnections'>>,
  { logger, onLost, beside = false }: { logger: Logger; onLost: () => void; beside?: boolean },
): Promise<OpenDatabase> {
  const closers: (() => Promise<void>)[] = []
  const close = async () => {
    const failures: unknown[] = []
    // The lock and an embedded server are put away whatever the pool says.
    for (const step of closers.splice(0).reverse()) await step().catch((error: unknown) => failures.push(error))
    if (failures.length > 0) throw failures[0]
  }
  try {
    const url = config.databaseUrl ?? (await embedded(config.dataDir, logger, closers))
    if (config.databaseUrl) await reach(config.databaseUrl)
    const shared = beside && config.databaseUrl !== undefined && (await isUpToDate(url))
    if (!shared) closers.push(await holdAlone(url, { logger, onLost }))
    const { databaseAppUrl, databaseConnections } = config
    const role = await migrateAsOwner(url, databaseAppUrl, logger)
    // A login of its own is the role by itself; the owner's takes it on, and something that it runs could put it off.
    const options = {
      ...(role && !databaseAppUrl && { options: `-c role=${role}` }),
      ...(databaseConnections && { max: databaseConnections }),
    }
    const pool = createPool({ connectionString: databaseAppUrl ?? url, ...options }, logger)
    closers.push(() => pool.end())
    const unprepared = 'the user of DATABASE_URL may not give it what it needs; the log says what to do'
    const fault = databaseAppUrl && (role ? await faultBesideOwner(pool, url, role) : unprepared)
    if (fault) throw new StartError(`DATABASE_APP_URL: ${fault}.`)
    return { pool, close }
  } catch (error) {
    await close()
    if (error instanceof pg.DatabaseError && config.databaseUrl) throw refusal(error, new URL(config.databaseUrl))
    throw error
  }
}

/** Migrates with connections of its own, and answers the role that the program works as. */
async function migrateAsOwner(
  url: string,
  databaseAppUrl: string | undefined,
  logger: Logger,
): Promise<string | undefined> {
  if (databaseAppUrl) await reach(databaseAppUrl, 'DATABASE_APP_URL')
  const owner = createPool({ connectionString: url, max: 2 }, logger)
  try {
    const ran = await migrate(owner)
    if (ran.length > 0) logger.info({ migrations: ran }, 'migrated the database')
    const login = databaseAppUrl && decodeURIComponent(new URL(databaseAppUrl).username)
    return await prepareAppRole(owner, { warn: (why) => logger.warn(why), ...(login && { login }) })
  } finally {
    await owner.end()
  }
}

async function faultBesideOwner(pool: pg.Pool, url: string, role: string): Promise<string | undefined> {
  const owner = createPool({ connectionString: url, max: 1 })
  try {
    return await faultOfLogin(pool, owner, role)
  } finally {
    await owner.end()
  }
}

async function isUpToDate(url: string): Promise<boolean> {
  const pool = createPool({ connectionString: url, max: 1 })
  try {
    return await isCurrent(pool)
  } finally {
    await pool.end()
  }
}

async function embedded(dataDir: string, logger: Logger, closers: (() => Promise<void>)[]): Promise<string> {
  logger.info('starting PostgreSQL')
  const server = await startPostgres({ dataDir, logger })
  closers.push(() => server.stop())
  return server.url
}

async function reach(databaseUrl: string, variable = 'DATABASE_URL'): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 })
  client.on('error', () => {})
  try {
    await client.connect()
  } catch (error) {
    throw refusal(error, new URL(databaseUrl), variable)
  } finally {
    await client.end().catch(() => {})
  }
}

/** One sentence that names the variable and the place, and never the password. */
function refusal(error: unknown, url: URL, variable = 'DATABASE_URL'): Error {
  const place = `${url.searchParams.get('host') ?? url.hostname}${url.port ? `:${url.port}` : ''}`
  const user = decodeURIComponent(url.username)
  const name = decodeURIComponent(url.pathname.slice(1))
  if (!(error instanceof pg.DatabaseError)) {
    const why = error instanceof Error && 'code' in error ? error.code : error instanceof Error ? error.message : error
    return new StartError(`${variable}: no PostgreSQL answers at ${place} (${why}).`)
  }
  if (error.code?.startsWith('28')) {
    return new StartError(`${variable}: PostgreSQL at ${place} refuses the user ${user} with this password.`)
  }
  if (error.code === '3D000') return new StartError(`${variable}: PostgreSQL at ${place} has no database ${name}.`)
  if (error.code === '42501') {
    return new StartError(`${variable}: the user ${user} may not make tables in the database ${name} at ${place}.`)
  }
  if (error.code?.startsWith('53') || error.code?.startsWith('57')) {
    return new StartError(`${variable}: PostgreSQL at ${place} takes no connection now (${error.message}).`)
  }
  return error
}
