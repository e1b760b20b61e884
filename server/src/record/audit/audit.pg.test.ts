import { consentText } from '@cabildo/protocol/consent'
import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { sitDown, typeInto } from '@cabildo/testkit/typist'
import { plantWorkshopWorld } from '@cabildo/testkit/workshop-world'
import { type KyselyPlugin, sql, type Transaction } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as Y from 'yjs'
import type { Database } from '../../db/types.ts'
import { takeOut } from '../redaction/taking-out.ts'
import { auditRecord, type Difference, findDifferences } from './service.ts'

let database: FreshDatabase
let world: TestApp
let plan: Awaited<ReturnType<typeof write>>
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
  plan = await write()
})
afterAll(() => database.drop())

const logger = pino({ level: 'silent' })

/** A plan with a text of two people in the record: entry 1 the planting, 2 and 3 what they typed, 4 a version. */
async function write() {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter', ben: 'drafter' })
  const documentId = await plantDocument(database.db, planId, people.ana, 'Agua')
  await world.recorder.catchUp()
  for (const someone of [people.ana, people.ben]) {
    const typist = await sitDown(world.rooms, documentId, someone)
    typeInto(typist.doc, 'problem', 'Falta agua. ')
    await typist.saved()
    typist.leave()
  }
  const as = await world.cookieOf(people.ana)
  await world.ask(`POST /api/documents/${documentId}/versions`, { as, body: { name: 'Una' } })
  await world.recorder.catchUp()
  return { planId, people, documentId, as }
}

/** What is found after something was done to the database as its owner could; all of it is undone. */
async function after(damage: (trx: Transaction<Database>) => Promise<unknown>): Promise<unknown> {
  const trx = await database.db.startTransaction().execute()
  try {
    await sql`set local session_replication_role = replica`.execute(trx)
    await damage(trx)
    return await findDifferences(trx, plan.planId)
  } finally {
    await trx.rollback().execute()
  }
}

type Damage = (trx: Transaction<Database>) => Promise<unknown>
const change = (statement: (documentId: string) => ReturnType<typeof sql>): Damage => {
  return (trx) => statement(plan.documentId).execute(trx)
}
const damages: [string, Damage, Difference['kind'], number | null][] = [
  [
    'a row of the log',
    change((id) => sql`update document_update set bytes = decode('0000', 'hex') where document_id = ${id} and seq = 2`),
    'row',
    2,
  ],
  [
    'who wrote a row',
    change(
      (id) =>
        sql`update document_update u set user_id = (select user_id from document_update where document_id = ${id} and seq = 3) where document_id = ${id} and seq = 2`,
    ),
    'row',
    2,
  ],
  [
    'how a row came',
    change((id) => sql`update document_update set via = 'restore' where document_id = ${id} and seq = 3`),
    'row',
    3,
  ],
  [
    'when it came',
    change(
      (id) =>
        sql`update document_update set stored_at = stored_at - interval '1 hour' where document_id = ${id} and seq = 3`,
    ),
    'row',
    3,
  ],
  [
    'a version, with its hash',
    change(
      (id) =>
        sql`update version set content = 'x', content_hash = 'sha256:' || encode(sha256('x'), 'hex') where document_id = ${id}`,
    ),
    'version',
    4,
  ],
  [
    'a version, without its hash',
    change((id) => sql`update version set content = content || ' ' where document_id = ${id}`),
    'version',
    4,
  ],
  [
    'the page of a version',
    change((id) => sql`update version set html = html || ' ' where document_id = ${id}`),
    'version',
    4,
  ],
  ['a version that went', change((id) => sql`delete from version where document_id = ${id}`), 'version', 4],
  [
    'a version that nobody kept',
    change(
      (id) =>
        sql`insert into version select 'another', document_id, 2, kind, name, note, seq, content, content_hash, author_ids, restored_from, created_by, created_at, html from version where document_id = ${id}`,
    ),
    'version',
    null,
  ],
  [
    'the end of a document',
    change((id) => sql`update document set head_seq = head_seq - 1 where id = ${id}`),
    'head',
    null,
  ],
  [
    'a row that nobody entered, and its mark',
    change(
      (id) =>
        sql`with mark as (update record_sealed set seq = 4 where document_id = ${id}), head as (update document set head_seq = 4 where id = ${id}) insert into document_update select document_id, 4, user_id, session_id, via, bytes, stored_at from document_update where document_id = ${id} and seq = 3`,
    ),
    'head',
    null,
  ],
  [
    'what an entry commits to',
    change(() => sql`update record_payload set payload = payload || ' ' where plan_id = ${plan.planId} and seq = 2`),
    'contents',
    2,
  ],
  [
    'contents that went',
    change(() => sql`delete from record_payload where plan_id = ${plan.planId} and seq = 4`),
    'contents',
    4,
  ],
  [
    'an entry',
    change(
      () =>
        sql`update record_entry set body = replace(body, 'drafter', 'coordinator') where plan_id = ${plan.planId} and seq = 3`,
    ),
    'entry',
    3,
  ],
  [
    'the last entry',
    change(() => sql`delete from record_entry where plan_id = ${plan.planId} and seq = 4`),
    'head',
    null,
  ],
]

test.each(damages)('[RC114] %s: the comparison names it', async (_, damage, kind, entry) => {
  const found = await after(damage)
  expect(found).toContainEqual(expect.objectContaining({ kind, entry }))
})

test('[RC114] nothing is found where nothing was changed', async () => {
  expect(await findDifferences(database.db, plan.planId)).toEqual([])
})

