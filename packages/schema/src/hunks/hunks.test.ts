import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { fieldJson } from '../content.arbitrary.ts'
import { applyField, contentOf, factOf, fieldOf, type JsonNode, seedDocument, tidyField } from '../content.ts'
import { fieldKind } from '../rules.ts'
import { childrenOf, textOf } from '../text.ts'
import { applyHunks, fits } from './apply.ts'
import { hunksOfField } from './compare.ts'
import { type Hunk, kindOf, tidyHunk } from './hunk.ts'
import { idsInBlocks } from './places.ts'

const text = (value: string, ...marks: string[]): JsonNode => ({
  type: 'text',
  text: value,
  ...(marks.length > 0 && { marks: marks.map((type) => ({ type })) }),
})
const paragraph = (...content: JsonNode[]): JsonNode => ({ type: 'paragraph', ...(content.length > 0 && { content }) })
const docOf = (...content: JsonNode[]): JsonNode => ({ type: 'doc', ...(content.length > 0 && { content }) })
const item = (...content: JsonNode[]): JsonNode => ({ type: 'listItem', content: [paragraph(...content)] })

const kindOfField = (field: string) => {
  const kind = fieldKind(field)
  if (!kind) throw new Error(`no field ${field}`)
  return kind
}

function docWith(field: string, json: JsonNode): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedDocument('Agua', 1))
  doc.transact(() => applyField(doc, field, kindOfField(field), json))
  return doc
}

const read = (doc: Y.Doc, field: string) => fieldOf(doc, field, kindOfField(field))
const apply = (doc: Y.Doc, hunks: readonly Hunk[]) => doc.transact(() => applyHunks(doc, hunks))
const makes = (field: string, from: JsonNode, to: JsonNode) => {
  const doc = docWith(field, from)
  const hunks = hunksOfField(doc, field, to)
  expect(apply(doc, hunks)).toEqual([])
  return { hunks, now: read(doc, field) }
}

