import { createHash } from 'node:crypto'
import { contentOf } from '@cabildo/schema/content'
import { fieldText } from '@cabildo/schema/text'
import { type DocumentServer, serveDocuments } from '@cabildo/testkit/document-server'
import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { addParagraph, sitDown, typeInto } from '@cabildo/testkit/typist'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Rooms } from '../rooms/ports.ts'
import { keepMoment, momentOf } from './service.ts'
import { lockDocument } from './store.ts'

let database: FreshDatabase
let server: DocumentServer
let planId: string
let documentId: string
let ann: Someone
let ben: Someone
let rita: Someone
let stranger: Someone

beforeAll(async () => {
  database = await freshDatabase()
  server = serveDocuments(database)
  const planted = await plantPlan(database.db, { ann: 'facilitator', ben: 'drafter', rita: 'reviewer' })
  planId = planted.planId
  ;({ ann, ben, rita } = planted.people)
  stranger = (await plantPlan(database.db, { stranger: 'coordinator' })).people.stranger
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})
beforeEach(async () => {
  documentId = await plantDocument(database.db, planId, ann, 'Agua')
})

const versions = () => `/api/documents/${documentId}/versions`
const save = (by: Someone, name: string, note?: string) =>
  server.call(by, 'POST /api/documents/:documentId/versions', versions(), { name, ...(note && { note }) })
const list = async (by: Someone = ann) =>
  (await server.call(by, 'GET /api/documents/:documentId/versions', versions())).body.items
const read = (by: Someone, id: string) =>
  server.call(by, 'GET /api/documents/:documentId/versions/:versionId', `${versions()}/${id}`)
const diff = (by: Someone, id: string, query = '') =>
  server.call(by, 'GET /api/documents/:documentId/versions/:versionId/diff', `${versions()}/${id}/diff${query}`)
const restore = (by: Someone, id: string, on = server) =>
  on.call(by, 'POST /api/documents/:documentId/versions/:versionId/restore', `${versions()}/${id}/restore`)

/** Writes as somebody until it is committed, and does not leave: leaving makes automatic versions. */
async function write(by: Someone, words: string): Promise<void> {
  const typist = await sitDown(server.rooms, documentId, by)
  typeInto(typist.doc, 'summary', words)
  await typist.saved()
}
const committed = async () => {
  const found = await server.rooms.read(documentId)
  if (!found) throw new Error('no document')
  return found
}
const summaryOf = (content: { fields: Record<string, unknown> }) => fieldText(content.fields.summary as never)
const rowsOf = () =>
  database.db
    .selectFrom('documentUpdate')
    .select(['seq', 'userId', 'via'])
    .where('documentId', '=', documentId)
    .orderBy('seq')
    .execute()

describe('saving', () => {
  test('a named version holds the committed document, its number, its authors and the hash of its stored text', async () => {
    await write(ben, 'Agua limpia')
    server.clock.advance(60_000)
    const { status, body } = await save(ann, 'Primera', 'Para la mesa')

    expect(status).toBe(201)
    expect(body).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      number: 1,
      kind: 'named',
      name: 'Primera',
      note: 'Para la mesa',
      seq: (await committed()).headSeq,
      contentHash: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      createdAt: new Date(server.clock.now()).toISOString(),
      createdBy: expect.objectContaining({ id: ann.userId, name: 'ann' }),
      authors: [expect.objectContaining({ id: ben.userId, name: 'ben' })],
      restoredFrom: null,
    })
    const stored = await database.db
      .selectFrom('version')
      .select(['content', 'contentHash'])
      .where('id', '=', body.id)
      .executeTakeFirstOrThrow()
    expect(`sha256:${createHash('sha256').update(stored.content).digest('hex')}`).toBe(stored.contentHash)
    expect(stored.contentHash).toBe(body.contentHash)
    expect(JSON.parse(stored.content)).toEqual((await read(ann, body.id)).body.content)
    expect(summaryOf(JSON.parse(stored.content))).toBe('Agua limpia')
  })

  test('authors are those who wrote since the version before, in the order in which they began', async () => {
    await write(ben, 'uno ')
    await write(ann, 'dos ')
    await write(ben, 'tres ')
    expect((await save(ann, 'A')).body.authors.map(({ name }) => name)).toEqual(['ben', 'ann'])
    await write(ann, 'cuatro ')
    expect((await save(ben, 'B')).body.authors.map(({ name }) => name)).toEqual(['ann'])
    expect((await save(ben, 'C')).body.authors).toEqual([])
  })

  test('a version keeps the state it was made of, so that its moment loads without a replay', async () => {
    await write(ben, 'Agua')
    const { body } = await save(ann, 'A')
    const snapshots = await database.db
      .selectFrom('documentSnapshot')
      .select('seq')
      .where('documentId', '=', documentId)
      .execute()
    expect(snapshots).toContainEqual({ seq: body.seq })
  })

  test('versions saved at once, while somebody types, get numbers of their own without a gap', async () => {
    const typist = await sitDown(server.rooms, documentId, ben)
    const saves = Array.from({ length: 12 }, (_, i) => {
      typeInto(typist.doc, 'summary', `${i} `)
      return save(i % 2 ? ann : ben, `Version ${i}`)
    })
    const made = await Promise.all(saves)
    expect(made.map(({ status }) => status)).toEqual(Array(12).fill(201))
    expect(made.map(({ body }) => body.number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 12 }, (_, i) => i + 1),
    )
    const bySeq = (await list()).map(({ seq }) => seq)
    expect(bySeq).toEqual([...bySeq].sort((a, b) => b - a))
  })

  test('the document’s row lock keeps numbers apart where two processes do not know of each other’s turns', async () => {
    const { headSeq, state } = await committed()
    const moment = momentOf(headSeq, state)
    const made = Array.from({ length: 8 }, () =>
      database.db.transaction().execute(async (trx) => {
        await lockDocument(trx, documentId)
        return keepMoment(trx, documentId, moment, { kind: 'automatic' }, new Date(server.clock.now()))
      }),
    )
    const numbers = (await Promise.all(made)).map(({ number }) => number)
    expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })
})

