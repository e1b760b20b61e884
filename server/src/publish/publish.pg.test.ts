import { createHash } from 'node:crypto'
import { brotliDecompressSync } from 'node:zlib'
import type { Standing } from '@cabildo/protocol/http/approvals'
import type { Role, Sector } from '@cabildo/protocol/http/common'
import { erasingWith } from '@cabildo/testkit/erasing'
import { plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp, testOrigin } from '@cabildo/testkit/test-app'
import { sitDown, typeInto } from '@cabildo/testkit/typist'
import { imageSize } from 'image-size'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../db/ids.ts'
import { logMembership } from '../people/membership-log.ts'
import { eraseByProgram } from '../privacy/erasing/service.ts'
import { takeOut } from '../record/redaction/taking-out.ts'
import { systemClock } from '../rooms/adapters/system-clock.ts'
import { stampOf } from './lists.ts'
import { keptLimits } from './site/kept.ts'

let database: FreshDatabase
let world: TestApp
/** How far the program's clock is before the database's, in milliseconds. */
let ahead = 0
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database, { now: () => new Date(Date.now() + ahead) })
})
afterAll(async () => {
  await world.rooms.drain()
  await database.drop()
})

const roles = {
  cora: 'coordinator',
  fina: 'facilitator',
  ana: 'drafter',
  ben: 'drafter',
  mayor: 'approver',
  aval: 'endorser',
} as const
type Name = keyof typeof roles

/** What it takes to end a consultation before its last day. */
const early = { reason: 'Ya respondieron todos los grupos.' }

/** A plan with both sides in it, and one commitment that `ana` and `ben` wrote. */
async function scene({ state = 'drafting' }: { state?: string } = {}) {
  const { db } = database
  const { planId, people } = await plantPlan(db, roles)
  for (const name of ['mayor', 'cora'] as const) {
    const [id, sector]: [string, Sector] = [newId(), 'government']
    await db
      .insertInto('stakeholderGroup')
      .values({ id, planId, name: `Office of ${name}`, sector, contact: 'contact-6612-3456' })
      .execute()
    await db.updateTable('member').set({ groupId: id }).where('userId', '=', people[name].userId).execute()
  }
  const { slug } = await db
    .updateTable('plan')
    .set({ state })
    .where('id', '=', planId)
    .returning('slug')
    .executeTakeFirstOrThrow()
  // Filled below, name by name.
  const as = {} as Record<Name, string>
  for (const name of Object.keys(roles) as Name[]) as[name] = await world.cookieOf(people[name])
  const add = async (title: string) =>
    (await (await world.ask(`POST /api/plans/${planId}/commitments`, { as: as.ana, body: { title } })).json()) as {
      documentId: string
      number: number
    }
  const { documentId } = await add('Agua para Tortí')
  const write = async (name: Name, words: string, field = 'summary', id = documentId) => {
    const typist = await sitDown(world.rooms, id, { ...people[name], role: 'drafter' as Role })
    typeInto(typist.doc, field, words)
    await typist.saved()
    typist.leave()
  }
  const ask = async (name: Name, key: string, body?: object, id = documentId) => {
    const response = await world.ask(key.replace(' ', ` /api/documents/${id}`), { as: as[name], ...(body && { body }) })
    return { status: response.status, body: await response.json() }
  }
  const step = async (name: Name, act: string, from: string, more: object = {}) => {
    const done = await ask(name, 'POST /steps', { act, from, ...more })
    expect(done.status, JSON.stringify(done.body)).toBe(201)
  }
  const consult = async (window?: { opensAt: string; closesAt: string }) => {
    await step('ana', 'review', 'drafting')
    await step('cora', 'consult', 'review', window && { window })
  }
  const approve = async (from: 'review' | 'response' = 'response') => {
    if (from === 'response') await step('ana', 'propose', 'response')
    else await step('cora', 'propose_unconsulted', 'review', { reason: 'Ya se consultó.' })
    const { body: version } = await ask('ana', 'POST /versions', { name: 'Final' })
    const { id: versionId, contentHash } = version
    const asked = await ask('ana', 'POST /approvals', { versionId, contentHash, note: '' })
    const request = (asked.body as Standing).requests[0]
    for (const name of ['aval', 'mayor'] as const)
      await ask(name, `POST /approvals/${request?.id}/decisions`, { contentHash, verdict: 'approve' })
    return contentHash as string
  }
  const page = async (path = '', headers: Record<string, string> = {}) => {
    const response = await world.ask(`GET /p/${slug}${path}`, { headers })
    return { response, status: response.status, text: await response.text() }
  }
  return { planId, slug, people, as, documentId, add, write, ask, step, consult, approve, page }
}

