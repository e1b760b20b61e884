import { townDay } from '../../town-time.ts'
import type { MemberPlan } from '../plan-text.ts'
import { both, day, meetingLine, months, type Requirement, requirement } from './requirement.ts'

/** What was told to everybody, and when. */
export function openRequirements({ plan, process }: MemberPlan, at: Date): Requirement[] {
  const { meetings, steps, told } = process
  const isPublic = plan.state !== 'planning'
  const moments = [...told, ...steps.map((step) => step.at.toISOString())].sort()
  const last = moments.at(-1)
  const isFresh = last !== undefined && at.getTime() - Date.parse(last) <= months(4)
  const informed = meetings.filter(({ materials, heldOn }) =>
    materials.some(({ sentOn }) => sentOn !== null && sentOn < heldOn),
  )
  const published = steps.find(({ state }) => state !== 'planning')?.at
  const began = steps.find(({ state }) => state === 'gathering' || state === 'consultation')?.at
  const waited = published && began && began.getTime() - published.getTime() >= 14 * day
  return [
    requirement(
      'page',
      '2.1',
      both(
        'Hay una página pública que se pone al día al menos cada cuatro meses.',
        'There is a public page that is updated at least every four months.',
      ),
      {
        standing: !isPublic ? 'missing' : isFresh ? 'met' : 'partly',
        shown: last === undefined ? [] : [both(`Último hecho: ${townDay(last)}`, `Last event: ${townDay(last)}`)],
        missing: [
          ...(isPublic ? [] : [both('El plan todavía no es público.', 'The plan is not public yet.')]),
          ...(isPublic && !isFresh
            ? [both('Una novedad en los últimos cuatro meses.', 'News in the last four months.')]
            : []),
        ],
      },
    ),
    requirement(
      'informed',
      '2.2',
      both(
        'Se envió información a los actores antes de cada reunión.',
        'Information was shared with stakeholders before each meeting.',
      ),
      {
        standing: informed.length === 0 ? 'missing' : informed.length === meetings.length ? 'met' : 'partly',
        shown: informed.map(meetingLine),
        missing:
          meetings.length === 0
            ? [both('Reuniones realizadas.', 'Meetings that were held.')]
            : meetings
                .filter((meeting) => !informed.includes(meeting))
                .map(({ heldOn, title }) =>
                  both(
                    `Material enviado antes de la reunión del ${heldOn}: ${title}`,
                    `Material sent before the meeting of ${heldOn}: ${title}`,
                  ),
                ),
      },
    ),
    requirement(
      'announced',
      '3.1',
      both(
        'El cronograma se publicó al menos dos semanas antes de empezar.',
        'The timeline was published at least two weeks before the start.',
      ),
      {
        confirmed: false,
        standing: published && began ? (waited ? 'partly' : 'missing') : 'unknown',
        shown: [
          ...(published
            ? [
                both(
                  `El plan es público desde el ${townDay(published)}.`,
                  `The plan is public since ${townDay(published)}.`,
                ),
              ]
            : []),
          ...(began
            ? [both(`La recolección empezó el ${townDay(began)}.`, `Gathering began on ${townDay(began)}.`)]
            : []),
        ],
        missing: [both('El cronograma publicado: adjúntelo usted.', 'The published timeline: attach it yourself.')],
      },
    ),
  ]
}
