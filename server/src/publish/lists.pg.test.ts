import { createHash, randomBytes } from 'node:crypto'
import type { Standing } from '@cabildo/protocol/http/approvals'
import type { Role, Sector } from '@cabildo/protocol/http/common'
import { plantPlan } from '@cabildo/testkit/factories'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { type TestApp, testOrigin } from '@cabildo/testkit/test-app'
import { sitDown, typeInto } from '@cabildo/testkit/typist'
import { Transformer } from '@napi-rs/image'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { newId } from '../db/ids.ts'
import { givePlansTexts } from '../plans/making/service.ts'
import { takeOut } from '../record/redaction/taking-out.ts'
import { insertDocument } from '../rooms/adapters/new-document.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

const roles = {
  ...{ cora: 'coordinator', fina: 'facilitator', ana: 'drafter', ben: 'drafter', gov: 'drafter' },
  ...{ mayor: 'approver', aval: 'endorser', moni: 'monitor' },
} as const satisfies Record<string, Role>
type Name = keyof typeof roles

/** A plan that was announced, with its text and one commitment; both sides are in it. */
async function scene() {
  const { db } = database
  const { planId, people } = await plantPlan(db, roles)
  await givePlansTexts({ db, insertDocument })
  const office = { id: newId(), planId, name: 'Despacho', sector: 'government' satisfies Sector }
  await db.insertInto('stakeholderGroup').values(office).execute()
  for (const name of ['mayor', 'cora', 'gov'] as const)
    await db.updateTable('member').set({ groupId: office.id }).where('userId', '=', people[name].userId).execute()
  const { slug } = await db.selectFrom('plan').where('id', '=', planId).select('slug').executeTakeFirstOrThrow()
  // Filled below, name by name.
  const as = {} as Record<Name, string>
  for (const name of Object.keys(roles) as Name[]) as[name] = await world.cookieOf(people[name])
  const ask = async (name: Name, key: string, body?: object) => {
    const [method = '', path = ''] = key.split(' ')
    const whole = path.startsWith('/api/') ? path : `/api/plans/${planId}${path}`
    const response = await world.ask(`${method} ${whole}`, { as: as[name], ...(body && { body }) })
    const answer = await response.json()
    expect([key, response.status < 300, response.status < 300 ? '' : answer]).toEqual([key, true, ''])
    return answer
  }
  await ask('cora', 'POST /steps', { act: 'announce', from: 'planning' })
  const write = async (documentId: string, name: Name, field: string, words: string) => {
    const typist = await sitDown(world.rooms, documentId, { ...people[name], role: 'drafter' as Role })
    typeInto(typist.doc, field, words)
    await typist.saved()
    typist.leave()
  }
  const { documentId: textId } = await ask('cora', 'GET /document')
  const page = async (path = '') => (await world.ask(`GET /p/${slug}${path}`)).text()
  const add = (title: string) => ask('ana', 'POST /commitments', { title })
  return { planId, slug, people, as, ask, write, textId, page, add, officeId: office.id }
}

type Scene = Awaited<ReturnType<typeof scene>>

/** A commitment that both sides approved. */
async function approved({ add, ask, write, people }: Scene, title: string) {
  const { documentId } = await add(title)
  const base = `/api/documents/${documentId}`
  await write(documentId, 'ana', 'summary', 'Habrá agua. ')
  await write(documentId, 'ben', 'summary', 'Todos los días. ')
  const typist = await sitDown(world.rooms, documentId, { ...people.ana, role: 'drafter' as Role })
  typist.doc.transact(() => {
    typist.doc.getMap('facts').set('leadInstitution', 'Dirección de Aguas')
    const [milestone, name, outputs] = [
      new Y.XmlElement('milestone'),
      new Y.XmlElement('milestoneTitle'),
      new Y.XmlElement('milestoneOutputs'),
    ]
    name.insert(0, [new Y.XmlText('Cavar el pozo')])
    milestone.setAttribute('due', '2026-12-31')
    milestone.insert(0, [name, outputs])
    typist.doc.getXmlFragment('milestones').insert(0, [milestone])
  })
  await typist.saved()
  typist.leave()
  await ask('ana', `POST ${base}/steps`, { act: 'review', from: 'drafting' })
  await ask('cora', `POST ${base}/steps`, { act: 'propose_unconsulted', from: 'review', reason: 'Es breve.' })
  const { id: versionId, contentHash } = await ask('ana', `POST ${base}/versions`, { name: 'Final' })
  const asked = (await ask('ana', `POST ${base}/approvals`, { versionId, contentHash, note: '' })) as Standing
  const [request] = asked.requests
  for (const name of ['aval', 'mayor'] as const)
    await ask(name, `POST ${base}/approvals/${request?.id}/decisions`, { contentHash, verdict: 'approve' })
  return { documentId, versionId, contentHash }
}

