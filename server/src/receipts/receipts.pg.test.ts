import { consentText } from '@cabildo/protocol/consent'
import type { Receipt, TakenReceipt } from '@cabildo/protocol/http/receipts'
import { fromBase64, fromHex } from '@cabildo/record/bytes'
import { parseEntry } from '@cabildo/record/entry'
import { payloadCommitment } from '@cabildo/record/hash'
import { parseVkey } from '@cabildo/record/keys'
import { parseTlogProof, verifyTlogProof } from '@cabildo/record/tlog-proof'
import type { Someone } from '@cabildo/testkit/factories'
import { createPhone, type Phone } from '@cabildo/testkit/phone'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp, testOrigin, testSigner } from '@cabildo/testkit/test-app'
import { sitDown, typeInto } from '@cabildo/testkit/typist'
import { plantWorkshopWorld, type WorkshopWorld } from '@cabildo/testkit/workshop-world'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type * as Y from 'yjs'
import { createThrottles } from '../auth/throttling.ts'

let database: FreshDatabase
let app: TestApp
let world: WorkshopWorld
let other: WorkshopWorld
let documentId: string
beforeAll(async () => {
  // Many ask at once.
  database = await freshDatabase({ max: 10 })
  app = createTestApp(database)
  world = await plantWorkshopWorld(database, app.ask, app.cookieOf)
  other = await plantWorkshopWorld(database, app.ask, app.cookieOf)
})
beforeEach(async () => {
  await database.db.deleteFrom('rateLimit').execute()
  const added = await app.ask(`POST /api/plans/${world.planId}/commitments`, {
    as: world.as.ana,
    body: { title: 'Agua' },
  })
  ;({ documentId } = await added.json())
})
afterAll(() => database.drop())

const taking = () => `POST /api/documents/${documentId}/receipts`
const take = async (as: string): Promise<TakenReceipt> => {
  const response = await app.ask(taking(), { as })
  expect(response.status).toBe(201)
  return response.json()
}
const refusal = async (response: Response) => [response.status, (await response.json()).code]
const lookAt = (code: string, address = '192.0.2.9') => app.ask('POST /api/receipts/look', { body: { code }, address })
const read = async (code: string): Promise<Receipt> => {
  const response = await lookAt(code)
  expect(response.status).toBe(200)
  return response.json()
}
/** Writes as somebody until it is committed. */
async function write(by: Someone, words: string): Promise<void> {
  const typist = await sitDown(app.rooms, documentId, by)
  typeInto(typist.doc, 'problem', words)
  await typist.saved()
  typist.leave()
}

async function sessionOf(userId: string): Promise<string> {
  const sessions = database.db.selectFrom('session').where('userId', '=', userId).select('id')
  return (await sessions.executeTakeFirstOrThrow()).id
}

/** A guest of a workshop on the document, as rooms know them. */
async function guestOf(phone?: Phone) {
  const [item] = await database.db.selectFrom('commitment').where('documentId', '=', documentId).select('id').execute()
  const workshop = await world.open({ commitmentIds: [item?.id] })
  const joined = await world.join(workshop.way, 'Rosa Batista', phone)
  const { userId } = joined
  const sessionId = await sessionOf(userId)
  // A seat asks the role at the door alone; what is stored is asked of the database.
  const someone: Someone = { ...world.people.ana, userId, sessionId, name: 'Rosa Batista', role: 'drafter' }
  someone.person = { ...world.people.ana.person, userId, name: someone.name }
  return { ...joined, workshop, someone }
}