const everyPage = ['', '/history', '/inputs', '/record', '/feed.xml', '/commitments/1', '/commitments/1/text.json']

test('[PU1] a plan that is being prepared is like none, on every address and in every list', async () => {
  const { slug, planId, page, write, consult } = await scene({ state: 'planning' })
  await write('ana', 'Palabras de preparación.')
  await consult()
  const missing = await (await world.ask('GET /p/no-such-plan')).text()
  for (const path of everyPage.slice(0, -1)) {
    const { status, text } = await page(path)
    expect([path, status, text]).toEqual([path, 404, missing])
  }
  expect((await page('/commitments/1/text.json')).status).toBe(404)
  for (const list of ['/p', '/en/p', '/sitemap.xml'])
    expect(await (await world.ask(`GET ${list}`)).text()).not.toContain(slug)
  await database.db.updateTable('plan').set({ state: 'outreach' }).where('id', '=', planId).execute()
  for (const path of everyPage) expect([path, (await page(path)).status]).toEqual([path, 200])
  for (const list of ['/p', '/en/p', '/sitemap.xml'])
    expect(await (await world.ask(`GET ${list}`)).text()).toContain(slug)
})

test('[PU2] [PU3] a draft is nobody’s business; the consulted text stays until one is approved, word for word', async () => {
  const { write, step, consult, approve, page, add } = await scene()
  await write('ana', 'Se cavarán doce pozos. ')
  await write('ben', 'Los pagará el municipio. ')
  const secret = await add('Un título secreto')
  expect(secret.number).toBe(2)
  for (const path of everyPage.slice(0, 5)) {
    const { text } = await page(path)
    for (const words of ['pozos', 'municipio.', 'Tortí', 'secreto'])
      expect([path, text.includes(words) && words]).toEqual([path, false])
  }
  expect((await page('/commitments/1')).status).toBe(404)

  await consult()
  const draft = await page('/commitments/1')
  expect(draft.text).toContain('Se cavarán doce pozos.')
  expect(draft.text).toContain('Borrador en consulta')
  expect((await page()).text).toContain('Agua para Tortí')

  await step('cora', 'respond', 'consultation', early)
  await write('ben', 'Serán trece pozos. ')
  await write('ben', 'Agua y luz', 'title')
  for (const path of everyPage) {
    const { text } = await page(path)
    expect([path, text.includes('trece'), text.includes('luz')]).toEqual([path, false, false])
  }
  expect((await page('/commitments/1')).text).toContain('Texto consultado')

  const hash = await approve()
  const approved = await page('/commitments/1')
  expect(approved.text).toContain('trece pozos')
  expect(approved.text).toContain('Texto aprobado')
  expect(approved.text).toContain(hash)
  // [PU13] the bytes are the ones whose hash was approved.
  const exact = await page('/commitments/1/text.json')
  expect(`sha256:${createHash('sha256').update(exact.text).digest('hex')}`).toBe(hash)
  for (const path of everyPage) expect((await page(path)).text).not.toContain('secreto')

  await step('cora', 'amend', 'approved', { reason: 'Falta una fuente.' })
  await write('ana', 'Y catorce más. ')
  const amending = await page('/commitments/1')
  expect(amending.text).not.toContain('catorce')
  expect(amending.text).toContain('en enmienda')
  expect((await page('/history')).text).toContain('Falta una fuente.')
})

test('[PU2] what was never consulted is public once it is approved', async () => {
  const { write, step, approve, page } = await scene()
  await write('ana', 'Cuentas claras. ')
  await write('ben', 'Cada mes. ')
  await step('ana', 'review', 'drafting')
  expect((await page('/commitments/1')).status).toBe(404)
  await approve('review')
  const { status, text } = await page('/commitments/1')
  expect([status, text.includes('Cuentas claras.')]).toEqual([200, true])
  // What led there happened to a draft.
  expect((await page('/history')).text).not.toContain('Ya se consultó.')
})

