// @vitest-environment jsdom
import { fieldExtensions } from '@cabildo/schema/document'
import { getSchema } from '@tiptap/core'
import { initProseMirrorDoc, prosemirrorJSONToYDoc } from '@tiptap/y-tiptap'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type * as Y from 'yjs'
import { finderIn, idsBetween, piecesOf, unitsOf, wordsAround } from './anchors.ts'

const schema = getSchema(fieldExtensions('rich'))
const isLeaf = (name: string) => schema.nodes[name]?.isLeaf ?? false

const words = fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom('a', 'ñ', ' ', '😀', 'x') })
const inline = fc.oneof(
  words.map((text) => ({ type: 'text', text })),
  words.map((text) => ({ type: 'text', text, marks: [{ type: 'bold' }] })),
  fc.constant({ type: 'hardBreak' }),
)
const paragraph = fc.array(inline, { maxLength: 4 }).map((content) => ({ type: 'paragraph', content }))
const list = fc
  .array(paragraph, { minLength: 1, maxLength: 3 })
  .map((all) => ({ type: 'bulletList', content: all.map((one) => ({ type: 'listItem', content: [one] })) }))
const text = fc
  .array(fc.oneof(paragraph, list), { minLength: 1, maxLength: 5 })
  .map((content) => ({ type: 'doc', content }))

test('[TH15] ids read between two positions are found at those positions, whatever the text is made of', () => {
  fc.assert(
    fc.property(text, fc.nat(), fc.nat(), (json, one, other) => {
      const fragment = prosemirrorJSONToYDoc(schema, json, 'f').getXmlFragment('f')
      const { doc } = initProseMirrorDoc(fragment, schema)
      const size = doc.content.size
      const [from = 0, to = 0] = [one % (size + 1), other % (size + 1)].sort((a, b) => a - b)
      const pieces = piecesOf(fragment, isLeaf)
      const ids = idsBetween(pieces, { from, to })
      const found = finderIn(pieces)(ids)
      const said = found.map((stretch) => doc.textBetween(stretch.from, stretch.to)).join('')
      expect(said).toBe(doc.textBetween(from, to))
      expect(unitsOf(ids)).toBe(said.length)
    }),
    { numRuns: 200 },
  )
})

test('[PC21] what stands beside some words is of their block, whole words, and no further than asked', () => {
  const of = (...blocks: string[]) =>
    prosemirrorJSONToYDoc(
      schema,
      { type: 'doc', content: blocks.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })) },
      'f',
    ).getXmlFragment('f')
  const beside = (fragment: Y.XmlFragment, from: number, to: number, most = 12) => {
    const pieces = piecesOf(fragment, isLeaf)
    return wordsAround(pieces, idsBetween(pieces, { from, to }), most)
  }
  const near = of('Otra cosa.', 'Se publica cada mes.', 'Y otra.')
  const start = 'Otra cosa.'.length + 3
  expect(beside(near, start + 3, start + 10)).toEqual({ before: 'Se ', after: ' cada mes.' })
  expect(beside(near, start, start + 20)).toEqual({ before: '', after: '' })
  const long = of('La junta de agua publica cada mes lo que se gasta en el barrio')
  expect(beside(long, 18, 25)).toEqual({ before: '… de agua ', after: ' cada mes …' })
  // What was typed in many goes, and letters of two units.
  const fragment = of('uno dos')
  const line = (fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText
  line.insert(3, ' 😀😀😀😀😀😀')
  line.delete(0, 1)
  expect(beside(fragment, 1, 3)).toEqual({ before: '', after: ' …' })
  expect(wordsAround(piecesOf(fragment, isLeaf), [[1, 1, 1]], 12)).toBeUndefined()
})
