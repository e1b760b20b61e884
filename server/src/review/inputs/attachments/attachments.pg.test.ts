import { createHash } from 'node:crypto'
import { crc32, deflateSync } from 'node:zlib'
import type { AttachmentList } from '@cabildo/protocol/http/attachments'
import { largestFile } from '@cabildo/protocol/http/attachments'
import { payloadCommitment } from '@cabildo/record/hash'
import { erasingWith } from '@cabildo/testkit/erasing'
import { plantPlan } from '@cabildo/testkit/factories'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { type TestApp, testOrigin } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld } from '@cabildo/testkit/workshop-world'
import { Transformer } from '@napi-rs/image'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { eraseByProgram } from '../../../privacy/erasing/service.ts'
import { longestEdge, mostAttachments, planQuota } from './rules.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

let keys = 0
const idea = (more: object = {}) => ({
  ...{ key: `key-of-an-attached-${++keys}`, channel: 'photo', words: 'Del pliego de la mesa.', consent: true },
  ...more,
})

/** A plan in which Fina typed an input for Rev. */
async function scene() {
  const roles = { fina: 'facilitator', ana: 'drafter', rev: 'reviewer', eva: 'reviewer' } as const
  const { planId, people } = await plantPlan(database.db, roles)
  const as = {
    fina: await world.cookieOf(people.fina),
    ana: await world.cookieOf(people.ana),
    rev: await world.cookieOf(people.rev),
    eva: await world.cookieOf(people.eva),
  }
  const base = `/api/plans/${planId}/inputs`
  const bring = async (by: string, more: object = {}): Promise<string> =>
    (await (await world.ask(`POST ${base}`, { as: by, body: { inputs: [idea(more)] } })).json()).items[0].id
  const id = await bring(as.fina, { from: { userId: people.rev.userId } })
  return { planId, people, as, base, bring, id, at: `${base}/${id}/attachments` }
}

function send(
  path: string,
  as: string,
  bytes: Uint8Array,
  { name = 'x', type = 'text/plain', origin = testOrigin } = {},
) {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bytes)], { type }), name)
  const init = { method: 'POST', headers: { origin, cookie: as }, body: form }
  return world.app.request(path, init, { incoming: { socket: { remoteAddress: '192.0.2.1' } } })
}

/** A JPEG of these sizes as a phone held upright makes it: turned by its orientation, and saying where it was taken. */
async function photo(width = 64, height = 32, colour = 90): Promise<Uint8Array> {
  const pixels = new Uint8Array(width * height * 4).fill(colour)
  const plain = await Transformer.fromRgbaPixels(pixels, width, height).jpeg(90)
  const tiff = Buffer.from('49492a00080000000100120103000100000006000000000000000000', 'hex')
  const exif = Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.from('GPS 9.1667 -79.0833 Tortí')])
  const head = Buffer.from([0xff, 0xe1, (exif.length + 2) >> 8, (exif.length + 2) & 255])
  return Buffer.concat([plain.subarray(0, 2), head, exif, plain.subarray(2)])
}

function chunk(name: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(name), data])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(data.length)
  sum.writeUInt32BE(crc32(body))
  return Buffer.concat([length, body, sum])
}

/** A PNG that says it has these sizes, of nothing but zeros. */
function png(width: number, height: number): Uint8Array {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 8
  const signature = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10])
  const data = deflateSync(Buffer.alloc((width + 1) * height))
  return Buffer.concat([signature, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))])
}

/** The beginning of a voice note in Ogg, and of a PDF. */
const voice = Buffer.concat([
  Buffer.from('4f67675300020000000000000000000000000000000000000000011e01766f72626973', 'hex'),
  Buffer.alloc(400),
])
const paper = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n')
const get = (path: string, as: string, headers: Record<string, string> = {}) =>
  world.ask(`GET ${path}`, { as, headers })
const list = async (path: string, as: string): Promise<AttachmentList> => (await get(path, as)).json()

