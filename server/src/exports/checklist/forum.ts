import type { Sector } from '@cabildo/protocol/http/common'
import { townDay } from '../../town-time.ts'
import type { MemberPlan, Process } from '../plan-text.ts'
import { both, meetingLine, months, type Requirement, requirement } from './requirement.ts'

/** Sectors that are not of government. */
const isCivil = (sector: Sector): boolean => sector !== 'government'

/** Who came to a meeting of those who are not of government. */
const civilAt = ({ attendance }: Process['meetings'][number]) =>
  attendance.byGroup.filter(({ group, attended }) => attended > 0 && group !== null && isCivil(group.sector))

/** The forum: that there is one, who is in it, that it met, and that it stands behind the plan. */
export function forumRequirements({ plan, process }: MemberPlan): Requirement[] {
  const { groups, endorsements, commitments } = plan
  const { meetings, letters, days, steps } = process
  const sides = new Set(groups.map(({ sector }) => sector))
  const hasCivil = [...sides].some(isCivil)
  const civil = meetings.filter((meeting) => civilAt(meeting).length > 0)
  const gaps = meetings.flatMap(({ heldOn }, index) => {
    const next = meetings[index + 1]?.heldOn
    return next !== undefined && Date.parse(next) - Date.parse(heldOn) > months(6) ? [`${heldOn} – ${next}`] : []
  })
  const step = steps.find(({ state }) => state === 'submitted')
  const submitted = days.submitted ?? (step && townDay(step.at))
  const inTime = endorsements.filter(({ at }) => submitted === undefined || townDay(at) <= submitted)
  const civilApprovals = commitments
    .flatMap(({ approvals }) => approvals)
    .filter(({ state, decisions }) => state === 'approved' && decisions.some(({ party }) => party === 'civil_society'))
  const sidesOfLetters = new Set(letters.map(({ side }) => side))
  const founding = both(
    'El acta de creación y las reglas del foro: adjúntelas usted.',
    'The founding minutes and the rules of the forum: attach them yourself.',
  )
  return [
    requirement('forum', '1.1', both('Existe un foro que se reúne.', 'There is a forum that meets.'), {
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
    requirement(
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
    requirement(
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
    requirement(
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
            const line = [name, organisation, townDay(at), ...hashes].filter(Boolean).join(', ')
            return both(line, line)
          }),
          ...civilApprovals.map(({ contentHash, approvedAt }) =>
            both(
              `Aprobación de la sociedad civil, ${townDay(approvedAt)}, ${contentHash}`,
              `Approval by civil society, ${townDay(approvedAt)}, ${contentHash}`,
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
    requirement(
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
