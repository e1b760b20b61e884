import { contentOf } from '@cabildo/schema/content'
import { factsRoot } from '@cabildo/schema/rules'
import { fieldText } from '@cabildo/schema/text'
import { type DocumentServer, serveDocuments } from '@cabildo/testkit/document-server'
import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createRandom } from '@cabildo/testkit/random'
import { textOf } from '@cabildo/testkit/room-clients'
import { addParagraph, sitDown, type Typist, typeInto } from '@cabildo/testkit/typist'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import * as Y from 'yjs'

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
  stranger = (await plantPlan(database.db, { stranger: 'coordinator' })).people.stranger
})
afterAll(async () => {
  await server.stop()
  await database.drop()
})
beforeEach(async () => {
  const planted = await plantPlan(database.db, { ann: 'facilitator', ben: 'drafter', rita: 'reviewer' })
  planId = planted.planId
  ;({ ann, ben, rita } = planted.people)
  documentId = await plantDocument(database.db, planId, ann, 'Agua')
})

const drafts = () => `/api/documents/${documentId}/drafts`
const handIn = (by: Someone, update: Uint8Array, reason = 'frozen') => {
  const body = { update: Buffer.from(update).toString('base64'), reason }
  return server.call(by, 'POST /api/documents/:documentId/drafts', drafts(), body)
}
/** Hands in a whole state and answers the id of the draft. */
const keep = async (by: Someone, doc: Y.Doc, reason?: string): Promise<string> => {
  const { status, body, problem } = await handIn(by, Y.encodeStateAsUpdate(doc), reason)
  expect(problem).toBeUndefined()
  expect(status).toBe(201)
  if (!body.kept) throw new Error('nothing was kept')
  return body.kept.id
}
const list = async (by: Someone, query = '') =>
  (await server.call(by, 'GET /api/documents/:documentId/drafts', `${drafts()}${query}`)).body
const read = (by: Someone, id: string) =>
  server.call(by, 'GET /api/documents/:documentId/drafts/:draftId', `${drafts()}/${id}`)
const dismiss = (by: Someone, id: string) =>
  server.call(by, 'DELETE /api/documents/:documentId/drafts/:draftId', `${drafts()}/${id}`)
const restore = async (by: Someone, versionId: string) => {
  const path = `/api/documents/${documentId}/versions/${versionId}/restore`
  const { status } = await server.call(by, 'POST /api/documents/:documentId/versions/:versionId/restore', path)
  expect(status).toBe(200)
}
const save = async (by: Someone) => {
  const path = `/api/documents/${documentId}/versions`
  return (await server.call(by, 'POST /api/documents/:documentId/versions', path, { name: 'A' })).body.id
}

const committed = async () => {
  const found = await server.rooms.read(documentId)
  if (!found) throw new Error('no document')
  const doc = new Y.Doc()
  Y.applyUpdate(doc, found.state)
  return { headSeq: found.headSeq, doc }
}
/** Somebody who was here, wrote, saw it stored, and lost the connection. */
async function gone(by: Someone, change: (doc: Y.Doc) => void = () => {}): Promise<Typist> {
  const typist = await sitDown(server.rooms, documentId, by)
  change(typist.doc)
  await typist.saved()
  typist.leave()
  return typist
}
const fieldOf = (content: { fields: Record<string, unknown> }, field: string) =>
  fieldText(content.fields[field] as never)
const baseOf = async (id: string) =>
  (await database.db.selectFrom('documentDraft').select('baseSeq').where('id', '=', id).executeTakeFirstOrThrow())
    .baseSeq

/** What a draft shows of a field, and what its author wrote and took away there. */
async function shown(by: Someone, id: string, field = 'summary') {
  const { status, body } = await read(by, id)
  expect(status).toBe(200)
  const pieces = body.diff.fields.flatMap(({ blocks }) => blocks.flatMap((block) => block.pieces))
  const said = (kind: string) => pieces.filter((piece) => piece.kind === kind).map(({ text }) => text)
  return { text: fieldOf(body.content, field), added: said('added'), removed: said('removed') }
}

