import { randomBytes } from 'node:crypto'
import type { Meeting, MeetingFileList } from '@cabildo/protocol/http/meetings'
import { canonicalText, type Json } from '@cabildo/record/canonical-json'
import { payloadCommitment } from '@cabildo/record/hash'
import { plantPlan } from '@cabildo/testkit/factories'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { type TestApp, testOrigin } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld } from '@cabildo/testkit/workshop-world'
import { Transformer } from '@napi-rs/image'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { newId } from '../db/ids.ts'
import { planQuota } from '../review/inputs/attachments/rules.ts'
import { mostFiles } from './files/rules.ts'
import { countMeetings, readMeetings } from './service.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

const facts = (more: object = {}) => ({
  ...{ key: randomBytes(15).toString('base64url'), title: 'Reunión de Tortí', heldOn: '2024-08-17', starts: '15:00' },
  ...{ mode: 'in_person', place: 'Casa comunal', isPublic: true, agenda: 'Ideas', ...more },
})
const today = () => new Date().toISOString().slice(0, 10)

/** A plan with two groups, and somebody of every role that matters here. */
async function scene() {
  const roles = { cora: 'coordinator', fina: 'facilitator', dina: 'drafter', rev: 'reviewer', moni: 'monitor' } as const
  const { planId, people } = await plantPlan(database.db, roles)
  const otherGroupId = newId()
  await database.db
    .insertInto('stakeholderGroup')
    .values({ id: otherGroupId, planId, name: '=Productores', sector: 'community' })
    .execute()
  const as = Object.fromEntries(
    await Promise.all(Object.entries(people).map(async ([name, one]) => [name, await world.cookieOf(one)])),
  ) as Record<keyof typeof roles, string>
  const base = `/api/plans/${planId}/meetings`
  const ask = (key: string, by: keyof typeof roles, body?: unknown) => {
    const [method, path = ''] = key.split(' ')
    return world.ask(`${method} ${base}${path}`, { as: as[by], ...(body === undefined ? {} : { body }) })
  }
  const add = async (more: object = {}): Promise<Meeting> => {
    const answer = await ask('POST ', 'fina', facts(more))
    expect(answer.status, await answer.clone().text()).toBe(201)
    return answer.json()
  }
  return { planId, people, as, base, ask, add, groupId: people.fina.groupId, otherGroupId }
}

/** What the record tells of meetings, oldest first. */
async function told(planId: string): Promise<Record<string, Json>[]> {
  const { rows } = await sql<{ payload: string }>`
    select p.payload from record_entry e join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq
    where e.plan_id = ${planId} and e.type = 'meeting' order by e.seq`.execute(database.db)
  return rows.map(({ payload }) => JSON.parse(payload))
}

function send(path: string, as: string, bytes: Uint8Array) {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bytes)]), 'lista de Rosa Díaz.pdf')
  const init = { method: 'POST', headers: { origin: testOrigin, cookie: as }, body: form }
  return world.app.request(path, init, { incoming: { socket: { remoteAddress: '192.0.2.1' } } })
}
const paper = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n')
const sound = Buffer.concat([
  Buffer.from('4f67675300020000000000000000000000000000000000000000011e01766f72626973', 'hex'),
  Buffer.alloc(400),
])
const photo = async (colour: number) =>
  new Uint8Array(await Transformer.fromRgbaPixels(new Uint8Array(64 * 32 * 4).fill(colour), 64, 32).jpeg(90))

