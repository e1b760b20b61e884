import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import postcss from 'postcss'
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

/** How a rule or an at-rule begins. */
function headOf(node: object): string {
  if ('selector' in node) return String(node.selector)
  return 'name' in node && 'params' in node ? `@${node.name} ${node.params}` : ''
}

/** What stands under a selector, a query or a mixin of a theme. */
function declaredIn(css: string): string[] {
  const found = new Set<string>()
  postcss.parse(css).walkDecls((declaration) => {
    if (declaration.value.includes('light-dark(')) found.add(declaration.prop)
    let around: { parent?: object | undefined } | undefined = declaration.parent
    for (; around; around = around.parent) if (ofTheme.test(headOf(around))) found.add(declaration.prop)
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
