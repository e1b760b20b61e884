/**
 * What OGP asks of a local process, answered from the plan's own data: each requirement with what shows it, and what is
 * missing by name. Requirements whose wording could not be confirmed, or that no data can show, say so: nothing is claimed
 * that a row does not prove.
 */
import type { Sector } from '@cabildo/protocol/http/common'
import type { Localized } from '@cabildo/schema/templates/template'
import { type Block, clean, heading, type Outline, paragraph } from './outline.ts'
import type { CommitmentText, Exporting, MemberPlan, PlanText, Process } from './plan-text.ts'
import { dayOf, type ExportLanguage } from './words.ts'

/** `unknown`: the data cannot tell, a person must. */
export type Standing = 'met' | 'partly' | 'missing' | 'unknown'

/** One requirement and how the plan stands to it. */
export interface Requirement {
  key: string
  /** The question of the inception assessment, or the requirement of the standards, that it answers. */
  source: string
  /** False where its wording or number could not be read in OGP's own text. */
  confirmed: boolean
  text: Localized
  standing: Standing
  /** What shows it. */
  shown: Localized[]
  /** What is missing, by name. */
  missing: Localized[]
}

/** Milliseconds of a day. */
const day = 86_400_000
const both = (es: string, en: string): Localized => ({ es, en })
/** Milliseconds of so many months, as they are on average. */
const months = (count: number): number => count * 30.44 * day

/** Sectors that are not of government. */
const isCivil = (sector: Sector): boolean => sector !== 'government'

/** Numbers as a list; of many the first ones, with how many more. */
function listed(numbers: readonly number[]): string {
  const first = numbers.slice(0, 30).join(', ')
  return numbers.length > 30 ? `${first} (+${numbers.length - 30})` : first
}

const dayOfMoment = (at: Date): string => at.toISOString().slice(0, 10)

type Result = Pick<Requirement, 'standing'> & Partial<Pick<Requirement, 'confirmed' | 'shown' | 'missing'>>

const of = (key: string, source: string, text: Localized, result: Result): Requirement => ({
  ...{ key, source, text, confirmed: true, shown: [], missing: [] },
  ...result,
})

/** Checks a plan as it stands at `at`. */
export function checkPlan(given: MemberPlan, at: Date): Requirement[] {
  const live = given.plan.commitments.filter(({ state }) => state !== 'merged' && state !== 'withdrawn')
  return [
    ...forumRequirements(given),
    ...openRequirements(given, at),
    ...inputRequirements(given),
    ...planRequirements(given, live),
    ...live.map(commitmentRequirement),
    recordRequirement(given),
  ]
}

/** Who came to a meeting of those who are not of government. */
const civilAt = ({ attendance }: Process['meetings'][number]) =>
  attendance.byGroup.filter(({ group, attended }) => attended > 0 && group !== null && isCivil(group.sector))

const meetingLine = ({ heldOn, title, attended }: Process['meetings'][number]): Localized =>
  both(`${heldOn}: ${title} (asistieron ${attended})`, `${heldOn}: ${title} (${attended} came)`)

