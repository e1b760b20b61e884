import { type DocumentServer, serveDocuments } from '@cabildo/testkit/document-server'
import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { addParagraph, sitDown, typeInto } from '@cabildo/testkit/typist'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type * as Y from 'yjs'
import type { Rooms, UpdateLog } from '../../rooms/ports.ts'
import { createAutomaticVersions } from './service.ts'

let database: FreshDatabase
let server: DocumentServer
let planId: string
let documentId: string
let ann: Someone
let ben: Someone
let rita: Someone

beforeEach(async () => {
  // One for each test, because catching up looks at every document there is.
  database = await freshDatabase()
  server = serveDocuments(database)
  const planted = await plantPlan(database.db, { ann: 'facilitator', ben: 'drafter', rita: 'reviewer' })
  planId = planted.planId
  ;({ ann, ben, rita } = planted.people)
  documentId = await plantDocument(database.db, planId, ann, 'Agua')
})
afterEach(async () => {
  await server.stop()
  await database.drop()
})

const versions = () => `/api/documents/${documentId}/versions`
const list = async () => (await server.call(ann, 'GET /api/documents/:documentId/versions', versions())).body.items
const headSeq = async () => (await server.rooms.read(documentId))?.headSeq ?? 0

/** Somebody comes, writes and stays. */
async function writing(by: Someone, change: (doc: Y.Doc) => void) {
  const typist = await sitDown(server.rooms, documentId, by)
  change(typist.doc)
  await typist.saved()
  return typist
}
/** Somebody comes, writes and leaves. */
async function visit(by: Someone, change: (doc: Y.Doc) => void): Promise<void> {
  const typist = await writing(by, change)
  typist.leave()
  await server.automatic.settle()
}

test('a version is made when the last who could write has left after a change, with its authors', async () => {
  const ana = await writing(ann, () => {})
  const benito = await writing(ben, (doc) => typeInto(doc, 'summary', 'Agua'))
  const reader = await writing(rita, () => {})
  benito.leave()
  await server.automatic.settle()
  expect(await list()).toEqual([])

  ana.leave()
  await server.automatic.settle()
  const expected = [{ number: 1, kind: 'automatic', name: null, createdBy: null, authors: [{ name: 'ben' }] }]
  expect(await list()).toMatchObject(expected)

  reader.leave()
  const seq = await headSeq()
  server.automatic.lastWriterLeft(documentId, seq)
  server.automatic.lastWriterLeft(documentId, seq)
  await server.automatic.settle()
  expect(await list()).toMatchObject(expected)
})

test('none is made when the text is what it was: nobody wrote, or everything was taken back', async () => {
  await visit(ann, () => {})
  await visit(ben, (doc) => {
    typeInto(doc, 'summary', 'Agua')
    doc.transact(() => doc.getXmlFragment('summary').delete(0, 1))
    addParagraph(doc, 'summary', '')
  })
  expect(await list()).toEqual([])

  await visit(ben, (doc) => typeInto(doc, 'summary', 'Agua'))
  await visit(ann, (doc) => {
    typeInto(doc, 'problem', 'x')
    doc.transact(() => doc.getXmlFragment('problem').delete(0, 1))
    addParagraph(doc, 'problem', '')
  })
  expect(await list()).toMatchObject([{ kind: 'automatic', authors: [{ name: 'ben' }] }])
})

test('a version holds the text at the moment of leaving, whatever came since', async () => {
  await writing(ben, (doc) => typeInto(doc, 'summary', 'uno'))
  const left = await headSeq()
  await writing(ann, (doc) => typeInto(doc, 'summary', ' dos'))
  server.automatic.lastWriterLeft(documentId, left)
  await server.automatic.settle()
  expect(await list()).toMatchObject([{ seq: left, authors: [{ name: 'ben' }] }])
})

