import { type ArchiveFile, readArchive } from '@cabildo/record/archive'
import { readWhole } from '@cabildo/record/archive-files'
import { nodeVerifiers } from '@cabildo/record/cli/verifiers'
import { verifyBundle } from '@cabildo/record/verify'
import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { createRebuilding } from '@cabildo/verify/rebuild'
import { filler } from '@cabildo/verify/redact'
import { sql } from 'kysely'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import { prepareAppRole } from '../../db/app-role.ts'
import { createDb, createPool } from '../../db/client.ts'
import type { Connection } from '../../rooms/ports.ts'
import { appendEntry, pidOf } from '../service.ts'

let database: FreshDatabase
let app: pg.Pool
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  const role = await prepareAppRole(database.pool)
  app = createPool({ ...database.pool.options, options: `-c role=${role}`, max: 6 })
  world = createTestApp({ ...database, pool: app, db: createDb(app) })
})
afterAll(async () => {
  await world.rooms.drain()
  await app.end()
  await database.drop()
})

const quote = 'Ana Paz, 8-888-888'
const basis = 'Ley 81 de 2019'

async function planted() {
  const { planId, people } = await plantPlan(database.db, {
    cora: 'coordinator',
    fina: 'facilitator',
    dina: 'drafter',
    mo: 'monitor',
  })
  const documentId = await plantDocument(database.db, planId, people.dina, `Pozo de ${quote}`)
  const cookies = {
    cora: await world.cookieOf(people.cora),
    fina: await world.cookieOf(people.fina),
    dina: await world.cookieOf(people.dina),
    mo: await world.cookieOf(people.mo),
  }
  const write = (change: (text: Y.XmlText, doc: Y.Doc) => void) =>
    world.rooms.edit(
      documentId,
      { writer: { userId: people.dina.userId, sessionId: null, groupId: null }, via: 'draft' },
      (doc) => {
        const paragraph = doc.getXmlFragment('problem').get(0) as Y.XmlElement
        change(paragraph.get(0) as Y.XmlText, doc)
      },
    )
  await write((text) => text.insert(0, `Vive aquí ${quote}. Nadie más.`))
  const version = await world.ask(`POST /api/documents/${documentId}/versions`, {
    as: cookies.dina,
    body: { name: `Lo de ${quote}`, note: 'Una nota' },
  })
  expect(version.status).toBe(201)
  const { id: versionId } = await version.json()
  await write((text) => text.delete(0, 15))
  await write((_, doc) => doc.getMap('facts').set('leadInstitution', `Junta (${quote})`))
  return { planId, people, documentId, cookies, versionId, write }
}

type Planted = Awaited<ReturnType<typeof planted>>

async function ask({ planId, documentId, cookies }: Planted, as = cookies.fina, body: object = {}) {
  const wish = { documentId, quote, basis, reason: 'Lo pidió.', ...body }
  const response = await world.ask(`POST /api/plans/${planId}/redactions`, { as, body: wish })
  return { status: response.status, body: await response.json() }
}

const approve = ({ planId }: Planted, id: string, as: string) =>
  world.ask(`POST /api/plans/${planId}/redactions/${id}/approve`, { as, body: {} })

const bundleOf = async ({ planId, cookies }: Planted) => {
  await world.recorder.catchUp()
  const response = await world.ask(`GET /api/plans/${planId}/record/bundle`, { as: cookies.cora })
  return new Uint8Array(await response.arrayBuffer())
}

async function verify(bundle: Uint8Array) {
  const { rebuild } = createRebuilding()
  const { exitCode, findings } = await verifyBundle(bundle, { verifiers: nodeVerifiers, rebuild })
  return { exitCode, codes: findings.map(({ code }) => code), findings }
}

