import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import i18next from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import en from '../locales/en/common.json' with { type: 'json' }
import es from '../locales/es/common.json' with { type: 'json' }
import { personWords } from './person-words.ts'
import { initialsOf } from './sectors.ts'

const i18n = i18next.createInstance()
beforeAll(() =>
  i18n.init({ resources: { es: { common: es }, en: { common: en } }, interpolation: { escapeValue: false } }),
)

const group = { name: 'Vecindad de Tortí & El Llano' }
const named = { name: 'Ana Batista', group }
const ofGroup = { name: '', group }
const nobody = { name: '', group: null }

describe('[PR11] a person in words', () => {
  test.each([
    ['es', false, ['Ana Batista', 'Alguien de Vecindad de Tortí & El Llano', 'Persona sin nombre']],
    ['es', true, ['Ana Batista', 'alguien de Vecindad de Tortí & El Llano', 'una persona sin nombre']],
    ['en', false, ['Ana Batista', 'Someone from Vecindad de Tortí & El Llano', 'Unnamed person']],
    ['en', true, ['Ana Batista', 'someone from Vecindad de Tortí & El Llano', 'an unnamed person']],
  ] as const)('%s, inside a sentence: %s', (language, inside, words) => {
    const t = i18n.getFixedT(language, 'common')
    expect([named, ofGroup, nobody].map((person) => personWords(person, t, inside))).toEqual(words)
  })

  test('[PE12] of a guest it is said that nobody verified it', () => {
    const said = (language: string) => personWords({ ...named, unverified: true }, i18n.getFixedT(language, 'common'))
    expect([said('es'), said('en')]).toEqual(['Ana Batista (sin verificar)', 'Ana Batista (unverified)'])
  })

  test('the initials of who has no name are those of the group, and a question mark for nobody', () => {
    expect([named, ofGroup, nobody].map(initialsOf)).toEqual(['AB', 'VT', '?'])
  })
})

test('[PR11] no other module writes the name of a person of a plan by itself', () => {
  const source = join(import.meta.dirname, '..')
  // Comparing a name writes nothing.
  const printed = /\b(?:person|author|createdBy|changedBy|actor)\??\.name\b(?! [=!]==)/
  // Reads the stamp of a presence and sorts by it; and who runs a workshop or shares a phone sees the names given there.
  const allowed = /^sync\/presence\.ts$|^features\/workshops\//
  const found = readdirSync(source, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file) && !allowed.test(file))
    .filter((file) => printed.test(readFileSync(join(source, file), 'utf8')))
  expect(found).toEqual([])
})
