import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import postcss, { type Container, type Rule } from 'postcss'
import { expect, test } from 'vitest'

/**
 * A theme is colours and nothing else: so what axe finds in one of them holds in the other, but for colours
 * (e2e/axe.ts).
 */

const source = join(import.meta.dirname, '..')
const files = readdirSync(source, { recursive: true, encoding: 'utf8' })
const read = (file: string) => readFileSync(join(source, file), 'utf8')

const ofTheme = /color-scheme|light-dark|^\.dark|@mixin (?:light|dark)/
const coloured = /^(?:--[\w-]+|(?:.+-)?color|background|border(?:-.+)?|box-shadow|outline|fill|stroke|color-scheme)$/

/** What stands under a selector, a query or a mixin of a theme. */
function declaredIn(css: string): string[] {
  const found = new Set<string>()
  const isOfTheme = (node: Container) => {
    if (node.type === 'rule') return ofTheme.test((node as Rule).selector)
    return (
      node.type === 'atrule' &&
      ofTheme.test(`@${'name' in node ? node.name : ''} ${'params' in node ? node.params : ''}`)
    )
  }
  postcss.parse(css).walkDecls((declaration) => {
    for (let at = declaration.parent; at; at = at.parent as Container | undefined) {
      if (isOfTheme(at as Container)) found.add(declaration.prop)
    }
    if (/light-dark\(/.test(declaration.value)) found.add(declaration.prop)
  })
  return [...found]
}

test('a theme changes colours alone', () => {
  const declared = files
    .filter((file) => file.endsWith('.css'))
    .flatMap((file) => declaredIn(read(file)).map((property) => ({ file, property })))
  // Some are found, or the test shows nothing.
  expect(declared.length).toBeGreaterThan(1)
  expect(declared.filter(({ property }) => !coloured.test(property))).toEqual([])
})

test('nothing is drawn, left out or said by the theme', () => {
  const byTheme = /\b(?:lightHidden|darkHidden|useComputedColorScheme|prefers-color-scheme)\b/
  const found = files.filter(
    (file) => /\.(?:tsx?|css)$/.test(file) && !/\.test\.tsx?$/.test(file) && byTheme.test(read(file)),
  )
  expect(found).toEqual([])
})
