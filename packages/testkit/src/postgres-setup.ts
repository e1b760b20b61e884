import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { buildServer } from '../../../scripts/lib/server.mjs'
import { createPool } from '../../../server/src/db/client.ts'
import { startPostgres } from '../../../server/src/db/embedded.ts'
import { migrate } from '../../../server/src/db/migrate.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { url: string; template: string }
  }
}

/**
 * Vitest's global set-up of the projects that need a database: one server for the whole run, with one migrated
 * database that `freshDatabase` copies, and the program made of these sources for whoever starts it. TEST_DATABASE_URL names a server to use instead of an embedded one; its user
 * must be allowed to make databases. Answers the tear-down, which leaves nothing behind.
 */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  await buildServer({ node: process.execPath, env: process.env })
  const given = process.env.TEST_DATABASE_URL
  const server = given ? { url: given, stop: async () => {} } : await startTemporary()
  const template = `cabildo_template_${randomBytes(6).toString('hex')}`
  const admin = new pg.Client({ connectionString: server.url })
  admin.on('error', () => {})
  await admin.connect()
  await admin.query(`create database ${template}`)
  const pool = createPool({ connectionString: databaseUrl(server.url, template) })
  await migrate(pool)
  await pool.end()
  project.provide('postgres', { url: server.url, template })
  return async () => {
    await admin.query(`drop database ${template} with (force)`)
    await admin.end()
    await server.stop()
  }
}

/** The same server, another database. */
export function databaseUrl(serverUrl: string, database: string): string {
  const url = new URL(serverUrl)
  url.pathname = `/${database}`
  return url.href
}

/** Each connection, and there are a thousand, would spend three milliseconds on a password that nobody guesses here. */
async function makePasswordCheap(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('set scram_iterations = 1')
    await client.query(
      `alter role current_user password ${client.escapeLiteral(decodeURIComponent(new URL(url).password))}`,
    )
  } finally {
    await client.end()
  }
}

async function startTemporary(): Promise<{ url: string; stop(): Promise<void> }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cabildo-test-'))
  const quiet = { debug() {}, info() {}, warn() {}, error: (...said: unknown[]) => process.stderr.write(`${said}\n`) }
  const server = await startPostgres({ dataDir, logger: quiet, keeps: false })
  const stop = async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
  try {
    await makePasswordCheap(server.url)
  } catch (error) {
    await stop()
    throw error
  }
  return { url: server.url, stop }
}