/** The forum: that there is one, who is in it, that it met, and that it stands behind the plan. */
function forumRequirements({ plan, process }: MemberPlan): Requirement[] {
  const { groups, endorsements, commitments } = plan
  const { meetings, letters, days, steps } = process
  const sides = new Set(groups.map(({ sector }) => sector))
  const hasCivil = [...sides].some(isCivil)
  const civil = meetings.filter((meeting) => civilAt(meeting).length > 0)
  const gaps = meetings.flatMap(({ heldOn }, index) => {
    const next = meetings[index + 1]?.heldOn
    return next !== undefined && Date.parse(next) - Date.parse(heldOn) > months(6) ? [`${heldOn} – ${next}`] : []
  })
  const submitted =
    days.submitted ??
    steps
      .find(({ state }) => state === 'submitted')
      ?.at.toISOString()
      .slice(0, 10)
  const inTime = endorsements.filter(({ at }) => submitted === undefined || at.slice(0, 10) <= submitted)
  const civilApprovals = commitments
    .flatMap(({ approvals }) => approvals)
    .filter(({ state, decisions }) => state === 'approved' && decisions.some(({ party }) => party === 'civil_society'))
  const sidesOfLetters = new Set(letters.map(({ side }) => side))
  const founding = both(
    'El acta de creación y las reglas del foro: adjúntelas usted.',
    'The founding minutes and the rules of the forum: attach them yourself.',
  )
  return [
    of('forum', '1.1', both('Existe un foro que se reúne.', 'There is a forum that meets.'), {
      standing: meetings.length > 0 && groups.length > 0 ? 'partly' : 'missing',
      shown: [
        both(
          `${groups.length} grupos, ${meetings.length} reuniones realizadas.`,
          `${groups.length} groups, ${meetings.length} meetings held.`,
        ),
      ],
      missing: [
        ...(groups.length === 0 ? [both('Grupos del foro.', 'Groups of the forum.')] : []),
        ...(meetings.length === 0 ? [both('Reuniones realizadas.', 'Meetings that were held.')] : []),
        ...gaps.map((gap) => both(`Reuniones entre ${gap}.`, `Meetings between ${gap}.`)),
        founding,
      ],
    }),
    of(
      'multi_stakeholder',
      '1.2',
      both('El foro reúne gobierno y otros sectores.', 'The forum joins government and others.'),
      {
        standing: sides.has('government') && hasCivil ? 'met' : sides.size > 0 ? 'partly' : 'missing',
        shown: groups.map(({ name }) => both(name, name)),
        missing: [
          ...(sides.has('government') ? [] : [both('Un grupo de gobierno.', 'A group of government.')]),
          ...(hasCivil ? [] : [both('Un grupo que no sea de gobierno.', 'A group that is not of government.')]),
        ],
      },
    ),
    of(
      'civil_meeting',
      '1.3',
      both(
        'Al menos una reunión con la sociedad civil y otros actores durante la cocreación.',
        'At least one meeting with civil society and others during co-creation.',
      ),
      {
        confirmed: false,
        standing: civil.length > 0 ? 'met' : meetings.length > 0 ? 'partly' : 'missing',
        shown: (civil.length > 0 ? civil : meetings).map(meetingLine),
        missing:
          civil.length > 0
            ? []
            : [
                both(
                  'Una reunión que diga qué grupos no gubernamentales asistieron.',
                  'A meeting that says which non-governmental groups came.',
                ),
              ],
      },
    ),
    of(
      'endorsed',
      '1.4',
      both(
        'Los actores no gubernamentales avalaron el plan antes de presentarlo.',
        'Non-governmental stakeholders endorsed the plan before it was submitted.',
      ),
      {
        standing: inTime.length > 0 ? 'met' : endorsements.length + civilApprovals.length > 0 ? 'partly' : 'missing',
        shown: [
          ...endorsements.map(({ name, organisation, texts, at }) => {
            const hashes = texts.map(({ number, contentHash }) => `${number}: ${contentHash}`)
            const line = [name, organisation, at.slice(0, 10), ...hashes].filter(Boolean).join(', ')
            return both(line, line)
          }),
          ...civilApprovals.map(({ contentHash, approvedAt }) =>
            both(
              `Aprobación de la sociedad civil, ${approvedAt.slice(0, 10)}, ${contentHash}`,
              `Approval by civil society, ${approvedAt.slice(0, 10)}, ${contentHash}`,
            ),
          ),
        ],
        missing: [
          ...(endorsements.length > 0
            ? []
            : [both('Un aval con nombre, cargo y organización.', 'An endorsement with name, role and organisation.')]),
          ...(endorsements.length > 0 && inTime.length === 0
            ? [both('Un aval anterior a la presentación.', 'An endorsement from before the submission.')]
            : []),
        ],
      },
    ),
    of(
      'letters',
      'OGP Local',
      both(
        'Hay cartas de apoyo de la alcaldía y de un actor no gubernamental.',
        'There are letters of support of the mayor’s office and of a non-governmental stakeholder.',
      ),
      {
        standing: sidesOfLetters.size === 2 ? 'met' : sidesOfLetters.size === 1 ? 'partly' : 'missing',
        shown: letters.map(({ number, organisation }) =>
          both(`Carta ${number}: ${organisation}`, `Letter ${number}: ${organisation}`),
        ),
        missing: [
          ...(sidesOfLetters.has('government')
            ? []
            : [both('La carta de la alcaldía.', 'The letter of the mayor’s office.')]),
          ...(sidesOfLetters.has('partner')
            ? []
            : [both('La carta de un actor no gubernamental.', 'The letter of a non-governmental stakeholder.')]),
        ],
      },
    ),
  ]
}