test('[PU3] inputs on drafts, and links to drafts, are not shown; those of the plan are', async () => {
  const { planId, as, add, documentId, page, consult, write } = await scene()
  await write('ana', 'Se cavarán pozos.')
  await consult()
  const secret = await add('Compromiso secreto')
  const bring = (words: string, more: object = {}) => ({
    ...{ key: newId(), channel: 'paper', words, language: 'es', consent: true },
    ...more,
  })
  const from = { name: 'Eulalia Ríos', display: 'name' }
  const inputs = [
    bring('Que haya agua los domingos', { documentId, field: 'summary', from, place: 'Cañita' }),
    bring('Algo sobre lo que no es público', { documentId: secret.documentId }),
  ]
  expect((await world.ask(`POST /api/plans/${planId}/inputs`, { as: as.fina, body: { inputs } })).status).toBe(201)
  const thread = { key: newId(), kind: 'comment', body: 'Comentario de un borrador', mentions: [] }
  const opened = await world.ask(`POST /api/documents/${secret.documentId}/threads`, { as: as.ana, body: thread })
  const { id } = await opened.json()
  const made = await world.ask(`POST /api/documents/${secret.documentId}/threads/${id}/input`, { as: as.ana, body: {} })
  expect(made.status).toBe(201)

  const { text } = await page('/inputs')
  expect(text).toContain('Que haya agua los domingos')
  expect(text).toContain('Eulalia Ríos')
  expect(text).toContain('Algo sobre lo que no es público')
  expect(text).not.toContain('Comentario de un borrador')
  expect(text).not.toContain('Compromiso secreto')

  // [PU5] a name without an account is deleted without an entry of its own, and gone at once.
  const list = await (await world.ask(`GET /api/plans/${planId}/inputs`, { as: as.fina })).json()
  await world.ask(`DELETE /api/plans/${planId}/inputs/${list.items[0].id}/name`, { as: as.fina, body: {} })
  expect((await page('/inputs')).text).not.toContain('Eulalia')
})

test('[PU3] a reserved position has its words where its text is or was public; of one on a draft or a revision they are nowhere', async () => {
  const { write, ask, step, consult, approve, page } = await scene()
  await write('ana', 'Se cavarán doce pozos. ')
  await write('ben', 'Los pagará el municipio. ')
  const reserve = async (name: Name, position: string, field = 'summary'): Promise<string> => {
    const { status, body } = await ask(name, 'POST /dissents', { key: newId(), field, position })
    expect(status, JSON.stringify(body)).toBe(201)
    return body.id
  }
  const all = async () => (await Promise.all(everyPage.map(async (path) => (await page(path)).text))).join('\n')
  const reserved = async () => {
    const { text } = await page('/commitments/1')
    const [, groups = ''] = text.split('<h2 id="dissents">')
    return [...groups.matchAll(/<h3>([^,<]+), sobre/g)].map(([, group]) => group)
  }
  await reserve('aval', 'Palabras del borrador.')
  const gone = await reserve('mayor', 'Retirada del borrador.')
  expect((await ask('mayor', `POST /dissents/${gone}/withdraw`)).status).toBe(200)
  await consult()
  expect(await reserved()).toEqual(['Neighbours'])
  expect((await page('/history')).text).toContain('La reservó sobre un borrador')
  await reserve('mayor', 'Dicha en la consulta.')
  expect(await reserved()).toEqual(['Neighbours', 'Office of mayor'])

  await step('cora', 'respond', 'consultation', early)
  await reserve('cora', 'Dicha de la revisión.', 'problem')
  expect(await reserved()).toEqual(['Neighbours', 'Office of mayor'])
  await write('ben', 'Serán trece pozos. ')
  await approve()
  expect(await reserved()).toEqual(['Neighbours', 'Office of mayor', 'Office of cora'])
  await reserve('aval', 'Dicha de lo aprobado.', 'problem')
  expect(await reserved()).toHaveLength(4)

  await step('cora', 'amend', 'approved', { reason: 'Falta una fuente.' })
  await reserve('mayor', 'Dicha de la enmienda.', 'problem')
  expect(await reserved()).toHaveLength(4)
  const pages = await all()
  for (const words of ['Dicha en la consulta.', 'Dicha de lo aprobado.']) expect(pages).toContain(words)
  for (const words of ['Palabras del borrador', 'Retirada del borrador', 'de la revisión.', 'de la enmienda.'])
    expect([words, pages.includes(words)]).toEqual([words, false])
})