test('[ME1] [ME3] who runs meetings enters one, once for each key; everybody reads it; the record has a hash of what is said', async () => {
  const { planId, ask, add } = await scene()
  const sent = facts({ materials: [{ title: 'Resumen', sentOn: '2024-08-03', sentTo: 'A los veinte grupos' }] })
  const made: Meeting = await (await ask('POST ', 'fina', sent)).json()
  expect(made).toMatchObject({ number: 1, state: 'planned', revision: 1, attended: 0, minutesId: null })
  expect((await (await ask('POST ', 'fina', sent)).json()).id).toBe(made.id)
  await add({ heldOn: '2024-07-06' })
  for (const by of ['dina', 'rev', 'moni'] as const) {
    expect((await ask('POST ', by, facts())).status).toBe(403)
    const read: Meeting = await (await ask(`GET /${made.id}`, by)).json()
    expect(read).toEqual({ ...made, may: { write: false, readLists: by === 'moni' } })
    const listed = await (await ask('GET ?limit=1', by)).json()
    expect(listed).toMatchObject({ items: [{ number: 1 }], may: { write: false } })
    const next = await (await ask(`GET ?limit=1&cursor=${listed.nextCursor}`, by)).json()
    expect(next).toMatchObject({ items: [{ number: 2 }], nextCursor: null })
  }
  const [entry] = await told(planId)
  const { title, heldOn, starts, ends, mode, place, link, agenda, results, materials, state, reason } = made
  const data = {
    ...{ title, heldOn, starts, ends, mode, place, link, public: true, agenda, results, materials },
    ...{ workshop: null, state, reason },
  }
  expect(entry).toEqual({
    ...{ kind: 'created', meeting: 1, heldOn: '2024-08-17', mode: 'in_person', public: true },
    data: payloadCommitment(Buffer.from(made.salt, 'hex'), canonicalText(data)),
  })
})

test('[ME1] a meeting of another plan looks like none, at every address under it', async () => {
  const { add } = await scene()
  const { id } = await add()
  const other = await scene()
  const body = { ...facts(), key: undefined, after: 1 }
  const asked: [string, unknown?][] = [
    [`GET /${id}`],
    [`PUT /${id}`, body],
    [`POST /${id}/state`, { after: 1, state: 'held' }],
    [`PUT /${id}/attendance`, { after: 1, groups: [] }],
    [`POST /${id}/attendance/workshop`, { after: 1 }],
    [`PUT /${id}/inputs`, {}],
    [`GET /${id}/attachments`],
    [`GET /${id}/attachments/1`],
    [`DELETE /${id}/attachments/1`],
  ]
  for (const [key, sent] of asked) expect((await other.ask(key, 'fina', sent)).status, key).toBe(404)
  expect((await send(`${other.base}/${id}/attachments?use=photo`, other.as.fina, paper)).status).toBe(404)
})

test('[ME2] [ME3] it is changed by whoever read it last; what cannot be said is refused by field', async () => {
  const { planId, ask, add } = await scene()
  const { id, salt } = await add()
  const { key: _, ...said } = facts({ title: 'Otra', results: 'Treinta ideas' })
  const changed: Meeting = await (await ask(`PUT /${id}`, 'cora', { ...said, after: 1 })).json()
  expect(changed).toMatchObject({ title: 'Otra', results: 'Treinta ideas', revision: 2 })
  expect(changed.salt).not.toBe(salt)
  expect((await ask(`PUT /${id}`, 'fina', { ...said, after: 1 })).status).toBe(409)
  const refused = async (more: object) => {
    const answer = await ask(`PUT /${id}`, 'fina', { ...said, after: 2, ...more })
    return [answer.status, (await answer.json()).errors?.[0]?.pointer]
  }
  expect(await refused({ place: null })).toEqual([400, '/place'])
  expect(await refused({ heldOn: '2024-02-30' })).toEqual([400, '/heldOn'])
  expect(await refused({ link: 'javascript:alert(1)' })).toEqual([400, '/link'])
  expect(await refused({ workshopId: newId() })).toEqual([400, '/workshopId'])
  expect(await refused({ materials: [{ title: 'x', attachment: 1 }] })).toEqual([400, '/materials/0/attachment'])
  expect((await told(planId)).map(({ kind }) => kind)).toEqual(['created', 'changed'])
})

test('[ME4] a meeting is held when its day has come, is called off with a reason, and is planned again', async () => {
  const { planId, ask, add } = await scene()
  const ahead = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
  const later = await add({ heldOn: ahead })
  const early = await ask(`POST /${later.id}/state`, 'fina', { after: 1, state: 'held' })
  expect([early.status, (await early.json()).errors[0].pointer]).toEqual([400, '/state'])
  const { id } = await add({ heldOn: today() })
  const move = async (after: number, state: string, reason?: string) =>
    (await ask(`POST /${id}/state`, 'fina', { after, state, reason })).json()
  expect(await move(1, 'cancelled', 'Llovió.')).toMatchObject({ state: 'cancelled', reason: 'Llovió.', revision: 2 })
  expect((await ask(`PUT /${id}/attendance`, 'fina', { after: 2, groups: [] })).status).toBe(409)
  expect(await move(2, 'planned')).toMatchObject({ state: 'planned', reason: null })
  expect(await move(3, 'held')).toMatchObject({ state: 'held', revision: 4 })
  expect((await told(planId)).map(({ kind, attended }) => [kind, attended])).toEqual([
    ...[['created'], ['created'], ['cancelled'], ['planned']].map(([kind]) => [kind, undefined]),
    ['held', 0],
  ])
})