/** Every value of every row of the database, as text. */
async function everythingStored(): Promise<string> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.tables
    where table_schema = current_schema() and table_type = 'BASE TABLE'`.execute(database.db)
  const parts: string[] = []
  for (const { name } of tables.rows) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(name)}`.execute(database.db)
    for (const row of rows) {
      for (const value of Object.values(row)) {
        parts.push(Buffer.isBuffer(value) ? value.toString('utf8') : JSON.stringify(value ?? null))
        // Updates stand in payloads as base64.
        if (name === 'record_payload' && typeof value === 'string' && value.startsWith('{')) {
          const { updates = [] } = JSON.parse(value)
          for (const { bytes } of updates) parts.push(Buffer.from(bytes, 'base64').toString('utf8'))
        }
      }
    }
  }
  return parts.join('\n')
}

test('[RC172] [RC95] two people take words out: they are gone from everywhere, and everything stays proven', async () => {
  const made = await planted()
  const { documentId, cookies, versionId, planId } = made
  await database.db
    .insertInto('documentDraft')
    .values({
      id: 'd'.repeat(22),
      documentId,
      userId: made.people.dina.userId,
      reason: 'refused',
      baseSeq: 1,
      bytes: Buffer.from(draftOf(`Otra vez ${quote}`)),
      bytesHash: 'x',
    })
    .execute()
  expect(await verify(await bundleOf(made))).toMatchObject({ exitCode: 0 })
  expect(await everythingStored()).toContain('8-888-888')
  const closed: string[] = []
  await world.rooms.join(connection('third', closed), entrance(made))

  // Held by then in memory and in the database.
  const whoWrote = async () =>
    (await world.ask(`GET /api/documents/${documentId}/authorship`, { as: cookies.mo })).text()
  expect(await whoWrote()).toContain(quote)

  const asked = await ask(made)
  expect(asked).toMatchObject({ status: 201, body: { places: 3, quote, own: true, outcome: null, entry: null } })
  expect((await approve(made, asked.body.id, cookies.fina)).status).toBe(403)
  expect((await approve(made, asked.body.id, cookies.dina)).status).toBe(403)
  const approved = await approve(made, asked.body.id, cookies.cora)
  expect(approved.status).toBe(200)
  const answer = await approved.json()
  expect(answer).toMatchObject({ outcome: 'approved', quote: null, own: false, entry: expect.any(Number) })
  expect(closed).toEqual(['epoch_mismatch'])

  const text = await everythingStored()
  for (const word of [quote, '8-888-888', 'Ana Paz']) expect(text).not.toContain(word)
  const version = await (
    await world.ask(`GET /api/documents/${documentId}/versions/${versionId}`, { as: cookies.mo })
  ).json()
  expect(JSON.stringify(version.content)).toContain(`Vive aquí ${filler.repeat(quote.length)}. Nadie más.`)
  expect(version.name).toBe(`Lo de ${filler.repeat(quote.length)}`)
  const document = await (await world.ask(`GET /api/documents/${documentId}`, { as: cookies.mo })).json()
  expect(document.content.facts.leadInstitution).toBe(`Junta (${filler.repeat(quote.length)})`)

  expect(await whoWrote()).not.toContain(quote)

  const bundle = await bundleOf(made)
  const { exitCode, codes, findings } = await verify(bundle)
  expect({ exitCode, differs: codes.filter((code) => /differs|hidden|present/.test(code)) }).toEqual({
    exitCode: 0,
    differs: [],
  })
  const told = findings.find(({ code }) => code === 'redacted')
  expect(told?.en).toContain(basis)
  const entry = await (
    await world.ask(`GET /api/plans/${planId}/record/entries/${answer.entry}`, { as: cookies.mo })
  ).json()
  expect(entry.sealed.payload).not.toContain('Paz')
  expect(JSON.parse(entry.sealed.payload)).toMatchObject({ basis, approver: expect.any(String) })

  const before = await (await world.ask(`GET /api/plans/${planId}/record/entries/1`, { as: cookies.mo })).json()
  expect(before).toMatchObject({ sealed: null, proof: expect.stringContaining('tlog-proof') })
  const list = readText(readArchive(bundle).files.get('redactions.md'))
  expect(list).toContain(JSON.parse(entry.sealed.payload).approver)
  expect(list).toContain(basis)

  // A second time, from a batch that was replaced already.
  const again = await ask(made, cookies.cora, { quote: 'Nadie más' })
  expect(again.status).toBe(201)
  expect((await approve(made, again.body.id, cookies.fina)).status).toBe(200)
  expect(await verify(await bundleOf(made))).toMatchObject({ exitCode: 0 })
  expect(await everythingStored()).not.toContain('Nadie más')
})

