import { monitorEventLoopDelay } from 'node:perf_hooks'
import { type ImportPreview, largestImport } from '@cabildo/protocol/http/imports'
import { contentOfState } from '@cabildo/schema/content'
import { ogpPlanShape } from '@cabildo/schema/templates/ogp-plan-shape'
import { childrenOf, fieldText } from '@cabildo/schema/text'
import { plantPlan } from '@cabildo/testkit/factories'
import { openApp } from '@cabildo/testkit/open-app'
import type { FreshDatabase } from '@cabildo/testkit/postgres'
import { type TestApp, testOrigin } from '@cabildo/testkit/test-app'
import { strToU8, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { givePlansTexts } from '../plans/making/service.ts'
import { insertDocument } from '../rooms/adapters/new-document.ts'

let database: FreshDatabase
let world: TestApp
openApp((...made) => {
  ;[database, world] = made
})

/** A commitment of a plan, two drafters and a reviewer of it. */
async function scene() {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter', ben: 'drafter', rev: 'reviewer' })
  const as = {
    ana: await world.cookieOf(people.ana),
    ben: await world.cookieOf(people.ben),
    rev: await world.cookieOf(people.rev),
  }
  const made = await world.ask(`POST /api/plans/${planId}/commitments`, { as: as.ana, body: { title: 'Cuentas' } })
  const { documentId } = await made.json()
  return { planId, people, as, documentId, at: `/api/documents/${documentId}/imports` }
}

/** Sends a file, as a browser does. */
async function send(path: string, as: string, bytes: Uint8Array): Promise<Response> {
  const form = new FormData()
  form.set('file', new Blob([new Uint8Array(bytes)]), 'x')
  const init = { method: 'POST', headers: { origin: testOrigin, cookie: as }, body: form }
  return world.app.request(path, init, { incoming: { socket: { remoteAddress: '192.0.2.1' } } })
}
const preview = async (path: string, as: string, bytes: Uint8Array): Promise<ImportPreview> => {
  const response = await send(path, as, bytes)
  expect(response.status).toBe(200)
  return response.json()
}
/** Parts where their headings lead, as the screen sends them. */
const asProposed = (parts: ImportPreview['parts']) =>
  parts.map(({ target, content }) => ({ target, heading: null, content }))
let keys = 0
const newKey = () => `key-of-an-import-${++keys}`
const apply = (at: string, as: string, parts: unknown, key = newKey()) =>
  world.ask(`POST ${at}/apply`, { as, body: { key, parts } })

async function contentNow(documentId: string) {
  const committed = await world.rooms.read(documentId)
  if (!committed) throw new Error('no document')
  return contentOfState(committed.state)
}
const says = async (documentId: string, field: string) => fieldText((await contentNow(documentId)).fields[field])

const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
const types =
  '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
const relations = (inner: string) =>
  `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
// As Word in Spanish names it: the id is of its language, the name is not.
const styles = `<?xml version="1.0"?><w:styles xmlns:w="${main}"><w:style w:type="paragraph" w:styleId="Ttulo1"><w:name w:val="heading 1"/></w:style></w:styles>`
const p = (text: string, inside = '') => `<w:p>${inside}<w:r><w:t xml:space="preserve">${text}</w:t></w:r></w:p>`
const head = (text: string) => p(text, '<w:pPr><w:pStyle w:val="Ttulo1"/></w:pPr>')

/** A DOCX as Word makes it, of the body and whatever files besides. */
function docx(body: string, files: Record<string, Uint8Array> = {}, links = ''): Uint8Array {
  return zipSync({
    '[Content_Types].xml': strToU8(types),
    '_rels/.rels': strToU8(
      relations(`<Relationship Id="r" Type="${office}/officeDocument" Target="word/document.xml"/>`),
    ),
    'word/_rels/document.xml.rels': strToU8(
      relations(`<Relationship Id="s" Type="${office}/styles" Target="styles.xml"/>${links}`),
    ),
    'word/styles.xml': strToU8(styles),
    'word/document.xml': strToU8(
      `<?xml version="1.0"?><w:document xmlns:w="${main}" xmlns:r="${office}"><w:body>${body}</w:body></w:document>`,
    ),
    ...files,
  })
}
const bold = '<w:r><w:rPr><w:b/></w:rPr><w:t>gasta</w:t></w:r>'
const honest = () =>
  docx(
    [
      ...[head('Problema'), `<w:p><w:r><w:t xml:space="preserve">Nadie sabe en qué se </w:t></w:r>${bold}</w:p>`],
      ...[head('Institución responsable'), p('Tesorería Municipal'), head('Anexo'), p('Otra cosa.')],
    ].join(''),
  )

test('[IM28] the same key again writes nothing and gives the same answer: lost, at once, and of a text frozen since', async () => {
  const { at, as, documentId } = await scene()
  const { parts } = await preview(at, as.ana, honest())
  // One value, which somebody else has changed by then, and one that is none.
  const title = { target: 'field:title', heading: null, content: parts[0]?.content, now: 'Otra cosa' }
  const day = { target: 'fact:periodStart', heading: null, content: parts[2]?.content }
  const chosen = [...asProposed(parts.slice(0, 2)), title, day]
  const key = newKey()
  const first = await apply(at, as.ana, chosen, key)
  expect(first.status).toBe(200)
  const told = await first.json()
  expect(told.left).toEqual([
    { part: 2, why: 'changed' },
    { part: 3, why: 'no_value' },
  ])
  const after = await contentNow(documentId)
  expect(fieldText(after.fields.problem)).toBe('Nadie sabe en qué se gasta')
  // Of another, who is in between.
  await apply(at, as.ben, [{ target: 'field:summary', heading: null, content: parts[2]?.content }])
  const again = await apply(at, as.ana, chosen, key)
  expect([again.status, await again.json()]).toEqual([200, told])

  // Pressed twice at once.
  const twice = newKey()
  const causes = [{ target: 'field:causes', heading: null, content: parts[0]?.content }]
  const [one, other] = await Promise.all([apply(at, as.ana, causes, twice), apply(at, as.ana, causes, twice)])
  expect([one.status, other.status]).toEqual([200, 200])
  expect(await one.json()).toEqual(await other.json())
  // The same key of somebody else's is another one.
  const results = [{ target: 'field:results', heading: null, content: parts[0]?.content }]
  await apply(at, as.ben, results, twice)
  const text = 'Nadie sabe en qué se gasta'
  const said = async () =>
    Promise.all(['problem', 'summary', 'causes', 'results'].map((field) => says(documentId, field)))
  expect(await said()).toEqual([text, 'Otra cosa.', text, text])

  await database.db.updateTable('document').set({ status: 'frozen' }).where('id', '=', documentId).execute()
  await world.rooms.statusChanged(documentId)
  expect(await (await apply(at, as.ana, chosen, key)).json()).toEqual(told)
  expect((await (await apply(at, as.ana, chosen)).json()).code).toBe('frozen')
  expect(await said()).toEqual([text, 'Otra cosa.', text, text])
})

test('[IM20] a text of Word is shown in parts, stored by nobody, and written as one edit of whoever chose it', async () => {
  const { planId, at, as, documentId, people } = await scene()
  const seen = await preview(at, as.ana, honest())
  expect(seen.parts.map(({ heading, target, content }) => [heading, target, fieldText(content as never)])).toEqual([
    ['Problema', 'field:problem', 'Nadie sabe en qué se gasta'],
    ['Institución responsable', 'fact:leadInstitution', 'Tesorería Municipal'],
    ['Anexo', null, 'Otra cosa.'],
  ])
  expect(seen.targets.find(({ target }) => target === 'field:title')).toMatchObject({ written: true, now: 'Cuentas' })
  expect(await says(documentId, 'problem')).toBe('')

  const chosen = seen.parts.map(({ target, heading, content }) => ({
    ...{ target: target ?? 'field:background', heading: target ? null : heading, content },
  }))
  const applied = await apply(at, as.ana, chosen)
  expect(applied.status).toBe(200)
  expect((await applied.json()).left).toEqual([])
  const content = await contentNow(documentId)
  expect(content.fields.problem?.content).toEqual([
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'Nadie sabe en qué se ' },
        { type: 'text', text: 'gasta', marks: [{ type: 'bold' }] },
      ],
    },
  ])
  expect(content.facts.leadInstitution).toBe('Tesorería Municipal')
  // A heading that is no name of the field comes with its text.
  expect(fieldText(content.fields.background)).toBe('Anexo\n\nOtra cosa.')
  const rows = await database.db
    .selectFrom('documentUpdate')
    .where('documentId', '=', documentId)
    .where('via', '=', 'import')
    .select(['userId', 'behalfId'])
    .execute()
  expect(rows).toEqual([{ userId: people.ana.userId, behalfId: null }])
  // The record tells of it as of any edit, and the words are counted as theirs.
  await world.recorder.catchUp()
  const record = await world.ask(`GET /api/plans/${planId}/record`, { as: as.ana })
  const { items } = await record.json()
  expect(items.filter(({ type }: { type: string }) => type === 'update-batch').length).toBeGreaterThan(0)
  const { authors } = await (await world.ask(`GET /api/documents/${documentId}/authorship`, { as: as.rev })).json()
  expect(authors.map(({ id }: { id: string }) => id)).toEqual([people.ana.userId])
  const { items: runs } = await (await world.ask(`GET /api/documents/${documentId}/history`, { as: as.rev })).json()
  expect(runs.map(({ via }: { via: string }) => via)).toContain('import')
})

test('[IM21] what stands is never replaced: it comes after, and one value gives way only to who saw it', async () => {
  const { at, as, documentId } = await scene()
  const { parts } = await preview(
    at,
    as.ana,
    strToU8('## Problema\n\nUno.\n\n## Responsable\n\nTesorería\n\n## Título\n\nNuevo'),
  )
  const targets = ['field:problem', 'fact:leadInstitution', 'field:title']
  const chosen = parts.map(({ content }, place) => ({ target: targets[place], heading: null, content }))
  expect(chosen).toHaveLength(3)
  // The title says something that this request does not know of.
  expect(await (await apply(at, as.ana, chosen)).json()).toMatchObject({ left: [{ part: 2, why: 'changed' }] })
  expect(await says(documentId, 'title')).toBe('Cuentas')
  // Once more: the text comes after, and the fact, which says something by now, stays.
  const again = await (
    await apply(
      at,
      as.ben,
      chosen.map((one) => ({ ...one, now: 'Alcaldía' })),
    )
  ).json()
  expect(again.left).toEqual([
    { part: 1, why: 'changed' },
    { part: 2, why: 'changed' },
  ])
  expect(await says(documentId, 'problem')).toBe('Uno.\n\nUno.')
  await apply(at, as.ben, [{ ...chosen[2], now: 'Cuentas' }])
  expect(await says(documentId, 'title')).toBe('Nuevo')
  const noDate = { target: 'fact:periodStart', heading: null, content: parts[0]?.content }
  expect(await (await apply(at, as.ben, [noDate])).json()).toMatchObject({ left: [{ part: 0, why: 'no_value' }] })
})

test('[IM22] only who may write there imports, while the text is open; of a document of another plan nobody learns', async () => {
  const { at, as, documentId } = await scene()
  const other = await scene()
  const markdown = strToU8('## Problema\n\nNadie sabe.')
  const part = { target: 'field:problem', heading: null, content: { type: 'doc' } }
  expect((await send(at, as.rev, markdown)).status).toBe(403)
  expect((await send(at, other.as.ana, markdown)).status).toBe(404)
  expect((await send(at, '', markdown)).status).toBe(401)
  expect((await apply(at, as.rev, [part])).status).toBe(403)
  expect((await apply(at, other.as.ana, [part])).status).toBe(404)
  const pointed = async (parts: unknown) => {
    const response = await apply(at, as.ana, parts)
    return [response.status, (await response.json()).errors?.[0]?.pointer]
  }
  expect(await pointed([{ ...part, target: 'field:nothing' }])).toEqual([400, '/parts/0/target'])
  expect(await pointed([part, { ...part, content: { type: 'x' } }])).toEqual([400, '/parts/1/content/type'])
  const nested = `${'[{"type":"blockquote","content":'.repeat(20_000)}[]${'}]'.repeat(20_000)}`
  const deep = `{"key":"${newKey()}","parts":[{"target":"field:problem","heading":null,"content":{"type":"doc","content":${nested}}}]}`
  const refused = await world.ask(`POST ${at}/apply`, { as: as.ana, body: deep })
  expect([refused.status, (await refused.json()).errors[0].pointer]).toEqual([400, '/parts'])
  await database.db.updateTable('document').set({ status: 'frozen' }).where('id', '=', documentId).execute()
  await world.rooms.statusChanged(documentId)
  expect((await (await send(at, as.ana, markdown)).json()).code).toBe('frozen')
  expect((await (await apply(at, as.ana, [part])).json()).code).toBe('frozen')
})

test('[IM23] Markdown is read alike, and so is the plan’s own text; what is neither says so', async () => {
  const { at, as, planId } = await scene()
  const seen = await preview(at, as.ana, strToU8('## Solución\n\n1. Un **portal**\n'))
  expect(seen).toMatchObject({ kind: 'markdown', parts: [{ target: 'field:solution' }] })
  await givePlansTexts({ db: database.db, insertDocument })
  const { documentId } = await (await world.ask(`GET /api/plans/${planId}/document`, { as: as.ana })).json()
  const plan = `/api/documents/${documentId}/imports`
  const { parts, targets } = await preview(plan, as.ana, strToU8('# Visión\n\nPuertas abiertas.'))
  expect(targets).toHaveLength(ogpPlanShape.fields.length)
  expect(parts[0]?.target).toBe('field:vision')
  await apply(plan, as.ana, asProposed(parts))
  expect(await says(documentId, 'vision')).toBe('Puertas abiertas.')
  for (const bytes of ['%PDF-1.7 x', 'PK\u0003\u0004', '']
    .map((text) => strToU8(text))
    .concat(new Uint8Array([0xd0, 0xcf, 0x11, 1]))) {
    const refused = await send(at, as.ana, bytes)
    expect(refused.headers.get('content-type')).toContain('application/problem+json')
    expect([refused.status, (await refused.json()).errors[0].pointer]).toEqual([400, '/file'])
  }
  expect((await send(at, as.ana, new Uint8Array(largestImport + 1))).status).toBe(413)
})

test('[IM24] what is hostile in a DOCX is harmless: macros, remote pictures, addresses that run, embedded files', async () => {
  const { at, as, documentId } = await scene()
  const link = (id: string, words: string) => `<w:hyperlink r:id="${id}"><w:r><w:t>${words}</w:t></w:r></w:hyperlink>`
  const picture = `<w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="i"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>`
  const links = [
    ['j', 'hyperlink', 'javascript:alert(1)', 'External'],
    ['h', 'hyperlink', 'https://ejemplo.test/a', 'External'],
    ['x', 'image', 'http://127.0.0.1:9/pixel.png', 'External'],
    ['i', 'image', 'media/a.png', 'Internal'],
  ].map(
    ([id, type, to, mode]) => `<Relationship Id="${id}" Type="${office}/${type}" Target="${to}" TargetMode="${mode}"/>`,
  )
  const bytes = docx(
    `${head('Problema')}<w:p>${link('j', 'uno')}<w:r><w:t xml:space="preserve"> </w:t></w:r>${link('h', 'dos')}${picture}</w:p>${p('&lt;script&gt;alert(1)&lt;/script&gt;')}`,
    { 'word/media/a.png': crypto.getRandomValues(new Uint8Array(60_000)), 'word/vbaProject.bin': new Uint8Array(999) },
    links.join(''),
  )
  const { parts, pictures } = await preview(at, as.ana, bytes)
  expect(pictures).toBe(1)
  expect(JSON.stringify(parts)).not.toMatch(/javascript:|127\.0\.0\.1|<script>alert\(1\)<\/script>"?,"marks/)
  await apply(at, as.ana, asProposed(parts))
  const problem = (await contentNow(documentId)).fields.problem
  expect(fieldText(problem)).toBe('uno dos\n\n<script>alert(1)</script>')
  const marks = childrenOf(problem).flatMap((block) => childrenOf(block).flatMap((one) => one.marks ?? []))
  expect(marks).toEqual([{ type: 'link', attrs: { href: 'https://ejemplo.test/a' } }])
})

/** Words that differ, so that they stay within the ratio of an archive. */
const words = (count: number, wrap: (word: number) => string) =>
  Array.from({ length: count }, (_, n) => wrap((n * 2654435761) % 4294967296)).join('')

/** An archive that says of one of its entries that it is small. */
function lying(): Uint8Array {
  const bytes = docx(p(' '.repeat(20 << 20)))
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 0; at < bytes.length - 46; at += 1)
    if (view.getUint32(at, true) === 0x02014b50 && view.getUint32(at + 24, true) > 1 << 20)
      view.setUint32(at + 24, 900, true)
  return bytes
}

/** Files that are told to be too much by what they say of themselves, or that are ended. The first two are enough for every day. */
const bombs: Record<string, () => Uint8Array> = {
  'unpacks to a thousand times its size': () => docx('', { 'word/footnotes.xml': new Uint8Array(38 << 20) }),
  'has more paragraphs than a converter gets through': () => docx(words(200_000, (word) => p(`${word}`))),
  'unpacks to more than it says': lying,
  'is nested without end': () => docx('<w:sdt><w:sdtContent>'.repeat(150_000) + words(20_000, (word) => p(`${word}`))),
  'has tables in tables': () => docx('<w:tbl><w:tr><w:tc>'.repeat(4000) + words(20_000, (word) => p(`${word}`))),
  'has cells that span all others': () =>
    docx(
      `<w:tbl>${words(200, () => `<w:tr>${words(300, (word) => `<w:tc><w:tcPr><w:gridSpan w:val="9999"/><w:vMerge/></w:tcPr>${p(`${word}`)}</w:tc>`)}</w:tr>`)}</w:tbl>`,
    ),
  'is Markdown of nothing but quotes': () => strToU8('>'.repeat(1 << 18)),
  'is Markdown of nothing but brackets': () => strToU8('[a]('.repeat(1 << 16)),
}
const everyDay = process.env.LONG === '1' ? Object.keys(bombs) : Object.keys(bombs).slice(0, 2)

test.for(everyDay)(
  '[IM25] a file that %s is answered within 12 s, and nobody waits for it',
  { timeout: 40_000 },
  async (name) => {
    const { at, as } = await scene()
    const bomb = bombs[name]?.() ?? new Uint8Array()
    expect(bomb.length).toBeLessThan(largestImport)
    const delays = monitorEventLoopDelay({ resolution: 5 })
    delays.enable()
    const busy = process.threadCpuUsage()
    const began = performance.now()
    const response = await send(at, as.ana, bomb)
    const took = performance.now() - began
    const { user, system } = process.threadCpuUsage(busy)
    delays.disable()
    const problem = await response.json()
    expect([400, 413]).toContain(response.status)
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(['invalid', 'too_large']).toContain(problem.code)
    expect(took).toBeLessThan(12_000)
    // A loop that does the work itself stands still for seconds. What it does instead is counted too: a busy machine delays anybody.
    expect(delays.percentile(99) / 1e6).toBeLessThan(200)
    expect((user + system) / 1000).toBeLessThan(500)
    // And the next one is read.
    expect((await send(at, as.ana, strToU8('## Problema\n\nNadie sabe.'))).status).toBe(200)
  },
)

test('[IM8] [IM26] huge pictures are left unread; two files are read at once, one of each account', {
  timeout: 60_000,
}, async () => {
  const { at, as } = await scene()
  const noise = new Uint8Array(4 << 20)
  for (let from = 0; from < noise.length; from += 65_536) crypto.getRandomValues(noise.subarray(from, from + 65_536))
  const huge = docx(head('Problema') + p('Nadie sabe.'), { 'word/media/huge.png': noise })
  expect((await preview(at, as.ana, huge)).parts).toHaveLength(1)
  const other = await scene()
  const turnedAway = async (...sent: Promise<Response>[]) =>
    (await Promise.all(sent)).filter(({ status }) => status === 503).map(({ headers }) => headers.get('retry-after'))
  const paper = strToU8('%PDF-1.7')
  expect(await turnedAway(send(at, as.ana, paper), send(at, as.ana, paper))).toEqual(['10'])
  const three = [send(at, as.ana, paper), send(at, as.ben, paper), send(other.at, other.as.ana, paper)]
  expect(await turnedAway(...three)).toEqual(['10'])
  expect(await turnedAway(send(at, as.ana, paper))).toEqual([])
})

test('[IM27] the longest text that is read is written whole, and holds up the loop for a moment at most', {
  timeout: 40_000,
}, async () => {
  const { at, as, documentId, people } = await scene()
  const paragraph = words(12, (word) => `palabra ${word} `)
  const text = `## Problema\n\n${`${paragraph}\n\n`.repeat(Math.floor(98_000 / paragraph.length))}`
  const { parts } = await preview(at, as.ana, strToU8(text))
  const busy = process.threadCpuUsage()
  expect((await apply(at, as.ana, asProposed(parts))).status).toBe(200)
  const { user, system } = process.threadCpuUsage(busy)
  expect((await says(documentId, 'problem')).length).toBeGreaterThan(95_000)
  expect((user + system) / 1000).toBeLessThan(800)
  // A document that is full takes nothing in, and stays as it is.
  const writer = { userId: people.ana.userId, sessionId: null, groupId: null }
  await world.rooms.edit(documentId, { writer, via: 'draft' }, (doc) => {
    const element = new Y.XmlElement('paragraph')
    element.insert(0, [new Y.XmlText('a'.repeat(world.rooms.limits.documentBytes - 150_000))])
    doc.getXmlFragment('causes').push([element])
  })
  expect((await (await apply(at, as.ana, asProposed(parts))).json()).code).toBe('too_large')
  expect((await says(documentId, 'problem')).length).toBeLessThan(100_000)
})