test('[ME5] attendance is counts by group; the record has them, and nothing of gender and age', async () => {
  const { planId, ask, add, groupId, otherGroupId } = await scene()
  const { id } = await add()
  const counts = {
    groups: [
      { groupId, registered: 12, attended: 9 },
      { groupId: null, attended: 2 },
      { groupId: otherGroupId, registered: 3 },
    ],
    ...{ byGender: { woman: 6, man: 4 }, byAge: { '60_plus': 1 } },
  }
  expect((await ask(`PUT /${id}/attendance`, 'moni', { ...counts, after: 1 })).status).toBe(403)
  const counted: Meeting = await (await ask(`PUT /${id}/attendance`, 'fina', { ...counts, after: 1 })).json()
  expect(counted).toMatchObject({ registered: 15, attended: 11, revision: 2 })
  expect(counted.attendance).toEqual({
    ...{ registered: 15, attended: 11 },
    byGroup: [
      { group: { id: groupId, name: 'Neighbours', sector: 'civil_society' }, registered: 12, attended: 9 },
      { group: { id: otherGroupId, name: '=Productores', sector: 'community' }, registered: 3, attended: 0 },
      { group: null, registered: 0, attended: 2 },
    ],
    byGender: { woman: 6, man: 4, other: 0 },
    byAge: { under_18: 0, '18_29': 0, '30_44': 0, '45_59': 0, '60_plus': 1 },
  })
  expect((await told(planId)).at(-1)).toEqual({
    ...{ kind: 'counted', meeting: 1, registered: 15, attended: 11 },
    groups: { [groupId]: [12, 9], [otherGroupId]: [3, 0], none: [0, 2] },
  })
  const wrong = await ask(`PUT /${id}/attendance`, 'fina', { after: 2, groups: [{ groupId: newId(), attended: 1 }] })
  expect([wrong.status, (await wrong.json()).errors[0].pointer]).toEqual([400, '/groups/0/groupId'])
  await ask(`POST /${id}/state`, 'fina', { after: 2, state: 'held' })
  expect(await countMeetings(database.db, planId)).toEqual({ held: 1, public: 1, attended: 11, groups: 1 })
  const [read] = await readMeetings(database.db, planId)
  expect(read).toMatchObject({ number: 1, state: 'held', attended: 11, may: { write: false, readLists: false } })

  // Read as bytes: reading a text takes the mark of its order away.
  const csv = Buffer.from(await (await ask('GET /attendance.csv', 'rev')).arrayBuffer()).toString()
  expect(csv.startsWith('\ufeffReunión,Fecha,')).toBe(true)
  expect(csv.split('\r\n').map((line) => line.split(',').slice(7).join(','))).toEqual([
    'Se cuenta por,Quiénes,Sector,Inscritas,Asistieron',
    ...['Total,,,15,11', 'Grupo,Neighbours,Sociedad civil,12,9', "Grupo,'=Productores,Comunidad,3,0"],
    ...['Grupo,Sin grupo,,0,2', 'Género,Mujeres,,,6', 'Género,Hombres,,,4', 'Edad,60 o más,,,1', ''],
  ])
})

