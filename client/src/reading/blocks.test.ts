import type { JsonNode } from '@cabildo/schema/content'
import { expect, test } from 'vitest'
import { freshBlocks, isBlank, linkStretches, numberAttribute } from './blocks.ts'

const text = (words: string, ...marks: NonNullable<JsonNode['marks']>): JsonNode => ({
  type: 'text',
  text: words,
  marks,
})
const paragraph = (...content: JsonNode[]): JsonNode => ({ type: 'paragraph', content })
const doc = (...content: JsonNode[]): JsonNode => ({ type: 'doc', content })
const link = (href: unknown) => ({ type: 'link', attrs: { href } })

test('a link with a bold word in it is one link; an address that is not allowed is none', () => {
  const nodes = [
    text('lea '),
    text('el ', link('https://a.example')),
    text('plan', link('https://a.example'), { type: 'bold' }),
    text(' o ', link('javascript:alert(1)')),
    text('esto', link(7)),
  ]
  const stretches = linkStretches(nodes, (href) => typeof href === 'string' && href.startsWith('https:'))
  expect(stretches.map(({ href, nodes: some }) => [href, some.map((node) => node.text)])).toEqual([
    [null, ['lea ']],
    ['https://a.example', ['el ', 'plan']],
    [null, [' o ', 'esto']],
  ])
})

test('only what is new is fresh, also when it pushes others down', () => {
  const a = paragraph(text('uno'))
  const b = paragraph(text('dos'))
  const c = paragraph(text('tres'))
  expect(freshBlocks({ problem: doc(a, b) }, { problem: doc(c, a, b) })).toEqual(new Set(['problem/0']))
  expect(freshBlocks({ problem: doc(a) }, { problem: doc(a, a) })).toEqual(new Set(['problem/1']))
  expect(freshBlocks({ problem: doc(a, b) }, { problem: doc(b) })).toEqual(new Set())
  expect(freshBlocks({}, { summary: doc(paragraph()), problem: doc(a) })).toEqual(new Set(['problem/0']))
})

test('blank is what has nothing to read; a milestone is never blank', () => {
  expect(isBlank(undefined)).toBe(true)
  expect(isBlank(doc(paragraph(), paragraph(text('  '))))).toBe(true)
  expect(isBlank(doc(paragraph(text('a'))))).toBe(false)
  expect(isBlank(doc({ type: 'milestone', content: [] }))).toBe(false)
})

test('numbers out of range and other things become the default', () => {
  const node = (level: unknown): JsonNode => ({ type: 'heading', attrs: { level } })
  expect([2, 4, 99, 1.5, '2', null].map((level) => numberAttribute(node(level), 'level', 2, 4, 2))).toEqual([
    2, 4, 2, 2, 2, 2,
  ])
})
