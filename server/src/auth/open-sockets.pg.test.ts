import { schemaHash } from '@cabildo/schema/rules'
import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { type ServerProcess, startServer } from '@cabildo/testkit/server-process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { reservePort } from '../listen.ts'
import { createSessions } from './sessions.ts'

/** The real program as in production, with real sockets. */

let database: FreshDatabase
let server: ServerProcess
let documentId: string
let people: Record<'cora' | 'dora', Someone>
beforeAll(async () => {
  database = await freshDatabase()
  const plan = await plantPlan(database.db, { cora: 'coordinator', dora: 'drafter' })
  people = plan.people
  documentId = await plantDocument(database.db, plan.planId, people.dora, 'Cuentas claras')
  const port = await reservePort('127.0.0.1', 0)
  const env = { NODE_ENV: 'production', BASE_URL: `http://127.0.0.1:${port}` }
  server = await startServer({ databaseUrl: database.url, port, env })
}, 60_000)
afterAll(async () => {
  await server.stop()
  await database.drop()
})

const cookieOf = async ({ userId }: Someone, secondFactor = false): Promise<string> => {
  const { cookie } = await createSessions(database.db, { secure: false }).begin(userId, { secondFactor })
  return cookie.split(';', 1)[0] ?? ''
}

/** A socket to the document's room: its first frame, and how it ends. */
function enter(cookie: string) {
  const address = `${server.url.replace('http', 'ws')}/rooms/${documentId}?schema=${schemaHash}`
  const ws = new WebSocket(address, { headers: { cookie, origin: server.url } })
  const inside = new Promise<void>((resolve) => ws.once('message', () => resolve()))
  const ended = new Promise<number>((resolve) => ws.once('close', resolve))
  return { ws, inside, ended }
}

const ask = (method: string, path: string, cookie: string, body?: object) =>
  fetch(`${server.url}${path}`, {
    method,
    headers: { cookie, origin: server.url, 'content-type': 'application/json' },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })

test('[T5] without the second factor that a role needs there is no such room', async () => {
  const { ended } = enter(await cookieOf(people.cora))
  expect(await ended).toBe(4404)
  const shown = enter(await cookieOf(people.cora, true))
  await shown.inside
  shown.ws.terminate()
})

test.each([
  ['signing out everywhere', 'DELETE', '/api/sessions', undefined],
  ['a new password', 'PUT', '/api/profile/password', { newPassword: 'tres palabras sin orden' }],
])('[T23] %s ends open sockets within two seconds', async (_, method, path, body) => {
  await database.db.updateTable('userAccount').set({ passwordHash: null }).execute()
  const cookie = await cookieOf(people.dora)
  const other = await cookieOf(people.dora)
  const sockets = [enter(cookie), enter(other)]
  await Promise.all(sockets.map(({ inside }) => inside))
  const began = performance.now()
  expect((await ask(method, path, cookie, body)).status).toBe(204)

  expect(await Promise.all(sockets.map(({ ended }) => ended))).toEqual([4401, 4401])
  expect(performance.now() - began).toBeLessThan(2000)
})

test('[T23] ending one session elsewhere ends its sockets, and no others', async () => {
  const [mine, lost] = [await cookieOf(people.dora), await cookieOf(people.dora)]
  const [stays, ends] = [enter(mine), enter(lost)]
  await Promise.all([stays.inside, ends.inside])
  const { items } = (await (await ask('GET', '/api/sessions', lost)).json()) as {
    items: { id: string; current: boolean }[]
  }
  const id = items.find(({ current }) => current)?.id
  expect((await ask('DELETE', `/api/sessions/${id}`, mine)).status).toBe(204)

  expect(await ends.ended).toBe(4401)
  expect(stays.ws.readyState).toBe(WebSocket.OPEN)
  stays.ws.terminate()
})
