import { randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { startPostgres } from '../../server/src/db/embedded.ts'
import { familyCpu } from './process-meter.ts'

/** The database server of one run. */
export interface Cluster {
  version: string
  /** What every commit waits for, as the server says it. */
  durability: string
  /** A database of its own, copied from a template of `createTemplate` when one is named. */
  createDatabase(template?: string): Promise<{ url: string; drop(): Promise<void> }>
  /** A database made once, for others to be copied from: `fill` gets its address. Answers its name. */
  createTemplate(fill: (url: string) => Promise<void>): Promise<string>
  /** CPU milliseconds of the server and its backends so far; 0 when it is not ours to see. */
  cpu(): number
  stop(): Promise<void>
}

const folder = fileURLToPath(new URL('../../.data/', import.meta.url))

/** Starts the embedded PostgreSQL in a new folder, or uses `given`: a server whose user may make databases. */
export async function startCluster(given: string | undefined): Promise<Cluster> {
  const server = given ? { url: given, pid: () => undefined, stop: async () => {} } : await startTemporary()
  const admin = new pg.Client({ connectionString: server.url })
  admin.on('error', () => {})
  await admin.connect()
  const made = new Set<string>()

  const create = async (template: string) => {
    const name = `cabildo_bench_${randomBytes(6).toString('hex')}`
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
    async createDatabase(template = 'template0') {
      const name = await create(template)
      return { url: databaseUrl(server.url, name), drop: () => drop(name) }
    },
    async createTemplate(fill) {
      const name = await create('template0')
      await fill(databaseUrl(server.url, name))
      return name
    },
    cpu() {
      const pid = server.pid()
      return pid === undefined ? 0 : familyCpu(pid)
    },
    async stop() {
      for (const name of made) await drop(name)
      await admin.end()
      await server.stop()
    },
  }
}

async function startTemporary() {
  await mkdir(folder, { recursive: true })
  const dataDir = await mkdtemp(`${folder}bench-`)
  const quiet = { debug() {}, info() {}, warn() {}, error: (...said: unknown[]) => console.error(...said) }
  const server = await startPostgres({ dataDir, logger: quiet })
  return {
    url: server.url,
    pid: () => server.pid(),
    stop: async () => {
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}
