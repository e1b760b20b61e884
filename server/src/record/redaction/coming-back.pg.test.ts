import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { sitDown, typeInto } from '@cabildo/testkit/typist'
import { filler } from '@cabildo/verify/redact'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { takeOut } from './taking-out.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

const quote = 'Ana Paz, 8-888-888'
const gone = filler.repeat(quote.length)

async function planted() {
  const { planId, people } = await plantPlan(database.db, { cora: 'coordinator', fina: 'facilitator', dina: 'drafter' })
  const documentId = await plantDocument(database.db, planId, people.dina, `Pozo de ${quote}`)
  const [cora, fina, dina] = [
    await world.cookieOf(people.cora),
    await world.cookieOf(people.fina),
    await world.cookieOf(people.dina),
  ]
  const takeAway = async () => {
    const body = { documentId, quote, basis: 'Ley 81 de 2019', reason: '' }
    const { id } = await (await world.ask(`POST /api/plans/${planId}/redactions`, { as: fina, body })).json()
    const approved = await world.ask(`POST /api/plans/${planId}/redactions/${id}/approve`, { as: cora, body: {} })
    expect(approved.status).toBe(200)
  }
  const handIn = async (doc: Y.Doc, app = world) => {
    const body = { update: Buffer.from(Y.encodeStateAsUpdate(doc)).toString('base64'), reason: 'restored' }
    const response = await app.ask(`POST /api/documents/${documentId}/drafts`, { as: dina, body })
    expect(response.status).toBe(201)
    const { kept } = await response.json()
    return kept?.id as string | undefined
  }
  const draft = async (id: string | undefined) =>
    JSON.stringify(await (await world.ask(`GET /api/documents/${documentId}/drafts/${id}`, { as: dina })).json())
  return { planId, documentId, people, dina, takeAway, handIn, draft }
}

/** All drafts of a document, as the database holds them. */
async function storedDrafts(documentId: string): Promise<string> {
  const { rows } = await sql<{
    bytes: Buffer
  }>`select bytes from document_draft where document_id = ${documentId}`.execute(database.db)
  return rows.map(({ bytes }) => bytes.toString('utf8')).join('\n')
}

test('[RC151] a device that hands in once more what a draft had gets filler for it, and the rest is kept', async () => {
  const made = await planted()
  const device = await sitDown(world.rooms, made.documentId, made.people.dina)
  typeInto(device.doc, 'problem', 'Escrito antes.')
  await device.saved()
  device.leave()
  typeInto(device.doc, 'problem', ` Dice ${quote}.`)
  const first = await made.handIn(device.doc)
  expect(await made.draft(first)).toContain(`Dice ${quote}.`)
  await made.takeAway()

  expect(await made.draft(first)).toContain(`Dice ${gone}.`)
  // The same again is the same draft.
  expect(await made.handIn(device.doc)).toBe(first)
  typeInto(device.doc, 'problem', ' Y algo más.')
  const second = await made.handIn(device.doc)
  expect(second).not.toBe(first)
  const told = await made.draft(second)
  expect(told).toContain(`Dice ${gone}. Y algo más.`)
  for (const text of [told, await storedDrafts(made.documentId)]) expect(text).not.toMatch(/Paz|8-888/)

  // Whatever it says, by its hash nobody can tell what stood there.
  const hashes = await sql<{ kept: string; bytes: string }>`
    select bytes_hash as kept, encode(sha256(bytes), 'hex') as bytes from document_draft
    where document_id = ${made.documentId}`.execute(database.db)
  for (const { kept, bytes } of hashes.rows) expect(kept).toBe(bytes)
})

test('[RC151] a draft that was read before words were taken out is not stored after with them', async () => {
  const made = await planted()
  const device = await sitDown(world.rooms, made.documentId, made.people.dina)
  device.leave()
  typeInto(device.doc, 'problem', ` Dice ${quote}.`)
  let times = 0
  const { rooms } = world
  const late = createTestApp(database, {
    rooms: Object.create(rooms, {
      read: {
        async value(documentId: string) {
          const read = await rooms.read(documentId)
          times += 1
          if (times > 1) return read
          // Meanwhile, from another tab of the same device.
          await made.handIn(device.doc)
          await made.takeAway()
          return read
        },
      },
    }),
  })
  const more = new Y.Doc()
  Y.applyUpdate(more, Y.encodeStateAsUpdate(device.doc))
  typeInto(more, 'problem', ' Más.')
  const id = await made.handIn(more, late)
  expect(times).toBeGreaterThan(1)
  expect(await made.draft(id)).toContain(`Dice ${gone}. Más.`)
  expect(await storedDrafts(made.documentId)).not.toMatch(/Paz|8-888/)
})

test('[RC151] nor one whose places were read before, and whose text after, they were taken out', async () => {
  const made = await planted()
  const device = await sitDown(world.rooms, made.documentId, made.people.dina)
  device.leave()
  typeInto(device.doc, 'problem', ` Dice ${quote}.`)
  await made.handIn(device.doc)
  let times = 0
  const { rooms } = world
  const late = createTestApp(database, {
    rooms: Object.create(rooms, {
      read: {
        async value(documentId: string) {
          times += 1
          if (times === 1) await made.takeAway()
          return rooms.read(documentId)
        },
      },
    }),
  })
  const more = new Y.Doc()
  Y.applyUpdate(more, Y.encodeStateAsUpdate(device.doc))
  typeInto(more, 'problem', ' Más.')
  const id = await made.handIn(more, late)
  expect(await made.draft(id)).toContain(`Dice ${gone}. Más.`)
  expect(await storedDrafts(made.documentId)).not.toMatch(/Paz|8-888/)
})

const wishOf = ({ planId, documentId, people }: Awaited<ReturnType<typeof planted>>) => ({
  planId,
  documentId,
  quote,
  ranges: [],
  basis: 'Ley 81 de 2019',
  askedBy: people.fina.userId,
  approvedBy: people.cora.userId,
})

test('[RC150] what is written while the history is played is played too, and nobody waits for it', async () => {
  const made = await planted()
  const device = await sitDown(world.rooms, made.documentId, made.people.dina)
  let tries = 0
  const taken = await takeOut({ db: database.db, rooms: world.rooms }, wishOf(made), {
    async before() {
      tries += 1
      if (tries > 2) return
      typeInto(device.doc, 'problem', ` Otra vez ${quote}.`)
      // It is stored: the document is not held by whoever searches it.
      await device.saved()
    },
    after: async () => undefined,
  })
  expect(tries).toBe(3)
  expect(taken?.ranges.length).toBeGreaterThan(1)
  expect(device.closed()).toBe('epoch_mismatch')
  const { rows } = await sql<{ bytes: Buffer }>`
    select bytes from document_update where document_id = ${made.documentId}`.execute(database.db)
  expect(rows.map(({ bytes }) => bytes.toString('utf8')).join('\n')).not.toMatch(/Paz|8-888/)
})

test('[RC150] where somebody never stops writing it is given up, and nothing has changed', async () => {
  const made = await planted()
  const device = await sitDown(world.rooms, made.documentId, made.people.dina)
  const taking = takeOut({ db: database.db, rooms: world.rooms }, wishOf(made), {
    async before() {
      typeInto(device.doc, 'problem', ' más')
      await device.saved()
    },
    after: async () => undefined,
  })
  await expect(taking).rejects.toMatchObject({ code: 'unavailable', message: expect.stringContaining('try again') })
  expect(device.closed()).toBeUndefined()
  const document = await world.ask(`GET /api/documents/${made.documentId}`, { as: made.dina })
  expect(await document.text()).toContain(quote)
  device.leave()
})
