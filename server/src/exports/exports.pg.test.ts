import { nodeVerifiers } from '@cabildo/record/cli/verifiers'
import { verifyBundle } from '@cabildo/record/verify'
import { contentHash } from '@cabildo/schema/canonical'
import { applyField } from '@cabildo/schema/content'
import { plantPlan } from '@cabildo/testkit/factories'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp, testSigner } from '@cabildo/testkit/test-app'
import { waitForWaiting } from '@cabildo/testkit/waiting'
import { plantWorkshopWorld } from '@cabildo/testkit/workshop-world'
import { strFromU8, unzipSync } from 'fflate'
import { sql } from 'kysely'
import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { createThrottles } from '../auth/throttling.ts'
import { createRates } from '../http/rates.ts'
import { givePlansTexts } from '../plans/making/service.ts'
import { keptLimits } from '../publish/site/kept.ts'
import { insertDocument } from '../rooms/adapters/new-document.ts'
import { fileNames, planFileNames } from './files.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

let keys = 0
const newKey = () => `key-of-an-export-${++keys}`
/** What Typst, HTML, Markdown and spreadsheets would read. */
const hostile =
  '#read("/etc/passwd") #panic("x") $ x^2 $ *negrita* _cursiva_ `código` <marca> @marca [x] // nota \\ ~ -- <script>alert(1)</script> =SUM(A1)'

const said = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })

/** A plan with its own text, a commitment that says something, a meeting that was held, and one input, answered. */
async function scene({ state = 'planning' } = {}) {
  const { db } = database
  const roles = { ana: 'drafter', cora: 'coordinator', moni: 'monitor' } as const
  const { planId, people } = await plantPlan(db, roles)
  await givePlansTexts({ db, insertDocument })
  const { slug } = await db
    .updateTable('plan')
    .set({ state })
    .where('id', '=', planId)
    .returning('slug')
    .executeTakeFirstOrThrow()
  const as = {
    ana: await world.cookieOf(people.ana),
    cora: await world.cookieOf(people.cora),
    moni: await world.cookieOf(people.moni),
  }
  const ask = async (by: keyof typeof as, key: string, body?: object) => {
    const response = await world.ask(key, { as: as[by], ...(body && { body }) })
    const told = await response.json()
    expect(response.status, JSON.stringify(told)).toBeLessThan(300)
    return told
  }
  const plan = `/api/plans/${planId}`
  const { documentId } = await ask('ana', `POST ${plan}/commitments`, { title: 'Cuentas claras' })
  const { userId, sessionId, groupId } = people.ana
  const write = (id: string, field: string, ...content: object[]) =>
    world.rooms.edit(id, { writer: { userId, sessionId, groupId }, via: 'draft' }, (doc) =>
      applyField(doc, field, 'rich', { type: 'doc', content }),
    )
  const row = (type: string, text: string) => ({ type: 'tableRow', content: [{ type, content: [said(text)] }] })
  await write(
    documentId,
    'problem',
    { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'Dónde duele' }] },
    said(hostile),
    { type: 'table', content: [row('tableHeader', 'Año'), row('tableCell', '2024')] },
  )
  const { documentId: textId } = await ask('ana', `GET ${plan}/document`)
  await write(textId, 'vision', said('Puertas abiertas.'))
  await ask('cora', `PATCH ${plan}`, { start: '2026-01-01', end: '2027-12-31', monitorContact: 'Lyann 6000-0000' })
  const facts = {
    title: 'Foro en Cañita',
    heldOn: '2025-03-01',
    mode: 'in_person',
    place: 'Casa comunal',
    isPublic: true,
  }
  const meeting = await ask('cora', `POST ${plan}/meetings`, { key: newKey(), ...facts })
  const counted = await ask('cora', `PUT ${plan}/meetings/${meeting.id}/attendance`, {
    after: meeting.revision,
    groups: [{ groupId, registered: 5, attended: 7 }],
  })
  await ask('cora', `POST ${plan}/meetings/${meeting.id}/state`, { after: counted.revision, state: 'held' })
  const idea = { key: newKey(), channel: 'online', words: hostile, consent: true }
  const { items } = await ask('ana', `POST ${plan}/inputs`, { inputs: [idea] })
  await ask('ana', `POST ${plan}/inputs/${items[0].id}/answers`, {
    after: 0,
    outcome: 'not_adopted',
    reason: 'Se hará.',
  })
  return { planId, slug, as, ask, write, documentId, people, base: `${plan}/exports` }
}

