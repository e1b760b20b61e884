import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const at = (path: string) => new URL(path, import.meta.url)
const read = (path: string) => readFileSync(at(path), 'utf8')

/** Every text of the screens in Spanish. */
function textsOf(words: unknown): string[] {
  if (typeof words === 'string') return [words]
  return words === null || typeof words !== 'object' ? [] : Object.values(words).flatMap(textsOf)
}
const screens = Object.values(import.meta.glob('./es/*.json', { eager: true })).flatMap(textsOf)

test('whoever plays the whole way by the README finds on the screens what it names', () => {
  const way = read('../../../README.md')
    .split('\n### ')
    .find((part) => part.startsWith('From an empty plan'))
  const named = [...(way ?? '').replaceAll('**', '').matchAll(/\*([^*]+)\*/g)].map(([, label = '']) =>
    label.replaceAll(/\s+/g, ' '),
  )
  expect(named.length).toBeGreaterThan(40)
  const words = '../../../server/src/publish/site/words/'
  const publicPages = readdirSync(at(words))
    .map((file) => read(words + file))
    .join('\n')
  const isThere = (label: string) =>
    label.endsWith(' …')
      ? screens.some((text) => text.startsWith(label.slice(0, -1)))
      : screens.includes(label) || publicPages.includes(`'${label}'`)
  expect(named.filter((label) => !isThere(label))).toEqual([])
})
