import type { Diff, DiffBlock, Version } from '@cabildo/protocol/http/api'
import type { JsonNode } from '@cabildo/schema/content'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import { MantineProvider } from '@mantine/core'
import i18next from 'i18next'
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nextProvider, initReactI18next } from 'react-i18next'
import { beforeAll, expect, test } from 'vitest'
import comparing from '../locales/es/comparing.json' with { type: 'json' }
import words from '../locales/es/reading.json' with { type: 'json' }
import { ContentView } from './content-view.tsx'
import { DiffView } from './diff-view.tsx'
import { RichText } from './rich-text.tsx'

const i18n = i18next.createInstance()
beforeAll(async () => {
  await i18n.use(initReactI18next).init({ lng: 'es', resources: { es: { comparing, reading: words } } })
})

const html = (element: React.ReactNode) =>
  renderToStaticMarkup(
    <I18nextProvider i18n={i18n}>
      <MantineProvider>{element}</MantineProvider>
    </I18nextProvider>,
  ).replace(/<style[^>]*>.*?<\/style>/gs, '')

const text = (words: string, marks: NonNullable<JsonNode['marks']> = []): JsonNode => ({
  type: 'text',
  text: words,
  marks,
})
const doc = (...content: JsonNode[]): JsonNode => ({ type: 'doc', content })
const paragraph = (...content: JsonNode[]): JsonNode => ({ type: 'paragraph', content })

test('a text is drawn with the elements it names, its headings below the one above', () => {
  const drawn = html(
    <RichText
      under={3}
      doc={doc(
        { type: 'heading', attrs: { level: 2 }, content: [text('Qué')] },
        paragraph(text('a '), text('b', [{ type: 'bold' }, { type: 'italic' }]), { type: 'hardBreak' }),
        { type: 'orderedList', attrs: { start: 4 }, content: [{ type: 'listItem', content: [paragraph(text('c'))] }] },
      )}
    />,
  )
  // Its words are the plan's, whatever the screens speak.
  expect(drawn).toMatch(/<div[^>]* lang="es">/)
  expect(drawn).toContain('<h4 data-level="2">Qué</h4>')
  expect(drawn).toContain('<p>a <strong><em>b</em></strong><br/></p>')
  expect(drawn).toContain('<ol start="4"><li><p>c</p></li></ol>')
})

test('whatever the JSON holds, it is shown as words and runs nothing', () => {
  const hostile = doc(
    paragraph(text('<img src=x onerror=alert(1)>')),
    paragraph(text('lea', [{ type: 'link', attrs: { href: 'java\tscript:alert(1)', onclick: 'x' } }])),
    { type: 'script', content: [text('alert(1)')] },
    { type: 'heading', attrs: { level: 99, style: 'x' }, content: [text('h')] },
    { type: 'image', attrs: { src: 'javascript:alert(1)' } },
    paragraph(text('m', [{ type: 'iframe' }])),
    // Not even the shape can be trusted.
    { type: 'paragraph', content: [{ type: 'text', text: { toString: () => 'x' } as unknown as string }] },
  )
  const drawn = html(<RichText doc={hostile} under={2} />)
  expect(drawn).toContain('&lt;img src=x onerror=alert(1)&gt;')
  expect(drawn).not.toMatch(/<(?:script|img|iframe|a)\b|javascript:|java\tscript|onclick|style=/)
  expect(drawn).toContain('<p>alert(1)</p>')
})

test('a document shows its fields, facts and milestones under the names of its template', () => {
  const content: Version['content'] = {
    template: 'ogp-commitment',
    version: 1,
    fields: {
      title: doc(paragraph(text('Cuentas claras'))),
      problem: doc(paragraph()),
      milestones: doc({
        type: 'milestone',
        attrs: { due: '2026-04-30', lead: 'Alcaldía' },
        content: [{ type: 'milestoneTitle', content: [text('Nombrar responsable')] }, { type: 'milestoneOutputs' }],
      }),
      stranger: doc(paragraph(text('de otra versión'))),
    },
    facts: { periodStart: '2026-04-01', policyAreas: ['fiscal_openness'] },
  }
  const drawn = html(<ContentView content={content} template={ogpCommitment} under={1} />)
  for (const words of [
    'Nombre del compromiso',
    'Cuentas claras',
    'Sin texto todavía.',
    'Nombrar responsable',
    '30 de abril de 2026',
    'Alcaldía',
    '1 de abril de 2026',
    'Apertura fiscal',
    'de otra versión',
  ]) {
    expect(drawn).toContain(words)
  }
})