/** What was told to everybody, and when. */
function openRequirements({ plan, process }: MemberPlan, at: Date): Requirement[] {
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
    of(
      'page',
      '2.1',
      both(
        'Hay una página pública que se pone al día al menos cada cuatro meses.',
        'There is a public page that is updated at least every four months.',
      ),
      {
        standing: !isPublic ? 'missing' : isFresh ? 'met' : 'partly',
        shown:
          last === undefined ? [] : [both(`Último hecho: ${last.slice(0, 10)}`, `Last event: ${last.slice(0, 10)}`)],
        missing: [
          ...(isPublic ? [] : [both('El plan todavía no es público.', 'The plan is not public yet.')]),
          ...(isPublic && !isFresh
            ? [both('Una novedad en los últimos cuatro meses.', 'News in the last four months.')]
            : []),
        ],
      },
    ),
    of(
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
    of(
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
                  `El plan es público desde el ${dayOfMoment(published)}.`,
                  `The plan is public since ${dayOfMoment(published)}.`,
                ),
              ]
            : []),
          ...(began
            ? [both(`La recolección empezó el ${dayOfMoment(began)}.`, `Gathering began on ${dayOfMoment(began)}.`)]
            : []),
        ],
        missing: [both('El cronograma publicado: adjúntelo usted.', 'The published timeline: attach it yourself.')],
      },
    ),
  ]
}

/** What people brought, and what they were answered. */
function inputRequirements({ plan, inputs }: MemberPlan): Requirement[] {
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
    of('inputs', '2.3 / 3.3', both('Cualquier persona pudo aportar.', 'Any interested person could make inputs.'), {
      confirmed: false,
      standing: standing.length > 0 ? 'met' : 'missing',
      shown: [
        both(
          `${standing.length} aportes, por ${channels} canales.`,
          `${standing.length} contributions, over ${channels} channels.`,
        ),
      ],
      missing: standing.length > 0 ? [] : [both('Aportes.', 'Contributions.')],
    }),
    of(
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
    of('dialogue', '2.5', both('El texto se escribió entre sectores.', 'The text was written across sectors.'), {
      confirmed: false,
      standing: writing >= 2 ? 'met' : writing === 1 ? 'partly' : 'missing',
      shown: writers.map(({ name, share }) => both(`${name}: ${percent(share)} %`, `${name}: ${percent(share)}%`)),
      missing: writing >= 2 ? [] : [both('Texto escrito por otro sector.', 'Text written by another sector.')],
    }),
    of('diverse', '2.6', both('El foro es diverso e incluyente.', 'The forum is inclusive and diverse.'), {
      confirmed: false,
      standing: absent.length === 0 ? 'met' : kinds.size > 1 ? 'partly' : 'missing',
      shown: [both(`${kinds.size} tipos de grupo.`, `${kinds.size} kinds of group.`)],
      missing: absent.map(([, words]) => words),
    }),
  ]
}

const percent = (share: number): number => Math.round(share * 100)