/** A file of somebody's, as text. */
async function textOf(path: string, as?: string): Promise<string> {
  const response = await world.ask(`GET ${path}`, as === undefined ? {} : { as })
  expect(response.status, path).toBe(200)
  return response.text()
}

/** Every role of the tags of a page. */
function rolesOf(node: { role?: string; children?: unknown[] }): string[] {
  const inside = (node.children ?? []).flatMap((child) => rolesOf(child as typeof node))
  return node.role ? [node.role, ...inside] : inside
}

test('[EX10] the plan as PDF is tagged, PDF/UA-1, in its language, and says what was written as it was written', async () => {
  const { base, as } = await scene()
  const response = await world.ask(`GET ${base}/plan.pdf?language=es`, { as: as.ana })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/pdf')
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w-]+-plan\.pdf"$/)
  const bytes = new Uint8Array(await response.arrayBuffer())
  expect(Buffer.from(bytes).includes('pdfuaid')).toBe(true)
  const pdf = await getDocumentProxy(bytes)
  expect((await pdf.getMetadata()).info).toMatchObject({ Language: 'es' })
  const { text } = await extractText(pdf, { mergePages: true })
  const flat = text.replaceAll(/\s+/g, ' ')
  expect(flat).toContain(hostile)
  expect(flat).toContain('Compromiso 1. Cuentas claras')
  expect(flat).toContain('Borrador de trabajo: todavía puede cambiar.')
  expect(flat).toContain('Puertas abiertas.')
  expect(flat).not.toContain('root:')
  // What stands at the foot of each page: when, and where the plan is.
  expect(flat).toMatch(/Documento generado el \d+ de \S+ de \d+\. http:\S+\/plans\/\S+ 1 \/ \d/)
  const roles = new Set<string>()
  for (let page = 1; page <= pdf.numPages; page += 1) {
    const tree = await (await pdf.getPage(page)).getStructTree()
    for (const role of rolesOf(tree as Parameters<typeof rolesOf>[0])) roles.add(role)
  }
  for (const role of ['H1', 'H2', 'H3', 'P', 'Table', 'TH', 'TD']) expect(roles, role).toContain(role)
})

test('[EX20] every file is for members: nobody else learns that there is one, and no guest takes it', async () => {
  const { base, as } = await scene()
  const other = await scene()
  expect((await world.ask(`GET ${base}/plan.md`)).status).toBe(401)
  expect((await world.ask(`GET ${base}/plan.md`, { as: other.as.cora })).status).toBe(404)
  expect((await world.ask(`GET ${base}/plan.exe`, { as: as.ana })).status).toBe(404)
  // Nothing of it is public: what is public cannot be asked for.
  expect((await world.ask(`GET ${base}/plan.md?text=public`, { as: as.ana })).status).toBe(404)
  const village = await plantWorkshopWorld(database, world.ask, world.cookieOf)
  const { way } = await village.open()
  const { phone } = await village.join(way, 'Luz')
  for (const path of ['', '/plan.md'])
    expect((await phone.ask(`GET /api/plans/${village.planId}/exports${path}`)).status).toBe(403)
  const list = await (await world.ask(`GET ${base}`, { as: as.ana })).json()
  expect(list.files.map(({ name }: { name: string }) => name)).toEqual(fileNames)
  expect(list).toMatchObject({ published: false, evidence: false })
})

test('[EX6] [EX7] [EX20] what stands is in every form: the plan’s text, its meetings and days, and nobody’s contact', async () => {
  const { base, as } = await scene()
  const [json, markdown, form, meetings] = await Promise.all(
    ['plan.json', 'plan.md', 'ogp-form.csv', 'meetings.csv'].map((name) => textOf(`${base}/${name}`, as.moni)),
  )
  const plan = JSON.parse(json ?? '')
  expect(plan.sections.find(({ key }: { key: string }) => key === 'vision')).toMatchObject({
    ...{ empty: false, text: { es: 'Puertas abiertas.' } },
    version: { number: null },
  })
  for (const { content, version } of plan.commitments) expect(contentHash(content)).toBe(version.contentHash)
  expect(plan.facts.map(({ key }: { key: string }) => key)).toContain('duration')
  expect(plan.meetings).toMatchObject([{ title: 'Foro en Cañita', attended: 7, groups: [{ sector: 'civil_society' }] }])
  expect(plan.inputs.items).toMatchObject([{ words: hostile, answers: [{ reason: 'Se hará.' }] }])
  expect(markdown).toContain('### La visión\n\nPuertas abiertas.')
  expect(markdown).toContain('Borrador de trabajo')
  expect(form).toContain('24 meses, de enero de 2026 a diciembre de 2027')
  expect(form).toMatch(/^21,.*,1\r$/m)
  expect(meetings).toContain('Foro en Cañita,Casa comunal,7,Neighbours')
  for (const text of [json, markdown, form, meetings]) expect(text).not.toContain('6000-0000')
})

