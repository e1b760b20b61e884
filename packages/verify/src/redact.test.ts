import { randomLog } from '@cabildo/authorship/desks/random-log'
import { contentOf } from '@cabildo/schema/content'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { findText } from './find-text.ts'
import { filler, redactUpdate } from './redact.ts'

function logOf(seed: number, acts: number): Uint8Array[] {
  let state = seed | 0 || 1
  const next = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return state >>> 0
  }
  const integer = (low: number, high: number) => low + (next() % (high - low + 1))
  const pick = <T>(items: readonly T[]): T => items[integer(0, items.length - 1)] as T
  return randomLog({ integer, pick, chance: (share) => next() / 2 ** 32 < share }, acts).map(({ bytes }) => bytes)
}

function docOf(rows: readonly Uint8Array[]): Y.Doc {
  const doc = new Y.Doc({ gc: false })
  for (const bytes of rows) Y.applyUpdate(doc, bytes)
  return doc
}

/** Everything about an update but the text in it. */
function shapeOf(bytes: Uint8Array): unknown {
  const { structs, ds } = Y.decodeUpdate(bytes)
  const shape = structs.map((struct) => {
    if (!(struct instanceof Y.Item)) return [struct.constructor.name, struct.id, struct.length]
    const { id, length, origin, rightOrigin, parent, parentSub, content } = struct
    const kept = content instanceof Y.ContentString || content instanceof Y.ContentAny ? null : content
    return [id, length, origin, rightOrigin, parent, parentSub, content.getRef(), kept]
  })
  return JSON.parse(JSON.stringify([shape, [...ds.clients]]))
}

const masked = (text: string, quote: string) => text.replaceAll(quote, filler.repeat(quote.length))

test('[RC170] a log without the words is the log, but for filler of the same length, at every row', () => {
  const quotes = fc.constantFrom('agua ', 'comunal', '🌊', 'Alcaldía', 'o limpi', 'jo comunal de')
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e9 }), quotes, (seed, quote) => {
      const rows = logOf(seed, 60)
      const { ranges } = findText(rows, quote)
      const redacted = rows.map((bytes) => redactUpdate(bytes, ranges))
      const before = new Y.Doc({ gc: false })
      const after = new Y.Doc({ gc: false })
      for (const [at, bytes] of rows.entries()) {
        const other = redacted[at] ?? bytes
        expect(shapeOf(other)).toEqual(shapeOf(bytes))
        Y.applyUpdate(before, bytes)
        Y.applyUpdate(after, other)
        const told = JSON.stringify(contentOf(after))
        expect(told).not.toContain(quote)
        // Letters that were beside others at another time may be gone from a word that stands here in part.
        const [plain, filled] = [[...JSON.stringify(contentOf(before))].join(''), told]
        expect(filled.length).toBe(plain.length)
        for (let unit = 0; unit < plain.length; unit++) {
          if (filled[unit] !== plain[unit]) expect(filled[unit]).toBe(filler)
        }
      }
      expect(findText(redacted, quote)).toEqual({ ranges: [], places: 0 })
      expect(redacted.some((bytes) => new TextDecoder().decode(bytes).includes(quote))).toBe(false)
    }),
    { numRuns: 60 },
  )
})

function written(write: (text: Y.XmlText, doc: Y.Doc) => void): Uint8Array[] {
  const doc = new Y.Doc()
  const rows: Uint8Array[] = []
  doc.on('update', (bytes: Uint8Array) => rows.push(bytes))
  const paragraph = new Y.XmlElement('paragraph')
  const text = new Y.XmlText()
  paragraph.insert(0, [text])
  doc.getXmlFragment('problem').insert(0, [paragraph])
  write(text, doc)
  return rows
}

const textIn = (rows: readonly Uint8Array[]) => docOf(rows).getXmlFragment('problem').toString()

test('[RC171] words are found where they stood for a moment, in parts, deleted, copied, and in values', () => {
  const rows = written((text, doc) => {
    for (const [at, letter] of [...'Ana Paz'].entries()) text.insert(at, letter)
    text.insert(7, ' vino. Jan')
    text.insert(text.length - 1, 'u')
    text.insert(0, 'Ana Paz / ')
    text.delete(2, 3)
    text.format(0, 4, { bold: {} })
    const element = doc.getXmlFragment('problem').get(0) as Y.XmlElement
    element.setAttribute('lead', 'De Ana Paz, 🌊')
    element.setAttribute('lead', 'Otra')
    doc.getMap('facts').set('list', [{ who: 'Ana Paz' }, 'x', 3])
  })
  const { ranges, places } = findText(rows, 'Ana Paz')
  expect(places).toBe(4)
  const redacted = rows.map((bytes) => redactUpdate(bytes, ranges))
  expect(docOf(redacted).getMap('facts').toJSON()).toEqual({ list: [{ who: filler.repeat(7) }, 'x', 3] })
  expect(textIn(redacted).replaceAll(/<.*?>/g, '')).toBe(`${filler.repeat(4)} / ${filler.repeat(7)} vino. Jaun`)
  for (const bytes of redacted) expect(new TextDecoder().decode(bytes)).not.toMatch(/Ana|Paz/)
  expect(findText(rows, 'ana paz').places).toBe(0)
})

test('[RC171] what somebody typed into a paragraph that was gone already is found', () => {
  const rows = written((_, doc) => doc.getMap('facts').set('leadInstitution', 'x'))
  const away = docOf(rows)
  const late = new Y.Doc()
  for (const bytes of rows) Y.applyUpdate(late, bytes)
  away.getXmlFragment('problem').delete(0, 1)
  rows.push(Y.encodeStateAsUpdate(away, Y.encodeStateVector(late)))
  const typed: Uint8Array[] = []
  late.on('update', (bytes: Uint8Array) => typed.push(bytes))
  const text = (late.getXmlFragment('problem').get(0) as Y.XmlElement).get(0) as Y.XmlText
  text.insert(0, 'Ana ')
  text.insert(4, 'Paz')
  const { ranges } = findText([...rows, ...typed], 'Ana Paz')
  expect(ranges).toHaveLength(1)
  for (const bytes of typed) expect(new TextDecoder().decode(redactUpdate(bytes, ranges))).not.toMatch(/Ana|Paz/)
})

test('[RC170] a pair of surrogates goes whole, and what no range touches keeps its bytes', () => {
  const rows = written((text) => text.insert(0, 'a🌊b'))
  const [seed, typed] = rows as [Uint8Array, Uint8Array]
  const { ranges } = findText(rows, '🌊')
  const half = ranges.map((range) => ({ ...range, length: 1 }))
  expect(textIn([seed, redactUpdate(typed, half)])).toBe(`<paragraph>a${filler}${filler}b</paragraph>`)
  expect(redactUpdate(seed, ranges)).toBe(seed)
  expect(() => redactUpdate(Uint8Array.of(1, 2), ranges)).toThrow()
  expect(() => findText(rows, '')).toThrow(RangeError)
  expect(masked('a🌊b', '🌊')).toBe(`a${filler}${filler}b`)
})
