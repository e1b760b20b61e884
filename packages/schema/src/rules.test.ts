import { Fragment } from '@tiptap/pm/model'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { schema } from './document.ts'
import {
  attributeAllowed,
  childrenFit,
  factAllowed,
  fieldKind,
  firstMisfit,
  isNode,
  isRequiredChildMissing,
  isTextField,
  markAllowed,
  missingChildren,
  schemaHash,
  takesText,
} from './rules.ts'
import { shapes } from './templates/shapes.ts'

const inherited = ['constructor', '__proto__', 'toString', 'hasOwnProperty']

const textFields = shapes.flatMap(({ fields }) => fields.map(({ name }) => name as string))

describe('roots', () => {
  test('are the text fields of the forms', () => {
    expect(textFields.filter((name) => !isTextField(name))).toEqual([])
    expect(['title', 'summary', 'milestones', 'vision'].map(fieldKind)).toEqual(['line', 'rich', 'milestones', 'rich'])
  })

  test.each(['facts', 'form', 'default', 'prosemirror', '', ...inherited])('%j is none', (root) => {
    expect(isTextField(root)).toBe(false)
    expect(fieldKind(root)).toBeUndefined()
  })
})

describe('nodes', () => {
  test('are those of the schema but the top node and text', () => {
    const expected = Object.keys(schema.nodes).filter((name) => name !== 'doc' && name !== 'text')
    expect(Object.keys(schema.nodes).filter(isNode)).toEqual(expected)
  })

  test.each(['doc', 'text', 'script', 'image', 'codeBlock', 'Paragraph', '', ...inherited])('%j is none', (name) => {
    expect(isNode(name)).toBe(false)
    expect(takesText(name)).toBe(false)
    expect(attributeAllowed(name, 'level', 2)).toBe(false)
    expect(childrenFit({ node: name }, [])).toBe(false)
  })

  test('take text when they hold inline content', () => {
    expect(Object.keys(schema.nodes).filter(takesText)).toEqual([
      'paragraph',
      'heading',
      'milestoneTitle',
      'milestoneOutputs',
    ])
  })
})

describe('attributes', () => {
  test.each([
    ['heading', 'level', [2, 3, 4], [1, 5, 99, '2', 2.5, null, Number.NaN, [2]]],
    ['orderedList', 'start', [0, 1, 12, 1e21], [-1, 1.5, '1', null, Number.POSITIVE_INFINITY]],
    ['orderedList', 'type', [null, '1', 'a', 'A', 'i', 'I'], ['x', 1, '', 'disc']],
    ['tableCell', 'colspan', [1, 50], [0, 51, 1e9, '2', null]],
    ['tableHeader', 'rowspan', [1, 200], [0, 201, '2', null]],
    ['tableCell', 'colwidth', [null, [100], [100, 0]], [[], ['1'], [null], [-1], 100, Array(51).fill(1), {}]],
    ['tableCell', 'align', [null, 'left', 'center', 'right'], ['justify', 'left;color:red', 1]],
    ['milestone', 'start', [null, '2024-02-29', '2024-07-01'], ['2023-02-29', '2024-7-1', '01/07/2024', '', 20240701]],
    ['milestone', 'due', [null, '2025-12-31'], ['2024-13-01', '2024-00-10', '1024-01-01', '2024-01-01T00:00:00Z']],
    ['milestone', 'lead', ['', 'Alcaldía', 'x'.repeat(500)], [null, 'x'.repeat(501), 1, {}, ['a']]],
    ['milestone', 'supportOther', ['', 'CIFHU'], [null, undefined]],
  ] as const)('%s.%s', (node, key, taken, refused) => {
    expect(taken.filter((value) => !attributeAllowed(node, key, value))).toEqual([])
    expect(refused.filter((value) => attributeAllowed(node, key, value))).toEqual([])
  })

  test.each([
    ['paragraph', 'style'],
    ['paragraph', 'level'],
    ['heading', 'onclick'],
    ['heading', 'textAlign'],
    ['milestone', 'id'],
    ['tableCell', 'background'],
    ...inherited.map((key): [string, string] => ['heading', key]),
  ] as [string, string][])('%s has no %s', (node, key) => {
    expect(attributeAllowed(node, key, 2)).toBe(false)
    expect(attributeAllowed(node, key, null)).toBe(false)
  })
})

