import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startPostgres } from '../../server/src/db/embedded.ts'
import { StartError } from '../../server/src/start-error.ts'
import { familyCpu } from './process-meter.ts'
import { within } from './within.ts'

/** The database server of one run. */
export interface Cluster {
  version: string
  /** What every commit waits for, as the server says it. */
  durability: string
  /** A database of its own, copied from one that `fill` filled when this `kind` was first asked for. */
  createDatabase(kind: string, fill: (url: string) => Promise<void>): Promise<{ url: string; drop(): Promise<void> }>
  /** CPU milliseconds of the server and its backends so far; 0 when it is not ours to see. */
  cpu(): number
  stop(): Promise<void>
}

const prefix = 'cabildo_bench_'
const dataDir = fileURLToPath(new URL('../../.data/bench/', import.meta.url))

/**
 * Starts the embedded PostgreSQL in a folder of its own, or uses `given`: a server whose user may make databases.
 * Throws `StartError` while another bench is running: the two would measure each other.
 */
export async function startCluster(given: string | undefined): Promise<Cluster> {
  const server = given ? { url: given, pid: () => undefined, stop: async () => {} } : await startOwn()
  const admin = new pg.Client({
    connectionString: server.url,
    connectionTimeoutMillis: 20_000,
    statement_timeout: 300_000,
  })
  admin.on('error', () => {})
  await admin.connect()
  const made = new Set<string>()
  const templates = new Map<string, string>()
  // What a run that was cut short left in our own server.
  if (!given) {
    const { rows } = await admin.query<{ datname: string }>(
      `select datname from pg_database where datname like '${prefix}%'`,
    )
    for (const { datname } of rows) await admin.query(`drop database ${datname} with (force)`)
  }

  const create = async (template: string) => {
    const name = `${prefix}${randomBytes(6).toString('hex')}`
    await admin.query(`create database ${name} template ${template}`)
    made.add(name)
    return name
  }
  const drop = async (name: string) => {
    await admin.query(`drop database if exists ${name} with (force)`)
    made.delete(name)
  }
  const setting = async (name: string) => String((await admin.query(`show ${name}`)).rows[0]?.[name])

  return {
    version: await setting('server_version'),
    durability: `fsync ${await setting('fsync')}, synchronous_commit ${await setting('synchronous_commit')}`,
    async createDatabase(kind, fill) {
      let template = templates.get(kind)
      if (!template) {
        template = await create('template0')
        await fill(databaseUrl(server.url, template))
        templates.set(kind, template)
      }
      const name = await create(template)
      return { url: databaseUrl(server.url, name), drop: () => drop(name) }
    },
    cpu() {
      const pid = server.pid()
      return pid === undefined ? 0 : familyCpu(pid)
    },
    async stop() {
      for (const name of made) await drop(name)
      await within(20_000, 'the end of our connection to PostgreSQL', admin.end())
      await within(120_000, 'the end of PostgreSQL', server.stop())
    },
  }
}

async function startOwn() {
  const quiet = { debug() {}, info() {}, warn() {}, error: (...said: unknown[]) => console.error(...said) }
  return startPostgres({ dataDir, logger: quiet }).catch((error) => {
    if (error instanceof StartError && error.message.startsWith('Another'))
      throw new StartError('Another bench is running here, and the two would measure each other.')
    throw error
  })
}

function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}
