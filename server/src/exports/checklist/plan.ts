import type { CommitmentText, MemberPlan } from '../plan-text.ts'
import { both, day, type Requirement, requirement } from './requirement.ts'

/** What the plan says of itself. */
export function planRequirements({ plan, process }: MemberPlan, live: readonly CommitmentText[]): Requirement[] {
  const { sections } = plan
  const { days, hasMonitorContact } = process
  const watched = sections.some(({ key, empty }) => key === 'monitoringBody' && !empty)
  const unwritten = sections.filter(({ empty }) => empty)
  const { start, end } = days
  const lasts = start !== null && end !== null && Date.parse(end) - Date.parse(start) >= 364 * day
  return [
    requirement(
      'plan_text',
      'Form 8–27',
      both('El plan responde cada pregunta del formulario.', 'The plan answers each question of the form.'),
      {
        standing:
          sections.length === 0 || unwritten.length === sections.length
            ? 'missing'
            : unwritten.length === 0
              ? 'met'
              : 'partly',
        shown: [
          both(
            `${sections.length - unwritten.length} de ${sections.length} con texto.`,
            `${sections.length - unwritten.length} of ${sections.length} with text.`,
          ),
        ],
        missing:
          sections.length === 0
            ? [both('El texto del plan.', 'The plan’s own text.')]
            : unwritten.map(({ label }) => both(`${label.es}.`, `${label.en}.`)),
      },
    ),
    requirement(
      'monitoring_body',
      'Form 23–24',
      both('El plan nombra un ente de monitoreo independiente.', 'The plan names an independent monitoring body.'),
      {
        standing: watched && hasMonitorContact ? 'met' : watched || hasMonitorContact ? 'partly' : 'missing',
        missing: [
          ...(watched ? [] : [both('El texto sobre el ente de monitoreo.', 'The text on the monitoring body.')]),
          ...(hasMonitorContact
            ? []
            : [both('El contacto del ente de monitoreo.', 'How to reach the monitoring body.')]),
        ],
      },
    ),
    requirement('duration', 'OGP Local', both('El plan dura al menos un año.', 'The plan lasts at least one year.'), {
      confirmed: false,
      standing: start === null || end === null ? 'missing' : lasts ? 'met' : 'partly',
      shown: start !== null && end !== null ? [both(`De ${start} a ${end}.`, `From ${start} to ${end}.`)] : [],
      missing: [
        ...(start === null ? [both('El día en que empieza.', 'The day on which it starts.')] : []),
        ...(end === null ? [both('El día en que termina.', 'The day on which it ends.')] : []),
        ...(start !== null && end !== null && !lasts ? [both('Un plazo de un año.', 'A span of one year.')] : []),
      ],
    }),
    requirement('count', 'OGP Local', both('Hay de uno a cinco compromisos.', 'There are one to five commitments.'), {
      confirmed: false,
      standing: live.length === 0 ? 'missing' : live.length <= 5 ? 'met' : 'partly',
      shown: [both(`${live.length} compromisos.`, `${live.length} commitments.`)],
      missing: live.length === 0 ? [both('Compromisos.', 'Commitments.')] : [],
    }),
  ]
}

/** That the record can be checked. */
export function recordRequirement({ plan: { record } }: MemberPlan): Requirement {
  const { checkpoint } = record
  return requirement(
    'record',
    'Cabildo',
    both('El registro está firmado y se puede comprobar.', 'The record is signed and can be checked.'),
    {
      standing: checkpoint ? 'met' : 'missing',
      shown: checkpoint ? [both(`Firmado hasta ${checkpoint.size}.`, `Signed up to ${checkpoint.size}.`)] : [],
      missing: checkpoint ? [] : [both('Un registro firmado.', 'A signed record.')],
    },
  )
}
