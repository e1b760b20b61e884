import { nodeVerifiers } from '@cabildo/record/cli/verifiers'
import { verifyBundle } from '@cabildo/record/verify'
import { plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, memoryJournal, type TestApp, testSigner, testSpool } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createThrottles } from '../../auth/throttling.ts'
import { createRates } from '../../http/rates.ts'
import { appendEntries } from '../service.ts'
import { createTree } from '../tree/service.ts'
import { createBundles } from './service.ts'

/** More than a page of rows, and than two of letters. */
const facts = 1050
const letters = 2200

let database: FreshDatabase
let world: TestApp
let planId: string
let cookie: string
let ana: Awaited<ReturnType<typeof plantPlan>>['people'][string]
beforeAll(async () => {
  database = await freshDatabase()
  const { db, pool } = database
  const limits = {
    change: { account: 99, plan: 99 },
    heavy: { account: 4 },
    upload: { account: 9 },
    file: { account: 9 },
  }
  const rates = createRates({ throttles: createThrottles(pool), planOf: async () => undefined, limits })
  world = createTestApp(database, { rates })
  const planted = await plantPlan(db, { ana: 'coordinator' })
  planId = planted.planId
  ana = planted.people.ana
  cookie = await world.cookieOf(ana)
  const { userId } = planted.people.ana
  const fact = (at: number) => ({
    ...{ type: 'plan' as const, userId },
    payload: { what: 'measured', at, text: 'ñ'.repeat(letters / 2) },
  })
  await db.transaction().execute((trx) =>
    appendEntries(
      trx,
      planId,
      Array.from({ length: facts }, (_, at) => fact(at)),
    ),
  )
  await world.recorder.catchUp()
})
afterAll(() => database.drop())

const ask = (method: 'GET' | 'HEAD') => world.ask(`${method} /api/plans/${planId}/record/bundle`, { as: cookie })

test('[RC175] a bundle of many pages is whole, says how long it is, and is the same file for who asks next', async () => {
  const answer = await ask('GET')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/zip')
  const bytes = new Uint8Array(await answer.arrayBuffer())
  expect(bytes.length).toBe(Number(answer.headers.get('content-length')))
  const trustedKeys = testSigner.verifierKeys.slice(0, 1)
  const report = await verifyBundle(bytes, { trustedKeys, verifiers: nodeVerifiers })
  const { rows } = await sql<{ entries: number; payloads: number; checkpoints: number }>`
    select (select count(*)::int from record_entry where plan_id = ${planId}) as entries,
      (select count(*)::int from record_payload where plan_id = ${planId}) as payloads,
      (select count(*)::int from record_checkpoint) as checkpoints`.execute(database.db)
  expect(report.exitCode).toBe(0)
  expect(report.counts).toEqual({ ...rows[0], versions: 0 })
  expect(report.counts.entries).toBeGreaterThanOrEqual(facts)

  const again = await ask('GET')
  expect(Buffer.from(await again.arrayBuffer()).equals(bytes)).toBe(true)
})

test('[RC175] while it is sent, nothing of the database is held, and asking costs points', async () => {
  const head = await ask('HEAD')
  expect([head.status, Number(head.headers.get('content-length')) > facts * 200]).toEqual([200, true])
  const slow = (await ask('GET')).body?.getReader()
  await slow?.read()
  const { rows } = await sql<{ busy: number }>`
    select count(*)::int as busy from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle' and backend_type = 'client backend'`.execute(
    database.db,
  )
  expect(rows).toEqual([{ busy: 0 }])
  await slow?.cancel()
  expect((await ask('GET')).status).toBe(429)
})

test('[RC175] [EX22] whoever waits for a bundle hears how much of it is made, also who came later', async () => {
  const { db } = database
  const logger = pino({ level: 'silent' })
  const tree = createTree({ db, signer: testSigner, journal: memoryJournal(), logger })
  await tree.grow()
  const actor = { ...ana, workshopId: null, secondFactor: true }
  const listen = async () => {
    const bundles = createBundles({ db, tree, witnesses: [], spool: testSpool() })
    const heard: number[][] = [[], []]
    const made = heard.map((shares) => bundles.of(actor, planId, (share) => shares.push(share)))
    for (const { stream } of await Promise.all(made)) await stream.cancel()
    return heard
  }
  let heard = await listen()
  // On a busy machine one may be let in only when the bundle of the other is made, and hears nothing then.
  for (let again = 0; again < 20 && heard.some(({ length }) => length <= 4); again += 1) heard = await listen()
  for (const shares of heard) {
    // Two pages of entries, three of contents.
    expect(shares.length).toBeGreaterThan(4)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    expect([shares.at(0), shares.at(-1)]).toEqual([expect.closeTo(0.38, 1), expect.closeTo(0.95)])
  }
})