test('[PU4] [PU5] people as they wish to be shown now; no contact, no id, no count of one or two', async () => {
  const { people, as, planId, documentId, write, step, consult, approve, page } = await scene()
  await write('ana', 'Se cavarán pozos en casa de Juana Ruiz. ')
  await write('ben', 'Y en la escuela. ')
  await consult()
  await step('cora', 'respond', 'consultation', early)
  await approve()
  const all = async () => (await Promise.all(everyPage.map(async (path) => (await page(path)).text))).join('\n')
  const before = await all()
  expect(before).toContain('mayor, Office of mayor')
  expect(before).not.toContain('contact-6612-3456')
  for (const { userId } of Object.values(people)) expect(before).not.toContain(userId)
  expect(before).not.toMatch(/\((1|2) personas\)/)

  const choose = (display: string) => world.ask(`PUT /api/plans/${planId}/display`, { as: as.mayor, body: { display } })
  expect((await choose('group')).status).toBeLessThan(300)
  const byGroup = await page('/commitments/1')
  expect(byGroup.text).not.toContain('mayor, Office')
  expect(byGroup.text).toContain('Alcaldía: Office of mayor')

  // Who left the plan before is erased without an entry in its record.
  const { userId } = people.aval
  await database.db.insertInto('membershipEvent').values({ planId, userId, kind: 'joined' }).execute()
  await database.db.deleteFrom('member').where('userId', '=', people.aval.userId).execute()
  expect((await page('/commitments/1')).text).toContain('Sociedad civil: aval')
  await eraseByProgram(erasingWith(database.db), people.aval.userId)
  expect((await page('/commitments/1')).text).not.toContain('Sociedad civil: aval')

  const etag = (await page('/commitments/1')).response.headers.get('etag')
  const [askedBy, approvedBy] = [people.fina.userId, people.cora.userId]
  const wish = { planId, documentId, quote: 'Juana Ruiz', ranges: [], basis: 'Ley 81 de 2019', askedBy, approvedBy }
  await takeOut({ db: database.db, rooms: world.rooms }, wish, { after: async () => undefined })
  const after = await page('/commitments/1', { 'if-none-match': etag ?? '' })
  expect(after.status).toBe(200)
  expect(after.text).toContain('se quitaron de este texto datos personales')
  expect(await all()).not.toContain('Juana')
})

test('[PU10] [PU11] [PU14] pages are small, need no script, say what is not translated, and are sent once', async () => {
  const { write, consult, page, slug } = await scene()
  const long = 'El agua llega a la casa de cada quien, según el día y la hora, y nadie paga de más por ella. '
  for (const field of ['summary', 'problem', 'causes', 'background', 'solution', 'results', 'transparency'])
    await write('ana', `${field} ${long.repeat(24)}`, field)
  await write('ben', 'Y <script>alert(1)</script> & "cosas". ')
  await consult()
  const wire = async (path: string) => {
    const response = await world.ask(`GET ${path}`, { headers: { 'accept-encoding': 'gzip, br' } })
    const bytes = Buffer.from(await response.arrayBuffer())
    return { response, bytes }
  }
  const sheet = /href="(\/site\/[^"]+\.css)"/.exec((await page()).text)?.[1] ?? ''
  const styles = await wire(sheet)
  expect(styles.response.headers.get('cache-control')).toContain('immutable')
  for (const prefix of ['', '/en'])
    for (const path of everyPage.slice(0, 6)) {
      const { response, bytes } = await wire(`${prefix}/p/${slug}${path}`)
      expect(response.headers.get('content-encoding')).toBe('br')
      expect(response.headers.get('set-cookie')).toBe(null)
      expect(bytes.length + styles.bytes.length, path).toBeLessThan(60_000)
      const text = brotliDecompressSync(bytes).toString()
      expect(text).not.toMatch(/<script|style=| on\w+=/)
      const again = await world.ask(`GET ${prefix}/p/${slug}${path}`, {
        headers: { 'accept-encoding': 'gzip, br', 'if-none-match': response.headers.get('etag') ?? '' },
      })
      expect([again.status, await again.text()]).toEqual([304, ''])
      expect(response.headers.get('etag')).toMatch(/^"[\w-]{22}-br"$/)
    }
  const english = await (await world.ask(`GET /en/p/${slug}/commitments/1`)).text()
  expect(english).toContain('<html lang="en">')
  expect(english).toContain('Not translated yet')
  expect(english).toContain('<div class="prose" lang="es">')
  expect(english).toContain('&lt;script&gt;alert(1)')
  expect((await wire(`/p/${slug}`)).response.headers.get('content-security-policy')).toContain("script-src 'self'")
})

