import { contentHash } from '@cabildo/schema/canonical'
import type { Content, JsonNode } from '@cabildo/schema/content'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import { ogpPlan } from '@cabildo/schema/templates/ogp-plan'
import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { marked } from 'marked'
import { expect, test } from 'vitest'
import { clauseNames, clauseOf, factsOf, milestonesOf } from '../publish/public-text.ts'
import type { PublicInput } from '../publish/reading.ts'
import { packArchive } from './archive.ts'
import { checkPlan } from './checklist/check.ts'
import { outlineDocx } from './docx.ts'
import { fileNames, type Made, type Making, makeFile } from './files.ts'
import { formOutline, formSheet } from './form-sheet.ts'
import { gridOf } from './grid.ts'
import { outlineHtml } from './html.ts'
import { outlineMarkdown } from './markdown.ts'
import { type Cell, fieldBlocks } from './outline.ts'
import { plainJson, planFile, planFileSchema, planSchemaFile, slicedJson } from './plan-file.ts'
import { planOutline } from './plan-outline.ts'
import type { CommitmentText, MemberPlan, PlanText, Process } from './plan-text.ts'

const at = new Date('2026-03-28T15:04:05.000Z')
const making: Making = { language: 'es', at, origin: 'https://plan.example', address: 'https://plan.example/p/chepo' }

/** What spreadsheets would read as a formula where it begins a cell. */
const formulas = ['=HYPERLINK("http://x","y")', '+1+1', '-2+3', '@SUM(A1)', '\t=1', '\r=1', "=cmd|'/c calc'!A1"]

const said = (text: string, ...marks: JsonNode['marks'] & object): JsonNode => ({
  type: 'text',
  text,
  ...(marks.length > 0 && { marks }),
})
const paragraph = (...content: JsonNode[]): JsonNode => ({ type: 'paragraph', content })
const doc = (...content: JsonNode[]): JsonNode => ({ type: 'doc', content })

/** Words that would do something wherever somebody forgot to take them as words. */
const hostile = [
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  '[enlace](javascript:alert(1)) ![foto](http://x/y.png) <http://x>',
  '#read("/etc/passwd") #eval("1") $x$ `código` *a* _b_',
  '=HYPERLINK("http://x","y")',
  '@SUM(A1)',
  '| celda | \\| otra',
  '&lt;b&gt; ]]> <!-- -->',
  '\u202eal revés\u0000\u0008',
].join('\n')

function commitment(
  number: number,
  fields: Record<string, JsonNode>,
  facts: Record<string, unknown> = {},
): CommitmentText {
  const content: Content = {
    ...{ template: ogpCommitment.id, version: ogpCommitment.version, facts },
    fields: { title: doc(paragraph(said(`Compromiso de prueba ${number}`))), ...fields },
  }
  return {
    ...{ number, title: `Compromiso de prueba ${number}`, state: 'drafting', standing: 'working', content },
    version: {
      documentId: `d${number}`,
      id: null,
      number: null,
      name: null,
      seq: 7,
      contentHash: contentHash(content),
    },
    ...{
      facts: factsOf(content),
      fields: clauseNames.map((_, at) => clauseOf(content, at)),
      milestones: milestonesOf(content).map((one) => ({ ...one, progress: [] })),
    },
    ...{ approvals: [], dissents: [], inputs: { total: 0, answered: 0, outcomes: [] } },
  }
}

const milestone = (title: string, more: object = {}): JsonNode => ({
  type: 'milestone',
  attrs: {
    start: null,
    due: '2026-06-30',
    lead: 'Tesorería',
    supportGovernment: '',
    supportCivilSociety: '',
    supportOther: '',
    ...more,
  },
  content: [
    { type: 'milestoneTitle', content: [said(title)] },
    { type: 'milestoneOutputs', content: [said('Un portal')] },
  ],
})

function input(number: number, words: string, answered = true): PublicInput {
  return {
    ...{ number, words, channel: 'paper', place: null, saidOn: '2026-03-01', language: 'es', takenBack: false },
    ...{ from: { name: 'Rosa', group: null }, side: null, meeting: null, links: [], entry: number + 10 },
    answers: answered
      ? [
          {
            ...{ outcome: 'adopted', reason: 'Se hará.', mergedInto: null, version: null },
            ...{ by: { name: 'Ana', group: null }, at: at.toISOString(), entry: number + 100 },
          },
        ]
      : [],
  }
}