describe('what is kept', () => {
  test('words written offline while the document was frozen show in a draft, and the document stays as it is', async () => {
    const benito = await gone(ben, (doc) => typeInto(doc, 'summary', 'Agua'))
    await gone(ann, (doc) => typeInto(doc, 'problem', 'Falta'))
    await database.db.updateTable('document').set({ status: 'frozen' }).where('id', '=', documentId).execute()
    const before = await committed()
    typeInto(benito.doc, 'summary', ' limpia')

    const { status, body } = await handIn(ben, Y.encodeStateAsUpdate(benito.doc))
    expect(status).toBe(201)
    expect(body.kept).toEqual({
      id: expect.stringMatching(/^[\w-]{22}$/),
      reason: 'frozen',
      createdAt: new Date(server.clock.now()).toISOString(),
      author: expect.objectContaining({ id: ben.userId, name: 'ben' }),
      dismissedAt: null,
    })
    const id = body.kept?.id ?? ''
    expect(await shown(ben, id)).toEqual({ text: 'Agua limpia', added: [' limpia'], removed: [] })
    // What Ann wrote stands in the document already: the draft shows it and does not count it as Ben's.
    expect((await shown(ben, id, 'problem')).text).toBe('Falta')
    expect(await baseOf(id)).toBe(before.headSeq)
    const after = await committed()
    expect(after.headSeq).toBe(before.headSeq)
    expect(contentOf(after.doc)).toEqual(contentOf(before.doc))
  })

  test('words of a page whose person is not the one who is signed in by now are nobody’s draft', async () => {
    const benito = await gone(ben)
    typeInto(benito.doc, 'summary', 'Agua')
    const update = Buffer.from(Y.encodeStateAsUpdate(benito.doc)).toString('base64')
    const handInAs = (author: string) =>
      server.call(ben, 'POST /api/documents/:documentId/drafts', drafts(), { update, reason: 'frozen', author })
    expect((await handInAs(ann.userId)).problem).toMatchObject({ code: 'signed_out' })
    expect((await list(ben)).items).toEqual([])
    expect((await handInAs(ben.userId)).status).toBe(201)
  })

  test('the whole state and only what is missing give one draft', async () => {
    const benito = await gone(ben)
    typeInto(benito.doc, 'summary', 'Agua')
    const id = await keep(ben, benito.doc)
    expect(await keep(ben, benito.doc)).toBe(id)
    const missing = Y.encodeStateAsUpdate(benito.doc, Y.encodeStateVector((await committed()).doc))
    expect((await handIn(ben, missing)).body.kept?.id).toBe(id)
    expect((await list(ben)).items).toHaveLength(1)
  })

  test('a draft that grew puts away the one it grew from, and the older bytes then give the newer draft', async () => {
    const benito = await gone(ben)
    typeInto(benito.doc, 'summary', 'Agua')
    const early = Y.encodeStateAsUpdate(benito.doc)
    const first = await keep(ben, benito.doc)
    server.clock.advance(1000)
    typeInto(benito.doc, 'summary', ' limpia')
    const second = await keep(ben, benito.doc)
    const { items } = await list(ben)
    expect(items.map(({ id, dismissedAt }) => [id, dismissedAt !== null])).toEqual([
      [second, false],
      [first, true],
    ])
    expect((await shown(ben, second)).text).toBe('Agua limpia')
    expect((await shown(ben, first)).text).toBe('Agua')
    expect((await handIn(ben, early)).body.kept?.id).toBe(first)
  })

  test('nothing is kept of what the document has, nor of what its author took back', async () => {
    const benito = await gone(ben, (doc) => {
      typeInto(doc, 'summary', 'Agua clara')
      textOf(doc, 'summary').delete(4, 6)
    })
    expect((await handIn(ben, Y.encodeStateAsUpdate(benito.doc))).body).toEqual({ kept: null })
    typeInto(benito.doc, 'summary', ' limpia')
    textOf(benito.doc, 'summary').delete(4, 7)
    expect((await handIn(ben, Y.encodeStateAsUpdate(benito.doc))).body).toEqual({ kept: null })
    expect((await list(ben)).items).toEqual([])
  })

  test('words taken away offline are a draft, too', async () => {
    const benito = await gone(ben, (doc) => typeInto(doc, 'summary', 'Agua cara'))
    textOf(benito.doc, 'summary').delete(4, 5)
    const id = await keep(ben, benito.doc)
    expect(await shown(ben, id)).toEqual({ text: 'Agua', added: [], removed: [' cara'] })
  })
})

