import { contentOf, seedDocument } from '@cabildo/schema/content'
import { fieldText, textOf } from '@cabildo/schema/text'
import { createRandom } from '@cabildo/testkit/random'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { type AuthorshipView, createAuthorship, decodeAuthorship } from './authorship.ts'
import { randomLog } from './desks/random-log.ts'
import type { Deletion, LogRow } from './row.ts'
import { countCharacters } from './words.ts'

const long = process.env.LONG === '1'
const rounds = long ? 60 : 6

/** The runs joined are the document's text, and what is counted is its words. */
function expectWhole(view: AuthorshipView, doc: Y.Doc): void {
  const content = contentOf(doc)
  for (const [name, { runs, people }] of Object.entries(view.fields)) {
    expect(runs.map(({ text }) => text).join('')).toBe(fieldText(content.fields[name]))
    const standing = countCharacters(textOf(content.fields[name], ''))
    const written = [...people.values()].reduce((sum, tally) => sum + tally.written, 0)
    expect(written).toBe(standing)
  }
  expect(Object.keys(view.facts).sort()).toEqual(Object.keys(content.facts).sort())
  expect(view.unreadable).toEqual([])
}

test('[AU2] after any log, the runs of every field are its plain text to the letter', () => {
  const random = createRandom()
  for (let round = 0; round < rounds; round++) {
    const rows = randomLog(random, 300)
    const doc = new Y.Doc()
    const authorship = createAuthorship()
    for (const [index, row] of rows.entries()) {
      Y.applyUpdate(doc, row.bytes)
      authorship.apply(row)
      if (index % 25 === 0) expectWhole(authorship.view(), doc)
    }
    expectWhole(authorship.view(), doc)
  }
})

test('[AU11] rows whose bytes stand among those of others give the same', () => {
  const random = createRandom()
  for (let round = 0; round < rounds; round++) {
    const rows = randomLog(random, 300)
    const alone = createAuthorship()
    for (const row of rows) alone.apply(row)
    const bytes = new Uint8Array(Buffer.concat(rows.map((row) => row.bytes)))
    const within = createAuthorship()
    let at = 0
    for (const row of rows) {
      within.applyWithin({ ...row, bytes }, at, at + row.bytes.length)
      at += row.bytes.length
    }
    expect(within.encode()).toEqual(alone.encode())
  }
})

test('[AU11] continued from anywhere, through bytes or not, it is the same as from the first row', () => {
  const random = createRandom()
  for (let round = 0; round < rounds; round++) {
    const rows = randomLog(random, 300)
    const whole = createAuthorship()
    for (const row of rows) whole.apply(row)
    let continued = createAuthorship()
    for (const row of rows) {
      if (random.chance(0.05)) continued = decodeAuthorship(continued.encode()) ?? createAuthorship()
      if (random.chance(0.05)) continued.view()
      continued.apply(row)
    }
    expect(continued.view()).toEqual(whole.view())
    expect(continued.encode()).toEqual(whole.encode())
    // Rows that were applied already change nothing.
    for (const row of rows.slice(-5)) continued.apply(row)
    expect(continued.encode()).toEqual(whole.encode())
  }
})

test('[AU11] bytes of another algorithm or damaged bytes are no state', () => {
  const authorship = createAuthorship()
  for (const row of randomLog(createRandom(5), 100)) authorship.apply(row)
  const bytes = authorship.encode()
  expect(decodeAuthorship(bytes.slice(0, -1))).toBeUndefined()
  expect(decodeAuthorship(Uint8Array.of(...bytes, 0))).toBeUndefined()
  const other = bytes.slice()
  other[4] = 99
  expect(decodeAuthorship(other)).toBeUndefined()
})

const row = (seq: number, author: string, bytes: Uint8Array, more: Partial<LogRow> = {}): LogRow => ({
  seq,
  author,
  via: 'edit',
  bytes,
  ...more,
})

/** A log written by hand: each step by one person, under a client id of their own. */
function logOf(...steps: [author: string, change: (doc: Y.Doc) => void][]): LogRow[] {
  const doc = new Y.Doc()
  const rows = [row(1, 'seed', seedDocument('Cuentas claras', 3), { via: 'template' })]
  Y.applyUpdate(doc, rows[0]?.bytes ?? new Uint8Array())
  for (const [author, change] of steps) {
    doc.clientID = 100 + (author.codePointAt(0) ?? 0)
    const before = Y.encodeStateVector(doc)
    let bytes: Uint8Array | undefined
    doc.once('update', (update: Uint8Array) => {
      bytes = update
    })
    doc.transact(() => change(doc))
    rows.push(row(rows.length + 1, author, bytes ?? Y.encodeStateAsUpdate(doc, before)))
  }
  return rows
}