describe('reading', () => {
  test('the list is newest first, in pages, without contents', async () => {
    for (const name of ['A', 'B', 'C']) await save(ann, name)
    const operation = 'GET /api/documents/:documentId/versions'
    const first = (await server.call(rita, operation, `${versions()}?limit=2`)).body
    expect(first.items.map(({ name }) => name)).toEqual(['C', 'B'])
    expect(first.items[0]).not.toHaveProperty('content')
    const second = (await server.call(rita, operation, `${versions()}?limit=2&cursor=${first.nextCursor}`)).body
    expect(second).toEqual({ items: [expect.objectContaining({ name: 'A', number: 1 })], nextCursor: null })
    expect((await server.call(rita, operation, `${versions()}?cursor=nonsense`)).problem?.code).toBe('invalid')
  })

  test('a comparison goes from `with` to the version, and from the version to the document as it stands', async () => {
    await write(ben, 'Agua')
    const { id: first } = (await save(ann, 'A')).body
    await write(ben, ' limpia')
    const { id: second } = (await save(ann, 'B')).body
    await write(ben, ' siempre')

    const sides = async (id: string, query?: string) => {
      const { from, to, totals } = (await diff(rita, id, query)).body
      return [from?.name ?? null, to?.name ?? null, totals.added, totals.removed]
    }
    expect(await sides(second, '?with=previous')).toEqual(['A', 'B', 7, 0])
    expect(await sides(second, `?with=${first}`)).toEqual(['A', 'B', 7, 0])
    expect(await sides(first, `?with=${second}`)).toEqual(['B', 'A', 0, 7])
    expect(await sides(first, `?with=${first}`)).toEqual(['A', 'A', 0, 0])
    expect(await sides(first)).toEqual(['A', null, 15, 0])
    expect(await sides(second, '?with=head')).toEqual(['B', null, 8, 0])
    // Before the first version there was nothing: the title came, too.
    expect(await sides(first, '?with=previous')).toEqual([null, 'A', 8, 0])
  })
})

