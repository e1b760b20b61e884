import { DOMParser, type Node } from '@tiptap/pm/model'
import { JSDOM } from 'jsdom'
import { expect, test } from 'vitest'
import { fieldSchema, schema } from './document.ts'
import { attributeAllowed, markAllowed } from './rules.ts'
import type { FieldKind } from './templates/template.ts'

/** What an editor of a field makes of pasted HTML. */
function paste(html: string, kind: FieldKind = 'rich'): Node {
  const { document } = new JSDOM(html).window
  return DOMParser.fromSchema(fieldSchema(kind)).parse(document.body)
}

const json = (node: Node) => JSON.parse(JSON.stringify(node)).content

test('the fields differ in their top node alone', () => {
  const specs = (kind: FieldKind) => {
    const { nodes, marks } = fieldSchema(kind)
    const { doc: _, ...rest } = Object.fromEntries(
      Object.entries(nodes).map(([name, { spec }]) => [name, spec.content]),
    )
    return [
      rest,
      Object.keys(marks),
      Object.entries(nodes).map(([name, { spec }]) => [name, Object.keys(spec.attrs ?? {})]),
    ]
  }
  for (const kind of ['line', 'rich', 'milestones'] as const) {
    const { doc: _, ...rest } = Object.fromEntries(
      Object.entries(schema.nodes).map(([name, { spec }]) => [name, spec.content]),
    )
    expect(specs(kind)[0]).toEqual(rest)
    expect(specs(kind)).toEqual(specs('rich'))
  }
})

test.each([
  ['<h1>a</h1>', 2],
  ['<h2>a</h2>', 2],
  ['<h3 level="99">a</h3>', 3],
  ['<h4>a</h4>', 4],
  ['<h6>a</h6>', 4],
])('%s becomes a heading of level %i', (html, level) => {
  expect(json(paste(html))).toEqual([{ type: 'heading', attrs: { level }, content: [{ type: 'text', text: 'a' }] }])
})

test('a list and a table keep only what a room takes', () => {
  const hostile = paste(
    '<ol start="-3" type="x"><li>a</li></ol><ol start="abc"><li>b</li></ol>' +
      '<table><tr><th colspan="9999" rowspan="0" data-colwidth="1,a" style="text-align: justify">c</th>' +
      '<td colspan="2" align="right" onclick="alert(1)">d</td></tr></table>',
  )
  const refused: unknown[] = []
  hostile.descendants((node) => {
    for (const [key, value] of Object.entries(node.attrs)) {
      if (!attributeAllowed(node.type.name, key, value)) refused.push([node.type.name, key, value])
    }
  })
  expect(refused).toEqual([])
  expect(json(hostile)[2].content[0].content[1].attrs).toMatchObject({ colspan: 2, align: 'right' })
  expect(json(paste('<ol start="4" type="a"><li>a</li></ol>'))[0].attrs).toEqual({ start: 4, type: 'a' })
})

test('links keep their address alone, and only a safe one', () => {
  const text = paste(
    '<p><a href="https://chepo.gob.pa" target="_self" onclick="x()" class="y">a</a>' +
      '<a href="javascript:alert(1)">b</a><a href="/local">c</a><a href="ftp://d.example">d</a></p>',
  ).firstChild
  const runs = text?.children.map((node) => [node.text, node.marks.map((mark) => [mark.type.name, mark.attrs])])
  expect(runs).toEqual([
    ['a', [['link', { href: 'https://chepo.gob.pa' }]]],
    ['bcd', []],
  ])
  expect(markAllowed('link', text?.firstChild?.marks[0]?.attrs)).toBe(true)
})

test('a milestone comes back from its own HTML, without dates that do not exist', () => {
  const milestone = (attributes: string) =>
    `<section data-milestone ${attributes}><h4 data-milestone-title>Portal</h4>` +
    '<div data-milestone-outputs>Un <b>sitio</b></div></section>'
  const [first, second] = json(
    paste(
      milestone('data-start="2024-07-01" data-due="2024-12-31" data-lead="Alcaldía" data-supportother="CIFHU"') +
        milestone(`data-start="ayer" data-lead="${'x'.repeat(600)}"`),
      'milestones',
    ),
  )
  expect(first).toEqual({
    type: 'milestone',
    attrs: {
      start: '2024-07-01',
      due: '2024-12-31',
      lead: 'Alcaldía',
      supportGovernment: '',
      supportCivilSociety: '',
      supportOther: 'CIFHU',
    },
    content: [
      { type: 'milestoneTitle', content: [{ type: 'text', text: 'Portal' }] },
      {
        type: 'milestoneOutputs',
        content: [
          { type: 'text', text: 'Un ' },
          { type: 'text', marks: [{ type: 'bold' }], text: 'sitio' },
        ],
      },
    ],
  })
  expect(second.attrs).toMatchObject({ start: null, due: null, lead: '' })
})

test('a milestone pasted into another field leaves its words', () => {
  const node = paste(
    '<section data-milestone><h4 data-milestone-title>Portal</h4><div data-milestone-outputs>Sitio</div></section>',
  )
  expect(node.textContent).toBe('PortalSitio')
  expect(() => node.check()).not.toThrow()
})

test('what a word processor adds is gone', () => {
  const word = paste(
    '<style>p{color:red}</style><p class="MsoNormal" style="margin:0"><span style="font-family:Arial">Uno</span>' +
      '<o:p></o:p></p><img src="x" onerror="alert(1)"><script>alert(1)</script><iframe src="https://x.example"></iframe>',
  )
  expect(json(word)).toEqual([{ type: 'paragraph', content: [{ type: 'text', text: 'Uno' }] }])
})