test('[ME6] a meeting that was a workshop takes from it who came', async () => {
  const village = await plantWorkshopWorld(database, world.ask, world.cookieOf)
  const workshop = await village.open()
  await village.join(workshop.way, 'Nel')
  await village.join(workshop.way, 'Yari')
  const base = `/api/plans/${village.planId}/meetings`
  const as = village.as.carla
  const body = facts({ heldOn: today(), workshopId: workshop.id })
  const made: Meeting = await (await world.ask(`POST ${base}`, { as, body })).json()
  expect(made.workshop).toEqual({ id: workshop.id, title: workshop.title })
  const held: Meeting = await (
    await world.ask(`POST ${base}/${made.id}/state`, { as, body: { after: 1, state: 'held' } })
  ).json()
  expect(held.attendance.byGroup).toMatchObject([{ group: { id: village.groupId }, registered: 0, attended: 2 }])
  expect((await told(village.planId)).map(({ kind, attended }) => [kind, attended])).toEqual([
    ['created', undefined],
    ['counted', 2],
    ['held', 2],
  ])
  await village.join(workshop.way, 'Eva')
  const again = await world.ask(`POST ${base}/${made.id}/attendance/workshop`, { as, body: { after: held.revision } })
  expect(await again.json()).toMatchObject({ attended: 3 })
  const none: Meeting = await (await world.ask(`POST ${base}`, { as, body: facts() })).json()
  expect((await world.ask(`POST ${base}/${none.id}/attendance/workshop`, { as, body: { after: 1 } })).status).toBe(409)
})

test('[ME1] [ME10] guests of a workshop read what is open to the public, without the link, gender and age, and no table', async () => {
  const village = await plantWorkshopWorld(database, world.ask, world.cookieOf)
  const { planId, groupId, as } = village
  const workshop = await village.open()
  const { phone } = await village.join(workshop.way, 'Nel')
  const base = `/api/plans/${planId}/meetings`
  const held = async (more: object): Promise<Meeting> => {
    const body = facts({ link: 'https://meet.example/torti', mode: 'both', ...more })
    const { id } = await (await world.ask(`POST ${base}`, { as: as.carla, body })).json()
    const counts = { after: 1, groups: [{ groupId, attended: 5 }], byGender: { woman: 1 }, byAge: { '60_plus': 1 } }
    await world.ask(`PUT ${base}/${id}/attendance`, { as: as.carla, body: counts })
    expect((await send(`${base}/${id}/attachments?use=photo`, as.carla, await photo(70))).status).toBe(201)
    return (await world.ask(`POST ${base}/${id}/state`, { as: as.carla, body: { after: 2, state: 'held' } })).json()
  }
  const open = await held({})
  const closed = await held({ isPublic: false, title: 'Reunión cerrada' })

  const listed = await (await phone.ask(`GET ${base}`)).json()
  expect(listed.items.map(({ id }: Meeting) => id)).toEqual([open.id])
  expect(listed.totals).toEqual({ held: 1, public: 1, attended: 5, groups: 1 })
  const byMember = await (await world.ask(`GET ${base}`, { as: as.lector })).json()
  expect([byMember.items.length, byMember.totals.attended]).toEqual([2, 10])
  const none = { byGender: { woman: 0, man: 0, other: 0 } }
  const read: Meeting = await (await phone.ask(`GET ${base}/${open.id}`)).json()
  expect(read).toMatchObject({ title: open.title, agenda: open.agenda, link: null, attended: 5, attendance: none })
  expect(Object.values(read.attendance.byAge)).toEqual([0, 0, 0, 0, 0])
  const whole: Meeting = await (await world.ask(`GET ${base}/${open.id}`, { as: as.lector })).json()
  expect(whole).toMatchObject({ link: 'https://meet.example/torti', attendance: { byGender: { woman: 1 } } })
  for (const [path, ofOpen] of [
    ['', 200],
    ['/attachments', 200],
    ['/attachments/1', 200],
    ['/attachments/1/thumbnail', 200],
    ['/minutes', 404],
  ] as const) {
    expect((await phone.ask(`GET ${base}/${open.id}${path}`)).status, path).toBe(ofOpen)
    expect((await phone.ask(`GET ${base}/${closed.id}${path}`)).status, path).toBe(404)
  }
  expect((await phone.ask(`GET ${base}?number=${closed.number}`)).status).toBe(200)
  expect((await (await phone.ask(`GET ${base}?number=${closed.number}`)).json()).items).toEqual([])
  expect((await phone.ask(`GET ${base}/attendance.csv`)).status).toBe(403)
  expect((await world.ask(`GET ${base}/attendance.csv`, { as: as.lector })).status).toBe(200)
})