const meeting = (more: object = {}) => ({
  ...{ key: randomBytes(15).toString('base64url'), title: 'Asamblea de Tortí', heldOn: '2024-08-17', starts: '15:00' },
  ...{ ends: '17:00', mode: 'both', place: 'Casa comunal', link: 'https://meet.example/secret', isPublic: true },
  ...{ agenda: 'Hablar del agua', results: 'Se acordó un pozo', ...more },
})

const day = () => new Date().toISOString().slice(0, 10)

function send(as: string, path: string, bytes: Uint8Array) {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bytes)]), 'Rosa Díaz.pdf')
  const init = { method: 'POST', headers: { origin: testOrigin, cookie: as }, body: form }
  return world.app.request(path, init, { incoming: { socket: { remoteAddress: '192.0.2.1' } } })
}

test('[PU7] [PU12] [PU13] the plan’s own text is public in the version that was published, word by word, and no later word', async () => {
  const town = await scene()
  const { ask, write, textId, page, slug, planId, people } = town
  await write(textId, 'ana', 'vision', 'Puertas abiertas en casa de Juana Ruiz.')
  await ask('cora', 'PATCH ', { start: '2026-03-01', end: '2027-12-31', monitorContact: '6000-0000' })
  expect(await page()).not.toContain('Puertas abiertas')
  const { documentId } = await town.add('Compromiso secreto')
  const typist = await sitDown(world.rooms, documentId, { ...people.ana, role: 'drafter' as Role })
  typist.doc.getMap('facts').set('leadInstitution', 'Oficina secreta')
  await typist.saved()
  typist.leave()

  const version = await ask('ana', `POST /api/documents/${textId}/versions`, { name: 'Para publicar' })
  const { newest } = await ask('cora', 'GET /publication')
  expect(newest).toMatchObject({ versionId: version.id, contentHash: version.contentHash })
  const forbidden = await world.ask(`POST /api/plans/${planId}/publication`, { as: town.as.ana, body: newest })
  expect(forbidden.status).toBe(403)
  const stale = { ...newest, contentHash: `sha256:${'0'.repeat(64)}` }
  expect((await world.ask(`POST /api/plans/${planId}/publication`, { as: town.as.cora, body: stale })).status).toBe(409)
  const published = await ask('cora', 'POST /publication', newest)
  expect(published).toMatchObject({ published: { number: 1, name: 'Para publicar' }, may: { publish: true } })
  // Said again, it is published once.
  expect((await ask('cora', 'POST /publication', newest)).published.entry).toBe(published.published.entry)

  await write(textId, 'ana', 'vision', 'Esto es de después. ')
  const text = await page()
  for (const words of ['Puertas abiertas', '<section class="clause" id="vision"', '22 meses', 'diciembre de 2027'])
    expect([words, text.includes(words)]).toEqual([words, true])
  for (const words of ['de después', '6000-0000', 'secret'])
    expect([words, text.includes(words)]).toEqual([words, false])
  expect(await page('/history')).toContain('Se publicó el texto del plan, versión 1')
  const exact = await page('/text.json')
  expect(`sha256:${createHash('sha256').update(exact).digest('hex')}`).toBe(version.contentHash)
  expect(text).toContain(version.contentHash)
  const short = await world.ask(`GET /en/p/${slug}/s/vision`)
  expect([short.status, short.headers.get('location')]).toEqual([302, `/en/p/${slug}#vision`])
  expect((await world.ask(`GET /p/${slug}/s/nothing`)).status).toBe(404)

  const [askedBy, approvedBy] = [people.fina.userId, people.cora.userId]
  const wish = { planId, documentId: textId, quote: 'Juana Ruiz', ranges: [], basis: 'Ley 81 de 2019' }
  await takeOut(
    { db: database.db, rooms: world.rooms },
    { ...wish, askedBy, approvedBy },
    { after: async () => undefined },
  )
  const after = await page()
  expect([after.includes('Juana'), after.includes('se quitaron de este texto datos personales')]).toEqual([false, true])
})

