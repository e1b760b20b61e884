import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nodeVerifiers } from '@cabildo/record/cli/verifiers'
import { verifyBundle } from '@cabildo/record/verify'
import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { findText } from '@cabildo/verify/find-text'
import { filler } from '@cabildo/verify/redact'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reconcileRedactions } from './again.ts'
import { createRedactionJournal } from './journal.ts'
import { findRows } from './text-store.ts'

let database: FreshDatabase
let world: TestApp
let folder: string
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
  folder = await mkdtemp(join(tmpdir(), 'cabildo-redacted-'))
})
afterAll(async () => {
  await world.rooms.drain()
  await database.drop()
  await rm(folder, { recursive: true })
})

const logger = pino({ level: 'silent' })
const quote = 'Ana Paz'

async function planted() {
  const { planId, people } = await plantPlan(database.db, { cora: 'coordinator', fina: 'facilitator' })
  const documentId = await plantDocument(database.db, planId, people.cora, `Casa de ${quote}`)
  const [cora, fina] = [await world.cookieOf(people.cora), await world.cookieOf(people.fina)]
  await world.ask(`POST /api/documents/${documentId}/versions`, { as: cora, body: { name: 'Una' } })
  return { planId, documentId, cora, fina }
}

const depsWith = (name: string) => {
  const journal = createRedactionJournal(folder)
  return { db: database.db, rooms: world.rooms, journal, logger, path: join(folder, name) }
}

test('[RC98] what was taken out is noted outside the database, without the words', async () => {
  const { planId, documentId, cora, fina } = await planted()
  const body = { documentId, quote, basis: 'Ley 81 de 2019' }
  const { id } = await (await world.ask(`POST /api/plans/${planId}/redactions`, { as: fina, body })).json()
  await world.ask(`POST /api/plans/${planId}/redactions/${id}/approve`, { as: cora, body: {} })
  const deps = depsWith('redacted')
  // Cut off in the middle of a line, as a killed process leaves it.
  await writeFile(deps.path, '{"id":"x","planI')
  expect(await reconcileRedactions(deps)).toBe(0)
  expect(await reconcileRedactions(deps)).toBe(0)
  const text = await readFile(deps.path, 'utf8')
  expect(text).not.toContain('Paz')
  expect([...(await deps.journal.read()).values()]).toEqual([
    { id, planId, documentId, basis: body.basis, ranges: [expect.objectContaining({ length: quote.length })] },
  ])
})

test('[RC98] where the log of an older copy holds nothing of it, the words that threads are on go, once', async () => {
  const { planId, documentId, cora } = await planted()
  const opening = { key: 'key-of-the-thread', kind: 'comment', body: '¿Quién?' }
  await world.ask(`POST /api/documents/${documentId}/threads`, { as: cora, body: opening })
  const on = { field: 'problem', origins: JSON.stringify([[4242, 0, quote.length]]), quote }
  await database.db.updateTable('thread').set(on).where('documentId', '=', documentId).execute()
  const deps = depsWith('redacted')
  const ranges = [{ client: 4242, clock: 0, length: quote.length }]
  await deps.journal.add([{ id: 'c'.repeat(22), planId, documentId, basis: 'Ley 81 de 2019', ranges }])
  expect(await reconcileRedactions(deps)).toBe(1)
  expect(await reconcileRedactions(deps)).toBe(0)
  const { items } = await (await world.ask(`GET /api/documents/${documentId}/threads`, { as: cora })).json()
  expect(items).toMatchObject([{ quote: filler.repeat(quote.length) }])
  const listed = await (await world.ask(`GET /api/plans/${planId}/redactions`, { as: cora })).json()
  expect(listed.items).toMatchObject([{ outcome: 'approved', askedBy: null, entry: null }])
})

test('[RC98] what an older copy of the database brought back is taken out again, by the program, once', async () => {
  const { planId, documentId, cora } = await planted()
  const deps = depsWith('redacted')
  const rows = await findRows(database.db, documentId, { after: 0, upTo: 100 })
  const { ranges } = findText(
    rows.map(({ bytes }) => bytes),
    quote,
  )
  const elsewhere = { planId, documentId: 'n'.repeat(22), basis: 'Otra', ranges }
  await deps.journal.add([
    { id: 'a'.repeat(22), planId, documentId, basis: 'Ley 81 de 2019', ranges },
    { id: 'b'.repeat(22), ...elsewhere },
  ])
  expect(await reconcileRedactions(deps)).toBe(1)
  expect(await reconcileRedactions(deps)).toBe(0)

  const document = await (await world.ask(`GET /api/documents/${documentId}`, { as: cora })).text()
  expect(document).toContain(filler.repeat(quote.length))
  expect(document).not.toContain(quote)
  const { items } = await (await world.ask(`GET /api/plans/${planId}/redactions`, { as: cora })).json()
  expect(items).toMatchObject([{ outcome: 'approved', askedBy: null, endedBy: null, basis: 'Ley 81 de 2019' }])
  expect(JSON.stringify(items)).not.toContain(quote)
  await world.recorder.catchUp()
  const bundle = await world.ask(`GET /api/plans/${planId}/record/bundle`, { as: cora })
  const report = await verifyBundle(new Uint8Array(await bundle.arrayBuffer()), { verifiers: nodeVerifiers })
  expect(report.exitCode).toBe(0)
  expect(report.findings.find(({ code }) => code === 'redacted')?.en).toContain('sistema')
})