test('[PU12] [PU15] a part has a short address; one page alone may stand in a frame', async () => {
  const { write, consult, page, slug } = await scene()
  await write('ana', 'Se cavarán pozos.', 'problem')
  await consult()
  const short = await page('/c/1/problem')
  expect([short.status, short.response.headers.get('location')]).toEqual([302, `/p/${slug}/commitments/1#problem`])
  const whole = await page('/commitments/1')
  expect(whole.text).toContain('<section class="clause" id="problem"')
  for (const path of ['/c/1/nothing', '/c/x/problem', '/commitments/01', '/commitments/7', '/commitments/1%00'])
    expect([path, (await page(path)).status]).toEqual([path, 404])

  const card = await world.ask(`GET /p/${slug}/commitments/1/card.png`)
  const picture = Buffer.from(await card.arrayBuffer())
  expect([card.headers.get('content-type'), imageSize(picture)]).toMatchObject([
    'image/png',
    { width: 1200, height: 630 },
  ])

  const framed = await page('/commitments/1/embed')
  expect(framed.response.headers.get('content-security-policy')).toContain('frame-ancestors *')
  expect(framed.response.headers.get('x-frame-options')).toBe(null)
  for (const path of everyPage.slice(0, 6)) {
    const { headers } = (await page(path)).response
    expect([headers.get('x-frame-options'), headers.get('content-security-policy')?.includes('ancestors *')]).toEqual([
      'DENY',
      false,
    ])
  }
})

test('[PU5] a picture says what is public now: a title that was taken out is in none that is asked for after', async () => {
  const { write, consult, slug, people, planId, documentId } = await scene()
  await write('ana', 'Se cavarán pozos.', 'problem')
  await consult()
  // With the usual patience: who reads may get what stood a moment ago, unless something was taken away.
  const { ask } = createTestApp(database, { kept: { ...keptLimits, rest: 0, patience: 0 } })
  const card = async () => {
    const response = await ask(`GET /p/${slug}/commitments/1/card.png`)
    return Buffer.from(await response.arrayBuffer())
  }
  const before = await card()
  expect((await card()).equals(before)).toBe(true)
  const [askedBy, approvedBy] = [people.fina.userId, people.cora.userId]
  const wish = { planId, documentId, quote: 'Agua', ranges: [], basis: 'Ley 81 de 2019', askedBy, approvedBy }
  await takeOut({ db: database.db, rooms: world.rooms }, wish, { after: async () => undefined })
  expect((await card()).equals(before)).toBe(false)
})

test('[PU5] [PU17] who joins takes nothing away; who goes, is shown otherwise or is erased may', async () => {
  const { slug, planId, people } = await scene()
  const stamp = async () => (await stampOf(database.db, slug)) ?? { strict: '', whole: '' }
  const { userId } = people.ana
  const log = (kind: Parameters<typeof logMembership>[1]['kind'], id = userId, plan = planId) =>
    database.db.transaction().execute((trx) => logMembership(trx, { planId: plan, userId: id, kind, actorId: null }))
  let last = await stamp()
  for (const kind of ['joined', 'muted', 'unmuted', 'recovered'] as const) {
    await log(kind)
    const now = await stamp()
    expect([kind, now.strict === last.strict, now.whole === last.whole]).toEqual([kind, true, false])
    last = now
  }
  for (const kind of ['display_changed', 'left', 'removed', 'renamed', 'suspended', 'merged'] as const) {
    await log(kind)
    const now = await stamp()
    expect([kind, now.strict === last.strict]).toEqual([kind, false])
    last = now
  }
  // Who never took part stands in nothing of it.
  const other = await scene()
  await log('joined', other.people.ben.userId, other.planId)
  await eraseByProgram(erasingWith(database.db), other.people.ben.userId)
  expect(await stamp()).toEqual(last)
  await database.db.deleteFrom('member').where('userId', '=', userId).execute()
  await eraseByProgram(erasingWith(database.db), userId)
  expect((await stamp()).strict).not.toBe(last.strict)
})

test('[PU16] the map is made once a minute, from one question about all plans, and names no draft', async () => {
  const { write, consult, slug, add } = await scene()
  let now = 60_000_000
  const clock = { ...systemClock, now: () => now }
  const { ask } = createTestApp(database, { clock, kept: { ...keptLimits, rest: 0 } })
  const named = async () => {
    const map = await (await ask('GET /sitemap.xml')).text()
    return [1, 2].filter((number) => map.includes(`<loc>${testOrigin}/p/${slug}/commitments/${number}</loc>`))
  }
  expect(await named()).toEqual([])
  await write('ana', 'Se cavarán pozos.')
  await consult()
  await add('Un título secreto')
  now += 59_999
  expect(await named()).toEqual([])
  now += 1
  expect(await named()).toEqual([1])
})