function planOf(commitments: CommitmentText[], more: Partial<PlanText> = {}): PlanText {
  return {
    ...{
      slug: 'chepo',
      title: 'Plan de Chepo',
      place: 'Chepo, Panamá',
      state: 'drafting',
      language: 'es',
      commitments,
    },
    ...{ facts: [], sections: [], endorsements: [], meetings: [], files: [] },
    groups: [
      { id: 'g1', name: 'Alcaldía', sector: 'government', kind: 'government_office', territory: null },
      { id: 'g2', name: 'Kernel Community', sector: 'civil_society', kind: 'civil_society', territory: 'Chepo' },
    ],
    shares: { groups: [], rest: { written: 0, share: 0 } },
    record: {
      key: 'plan.example+1a2b+AXw9',
      checkpoint: { size: 40, note: 'nota' },
      seq: 12,
      hash: 'ab12',
      at: at.toISOString(),
    },
    inputs: { total: 2, answered: 1, outcomes: [{ outcome: 'adopted', count: 1 }] },
    ...more,
  }
}

const rich = (...blocks: JsonNode[]) => planOf([commitment(1, { problem: doc(...blocks) })])

const process: Process = {
  ...{ meetings: [], steps: [], told: [], letters: [], hasMonitorContact: false },
  days: { start: null, end: null, submitted: null },
}

const section = (key: string, label: string, text: string): PlanText['sections'][number] => ({
  ...{ key, number: 1, label: { es: label, en: label }, question: { es: '', en: '' } },
  ...{ content: doc(paragraph(said(text))), text: { es: text, en: text } },
  ...{ hash: `sha256:${'1'.repeat(64)}`, empty: text === '' },
  version: { documentId: 'p', id: null, number: null, name: null, seq: 3, contentHash: `sha256:${'0'.repeat(64)}` },
})

/** A plan whose every word means harm. */
function hostilePlan(): MemberPlan {
  const plan = planOf(
    [
      {
        ...commitment(
          1,
          {
            problem: doc(
              paragraph(said(hostile, { type: 'link', attrs: { href: 'javascript:alert(1)' } })),
              { type: 'heading', attrs: { level: 9, onclick: 'x' }, content: [said(hostile)] },
              { type: 'script', content: [said('alert(1)')] },
              {
                type: 'table',
                content: [
                  {
                    type: 'tableRow',
                    content: [{ type: 'tableCell', attrs: { colspan: 900 }, content: [paragraph(said(hostile))] }],
                  },
                ],
              },
            ),
            milestones: doc(milestone(hostile, { lead: hostile, due: 'mañana' })),
          },
          { leadInstitution: hostile },
        ),
        title: hostile,
      },
    ],
    {
      ...{ title: hostile, place: hostile },
      facts: [{ key: 'title', label: { es: 'T', en: 'T' }, value: hostile, text: { es: hostile, en: hostile } }],
      sections: [section('vision', 'La visión', hostile)],
      meetings: [
        {
          ...{ kind: 'meeting', title: hostile, heldOn: '2026-03-01', place: hostile, attended: 3, facts: [] },
          groups: [{ name: hostile, sector: 'community' }],
        },
      ],
      endorsements: [
        {
          ...{ name: hostile, role: hostile, organisation: hostile, sector: null, texts: [], entry: 2 },
          at: at.toISOString(),
        },
      ],
      files: [{ name: hostile, mediaType: 'application/pdf', size: 3, sha256: 'ab', entry: null }],
      groups: [hostile, ...formulas].map((name, at) => ({
        ...{ id: `g${at}`, name, sector: 'community', kind: 'other', territory: name },
      })),
    },
  )
  return { plan, inputs: [hostile, ...formulas].map((words, at) => input(at + 1, words)), process }
}

/** The cells of a table, as a spreadsheet reads them. */
const cellsOf = (csv: string): string[] =>
  [...csv.replace(/^\ufeff/, '').matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(?:,|\r\n|$)/g)].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  )

/** The bytes of a file in this process: what is typeset is its data. */
async function textOf(given: Made | Promise<Made>): Promise<string> {
  const made = await given
  if (typeof made === 'string') return made
  if ('typeset' in made) return JSON.stringify(made.typeset.data)
  const files = unzipSync(await outlineDocx(made.docx))
  return Object.entries(files)
    .map(([name, bytes]) => `${name}\n${strFromU8(bytes)}`)
    .join('\n')
}

