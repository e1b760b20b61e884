import { randomBytes } from 'node:crypto'
import { toBase64 } from '@cabildo/record/bytes'
import { ed25519Signer } from '@cabildo/record/signatures'
import { databaseUrl } from '@cabildo/testkit/postgres-setup'
import { startServer } from '@cabildo/testkit/server-process'
import type { TestProject } from 'vitest/node'
import { findBrowser } from '../scripts/lib/browser.mjs'
import { buildClient } from '../scripts/lib/client.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the browser that runs the journeys. */
    browser: string
    /** What signs the record: one key for the database that is copied and for every program over a copy. */
    recordKey: string
  }
}

/**
 * Vitest's global set-up of the journeys, after that of the database: a browser, a client built from exactly these
 * sources, and the demo played once, into the database that every file gets a copy of.
 */
export default async function prepare(project: TestProject): Promise<void> {
  const tools = { node: process.execPath, env: process.env }
  await buildClient(tools)
  const browser = await findBrowser(tools)
  if (!browser) throw new Error('No browser for the journeys: install Chromium or set CHROMIUM_PATH.')
  project.provide('browser', browser)
  const recordKey = makeRecordKey()
  project.provide('recordKey', recordKey)

  const { url, template } = project.getProvidedContext().postgres
  const server = await startServer({
    databaseUrl: databaseUrl(url, template),
    env: { DEMO: 'on', RECORD_KEY: recordKey },
  })
  await server.stop()
}

/** A key as the program keeps its own: a line of an Ed25519 key, in the form of other tools for signed notes. */
function makeRecordKey(): string {
  const seed = randomBytes(32)
  const { key } = ed25519Signer('chepo.example/record', seed)
  const secret = toBase64(Uint8Array.of(key.type, ...seed))
  return `PRIVATE+KEY+${key.name}+${key.id}+${secret}`
}