test('[RC114] what was taken out by an entry that says so is no difference; what stands there now is compared', async () => {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter' })
  const documentId = await plantDocument(database.db, planId, people.ana, 'Agua')
  const typist = await sitDown(world.rooms, documentId, people.ana)
  typeInto(typist.doc, 'problem', 'Lo dijo Rosa Batista.')
  await typist.saved()
  typist.leave()
  const as = await world.cookieOf(people.ana)
  const kept = await world.ask(`POST /api/documents/${documentId}/versions`, { as, body: { name: 'Rosa Batista' } })
  expect(kept.status).toBe(201)
  const wish = { planId, documentId, quote: 'Rosa Batista', ranges: [], basis: 'Ley 81', askedBy: null }
  await takeOut(
    { db: database.db, rooms: world.rooms },
    { ...wish, approvedBy: null },
    { after: async () => undefined },
  )
  expect(await findDifferences(database.db, planId)).toEqual([])

  const trx = await database.db.startTransaction().execute()
  await sql`set local session_replication_role = replica`.execute(trx)
  await sql`update version set html = html || ' ' where document_id = ${documentId}`.execute(trx)
  expect(await findDifferences(trx, planId)).toEqual([{ kind: 'version', entry: 3, documentId }])
  await trx.rollback().execute()
})

test('[RC114] for whom a row was typed is compared: put on, taken off and changed', async () => {
  const workshop = await plantWorkshopWorld(database, world.ask, world.cookieOf)
  const { planId, people } = workshop
  const documentId = workshop.commitments[0]?.documentId ?? ''
  const { id } = await workshop.open()
  const consent = { version: consentText.version, way: 'spoken' }
  const body = { name: 'Doña Rosa', groupId: workshop.otherGroupId, display: 'name', consent }
  const added = await world.ask(`POST /api/plans/${planId}/workshops/${id}/participants`, {
    as: workshop.as.carla,
    body,
  })
  const { participants } = await added.json()
  const { userId, sessionId } = people.carla
  const type = async (behalfId?: string) => {
    const groupId = behalfId ? workshop.otherGroupId : workshop.groupId
    const writer = { userId, sessionId, groupId, ...(behalfId && { behalfId }) }
    const { headSeq } = await world.rooms.edit(documentId, { writer, via: 'draft' }, (doc) => {
      const text = (doc.getXmlFragment('summary').get(0) as Y.XmlElement).get(0) as Y.XmlText
      text.insert(text.length, 'Agua. ')
    })
    await world.recorder.catchUp()
    return headSeq
  }
  const rosa: string = participants[0].userId
  const [own, typed] = [await type(), await type(rosa)]
  expect(await findDifferences(database.db, planId)).toEqual([])

  const changes: [number, string | null][] = [
    [own, rosa],
    [typed, null],
    [typed, people.ana.userId],
    [typed, 'nobody'],
  ]
  for (const [seq, behalfId] of changes) {
    const trx = await database.db.startTransaction().execute()
    await sql`set local session_replication_role = replica`.execute(trx)
    await sql`update document_update set behalf_id = ${behalfId} where document_id = ${documentId} and seq = ${seq}`.execute(
      trx,
    )
    const found = await findDifferences(trx, planId)
    await trx.rollback().execute()
    expect(found, `${seq} ${behalfId}`).toEqual([{ kind: 'row', entry: expect.any(Number), documentId }])
  }
})

test('[RC114] whether it is to end is asked before each question to the database', async () => {
  let asked = 0
  const found: number[] = []
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => {
      found.push(asked)
      return node
    },
    transformResult: async ({ result }) => result,
  }
  const enough = () => ++asked < 0
  expect(await findDifferences(database.db.withPlugin(counting), plan.planId, enough)).toEqual([])
  expect(found.length).toBeGreaterThan(7)
  // Never two questions after one and the same answer.
  expect(new Set(found).size).toBe(found.length)
})

/** What the plan's page is told. */
async function told(): Promise<unknown> {
  const answer = await world.ask(`GET /api/plans/${plan.planId}/record/head`, { as: plan.as })
  return (await answer.json()).disagreement
}

test('[RC118] what is found is kept with the day it was first found, and told until a comparison finds nothing', async () => {
  const { db } = database
  const { documentId } = plan
  const rewrite = async (change: (trx: Transaction<Database>) => Promise<unknown>) => {
    await db.transaction().execute(async (trx) => {
      await sql`set local session_replication_role = replica`.execute(trx)
      await change(trx)
    })
  }
  await auditRecord(db, logger)
  expect(await told()).toBeNull()

  const { content } = await db
    .selectFrom('version')
    .select('content')
    .where('documentId', '=', documentId)
    .executeTakeFirstOrThrow()
  await rewrite((trx) => sql`update version set content = 'x' where document_id = ${documentId}`.execute(trx))
  await auditRecord(db, logger)
  const first = (await told()) as { since: string }
  expect(first).toEqual({ since: expect.any(String), kind: 'version', entry: 4, documentId })
  await sql`update record_comparison set since = since - interval '2 days', at = at - interval '2 days'`.execute(db)
  await auditRecord(db, logger)
  const again = (await told()) as { since: string }
  expect(Date.parse(again.since)).toBeLessThan(Date.parse(first.since) - 24 * 3600 * 1000)

  // Ended before its end, it says nothing.
  await rewrite((trx) => sql`update version set content = ${content} where document_id = ${documentId}`.execute(trx))
  await auditRecord(db, logger, () => true)
  expect(await told()).toEqual(again)
  await auditRecord(db, logger)
  expect(await told()).toBeNull()
})
