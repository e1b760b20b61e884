import type { JsonNode } from '@cabildo/schema/content'
import { lineOf } from '@cabildo/schema/imported/words'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import { ogpPlan } from '@cabildo/schema/templates/ogp-plan'
import type { Template } from '@cabildo/schema/templates/template'
import { childrenOf, fieldText } from '@cabildo/schema/text'
import { createRandom, type Random } from '@cabildo/testkit/random'
import { strToU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { safeArchive } from './archive.ts'
import { htmlBlocks } from './blocks.ts'
import { createNaming } from './names.ts'
import { partsOf } from './parts.ts'
import { readFile, toHtml } from './reading.ts'
import { isWithinBounds, textLimits } from './rules.ts'

const partsIn = (html: string, template: Template = ogpCommitment, most = 100) =>
  partsOf(htmlBlocks(html).blocks, template, most)
const read = (html: string, template?: Template) =>
  partsIn(html, template).map(({ heading, target, content }) => [heading, target, fieldText(content)])
const markdown = (text: string, template?: Template) => read(toHtml(text), template)

test('[IM1] headings name fields in both languages, by our words and by those of OGP’s forms', () => {
  const targetOf = createNaming(ogpCommitment)
  for (const heading of [
    ...[
      'El problema',
      'PROBLEMA',
      '1. ¿Cuál es el problema que el compromiso busca abordar?',
      'The problem',
      'a) Problemática',
    ],
    '2) Which public problem do you want to solve?',
  ])
    expect(targetOf(heading), heading).toBe('field:problem')
  expect(targetOf('Institución responsable')).toBe('fact:leadInstitution')
  expect(targetOf('2.1 Hitos y actividades')).toBe('field:milestones')
  for (const heading of ['Presupuesto de otra cosa', '', '—']) expect(targetOf(heading)).toBeUndefined()
  expect(createNaming(ogpPlan)('Visión')).toBe('field:vision')
  expect(createNaming(ogpPlan)('Problema')).toBeUndefined()
})

test('[IM2] a text is cut at headings that the form knows; others stay where they are, or are a part without a place', () => {
  expect(
    markdown(
      '# Compromiso 3. Cuentas claras\n\nAntes.\n\n## Problema\n\nNadie sabe.\n\n### Dónde\n\nEn Tortí.\n\n## Anexo\n\nTabla.\n\n### Uno\n\nDos.\n\n**Solución**\n\nUn portal.\n\nCausas:\n\nPereza.',
    ),
  ).toEqual([
    ['Compromiso 3. Cuentas claras', 'field:title', 'Cuentas claras'],
    ['Compromiso 3. Cuentas claras', null, 'Antes.'],
    ['Problema', 'field:problem', 'Nadie sabe.\n\nDónde\n\nEn Tortí.'],
    ['Anexo', null, 'Tabla.\n\nUno\n\nDos.'],
    ['Solución', 'field:solution', 'Un portal.'],
    ['Causas:', 'field:causes', 'Pereza.'],
  ])
  // The plan's own text has no title, and other fields.
  expect(markdown('# Plan de Chepo\n\n## Visión\n\nPuertas abiertas.', ogpPlan)).toEqual([
    ['Plan de Chepo › Visión', 'field:vision', 'Puertas abiertas.'],
  ])
})

test('[IM2] a name before its value in a line is a fact, and what says no value of it has no place', () => {
  expect(markdown('## Problema\n\nNadie sabe.\n\nInicio: 1/2/2026\n\nFin: pronto\n\nNunca.')).toEqual([
    ['Problema', 'field:problem', 'Nadie sabe.\n\nNunca.'],
    ['Inicio', 'fact:periodStart', '1/2/2026'],
    ['Fin', null, 'pronto'],
  ])
})

test('[IM3] a form laid out as a table is read row by row', () => {
  expect(
    read(
      '<table><tr><td colspan="2">Definición</td></tr><tr><td>Institución responsable</td><td>Tesorería</td></tr><tr><td>Problema</td><td><p>Nadie sabe.</p><p>Nunca.</p></td></tr></table>',
    ),
  ).toEqual([
    ['Definición › Institución responsable', 'fact:leadInstitution', 'Tesorería'],
    ['Problema', 'field:problem', 'Nadie sabe.\n\nNunca.'],
  ])
})

test('[IM4] what a text may not hold stays behind: scripts, styles, pictures, addresses of other kinds', () => {
  const { blocks, pictures } = htmlBlocks(
    '<p>a<script>alert(1)</script><style>x</style><a href="javascript:x">b</a> <a href="https://c.example">c</a><img src="x" onerror="y"></p>',
  )
  expect(pictures).toBe(1)
  expect(blocks).toEqual([
    {
      type: 'paragraph',
      content: [
        { type: 'text', text: 'ab ' },
        { type: 'text', text: 'c', marks: [{ type: 'link', attrs: { href: 'https://c.example' } }] },
      ],
    },
  ])
  // In Markdown a tag is words, unless it only lays words out: what somebody is to fill in is not lost.
  const words = (text: string) => htmlBlocks(toHtml(text)).blocks.map(lineOf)
  expect(words('Hola <nombre>, <b>diga</b><br>sí <!-- no -->\n\n<script>alert(1)</script>')).toEqual([
    'Hola <nombre>, diga sí',
    '<script>alert(1)</script>',
  ])
  expect(words('- [x] hecho\n- [ ] falta').join(' ')).toBe('☑ hecho ☐ falta')
})

test('[IM5] what is nested without end is flattened and keeps its words', () => {
  for (const nest of ['<div><ul><li>', '<blockquote>', '<table><tr><td>', '<b>', '<ul>', '<p><span><i>']) {
    const parts = partsIn(`<p>antes</p>${nest.repeat(3000)}hondo`)
    expect(isWithinBounds(parts), nest).toBe(true)
    expect(parts.map(({ content }) => fieldText(content)).join(' '), nest).toContain('hondo')
  }
  const cells = '<td colspan="50" rowspan="200">a</td>'.repeat(300)
  const [table] = htmlBlocks(`<table><tr>${cells}</tr></table>`).blocks
  expect(JSON.stringify(table)).not.toContain('50')
})

test('[IM5] a text of more parts, letters or nodes than it may is not cut off: it is one with fewer parts, or refused', async () => {
  const many = partsIn('<h2>Otro</h2><p>a</p>'.repeat(500))
  expect(many.length).toBeLessThanOrEqual(100)
  expect(
    many
      .map(({ heading, content }) => (heading ? 1 : 0) + (fieldText(content).match(/Otro/g)?.length ?? 0))
      .reduce((a, b) => a + b),
  ).toBe(500)
  const long = (text: string) => readFile(strToU8(text), ogpCommitment, 100)
  expect(await long('a '.repeat(textLimits.letters / 2 + 1))).toBe('long')
  expect(await long('- a\n'.repeat(textLimits.nodes / 3 + 1))).toBe('long')
})

/** Every word of what is made of these is one of a kind, so that it is known which were lost. */
function randomHtml(random: Random): { html: string; tokens: string[] } {
  const tokens: string[] = []
  const word = () => {
    tokens.push(`w${tokens.length}x`)
    return tokens.at(-1)
  }
  const inline = (): string =>
    Array.from({ length: random.integer(1, 3) }, () => {
      const tag = random.pick(['', 'b', 'em', 'u', 'code', 'a', 'span', 'x-y'])
      const gap = random.pick([' ', '<br>', '\n '])
      return tag === '' ? `${word()}${gap}` : `<${tag}>${word()}</${tag}>${gap}`
    }).join('')
  const known = ['Problema', 'Institución responsable', 'Inicio', 'Hitos', 'Resultados', 'Nombre del compromiso']
  const block = (depth: number): string => {
    const inner = () => (depth > 3 ? inline() : block(depth + 1))
    const several = (tag: string) =>
      Array.from({ length: random.integer(0, 3) }, () => `<${tag}>${inner()}</${tag}>`).join('')
    switch (random.integer(0, 9)) {
      case 0:
        return `<h${random.integer(1, 6)}>${inline()}</h1>`
      case 1:
        return `<h${random.integer(1, 4)}>${random.pick(known)}</h1>`
      case 2:
        return `<ul>${several('li')}${random.chance(0.2) ? inline() : ''}</ul>`
      case 3:
        return `<ol start="${random.integer(0, 9)}">${several('li')}</ol>`
      case 4:
        return `<blockquote>${inner()}</blockquote>`
      case 5:
        return `<table>${Array.from({ length: random.integer(0, 3) }, () => `<tr>${random.chance(0.3) ? `<td>${random.pick(known)}</td>` : ''}${several(random.pick(['td', 'th']))}</tr>`).join('')}</table>`
      case 6:
        return `<p><b>${random.pick(known)}</b></p>`
      case 7:
        return `<p>${random.pick(known)}: ${inline()}</p>`
      case 8:
        return `<pre><code>${word()}\n${word()}</code></pre>`
      default:
        return random.chance(0.5) ? `<p>${inline()}</p>` : inline()
    }
  }
  return { html: Array.from({ length: random.integer(1, 8) }, () => block(0)).join('\n'), tokens }
}

const wordsOf = (parts: readonly { heading: string | null; content: JsonNode }[]) =>
  new Set(parts.flatMap(({ heading, content }) => `${heading} ${JSON.stringify(content)}`.match(/w\d+x/g) ?? []))

test('[IM6] every word of any text arrives in some part, whatever its shape', () => {
  const random = createRandom()
  for (let round = 0; round < 500; round += 1) {
    const { html, tokens } = randomHtml(random)
    const parts = partsIn(html, random.pick([ogpCommitment, ogpPlan]), random.pick([5, 100]))
    expect([...wordsOf(parts)].sort(), html).toEqual([...tokens].sort())
    for (const { content } of parts) expect(childrenOf(content).length, html).toBeGreaterThan(0)
  }
})

test('[IM6] every word of any Markdown arrives, whatever signs stand around it', () => {
  const random = createRandom()
  const signs = [...'*_#>-+=.:;,<&"\'/{}0123456789 \n\t$%^'].concat([
    '\n\n',
    '  \n',
    '\n# ',
    '\n- ',
    '\n1. ',
    '\n> ',
    '**',
    '\n    ',
  ])
  for (let round = 0; round < 500; round += 1) {
    const tokens: string[] = []
    const pieces = Array.from({ length: random.integer(1, 60) }, () => {
      if (random.chance(0.6)) return random.pick(signs)
      tokens.push(`w${tokens.length}x`)
      return tokens.at(-1)
    })
    const text = pieces.join('')
    expect([...wordsOf(partsIn(toHtml(text)))].sort(), JSON.stringify(text)).toEqual(tokens.sort())
  }
})

const minimal = { '[Content_Types].xml': strToU8('<Types/>'), 'word/document.xml': strToU8('<w:document/>') }

test('[IM7] an archive that unpacks to too much, has too many entries or declares a type is refused before it is read', () => {
  const made = (files: Record<string, Uint8Array>) => safeArchive(zipSync({ ...minimal, ...files }, { level: 9 }))
  expect(made({ 'word/styles.xml': new Uint8Array(9 << 20) })).toBe('bomb')
  const entries = Array.from({ length: 301 }, (_, n) => [`word/media/${n}`, new Uint8Array(1)] as const)
  expect(made(Object.fromEntries(entries))).toBe('bomb')
  expect(made({ 'word/styles.xml': strToU8('<!DOCTYPE x [<!ENTITY a "b">]><x/>') })).toBe('broken')
  expect(made({ 'word/styles.xml': new Uint8Array([0xff, 0xfe, 60, 0]) })).toBe('broken')
  expect(safeArchive(zipSync({ 'content.xml': strToU8('a') }))).toBe('type')
  expect(safeArchive(strToU8('PK\u0003\u0004 no'))).toBe('broken')
})

test('[IM8] of what remains, pictures are empty, macros are gone, and no address leads out but those of links', () => {
  const rels =
    '<Relationships><Relationship Id="a" Type="http://x/hyperlink" Target="https://a.example" TargetMode="External"/><Relationship Id="b" Type="http://x/image" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
  const safe = safeArchive(
    zipSync({
      ...minimal,
      ...{ 'word/_rels/document.xml.rels': strToU8(rels), 'word/media/a.png': new Uint8Array(50) },
      ...{ 'word/vbaProject.bin': new Uint8Array(9), '../evil.xml': strToU8('x'), 'customXml/item1.xml': strToU8('y') },
    }),
  )
  const files = typeof safe === 'string' ? {} : unzipSync(safe)
  expect(Object.keys(files).sort()).toEqual([
    ...['[Content_Types].xml', 'word/_rels/document.xml.rels', 'word/document.xml', 'word/media/a.png'],
  ])
  expect(files['word/media/a.png']).toHaveLength(0)
  const kept = new TextDecoder().decode(files['word/_rels/document.xml.rels'])
  expect(kept).toContain('https://a.example')
  expect(kept).not.toContain('passwd')
})