test('[ME7] inputs belong to one meeting at most: brought there, or gathered later', async () => {
  const { planId, as, ask, add } = await scene()
  const one = await add()
  const two = await add()
  const inputs = `/api/plans/${planId}/inputs`
  const bring = async (by: string, more: object = {}) => {
    const input = { key: randomBytes(15).toString('base64url'), channel: 'meeting', words: 'Más luz.', ...more }
    return world.ask(`POST ${inputs}`, { as: by, body: { inputs: [input] } })
  }
  const idOf = async (answer: Response) => (await answer.json()).items[0].id as string
  const there = await idOf(await bring(as.fina, { meetingId: one.id }))
  const later = await idOf(await bring(as.rev))
  expect((await bring(as.rev, { meetingId: one.id })).status).toBe(403)
  expect((await bring(as.fina, { meetingId: newId() })).status).toBe(400)
  const gathered = await (await ask(`PUT /${two.id}/inputs`, 'fina', { add: [there, later] })).json()
  expect(gathered.inputs).toBe(2)
  expect((await (await ask(`GET /${one.id}`, 'rev')).json()).inputs).toBe(0)
  expect((await ask(`PUT /${two.id}/inputs`, 'dina', { remove: [there] })).status).toBe(403)
  const wrong = await ask(`PUT /${two.id}/inputs`, 'fina', { add: [later, newId()] })
  expect([wrong.status, (await wrong.json()).errors[0].pointer]).toEqual([400, '/add/1'])
  await ask(`PUT /${two.id}/inputs`, 'fina', { remove: [there] })
  const listed = await (await world.ask(`GET ${inputs}?meetingId=${two.id}`, { as: as.rev })).json()
  expect(listed.items).toMatchObject([{ id: later, meeting: { id: two.id, number: 2, title: two.title } }])
  // Again, nothing changes and nothing is told.
  await ask(`PUT /${two.id}/inputs`, 'fina', { add: [later] })
  expect((await told(planId)).slice(2)).toEqual([
    { kind: 'inputs', meeting: 2, added: [1, 2], removed: [] },
    { kind: 'inputs', meeting: 2, added: [], removed: [1] },
  ])
})

test('[ME8] signed lists are for those who run meetings and who monitors; photos and material for everybody of the plan', async () => {
  const { planId, as, base, ask, add } = await scene()
  const { id } = await add()
  const at = `${base}/${id}/attachments`
  const listed = async (by: keyof typeof as): Promise<MeetingFileList> =>
    (await ask(`GET /${id}/attachments`, by)).json()
  expect((await send(`${at}?use=list`, as.rev, paper)).status).toBe(403)
  expect((await send(`${at}?use=list`, as.fina, paper)).status).toBe(201)
  // A picture says in its comment who is on it and where: it is drawn anew.
  const [whole, where] = [await photo(90), Buffer.from('Rosa Diaz 9.17,-79.09')]
  const said = Buffer.concat([
    whole.subarray(0, 2),
    Buffer.from([0xff, 0xfe, 0, where.length + 2]),
    where,
    whole.subarray(2),
  ])
  expect((await send(`${at}?use=photo`, as.fina, said)).status).toBe(201)
  const file = async (bytes: Uint8Array, use: string) => {
    const answer = await send(`${at}?use=${use}`, as.fina, bytes)
    return [answer.status, (await answer.json()).errors?.[0]?.pointer]
  }
  expect(await file(Buffer.concat([paper, Buffer.from('%')]), 'photo')).toEqual([400, '/file'])
  expect(await file(sound, 'list')).toEqual([400, '/file'])
  expect(await file(Buffer.from('<svg onload="alert(1)">'), 'material')).toEqual([400, '/file'])
  expect((await listed('moni')).items.map(({ number, use }) => [number, use])).toEqual([
    [1, 'list'],
    [2, 'photo'],
  ])
  expect((await listed('moni')).may).toEqual({ attach: false, readLists: true })
  expect((await listed('dina')).items.map(({ number }) => number)).toEqual([2])
  for (const [by, status] of [
    ['moni', 200],
    ['cora', 200],
    ['dina', 404],
    ['rev', 404],
  ] as const)
    expect((await ask(`GET /${id}/attachments/1`, by)).status, by).toBe(status)
  const shown = await ask(`GET /${id}/attachments/2`, 'rev')
  expect([shown.status, shown.headers.get('content-disposition')]).toEqual([
    200,
    'attachment; filename="reunion-1-2.jpg"',
  ])
  const drawn = Buffer.from(await shown.arrayBuffer())
  expect([drawn.subarray(0, 2).toString('hex'), drawn.includes('Rosa'), said.includes('Rosa')]).toEqual([
    'ffd8',
    false,
    true,
  ])
  expect((await ask(`GET /${id}/attachments/2/thumbnail`, 'rev')).status).toBe(200)

  const describe = async (number: number, body: object) => {
    const answer = await ask(`PATCH /${id}/attachments/${number}`, 'fina', body)
    return [answer.status, (await answer.json()).errors?.[0]?.pointer]
  }
  expect(await describe(1, { caption: 'Lista', shown: true })).toEqual([400, '/shown'])
  expect(await describe(2, { caption: null, shown: true })).toEqual([400, '/caption'])
  expect(await describe(2, { caption: 'La mesa de productores', shown: true })).toEqual([200, undefined])
  expect((await listed('rev')).items).toMatchObject([{ caption: 'La mesa de productores', shown: true }])
  expect((await ask(`DELETE /${id}/attachments/2`, 'moni')).status).toBe(403)
  expect((await ask(`DELETE /${id}/attachments/2`, 'fina')).status).toBe(200)
  expect((await ask(`GET /${id}/attachments/2`, 'fina')).status).toBe(404)
  const { rows } = await sql<{ left: number; salt: Uint8Array }>`
    select (select count(*)::int from meeting_attachment_file where meeting_id = ${id} and number = 2) as left, salt
    from meeting_attachment where meeting_id = ${id} and number = 2`.execute(database.db)
  expect([rows[0]?.left, rows[0]?.salt.length]).toEqual([0, 0])
  expect((await told(planId)).slice(1).map(({ kind, attachment, use }) => [kind, attachment, use])).toEqual([
    ['attached', 1, 'list'],
    ['attached', 2, 'photo'],
    ['file', 2, undefined],
    ['detached', 2, undefined],
  ])
})

