/**
 * What LibreOffice, which shares nothing with what made them, reads in our documents for Word. In long runs alone, since it is
 * half a gigabyte: `npm run test:long` finds or installs it (CONTRIBUTING.md), and fails without it.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { applyField, type JsonNode } from '@cabildo/schema/content'
import { plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createPasswords } from '../auth/passwords.ts'
import { createSessions } from '../auth/sessions.ts'
import { demoAddress, demoPassword } from '../demo/people.ts'
import { seedDemo } from '../demo/seed.ts'
import { givePlansTexts } from '../plans/making/service.ts'
import { insertDocument } from '../rooms/adapters/new-document.ts'

const isLong = process.env.LONG === '1'
if (!isLong) process.stdout.write('documents in LibreOffice: left to long runs (npm run test:long)\n')
const office = process.env.SOFFICE_PATH ?? 'soffice'
const officeWithin = 180_000

let database: FreshDatabase
let world: TestApp
const folder = mkdtempSync(join(tmpdir(), 'cabildo-office-'))
beforeAll(async () => {
  if (!isLong) return
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  if (!isLong) return
  await world.rooms.drain()
  await database.drop()
})

/** What a document holds, as LibreOffice understood it. */
interface Understood {
  /** Levels and words of its headings, the title not among them. */
  headings: (readonly [level: number, text: string])[]
  tables: number
  rows: number
  /** All words of the body, without white space. */
  words: string
  language: string
  addresses: string[]
  xml: string
}

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'" }
const unescaped = (text: string) =>
  text.replaceAll(/&(#x?[0-9a-fA-F]+|\w+);/g, (all, name: string) => {
    if (name in entities) return entities[name] ?? all
    const code = name.startsWith('#x') ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1))
    return name.startsWith('#') ? String.fromCodePoint(code) : all
  })
/** The words between tags, without white space. */
const wordsIn = (markup: string) => flat(unescaped(markup.replaceAll(/<[^>]*>/g, '')))
const flat = (text: string) => text.replaceAll(/\s+/g, '')
const count = (text: string, part: string | RegExp) => text.split(part).length - 1

/** Has LibreOffice open a document and write what it read as flat ODT. */
function openInOffice(docx: Uint8Array, name: string): Understood {
  const file = join(folder, `${name}.docx`)
  writeFileSync(file, docx)
  const profile = `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`
  const args = [profile, '--headless', '--norestore', '--convert-to', 'fodt', '--outdir', folder, file]
  const { status, error, stderr } = spawnSync(office, args, { encoding: 'utf8', timeout: officeWithin })
  expect(
    { status, error, stderr },
    'LibreOffice is needed: install libreoffice-writer, or set SOFFICE_PATH',
  ).toMatchObject({
    status: 0,
    error: undefined,
  })
  const xml = readFileSync(join(folder, `${name}.fodt`), 'utf8')
  const body = xml.slice(xml.indexOf('<office:text'), xml.indexOf('</office:text>'))
  const [paragraphs = ''] = /<style:default-style style:family="paragraph">.*?<\/style:default-style>/s.exec(xml) ?? []
  const part = (key: string) => new RegExp(`fo:${key}="([^"]*)"`).exec(paragraphs)?.[1] ?? ''
  return {
    headings: [...body.matchAll(/<text:h [^>]*text:outline-level="(\d+)"[^>]*>(.*?)<\/text:h>/gs)].map(
      ([, level, text = '']) => [Number(level), wordsIn(text)] as const,
    ),
    tables: count(body, /<table:table[ >]/),
    rows: count(body, /<table:table-row[ >]/),
    words: wordsIn(body),
    language: `${part('language')}-${part('country')}`,
    addresses: [...xml.matchAll(/xlink:href="([^"]*)"/g)].map(([, address = '']) => unescaped(address)),
    xml,
  }
}

/** The same of the page that is made of the same outline, by other code. */
function understoodOfPage(html: string): Pick<Understood, 'headings' | 'tables' | 'rows'> {
  return {
    headings: [...html.matchAll(/<h([2-6])[^>]*>(.*?)<\/h\1>/gs)].map(
      ([, level, text = '']) => [Number(level) - 1, wordsIn(text)] as const,
    ),
    tables: count(html, '<table'),
    rows: count(html, '<tr>'),
  }
}

interface Field {
  key: string
  label: { es: string }
  content: JsonNode
  empty: boolean
}
interface PlanJson {
  plan: { title: string }
  sections: Field[]
  commitments: { title: string; fields: Field[]; milestones: { title: string; lead: string }[] }[]
}

/** The words of each paragraph, heading or cell of a text. */
const blocksOf = ({ content = [] }: JsonNode): string[] =>
  content.some(({ type }) => type === 'text')
    ? [content.map(({ text = ' ' }) => text).join('')]
    : content.flatMap(blocksOf)

/** Everything that somebody wrote, line by line, as the data has it. */
function linesOf({ plan, sections, commitments }: PlanJson): string[] {
  const fields = [...sections, ...commitments.flatMap(({ fields }) => fields)]
  const said = fields.filter(({ empty }) => !empty)
  const steps = commitments.flatMap(({ milestones }) => milestones)
  return [
    ...[plan.title, ...commitments.map((one) => one.title), ...said.map(({ label }) => label.es)],
    ...said.flatMap(({ content }) => blocksOf(content)),
    ...steps.flatMap(({ title, lead }) => [title, lead]),
  ].filter((line) => line.trim() !== '')
}

