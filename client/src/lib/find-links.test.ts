import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import * as ours from './find-links.ts'

const values = (text: string) => ours.find(text).map(({ value }) => value)

describe('addresses in a text', () => {
  test.each([
    ['Vea https://chepo.gob.pa/cuentas?mes=3#gasto.', ['https://chepo.gob.pa/cuentas?mes=3#gasto']],
    [
      '(https://es.wikipedia.org/wiki/Chepo_(distrito)) y http://a.pa,',
      ['https://es.wikipedia.org/wiki/Chepo_(distrito)', 'http://a.pa'],
    ],
    ['«www.opengovpartnership.org» dice', ['www.opengovpartnership.org']],
    ['Escriba a ana.rios@municipio.gob.pa; gracias', ['ana.rios@municipio.gob.pa']],
    ['En municipio.gob.pa/actas o kernel.com', ['municipio.gob.pa/actas', 'kernel.com']],
    ['El Sr.Juan y la Sra.Ana, a las 3.30', []],
    ['fin.Compra y.comentario', []],
    ['javascript:alert(1) data:text/html,x', []],
    ['', []],
  ])('%j', (text, found) => expect(values(text)).toEqual(found))

  test('places are those of the text', () => {
    const text = 'a https://x.pa b c@d.pa.'
    for (const { value, start, end } of ours.find(text)) expect(text.slice(start, end)).toBe(value)
    expect(ours.find(text)).toHaveLength(2)
  })
})

test.each([
  ['https://chepo.gob.pa/cuentas?mes=3', 'url', 'https://chepo.gob.pa/cuentas?mes=3'],
  ['http://example.com', 'url', 'http://example.com'],
  ['www.opengovpartnership.org', 'url', 'https://www.opengovpartnership.org'],
  ['kernel.com/equipo', 'url', 'https://kernel.com/equipo'],
  ['ana@municipio.gob.pa', 'email', 'mailto:ana@municipio.gob.pa'],
])('a pasted %s alone is one %s, to %s', (value, type, href) => {
  const found = ours.find(value, { defaultProtocol: 'https' })
  expect(found).toEqual([{ type, value, isLink: true, href, start: 0, end: value.length }])
})

test("has every part that TipTap's link asks for", () => {
  const link = readFileSync(createRequire(import.meta.url).resolve('@tiptap/extension-link'), 'utf8')
  const names = [...link.matchAll(/linkifyjs\.(\w+)/g)].map(([, name]) => name)
  expect(names).toContain('find')
  expect(Object.keys(ours)).toEqual(expect.arrayContaining(names))
})