test('[PU23] [EX20] [IN66] what the public said is in no file before it is shown, nor once it is hidden', async () => {
  const { slug, documentId, planId, as, ask, base } = await scene({ state: 'drafting' })
  await ask('ana', `POST /api/documents/${documentId}/steps`, { act: 'review', from: 'drafting' })
  await ask('cora', `POST /api/documents/${documentId}/steps`, { act: 'consult', from: 'review' })
  const body = new URLSearchParams({ words: 'Dicen que Juan roba', field: 'problem', consent: 'yes' }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  expect((await world.ask(`POST /p/${slug}/commitments/1/comments`, { body, headers })).status).toBe(201)
  const { items } = await ask('cora', `GET /api/plans/${planId}/inputs?state=held`)
  /** In which files the words stand, and what they count. */
  const told = async () => {
    const matrix = `/api/plans/${planId}/inputs/matrix`
    const paths = [`${base}/plan.json`, `${base}/requirements.json`, `${matrix}.csv`]
    const [json = '', requirements = '', csv = ''] = await Promise.all(paths.map((path) => textOf(path, as.moni)))
    const printed = await world.ask(`GET ${matrix}.pdf`, { as: as.moni })
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(await printed.arrayBuffer())), {
      mergePages: true,
    })
    const plan = JSON.parse(json)
    const inputs = JSON.parse(requirements).requirements.find(({ key }: { key: string }) => key === 'inputs')
    return {
      in: [json, csv, text.replaceAll(/\s+/g, ' ')].map((said) => said.includes('Dicen que Juan roba')),
      totals: [plan.inputs.total, plan.inputs.answered, plan.inputs.items.length, plan.commitments[0].inputs.total],
      printed: /\d+ aportes, \d+ con respuesta \(\d+ %\)/.exec(text.replaceAll(/\s+/g, ' '))?.[0],
      shown: inputs.shown[0].es,
    }
  }
  const without = {
    ...{ in: [false, false, false], totals: [1, 1, 1, 0] },
    ...{ printed: '1 aportes, 1 con respuesta (100 %)', shown: '1 aportes, por 1 canales.' },
  }
  expect(await told()).toEqual(without)
  const rule = (ruling: object) => ask('cora', `POST /api/plans/${planId}/inputs/${items[0].id}/moderation`, ruling)
  await rule({ verdict: 'shown' })
  expect(await told()).toEqual({
    ...{ in: [true, true, true], totals: [2, 1, 2, 1] },
    ...{ printed: '2 aportes, 1 con respuesta (50 %)', shown: '2 aportes, por 2 canales.' },
  })
  await rule({ verdict: 'hidden', reason: 'Acusa a un vecino.' })
  expect(await told()).toEqual(without)
})

test('[EX21] the schema of the data is everybody’s', async () => {
  const response = await world.ask('GET /api/schemas/plan-1.json')
  expect(response.status).toBe(200)
  expect((await response.json()).title).toBe('Cabildo plan')
})

