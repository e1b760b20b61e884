import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../db/ids.ts'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(() => database.drop())

/** The moment of a row of a document's log, and `after` microseconds, to the microsecond. */
const momentOf = (documentId: string, seq: number, after = 0) =>
  sql<Date>`(select stored_at + ${after}::int * interval '1 microsecond' from document_update
    where document_id = ${documentId} and seq = ${seq})`

async function documentOfFiveRows() {
  const { db } = database
  const { planId, people } = await plantPlan(db, { ana: 'drafter', eva: 'reviewer' })
  const documentId = await plantDocument(db, planId, people.ana, 'Cuentas')
  const other = await plantDocument(db, planId, people.ana, 'Agua')
  for (let seq = 2; seq <= 5; seq++) {
    await sql`
      insert into document_update (document_id, seq, user_id, via, bytes, stored_at)
      select document_id, ${seq}, user_id, via, bytes, clock_timestamp() from document_update
      where document_id = ${documentId} and seq = 1`.execute(db)
    await db.updateTable('document').set({ headSeq: seq }).where('id', '=', documentId).execute()
  }
  const as = await world.cookieOf(people.eva)
  const marks = async () =>
    (await (await world.ask(`GET /api/documents/${documentId}/authorship/marks`, { as })).json()).items
  return { db, planId, people, documentId, other, marks }
}

test('[AU70] consultations stand at the rows stored meanwhile, or at the last one before their end', async () => {
  const { db, planId, documentId, other, marks } = await documentOfFiveRows()
  expect(await marks()).toEqual([])
  const window = (
    of: string | null,
    number: number,
    state: string,
    opens: [number, number],
    ended?: [number, number],
  ) =>
    sql`
      insert into consultation_window (id, plan_id, document_id, number, state, opens_at, closes_at, ended_at)
      values (${newId()}, ${planId}, ${of}, ${number}, ${state}, ${momentOf(documentId, ...opens)},
        now() + interval '9 days', ${ended ? momentOf(documentId, ...ended) : null})`.execute(db)
  await window(documentId, 1, 'consultation', [2, 0], [3, 0])
  await window(documentId, 2, 'consultation', [3, 1], [3, 2])
  await window(documentId, 3, 'consultation', [5, 0])
  await window(null, 1, 'gathering', [1, -9_000_000], [1, -1])
  await window(null, 2, 'consultation', [1, -9_000_000], [4, 0])
  await window(other, 1, 'consultation', [1, 0], [5, 0])
  const told = (await marks()).map(({ of, number, fromSeq, toSeq }: Record<string, unknown>) => [
    ...[of, number, fromSeq, toSeq],
  ])
  expect(told).toEqual([
    ['commitment', 1, 2, 3],
    ['commitment', 2, 3, 3],
    ['plan', 2, 1, 4],
    ['commitment', 3, 5, 5],
  ])
  expect((await marks())[2]).toMatchObject({ kind: 'consultation', state: 'consultation', opensAt: expect.any(String) })
})

test('[AU70] meetings that were held stand on the log of each text of their plan, those before its beginning do not', async () => {
  const { db, planId, people, documentId, marks } = await documentOfFiveRows()
  const day = (after: number) =>
    sql<Date>`(${momentOf(documentId, 1)} at time zone 'America/Panama')::date + ${after}::int`
  const plant = (number: number, state: 'held' | 'planned' | 'cancelled', after: number) =>
    db
      .insertInto('meeting')
      .values({
        ...{ id: newId(), planId, number, key: newId(), title: `Reunión ${number}`, heldOn: day(after) },
        ...{ mode: 'in_person', place: 'Chepo', isPublic: true, agenda: '', results: '', state },
        ...{ reason: state === 'cancelled' ? 'Lluvia' : null, salt: Buffer.alloc(32), entry: 1 },
        createdBy: people.ana.userId,
      })
      .execute()
  await plant(1, 'held', 0)
  await plant(2, 'held', -1)
  await plant(3, 'planned', 0)
  await plant(4, 'cancelled', 0)
  const { rows } = await sql<{ last: number }>`
    select max(seq) as last from document_update where document_id = ${documentId}
      and (stored_at at time zone 'America/Panama')::date = ${day(0)}`.execute(db)
  expect(await marks()).toEqual([
    {
      ...{ kind: 'meeting', id: expect.any(String), title: 'Reunión 1', heldOn: expect.stringMatching(/^\d{4}-/) },
      ...{ fromSeq: 1, toSeq: rows[0]?.last },
    },
  ])
})

test('[AU70] named versions and decisions stand where their text is, in the order of time', async () => {
  const { db, planId, people, documentId, marks } = await documentOfFiveRows()
  const version = async (number: number, name: string | null, seq: number) => {
    const id = newId()
    const made = {
      kind: name === null ? 'automatic' : 'named',
      createdBy: people.ana.userId,
      createdAt: new Date(1000),
    }
    const text = { content: '{}', contentHash: 'sha256:00', authorIds: [], html: '' }
    await db
      .insertInto('version')
      .values({ id, documentId, number, name, seq, ...made, ...text })
      .execute()
    return id
  }
  const named = await version(1, 'Mesa', 3)
  const asked = await version(2, null, 5)
  const request = async (number: number, state: string, closedAt: Date | null) => {
    const id = newId()
    await db
      .insertInto('approvalRequest')
      .values({
        ...{ id, planId, documentId, number, versionId: asked, contentHash: 'sha256:00', headSeq: 5, state, note: '' },
        ...{ requestedBy: people.ana.userId, requestedAt: new Date(number * 10_000), closedAt, entry: 1 },
      })
      .execute()
    return id
  }
  const returned = await request(1, 'returned', new Date(15_000))
  const approved = await request(2, 'approved', null)
  const party = { requestId: approved, userId: people.eva.userId }
  await db
    .insertInto('approvalDecider')
    .values({ ...party, party: 'government' })
    .execute()
  await db
    .insertInto('approvalDecision')
    .values({ ...party, verdict: 'approve', contentHash: 'sha256:00', reason: '', fresh: 'code', entry: 2 })
    .execute()
  const told = await marks()
  expect(told).toEqual([
    { kind: 'version', id: named, number: 1, name: 'Mesa', at: '1970-01-01T00:00:01.000Z', fromSeq: 3, toSeq: 3 },
    {
      kind: 'decision',
      id: returned,
      number: 1,
      state: 'returned',
      at: '1970-01-01T00:00:15.000Z',
      fromSeq: 5,
      toSeq: 5,
    },
    { kind: 'decision', id: approved, number: 2, state: 'approved', at: expect.any(String), fromSeq: 5, toSeq: 5 },
  ])
  const [decision] = await db
    .selectFrom('approvalDecision')
    .where('requestId', '=', approved)
    .select('decidedAt')
    .execute()
  expect(told[2].at).toBe(decision?.decidedAt.toISOString())
})
