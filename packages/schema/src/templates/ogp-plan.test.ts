import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import * as Y from 'yjs'
import { applyContent, contentOf, contentOfState, seedDocument } from '../content.ts'
import { diffContents } from '../diff.ts'
import { contentHtml } from '../html.ts'
import { knownText, type PlanKnown, planDaysFault } from '../plan-known.ts'
import { fieldKind } from '../rules.ts'
import { labelledText, plainText } from '../text.ts'
import { labelNamed } from './labels.ts'
import { ogpPlan, planRows } from './ogp-plan.ts'
import { planGuidance } from './ogp-plan-guidance.ts'
import { ogpPlanShape } from './ogp-plan-shape.ts'
import { formRoot, shapeOf, shapes } from './shapes.ts'
import type { Localized } from './template.ts'
import { templates } from './templates.ts'

const paragraph = (text: string) => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})

describe('[PD1] the form of a plan', () => {
  test('answers rows 1 to 27 of the plan form of OGP, each once and in order, each text exactly one', () => {
    expect(planRows.map(({ row }) => row)).toEqual(Array.from({ length: 27 }, (_, index) => index + 1))
    const fields = planRows.flatMap((row) => (row.by === 'field' ? [row.field] : []))
    expect(fields).toEqual(ogpPlan.fields.map(({ name }) => name))
    for (const row of planRows) {
      if (row.by !== 'field') continue
      expect(ogpPlan.fields.find(({ name }) => name === row.field)?.ogpRow, row.field).toBe(row.row)
    }
    const private_ = planRows.filter(({ by }) => by === 'private').map(({ row }) => row)
    expect(private_).toEqual([24])
  })

  test('shows every field in exactly one section, in order, the section its row is in', () => {
    expect(ogpPlan.sections.flatMap(({ fields }) => fields)).toEqual(ogpPlan.fields.map(({ name }) => name))
    for (const row of planRows) {
      const section = ogpPlan.sections.find(({ id }) => id === row.section)
      expect(section, row.section).toBeDefined()
      if (row.by === 'field') expect(section?.fields, row.field).toContain(row.field)
    }
  })

  test('has words in both languages, and guidance and a limit for every field', () => {
    const said: Localized[] = [
      ogpPlan.label,
      ...ogpPlan.sections.flatMap(({ label, help }) => [label, help]),
      ...ogpPlan.fields.flatMap(({ label, question, help }) => [label, question, help]),
      ...Object.values(planGuidance).flat(),
      ...planRows.flatMap((row) => (row.by === 'field' ? [] : [row.label])),
    ]
    expect(said.filter(({ es, en }) => es.trim().length < 2 || en.trim().length < 2 || /[!¡]/.test(es + en))).toEqual(
      [],
    )
    expect(Object.keys(planGuidance)).toEqual(ogpPlan.fields.map(({ name }) => name))
    expect(Object.values(planGuidance).filter(({ length }) => length < 2)).toEqual([])
    expect(ogpPlan.fields.filter(({ softLimit }) => softLimit < 100)).toEqual([])
    const asks = ({ es, en }: Localized) => /^¿.*\?$/.test(es) && en.endsWith('?')
    expect(ogpPlan.fields.filter(({ question }) => !asks(question))).toEqual([])
  })
})