test('[PU8] [PU4] meetings that were held and open, with what came of them; no list, no link, no count that tells of somebody', async () => {
  const town = await scene()
  const { ask, page, planId, people, officeId, as, slug } = town
  const add = async (more: object, groups: object[]) => {
    const made = await ask('fina', 'POST /meetings', meeting(more))
    await ask('fina', `PUT /meetings/${made.id}/attendance`, { after: 1, groups })
    return made as { id: string; number: number }
  }
  const held = async ({ id }: { id: string }) => ask('fina', `POST /meetings/${id}/state`, { after: 2, state: 'held' })
  const groupId = people.ana.groupId
  const open = await add({}, [
    { groupId, registered: 40, attended: 31 },
    { groupId: officeId, registered: 2, attended: 2 },
    { groupId: null, attended: 17 },
  ])
  const bytes = await Transformer.fromRgbaPixels(new Uint8Array(64 * 32 * 4).fill(90), 64, 32).jpeg(90)
  const files = `/api/plans/${planId}/meetings/${open.id}/attachments`
  expect((await send(as.fina, `${files}?use=photo`, new Uint8Array(bytes))).status).toBe(201)
  const other = await Transformer.fromRgbaPixels(new Uint8Array(64 * 32 * 4).fill(10), 64, 32).jpeg(90)
  expect((await send(as.fina, `${files}?use=list`, new Uint8Array(other))).status).toBe(201)
  await held(open)
  await held(await add({ title: 'Reunión cerrada', isPublic: false }, [{ groupId, attended: 9 }]))
  await add({ title: 'Reunión por venir', heldOn: '2030-01-01' }, [])

  // Beside ones alone the larger number is left out as well.
  await held(
    await add({ title: 'Reunión de pocos' }, [
      { groupId, attended: 12 },
      { groupId: officeId, attended: 1 },
      { groupId: null, attended: 1 },
    ]),
  )

  const before = await page('/history')
  expect(before).toContain('14 personas')
  expect(before).not.toMatch(/: (12|1)<\/li>/)
  for (const words of ['Reunión 1: ', 'Asamblea de Tortí', 'Se acordó un pozo', 'Hablar del agua', '50 personas'])
    expect([words, before.includes(words)]).toEqual([words, true])
  // Of 2, 17 and 31 the first is too few, and with the second and the sum it would be told.
  expect(before).toContain('<li>Neighbours: 31</li>')
  expect(before).toContain('<li>Despacho</li>')
  for (const words of ['Reunión cerrada', 'por venir', 'meet.example', ': 2</li>', 'Rosa'])
    expect([words, before.includes(words)]).toEqual([words, false])
  expect(await page()).toContain('2 reuniones abiertas al público')

  const path = (number: number) => `GET /p/${slug}/meetings/${open.number}/files/${number}`
  expect((await world.ask(path(1))).status).toBe(404)
  await ask('fina', `PATCH /meetings/${open.id}/attachments/1`, { caption: 'El mapa de Tortí', shown: true })
  expect(await page('/history')).toContain('El mapa de Tortí')
  const photo = await world.ask(path(1))
  expect([photo.status, photo.headers.get('content-type')]).toEqual([200, 'image/jpeg'])
  expect(photo.headers.get('content-security-policy')).toContain('sandbox')
  expect((await world.ask(path(2))).status).toBe(404)

  const from = { name: 'Eulalia Ríos', display: 'name' }
  const input = { key: newId(), channel: 'meeting', words: 'Que haya agua', language: 'es', consent: true, from }
  await ask('fina', 'POST /inputs', { inputs: [{ ...input, meetingId: open.id }] })
  expect(await page('/inputs')).toContain('Dicho en la reunión 1: Asamblea de Tortí')
})

