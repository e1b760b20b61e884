import { expect, test } from 'vitest'
import { ogpCommitment } from './ogp-commitment.ts'
import { commitmentGuidance } from './ogp-commitment-guidance.ts'
import type { Localized, Template } from './template.ts'

const template: Template = ogpCommitment

test('has the fields and facts of the contract, under its name and version', () => {
  expect([template.id, template.version]).toEqual(['ogp-commitment', 1])
  expect(template.fields.map(({ name, kind }) => `${name}:${kind}`)).toEqual([
    'title:line',
    'summary:rich',
    'problem:rich',
    'causes:rich',
    'background:rich',
    'solution:rich',
    'results:rich',
    'transparency:rich',
    'accountability:rich',
    'participation:rich',
    'resources:rich',
    'milestones:milestones',
  ])
  expect(template.facts.map(({ key, kind }) => `${key}:${kind}`)).toEqual([
    'leadInstitution:text',
    'supportGovernment:list',
    'supportCivilSociety:list',
    'supportOther:list',
    'periodStart:date',
    'periodEnd:date',
    'policyAreas:choices',
    'ogpValues:choices',
    'ogpId:text',
  ])
})

test('shows every field and fact in exactly one section, fields in order', () => {
  expect(template.sections.flatMap(({ fields }) => fields)).toEqual(template.fields.map(({ name }) => name))
  expect(template.sections.flatMap(({ facts }) => facts).sort()).toEqual(template.facts.map(({ key }) => key).sort())
})

test('has words in both languages, and guidance and a limit for every field', () => {
  const said: Localized[] = [
    template.label,
    ...template.sections.flatMap(({ label, help }) => [label, help]),
    ...template.fields.flatMap(({ label, question, help }) => [label, question, help]),
    ...Object.values(commitmentGuidance).flat(),
    ...template.facts.flatMap((fact) => [
      fact.label,
      fact.help,
      ...(fact.kind === 'choices' ? fact.options.map(({ label }) => label) : []),
    ]),
  ]
  const poor = said.filter(({ es, en }) => es.trim().length < 2 || en.trim().length < 2 || /[!¡]/.test(es + en))
  expect(poor).toEqual([])
  expect(Object.keys(commitmentGuidance)).toEqual(template.fields.map(({ name }) => name))
  expect(Object.values(commitmentGuidance).filter(({ length }) => length < 2)).toEqual([])
  expect(template.fields.filter(({ softLimit }) => softLimit < 100)).toEqual([])
  expect(template.fields.filter(({ question }) => !/^¿.*\?$/.test(question.es) || !question.en.endsWith('?'))).toEqual(
    [],
  )
})

test('offers each choice once', () => {
  for (const fact of template.facts) {
    if (fact.kind !== 'choices') continue
    const values = fact.options.map(({ value }) => value)
    expect(new Set(values).size).toBe(values.length)
    expect(values.filter((value) => !/^[a-z_]+$/.test(value))).toEqual([])
  }
})
