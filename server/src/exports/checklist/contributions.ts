import type { MemberPlan } from '../plan-text.ts'
import { both, type Requirement, requirement } from './requirement.ts'

/** Numbers as a list; of many the first ones, with how many more. */
function listed(numbers: readonly number[]): string {
  const first = numbers.slice(0, 30).join(', ')
  return numbers.length > 30 ? `${first} (+${numbers.length - 30})` : first
}

const percent = (share: number): number => Math.round(share * 100)

/** What people brought, and what they were answered. */
export function inputRequirements({ plan, inputs }: MemberPlan): Requirement[] {
  const { groups, shares } = plan
  const standing = inputs.filter(({ takenBack }) => !takenBack)
  const numbersOf = (some: typeof standing) => listed(some.map(({ number }) => number))
  const unanswered = standing.filter(({ answers }) => answers.length === 0)
  const withoutReason = standing.filter(({ answers }) => answers.at(-1)?.reason.trim() === '')
  const channels = new Set(standing.map(({ channel }) => channel)).size
  const isAnswered = unanswered.length === 0 && withoutReason.length === 0
  const answered = standing.length - unanswered.length
  const writers = shares.groups.filter(({ written }) => written > 0)
  const writing = new Set(writers.map(({ sector }) => sector)).size
  const kinds = new Set(groups.map(({ kind }) => kind))
  const wanted = [
    ['youth', both('Jóvenes.', 'Youth.')],
    ['women', both('Mujeres.', 'Women.')],
    ['seniors', both('Personas mayores.', 'Seniors.')],
    ['indigenous_community', both('Comunidades indígenas.', 'Indigenous communities.')],
  ] as const
  const absent = wanted.filter(([kind]) => !kinds.has(kind))
  return [
    requirement(
      'inputs',
      '2.3 / 3.3',
      both('Cualquier persona pudo aportar.', 'Any interested person could make inputs.'),
      {
        confirmed: false,
        standing: standing.length > 0 ? 'met' : 'missing',
        shown: [
          both(
            `${standing.length} aportes, por ${channels} canales.`,
            `${standing.length} contributions, over ${channels} channels.`,
          ),
        ],
        missing: standing.length > 0 ? [] : [both('Aportes.', 'Contributions.')],
      },
    ),
    requirement(
      'answered',
      '2.4 / 4.1',
      both('Cada aporte tiene una respuesta con su razón.', 'Each contribution has an answer with its reason.'),
      {
        standing: standing.length === 0 || answered === 0 ? 'missing' : isAnswered ? 'met' : 'partly',
        shown: [
          both(`${answered} de ${standing.length} con respuesta.`, `${answered} of ${standing.length} answered.`),
        ],
        missing: [
          ...(standing.length === 0 ? [both('Aportes.', 'Contributions.')] : []),
          ...(unanswered.length > 0
            ? [
                both(
                  `Respuesta a los aportes ${numbersOf(unanswered)}.`,
                  `An answer to contributions ${numbersOf(unanswered)}.`,
                ),
              ]
            : []),
          ...(withoutReason.length > 0
            ? [
                both(
                  `La razón de las respuestas a ${numbersOf(withoutReason)}.`,
                  `The reason of the answers to ${numbersOf(withoutReason)}.`,
                ),
              ]
            : []),
        ],
      },
    ),
    requirement(
      'dialogue',
      '2.5',
      both('El texto se escribió entre sectores.', 'The text was written across sectors.'),
      {
        confirmed: false,
        standing: writing >= 2 ? 'met' : writing === 1 ? 'partly' : 'missing',
        shown: writers.map(({ name, share }) => both(`${name}: ${percent(share)} %`, `${name}: ${percent(share)}%`)),
        missing: writing >= 2 ? [] : [both('Texto escrito por otro sector.', 'Text written by another sector.')],
      },
    ),
    requirement('diverse', '2.6', both('El foro es diverso e incluyente.', 'The forum is inclusive and diverse.'), {
      confirmed: false,
      standing: absent.length === 0 ? 'met' : kinds.size > 1 ? 'partly' : 'missing',
      shown: [both(`${kinds.size} tipos de grupo.`, `${kinds.size} kinds of group.`)],
      missing: absent.map(([, words]) => words),
    }),
  ]
}
