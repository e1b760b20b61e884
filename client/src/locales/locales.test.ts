import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { languages } from '../lib/language.ts'
import { rememberedLanguage } from './index.ts'

const here = import.meta.dirname
const source = join(here, '..')
const namespaces = readdirSync(join(here, 'es')).map((file) => file.replace('.json', ''))

type Words = { [key: string]: string | Words }
const read = (language: string, namespace: string): Words =>
  JSON.parse(readFileSync(join(here, language, `${namespace}.json`), 'utf8'))

/** Every key with its words: `add.button` -> `Agregar compromiso`. */
function flat(words: Words, path = ''): [key: string, words: string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[path + key, value]] : flat(value, `${path}${key}.`),
  )
}

const plural = /_(?:zero|one|two|few|many|other)$/
const base = (key: string) => key.replace(plural, '')
const variables = (words: string) => [...words.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name).sort()

/** The text of every module of the client that may name words. */
const modules = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
  .map((file) => readFileSync(join(source, file), 'utf8'))

/** What stands in quotes anywhere, and the starts of template literals: the two ways to name a key. */
const quoted = new Set(
  modules.flatMap((text) => [...text.matchAll(/['"`]([\w.:-]+)['"`]/g)].map(([, key]) => key ?? '')),
)
const templates = modules.flatMap((text) =>
  [...text.matchAll(/`([\w.:-]*)\$\{[^`]*?\}([\w.:-]*)(?=[`$])/g)].map(([, start = '', end = '']) => ({ start, end })),
)

/** Says whether some module names this key: in quotes, with its namespace, or as a template that could make it. */
function isNamed(namespace: string, key: string): boolean {
  return [key, `${namespace}:${key}`].some(
    (name) =>
      quoted.has(name) ||
      templates.some(({ start, end }) => start.includes('.') && name.startsWith(start) && name.endsWith(end)),
  )
}

test('every language has the same namespaces', () => {
  for (const language of languages) {
    expect(readdirSync(join(here, language)).sort()).toEqual(namespaces.map((name) => `${name}.json`).sort())
  }
  const typed = readFileSync(join(here, 'catalogues.ts'), 'utf8')
  for (const name of namespaces) expect(typed, `catalogues.ts must list ${name}`).toContain(`${name}: typeof ${name}`)
})

describe.each(namespaces)('%s', (namespace) => {
  const es = new Map(flat(read('es', namespace)))
  const en = new Map(flat(read('en', namespace)))

  test('has the same keys in Spanish and English', () => {
    // English has no form for millions; where Spanish writes it, English need not.
    const keys = (words: Map<string, string>) => [...new Set([...words.keys()].map(base))].sort()
    expect(keys(en)).toEqual(keys(es))
  })

  test('says something under every key, with the same blanks to fill in both languages', () => {
    for (const [key, words] of es) {
      const other = en.get(key) ?? en.get(`${base(key)}_other`) ?? ''
      expect(words.trim(), key).not.toBe('')
      expect(other.trim(), key).not.toBe('')
      // A singular may leave the number out: «un minuto».
      if (!key.endsWith('_one')) expect(variables(other), key).toEqual(variables(words))
    }
  })

  test('has every plural that its language needs', () => {
    for (const words of [es, en]) {
      for (const key of words.keys()) {
        if (!plural.test(key)) continue
        expect(words.has(`${base(key)}_one`) && words.has(`${base(key)}_other`), key).toBe(true)
      }
    }
  })

  test('keeps no words that nothing says', () => {
    expect([...es.keys()].map(base).filter((key) => !isNamed(namespace, key))).toEqual([])
  })

  test('speaks as the house does: no exclamation marks, nobody is called «tú»', () => {
    for (const [key, words] of es) {
      expect(words, key).not.toMatch(/[!¡]/)
      expect(words, key).not.toMatch(/\b(?:tú|tus|contigo|vosotros|ordenador|móvil)\b/iu)
    }
    for (const [key, words] of en) expect(words, key).not.toContain('!')
  })
})

test('a device without a choice, or with a damaged one, speaks Spanish', () => {
  const storage = (value: string | null) => ({ getItem: () => value })
  expect([null, 'fr', 'en', 'es'].map((value) => rememberedLanguage(storage(value)))).toEqual(['es', 'es', 'en', 'es'])
})