/** Takes a plan along in three forms and holds what LibreOffice reads against the others. */
async function compare(base: string, as: string, name: string): Promise<Understood> {
  const take = async (file: string) => {
    const answer = await world.ask(`GET ${base}/${file}?language=es`, { as })
    expect(answer.status, file).toBe(200)
    return new Uint8Array(await answer.arrayBuffer())
  }
  const text = async (file: string) => Buffer.from(await take(file)).toString('utf8')
  const read = openInOffice(await take('plan.docx'), name)
  const plan: PlanJson = JSON.parse(await text('plan.json'))
  const missing = linesOf(plan).filter((line) => !read.words.includes(flat(line)))
  expect(missing, `${name}: lines of the data that LibreOffice does not read`).toEqual([])
  expect(linesOf(plan).length).toBeGreaterThan(10)
  const { headings, tables, rows } = read
  expect({ headings, tables, rows }).toEqual(understoodOfPage(await text('plan.html')))
  expect(headings.length).toBeGreaterThan(5)
  expect(read.language).toBe('es-PA')
  expect(read.xml).not.toMatch(
    /<script:|<office:event-listeners|<draw:(?:frame|image|object)|<text:(?:database|execute-macro)/,
  )
  // The namespaces aside, whatever leads anywhere leads to a page.
  for (const address of read.addresses) expect(address).toMatch(/^(https?:\/\/|mailto:)/)
  return read
}

const hostile =
  '#read("/etc/passwd") #panic("x") $ x^2 $ *negrita* _cursiva_ `código` <marca> @marca [x] // nota \\ ~ -- <script>alert(1)</script> =SUM(A1) {{INCLUDETEXT "/etc/passwd"}} &amp; ]]> %PDF'
const said = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const item = (...content: object[]) => ({ type: 'listItem', content })
const cell = (type: string, text: string, attrs: object = {}) => ({ type, attrs, content: [said(text)] })

describe.runIf(isLong)('documents for Word in LibreOffice', () => {
  test('[EX3] a plan with one commitment, hostile words in every place', { timeout: 300_000 }, async () => {
    const { db } = database
    const { planId, people } = await plantPlan(db, { ana: 'drafter' })
    await givePlansTexts({ db, insertDocument })
    const as = await world.cookieOf(people.ana)
    const made = await world.ask(`POST /api/plans/${planId}/commitments`, { as, body: { title: 'Cuentas claras' } })
    const { documentId } = await made.json()
    const { userId, sessionId, groupId } = people.ana
    const list = {
      type: 'orderedList',
      attrs: { start: 3 },
      content: [item(said('Primero'), { type: 'bulletList', content: [item(said(hostile)), item(said('Dentro'))] })],
    }
    const table = {
      type: 'table',
      content: [
        { type: 'tableRow', content: [cell('tableHeader', 'Año'), cell('tableHeader', 'Pozos')] },
        { type: 'tableRow', content: [cell('tableCell', hostile, { colspan: 2 })] },
        { type: 'tableRow', content: [cell('tableCell', '2024', { rowspan: 2 }), cell('tableCell', 'Uno')] },
        { type: 'tableRow', content: [cell('tableCell', 'Dos')] },
      ],
    }
    const heading = { type: 'heading', attrs: { level: 3 }, content: [{ type: 'text', text: 'Dónde duele' }] }
    const link = { type: 'link', attrs: { href: 'https://example.org/a?b="c"&d=<e>' } }
    const strange = { type: 'text', text: 'un enlace', marks: [{ type: 'bold' }, link] }
    const content = [heading, said(hostile), list, table, { type: 'blockquote', content: [said('Dicho')] }]
    await world.rooms.edit(documentId, { writer: { userId, sessionId, groupId }, via: 'draft' }, (doc) => {
      applyField(doc, 'problem', 'rich', { type: 'doc', content })
      applyField(doc, 'solution', 'rich', { type: 'doc', content: [{ type: 'paragraph', content: [strange] }] })
    })
    const { words, headings } = await compare(`/api/plans/${planId}/exports`, as, 'hostile')
    expect(count(words, flat(hostile))).toBe(3)
    expect(headings.map(([, text]) => text)).toContain('Dóndeduele')
    expect(words).not.toContain('root:')
  })

  test('[EX3] the plan of the demo: every word, heading, table and its language', { timeout: 600_000 }, async () => {
    const deps = { db: database.db, rooms: world.rooms, insertDocument, now: () => new Date() }
    const sessions = createSessions(database.db, { secure: false })
    await seedDemo({ ...deps, sessions, passwords: createPasswords() })
    const body = { email: demoAddress('gobierno'), password: demoPassword }
    const signedIn = await world.ask('POST /api/session', { body })
    const as = signedIn.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
    const { tables } = await compare('/api/plans/chepo/exports', as, 'demo')
    expect(tables).toBeGreaterThan(3)
  })
})