test('[EX22] the evidence pack holds all of it, tells how far it is, and its record verifies offline', async () => {
  const { base, as } = await scene()
  await world.recorder.catchUp()
  const key = newKey()
  expect((await world.ask(`GET ${base}/evidence.zip`, { as: as.ana })).status).toBe(403)
  expect((await world.ask(`GET ${base}/evidence/${key}`, { as: as.moni })).status).toBe(404)
  const response = await world.ask(`GET ${base}/evidence.zip?key=${key}`, { as: as.moni })
  expect(response.headers.get('content-type')).toBe('application/zip')
  const files = unzipSync(new Uint8Array(await response.arrayBuffer()))
  const names = Object.keys(files)
  for (const name of [
    'LEAME.txt',
    'plan.pdf',
    'plan.docx',
    'plan.json',
    'plan.schema.json',
    'tablas/aportes.csv',
    'tablas/formulario-ogp.csv',
    'aportes-y-respuestas.pdf',
    'requisitos-ogp.html',
    'registro.zip',
  ])
    expect(names, name).toContain(name)
  const checked = JSON.parse(strFromU8(files['requisitos-ogp.json'] ?? new Uint8Array()))
  expect(checked.requirements.find((one: { key: string }) => one.key === 'answered').standing).toBe('met')
  const progress = await (await world.ask(`GET ${base}/evidence/${key}`, { as: as.moni })).json()
  expect(progress).toMatchObject({ state: 'done', file: null })
  expect(progress.done).toBe(progress.of)
  expect((await world.ask(`GET ${base}/evidence/${key}`, { as: as.cora })).status).toBe(404)
  expect(checked.requirements.find((one: { key: string }) => one.key === 'civil_meeting').standing).toBe('met')
  expect(strFromU8(files['tablas/asistencia.csv'] ?? new Uint8Array())).toContain('Neighbours')
  const report = await verifyBundle(files['registro.zip'] ?? new Uint8Array(), {
    trustedKeys: testSigner.verifierKeys.slice(0, 1),
    verifiers: nodeVerifiers,
  })
  expect(report.exitCode).toBe(0)
})

test('[EX23] who asks for file after file is told to wait, and nobody else is', async () => {
  const { base, as } = await scene()
  const limits = {
    change: { account: 9, plan: 9 },
    heavy: { account: 9 },
    upload: { account: 9 },
    file: { account: 2 },
  }
  const throttles = createThrottles(database.pool)
  const { ask } = createTestApp(database, {
    rates: createRates({ throttles, planOf: async () => undefined, limits }),
  })
  const take = async (by: string) => (await ask(`GET ${base}/groups.csv`, { as: by })).status
  expect([await take(as.cora), await take(as.cora), await take(as.cora)]).toEqual([200, 200, 429])
  expect(await take(as.ana)).toBe(200)
})

test('[EX22] while the record of a pack is made, it is told how much of it is', async () => {
  const { base, as } = await scene()
  await world.recorder.catchUp()
  const key = newKey()
  const told = async () => (await world.ask(`GET ${base}/evidence/${key}`, { as: as.moni })).json()
  const { asked } = await database.db.transaction().execute(async (trx) => {
    // What entries say is put into the record when all of them are: it waits for this.
    await sql`lock table record_payload in access exclusive mode`.execute(trx)
    const asked = world.ask(`GET ${base}/evidence.zip?key=${key}`, { as: as.moni })
    await waitForWaiting(database.pool, 1)
    expect(await told()).toMatchObject({ state: 'making', done: 0, file: 'registro.zip', share: expect.closeTo(0.4) })
    return { asked }
  })
  const response = await asked
  // The share is of the file that is being made, and the next one has begun.
  expect(await told()).toMatchObject({ state: 'making', share: 0 })
  await response.body?.cancel()
})

test('[EX22] whoever goes away while a pack comes gives up its place', async () => {
  const { base, as } = await scene()
  await world.recorder.catchUp()
  for (let asked = 0; asked < 4; asked += 1) {
    const key = newKey()
    const response = await world.ask(`GET ${base}/evidence.zip?key=${key}`, { as: as.moni })
    expect(response.status).toBe(200)
    await response.body?.cancel()
    expect(await (await world.ask(`GET ${base}/evidence/${key}`, { as: as.moni })).json()).toMatchObject({
      state: 'failed',
    })
  }
})