describe('marks', () => {
  test.each([
    ['bold', {}],
    ['italic', true],
    ['underline', null],
    ['strike', {}],
    ['code', {}],
    ['link', { href: 'https://chepo.gob.pa' }],
    ['link', null],
  ])('%s may be %j', (key, value) => {
    expect(markAllowed(key, value)).toBe(true)
  })

  test.each([
    ['bold', { color: 'red' }],
    ['bold', 'yes'],
    ['bold', 1],
    ['bold', false],
    ['bold', undefined],
    ['bold', []],
    ['link', {}],
    ['link', true],
    ['link', { href: null }],
    ['link', { href: 'javascript:alert(1)' }],
    ['link', { href: 'java\tscript:alert(1)' }],
    ['link', { href: 'https://a.example', target: '_self' }],
    ['link', Object.create({ href: 'https://a.example' })],
    ['blink', {}],
    ['blink', null],
    ['ychange', {}],
    ['bold--AAAAAAAA', {}],
    ['link--AAAAAAAA', { href: 'https://a.example' }],
    ['--AAAAAAAA', {}],
    ...inherited.map((key): [string, unknown] => [key, {}]),
  ] as [string, unknown][])('%s may not be %j', (key, value) => {
    expect(markAllowed(key, value)).toBe(false)
  })
})

describe('facts', () => {
  test.each([
    ['leadInstitution', ['Alcaldía Municipal', '', null], ['x'.repeat(301), 1, ['a'], {}]],
    ['supportGovernment', [['ANTAI'], [], null, ''], ['ANTAI', [1], Array(41).fill('a'), ['x'.repeat(201)], [['a']]]],
    ['periodStart', ['2024-03-28', null, ''], ['28/03/2024', '2024-02-30', 20240328, ['2024-03-28']]],
    [
      'policyAreas',
      [['open_data'], ['open_data', 'public_services'], []],
      [['football'], ['open_data', 'open_data'], 'open_data'],
    ],
    ['ogpValues', [['civic_participation']], [['open_data'], [null]]],
    ['ogpId', ['PACHE0001', 'PA0043', 'PA-1 / 2'], ['<b>', 'x'.repeat(21), 43]],
  ] as const)('%s', (key, taken, refused) => {
    expect(taken.filter((value) => !factAllowed(key, value))).toEqual([])
    expect(refused.filter((value) => factAllowed(key, value))).toEqual([])
  })

  test.each(['title', 'secret', '', ...inherited])('%j is none', (key) => {
    expect(factAllowed(key, 'x')).toBe(false)
    expect(factAllowed(key, null)).toBe(false)
  })
})

