import type { Localized } from '@cabildo/schema/templates/template'
import type { CommitmentText } from '../plan-text.ts'
import { both, type Requirement, requirement } from './requirement.ts'

/** That somebody can verify a commitment. */
export function commitmentRequirement(commitment: CommitmentText): Requirement {
  const { number, title, milestones } = commitment
  const missing = lacks(commitment)
  return requirement(
    `commitment_${number}`,
    '3.x',
    both(`Compromiso ${number}: se puede verificar.`, `Commitment ${number}: it can be verified.`),
    {
      standing: missing.length === 0 ? 'met' : missing.length > 4 ? 'missing' : 'partly',
      shown: [both(`${title}; ${milestones.length} hitos.`, `${title}; ${milestones.length} milestones.`)],
      missing,
    },
  )
}

/** What a commitment lacks for somebody to verify it. */
function lacks({ facts, fields, milestones }: CommitmentText): Localized[] {
  const wanted = ['leadInstitution', 'periodStart', 'periodEnd', 'ogpValues'] as const
  const words: Record<(typeof wanted)[number], Localized> = {
    leadInstitution: both('Institución responsable.', 'Lead institution.'),
    periodStart: both('Fecha de inicio.', 'Start.'),
    periodEnd: both('Fecha de fin.', 'End.'),
    ogpValues: both('Valores de OGP.', 'OGP values.'),
  }
  const clauses = ['problem', 'solution', 'results']
  return [
    ...wanted.flatMap((key) => (facts.some((fact) => fact.key === key) ? [] : [words[key]])),
    ...fields
      .filter(({ key, empty }) => clauses.includes(key) && empty)
      .map(({ label }) => both(`${label.es}.`, `${label.en}.`)),
    ...(milestones.length === 0 ? [both('Hitos.', 'Milestones.')] : []),
    ...milestones.flatMap(({ number, due, lead }) => [
      ...(due === null ? [both(`Fecha del hito ${number}.`, `Date of milestone ${number}.`)] : []),
      ...(lead.trim() === '' ? [both(`Responsable del hito ${number}.`, `Lead of milestone ${number}.`)] : []),
    ]),
  ]
}