test('[PU16] the feed is RSS of what happened, newest first, and the map names both languages', async () => {
  const { write, consult, step, page, slug } = await scene()
  await write('ana', 'Se cavarán pozos.')
  await consult()
  await step('cora', 'respond', 'consultation', early)
  await step('ana', 'redraft', 'response', { reason: 'Falta <el> dato & la fuente' })
  const { response, text } = await page('/feed.xml')
  expect(response.headers.get('content-type')).toBe('application/rss+xml; charset=utf-8')
  const of = (tag: string) =>
    [...text.matchAll(new RegExp(`<${tag}[^>]*>([^<]*)</${tag}>`, 'g'))].map(([, words]) => words)
  expect(of('title').slice(1)).toEqual([
    'Volvió a la redacción: 1. Agua para Tortí',
    'Se cerró la consulta: 1. Agua para Tortí',
    'Se abrió la consulta pública: 1. Agua para Tortí',
  ])
  expect(text).toContain('Falta &lt;el&gt; dato &amp; la fuente')
  expect(new Set(of('guid')).size).toBe(3)
  for (const day of of('pubDate')) expect(new Date(day ?? '').toUTCString()).toBe(day)
  expect(of('link')[1]).toBe(`${testOrigin}/p/${slug}/commitments/1`)
  const map = await (await world.ask('GET /sitemap.xml')).text()
  for (const prefix of ['', '/en']) expect(map).toContain(`<loc>${testOrigin}${prefix}/p/${slug}/commitments/1</loc>`)
  expect(await (await world.ask('GET /robots.txt')).text()).toContain(`Sitemap: ${testOrigin}/sitemap.xml`)
})

test('[PU17] the first reader of a text that was made public a moment ago reads it, and is not told that it is not there', async () => {
  const { slug, write, consult } = await scene()
  await write('ana', 'Se cavarán pozos.')
  // With the patience and the rest that readers find everywhere but in these tests.
  const { ask } = createTestApp(database, { kept: keptLimits })
  const statusOf = async (path: string) => (await ask(`GET ${path}`)).status
  expect([await statusOf(`/p/${slug}`), await statusOf(`/p/${slug}/commitments/1`)]).toEqual([200, 404])
  await consult()
  expect(await statusOf(`/en/p/${slug}/commitments/1`)).toBe(200)
  expect(await statusOf(`/p/${slug}/commitments/1/text.json`)).toBe(200)
  expect(await statusOf(`/p/${slug}/commitments/2`)).toBe(404)
})

const formType = { 'content-type': 'application/x-www-form-urlencoded' }

/** A text in consultation, and how anybody comments it. */
async function consulted(window?: { opensAt: string; closesAt: string }) {
  const all = await scene()
  await all.write('ana', 'Se cavarán pozos.', 'problem')
  await all.consult(window)
  const comment = async (form: Record<string, string>, asking: object = {}) => {
    const body = new URLSearchParams(form).toString()
    const key = `POST /p/${all.slug}/commitments/1/comments`
    const response = await world.ask(key, { headers: formType, body, ...asking })
    return { status: response.status, text: await response.text(), response }
  }
  const list = async (query = '') =>
    (await (await world.ask(`GET /api/plans/${all.planId}/inputs${query}`, { as: all.as.fina })).json()).items
  const rule = (name: Name, id: string, body: object) =>
    world.ask(`POST /api/plans/${all.planId}/inputs/${id}/moderation`, { as: all.as[name], body })
  return { ...all, comment, list, rule }
}
const good = { words: 'Faltan pozos en Cañita', field: 'problem', name: 'Eulalia', consent: 'yes' }

test('[PU20] [PU24] a comment needs words and consent, and comes from our own page while the consultation lasts', async () => {
  const { comment, list, step, page } = await consulted()
  expect((await page('/commitments/1')).text).toContain('<form method="post"')
  for (const [form, told] of [
    [{ ...good, words: ' ' }, 'Escriba su comentario.'],
    [{ ...good, words: 'x'.repeat(4001) }, 'hasta 4000 letras'],
    [{ ...good, consent: '' }, 'hace falta que lo acepte'],
  ] as const) {
    const { status, text } = await comment(form)
    expect([status, text.includes(told), text.includes('value="Eulalia"')]).toEqual([400, true, true])
  }
  // The browser goes to what says all that is missing, each with the way to its field.
  const { text } = await comment({ ...good, words: '', consent: '' })
  expect(text).toContain('<title>Error: ')
  expect(text).toContain(`/commitments/1/comments#comment" novalidate`)
  const summary = /<div class="faults" id="comment" role="alert"[\s\S]*?<\/div>/.exec(text)?.[0]
  expect([...(summary ?? '').matchAll(/href="#(.*?)">(.*?)</g)].map(([, to, said]) => [to, said])).toEqual([
    ['comment-words', 'Escriba su comentario.'],
    ['comment-consent', 'Para enviarlo hace falta que lo acepte.'],
  ])
  for (const id of ['comment-words', 'comment-consent']) {
    expect(text).toContain(` id="${id}" aria-invalid="true" aria-describedby="${id}-fault"`)
    expect(text).toContain(`<strong class="fault" id="${id}-fault">`)
  }
  const foreign = await comment(good, { headers: { ...formType, origin: 'https://evil.example' } })
  expect(foreign.status).toBe(403)
  expect((await comment(good, { headers: {} })).status).toBe(415)
  expect(await list()).toEqual([])
  await step('cora', 'respond', 'consultation', early)
  const late = await comment(good)
  expect([late.status, late.text.includes('Faltan pozos en Cañita')]).toEqual([409, true])
  expect((await page('/commitments/1')).text).not.toContain('<form')
})