test('a comparison tells what came and what went without colour: by element, sign and word', () => {
  const block = (over: Partial<DiffBlock>): DiffBlock => ({
    kind: 'same',
    path: 'paragraph',
    before: '',
    after: '',
    pieces: [],
    ...over,
  })
  const diff: Pick<Diff, 'fields' | 'facts' | 'totals'> = {
    fields: [
      {
        field: 'causes',
        changed: true,
        blocks: [
          block({
            kind: 'changed',
            path: 'bulletList/listItem/paragraph',
            pieces: [
              { kind: 'same', text: 'son ' },
              { kind: 'removed', text: 'tres' },
              { kind: 'added', text: 'cuatro' },
            ],
          }),
          block({ kind: 'moved', before: 'x', after: 'x' }),
        ],
      },
      {
        field: 'milestones',
        changed: true,
        blocks: [block({ kind: 'changed', path: 'milestone/due', before: '2026-03-01', after: '2026-04-01' })],
      },
    ],
    facts: [{ key: 'leadInstitution', before: null, after: 'Tesorería' }],
    totals: { added: 6, removed: 4 },
  }
  const drawn = html(<DiffView diff={diff} template={ogpCommitment} before="Versión 1" after="Versión 2" under={2} />)
  const plain = drawn.replace(/<span class="cb-hidden">([^<]*)<\/span>/g, '$1').replace(/ class="[^"]*"/g, '')
  expect(plain).toContain('<del>[quitado: <span lang="es">tres</span> ]</del>')
  expect(plain).toContain('<ins>[añadido: <span lang="es">cuatro</span> ]</ins>')
  expect(plain).toContain('Cambiado, elemento de lista')
  expect(plain).toContain('Cambió de lugar, párrafo')
  expect(plain).toContain('<del>[quitado: <span lang="es">1 de marzo de 2026</span> ]</del>')
  expect(plain).toContain('<ins>[añadido: <span lang="es">1 de abril de 2026</span> ]</ins>')
  expect(plain).toContain('<ins>[añadido: Tesorería ]</ins>')
  expect(plain).toContain('aria-label="Cambio 1 de 4: Cambiado, elemento de lista"')
  expect(plain).toContain('4 cambios')
})

test('a compared table is a table, and what became of a cell is told in words', () => {
  const cell = (kind: DiffBlock['kind'], text: string, row: number, column: number): DiffBlock => {
    const place = { table: 0, row, column, head: row === 0 }
    const [before, after] = [kind === 'added' ? null : place, kind === 'removed' ? null : place]
    return {
      kind,
      path: 'table/tableRow/tableCell/paragraph',
      before: before && text,
      after: after && text,
      pieces: [],
      cell: { before, after },
    }
  }
  const blocks = [
    cell('same', 'Obra', 0, 0),
    cell('same', 'Costo', 0, 1),
    cell('same', 'Puente', 1, 0),
    cell('removed', '900', 1, 1),
    cell('added', '1200', 1, 1),
  ]
  const diff = { fields: [{ field: 'problem', changed: true, blocks }], facts: [], totals: { added: 4, removed: 3 } }
  const drawn = html(<DiffView diff={diff} template={ogpCommitment} before="1" after="2" under={2} />)
  const plain = drawn
    .replace(/<svg.*?<\/svg>/g, '')
    .replace(/<span class="cb-hidden">([^<]*)<\/span>/g, '$1')
    .replace(/<\/?(?:div|span)[^>]*>/g, '')
    .replace(/ (?:class|data-kind)="[^"]*"/g, '')
  expect(plain).toContain('Cambiado, tabla')
  expect(plain).toContain('<tr><th scope="col">Obra</th><th scope="col">Costo</th></tr>')
  expect(plain).toContain(
    '<tr><td>Puente</td><td>Cambiado: <del>[quitado: 900 ]</del><ins>[añadido: 1200 ]</ins></td></tr>',
  )
})

test('two texts that say the same are told so', () => {
  const diff = { fields: [], facts: [], totals: { added: 0, removed: 0 } }
  expect(html(<DiffView diff={diff} template={ogpCommitment} before="" after="" under={2} />)).toContain(
    'Los dos textos dicen lo mismo.',
  )
})