test('[PU9] [PU19] [PU18] endorsements, letters, reports and the lead of a public text; of drafts nothing', async () => {
  const town = await scene()
  const { ask, page, as, planId, slug } = town
  const secret = await town.add('Compromiso secreto')
  const draft = await ask('ana', `POST /api/documents/${secret.documentId}/versions`, { name: 'Borrador' })
  const { documentId, versionId, contentHash } = await approved(town, 'Agua para Tortí')
  const who = { name: 'Tomás Herrera', office: 'Coordinador', organisation: 'Kernel' }
  const texts = [
    { versionId, contentHash },
    { versionId: draft.id, contentHash: draft.contentHash },
  ]
  const given = await ask('aval', 'POST /endorsements', { key: newId(), ...who, texts })
  const pdf = new TextEncoder().encode('%PDF-1.4\n% apoyo\ntrailer << >>\n%%EOF\n')
  const kept = await send(as.cora, `/api/plans/${planId}/letters?side=government&organisation=Despacho`, pdf)
  const { letters } = await kept.json()
  const letter = letters[0].sha256 as string

  const text = await page()
  for (const words of ['Tomás Herrera, Coordinador, Kernel', 'este texto, palabra por palabra', contentHash, letter])
    expect([words, text.includes(words)]).toEqual([words, true])
  expect(text).toContain('Carta de apoyo del gobierno: Despacho')
  expect(text).toContain('Dirección de Aguas')
  const file = await world.ask(`GET /p/${slug}/letters/1`)
  expect(
    createHash('sha256')
      .update(new Uint8Array(await file.arrayBuffer()))
      .digest('hex'),
  ).toBe(letter)
  expect((await world.ask(`GET /p/${slug}/letters/2`)).status).toBe(404)

  const base = `/api/documents/${documentId}`
  const report = { key: newId(), versionId, milestone: 1, status: 'in_progress', words: 'Se cavó la mitad', day: day() }
  await ask('gov', `POST ${base}/progress/reports`, { ...report, link: 'https://example.test/pozo' })
  await ask('cora', `POST ${base}/steps`, { act: 'submit', from: 'approved' })
  await ask('cora', `POST ${base}/steps`, { act: 'implement', from: 'submitted' })
  await ask('moni', `POST ${base}/progress/assessments`, { level: 'limited', reason: 'Falta la mitad' })
  const commitment = await page('/commitments/1').then((first) =>
    first.includes('Agua para Tortí') ? first : page('/commitments/2'),
  )
  for (const words of ['Hito 1: Cavar el pozo', 'En marcha', 'Se cavó la mitad', 'example.test/pozo', 'Limitado'])
    expect([words, commitment.includes(words)]).toEqual([words, true])
  const history = await page('/history')
  for (const words of [
    ...['Se anunció el plan', 'Aval de Kernel', 'Carta de apoyo de Despacho', 'Se aprobó'],
    ...['Informe sobre el hito 1: en marcha', 'Evaluación del ente de monitoreo: limitado'],
  ])
    expect([words, history.includes(words)]).toEqual([words, true])
  for (const path of ['', '/history', '/feed.xml', '/inputs'])
    expect([path, /secreto|Borrador|Es breve/.test(await page(path))]).toEqual([path, false])

  // Withdrawn, it is gone from the next answer on.
  const reason = { reason: 'Nos retiramos' }
  await ask('aval', `POST /endorsements/${given.endorsements[0].id}/withdrawal`, reason)
  await ask('cora', 'POST /letters/1/withdrawal', reason)
  const after = await page()
  for (const words of ['Tomás Herrera', letter, 'Nos retiramos'])
    expect([words, after.includes(words)]).toEqual([words, false])
  expect((await world.ask(`GET /p/${slug}/letters/1`)).status).toBe(404)
})