test('[PU24] comments are taken while the window is open, not before, and not after it although nobody ended it', async () => {
  const day = 86_400_000
  const inDays = (days: number) => new Date(Date.now() + days * day).toISOString()
  const { comment, list, page } = await consulted({ opensAt: inDays(1), closesAt: inDays(3) })
  const told = async (days: number) => {
    ahead = days * day
    try {
      const { text } = await page('/commitments/1')
      const sent = await comment({ ...good, words: `Idea del día ${days}` })
      return { text, hasForm: text.includes('<form method="post"'), sent, kept: sent.text.includes('Idea del día') }
    } finally {
      ahead = 0
    }
  }
  const early = await told(0)
  expect([early.hasForm, early.sent.status, early.kept]).toEqual([false, 409, true])
  expect(early.text).toContain('Se reciben comentarios desde el ')
  expect(early.sent.text).toContain('todavía no se abre')
  const open = await told(2)
  expect([open.hasForm, open.sent.status]).toEqual([true, 201])
  expect(open.text).toContain('Se reciben comentarios hasta el ')
  const late = await told(4)
  expect([late.hasForm, late.sent.status, late.kept]).toEqual([false, 409, true])
  expect(late.text).toContain('Se recibieron comentarios hasta el ')
  expect(late.sent.text).toContain('La consulta terminó')
  expect(await list()).toHaveLength(1)
})

test('[PU25] while comments are taken the commitment, the plan and the list of inputs lead to the form, and before tell from when', async () => {
  const day = 86_400_000
  const inDays = (days: number) => new Date(Date.now() + days * day).toISOString()
  const { page, slug } = await consulted({ opensAt: inDays(1), closesAt: inDays(3) })
  const told = async (days: number) => {
    ahead = days * day
    try {
      const [commitment, ...lists] = await Promise.all(['/commitments/1', '', '/inputs'].map((path) => page(path)))
      const anchors = (commitment?.text.match(/href="#comment"/g) ?? []).length
      return {
        ...{ anchors, target: commitment?.text.includes('id="comment"') },
        lists: lists.map(({ text }) => [
          text.includes(`href="/p/${slug}/commitments/1#comment"`),
          text.includes('Se reciben comentarios desde el '),
          text.includes('href="/recibo"'),
        ]),
      }
    } finally {
      ahead = 0
    }
  }
  const nothing = { anchors: 0, target: false }
  expect(await told(0)).toEqual({ ...nothing, lists: Array(2).fill([false, true, true]) })
  // In what stands first, and among the parts of the page.
  expect(await told(2)).toEqual({ anchors: 2, target: true, lists: Array(2).fill([true, false, true]) })
  expect(await told(4)).toEqual({ ...nothing, lists: Array(2).fill([false, false, true]) })
  const english = await (await world.ask(`GET /en/p/${slug}/inputs`)).text()
  expect(english).toContain('Comments are taken from ')
})

