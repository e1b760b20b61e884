import type { TemplateShape } from './template.ts'

const rich = <Name extends string>(name: Name) => ({ name, kind: 'rich' }) as const

/**
 * What the document of a plan holds, version 1: one text for each question of the OGP Local form that people answer in
 * words. What the program knows by itself is no field: see `planRows`. Apart from its words, which only who shows them
 * fetches.
 */
export const ogpPlanShape = {
  id: 'ogp-plan',
  version: 1,
  fields: [
    rich('forewords'),
    rich('vision'),
    rich('achievements'),
    rich('challenges'),
    rich('goals'),
    rich('planContribution'),
    rich('administrationGoals'),
    rich('arrangements'),
    rich('spaces'),
    rich('diversity'),
    rich('participants'),
    rich('collaboration'),
    rich('monitoringBody'),
    rich('discussion'),
    rich('checkins'),
    rich('sharing'),
  ],
  facts: [],
} as const satisfies TemplateShape

/** Name of one text of a plan. */
export type PlanFieldName = (typeof ogpPlanShape)['fields'][number]['name']