const problem = (doc: Y.Doc): Y.XmlText => {
  const paragraph = doc.getXmlFragment('problem').get(0)
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : undefined
  if (!(text instanceof Y.XmlText)) throw new Error('the seed has a paragraph with a text')
  return text
}

test('[AU3] a run says who wrote it, who put it there and which row brought it', () => {
  const rows = logOf(
    ['A', (doc) => problem(doc).insert(0, 'El agua')],
    ['B', (doc) => problem(doc).insert(7, ' no')],
    ['A', (doc) => problem(doc).insert(10, ' llega')],
  )
  const authorship = createAuthorship()
  for (const each of rows) authorship.apply(each)
  expect(authorship.view().fields.problem?.runs).toEqual([
    { text: 'El agua', author: 'A', editedBy: 'A', seq: 2 },
    { text: ' no', author: 'B', editedBy: 'B', seq: 3 },
    { text: ' llega', author: 'A', editedBy: 'A', seq: 4 },
  ])
  expect(authorship.view().fields.title?.runs).toEqual([
    { text: 'Cuentas claras', author: 'seed', editedBy: 'seed', seq: 1 },
  ])
})

test('[AU4] [AU13] what is deleted is told with who deleted it and who wrote it; proposed is not written', () => {
  const rows = logOf(
    ['A', (doc) => problem(doc).insert(0, 'El agua llega')],
    ['B', (doc) => problem(doc).insert(7, ' no')],
    ['C', (doc) => problem(doc).delete(3, 9)],
  )
  const told: Deletion[] = []
  const authorship = createAuthorship()
  for (const each of rows) authorship.apply(each, (deletion) => told.push(deletion))
  const by = { seq: 4, by: 'C', via: 'edit', field: 'problem' }
  expect(told).toEqual([
    { ...by, text: 'agua', author: 'A', written: 2 },
    { ...by, text: ' no', author: 'B', written: 3 },
    { ...by, text: ' l', author: 'A', written: 2 },
  ])
  const { people } = authorship.view()
  expect(people.get('A')).toEqual({ proposed: 13, written: 7 })
  expect(people.get('B')).toEqual({ proposed: 3, written: 0 })
})

test('[AU7] a fact is credited to whoever gave it the value that stands', () => {
  const set = (value: string) => (doc: Y.Doc) => doc.getMap('facts').set('leadInstitution', value)
  const authorship = createAuthorship()
  for (const each of logOf(['A', set('Alcaldía')], ['B', set('Alcaldía')])) authorship.apply(each)
  expect(authorship.view().facts.leadInstitution).toEqual({ author: 'A', editedBy: 'B', seq: 2 })
  const other = createAuthorship()
  for (const each of logOf(['A', set('Alcaldía')], ['B', set('Consejo')])) other.apply(each)
  expect(other.view().facts.leadInstitution).toEqual({ author: 'B', editedBy: 'B', seq: 3 })
})

test('[AU7] the values of a milestone that somebody moves stay with whoever gave them', () => {
  const make = (title: string, lead: string): Y.XmlElement => {
    const milestone = new Y.XmlElement('milestone')
    const part = (name: string, text: string): Y.XmlElement => {
      const element = new Y.XmlElement(name)
      element.insert(0, [new Y.XmlText(text)])
      return element
    }
    milestone.insert(0, [part('milestoneTitle', title), part('milestoneOutputs', 'Un informe público')])
    milestone.setAttribute('lead', lead)
    milestone.setAttribute('due', '2027-03-01')
    return milestone
  }
  const rows = logOf(
    ['A', (doc) => doc.getXmlFragment('milestones').push([make('Medir el agua', 'Alcaldía de Chepo')])],
    ['B', (doc) => doc.getXmlFragment('milestones').push([make('Publicar', 'Consejo')])],
    [
      'C',
      (doc) => {
        doc.getXmlFragment('milestones').delete(0, 1)
        doc.getXmlFragment('milestones').push([make('Medir el agua', 'Alcaldía de Chepo')])
      },
    ],
  )
  const authorship = createAuthorship()
  const doc = new Y.Doc()
  for (const each of rows) {
    authorship.apply(each)
    Y.applyUpdate(doc, each.bytes)
  }
  const view = authorship.view()
  expectWhole(view, doc)
  const { runs } = view.fields.milestones ?? { runs: [] }
  expect(runs.map(({ author, editedBy }) => [author, editedBy])).not.toContainEqual(['C', 'C'])
  expect(runs.find(({ text }) => text.startsWith('Alcaldía'))?.author).toBe('A')
  expect(runs.find(({ text }) => text.startsWith('1 de marzo'))?.author).toBe('B')
})