describe('what the document has left behind', () => {
  test('words typed into a paragraph that a restore took away still show, and nobody else’s do', async () => {
    await gone(ann, (doc) => typeInto(doc, 'summary', 'Agua'))
    const version = await save(ann)
    const benito = await gone(ben, (doc) => addParagraph(doc, 'summary', 'Segundo'))
    typeInto(benito.doc, 'problem', 'Falta')
    const second = benito.doc.getXmlFragment('summary').get(1) as Y.XmlElement
    const text = second.get(0) as Y.XmlText
    text.insert(text.length, ' párrafo')
    await gone(ann, (doc) => typeInto(doc, 'solution', 'Otra'))
    await server.automatic.settle()
    await restore(ann, version)
    const { headSeq } = await committed()

    const id = await keep(ben, benito.doc, 'restored')
    expect(await shown(ben, id)).toEqual({ text: 'Agua\n\nSegundo párrafo', added: [' párrafo', 'Falta'], removed: [] })
    expect((await shown(ben, id, 'solution')).text).toBe('Otra')
    expect(await baseOf(id)).toBe(headSeq - 1)
  })

  test('only what is missing is enough for it', async () => {
    await gone(ann, (doc) => typeInto(doc, 'summary', 'Agua'))
    const benito = await gone(ben)
    typeInto(benito.doc, 'summary', ' limpia')
    await gone(ann, (doc) => {
      doc.getXmlFragment('summary').delete(0, 1)
      addParagraph(doc, 'summary', 'Nuevo')
    })
    for (const words of ['a', 'b', 'c']) await gone(ann, (doc) => typeInto(doc, 'problem', words))
    const missing = Y.encodeStateAsUpdate(benito.doc, Y.encodeStateVector((await committed()).doc))
    const { kept } = (await handIn(ben, missing)).body
    expect(await shown(ben, kept?.id ?? '')).toEqual({ text: 'Agua limpia', added: [' limpia'], removed: [] })
  })

  test('the author’s own later rows are ground to stand on when others’ rows between them are not', async () => {
    await gone(ann, (doc) => typeInto(doc, 'summary', 'Agua'))
    const ana = await sitDown(server.rooms, documentId, ann)
    const benito = await sitDown(server.rooms, documentId, ben)
    // Ann takes the paragraph away while Ben, who will never hear of it, types into it: both are stored.
    ana.doc.transact(() => ana.doc.getXmlFragment('summary').delete(0, 1))
    addParagraph(ana.doc, 'summary', 'Nuevo')
    typeInto(benito.doc, 'summary', ' limpia')
    benito.leave()
    await ana.saved()
    expect(fieldOf(contentOf((await committed()).doc), 'summary')).toBe('Nuevo')

    typeInto(benito.doc, 'summary', ' y fresca')
    const id = await keep(ben, benito.doc, 'forbidden')
    expect(await shown(ben, id)).toEqual({ text: 'Agua limpia y fresca', added: [' y fresca'], removed: [] })
  })

  test('a fact that somebody else set meanwhile does not hide the author’s', async () => {
    const benito = await gone(ben)
    await gone(ann, (doc) => doc.getMap(factsRoot).set('leadInstitution', 'Alcaldía'))
    // Whichever of the two wins in Yjs, by client id: both orders must show Ben's.
    for (const clientID of [1, 4_294_967_295]) {
      const doc = new Y.Doc()
      doc.clientID = clientID
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(benito.doc))
      doc.getMap(factsRoot).set('leadInstitution', 'Vecinos')
      const id = await keep(ben, doc)
      expect((await read(ben, id)).body.content.facts).toEqual({ leadInstitution: 'Vecinos' })
    }
  })

  test('two things hidden at different times show together', async () => {
    await gone(ann, (doc) => {
      typeInto(doc, 'summary', 'Agua')
      typeInto(doc, 'problem', 'Falta')
    })
    const benito = await gone(ben)
    typeInto(benito.doc, 'summary', ' limpia')
    typeInto(benito.doc, 'problem', ' dinero')
    for (const field of ['problem', 'summary']) {
      await gone(ann, (doc) => {
        doc.getXmlFragment(field).delete(0, 1)
        addParagraph(doc, field, 'x')
      })
    }
    const id = await keep(ben, benito.doc)
    expect(await shown(ben, id)).toEqual({ text: 'Agua limpia', added: [' limpia', ' dinero'], removed: [] })
  })
})