describe('hunks of a field', () => {
  const sentence = docOf(paragraph(text('Se publica cada mes lo que se gasta.')))

  test('[PC1] words inside a block are a hunk each, and nothing else is touched', () => {
    const wanted = docOf(paragraph(text('Se publicará cada semana lo que se gasta y debe.')))
    const { hunks, now } = makes('summary', sentence, wanted)
    expect(now).toEqual(wanted)
    expect(hunks.map((hunk) => [kindOf(hunk), hunk.before, hunk.after])).toEqual([
      ['text', [text('publica')], [text('publicará')]],
      ['text', [text('mes')], [text('semana')]],
      ['text', [text('gasta')], [text('gasta y debe')]],
    ])
  })

  test('[PC1] formatting, a split, a list, a heading, a milestone and a fact can be proposed', () => {
    const bold = docOf(paragraph(text('Se publica '), text('cada mes', 'bold'), text(' lo que se gasta.')))
    const formatting = makes('summary', sentence, bold)
    expect(formatting.now).toEqual(bold)
    expect(formatting.hunks.map(kindOf)).toEqual(['formatting'])

    const split = docOf(paragraph(text('Se publica')), paragraph(text('cada mes lo que se gasta.')))
    const list = docOf({ type: 'bulletList', content: [item(text('Se publica')), item(text('cada mes'))] })
    const heading = docOf({
      ...paragraph(text('Se publica cada mes lo que se gasta.')),
      type: 'heading',
      attrs: { level: 2 },
    })
    for (const wanted of [split, list, heading]) {
      const { hunks, now } = makes('summary', sentence, wanted)
      expect(now).toEqual(wanted)
      expect(hunks.map(kindOf)).toEqual(['block'])
    }

    const step = (title: string, due: string | null): JsonNode => ({
      type: 'milestone',
      attrs: { start: null, due, lead: '', supportGovernment: '', supportCivilSociety: '', supportOther: '' },
      content: [{ type: 'milestoneTitle', content: [text(title)] }, { type: 'milestoneOutputs' }],
    })
    const dated = docOf(step('Cavar', null), step('Abrir', '2026-05-01'))
    const milestone = makes('milestones', docOf(step('Cavar', null), step('Abrir', null)), dated)
    expect(milestone.now).toEqual(dated)
    expect(milestone.hunks.map(kindOf)).toEqual(['milestone'])

    const doc = docWith('summary', sentence)
    const fact: Hunk = { target: 'fact', key: 'leadInstitution', before: null, after: 'Tesorería' }
    expect(apply(doc, [fact])).toEqual([])
    expect(factOf(doc, 'leadInstitution')).toBe('Tesorería')
    expect(apply(doc, [fact])).toEqual([0])
  })

  test('[PC1] what the form cannot hold, and what changes nothing, is no hunk', () => {
    const words = { target: 'words', field: 'summary', ids: [[1, 0, 1]], before: [text('a')] } as const
    const hunk = (more: object) =>
      tidyHunk({ ...words, ids: [[1, 0, 1]], before: [text('a')], after: [], ...more } as Hunk)
    expect(hunk({ after: [text('b')] })).toBeDefined()
    expect(hunk({ after: [text('a')] })).toBeUndefined()
    expect(hunk({ after: [text('b', 'blink')] })).toBeUndefined()
    expect(hunk({ after: [paragraph(text('b'))] })).toBeUndefined()
    expect(hunk({ target: 'blocks', before: [paragraph()], after: [{ type: 'script' }] })).toBeUndefined()
    expect(hunk({ field: 'facts' })).toBeUndefined()
    expect(tidyHunk({ target: 'fact', key: 'periodStart', before: null, after: 'mañana' })).toBeUndefined()
    expect(tidyHunk({ target: 'fact', key: 'periodStart', before: null, after: '' })).toBeUndefined()
  })

  test('[PC15] of two blocks that say the same the one that a hunk is on is changed, and the other is not touched', () => {
    const same = docOf(paragraph(text('Igual.')), paragraph(text('Igual.')), paragraph(text('Fin.')))
    for (const after of [[], [{ type: 'bulletList', content: [item(text('Igual.'))] }]]) {
      for (const at of [0, 1]) {
        const doc = docWith('summary', same)
        const blocks = doc.getXmlFragment('summary').toArray()
        const ids = idsInBlocks(doc, { field: 'summary', from: at, to: at + 1 })
        const before = [paragraph(text('Igual.'))]
        expect(apply(doc, [{ target: 'blocks', field: 'summary', ids, before, after }])).toEqual([])
        const left = doc.getXmlFragment('summary').toArray()
        expect(left.filter((block) => blocks.includes(block))).toEqual(blocks.filter((_, n) => n !== at))
      }
    }
  })

  test('[PC3] of several hunks none is made when one does not fit', () => {
    const doc = docWith('summary', sentence)
    const wanted = docOf(paragraph(text('Se publicará cada semana lo que se gasta.')))
    const hunks = hunksOfField(doc, 'summary', wanted)
    const words = (doc.getXmlFragment('summary').get(0) as Y.XmlElement).get(0) as Y.XmlText
    words.delete(words.toString().indexOf('mes'), 1)
    const before = read(doc, 'summary')
    expect(apply(doc, hunks)).toEqual([1])
    expect(read(doc, 'summary')).toEqual(before)
  })

  const rich = fieldJson('rich')
  /** Two texts that have much in common: blocks of the first, some of them left out, some of another text between. */
  const alike = fc
    .tuple(rich, rich, fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 }))
    .map(([one, two, way]) => {
      const [mine, theirs] = [childrenOf(one), childrenOf(two)]
      const mixed = mine.flatMap((block, at) => {
        const other = theirs[at]
        if (way[at] === 1) return []
        if (way[at] === 2 && other) return [block, other]
        return way[at] === 3 && other ? [other] : [block]
      })
      return [docOf(...(mine.length > 0 ? mine : [paragraph()])), tidyField(docOf(...mixed), 'rich')] as const
    })

  test('[PC1] whatever was written, its hunks make exactly that', () => {
    fc.assert(
      fc.property(alike, ([from, to]) => {
        const doc = docWith('solution', from)
        const hunks = hunksOfField(doc, 'solution', to)
        expect(hunks.every((hunk) => fits(doc, hunk))).toBe(true)
        expect(apply(doc, hunks)).toEqual([])
        expect(read(doc, 'solution')).toEqual(to.content ? to : docOf(paragraph()))
      }),
      { numRuns: 200 },
    )
  })

  test('[PC1] [PC3] a change that grew over another holds what that one says', () => {
    const wanted = docOf(paragraph(text('. b . ')))
    const doc = docWith('solution', docOf(paragraph(text('b. a'))))
    const hunks = hunksOfField(doc, 'solution', wanted)
    const words = (doc.getXmlFragment('solution').get(0) as Y.XmlElement).get(0) as Y.XmlText
    words.insert(0, 'ZZ')
    expect(apply(doc, hunks)).toEqual([])
    expect(textOf(read(doc, 'solution'))).toBe('ZZ. b . ')
  })

  const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '. '), minLength: 1, maxLength: 30 })
  test('[PC3] after words of others anywhere, the intent comes out beside them, or nothing happens', () => {
    fc.assert(
      fc.property(letters, letters, fc.nat(40), fc.nat(5), (was, wanted, at, gone) => {
        const doc = docWith('solution', docOf(paragraph(text(was))))
        const hunks = hunksOfField(doc, 'solution', docOf(paragraph(text(wanted))))
        const words = (doc.getXmlFragment('solution').get(0) as Y.XmlElement).get(0) as Y.XmlText
        const place = at % (was.length + 1)
        if (gone > 0 && place + gone <= was.length) words.delete(place, gone)
        words.insert(place, 'ZZ')
        const before = contentOf(doc)
        const misfits = apply(doc, hunks)
        if (misfits.length > 0) expect(contentOf(doc)).toEqual(before)
        else if (gone === 0 || place + gone > was.length)
          expect(textOf(read(doc, 'solution')).replace('ZZ', '')).toBe(wanted)
        else expect(textOf(read(doc, 'solution'))).toContain('ZZ')
      }),
      { numRuns: 300 },
    )
  })
})
