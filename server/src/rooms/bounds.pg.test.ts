import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '@cabildo/protocol/room/limits'
import { schemaHash } from '@cabildo/schema/rules'
import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { createSessions } from '../auth/sessions.ts'
import { compose } from '../compose.ts'
import { readConfig } from '../config.ts'
import { createHttpServer } from '../http/server.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

/** The whole program with other bounds, on a port of its own. */
async function serve(limits: Partial<typeof defaultLimits>) {
  const secrets = { appKey: 'a'.repeat(43), metricsToken: 'token-of-the-test' }
  const dataDir = await mkdtemp(join(tmpdir(), 'cabildo-bounds-'))
  onTestFinished(() => rm(dataDir, { recursive: true }))
  const config = { ...readConfig({ DEMO: 'off', PORT: '0', DATA_DIR: dataDir }), ...secrets }
  const logger = pino({ level: 'silent' })
  const program = await compose({ config, pool: database.pool, logger, limits: { ...defaultLimits, ...limits } })
  const server = createHttpServer(program)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  // An address that listens on TCP is one of a port.
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  config.baseUrl = url
  onTestFinished(async () => {
    const closed = once(server, 'close')
    server.close()
    await program.drain()
    await closed
  })

  /** A new socket of somebody: `in` once the document's room speaks, or else why it was closed. */
  return async (someone: Pick<Someone, 'userId'>, documentId: string): Promise<{ ws: WebSocket; told: string }> => {
    const { cookie } = await createSessions(database.db, { secure: false }).begin(someone.userId)
    const headers = { origin: url, cookie: cookie.split(';', 1)[0] ?? '' }
    const ws = new WebSocket(`${url.replace('http', 'ws')}/rooms/${documentId}?schema=${schemaHash}`, { headers })
    const told = await new Promise<string>((resolve, reject) => {
      ws.once('message', () => resolve('in'))
      ws.once('close', (code, reason) => resolve(`${code} ${reason}`))
      ws.once('error', reject)
    })
    return { ws, told }
  }
}

test('[T17] one person has so many sockets and no more; another gets in, and so does the first after leaving one', async () => {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter', ben: 'drafter' })
  const documentId = await plantDocument(database.db, planId, people.ana, 'Cuentas')
  const knock = await serve({ socketsPerUser: 2 })
  const first = await knock(people.ana, documentId)
  expect([first.told, (await knock(people.ana, documentId)).told]).toEqual(['in', 'in'])
  expect((await knock(people.ana, documentId)).told).toBe('4529 too_many')
  expect((await knock(people.ben, documentId)).told).toBe('in')
  const gone = once(first.ws, 'close')
  first.ws.close()
  await gone
  expect((await knock(people.ana, documentId)).told).toBe('in')
})

test('[T17] one address has so many sockets, and so has the node', async () => {
  const names = { ana: 'drafter', ben: 'drafter', cata: 'drafter' } as const
  const { planId, people } = await plantPlan(database.db, names)
  const documentId = await plantDocument(database.db, planId, people.ana, 'Cuentas')
  for (const limits of [{ socketsPerAddress: 2 }, { sockets: 2 }]) {
    const knock = await serve(limits)
    const told = []
    for (const someone of Object.values(people)) told.push((await knock(someone, documentId)).told)
    expect(told).toEqual(['in', 'in', '4529 too_many'])
  }
})