/** Every word of a document, whatever field it stands in. */
const wordsOf = (content: unknown) => new Set(JSON.stringify(content).match(/[ab]\d+z/g) ?? [])

test('whatever was done to the document meanwhile, a draft shows every word that its author sees', async () => {
  const random = createRandom()
  const fields = ['summary', 'problem']
  let count = 0
  const edit = (doc: Y.Doc, initial: string) => {
    const field = random.pick(fields)
    const fragment = doc.getXmlFragment(field)
    const word = `${initial}${++count}z `
    const paragraph = fragment.length > 0 ? fragment.get(random.integer(0, fragment.length - 1)) : undefined
    const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined
    const choice = random.next()
    if (choice < 0.25 || !(text instanceof Y.XmlText)) addParagraph(doc, field, word)
    else if (choice < 0.4) fragment.delete(random.integer(0, fragment.length - 1), 1)
    else if (choice < 0.55) text.delete(0, random.integer(0, text.length))
    else if (choice < 0.7) doc.getMap(factsRoot).set('leadInstitution', word.trim())
    else text.insert(random.integer(0, text.length), word)
  }

  let hidden = 0
  // One round in six is what the test is about.
  for (let round = 0; round < 25 || (hidden === 0 && round < 100); round++) {
    documentId = await plantDocument(database.db, planId, ann, 'Agua')
    const ana = await sitDown(server.rooms, documentId, ann)
    const benito = await sitDown(server.rooms, documentId, ben)
    for (let i = 0; i < 4; i++) edit(random.pick([ana, benito]).doc, 'a')
    await Promise.all([ana.saved(), benito.saved()])
    const version = await save(ann)
    // The cut: rows of both are stored that Ben's copy never hears of, and his own last ones are among them.
    for (let i = random.integer(0, 3); i > 0; i--) edit(ana.doc, 'a')
    for (let i = random.integer(0, 2); i > 0; i--) edit(benito.doc, 'a')
    benito.leave()
    await ana.saved()
    for (let i = random.integer(1, 5); i > 0; i--) edit(benito.doc, 'b')
    for (let i = random.integer(0, 6); i > 0; i--) edit(ana.doc, 'a')
    await ana.saved()
    if (random.chance(0.3)) await restore(ann, version)

    const mine = [...wordsOf(contentOf(benito.doc))].filter((word) => word.startsWith('b'))
    const { body } = await handIn(ben, Y.encodeStateAsUpdate(benito.doc), 'restored')
    ana.leave()
    const head = await committed()
    if (!body.kept) {
      // Nothing to keep: only when there is no word of his own, and he took none away.
      expect(mine).toEqual([])
      continue
    }
    const draft = (await read(ben, body.kept.id)).body
    if ((await baseOf(body.kept.id)) < head.headSeq) hidden += 1
    expect([...wordsOf(draft.content)]).toEqual(expect.arrayContaining(mine))
  }
  // Else the test has not tried what it is about.
  expect(hidden).toBeGreaterThan(0)
})

describe('what is refused', () => {
  test('words under a client id of somebody else', async () => {
    const ana = await gone(ann, (doc) => typeInto(doc, 'summary', 'Agua'))
    typeInto(ana.doc, 'summary', ' mía')
    expect((await handIn(ben, Y.encodeStateAsUpdate(ana.doc))).problem).toMatchObject({
      status: 422,
      code: 'foreign_author',
    })
    expect((await handIn(ann, Y.encodeStateAsUpdate(ana.doc))).status).toBe(201)
  })

  test('bytes that are no update, refer to nothing, or are no base64', async () => {
    const garbage = [new Uint8Array(0), Uint8Array.of(1, 2, 3, 255), crypto.getRandomValues(new Uint8Array(500))]
    for (const bytes of garbage) {
      expect((await handIn(ben, bytes)).problem).toMatchObject({ code: 'invalid', errors: [{ pointer: '/update' }] })
    }
    const benito = await gone(ben)
    typeInto(benito.doc, 'summary', 'uno')
    const missed = Y.encodeStateVector(benito.doc)
    typeInto(benito.doc, 'summary', ' dos')
    expect((await handIn(ben, Y.encodeStateAsUpdate(benito.doc, missed))).problem?.code).toBe('invalid')
    const operation = 'POST /api/documents/:documentId/drafts'
    const { problem } = await server.call(ben, operation, drafts(), { update: '*', reason: 'frozen' })
    expect(problem).toMatchObject({ code: 'invalid', errors: [{ pointer: '/update' }] })
    expect((await list(ben)).items).toEqual([])
  })

  test('content that a document may not hold, also inside a paragraph that is gone', async () => {
    const benito = await gone(ben)
    const script = new Y.XmlElement('script')
    benito.doc.getXmlFragment('summary').push([script])
    expect((await handIn(ben, Y.encodeStateAsUpdate(benito.doc))).problem).toMatchObject({
      status: 422,
      code: 'content_not_allowed',
    })

    const again = await gone(ben, (doc) => addParagraph(doc, 'summary', 'Segundo'))
    const inside = again.doc.getXmlFragment('summary').get(1) as Y.XmlElement
    inside.insert(1, [new Y.XmlElement('script')])
    await gone(ann, (doc) => doc.getXmlFragment('summary').delete(1, 1))
    expect((await handIn(ben, Y.encodeStateAsUpdate(again.doc))).problem?.code).toBe('content_not_allowed')
    expect((await list(ben)).items).toEqual([])
  })
})