test('[PU21] [PU22] [PU23] a comment is an input with a receipt, and is public once it is shown, and no longer when hidden', async () => {
  const all = await consulted()
  const { comment, list, rule, page, step, write, add, ask, planId, as, people } = all
  const taken = await comment({ ...good, words: 'Faltan <b>pozos</b> en Cañita' })
  expect(taken.status).toBe(201)
  expect(taken.response.headers.get('cache-control')).toBe('no-store')
  const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(taken.text)?.[0]
  const again = await comment({ ...good, words: 'Faltan <b>pozos</b> en Cañita' })
  expect(again.text).toContain(code)
  const look = async () => (await (await world.ask('POST /api/receipts/look', { body: { code } })).json()).input
  const about = { commitment: 1, title: 'Agua para Tortí', field: 'problem' }
  const told = { number: 1, words: 'Faltan <b>pozos</b> en Cañita', about }
  expect(await look()).toMatchObject({ ...told, moderation: { ruling: null } })

  const [input] = await list('?state=held')
  expect(await list()).toHaveLength(1)
  expect(input).toMatchObject({
    ...{ number: 1, channel: 'web', typedBy: null, from: { id: null, name: 'Eulalia', group: null } },
    ...{ moderation: { ruling: null }, own: false, may: { moderate: true } },
    links: [{ field: 'problem', by: null }],
  })
  const inputs = async () => (await page('/inputs')).text
  expect(await inputs()).not.toContain('Cañita')
  expect((await page()).text).toContain('0 aportes')

  expect((await rule('ana', input.id, { verdict: 'shown' })).status).toBe(403)
  expect((await rule('fina', input.id, { verdict: 'hidden' })).status).toBe(400)
  // Why something is shown is said among the plan's people.
  expect((await rule('fina', input.id, { verdict: 'shown', reason: 'Para la vecina.' })).status).toBe(201)
  expect((await rule('fina', input.id, { verdict: 'shown' })).status).toBe(409)
  expect(await inputs()).toContain('Faltan &lt;b&gt;pozos&lt;/b&gt; en Cañita')
  expect((await page()).text).toContain('Un aporte, sin respuesta')
  expect(await list('?state=held')).toEqual([])
  expect((await look()).moderation.ruling).toMatchObject({ verdict: 'shown', reason: '' })

  const hidden = await (await rule('cora', input.id, { verdict: 'hidden', reason: 'Nombra a una vecina.' })).json()
  expect(hidden.moderation.ruling).toMatchObject({
    ...{ verdict: 'hidden', reason: 'Nombra a una vecina.' },
    by: { id: people.cora.userId },
  })
  expect(await inputs()).not.toContain('Cañita')
  const coverage = await (await world.ask(`GET /api/plans/${planId}/inputs/coverage`, { as: as.fina })).json()
  expect([coverage.total, coverage.share]).toEqual([0, 100])
  const { by: _, ...ruling } = hidden.moderation.ruling
  expect(await look()).toMatchObject({ ...told, moderation: { ruling } })
  for (const own of [people.cora.userId, people.cora.name]) expect(JSON.stringify(await look())).not.toContain(own)
  // What was written before its writers were told who reads it stays among the plan's people.
  await database.db.updateTable('inputModeration').set({ told: false }).where('inputId', '=', input.id).execute()
  expect((await look()).moderation.ruling).toMatchObject({ verdict: 'hidden', reason: '' })
  // The title of a draft is nobody's to read, and the comment is on the one that was public.
  await step('cora', 'respond', 'consultation', early)
  await step('ana', 'redraft', 'response', { reason: 'Falta el dato.' })
  await write('ana', ' y Cañita', 'title')
  const { commitments } = await (await world.ask(`GET /api/plans/${planId}`, { as: as.fina })).json()
  expect(commitments[0].title).not.toBe(about.title)
  expect((await look()).about).toEqual(about)
  // Nor in its answers: of what is no more than a draft not even the number is told.
  const secret = await add('Compromiso secreto')
  for (const [after, documentId] of [all.documentId, secret.documentId].entries()) {
    const { body: version } = await ask('ana', 'POST /versions', { name: 'Con pozos' }, documentId)
    const body = { after, outcome: 'adopted', reason: 'Se hará.', documentId, versionId: version.id }
    const answered = await world.ask(`POST /api/plans/${planId}/inputs/${input.id}/answers`, { as: as.ana, body })
    expect(answered.status, await answered.text()).toBe(201)
  }
  const { answers } = await look()
  expect(answers.map(({ version }: { version: object | null }) => version)).toMatchObject([
    { commitment: 1, title: about.title },
    null,
  ])
  const { items } = await (await world.ask(`GET /api/plans/${planId}/record?type=contribution`, { as: as.fina })).json()
  const acts = items.map(({ actor, details }: { actor: object | null; details: { act: string } }) => [
    actor === null,
    details.act,
  ])
  expect(acts).toEqual([
    [false, 'hidden'],
    [false, 'shown'],
    [true, 'brought'],
  ])
  expect(JSON.stringify(items)).not.toContain('vecina')
})

test('[PU24] one network sends thirty an hour and no more', async () => {
  const { comment, list } = await consulted()
  const statuses: number[] = []
  for (let at = 0; at < 32; at++) {
    const { status } = await comment({ ...good, words: `Idea ${at}` }, { address: '198.51.100.7', headers: formType })
    statuses.push(status)
  }
  expect(statuses).toEqual([...Array(30).fill(201), 429, 429])
  expect(await list('?state=held')).toHaveLength(30)
})
