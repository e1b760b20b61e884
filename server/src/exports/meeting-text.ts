/** Meetings and workshops as a plan's members export them. */
import type { Meeting } from '@cabildo/protocol/http/meetings'
import type { Localized } from '@cabildo/schema/templates/template'
import type { PublicFact } from '../publish/reading.ts'
import type { WorkshopRow } from '../publish/store.ts'
import type { MeetingText } from './plan-text.ts'

const labels = {
  followUp: { es: 'Seguimiento de lo aprobado', en: 'Follow-up of what was approved' },
  open: { es: 'Abierta al público', en: 'Open to the public' },
  registered: { es: 'Inscritas', en: 'Registered' },
  agenda: { es: 'Agenda', en: 'Agenda' },
  materials: { es: 'Material enviado', en: 'Material that was sent' },
  results: { es: 'Resultados', en: 'Results' },
  inputs: { es: 'Aportes', en: 'Contributions' },
} as const satisfies Record<string, Localized>

const yes: Localized = { es: 'Sí', en: 'Yes' }
const no: Localized = { es: 'No', en: 'No' }
const online: Localized = { es: 'En línea', en: 'Online' }

/** What is told of a meeting in words of its own; only what is said. */
export function meetingFacts({
  isFollowUp = false,
  isPublic,
  registered = 0,
  agenda,
  materials,
  results,
  inputs = 0,
}: Pick<Meeting, 'agenda' | 'results'> &
  Partial<Pick<Meeting, 'isFollowUp' | 'isPublic' | 'registered' | 'inputs'>> & {
    materials: readonly Pick<Meeting['materials'][number], 'title' | 'sentOn' | 'sentTo'>[]
  }): PublicFact[] {
  const same = (text: string): Localized => ({ es: text, en: text })
  const told: readonly (readonly [keyof typeof labels, Localized])[] = [
    ['followUp', isFollowUp ? yes : same('')],
    ['open', isPublic === undefined ? same('') : isPublic ? yes : no],
    ['registered', same(registered === 0 ? '' : String(registered))],
    ['agenda', same(agenda)],
    ['materials', { es: sent(materials, 'sin enviar'), en: sent(materials, 'not sent') }],
    ['results', same(results)],
    ['inputs', same(inputs === 0 ? '' : String(inputs))],
  ]
  return told.flatMap(([key, text]) => (text.es === '' ? [] : [{ key, label: labels[key], value: text.es, text }]))
}

/** A meeting that was held, with what is said of it. Nobody is named in it. */
export function meetingText(meeting: Meeting): MeetingText {
  const { title, heldOn, place, attendance } = meeting
  return {
    ...{ title, heldOn, facts: meetingFacts(meeting), kind: 'meeting' },
    place: place ?? online.es,
    attended: attendance.attended,
    groups: attendance.byGroup.flatMap(({ group, attended }) =>
      group && attended > 0 ? [{ name: group.name, sector: group.sector }] : [],
    ),
  }
}

/** A workshop that was entered as no meeting. `told`: a count of people as it may be told. */
export const workshopText =
  (told: (people: number) => number | null) =>
  ({ title, heldOn, place, people }: WorkshopRow): MeetingText => ({
    ...{ title, heldOn, place, kind: 'workshop', attended: told(people), groups: [], facts: [] },
  })

function sent(
  materials: readonly Pick<Meeting['materials'][number], 'title' | 'sentOn' | 'sentTo'>[],
  never: string,
): string {
  return materials
    .map(({ title, sentOn, sentTo }) => `${title} (${[sentOn ?? never, sentTo].filter(Boolean).join(', ')})`)
    .join('; ')
}