test('[IN60] [IN61] [IN62] a photo is drawn anew, upright and without what the camera wrote; the record holds a salted hash', async () => {
  const { planId, as, at } = await scene()
  const sent = await photo()
  const answer = await send(at, as.fina, sent, { name: 'Rosa Díaz.html', type: 'text/html' })
  expect(answer.status, await answer.clone().text()).toBe(201)
  const { items } = (await answer.json()) as AttachmentList
  expect(items).toMatchObject([{ number: 1, kind: 'picture', mediaType: 'image/jpeg', hasThumbnail: true }])
  const [one] = items
  const file = await get(`${at}/1`, as.rev)
  const bytes = Buffer.from(await file.arrayBuffer())
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(one?.sha256)
  expect(bytes.length).toBe(one?.size)
  expect(bytes.includes('GPS') || bytes.includes('Exif')).toBe(false)
  expect(await new Transformer(bytes).metadata()).toMatchObject({ width: 32, height: 64, format: 'jpeg' })
  expect(file.headers.get('content-type')).toBe('image/jpeg')
  expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="aporte-\d+-1\.jpg"$/)
  expect(file.headers.get('content-security-policy')).toContain('sandbox')
  expect(file.headers.get('x-content-type-options')).toBe('nosniff')
  expect(file.headers.get('cache-control')).toBe('no-store')

  await world.recorder.catchUp()
  const { rows } = await sql<{ payload: string; seq: number }>`
    select p.payload, p.seq from record_entry e join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq
    where e.plan_id = ${planId} and p.payload like '%attached%'`.execute(database.db)
  const told = JSON.parse(rows[0]?.payload ?? '')
  const committed = payloadCommitment(Buffer.from(one?.salt ?? '', 'hex'), one?.sha256 ?? '')
  expect(told).toMatchObject({ kind: 'input', act: 'attached', attachment: 1, media: 'image/jpeg', file: committed })
  expect(rows[0]?.seq).toBe(one?.entry)
  // The same photo once more is the one that is there.
  expect(((await (await send(at, as.fina, sent)).json()) as AttachmentList).items).toHaveLength(1)
})

test('[IN61] a large photo is made smaller, keeps its shape, and has a small picture', async () => {
  const { as, at } = await scene()
  expect((await send(at, as.rev, await photo(3000, 1500))).status).toBe(201)
  const sizes = async (path: string) =>
    new Transformer(new Uint8Array(await (await get(path, as.rev)).arrayBuffer())).metadata()
  expect(await sizes(`${at}/1`)).toMatchObject({ width: longestEdge / 2, height: longestEdge })
  expect(await sizes(`${at}/1/thumbnail`)).toMatchObject({ width: 160, height: 320 })
})