test('a room that empties in the middle of a restore gives no version beside the restored one', async () => {
  await visit(ben, (doc) => typeInto(doc, 'summary', 'uno'))
  const [first] = await list()
  await writing(ben, (doc) => typeInto(doc, 'summary', ' dos'))
  await server.stop()
  const through = (rooms: Rooms): Rooms => ({
    ...rooms,
    edit: async (...asked) => {
      const edited = await rooms.edit(...asked)
      server.automatic.lastWriterLeft(documentId, edited.headSeq)
      // Time enough for it, were it not to wait for its turn.
      for (let i = 0; i < 20; i++) await turn()
      return edited
    },
  })
  server = serveDocuments(database, { through })
  await server.call(
    ann,
    'POST /api/documents/:documentId/versions/:versionId/restore',
    `${versions()}/${first?.id}/restore`,
  )
  await server.automatic.settle()
  expect((await list()).map(({ kind }) => kind)).toEqual(['restored', 'before_restore', 'automatic'])
})

/** A log that fails as long as it is told to. */
function faltering(log: UpdateLog) {
  const state = { down: true, asked: 0 }
  const stateAt: UpdateLog['stateAt'] = async (...asked) => {
    state.asked += 1
    if (state.down) throw new Error('the database is away')
    return log.stateAt(...asked)
  }
  return { state, log: { stateAt } }
}
function listener() {
  const said: string[] = []
  const hear = (level: string) => (_: unknown, message?: string) => said.push(`${level}: ${message}`)
  return { said, logger: { warn: hear('warn'), error: hear('error') } }
}
/** Waits for one answer of the database: what was asked before has its own by then, or soon. */
const turn = () => database.pool.query('select 1')

test('a failure is tried again after a pause, and the version is made once', async () => {
  await writing(ben, (doc) => typeInto(doc, 'summary', 'uno'))
  const { state, log } = faltering(server.log)
  const { said, logger } = listener()
  const { clock } = server
  const automatic = createAutomaticVersions({ db: database.db, log, clock, now: () => new Date(clock.now()), logger })
  automatic.lastWriterLeft(documentId, await headSeq())
  while (clock.waiting() === 0) await turn()
  expect(said).toEqual(['warn: an automatic version must wait'])

  state.down = false
  clock.advance(500)
  await automatic.settle()
  expect(said).toHaveLength(1)
  expect(await list()).toMatchObject([{ kind: 'automatic' }])
})

test('tries end: after the last failure it is said so, and the next start makes up for it', async () => {
  await writing(ben, (doc) => typeInto(doc, 'summary', 'uno'))
  const { state, log } = faltering(server.log)
  const { said, logger } = listener()
  const { clock } = server
  const automatic = createAutomaticVersions({ db: database.db, log, clock, now: () => new Date(clock.now()), logger })
  automatic.lastWriterLeft(documentId, await headSeq())
  for (let tries = 1; tries < 5; tries++) {
    while (clock.waiting() === 0) await turn()
    expect(state.asked).toBe(tries)
    clock.advance(60_000)
  }
  await automatic.settle()
  expect(said.map((line) => line.split(':')[0])).toEqual(['warn', 'warn', 'warn', 'warn', 'error'])
  expect(await list()).toEqual([])

  state.down = false
  expect(await automatic.catchUp()).toBe(1)
  expect(await list()).toMatchObject([{ kind: 'automatic', authors: [{ name: 'ben' }] }])
})

test('settling does not sit out a pause: what waits gets one last try', async () => {
  await writing(ben, (doc) => typeInto(doc, 'summary', 'uno'))
  const { state, log } = faltering(server.log)
  const { said, logger } = listener()
  const { clock } = server
  const automatic = createAutomaticVersions({ db: database.db, log, clock, now: () => new Date(clock.now()), logger })
  automatic.lastWriterLeft(documentId, await headSeq())
  while (clock.waiting() === 0) await turn()
  await automatic.settle()
  expect(state.asked).toBe(2)
  expect(said.at(-1)).toBe('error: an automatic version could not be made')
  expect(clock.waiting()).toBe(0)
})

test('catching up makes a version for every document whose text moved on unseen, and only once', async () => {
  await writing(ben, (doc) => typeInto(doc, 'summary', 'uno'))
  const seeded = await plantDocument(database.db, planId, ann, 'Luz')
  expect(await server.automatic.catchUp()).toBe(1)
  expect(await server.automatic.catchUp()).toBe(0)
  expect(await list()).toMatchObject([{ kind: 'automatic', seq: await headSeq() }])
  const count = await database.db.selectFrom('version').select('id').where('documentId', '=', seeded).execute()
  expect(count).toEqual([])
})
