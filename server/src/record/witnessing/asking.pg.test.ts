import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { sizeContentType } from '@cabildo/record/add-checkpoint'
import { formatVkey, parseVkey } from '@cabildo/record/keys'
import { ed25519Cosigner } from '@cabildo/record/signatures'
import { answerBody, createWitness, type Seen } from '@cabildo/record/witness'
import { createManualClock } from '@cabildo/testkit/clock'
import { plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { memoryJournal, testSigner } from '@cabildo/testkit/test-app'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appendEntries } from '../service.ts'
import { createTree, type Tree } from '../tree/service.ts'
import { type Asking, createAsking } from './asking.ts'
import type { KnownWitness } from './rules.ts'
import { statusOf } from './service.ts'

let database: FreshDatabase
let planId: string
let tree: Tree
let server: Server
let shelf: Map<string, Seen>
/** What the witness answers instead, when something is wrong with it. */
let instead: { status: number; headers?: Record<string, string>; body?: string } | undefined
let asked: string[]
const signer = ed25519Cosigner('kernel.example/testigo', new Uint8Array(32).fill(1), () => 1_790_000_000)
const clock = createManualClock()
const logger = pino({ level: 'silent' })

beforeEach(async () => {
  database = await freshDatabase()
  planId = (await plantPlan(database.db, { ana: 'drafter' })).planId
  tree = createTree({ db: database.db, signer: testSigner, journal: memoryJournal(), logger })
  shelf = new Map()
  asked = []
  instead = undefined
  const log = parseVkey(testSigner.verifierKeys[0] ?? '')
  const witness = createWitness({
    logs: log ? [log] : [],
    signers: [signer],
    load: async (origin) => shelf.get(origin),
    save: async (origin, seen) => void shelf.set(origin, seen),
  })
  server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece) => {
      body += piece
    })
    request.on('end', async () => {
      asked.push(`${request.url} ${body.split('\n', 1)[0]}`)
      if (instead) {
        response.writeHead(instead.status, instead.headers).end(instead.body)
        return
      }
      const { verdict, lines } = await answerBody(witness, body)
      if (verdict.status === 409) response.setHeader('content-type', sizeContentType)
      response.writeHead(verdict.status).end(verdict.status === 409 ? `${verdict.size}\n` : lines)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await database.drop()
})

async function grow(count: number): Promise<void> {
  const facts = Array.from({ length: count }, () => ({ type: 'plan' as const, userId: null, payload: {} }))
  await database.db.transaction().execute((trx) => appendEntries(trx, planId, facts))
  await tree.grow()
}

function open(): { asking: Asking; last: () => Promise<number | undefined> } {
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/w`
  const known: KnownWitness = { key: signer.key, vkey: formatVkey(signer.key), url }
  const deps = { db: database.db, tree, witnesses: [known], logger, now: () => new Date('2027-01-01T00:00:00Z') }
  return {
    asking: createAsking({ ...deps, clock }),
    last: async () => (await statusOf(deps)).witnesses[0]?.last?.size,
  }
}

test('[RC77] a witness with an address signs each head, told what it has signed before', async () => {
  const { asking, last } = open()
  await asking.askAll()
  expect(asked).toEqual([])
  await grow(3)
  await asking.askAll()
  await asking.askAll()
  await grow(300)
  await asking.askAll()
  expect(asked).toEqual(['/w/add-checkpoint old 0', '/w/add-checkpoint old 3'])
  expect(await last()).toBe(303)

  // Another process knows from the database; and one that knows nothing is told by the witness.
  await grow(1)
  await open().asking.askAll()
  expect(asked.at(-1)).toBe('/w/add-checkpoint old 303')
  await grow(1)
  const seen = shelf.get(testSigner.origin)
  shelf.clear()
  await open().asking.askAll()
  expect(asked.slice(-2)).toEqual(['/w/add-checkpoint old 304', '/w/add-checkpoint old 0'])
  expect(shelf.get(testSigner.origin)?.size).toBe((seen?.size ?? 0) + 1)
})

test.each([
  ['does not answer well', { status: 500 }],
  ['leads elsewhere', { status: 307, headers: { location: 'http://127.0.0.1:1/add-checkpoint' } }],
  ['refuses and says no size', { status: 409, body: 'no\n' }],
  ['says that it has signed more', { status: 409, headers: { 'content-type': sizeContentType }, body: '99\n' }],
  ['signs nothing', { status: 200, body: '— kernel.example/testigo AAAAAAAAAAA=\n' }],
  ['talks for ever', { status: 200, body: 'a'.repeat(100_000) }],
])('[RC77] one that %s is left alone for a while, and then asked again', async (_, answer) => {
  const { asking, last } = open()
  await grow(3)
  instead = answer
  await asking.askAll()
  await asking.askAll()
  expect(asked.length).toBe(1)
  expect(await last()).toBeUndefined()
  instead = undefined
  clock.advance(10_000)
  await asking.askAll()
  expect(await last()).toBe(3)
})

test('[RC77] whoever does not answer at all does not keep the program from stopping', async () => {
  const { asking } = open()
  await grow(3)
  server.removeAllListeners('request')
  const reached = new Promise((done) => server.once('request', done))
  asking.start()
  await reached
  await asking.stop()
})