test('[ME2] [ME3] [ME16] what was approved is followed up on: a meeting says so in the record, and stands beside the progress', async () => {
  const town = await scene()
  const { ask, page, as, planId } = town
  const followUp = (more: object = {}) => meeting({ title: 'Revisión de mitad de año', isFollowUp: true, ...more })
  const early = await world.ask(`POST /api/plans/${planId}/meetings`, { as: as.fina, body: followUp() })
  expect([early.status, (await early.json()).errors[0].pointer]).toEqual([400, '/isFollowUp'])
  expect((await ask('fina', 'GET /meetings')).may).toEqual({ write: true, followUp: false })

  await approved(town, 'Agua para Tortí')
  expect((await ask('ana', 'GET /meetings')).may).toEqual({ write: false, followUp: true })
  const results = { results: 'Falta la mitad del pozo' }
  const hold = async (sent: object) => {
    const { id, revision } = await ask('fina', 'POST /meetings', sent)
    return ask('fina', `POST /meetings/${id}/state`, { after: revision, state: 'held' })
  }
  const held = await hold(followUp(results))
  await hold(followUp({ title: 'Revisión a puerta cerrada', isPublic: false }))
  await hold(meeting({ title: 'Otra asamblea' }))
  expect(held).toMatchObject({ isFollowUp: true, number: 1 })
  const { rows } = await sql<{ payload: string }>`
    select p.payload from record_entry e join record_payload p on p.plan_id = e.plan_id and p.seq = e.seq
    where e.plan_id = ${planId} and e.type = 'meeting' order by e.seq`.execute(database.db)
  const told = rows.map(({ payload }) => JSON.parse(payload))
  expect(told.map(({ meeting: number, kind, followUp }) => [number, kind, followUp])).toEqual([
    ...[1, 2].flatMap((number) => [
      [number, 'created', true],
      [number, 'held', true],
    ]),
    ...[
      [3, 'created', undefined],
      [3, 'held', undefined],
    ],
  ])

  const commitment = await page('/commitments/1')
  const part = commitment.slice(commitment.indexOf('id="progress"'), commitment.indexOf('id="approvals"'))
  for (const words of ['Reunión de seguimiento 1', 'Revisión de mitad de año', results.results, '/history#meeting-1'])
    expect([words, part.includes(words)]).toEqual([words, true])
  expect(part).not.toMatch(/puerta cerrada|Otra asamblea/)
  const history = await page('/history')
  expect(history).toMatch(/Reunión de seguimiento 1: .*mitad de año/)
  expect(history).toMatch(/Reunión 3: .*Otra asamblea/)
  expect(history).not.toContain('puerta cerrada')
})

test('[PU9] [EX24] of a draft that somebody endorsed neither version nor hash is told, and of what was approved both are', async () => {
  const town = await scene()
  const { ask, page, write } = town
  const { documentId, versionId, contentHash } = await approved(town, 'Agua para Tortí')
  const endorse = (organisation: string, text: { versionId: string; contentHash: string }) =>
    ask('aval', 'POST /endorsements', {
      ...{ key: newId(), name: 'Tomás Herrera', office: 'Coordinador', organisation, texts: [text] },
    })
  await endorse('Kernel', { versionId, contentHash })
  const base = `/api/documents/${documentId}`
  await ask('cora', `POST ${base}/steps`, { act: 'amend', from: 'approved', reason: 'Cambió el plazo' })
  await write(documentId, 'ana', 'summary', 'Palabras de un borrador. ')
  const draft = await ask('ana', `POST ${base}/versions`, { name: 'Otra' })
  await endorse('Vecinos', { versionId: draft.id, contentHash: draft.contentHash })
  const text = await page()
  expect([text.includes(contentHash), text.includes('un borrador de este texto')]).toEqual([true, true])
  const data = await page('/files/plan.json')
  expect(JSON.parse(data).endorsements).toMatchObject([
    { organisation: 'Kernel', texts: [{ number: 1, contentHash }] },
    { organisation: 'Vecinos', texts: [] },
  ])
  for (const told of [text, data, await page('/files/plan.html')]) expect(told).not.toContain(draft.contentHash)
})

test('[PU18] until when a consultation is open stands on its text and on the plan', async () => {
  const town = await scene()
  const { ask, page, add, write } = town
  const { documentId } = await add('Agua')
  await write(documentId, 'ana', 'summary', 'Habrá agua.')
  const base = `/api/documents/${documentId}`
  await ask('ana', `POST ${base}/steps`, { act: 'review', from: 'drafting' })
  const window = { closesAt: new Date(Date.now() + 20 * 86_400_000).toISOString() }
  await ask('cora', `POST ${base}/steps`, { act: 'consult', from: 'review', window })
  expect(await page('/commitments/1')).toMatch(/Se reciben comentarios hasta el \d+ de/)
  await ask('cora', 'POST /steps', { act: 'gather', from: 'outreach', window })
  expect(await page()).toMatch(/Se reciben aportes hasta el \d+ de/)
  expect(await page('/history')).toMatch(/Se abrió la recolección de aportes<\/strong><br>Hasta el \d+ de/)
})
