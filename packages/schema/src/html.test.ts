import fc from 'fast-check'
import { JSDOM } from 'jsdom'
import { describe, expect, test } from 'vitest'
import { fieldJson } from './content.arbitrary.ts'
import { contentOfState, type JsonNode, seedDocument } from './content.ts'
import { contentHtml, escapeHtml, fieldHtml } from './html.ts'

const text = (value: string, ...marks: NonNullable<JsonNode['marks']>): JsonNode => ({
  type: 'text',
  text: value,
  marks,
})
const node = (type: string, attrs: Record<string, unknown>, ...content: JsonNode[]): JsonNode => ({
  type,
  attrs,
  content,
})
const p = (...content: JsonNode[]) => node('paragraph', {}, ...content)
const doc = (...content: JsonNode[]) => node('doc', {}, ...content)
const bold = { type: 'bold' }
const link = (href: unknown) => ({ type: 'link', attrs: { href } })

describe('HTML of a field', () => {
  test('has a tag for every node and mark', () => {
    const field = doc(
      node('heading', { level: 3 }, text('T')),
      p(
        text('a', bold, { type: 'italic' }),
        text('b', bold),
        text('c', { type: 'underline' }),
        { type: 'hardBreak' },
        text('d', { type: 'code' }),
        text('e', { type: 'strike' }),
      ),
      node('bulletList', {}, node('listItem', {}, p(text('f')))),
      node('orderedList', { start: 4, type: 'a' }, node('listItem', {}, p(text('g')))),
      node('blockquote', {}, p(text('h'))),
    )
    expect(fieldHtml(field, { under: 2 })).toBe(
      '<h4>T</h4><p><strong><em>a</em>b</strong><u>c<br></u><code>d</code><s>e</s></p><ul><li><p>f</p></li></ul>' +
        '<ol start="4" type="a"><li><p>g</p></li></ol><blockquote><p>h</p></blockquote>',
    )
  })

  test('keeps a link whole across words of different looks', () => {
    const chepo = link('https://chepo.gob.pa/?a=1&b="2"')
    expect(
      fieldHtml(doc(p(text('a ', chepo), text('b', chepo, bold), text(' c', chepo), text('d', link('mailto:a@b.co'))))),
    ).toBe(
      '<p><a href="https://chepo.gob.pa/?a=1&amp;b=&quot;2&quot;" rel="noopener noreferrer nofollow">a <strong>b</strong> c</a>' +
        '<a href="mailto:a@b.co" rel="noopener noreferrer nofollow">d</a></p>',
    )
  })

  test('gives tables headers with a scope, spans and classes', () => {
    const table = node(
      'table',
      {},
      node('tableRow', {}, node('tableHeader', { colspan: 2, rowspan: 1, align: 'center' }, p(text('A')))),
      node(
        'tableRow',
        {},
        node('tableHeader', {}, p(text('B'))),
        node('tableCell', { colspan: 1, rowspan: 3, align: null }, p(text('C'))),
      ),
    )
    expect(fieldHtml(doc(table))).toBe(
      '<table><tbody><tr><th scope="col" colspan="2" class="align-center"><p>A</p></th></tr>' +
        '<tr><th scope="row"><p>B</p></th><td rowspan="3"><p>C</p></td></tr></tbody></table>',
    )
  })

  test('lists milestones with their details', () => {
    const milestone = node(
      'milestone',
      { start: '2024-07-01', due: 'ayer', lead: 'Alcaldía <b>', supportOther: '' },
      node('milestoneTitle', {}, text('Portal', bold)),
      node('milestoneOutputs', {}, text('Un sitio')),
    )
    expect(fieldHtml(doc(milestone), { under: 3, language: 'en' })).toBe(
      '<ol class="milestones"><li><h4><strong>Portal</strong></h4><dl><div><dt>Outputs</dt><dd>Un sitio</dd></div>' +
        '<div><dt>Starts</dt><dd><time datetime="2024-07-01">1 July 2024</time></dd></div>' +
        '<div><dt>Lead</dt><dd>Alcaldía &lt;b&gt;</dd></div></dl></li></ol>',
    )
  })
})