const readText = (file: ArchiveFile | undefined) => (file ? new TextDecoder().decode(readWhole(file)) : '')

function draftOf(words: string): Uint8Array {
  const doc = new Y.Doc()
  const paragraph = new Y.XmlElement('paragraph')
  paragraph.insert(0, [new Y.XmlText(words)])
  doc.getXmlFragment('problem').insert(0, [paragraph])
  return Y.encodeStateAsUpdate(doc)
}

function connection(id: string, closed: string[]): Connection {
  return {
    id,
    send: () => undefined,
    flush: () => undefined,
    close: (reason) => void closed.push(reason),
    open: true,
    pause: () => undefined,
    resume: () => undefined,
  }
}

function entrance({ documentId, people }: Planted) {
  const { userId, sessionId } = people.mo
  const person = { id: userId, name: 'mo', group: null } as never
  const member = {
    userId,
    sessionId,
    person,
    canWrite: false,
    expectsToWrite: false,
    capabilities: new Set<never>(),
  }
  return { documentId, member }
}

test('[RC172] only those who may can ask or see it, and only where the words stand', async () => {
  const made = await planted()
  const { planId, cookies } = made
  expect((await ask(made, cookies.dina)).status).toBe(403)
  expect((await world.ask(`GET /api/plans/${planId}/redactions`, { as: cookies.mo })).status).toBe(403)
  expect(await ask(made, cookies.fina, { quote: 'No está aquí' })).toMatchObject({ status: 400 })
  expect(await ask(made, cookies.fina, { basis: `Sobre ${quote}` })).toMatchObject({ status: 400 })
  expect(await ask(made, cookies.fina, { reason: `Sobre ${quote}` })).toMatchObject({ status: 400 })
  const asked = await ask(made)
  expect((await ask(made)).status).toBe(409)
  expect(
    (await world.ask(`DELETE /api/plans/${planId}/redactions/${asked.body.id}`, { as: cookies.cora })).status,
  ).toBe(204)
  expect((await approve(made, asked.body.id, cookies.cora)).status).toBe(404)
  const own = await ask(made)
  await world.ask(`DELETE /api/plans/${planId}/redactions/${own.body.id}`, { as: cookies.fina })
  const { items } = await (await world.ask(`GET /api/plans/${planId}/redactions`, { as: cookies.cora })).json()
  expect(items.map(({ outcome, quote }: { outcome: string; quote: null }) => [outcome, quote])).toEqual([
    ['taken_back', null],
    ['refused', null],
  ])
  expect(await everythingStored()).toContain(quote)
})

test('[RC99] the words of a request are kept encrypted, and go after three days', async () => {
  const made = await planted()
  const { planId, cookies } = made
  const asked = await ask(made)
  const kept = await sql<{ quote: Buffer }>`select quote from redaction where id = ${asked.body.id}`.execute(
    database.db,
  )
  expect(kept.rows[0]?.quote.toString('utf8')).not.toContain('Paz')
  await sql`update redaction set asked_at = now() - interval '73 hours' where id = ${asked.body.id}`.execute(
    database.db,
  )
  expect((await approve(made, asked.body.id, cookies.cora)).status).toBe(404)
  const { items } = await (await world.ask(`GET /api/plans/${planId}/redactions`, { as: cookies.cora })).json()
  expect(items).toMatchObject([{ outcome: 'expired', quote: null }])
})