test('[ME9] material is a file that is there, and it is not removed while it is named', async () => {
  const { as, base, ask, add } = await scene()
  const { id } = await add()
  await send(`${base}/${id}/attachments?use=material`, as.fina, paper)
  const { key: _, ...said } = facts({ materials: [{ title: 'Resumen', attachment: 1 }] })
  expect((await ask(`PUT /${id}`, 'fina', { ...said, after: 1 })).status).toBe(200)
  expect((await ask(`DELETE /${id}/attachments/1`, 'fina')).status).toBe(409)
  expect((await ask(`PUT /${id}`, 'fina', { ...said, materials: [], after: 2 })).status).toBe(200)
  expect((await ask(`DELETE /${id}/attachments/1`, 'fina')).status).toBe(200)
})

test('[ME8] a meeting has so many files, and a plan so many bytes, with those beside its inputs', async () => {
  const { planId, as, base, add } = await scene()
  const { id } = await add()
  const at = `${base}/${id}/attachments?use=list`
  expect((await send(at, as.fina, paper)).status).toBe(201)
  // The same file again is the one that is there.
  expect(((await (await send(at, as.fina, paper)).json()) as MeetingFileList).items).toHaveLength(1)
  await sql`update meeting_attachment set size = ${planQuota} where plan_id = ${planId}`.execute(database.db)
  const other = Buffer.concat([paper, Buffer.from('% 2\n')])
  expect((await send(at, as.fina, other)).status).toBe(413)
  const input = { key: randomBytes(15).toString('base64url'), channel: 'paper', words: 'Más luz.' }
  const brought = await world.ask(`POST /api/plans/${planId}/inputs`, { as: as.fina, body: { inputs: [input] } })
  const inputId = (await brought.json()).items[0].id
  expect((await send(`/api/plans/${planId}/inputs/${inputId}/attachments`, as.fina, other)).status).toBe(413)
  await sql`update meeting_attachment set size = 1 where plan_id = ${planId}`.execute(database.db)
  await sql`
    with made as (
      insert into meeting_attachment (meeting_id, number, plan_id, use, kind, media_type, size, salt, by_id, entry)
      select ${id}, n, ${planId}, 'list', 'paper', 'application/pdf', 1, '', by_id, entry
      from meeting_attachment, generate_series(2, ${mostFiles}) n where meeting_id = ${id} and number = 1
      returning number)
    insert into meeting_attachment_file (meeting_id, number, sha256, bytes)
    select ${id}, number, sha256(number::text::bytea), '' from made`.execute(database.db)
  expect((await send(at, as.fina, other)).status).toBe(413)
})
