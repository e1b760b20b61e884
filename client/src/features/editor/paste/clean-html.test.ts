// @vitest-environment jsdom
import { fieldSchema } from '@cabildo/schema/document'
import { attributeAllowed, markAllowed } from '@cabildo/schema/rules'
import { type Node, DOMParser as SchemaParser } from '@tiptap/pm/model'
import { expect, test } from 'vitest'
import { cleanHtml } from './clean-html.ts'
import googleDocs from './fixtures/google-docs.html.txt?raw'
import word from './fixtures/word.html.txt?raw'
import wordOnline from './fixtures/word-online.html.txt?raw'
import { quietStyles } from './styles.ts'

/** A document in short: one line per block, its place in front, marks in brackets. */
function outline(node: Node, path = ''): string[] {
  if (node.isTextblock) return [`${path}${label(node)}: ${inline(node)}`]
  const children: string[] = []
  node.forEach((child) => {
    children.push(...outline(child, node.type.name === 'doc' ? '' : `${path}${label(node)}/`))
  })
  return children
}
function label({ type, attrs }: Node): string {
  const told = [attrs.level, attrs.start > 1 && attrs.start, attrs.colspan > 1 && `×${attrs.colspan}`].filter(Boolean)
  return told.length > 0 ? `${type.name}(${told.join()})` : type.name
}
function inline(block: Node): string {
  let text = ''
  block.forEach((child) => {
    const marks = child.marks.map(({ type, attrs }) => (attrs.href ? `${type.name} ${attrs.href}` : type.name))
    text += marks.length > 0 ? `[${marks.join()}|${child.text}]` : (child.text ?? '↵')
  })
  return text
}

/** What a paste puts into a field, by the same parser that the editor uses. */
function pasted(html: string): { outline: string[]; images: number; doc: Node } {
  const clean = cleanHtml(html)
  const body = new DOMParser().parseFromString(clean.html, 'text/html').body
  const doc = SchemaParser.fromSchema(fieldSchema('rich')).parse(body)
  doc.check()
  return { outline: outline(doc), images: clean.images, doc }
}

test('a text from Word', () => {
  const { outline, images } = pasted(word)
  expect(images).toBe(1)
  expect(outline).toEqual([
    'heading(2): Cuentas claras',
    'heading(2): 1. El problema',
    'paragraph: La gente de Chepo [bold|no sabe] en qué se gasta el dinero del [italic|municipio].',
    'bulletList/listItem/paragraph: Los pagos no se publican.',
    'bulletList/listItem/bulletList/listItem/paragraph: Ni los de planilla.',
    'bulletList/listItem/paragraph: Los contratos llegan tarde.',
    'paragraph: Pasos:',
    'orderedList(3)/listItem/paragraph: Abrir un [underline|portal].',
    'orderedList(3)/listItem/paragraph: Publicar cada mes.',
    'paragraph: Más en [link https://www.antai.gob.pa/|la ANTAI][1].',
    'table/tableRow/tableCell(×2)/paragraph: [bold|Año]',
    'table/tableRow/tableCell/paragraph: 2024',
    'table/tableRow/tableCell/paragraph: ',
  ])
})

test('a text from Google Docs', () => {
  const { outline, images } = pasted(googleDocs)
  expect(images).toBe(1)
  expect(outline).toEqual([
    'heading(2): Presupuesto participativo',
    'paragraph: Las [bold|juntas comunales][italic| deciden ][strike|poco][underline|mucho]. Vea [link https://www.opengovpartnership.org/es/|el sitio de OGP].',
    'bulletList/listItem/paragraph: Agua',
    'bulletList/listItem/bulletList/listItem/paragraph: Pozos',
    'bulletList/listItem/paragraph: Caminos',
    'table/tableRow/tableCell/paragraph: [bold|Junta]',
    'table/tableRow/tableCell/paragraph: [bold|Monto]',
    'table/tableRow/tableCell/paragraph: Las Margaritas',
    'table/tableRow/tableCell/paragraph: ',
  ])
})

test('a text from Word on the web', () => {
  expect(pasted(wordOnline).outline).toEqual([
    'paragraph: [bold|Hace falta:]',
    'bulletList/listItem/paragraph: Un mapa',
    'bulletList/listItem/bulletList/listItem/paragraph: de baches',
    'bulletList/listItem/paragraph: Un plazo',
  ])
})

test.each([
  [
    'headings of a page become our three',
    '<h1>a</h1><h2>b</h2><h5>c</h5>',
    ['heading(2): a', 'heading(3): b', 'heading(4): c'],
  ],
  ['a script is no text', '<p>a<script>alert(1)</script></p><style>p{}</style>', ['paragraph: a']],
  ['a dangerous address is only its words', '<p><a href="javascript:alert(1)">a</a></p>', ['paragraph: a']],
  ['what a page deleted stays struck', '<p><del>a</del></p>', ['paragraph: [strike|a]']],
  [
    'two lists of a page stay two',
    '<ul><li>a</li></ul><p>b</p><ol><li>c</li></ol>',
    ['bulletList/listItem/paragraph: a', 'paragraph: b', 'orderedList/listItem/paragraph: c'],
  ],
  [
    'a level that was skipped is not invented',
    '<p style="mso-list:l0 level3 lfo1"><span style="mso-list:Ignore">·</span>a</p>',
    ['bulletList/listItem/paragraph: a'],
  ],
  [
    'numbers with letters are ordered',
    '<p style="mso-list:l0 level1 lfo1"><span style="mso-list:Ignore">a)</span>x</p>',
    ['orderedList/listItem/paragraph: x'],
  ],
  [
    'a cell over more columns than we take is one cell',
    '<table><tr><td colspan="900">a</td></tr></table>',
    ['table/tableRow/tableCell/paragraph: a'],
  ],
])('%s', (_, html, expected) => {
  expect(pasted(html).outline).toEqual(expected)
})

test('everything that a paste may leave is something the room takes', () => {
  for (const html of [word, googleDocs, wordOnline]) {
    pasted(html).doc.descendants((node) => {
      if (node.isText)
        for (const { type, attrs } of node.marks) expect(markAllowed(type.name, attrs), type.name).toBe(true)
      else
        for (const [key, value] of Object.entries(node.attrs))
          expect(value === null || attributeAllowed(node.type.name, key, value), `${node.type.name}.${key}`).toBe(true)
    })
  }
})

test('no style reaches the page: its content policy would refuse it, and say so', () => {
  for (const html of [word, googleDocs, wordOnline]) {
    const clean = cleanHtml(html).html
    expect(clean).not.toMatch(/<style|\sstyle=|data-style/)
  }
  expect(quietStyles('<p style="color:red" class=a>style=1 <b STYLE = \'x\'>b</b></p>')).toBe(
    '<p data-style="color:red" class=a>style=1 <b data-style= \'x\'>b</b></p>',
  )
})

test('what comes from an editor like ours is left as it is', () => {
  const html = '<p data-pm-slice="1 1 []">a <strong>b</strong></p>'
  expect(cleanHtml(html).html).toBe(html)
})