test('[RC97] nothing but a redaction of this very transaction rewrites a row or a payload', async () => {
  const made = await planted()
  const { planId, documentId } = made
  await world.recorder.catchUp()
  const calls = [
    `select redact_updates('${planId}', 1, '{1}', '{"\\\\x00"}')`,
    `select redact_payloads('${planId}', 1, '{1}', '{"\\\\x00"}', '{x}')`,
  ]
  for (const call of calls) {
    await expect(app.query(call)).rejects.toThrow('nothing is taken out without an entry that says so')
  }
  for (const table of ['document_update', 'record_payload']) {
    for (const pool of [app, database.pool]) {
      await expect(pool.query(`delete from ${table}`)).rejects.toThrow(/permission denied|append-only/)
    }
    await expect(app.query(`begin; set local cabildo.redacting = '1'; delete from ${table}`)).rejects.toThrow(
      /permission/,
    )
    await app.query('rollback')
  }
  const asked = await ask(made)
  const answer = await (await approve(made, asked.body.id, made.cookies.cora)).json()
  // The entry of an earlier transaction lets nothing through, nor does one that names other entries.
  const late = `select redact_updates('${planId}', ${answer.entry}, '{1}', '{"\\\\x00"}')`
  await expect(app.query(late)).rejects.toThrow('nothing is taken out')
  const rows = await sql`select from document_update where document_id = ${documentId} and bytes = '\\x00'`.execute(
    database.db,
  )
  expect(rows.rows).toEqual([])
})

test('[RC141] an entry alone rewrites nothing: two people who may, rows that it names, and filler', async () => {
  const made = await planted()
  const { planId, people, documentId } = made
  await world.recorder.catchUp()
  const batches = await sql<{ seq: number }>`
    select seq from record_entry where plan_id = ${planId} and type = 'update-batch' order by seq`.execute(database.db)
  const [first = { seq: 0 }, second = { seq: 0 }] = batches.rows
  const { rows } = await sql<{ updates: { seq: number }[] }>`
    select payload::jsonb -> 'updates' as updates from record_payload
    where plan_id = ${planId} and seq = ${first.seq}`.execute(database.db)
  const row = rows[0]?.updates[0]?.seq ?? 0
  const filled = Buffer.from(`x${filler}`)
  const take = (
    {
      asker,
      approver,
      refs = [first.seq],
      bytes = filled,
    }: Partial<Record<'asker' | 'approver', string>> & {
      refs?: number[]
      bytes?: Buffer
    },
    rewritten = row,
  ) =>
    createDb(app)
      .transaction()
      .execute(async (trx) => {
        const pid = approver && (await pidOf(trx, planId, approver))
        const payload = { basis, ...(pid && { approver: pid }), replaced: [] }
        const fact = { type: 'redaction', userId: asker ?? null, documentId, refs, payload } as const
        const { seq } = await appendEntry(trx, planId, fact)
        await sql`select redact_updates(${planId}, ${seq}, ${[rewritten]}::bigint[], ${[bytes]}::bytea[])`.execute(trx)
        throw new Error('it went through')
      })
  const [cora, fina, dina] = [people.cora.userId, people.fina.userId, people.dina.userId]
  const twoPeople = /two people who may do so/
  await expect(take({ asker: cora })).rejects.toThrow(twoPeople)
  await expect(take({ asker: cora, approver: cora })).rejects.toThrow(twoPeople)
  await expect(take({ asker: dina, approver: cora })).rejects.toThrow(twoPeople)
  await expect(take({ asker: cora, approver: dina })).rejects.toThrow(twoPeople)
  await expect(take({ approver: cora })).rejects.toThrow(twoPeople)
  const two = { asker: cora, approver: fina }
  await expect(take({ ...two, refs: [second.seq] })).rejects.toThrow(/does not name/)
  await expect(take({ ...two, bytes: Buffer.from('agua') })).rejects.toThrow(/is filler/)
  await expect(take(two)).rejects.toThrow('it went through')
  await expect(take({})).rejects.toThrow('it went through')
})