/** Signs that draw nothing, or turn what is read after them around. */
const unseen = /(?![\t\n\r])[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

test('[EX1] no word of anybody becomes an element, an address, a formula or markup, in any file', async () => {
  const given = hostilePlan()
  for (const name of fileNames) {
    const text = await textOf(makeFile(name, given, making))
    expect(text, name).not.toMatch(unseen)
    expect(text, name).toContain('alert(1)')
    if (/\.(html|docx)$/.test(name)) {
      expect(text, name).not.toMatch(
        /<script|<img|<[^>]*\sonerror|(?:href|Target)="(?!https:\/\/plan\.example\/)[^"]*javascript/i,
      )
      expect(text, name).toContain('&lt;script&gt;alert(1)')
    }
    if (name.endsWith('.csv')) for (const cell of cellsOf(text)) expect(cell, name).not.toMatch(/^[=+\-@\t\r]/)
  }
  const data = JSON.parse(await planFile(given, making))
  expect(data.inputs.items[0].words).toBe(hostile)
  const html = await marked.parse(outlineMarkdown(planOutline(given.plan, making)))
  expect(html).not.toMatch(/<script|<img|href="javascript|<b>|<em>a<|<code>c/i)
  expect(html).toContain('&lt;script&gt;alert(1)')
})

test('[EX2] the page is one file that runs nothing and fetches nothing, in its language', () => {
  const html = outlineHtml(planOutline(rich(paragraph(said('Más luz.'))), making))
  expect(html).toMatch(/^<!doctype html>\n<html lang="es">/)
  expect(html).toContain(`default-src 'none'; style-src 'unsafe-inline'; img-src data:`)
  expect(html).toContain('<title>Plan de Chepo</title>')
  expect(html).toContain('<h4 id="c1-problem">El problema</h4><p>Más luz.</p>'.replace('><p', '>\n<p'))
  expect(html).toContain('https://plan.example/p/chepo')
  expect(html).not.toMatch(/\ssrc=|<link|@import|url\(/)
})

test('[EX3] what people stressed, listed and laid out in tables comes out in each form', () => {
  const blocks = fieldBlocks(
    doc(
      { type: 'heading', attrs: { level: 4 }, content: [said('Qué pasa')] },
      paragraph(said('No '), said('sabe', { type: 'bold' }), said(' nadie', { type: 'italic' }), said('.')),
      { type: 'orderedList', attrs: { start: 3 }, content: [{ type: 'listItem', content: [paragraph(said('Agua'))] }] },
      { type: 'blockquote', content: [{ type: 'heading', attrs: { level: 2 }, content: [said('Dicho')] }] },
    ),
    { under: 4, language: 'es' },
  )
  // A level that was skipped is one below the last, and a heading within something else is a bold line.
  expect(blocks).toEqual([
    { kind: 'heading', level: 5, runs: [{ text: 'Qué pasa' }] },
    {
      kind: 'paragraph',
      runs: [{ text: 'No ' }, { text: 'sabe', marks: ['bold'] }, { text: ' nadie', marks: ['italic'] }, { text: '.' }],
    },
    { kind: 'list', ordered: true, start: 3, items: [[{ kind: 'paragraph', runs: [{ text: 'Agua' }] }]] },
    { kind: 'quote', blocks: [{ kind: 'paragraph', runs: [{ text: 'Dicho', marks: ['bold'] }] }] },
  ])
  const outline = { ...planOutline(planOf([]), making), blocks, lines: [], foot: { lines: [], address: null } }
  expect(outlineMarkdown(outline)).toBe(
    '# Plan de Chepo\n\n##### Qué pasa\n\nNo **sabe** *nadie*.\n\n3. Agua\n\n> **Dicho**\n',
  )
})

test('[EX4] a table of any shape is a grid in which no cell lies on another', () => {
  const cell = fc.record({
    ...{ head: fc.boolean(), colspan: fc.integer({ min: 1, max: 70 }), rowspan: fc.integer({ min: 1, max: 9 }) },
    ...{ align: fc.constant(null), blocks: fc.constant([]) },
  })
  fc.assert(
    fc.property(fc.array(fc.array(cell as fc.Arbitrary<Cell>, { maxLength: 6 }), { maxLength: 6 }), (rows) => {
      const { columns, cells } = gridOf(rows)
      const taken = new Set<string>()
      for (const { x, y, colspan, rowspan } of cells) {
        expect(x + colspan).toBeLessThanOrEqual(columns)
        expect(y + rowspan).toBeLessThanOrEqual(rows.length)
        for (let right = x; right < x + colspan; right += 1)
          for (let down = y; down < y + rowspan; down += 1) {
            expect(taken.has(`${right} ${down}`)).toBe(false)
            taken.add(`${right} ${down}`)
          }
      }
    }),
  )
})

test('[EX5] the file for Word holds headings, lists, tables and addresses as such, and who wrote it in Spanish', async () => {
  const item = (text: string): JsonNode => ({ type: 'listItem', content: [paragraph(said(text))] })
  const cell = (type: string, text: string, attrs = {}): JsonNode => ({ type, attrs, content: [paragraph(said(text))] })
  const plan = rich(
    paragraph(said('Vea '), said('la ANTAI', { type: 'link', attrs: { href: 'https://www.antai.gob.pa/' } })),
    { type: 'bulletList', content: [item('Agua'), item('Luz')] },
    { type: 'orderedList', content: [item('Primero')] },
    {
      type: 'table',
      content: [
        { type: 'tableRow', content: [cell('tableHeader', 'Año', { colspan: 2 })] },
        { type: 'tableRow', content: [cell('tableCell', '2024'), cell('tableCell', '30')] },
      ],
    },
  )
  const files = unzipSync(await outlineDocx(planOutline(plan, making)))
  const xml = (name: string) => strFromU8(files[name] ?? new Uint8Array())
  const words = xml('word/document.xml')
  const styled = (style: string, text: string) =>
    new RegExp(`<w:pStyle w:val="${style}"/>(?:(?!</w:p>).)*${text.replaceAll('.', '\\.')}`)
  expect(words).toMatch(styled('Heading1', 'Compromiso 1. Compromiso de prueba 1'))
  expect(words).toMatch(styled('Heading3', 'El problema'))
  expect(words).toMatch(/<w:numPr>(?:(?!<\/w:p>).)*Agua/)
  expect(words).toMatch(/<w:numPr>(?:(?!<\/w:p>).)*Primero/)
  expect(words).toMatch(/<w:tblHeader\/>(?:(?!<\/w:tr>).)*<w:gridSpan w:val="2"\/>(?:(?!<\/w:tr>).)*Año/)
  expect(words).toMatch(/<w:hyperlink [^>]*>(?:(?!<\/w:hyperlink>).)*la ANTAI/)
  expect(xml('word/_rels/document.xml.rels')).toMatch(/Target="https:\/\/www\.antai\.gob\.pa\/" TargetMode="External"/)
  expect(xml('word/styles.xml')).toContain('w:val="es-PA"')
  expect(Object.keys(files).filter((name) => /vba|media|embed/i.test(name))).toEqual([])
})

test('[EX6] the data say what their schema says, and the schema is served under the address that they name', async () => {
  const plan = rich(paragraph(said('Más luz.')))
  const file = JSON.parse(await planFile({ plan, inputs: [input(1, 'Agua')] }, making))
  expect(file.$schema).toBe('https://plan.example/api/schemas/plan-1.json')
  expect(file.commitments[0].version.contentHash).toBe(contentHash(file.commitments[0].content))
  expect(file.inputs.items[0]).toMatchObject({ number: 1, words: 'Agua', from: { name: 'Rosa', group: null } })
  const schema = planFileSchema('https://plan.example') as { $id: string; required: string[]; properties: object }
  expect(schema.$id).toBe(file.$schema)
  expect(Object.keys(file).sort()).toEqual(Object.keys(schema.properties).sort())
  expect([...schema.required].sort()).toEqual(Object.keys(file).sort())
  const served = planSchemaFile('https://plan.example')
  expect(JSON.parse(strFromU8(served))).toEqual(schema)
  // Anybody may ask for it as often as they like: it is made once.
  expect(planSchemaFile('https://plan.example')).toBe(served)
  expect(JSON.parse(strFromU8(planSchemaFile('https://other.example'))).$id).toContain('https://other.example/')
})

test('[EX7] the form has OGP’s questions in its own order, each answered by the part of the plan that answers it', () => {
  const commitments = [
    commitment(1, { problem: doc(paragraph(said('Nadie sabe.'))) }, { leadInstitution: 'Tesorería' }),
  ]
  const meetings = { label: { es: 'Cuántas reuniones públicas', en: 'How many public meetings' } }
  const plan = planOf(commitments, {
    facts: [{ ...meetings, key: 'meetings', value: '12', text: { es: '12', en: '12' } }],
    sections: ogpPlan.fields.map(({ name, label }) => section(name, label.es, `Respuesta de ${name}`)),
  })
  const lines = formSheet(plan, 'en').replace('\ufeff', '').split('\r\n')
  const line = (number: number) => lines.find((one) => one.startsWith(`${number},`)) ?? ''
  expect(lines[0]).toBe('No.,Part of the form,Question,Answer')
  expect(lines.slice(1, 30).map((one) => Number(one.split(',')[0]))).toEqual(
    Array.from({ length: 29 }, (_, n) => n + 1),
  )
  for (const { name, ogpRow } of ogpPlan.fields) expect(line(ogpRow ?? 0), name).toContain(`Respuesta de ${name}`)
  expect(line(9)).toContain('What is the long-term vision for open government in your context and jurisdiction?')
  expect(line(21)).toMatch(/How many public-facing meetings were held in the co-creation process\?,12$/)
  expect(line(24)).toMatch(/Never published: type it into the form\.$/)
  // Groups that are known stand below what people wrote of them.
  expect(formSheet(plan, 'es')).toContain('"Respuesta de participants\n\nAlcaldía\nKernel Community"')
  expect(lines).toContain('33.1.8,Commitment 1: Compromiso de prueba 1,Problem,Nadie sabe.')
  const page = outlineHtml(formOutline(plan, making))
  expect(page).toContain('id="q9">9. ¿Cuál es la visión a largo plazo')
  expect(page).toContain('<p>Respuesta de vision</p>')
})

function held(heldOn: string, { sentOn = null as string | null, civil = 0 } = {}): Process['meetings'][number] {
  const group = (id: string, name: string, sector: 'government' | 'civil_society') => ({ id, name, sector }) as never
  const byGroup = [
    { group: group('g1', 'Alcaldía', 'government'), registered: 0, attended: 3 },
    { group: group('g2', 'Kernel Community', 'civil_society'), registered: 0, attended: civil },
  ]
  const attended = 3 + civil
  return {
    ...{ id: `m-${heldOn}` as never, number: 1, title: `Foro del ${heldOn}`, heldOn, starts: null, ends: null },
    ...{ mode: 'in_person', place: 'Cañita', isPublic: true, state: 'held', registered: 0, attended, inputs: 0 },
    ...{
      isFollowUp: false,
      minutesId: null,
      link: null,
      agenda: '',
      results: '',
      workshop: null,
      reason: null,
      revision: 1,
      entry: 5,
    },
    materials: sentOn === null ? [] : [{ title: 'Agenda', link: null, attachment: null, sentOn, sentTo: null }],
    attendance: { registered: 0, attended, byGroup, byGender: { woman: 0, man: 0, other: 0 }, byAge: {} as never },
    ...{ salt: '', may: { write: false, readLists: false } },
  }
}

test('[EX8] the list of requirements claims what a row shows, and names what is missing', () => {
  const plan = planOf([
    commitment(1, { milestones: doc(milestone('Portal'), milestone('Taller', { due: null, lead: '' })) }),
  ])
  const inputs = [input(1, 'Agua'), input(2, 'Luz', false)]
  const check = (process: Process, of: PlanText = plan) =>
    new Map(checkPlan({ plan: of, inputs, process }, at).map((one) => [one.key, one]))
  const found = check(process)
  expect(found.get('multi_stakeholder')?.standing).toBe('met')
  expect(found.get('answered')).toMatchObject({
    standing: 'partly',
    missing: [{ es: 'Respuesta a los aportes 2.', en: 'An answer to contributions 2.' }],
  })
  for (const key of ['civil_meeting', 'endorsed', 'letters', 'informed', 'monitoring_body', 'plan_text', 'duration'])
    expect([key, found.get(key)?.standing]).toEqual([key, 'missing'])
  expect(found.get('commitment_1')?.missing.map(({ es }) => es)).toEqual([
    ...['Institución responsable.', 'Fecha de inicio.', 'Fecha de fin.', 'Valores de OGP.'],
    ...['El problema.', 'La solución.', 'Los resultados.', 'Fecha del hito 2.', 'Responsable del hito 2.'],
  ])
  expect(found.get('announced')).toMatchObject({ standing: 'unknown', confirmed: false })

  const endorsement = (on: string): PlanText['endorsements'][number] => ({
    ...{ name: 'Pedro', role: 'Cofundador', organisation: 'Kernel', sector: 'civil_society', entry: 9 },
    ...{ texts: [{ number: 1, contentHash: `sha256:${'0'.repeat(64)}` }], at: `${on}T12:00:00.000Z` },
  })
  const kept: Process = {
    meetings: [held('2025-02-01', { sentOn: '2025-01-20', civil: 4 }), held('2025-12-01', { sentOn: '2025-12-01' })],
    steps: [
      { state: 'outreach', at: new Date('2025-01-02T12:00:00Z') },
      { state: 'gathering', at: new Date('2025-01-10T12:00:00Z') },
    ],
    told: [],
    days: { start: '2026-01-01', end: '2027-06-30', submitted: '2026-03-01' },
    letters: [{ number: 1, side: 'government', organisation: 'Alcaldía', mediaType: 'application/pdf' }],
    hasMonitorContact: true,
  }
  const after = check(kept, { ...plan, endorsements: [endorsement('2026-03-02')] })
  expect(after.get('civil_meeting')).toMatchObject({
    standing: 'met',
    shown: [{ es: '2025-02-01: Foro del 2025-02-01 (asistieron 7)' }],
  })
  // What is sent on the day itself was not sent before.
  expect(after.get('informed')).toMatchObject({
    standing: 'partly',
    missing: [{ en: 'Material sent before the meeting of 2025-12-01: Foro del 2025-12-01' }],
  })
  expect(after.get('forum')?.missing.map(({ en }) => en)).toContain('Meetings between 2025-02-01 – 2025-12-01.')
  expect(after.get('endorsed')).toMatchObject({
    standing: 'partly',
    missing: [{ en: 'An endorsement from before the submission.' }],
  })
  expect(after.get('letters')).toMatchObject({
    standing: 'partly',
    missing: [{ en: 'The letter of a non-governmental stakeholder.' }],
  })
  expect(after.get('announced')?.standing).toBe('missing')
  expect(after.get('duration')?.standing).toBe('met')
  expect(check(kept, { ...plan, endorsements: [endorsement('2026-02-27')] }).get('endorsed')?.standing).toBe('met')
})

test('[EX9] an archive comes file by file, and what another reader unpacks is what went in', async () => {
  const long = 'Cuentas claras. '.repeat(40_000)
  const seen: string[] = []
  const parts: Uint8Array[] = []
  const files = [
    { path: 'a.txt', read: async () => new TextEncoder().encode(long) },
    { path: 'none.txt', read: async () => undefined },
    {
      path: 'b.bin',
      stored: true,
      async read() {
        return (async function* () {
          yield new Uint8Array([1, 2])
          yield new Uint8Array([3])
        })()
      },
    },
  ]
  for await (const part of packArchive(files, { at, onFile: (path) => seen.push(path) })) parts.push(part)
  const found = unzipSync(new Uint8Array(Buffer.concat(parts)))
  expect(seen).toEqual(['a.txt', 'none.txt', 'b.bin'])
  expect(Object.keys(found)).toEqual(['a.txt', 'b.bin'])
  expect(strFromU8(found['a.txt'] ?? new Uint8Array())).toBe(long)
  expect(found['b.bin']).toEqual(new Uint8Array([1, 2, 3]))
})

test('[EX6] data that are written in slices are what they are in one piece', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 6 }), async (value) => {
      expect(await slicedJson(value)).toBe(plainJson(value))
    }),
  )
})

test('[EX24] a file of thousands of inputs is made in slices, and holds each of them once', async () => {
  const inputs = Array.from({ length: 2000 }, (_, at) => input(at + 1, `Aporte ${at + 1}, "entre comillas"`))
  const given = { plan: rich(paragraph(said('Más luz.'))), inputs, process }
  for (const name of ['plan.json', 'inputs.csv'] as const) {
    let turns = 0
    let isOver = false
    const others = () => {
      turns += 1
      if (!isOver) setImmediate(others)
    }
    others()
    const text = await textOf(makeFile(name, given, making))
    isOver = true
    expect(turns, name).toBeGreaterThan(20)
    if (name === 'plan.json')
      expect(JSON.parse(text).inputs.items.map(({ number }: { number: number }) => number)).toEqual(
        inputs.map(({ number }) => number),
      )
    else {
      expect(text.split('\ufeff')).toHaveLength(2)
      expect(
        text
          .trimEnd()
          .split('\r\n')
          .slice(1)
          .map((row) => Number(row.split(',')[0])),
      ).toEqual(inputs.map(({ number }) => number))
    }
  }
})
