import fc from 'fast-check'
import { expect, test } from 'vitest'
import { excerptOf, likelyWords, longestPart, partsOf } from './rules.ts'

const seed = 58
const words = fc.array(fc.constantFrom('agua', 'río', 'Río', 'de', 'la', 'participación', '—', '«basura»', '\n', 'a'), {
  maxLength: 200,
})

test('[SE9] an excerpt is a part of the text, with what was found marked in it, and no longer than a few lines', () => {
  fc.assert(
    fc.property(words, (said) => {
      const text = said.join(' ')
      const flat = text.replace(/\s+/g, ' ').trim()
      const hits = new Set(['río', 'Río', 'basura'])
      const pieces = excerptOf(text, hits)
      const shown = pieces.map((piece) => piece.text).join('')
      expect(flat).toContain(shown.replace(/^…/, '').replace(/…$/, ''))
      expect(shown.length).toBeLessThanOrEqual(242)
      for (const { text: found } of pieces.filter(({ hit }) => hit)) expect(hits).toContain(found)
      expect(pieces.some(({ hit }) => hit)).toBe([...hits].some((hit) => flat.includes(hit)))
    }),
    { seed },
  )
})

test('[SE9] of a long text that part is shown where most of the words stand together', () => {
  const far = 'nada '.repeat(100)
  const text = `${far}agua ${far}luz y agua y luz ${far}`
  const pieces = excerptOf(text, new Set(['agua', 'luz']))
  expect(pieces.filter(({ hit }) => hit).map((piece) => piece.text)).toEqual(['luz', 'agua', 'luz'])
  expect(pieces[0]?.text.startsWith('…')).toBe(true)
  expect(pieces.at(-1)?.text.endsWith('…')).toBe(true)
})

test('only words that begin like one of those looked for are asked about', () => {
  expect(likelyWords(['El Árbol, el arbusto y el río; árboles', 'ARENA'], ['arbol', 'a'])).toEqual(
    expect.arrayContaining(['Árbol', 'arbusto', 'árboles', 'ARENA']),
  )
  expect(likelyWords(['El río'], ['arbol'])).toEqual([])
})

test('a field that is very long is looked through in parts, which are the field again together', () => {
  const long = Array.from({ length: 9000 }, (_, index) => `palabra${index}`).join(' ')
  const solid = 'x'.repeat(longestPart * 2 + 7)
  const field = (text: string) => ({
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
  })
  const content = { template: 'ogp-commitment', version: 1, fields: { problem: field(long), causes: field(solid) } }
  const parts = partsOf({ ...content, facts: { leadInstitution: 'Alcaldía', periodStart: '2026-01-01' } })
  const of = (name: string) => parts.filter((part) => part.field === name)
  expect([of('problem'), of('causes')].map((some) => some.map(({ body }) => body).join(''))).toEqual([long, solid])
  expect(parts.every(({ body }) => body.length <= longestPart)).toBe(true)
  expect(of('problem').map(({ number }) => number)).toEqual(of('problem').map((_, index) => index))
  expect(
    of('problem')
      .slice(0, -1)
      .every(({ body }) => body.endsWith(' ')),
  ).toBe(true)
  expect(of('leadInstitution')).toEqual([{ field: 'leadInstitution', number: 0, body: 'Alcaldía' }])
  expect(of('periodStart')).toEqual([])
})
