import { databaseUrl } from '@cabildo/testkit/postgres-setup'
import { startServer } from '@cabildo/testkit/server-process'
import type { TestProject } from 'vitest/node'
import { findBrowser } from '../scripts/lib/browser.mjs'
import { buildClient } from '../scripts/lib/client.mjs'

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the browser that runs the journeys. */
    browser: string
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

  const { url, template } = project.getProvidedContext().postgres
  const server = await startServer({ databaseUrl: databaseUrl(url, template), env: { DEMO: 'on' } })
  await server.stop()
}
