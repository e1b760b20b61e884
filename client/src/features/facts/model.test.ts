import { factAllowed } from '@cabildo/schema/rules'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import type { TemplateFact } from '@cabildo/schema/templates/template'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chosen, endsBeforeStart, factsOf, factText, readFact, toggleChoice } from './model.ts'

const facts: readonly TemplateFact[] = ogpCommitment.facts
function fact<Kind extends TemplateFact['kind']>(key: string, kind: Kind) {
  const found = facts.find((each) => each.key === key)
  if (found?.kind !== kind) throw new Error(`${key} is no ${kind}`)
  return found as Extract<TemplateFact, { kind: Kind }>
}
const lead = fact('leadInstitution', 'text')
const ogpId = fact('ogpId', 'text')
const names = fact('supportCivilSociety', 'list')
const start = fact('periodStart', 'date')
const areas = fact('policyAreas', 'choices')

test('a text is tidied, an empty one clears the fact', () => {
  expect(readFact(lead, '  Alcaldía \n de  Chepo ')).toEqual({ ok: true, value: 'Alcaldía de Chepo' })
  expect(readFact(lead, ' \n ')).toEqual({ ok: true, value: null })
})

test('a list has a name a line, none empty, none twice', () => {
  expect(readFact(names, 'Kernel Community\n\n  Comité de agua \nKernel Community')).toEqual({
    ok: true,
    value: ['Kernel Community', 'Comité de agua'],
  })
  expect(readFact(names, '\n\n')).toEqual({ ok: true, value: null })
})

test('what the room would not take is told and not sent', () => {
  expect(readFact(lead, 'x'.repeat(301))).toEqual({ ok: false, problem: 'tooLong' })
  expect(readFact(ogpId, 'PA<0041>')).toEqual({ ok: false, problem: 'notAllowed' })
  expect(readFact(names, Array.from({ length: 41 }, (_, index) => `n${index}`).join('\n'))).toEqual({
    ok: false,
    problem: 'tooMany',
  })
  expect(readFact(start, '0202-01-01')).toEqual({ ok: false, problem: 'noSuchDay' })
  expect(readFact(start, '2026-02-30')).toEqual({ ok: false, problem: 'noSuchDay' })
})

test('whatever is written, what is sent is what the room takes', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(lead, ogpId, names, start),
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      (one, text) => {
        const patch = readFact(one, text)
        if (patch.ok) expect(factAllowed(one.key, patch.value)).toBe(true)
      },
    ),
  )
})

test('what was read is written back the same', () => {
  const patch = readFact(names, 'b\na')
  expect(patch.ok && factText(patch.value)).toBe('b\na')
  expect(factText(undefined)).toBe('')
  expect(factText(7)).toBe('')
})

test('choices keep the order of the options, and end at the limit', () => {
  const options = areas.options.map((option) => option.value)
  const [a, b, c, d, e, f] = options
  expect(toggleChoice(areas, undefined, b ?? '')).toEqual([b])
  expect(toggleChoice(areas, [b], a ?? '')).toEqual([a, b])
  expect(toggleChoice(areas, [a, b], a ?? '')).toEqual([b])
  expect(toggleChoice(areas, [b], b ?? '')).toBeNull()
  expect(toggleChoice(areas, [a, b, c, d, e], f ?? '')).toBeUndefined()
  expect(chosen(areas, [b, 'stranger', a])).toEqual([a, b])
})

test('a period may be open, and may not end before it starts', () => {
  expect(endsBeforeStart('2026-04-01', '2026-03-31')).toBe(true)
  expect(endsBeforeStart('2026-04-01', '2026-04-01')).toBe(false)
  expect(endsBeforeStart(undefined, '2026-04-01')).toBe(false)
  expect(endsBeforeStart('2026-04-01', '')).toBe(false)
})

test('facts come in the order asked for', () => {
  expect(factsOf(facts, ['ogpId', 'nothing', 'periodEnd']).map((each) => each.key)).toEqual(['ogpId', 'periodEnd'])
})