describe('[PD2] the forms together', () => {
  test('a name means one kind of field and a key one fact, with one label, in all of them', () => {
    expect(templates.map(({ id, version }) => `${id} ${version}`)).toEqual(
      shapes.map(({ id, version }) => `${id} ${version}`),
    )
    const kinds = new Map<string, string>()
    for (const { fields, facts } of templates) {
      for (const { name, kind } of fields) {
        expect(kinds.get(name) ?? kind, name).toBe(kind)
        kinds.set(name, kind)
        expect(fieldKind(name)).toBe(kind)
        expect(labelNamed(name)).toBeDefined()
      }
      for (const { key } of facts) {
        expect(kinds.has(key), key).toBe(false)
        kinds.set(key, 'fact')
      }
    }
    expect(kinds.has(formRoot)).toBe(false)
  })

  test('a document says which form it is of; one that says nothing is a commitment', () => {
    const plan = contentOfState(seedDocument('', 1, ogpPlanShape))
    expect([plan.template, plan.version]).toEqual(['ogp-plan', 1])
    expect(Object.keys(plan.fields)).toEqual(ogpPlan.fields.map(({ name }) => name))
    expect(contentOf(new Y.Doc()).template).toBe('ogp-commitment')
    const doc = new Y.Doc()
    Y.applyUpdate(doc, seedDocument('Agua', 1))
    expect(doc.share.has(formRoot)).toBe(false)
    expect(shapeOf(doc).id).toBe('ogp-commitment')
  })

  test('the seed of a commitment is what it was before there were forms', () => {
    const bytes = seedDocument('Cuentas claras', 1)
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(seedOfBefore)
  })

  test('content of a plan is applied, compared and written out by its own form', () => {
    const doc = new Y.Doc()
    Y.applyUpdate(doc, seedDocument('', 1, ogpPlanShape))
    const before = contentOf(doc)
    const after = { ...before, fields: { ...before.fields, vision: paragraph('Puertas abiertas') } }
    applyContent(doc, after)
    expect(contentOf(doc)).toEqual(after)
    const { fields, facts } = diffContents(before, after)
    expect(fields.filter(({ changed }) => changed).map(({ field }) => field)).toEqual(['vision'])
    expect(facts).toEqual([])
    expect(plainText(after)).toBe('Puertas abiertas')
    expect(labelledText(after, ogpPlan, 'en')).toBe('The vision\n\nPuertas abiertas')
    expect(contentHtml(after)).toBe(
      '<article lang="es"><h1>Plan de acción de gobierno abierto</h1><section><h2>Retos, oportunidades y visión</h2>' +
        '<h3>La visión</h3><p>Puertas abiertas</p></section></article>',
    )
  })
})

const seedOfBefore = '2dbef99bce7bf025de1ea4bbbdd9253e06cda3b37a4609fdac83fabf1e901fc4'

describe('[PD4] [PD5] what the program knows', () => {
  const known: PlanKnown = {
    ...{ place: 'Chepo, Panamá', start: '2026-03-01', submitted: '2026-03-28', end: '2027-12-31' },
    institutions: [
      { name: 'Tesorería', commitments: [1, 3] },
      { name: 'Concejo', commitments: [2] },
    ],
    groups: [{ id: 'g', name: 'Vecindad', sector: 'community' }],
    meetings: { total: 14, open: 12 },
  }
  const nothing: PlanKnown = {
    ...{ place: 'Chepo', start: null, end: null, submitted: null },
    ...{ institutions: [], groups: [], meetings: null },
  }

  test('reads in words, from the days alone', () => {
    const told = (language: 'es' | 'en') =>
      planRows.flatMap((row) => (row.by === 'known' ? [knownText(known, row.known, language)] : []))
    expect(told('es')).toEqual([
      'Plan de acción – Chepo, Panamá, 2026 – 2027',
      'Plan de acción – Chepo, Panamá, 2026 – 2027',
      '2026',
      'diciembre de 2027',
      'Tesorería\nConcejo',
      '22 meses, de marzo de 2026 a diciembre de 2027',
      '28 de marzo de 2026',
      'Tesorería\nConcejo',
      '1',
      '12',
    ])
    expect(knownText(known, 'duration', 'en')).toBe('22 months, from March 2026 to December 2027')
    expect(knownText({ ...known, end: '2026-03-31' }, 'duration')).toBe('1 mes, de marzo de 2026 a marzo de 2026')
    const empty = planRows.flatMap((row) => (row.by === 'known' ? [knownText(nothing, row.known)] : []))
    expect(empty.filter((text) => text !== '')).toEqual(['Plan de acción – Chepo', 'Plan de acción – Chepo'])
  })

  test.each([
    [{ start: '2026-03-01', submitted: '2026-03-28', end: '2027-12-31' }, undefined],
    [{ start: '2026-03-01', submitted: '2026-03-01', end: '2026-03-01' }, undefined],
    [{ start: null, submitted: '2026-03-28', end: null }, undefined],
    [
      { start: '2026-03-01', submitted: null, end: '2026-02-28' },
      { day: 'end', why: 'end_before_start' },
    ],
    [
      { start: '2026-03-29', submitted: '2026-03-28', end: null },
      { day: 'submitted', why: 'submitted_before_start' },
    ],
    [
      { start: null, submitted: '2026-03-28', end: '2026-03-27' },
      { day: 'submitted', why: 'submitted_after_end' },
    ],
  ] as const)('days that contradict each other are named: %o', (days, fault) => {
    expect(planDaysFault(days)).toEqual(fault)
  })
})