describe('whose it is', () => {
  test('a draft is its author’s alone: others do not see it, nor put it away', async () => {
    const benito = await gone(ben)
    typeInto(benito.doc, 'summary', 'Agua')
    const id = await keep(ben, benito.doc)
    for (const other of [ann, rita, stranger]) {
      expect((await read(other, id)).problem?.code).toBe('not_found')
      expect((await dismiss(other, id)).problem?.code).toBe('not_found')
    }
    expect((await list(ann)).items).toEqual([])
    expect((await list(ben)).items).toMatchObject([{ id, dismissedAt: null }])
  })

  test('putting away is done once and keeps the draft', async () => {
    const benito = await gone(ben)
    typeInto(benito.doc, 'summary', 'Agua')
    const id = await keep(ben, benito.doc)
    const at = new Date(server.clock.now()).toISOString()
    expect((await dismiss(ben, id)).status).toBe(204)
    server.clock.advance(1000)
    expect((await dismiss(ben, id)).status).toBe(204)
    expect((await list(ben)).items).toMatchObject([{ id, dismissedAt: at }])
    expect((await shown(ben, id)).text).toBe('Agua')
  })

  test('the list is newest first, in pages', async () => {
    const made: string[] = []
    for (let i = 0; i < 5; i++) {
      const benito = await gone(ben)
      typeInto(benito.doc, 'summary', `${i}`)
      made.unshift(await keep(ben, benito.doc))
      // Some at the same moment.
      if (i % 2) server.clock.advance(1000)
    }
    const seen: string[] = []
    for (let cursor: string | null = ''; cursor !== null; ) {
      const page: Awaited<ReturnType<typeof list>> = await list(ben, `?limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    }
    expect(seen).toHaveLength(5)
    expect(new Set(seen)).toEqual(new Set(made))
    const times = (await list(ben)).items.map(({ createdAt }) => createdAt)
    expect(times).toEqual([...times].sort().reverse())
  })

  test('who lost their part in the plan may still hand in what they wrote here, and reads no more', async () => {
    const benito = await gone(ben, (doc) => typeInto(doc, 'summary', 'Agua'))
    const quiet = await gone(rita)
    typeInto(benito.doc, 'summary', ' limpia')
    typeInto(quiet.doc, 'summary', ' turbia')
    await database.db.deleteFrom('member').where('planId', '=', planId).where('role', '!=', 'facilitator').execute()
    const id = await keep(ben, benito.doc, 'forbidden')
    expect((await read(ben, id)).problem?.code).toBe('not_found')
    // Rita never wrote here: to her there is no such document.
    expect((await handIn(rita, Y.encodeStateAsUpdate(quiet.doc))).problem?.code).toBe('not_found')

    await database.db
      .insertInto('member')
      .values({ planId, userId: ben.userId, groupId: ben.groupId, role: 'reviewer' })
      .execute()
    expect((await shown(ben, id)).text).toBe('Agua limpia')
  })

  test('a document of another plan is not there', async () => {
    const benito = await gone(ben)
    typeInto(benito.doc, 'summary', 'Agua')
    const { problem } = await handIn(stranger, Y.encodeStateAsUpdate(benito.doc))
    expect(problem).toMatchObject({ status: 404, code: 'not_found' })
  })
})