test('[EX24] anybody takes a public plan along as its page offers it, and nothing that is not public', async () => {
  const { slug, documentId, ask, write, planId } = await scene({ state: 'drafting' })
  const step = (by: 'ana' | 'cora', act: string, from: string, reason?: string) =>
    ask(by, `POST /api/documents/${documentId}/steps`, { act, from, reason })
  const before = await textOf(`/p/${slug}/files/plan.md`)
  expect(before).not.toContain('Cuentas claras')
  await step('ana', 'review', 'drafting')
  await step('cora', 'consult', 'review')
  await step('cora', 'respond', 'consultation', 'Ya llegaron los aportes.')
  await write(documentId, 'solution', said('Palabras de un borrador'))

  for (const prefix of ['', '/en']) {
    const page = await textOf(`${prefix}/p/${slug}`)
    const links = [...page.matchAll(/href="([^"]*\/files\/[^"]*)"/g)].map(([, href = '']) => href)
    expect(links.map((href) => href.split('/').at(-1)).sort()).toEqual([...planFileNames].sort())
    for (const href of links) {
      const response = await world.ask(`GET ${href}`)
      expect([href, response.status]).toEqual([href, 200])
      expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="[\w-]+\.\w+"$/)
      expect(response.headers.get('content-security-policy')).toMatch(/^sandbox;/)
      const bytes = Buffer.from(await response.arrayBuffer())
      expect([href, bytes.includes('Palabras de un borrador')]).toEqual([href, false])
    }
  }
  const told = JSON.parse(await textOf(`/p/${slug}/files/plan.json`))
  expect(told.commitments).toMatchObject([{ title: 'Cuentas claras', standing: 'consulted' }])
  expect(told.meetings).toMatchObject([{ title: 'Foro en Cañita', attended: 7, groups: [{ name: 'Neighbours' }] }])
  // The plan's own text was not published; what the program counts is everybody's.
  expect(told.sections).toEqual([])
  expect(await textOf(`/p/${slug}/files/ogp-form.csv`)).toMatch(/^20,.*,1\r\n21,.*,1\r$/m)
  const etag = (await world.ask(`GET /p/${slug}/files/plan.pdf`)).headers.get('etag') ?? ''
  const again = await world.ask(`GET /p/${slug}/files/plan.pdf`, { headers: { 'if-none-match': etag } })
  expect(again.status).toBe(304)
  // The list of requirements is for members; what is no file is like any page that is not there.
  const missing = await (await world.ask('GET /p/no-such-plan')).text()
  for (const path of [`${slug}/files/requirements.pdf`, `${slug}/files/x.pdf`, 'no-such-plan/files/plan.pdf']) {
    const response = await world.ask(`GET /p/${path}`)
    expect([path, response.status, await response.text()]).toEqual([path, 404, missing])
  }
  await database.db.updateTable('plan').set({ state: 'planning' }).where('id', '=', planId).execute()
  expect((await world.ask(`GET /p/${slug}/files/plan.pdf`)).status).toBe(404)
})

test('[EX24] one network is given twenty files a minute that tell each input, and the others beside', async () => {
  const { slug } = await scene({ state: 'drafting' })
  const { ask } = createTestApp(database, { throttles: createThrottles(database.pool) })
  const take = async (file: string, address: string) => {
    const response = await ask(`GET /p/${slug}/files/${file}`, { address })
    await response.arrayBuffer()
    return response
  }
  const statuses: number[] = []
  for (let at = 0; at < 20; at += 1)
    statuses.push((await take(at % 2 === 0 ? 'plan.json' : 'inputs.csv', '198.51.100.24')).status)
  expect(statuses).toEqual(Array(20).fill(200))
  const refused = await take('inputs.csv', '198.51.100.24')
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  expect((await take('groups.csv', '198.51.100.24')).status).toBe(200)
  expect((await take('plan.json', '203.0.113.24')).status).toBe(200)
})

test('[EX24] the PDF of a public plan stands while the plan says the same, whatever else is entered', async () => {
  const { slug, ask, planId } = await scene({ state: 'drafting' })
  await world.recorder.catchUp()
  const { ask: read } = createTestApp(database, {
    kept: { ...keptLimits, patience: Number.POSITIVE_INFINITY, rest: 0, age: 0, map: 1 },
  })
  const etag = async () => {
    const response = await read(`GET /p/${slug}/files/plan.pdf`)
    await response.arrayBuffer()
    expect(response.status).toBe(200)
    return response.headers.get('etag')
  }
  const first = await etag()
  // A draft that nobody reads is an entry, and no word of the public plan.
  await ask('ana', `POST /api/plans/${planId}/commitments`, { title: 'Un borrador' })
  await world.recorder.catchUp()
  expect(await etag()).toBe(first)
  await ask('cora', `PATCH /api/plans/${planId}`, { start: '2026-02-01', end: '2027-12-31' })
  expect(await etag()).not.toBe(first)
})
