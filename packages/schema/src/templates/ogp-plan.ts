import { planFields } from './ogp-plan-fields.ts'
import { ogpPlanShape, type PlanFieldName } from './ogp-plan-shape.ts'
import type { Localized, Template } from './template.ts'

const vision: readonly PlanFieldName[] = [
  'vision',
  'achievements',
  'challenges',
  'goals',
  'planContribution',
  'administrationGoals',
]
const engagement: readonly PlanFieldName[] = ['arrangements', 'spaces', 'diversity', 'participants', 'collaboration']
const monitoring: readonly PlanFieldName[] = ['monitoringBody', 'discussion', 'checkins', 'sharing']

/**
 * The form of a plan, version 1. It follows the rows of the plan form of OGP Local one to one (`planRows`); every word of
 * it is ours.
 */
export const ogpPlan: Template = {
  ...ogpPlanShape,
  label: { es: 'Plan de acción de gobierno abierto', en: 'Open government action plan' },
  sections: [
    {
      id: 'overview',
      label: { es: 'El plan de un vistazo', en: 'The plan at a glance' },
      help: {
        es: 'Qué plan es, de quién y de cuándo a cuándo.',
        en: 'Which plan it is, whose, and from when to when.',
      },
      fields: ['forewords'],
      facts: [],
    },
    {
      id: 'vision',
      label: { es: 'Retos, oportunidades y visión', en: 'Challenges, opportunities and vision' },
      help: {
        es: 'Hacia dónde va el municipio y qué parte del camino anda este plan.',
        en: 'Where the municipality is going, and how far this plan takes it.',
      },
      fields: vision,
      facts: [],
    },
    {
      id: 'engagement',
      label: { es: 'Participación y coordinación', en: 'Taking part and coordinating' },
      help: {
        es: 'Con quiénes se escribió el plan y con quiénes se cumple.',
        en: 'With whom the plan was written, and with whom it is carried out.',
      },
      fields: engagement,
      facts: [],
    },
    {
      id: 'monitoring',
      label: { es: 'Seguimiento', en: 'Following up' },
      help: {
        es: 'Quién vigila, cómo se revisa y cómo se cuenta.',
        en: 'Who watches, how it is reviewed and how it is told.',
      },
      fields: monitoring,
      facts: [],
    },
  ],
  fields: planFields,
}

/** What the program knows of a plan and says by itself: nobody types it. */
export type PlanKnownKey =
  | 'title'
  | 'submissionYear'
  | 'end'
  | 'institutions'
  | 'duration'
  | 'submitted'
  | 'groups'
  | 'meetings'

/**
 * What answers a row of the plan form: a text that people write together, what the program knows, or what only those who
 * run the plan may see.
 */
export type PlanRow = { row: number; section: string } & (
  | { by: 'field'; field: PlanFieldName }
  | { by: 'known'; known: PlanKnownKey; label: Localized }
  | { by: 'private'; private: 'monitorContact'; label: Localized }
)

const known = (row: number, section: string, key: PlanKnownKey, es: string, en: string): PlanRow => ({
  row,
  section,
  by: 'known',
  known: key,
  label: { es, en },
})

/**
 * The rows of the plan form of OGP Local, in its order: overview, vision and engagement (rows 1 to 27). Each is answered in
 * exactly one way, and every text of the form answers exactly one row. Endorsements, letters and the commitments follow on
 * the form and are no part of this document.
 */
export const planRows: readonly PlanRow[] = [
  known(1, 'overview', 'title', 'Título de la página', 'Title of the page'),
  known(2, 'overview', 'title', 'Plan de acción', 'Action plan'),
  known(3, 'overview', 'submissionYear', 'Año de presentación', 'Year of submission'),
  known(4, 'overview', 'end', 'Fin del plan', 'End of the plan'),
  known(5, 'overview', 'institutions', 'Institución responsable', 'Lead institution'),
  known(6, 'overview', 'duration', 'Duración', 'Duration'),
  known(7, 'overview', 'submitted', 'Fecha de presentación', 'Date of submission'),
  ...rowsOf('overview', ['forewords']),
  ...rowsOf('vision', vision),
  known(15, 'engagement', 'institutions', 'Instituciones que lideran', 'Institutions that lead'),
  ...rowsOf('engagement', engagement.slice(0, -1)),
  known(20, 'engagement', 'groups', 'Cuántos grupos', 'How many groups'),
  known(21, 'engagement', 'meetings', 'Cuántas reuniones públicas', 'How many public meetings'),
  ...rowsOf('engagement', engagement.slice(-1)),
  ...rowsOf('monitoring', monitoring.slice(0, 1)),
  {
    row: 24,
    section: 'monitoring',
    by: 'private',
    private: 'monitorContact',
    label: { es: 'Contacto del ente de monitoreo', en: 'Contact of the monitoring body' },
  },
  ...rowsOf('monitoring', monitoring.slice(1)),
]

function rowsOf(section: string, names: readonly PlanFieldName[]): PlanRow[] {
  return planFields
    .filter(({ name }) => names.includes(name))
    .map(({ name, ogpRow }) => ({ row: ogpRow, section, by: 'field', field: name }))
}