/** What the plan says of itself. */
function planRequirements({ plan, process }: MemberPlan, live: readonly CommitmentText[]): Requirement[] {
  const { sections } = plan
  const { days, hasMonitorContact } = process
  const watched = sections.some(({ key, empty }) => key === 'monitoringBody' && !empty)
  const unwritten = sections.filter(({ empty }) => empty)
  const { start, end } = days
  const lasts = start !== null && end !== null && Date.parse(end) - Date.parse(start) >= 364 * day
  return [
    of(
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
    of(
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
    of('duration', 'OGP Local', both('El plan dura al menos un año.', 'The plan lasts at least one year.'), {
      confirmed: false,
      standing: start === null || end === null ? 'missing' : lasts ? 'met' : 'partly',
      shown: start !== null && end !== null ? [both(`De ${start} a ${end}.`, `From ${start} to ${end}.`)] : [],
      missing: [
        ...(start === null ? [both('El día en que empieza.', 'The day on which it starts.')] : []),
        ...(end === null ? [both('El día en que termina.', 'The day on which it ends.')] : []),
        ...(start !== null && end !== null && !lasts ? [both('Un plazo de un año.', 'A span of one year.')] : []),
      ],
    }),
    of('count', 'OGP Local', both('Hay de uno a cinco compromisos.', 'There are one to five commitments.'), {
      confirmed: false,
      standing: live.length === 0 ? 'missing' : live.length <= 5 ? 'met' : 'partly',
      shown: [both(`${live.length} compromisos.`, `${live.length} commitments.`)],
      missing: live.length === 0 ? [both('Compromisos.', 'Commitments.')] : [],
    }),
  ]
}

function commitmentRequirement(commitment: CommitmentText): Requirement {
  const { number, title, milestones } = commitment
  const missing = lacks(commitment)
  return of(
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

function recordRequirement({ plan: { record } }: MemberPlan): Requirement {
  const { checkpoint } = record
  return of(
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

const said = {
  es: {
    title: 'Requisitos mínimos de OGP',
    standing: { met: 'Cumplido', partly: 'En parte', missing: 'Falta', unknown: 'Por confirmar' },
    summary: (met: number, all: number) => `${met} de ${all} requisitos se ven cumplidos en los datos.`,
    caution:
      'Esta lista se calcula con los datos del plan. No sustituye la evaluación: dice qué se puede mostrar y qué falta, por su nombre. Lo que dice «sin confirmar» no se pudo leer en la fuente oficial.',
    source: 'Pregunta o norma',
    unconfirmed: 'sin confirmar',
    shown: 'Lo que lo muestra',
    missing: 'Lo que falta',
  },
  en: {
    title: 'OGP minimum requirements',
    standing: { met: 'Met', partly: 'Partly', missing: 'Missing', unknown: 'To be confirmed' },
    summary: (met: number, all: number) => `${met} of ${all} requirements are seen to be met in the data.`,
    caution:
      'This list is computed from the plan’s data. It is no assessment: it says what can be shown and what is missing, by name. What says “unconfirmed” could not be read in the official source.',
    source: 'Question or standard',
    unconfirmed: 'unconfirmed',
    shown: 'What shows it',
    missing: 'What is missing',
  },
} as const

/** The checklist as a document. */
export function checklistOutline(
  { title, place }: PlanText,
  requirements: readonly Requirement[],
  { language, at, address }: Exporting,
): Outline {
  const say = said[language]
  const met = requirements.filter(({ standing }) => standing === 'met').length
  return {
    ...{ language, title: clean(`${say.title}: ${title}`), author: clean(place), at },
    lines: [clean(place), dayOf(at, language), say.summary(met, requirements.length)],
    blocks: [
      paragraph(say.caution),
      ...requirements.flatMap((requirement): Block[] => [
        heading(
          2,
          `${say.standing[requirement.standing]}. ${requirement.text[language]}`,
          requirement.key.replaceAll('_', '-'),
        ),
        { kind: 'facts', rows: [{ term: say.source, text: sourceOf(requirement, say.unconfirmed) }] },
        ...named(say.shown, requirement.shown, language),
        ...named(say.missing, requirement.missing, language),
      ]),
    ],
    foot: { lines: [clean(title)], address },
  }
}

const sourceOf = ({ source, confirmed }: Requirement, unconfirmed: string): string =>
  confirmed ? source : `${source} (${unconfirmed})`

function named(title: string, several: readonly Localized[], language: ExportLanguage): Block[] {
  if (several.length === 0) return []
  const items = several.slice(0, 60).map((one) => [paragraph(one[language])])
  return [paragraph(`${title}:`), { kind: 'list', ordered: false, start: 1, items }]
}