describe('hostile content', () => {
  test.each([
    [p(text('x', link('javascript:alert(1)'))), '<p>x</p>'],
    [p(text('x', link('java\tscript:alert(1)'))), '<p>x</p>'],
    [p(text('x', link('data:text/html,x'))), '<p>x</p>'],
    [p(text('x', link({ toString: 'javascript:alert(1)' }))), '<p>x</p>'],
    [
      p(text('x', link('https://a.example/"onmouseover="alert(1)'))),
      '<p><a href="https://a.example/&quot;onmouseover=&quot;alert(1)" rel="noopener noreferrer nofollow">x</a></p>',
    ],
    [p(text('x', { type: 'script' }, { type: 'bold', attrs: { onclick: 'alert(1)' } })), '<p>x</p>'],
    [p(text('<img src=x onerror=alert(1)>')), '<p>&lt;img src=x onerror=alert(1)&gt;</p>'],
    [p(text('a\u0000b\u001bc\u0008')), '<p>abc</p>'],
    [node('heading', { level: 99 }, text('x')), '<h2>x</h2>'],
    [node('heading', { level: '3 onclick=alert(1)' }, text('x')), '<h2>x</h2>'],
    [node('paragraph', { style: 'position:fixed', onclick: 'alert(1)' }, text('x')), '<p>x</p>'],
    [node('orderedList', { start: '1"><script>', type: 'x' }), '<ol></ol>'],
    [node('orderedList', { start: 1e300 }), '<ol></ol>'],
    [
      node(
        'table',
        {},
        node('tableRow', {}, node('tableCell', { colspan: 1e9, rowspan: '2', align: 'left" x="', colwidth: [1e9] })),
      ),
      '<table><tbody><tr><td></td></tr></tbody></table>',
    ],
    [node('script', {}, text('alert(1)')), ''],
    [node('image', { src: 'javascript:alert(1)' }), ''],
    [node('__proto__', {}), ''],
    [node('tableCell', {}, p(text('x'))), ''],
  ])('%j is harmless', (block, html) => {
    expect(fieldHtml(doc(block))).toBe(html)
  })

  test('of any kind never gives a tag, an attribute or an address that is not ours', () => {
    const tags = 'h2 h3 h4 p ul ol li blockquote table tbody tr th td strong em u s code a br dl div dt dd time'.split(
      ' ',
    )
    const attributes = 'href rel start type colspan rowspan scope class datetime'.split(' ')
    const nasty = fc.constantFrom('<script>', '"', "'", '&', '\u0000', 'javascript:', '</p>', '<!--', ']]>')
    const field = fc.oneof(fieldJson('rich'), fieldJson('milestones'))
    fc.assert(
      fc.property(field, nasty, (json, spice) => {
        const spiced: JsonNode = JSON.parse(JSON.stringify(json), (key, value) =>
          key === 'text' ? value + spice : value,
        )
        const { document } = new JSDOM(`<body>${fieldHtml(spiced)}`).window
        for (const element of document.body.querySelectorAll('*')) {
          expect(tags).toContain(element.localName)
          for (const { name, value } of element.attributes) {
            expect(attributes).toContain(name)
            if (name === 'href') expect(value).toMatch(/^(https?:|mailto:)/)
          }
        }
      }),
      { numRuns: 30 },
    )
  })

  test('is escaped for text and for attributes', () => {
    expect(escapeHtml(`<a href="x" title='y'>&\u0000\t\n`)).toBe(
      '&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;\t\n',
    )
  })
})

test('a document is an article with the title, its facts and the fields that say something', () => {
  const seed = contentOfState(seedDocument('Cuentas <claras>', 1))
  const content = {
    ...seed,
    fields: { ...seed.fields, problem: doc(node('heading', { level: 2 }, text('Hoy')), p(text('No se sabe'))) },
    facts: { leadInstitution: 'Alcaldía & otros' },
  }
  expect(contentHtml(content)).toBe(
    '<article lang="es"><h1>Cuentas &lt;claras&gt;</h1><section><h2>El compromiso</h2>' +
      '<dl><div><dt>Institución responsable</dt><dd>Alcaldía &amp; otros</dd></div></dl></section>' +
      '<section><h2>Definición del problema</h2><h3>El problema</h3><h4>Hoy</h4><p>No se sabe</p></section></article>',
  )
})