describe('restoring', () => {
  test('a version comes back as a new edit: history only grows, and what stood before is a version', async () => {
    await write(ben, 'Agua limpia')
    const original = (await save(ann, 'Buena')).body
    const ana = await sitDown(server.rooms, documentId, ann)
    const benito = await sitDown(server.rooms, documentId, ben)
    typeInto(benito.doc, 'summary', ' y cara')
    addParagraph(benito.doc, 'problem', 'Otra cosa')
    await benito.saved()
    const before = await rowsOf()
    const { epoch } = await committed()

    const { status, body } = await restore(ann, original.id)
    expect(status).toBe(200)
    expect(body.version).toMatchObject({
      number: 3,
      kind: 'restored',
      restoredFrom: 1,
      contentHash: original.contentHash,
      authors: [],
      createdBy: { id: ann.userId },
    })
    const rows = await rowsOf()
    expect(rows.slice(0, before.length)).toEqual(before)
    expect(rows.slice(before.length)).toEqual([{ seq: before.length + 1, userId: ann.userId, via: 'restore' }])
    expect(body).toMatchObject({ headSeq: rows.length, version: { seq: rows.length } })
    expect((await committed()).epoch).toBe(epoch + 1)

    const [, kept] = await list()
    expect(kept).toMatchObject({ number: 2, kind: 'before_restore', seq: before.length, authors: [{ name: 'ben' }] })
    expect(summaryOf((await read(rita, kept?.id ?? '')).body.content)).toBe('Agua limpia y cara')
    expect(summaryOf(contentOf(ana.doc))).toBe('Agua limpia')
    expect(contentOf(benito.doc)).toEqual((await read(rita, original.id)).body.content)

    // And back again, from the version that was kept.
    await restore(ben, kept?.id ?? '')
    expect(summaryOf(contentOf(ana.doc))).toBe('Agua limpia y cara')
    expect((await list())[0]).toMatchObject({ number: 4, kind: 'restored', restoredFrom: 2 })
  })

  test('restoring what stands already stores nothing and answers the version asked for', async () => {
    await write(ben, 'Agua')
    const original = (await save(ann, 'A')).body
    const rows = await rowsOf()
    const { status, body } = await restore(ann, original.id)
    expect({ status, body }).toEqual({ status: 200, body: { version: original, headSeq: rows.length } })
    expect(await rowsOf()).toEqual(rows)
    expect(await list()).toHaveLength(1)
  })

  test('edits that slip in before the restore are kept as a version of their own', async () => {
    await write(ben, 'Agua')
    const original = (await save(ann, 'A')).body
    await write(ben, ' cara')
    const through = (rooms: Rooms): Rooms => ({
      ...rooms,
      edit: async (...asked) => {
        await write(ben, ' al final')
        return rooms.edit(...asked)
      },
    })
    const busy = serveDocuments(database, { through })
    const own = server
    server = busy
    try {
      const { body } = await restore(ann, original.id)
      const made = await list()
      expect(made.map(({ kind }) => kind)).toEqual(['restored', 'before_restore', 'before_restore', 'named'])
      expect(made[0]).toMatchObject({ id: body.version.id, contentHash: original.contentHash })
      expect(summaryOf((await read(ann, made[1]?.id ?? '')).body.content)).toBe('Agua cara al final')
      expect(summaryOf((await read(ann, made[2]?.id ?? '')).body.content)).toBe('Agua cara')
    } finally {
      await busy.stop()
      server = own
    }
  })

  test('restores at once follow each other; every one of them and its versions stand together', async () => {
    await write(ben, 'uno')
    const first = (await save(ann, 'A')).body
    await write(ben, ' dos')
    const second = (await save(ann, 'B')).body
    await Promise.all([restore(ann, first.id), restore(ben, second.id), restore(ann, first.id), save(ben, 'C')])
    const made = (await list()).reverse()
    expect(made.map(({ number }) => number)).toEqual(made.map((_, i) => i + 1))
    const seqs = made.map(({ seq }) => seq)
    expect(seqs).toEqual([...seqs].sort((a, b) => a - b))
    for (const { kind, restoredFrom, contentHash } of made) {
      if (kind === 'restored') expect(contentHash).toBe(made[(restoredFrom ?? 0) - 1]?.contentHash)
    }
    // Whoever came between two restores found the text of the one before.
    const named = made.findIndex(({ name }) => name === 'C')
    expect(made[named]?.contentHash).toBe(made[named - 1]?.contentHash)
  })

  test('a frozen document is not restored', async () => {
    await write(ben, 'Agua')
    const original = (await save(ann, 'A')).body
    await write(ben, ' cara')
    await database.db.updateTable('document').set({ status: 'frozen' }).where('id', '=', documentId).execute()
    expect((await restore(ann, original.id)).problem).toMatchObject({ status: 423, code: 'frozen' })
    expect(await list()).toHaveLength(1)
  })
})

describe('who may', () => {
  test('a reader reads and compares, and neither saves nor restores', async () => {
    const { id } = (await save(ann, 'A')).body
    expect((await read(rita, id)).status).toBe(200)
    expect((await diff(rita, id)).status).toBe(200)
    expect((await save(rita, 'Mine')).problem).toMatchObject({ status: 403, code: 'forbidden' })
    expect((await restore(rita, id)).problem).toMatchObject({ status: 403, code: 'forbidden' })
    expect(await list()).toHaveLength(1)
  })

  test('a document of another plan, and a version of another document, are not there', async () => {
    const { id } = (await save(ann, 'A')).body
    const asked = [save(stranger, 'B'), read(stranger, id), diff(stranger, id), restore(stranger, id)]
    for (const { status, problem } of await Promise.all(asked)) {
      expect([status, problem?.code]).toEqual([404, 'not_found'])
    }
    documentId = await plantDocument(database.db, planId, ann, 'Luz')
    const { id: own } = (await save(ann, 'B')).body
    const mixed = [read(ann, id), diff(ann, id), diff(ann, own, `?with=${id}`), restore(ann, id)]
    for (const { problem } of await Promise.all(mixed)) expect(problem?.code).toBe('not_found')
  })

  test('a name is needed, and its problem is named by a pointer', async () => {
    const { problem } = await save(ann, '   ')
    expect(problem).toMatchObject({ status: 400, code: 'invalid', errors: [{ pointer: '/name' }] })
  })
})