test('[IN61] voice notes and scanned forms are kept as they are, by what they are and not by what is said of them', async () => {
  const { as, at } = await scene()
  expect((await send(at, as.rev, voice, { type: 'image/png' })).status).toBe(201)
  expect((await send(at, as.rev, paper)).status).toBe(201)
  const { items } = await list(at, as.ana)
  expect(items.map(({ kind, mediaType }) => [kind, mediaType])).toEqual([
    ['sound', 'audio/ogg'],
    ['paper', 'application/pdf'],
  ])
  const file = await get(`${at}/1`, as.ana)
  expect(Buffer.from(await file.arrayBuffer()).equals(voice)).toBe(true)
  const part = await get(`${at}/1`, as.ana, { range: 'bytes=4-9' })
  expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 4-9/${voice.length}`])
  expect(Buffer.from(await part.arrayBuffer()).equals(voice.subarray(4, 10))).toBe(true)
  expect((await get(`${at}/1`, as.ana, { range: 'bytes=9999-' })).status).toBe(416)
  expect((await get(`${at}/1/thumbnail`, as.ana)).status).toBe(404)
})

test('[IN61] nothing else is kept: pages, drawings with scripts, broken and far too large pictures', async () => {
  const { as, at } = await scene()
  const hostile = {
    page: Buffer.from('<!doctype html><script>alert(1)</script>'),
    drawing: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
    broken: (await photo()).subarray(0, 120),
    bomb: png(12_000, 12_000),
    empty: new Uint8Array(),
  }
  for (const [name, bytes] of Object.entries(hostile)) {
    const answer = await send(at, as.rev, bytes, { type: 'image/jpeg' })
    expect([name, answer.status]).toEqual([name, 400])
    expect((await answer.json()).errors[0].pointer).toBe('/file')
  }
  expect((await list(at, as.rev)).items).toEqual([])
})

test('[IN60] a body that is too long ends the request, whatever it says of its length; a foreign page sends nothing', async () => {
  const { as, at } = await scene()
  expect((await send(at, as.rev, new Uint8Array(largestFile + 1))).status).toBe(413)
  let given = 0
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      given += 1 << 20
      controller.enqueue(new Uint8Array(1 << 20))
    },
  })
  const headers = { origin: testOrigin, cookie: as.rev, 'content-type': 'multipart/form-data; boundary=x' }
  const init = { method: 'POST', headers, body, duplex: 'half' } as RequestInit
  const chunked = await world.app.request(at, init, { incoming: { socket: { remoteAddress: '192.0.2.1' } } })
  expect(chunked.status).toBe(413)
  expect(given).toBeLessThan(2 * largestFile)
  expect((await send(at, as.rev, paper, { origin: 'https://elsewhere.test' })).status).toBe(403)
  expect((await world.ask(`POST ${at}`, { as: as.rev, body: {} })).status).toBe(415)
  expect(
    (await world.ask(`POST ${at.replace('/attachments', '/answers')}`, { as: as.rev, headers, body: 'x' })).status,
  ).toBe(415)
})

test('[IN60] whose it is, who typed it and who runs meetings attach; others read; strangers find nothing', async () => {
  const { as, at, bring, base } = await scene()
  expect((await send(at, as.rev, paper)).status).toBe(201)
  expect((await send(at, as.fina, voice)).status).toBe(201)
  expect((await send(at, as.eva, voice)).status).toBe(403)
  expect((await list(at, as.eva)).may).toEqual({ attach: false, remove: false })
  expect((await world.ask(`DELETE ${at}/1`, { as: as.eva })).status).toBe(403)
  const other = await scene()
  for (const path of [at, `${at}/1`, `${at}/1/thumbnail`]) expect((await get(path, other.as.rev)).status).toBe(404)
  expect((await send(at, other.as.rev, paper)).status).toBe(404)
  expect((await world.app.request(`${at}/1`)).status).toBe(401)
  // Beside another input there is none of this number.
  const second = await bring(as.rev)
  expect((await get(`${base}/${second}/attachments/1`, as.rev)).status).toBe(404)
})

test('[IN60] a guest of a workshop attaches to what is theirs and reads no more', async () => {
  const village = await plantWorkshopWorld(database, world.ask, world.cookieOf)
  const { way } = await village.open()
  const one = (await village.join(way, 'Nel')).phone
  const two = (await village.join(way, 'Yari')).phone
  const base = `/api/plans/${village.planId}/inputs`
  const { items } = await (await one.ask(`POST ${base}`, { inputs: [idea()] })).json()
  const at = `${base}/${items[0].id}/attachments`
  expect((await send(at, one.cookie, voice)).status).toBe(201)
  expect((await send(at, two.cookie, voice)).status).toBe(404)
  expect((await two.ask(`GET ${at}/1`)).status).toBe(404)
  expect((await one.ask(`GET ${at}/1`)).status).toBe(200)
})

test('[IN64] what is removed, taken back, or of somebody who is erased, is gone with its salt; that it was there stays', async () => {
  const { planId, as, at, base, bring, people } = await scene()
  const left = async (id: string) => {
    const { rows } = await sql<{ number: number; salt: Uint8Array; kept: boolean }>`
      select a.number, a.salt, f.number is not null as kept from input_attachment a
      left join input_attachment_file f on f.input_id = a.input_id and f.number = a.number
      where a.input_id = ${id} order by a.number`.execute(database.db)
    return rows.map(({ number, salt, kept }) => [number, salt.length, kept])
  }
  const id = at.split('/').at(-2) ?? ''
  await send(at, as.rev, paper)
  await send(at, as.rev, voice)
  const after = await world.ask(`DELETE ${at}/1`, { as: as.fina })
  expect(((await after.json()) as AttachmentList).items.map(({ number }) => number)).toEqual([2])
  expect(await left(id)).toEqual([
    [1, 0, false],
    [2, 32, true],
  ])
  expect((await world.ask(`DELETE ${at}/1`, { as: as.fina })).status).toBe(404)
  // Its number is not given again.
  expect(((await (await send(at, as.rev, paper)).json()) as AttachmentList).items.map(({ number }) => number)).toEqual([
    2, 3,
  ])

  // With the name of somebody without an account goes what shows their hand, face or voice, and the record tells it.
  const forRosa = await bring(as.fina, { from: { name: 'Rosa Díaz', display: 'name' } })
  await send(`${base}/${forRosa}/attachments`, as.fina, paper)
  await send(`${base}/${forRosa}/attachments`, as.fina, voice)
  expect((await world.ask(`DELETE ${base}/${forRosa}/name`, { as: as.fina })).status).toBe(200)
  expect(await left(forRosa)).toEqual([
    [1, 0, false],
    [2, 0, false],
  ])
  const { rows: told } = await sql<{ number: number }>`
    select (p.payload::jsonb ->> 'attachment')::int as number
    from record_payload p join plan on plan.id = p.plan_id
    where plan.id = ${planId} and p.payload::jsonb ->> 'act' = 'detached'
      and (p.payload::jsonb ->> 'input')::int = (select number from input where id = ${forRosa}) order by p.seq`.execute(
    database.db,
  )
  expect(told.map(({ number }) => number)).toEqual([1, 2])
  // Of who has an account the name is theirs, and what is beside their input with it.
  expect((await world.ask(`DELETE ${base}/${id}/name`, { as: as.fina })).status).toBe(200)
  expect((await left(id)).map(([, , kept]) => kept)).toEqual([false, true, true])

  const own = await bring(as.rev)
  await send(`${base}/${own}/attachments`, as.rev, paper)
  await world.ask(`DELETE ${base}/${own}`, { as: as.rev })
  expect(await left(own)).toEqual([[1, 0, false]])
  expect((await send(`${base}/${own}/attachments`, as.rev, paper)).status).toBe(409)

  await eraseByProgram(erasingWith(database.db), people.rev.userId)
  expect((await left(id)).every(([, salt, kept]) => salt === 0 && kept === false)).toBe(true)
})

test('[IN65] an input has so many files, and a plan so many bytes', async () => {
  const { planId, as, at, base, bring } = await scene()
  const sheet = (page: number) => Buffer.concat([paper, Buffer.from(`% ${page}\n`)])
  for (let page = 0; page < mostAttachments; page += 1) expect((await send(at, as.rev, sheet(page))).status).toBe(201)
  expect((await send(at, as.rev, sheet(mostAttachments))).status).toBe(413)
  const other = await bring(as.rev)
  await sql`update input_attachment set size = ${planQuota / mostAttachments} where plan_id = ${planId}`.execute(
    database.db,
  )
  expect((await send(`${base}/${other}/attachments`, as.rev, paper)).status).toBe(413)
  await sql`update input_attachment set size = 1 where plan_id = ${planId}`.execute(database.db)
  const twice = await Promise.all([1, 2].map(() => send(`${base}/${other}/attachments`, as.rev, paper)))
  expect(twice.map(({ status }) => status)).toEqual([201, 201])
  expect((await list(`${base}/${other}/attachments`, as.rev)).items).toHaveLength(1)
})
