import { consentText } from '@cabildo/protocol/consent'
import type { Authorship } from '@cabildo/protocol/http/authorship'
import type { RecordItem } from '@cabildo/protocol/http/record'
import { readUpdateBatch } from '@cabildo/record/payloads'
import { erasingWith } from '@cabildo/testkit/erasing'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld, type WorkshopWorld } from '@cabildo/testkit/workshop-world'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { eraseByProgram } from '../privacy/erasing/service.ts'

/** What the record, authorship and history tell of words typed for somebody else. */

let database: FreshDatabase
let app: TestApp
let world: WorkshopWorld
beforeAll(async () => {
  database = await freshDatabase()
  app = createTestApp(database)
  world = await plantWorkshopWorld(database, app.ask, app.cookieOf)
})
afterAll(() => database.drop())

const documentId = () => world.commitments[0]?.documentId ?? ''

async function adding(name: string): Promise<{ workshop: string; userId: string }> {
  const { id } = await world.open()
  const consent = { version: consentText.version, way: 'spoken' }
  const body = { name, groupId: world.otherGroupId, display: 'name', consent }
  const added = await app.ask(`POST /api/plans/${world.planId}/workshops/${id}/participants`, {
    as: world.as.carla,
    body,
  })
  const { participants } = await added.json()
  return { workshop: id, userId: participants[0].userId }
}

const summaryOf = (doc: Y.Doc) => (doc.getXmlFragment('summary').get(0) as Y.XmlElement).get(0) as Y.XmlText

/** Carla types, for `behalfId` or for herself. */
async function type(text: string, behalfId?: string): Promise<number> {
  const { userId, sessionId } = world.people.carla
  const groupId = behalfId ? world.otherGroupId : world.groupId
  const writer = { userId, sessionId, groupId, ...(behalfId && { behalfId }) }
  const { headSeq } = await app.rooms.edit(documentId(), { writer, via: 'draft' }, (doc) =>
    summaryOf(doc).insert(summaryOf(doc).length, text),
  )
  return headSeq
}

const read = async (path: string) => (await app.ask(`GET /api/${path}`, { as: world.as.lector })).json()
const entries = async (query = ''): Promise<RecordItem[]> =>
  (await read(`plans/${world.planId}/record?type=update-batch${query}`)).items
const payloadOf = async (seq: number) => {
  const row = await database.db
    .selectFrom('recordPayload')
    .where('planId', '=', world.planId)
    .where('seq', '=', seq)
    .select('payload')
    .executeTakeFirstOrThrow()
  return readUpdateBatch(JSON.parse(row.payload))
}

test('[RC115] [AU71] everything that tells who wrote tells who typed it for whom', async () => {
  const rosa = await adding('Doña Rosa')
  await type('De Carla. ')
  const seq = await type('De Rosa.', rosa.userId)
  await app.recorder.catchUp()

  const told: Authorship = await read(`documents/${documentId()}/authorship`)
  const run = told.fields.summary?.find(({ text }) => text === 'De Rosa.')
  expect(run).toMatchObject({
    authorId: rosa.userId,
    groupId: world.otherGroupId,
    editedById: world.people.carla.userId,
  })
  expect(told.groups.find(({ id }) => id === world.otherGroupId)).toMatchObject({ written: 8, people: 1 })

  const moment = await read(`documents/${documentId()}/authorship/moments/${seq}`)
  expect(moment).toMatchObject({
    author: { id: rosa.userId, name: 'Doña Rosa' },
    typedBy: { id: world.people.carla.userId },
    group: { id: world.otherGroupId },
    workshop: { id: rosa.workshop },
  })
  const history = await read(`documents/${documentId()}/history?limit=50`)
  expect(history.items.at(-1)).toMatchObject({
    author: { id: rosa.userId },
    typedBy: { id: world.people.carla.userId },
    fromSeq: seq,
  })
  expect(history.items.at(-2)).toMatchObject({ author: { id: world.people.carla.userId }, typedBy: null })

  const entry = (await entries()).find(({ behalf }) => behalf !== null)
  expect(entry).toMatchObject({
    actor: { person: { id: world.people.carla.userId } },
    behalf: { person: { id: rosa.userId, name: 'Doña Rosa' } },
    group: { id: world.otherGroupId },
  })
  const batch = await payloadOf(entry?.seq ?? 0)
  expect(batch?.behalf).toEqual({ pid: entry?.behalf?.pid, side: 'private_sector' })
  expect(batch?.workshop).toBe(rosa.workshop)
  expect((await entries(`&who=${entry?.behalf?.pid}`)).map(({ seq }) => seq)).toEqual([entry?.seq])
  const stored = await database.db
    .selectFrom('recordEntry')
    .where('planId', '=', world.planId)
    .select(['body'])
    .execute()
  for (const { body } of stored) expect(body).not.toContain(rosa.userId)
})

test('[RC116] who is erased stands in the record as somebody, and no longer as who they were', async () => {
  const rosa = await adding('Rosa Olvidada')
  await type(' Antes.', rosa.userId)
  await app.recorder.catchUp()
  await type(' Sin sellar.', rosa.userId)
  await eraseByProgram(erasingWith(database.db), rosa.userId)
  await app.recorder.catchUp()

  const mine = (await entries()).filter(({ behalf }) => behalf !== null).slice(0, 2)
  expect(mine.map(({ behalf }) => behalf)).toEqual([
    { pid: expect.any(String), person: null },
    { pid: expect.any(String), person: null },
  ])
  expect(mine[0]?.behalf?.pid).toBe(mine[1]?.behalf?.pid)
  const told: Authorship = await read(`documents/${documentId()}/authorship`)
  expect(JSON.stringify(told)).not.toContain(rosa.userId)
  await expect(type(' Después.', rosa.userId)).rejects.toThrow()
  const people = await database.db.selectFrom('recordPerson').where('userId', '=', rosa.userId).select('pid').execute()
  expect(people).toEqual([])
})
