import { plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld } from '@cabildo/testkit/workshop-world'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, expect, test } from 'vitest'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(() => database.drop())

let keys = 0
const idea = (words: string, more: object = {}) => ({
  ...{ key: `key-of-a-printed-${++keys}`, channel: 'paper', words, consent: true },
  ...more,
})

/** A plan in which these words were brought, and the first was answered; gets the document. */
async function printed(words: readonly string[], reason: string, language: 'es' | 'en' = 'es') {
  const { planId, people } = await plantPlan(database.db, { fina: 'facilitator', ana: 'drafter' })
  const [fina, ana] = [await world.cookieOf(people.fina), await world.cookieOf(people.ana)]
  const base = `/api/plans/${planId}/inputs`
  const body = { inputs: words.map((one) => idea(one, { from: { name: 'Rosa', display: 'name' } })) }
  const { items } = await (await world.ask(`POST ${base}`, { as: fina, body })).json()
  const answer = { after: 0, outcome: 'not_adopted', reason }
  expect((await world.ask(`POST ${base}/${items[0].id}/answers`, { as: ana, body: answer })).status).toBe(201)
  const response = await world.ask(`GET ${base}/matrix.pdf?language=${language}`, { as: ana })
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/pdf')
  expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="\w+\.pdf"$/)
  const bytes = new Uint8Array(await response.arrayBuffer())
  const standard = Buffer.from(bytes).includes('pdfuaid')
  const pdf = await getDocumentProxy(bytes)
  const { text } = await extractText(pdf, { mergePages: true })
  return { pdf, standard, text: text.replaceAll(/\s+/g, ' ') }
}

/** Every role of the tags of a page. */
function rolesOf(node: { role?: string; children?: unknown[] }): string[] {
  const inside = (node.children ?? []).flatMap((child) => rolesOf(child as typeof node))
  return node.role ? [node.role, ...inside] : inside
}

test('[IN66] the matrix is a tagged document in its language, with a title, whose heads are heads of columns', async () => {
  const { pdf, standard, text } = await printed(
    ['Más luz en el parque.', 'Agua en la escuela.'],
    'Ya está en obra.',
    'en',
  )
  expect(standard).toBe(true)
  const { info } = await pdf.getMetadata()
  expect(info).toMatchObject({ Language: 'en', Title: expect.stringContaining('Contributions and answers') })
  const page = await pdf.getPage(1)
  const roles = rolesOf((await page.getStructTree()) as Parameters<typeof rolesOf>[0])
  expect(roles.filter((role) => role === 'TH')).toHaveLength(4)
  expect(roles.filter((role) => role === 'TR')).toHaveLength(3)
  for (const said of ['Más luz en el parque.', 'Rosa', 'Not adopted', 'Ya está en obra.', 'No answer yet'])
    expect(text).toContain(said)
})

test('[IN66] words are words: no markup, no code, no file of the server, nothing that turns the rest around', async () => {
  const hostile = [
    '#read("/etc/passwd") #panic("x") #import "@preview/a:1.0.0": *',
    '= Título\n- lista\n/ a: b\n$ x^2 $ *negrita* _cursiva_ `código` <marca> @marca [x] // nota /* otra */ \\ ~ -- "c"',
    '\u202eotreiba\u202c \u0007 #{while true {}}',
    '</script><b>x</b> =1+1 %PDF',
  ]
  const { text, standard } = await printed(hostile, '#eval("1+1") $ \\ ]')
  expect(standard).toBe(true)
  for (const said of [
    '#read("/etc/passwd") #panic("x") #import "@preview/a:1.0.0": *',
    '*negrita* _cursiva_ `código` <marca> @marca [x] // nota /* otra */ \\ ~ --',
    'otreiba',
    '#{while true {}}',
    '</script><b>x</b> =1+1 %PDF',
    '#eval("1+1") $ \\ ]',
  ])
    expect(text).toContain(said)
  expect(text).not.toContain('root:')
})

test('[IN66] a sign that no font has keeps nothing back; of many inputs none is missing', async () => {
  const many = Array.from({ length: 60 }, (_, at) => `Idea ${at + 1} de la reunión. ${'Con más palabras. '.repeat(12)}`)
  const { text, standard, pdf } = await printed(['Escrito 漢字 aparte', ...many], 'Sí.')
  expect(standard).toBe(false)
  expect(pdf.numPages).toBeGreaterThan(3)
  for (let at = 1; at <= many.length; at += 1) expect(text).toContain(`Idea ${at} de la reunión.`)
  // The head of the table stands on every page.
  expect(text.split('Respuesta').length - 1).toBeGreaterThanOrEqual(pdf.numPages)
})

test('[IN66] no guest, no stranger and nobody from elsewhere gets it', async () => {
  const village = await plantWorkshopWorld(database, world.ask, world.cookieOf)
  const { way } = await village.open()
  const { phone } = await village.join(way, 'Luz')
  const path = `/api/plans/${village.planId}/inputs/matrix.pdf`
  expect((await phone.ask(`GET ${path}`)).status).toBe(403)
  expect((await world.ask(`GET ${path}`)).status).toBe(401)
  const other = await plantPlan(database.db, { ana: 'drafter' })
  expect((await world.ask(`GET ${path}`, { as: await world.cookieOf(other.people.ana) })).status).toBe(404)
})