describe('children', () => {
  test.each([
    ['title', ['paragraph', 'paragraph'], null],
    ['title', [], null],
    ['title', ['paragraph', 'heading'], 1],
    ['problem', [], null],
    ['problem', ['paragraph', 'heading', 'bulletList', 'orderedList', 'blockquote', 'table'], null],
    ['problem', ['paragraph', '#text'], 1],
    ['problem', ['milestone'], 0],
    ['problem', ['paragraph', 'listItem'], 1],
    ['milestones', ['milestone', 'milestone'], null],
    ['milestones', ['milestone', 'paragraph'], 1],
    ['nowhere', [], null],
    ['nowhere', ['paragraph'], 0],
  ] as const)('field %s with %j', (field, children, misfit) => {
    expect(firstMisfit({ field }, children)).toBe(misfit)
    expect(childrenFit({ field }, children)).toBe(misfit === null)
  })

  test.each([
    ['paragraph', [], null],
    ['paragraph', ['#text', 'hardBreak', '#text', '#text'], null],
    ['paragraph', ['#text', 'paragraph'], 1],
    ['hardBreak', ['#text'], 0],
    ['bulletList', [], 'incomplete'],
    ['bulletList', ['listItem'], null],
    ['bulletList', ['listItem', 'paragraph'], 1],
    ['listItem', ['bulletList'], 0],
    ['listItem', [], 'incomplete'],
    ['listItem', ['paragraph', 'bulletList'], null],
    ['listItem', ['#text'], 0],
    ['table', [], 'incomplete'],
    ['tableRow', [], null],
    ['tableCell', [], 'incomplete'],
    ['blockquote', ['#text'], 0],
    ['milestone', [], 'incomplete'],
    ['milestone', ['milestoneTitle'], 'incomplete'],
    ['milestone', ['milestoneTitle', 'milestoneOutputs'], null],
    ['milestone', ['milestoneTitle', 'milestoneTitle'], 1],
    ['milestone', ['milestoneTitle', 'milestoneOutputs', 'milestoneOutputs'], 2],
    ['milestone', ['milestoneOutputs'], 0],
    ['unknown', [], 'incomplete'],
  ] as const)('node %s with %j', (node, children, misfit) => {
    expect(firstMisfit({ node }, children)).toBe(misfit)
    expect(isRequiredChildMissing(node, children)).toBe(misfit === 'incomplete')
  })

  test('of a node fit exactly when ProseMirror would build it', () => {
    const names = Object.keys(schema.nodes).filter((name) => isNode(name))
    const child = fc.constantFrom(...names.map((name) => name), '#text')
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.array(child, { maxLength: 5 }), (node, children) => {
        const nodes = children.map((name) => (name === '#text' ? schema.text('a') : schema.nodes[name]?.create()))
        const built = nodes.filter((built) => built !== undefined)
        expect(childrenFit({ node }, children)).toBe(schema.nodes[node]?.validContent(Fragment.fromArray(built)))
      }),
      { numRuns: 2000 },
    )
  })

  test('deleting each misfit in turn, or the incomplete node, always ends in a list that fits', () => {
    const child = fc.constantFrom(...Object.keys(schema.nodes).filter(isNode), '#text', 'unknown')
    const parent = fc.oneof(
      fc.constantFrom(...textFields).map((field) => ({ field })),
      fc.constantFrom(...Object.keys(schema.nodes).filter(isNode)).map((node) => ({ node })),
    )
    fc.assert(
      fc.property(parent, fc.array(child, { maxLength: 8 }), (place, children) => {
        let rest = [...children]
        let misfit = firstMisfit(place, rest)
        while (typeof misfit === 'number') {
          const at = misfit
          rest = rest.filter((_, index) => index !== at)
          misfit = firstMisfit(place, rest)
        }
        if (misfit === 'incomplete' && 'node' in place) {
          const completed = [...rest, ...missingChildren(place.node, rest)]
          expect(firstMisfit(place, completed)).toBeNull()
        } else expect(misfit).toBeNull()
      }),
      { numRuns: 2000 },
    )
  })

  test('that are missing are named', () => {
    expect(missingChildren('milestone', ['milestoneTitle'])).toEqual(['milestoneOutputs'])
    expect(missingChildren('milestone', [])).toEqual(['milestoneTitle', 'milestoneOutputs'])
    expect(missingChildren('tableCell', [])).toEqual(['paragraph'])
    expect(missingChildren('tableRow', [])).toEqual([])
    expect(missingChildren('milestone', ['milestoneOutputs'])).toEqual([])
  })
})

test('the schema hash changes only on purpose: clients with another one are sent away', () => {
  expect(schemaHash).toBe('sha256:919b67a4bb461c7d531c5c9c4101595b51f17957ab734bd5d8b2543225e5501e')
})