describe('taking', () => {
  test('[RC80] [RC81] a guest who wrote gets a code, an address and an entry that names what they wrote', async () => {
    const { phone, someone } = await guestOf()
    await write(someone, 'El agua llega dos horas.')
    const taken = await take(phone.cookie)
    expect(taken.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
    expect(taken.url).toBe(`${testOrigin}/recibo#${taken.code}`)

    const { entry } = parseEntry((await read(taken.code)).entry)
    expect(entry).toMatchObject({ type: 'contribution', seq: taken.seq, actor: { role: 'participant' } })
    const batches = await database.db
      .selectFrom('recordEntry')
      .where('planId', '=', world.planId)
      .where('seq', 'in', [...(entry.refs ?? [])])
      .select(['type', 'pid', 'documentId'])
      .execute()
    expect(batches).toEqual([{ type: 'update-batch', pid: entry.actor?.pid, documentId }])
  })

  test('[RC82] without a new word the receipt is the same, also when asked eight times at once; with one it is another', async () => {
    const { ana } = world.people
    await write(ana, 'Uno.')
    const atOnce = await Promise.all(Array.from({ length: 8 }, () => take(world.as.ana)))
    const first = await take(world.as.ana)
    expect(atOnce).toEqual(atOnce.map(() => first))
    await write(ana, ' Dos.')
    const third = await take(world.as.ana)
    expect(third.seq).toBeGreaterThan(first.seq)
    expect((await read(first.code)).became?.brought).toBeLessThan((await read(third.code)).became?.brought ?? 0)
  })

  test('[RC83] who wrote nothing is refused, and of another plan the document is not there', async () => {
    expect(await refusal(await app.ask(taking(), { as: world.as.lector }))).toEqual([409, 'nothing_written'])
    // Whoever began the document wrote nothing but its title, which is the template’s row.
    expect(await refusal(await app.ask(taking(), { as: world.as.ana }))).toEqual([409, 'nothing_written'])
    expect(await refusal(await app.ask(taking(), { as: other.as.ana }))).toEqual([404, 'not_found'])
    expect(await refusal(await app.ask(taking()))).toEqual([401, 'signed_out'])
  })

  test('[RC84] the database holds neither the code nor who took it', async () => {
    await write(world.people.ana, 'Uno.')
    const { code } = await take(world.as.ana)
    const rows = await database.db.selectFrom('receipt').where('documentId', '=', documentId).selectAll().execute()
    expect(Object.keys(rows[0] ?? {}).sort()).toEqual(['codeHash', 'createdAt', 'documentId', 'planId', 'seq'])
    expect(JSON.stringify(rows)).not.toContain(code.replaceAll('-', ''))
    expect(JSON.stringify(rows)).not.toContain(world.people.ana.userId)
  })
})

describe('words typed for others', () => {
  /** A participant without a phone, for whom Carla types. */
  async function addRosa(): Promise<string> {
    const [item] = await database.db
      .selectFrom('commitment')
      .where('documentId', '=', documentId)
      .select('id')
      .execute()
    const { id } = await world.open({ commitmentIds: [item?.id] })
    const consent = { version: consentText.version, way: 'spoken' }
    const body = { name: 'Rosa Batista', groupId: world.otherGroupId, display: 'name', consent }
    const path = `POST /api/plans/${world.planId}/workshops/${id}/participants`
    const added = await app.ask(path, { as: world.as.carla, body })
    return (await added.json()).participants[0].userId
  }
  async function typeFor(behalfId?: string): Promise<void> {
    const { userId, sessionId } = world.people.carla
    const groupId = behalfId ? world.otherGroupId : world.groupId
    const writer = { userId, sessionId, groupId, ...(behalfId && { behalfId }) }
    await app.rooms.edit(documentId, { writer, via: 'draft' }, (doc) => {
      const text = (doc.getXmlFragment('summary').get(0) as Y.XmlElement).get(0) as Y.XmlText
      text.insert(text.length, 'Agua. ')
    })
  }
  const refsOf = async (as: string) => parseEntry((await read((await take(as)).code)).entry).entry.refs

  test('[RC80] [RC83] count as theirs, and never as those of who typed them', async () => {
    const rosa = await addRosa()
    await typeFor(rosa)
    expect(await refusal(await app.ask(taking(), { as: world.as.carla }))).toEqual([409, 'nothing_written'])
    await typeFor()
    const own = await refsOf(world.as.carla)
    expect(own).toHaveLength(1)
    const theirs = await refsOf(await app.cookieOf({ userId: rosa }))
    expect(theirs).toHaveLength(1)
    expect(theirs).not.toEqual(own)
  })

  test('[RC83] also when they were erased before their words were entered', async () => {
    const rosa = await addRosa()
    await typeFor(rosa)
    // Erasing somebody enters their words first; a database that was put back from a copy may hold it otherwise.
    await sql`delete from record_person where user_id = ${rosa}`.execute(database.db)
    await sql`update user_account set erased_at = now(), name = '' where id = ${rosa}`.execute(database.db)
    await app.recorder.catchUp()
    const payloads = database.db.selectFrom('recordPayload').select('payload').where('planId', '=', world.planId)
    const told = (await payloads.execute()).map(({ payload }) => JSON.parse(payload))
    expect(told).toContainEqual(expect.objectContaining({ document: documentId, behalf: null }))
    expect(await refusal(await app.ask(taking(), { as: world.as.carla }))).toEqual([409, 'nothing_written'])
  })
})

describe('after the workshop', () => {
  const onPhone = async (phone: Phone) => {
    const response = await phone.ask('POST /api/device/receipts')
    expect(response.status).toBe(200)
    return (await response.json()).items
  }
  const close = ({ id }: { id: string }) =>
    app.ask(`POST /api/plans/${world.planId}/workshops/${id}/close`, { as: world.as.carla })

  test('[RC91] a phone whose guests have no session any more gets the receipts of who had it last', async () => {
    const { phone, someone, workshop } = await guestOf()
    await write(someone, 'Agua.')
    expect((await close(workshop)).status).toBe(200)
    expect(await refusal(await phone.ask(taking()))).toEqual([401, 'signed_out'])

    const items = await onPhone(phone)
    expect(items).toMatchObject([{ name: 'Rosa Batista', document: { title: 'Agua' } }])
    expect((await read(items[0].code)).became).toMatchObject({ brought: 5 })
    expect(await onPhone(phone)).toEqual(items)
  })

  test('[RC91] whoever was removed from the workshop still gets theirs: their words stay in the text', async () => {
    const { phone, someone, workshop } = await guestOf()
    await write(someone, 'Agua.')
    const path = `/api/plans/${world.planId}/workshops/${workshop.id}/participants/${someone.userId}`
    const removed = await app.ask(`PATCH ${path}`, { as: world.as.carla, body: { removed: true } })
    expect(removed.status).toBe(200)
    expect(await onPhone(phone)).toMatchObject([{ name: 'Rosa Batista', document: { title: 'Agua' } }])
  })

  test('[RC91] a phone that was passed shows those of who had it last, and none of who had it before', async () => {
    const { phone, someone, workshop } = await guestOf()
    await write(someone, 'Agua.')
    const beto = await world.join(workshop.way, 'Beto Ríos', phone)
    expect(await onPhone(phone)).toEqual([])
    await write({ ...someone, userId: beto.userId, sessionId: await sessionOf(beto.userId) }, 'Luz.')
    expect(await onPhone(phone)).toMatchObject([{ name: 'Beto Ríos' }])
    await close(workshop)
    expect(await onPhone(phone)).toMatchObject([{ name: 'Beto Ríos' }])
    // An account that signs in on it afterwards is somebody else, too.
    const device = phone.cookie.split('; ').find((cookie) => cookie.startsWith('device='))
    const asked = await app.ask('POST /api/device/receipts', { as: `${device}; ${world.as.ana}` })
    expect(asked.status).toBe(200)
    expect((await asked.json()).items).toEqual([])
  })

  test('[RC91] no other phone does, nor a phone two days later', async () => {
    const { phone, someone, workshop } = await guestOf()
    await write(someone, 'Agua.')
    await close(workshop)
    expect(await onPhone(createPhone(app.ask))).toEqual([])
    expect(await onPhone((await guestOf()).phone)).toEqual([])
    await database.db
      .updateTable('workshop')
      .set({ openedAt: sql`now() - interval '4 days'`, endsAt: sql`now() - interval '49 hours'`, closedAt: null })
      .where('id', '=', workshop.id)
      .execute()
    expect(await onPhone(phone)).toEqual([])
  })
})

describe('reading', () => {
  test('[RC85] [RC86] whoever has the code proves it without asking anybody: entry, payload, inclusion, signature', async () => {
    const { phone, someone } = await guestOf()
    await write(someone, 'El agua llega dos horas.')
    const { code } = await take(phone.cookie)
    expect((await read(code)).proof).toBeNull()
    await app.recorder.catchUp()

    const receipt = await read(code.toLowerCase().replaceAll('-', ' '))
    const { entry, hash } = parseEntry(receipt.entry)
    const key = parseVkey(receipt.recordKey)
    const proof = parseTlogProof(receipt.proof ?? '')
    if (!key || !proof || !receipt.sealed) throw new Error('something of the proof is missing')
    expect(receipt.recordKey).toBe(testSigner.verifierKeys[0])
    expect(hash).toEqual(fromHex(receipt.hash))
    expect(verifyTlogProof(proof, hash, key).sound).toBe(true)
    const salt = fromBase64(receipt.sealed.salt)
    expect(salt && payloadCommitment(salt, receipt.sealed.payload)).toBe(entry.commit?.payload)
    expect(
      verifyTlogProof(
        proof,
        hash.map((byte) => byte ^ 1),
        key,
      ).sound,
    ).toBe(false)
  })

  test('[RC87] it tells what became of the words: what stands where, in which versions, and no word of others', async () => {
    const { phone, someone } = await guestOf()
    await write(someone, 'El agua llega dos horas.')
    await write(world.people.ana, ' Secreto de otra.')
    const { code } = await take(phone.cookie)
    const versions = `POST /api/documents/${documentId}/versions`
    await app.ask(versions, { as: world.as.ana, body: { name: 'Con el agua' } })

    const receipt = await read(code)
    expect(receipt).toMatchObject({ plan: { title: 'A plan', place: 'Somewhere' }, document: { title: 'Agua' } })
    expect(receipt.became).toMatchObject({
      brought: 24,
      fields: [{ field: 'problem', characters: 24, words: ['El agua llega dos horas.'] }],
      versions: [{ number: 1, characters: 24 }],
      state: 'drafting',
      status: 'open',
    })

    const typist = await sitDown(app.rooms, documentId, world.people.ana)
    typist.doc.transact(() => typist.doc.getXmlFragment('problem').delete(0, 1))
    await typist.saved()
    expect((await read(code)).became).toMatchObject({ brought: 24, fields: [], versions: [{ number: 1 }] })
  })

  test('[RC88] it names nobody', async () => {
    const { phone, someone } = await guestOf()
    await write(someone, 'Agua.')
    const text = JSON.stringify(await read((await take(phone.cookie)).code))
    for (const secret of ['Rosa', someone.userId, someone.sessionId, 'Neighbours']) expect(text).not.toContain(secret)
  })

  test('[RC89] when its author asked to be forgotten it still proves, and tells nothing more of their words', async () => {
    const { phone, someone } = await guestOf()
    await write(someone, 'Agua.')
    const { code } = await take(phone.cookie)
    await app.recorder.catchUp()
    await database.db
      .updateTable('userAccount')
      .set({ erasedAt: new Date(), name: '' })
      .where('id', '=', someone.userId)
      .execute()
    const { became, proof } = await read(code)
    expect(became).toBeNull()
    expect(proof).toContain('c2sp.org/tlog-proof')
  })

  test('[RC163] one network reads so many receipts a minute, right ones too, and is told when to come back', async () => {
    await write(world.people.ana, 'Uno.')
    const { code } = await take(world.as.ana)
    const throttles = createThrottles(database.pool)
    const few: typeof throttles = {
      ...throttles,
      bucket: (name, limits) =>
        throttles.bucket(name, name.startsWith('receipt: ') ? { ...limits, points: 3 } : limits),
    }
    const strict = createTestApp(database, { throttles: few })
    const look = (address: string) => strict.ask('POST /api/receipts/look', { body: { code }, address })
    const answers = await Promise.all(Array.from({ length: 8 }, () => look('192.0.2.9')))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
    const refused = answers.find(({ status }) => status === 429)
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    expect((await look('192.0.2.10')).status).toBe(200)
    const phones = await Promise.all(
      Array.from({ length: 4 }, () => strict.ask('POST /api/device/receipts', { address: '192.0.2.9' })),
    )
    expect(phones.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429])
  })

  test('[RC90] [T14] a network that guesses ten times a minute is not heard again; another one is', async () => {
    await write(world.people.ana, 'Uno.')
    const { code } = await take(world.as.ana)
    const guess = (number: number) => `7QKX2M4T9${String(number).padStart(3, '0')}`
    const answers = await Promise.all(Array.from({ length: 20 }, (_, number) => lookAt(guess(number)).then(refusal)))
    expect(answers.filter(([, code]) => code === 'not_found')).toHaveLength(10)
    expect(answers.filter(([, code]) => code === 'throttled')).toHaveLength(10)
    expect((await lookAt(code)).status).toBe(429)
    expect((await lookAt(code, '192.0.2.10')).status).toBe(200)
    expect(await refusal(await lookAt('not a code', '192.0.2.10'))).toEqual([404, 'not_found'])
  })
})
