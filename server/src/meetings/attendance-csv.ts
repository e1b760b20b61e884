/** Who came to a plan's meetings as a table, for whoever publishes it or opens it in a spreadsheet. */

import { AppError } from '@cabildo/protocol/errors'
import type { Meeting } from '@cabildo/protocol/http/meetings'
import { meetingModeNames, sectorNames, type WrittenLanguage } from '@cabildo/protocol/names'
import { stringify } from 'csv-stringify/sync'
import type { Actor } from '../auth/sessions.ts'
import { enterPlan } from '../people/service.ts'
import { type MeetingDeps, readMeetings } from './service.ts'

const words = {
  es: {
    columns: [
      ...['Reunión', 'Fecha', 'Título', 'Lugar', 'Modalidad', 'Abierta al público', 'Estado', 'Se cuenta por'],
      ...['Quiénes', 'Sector', 'Inscritas', 'Asistieron'],
    ],
    state: { planned: 'Programada', held: 'Realizada', cancelled: 'Cancelada' },
    by: { group: 'Grupo', gender: 'Género', age: 'Edad', all: 'Total' },
    gender: { woman: 'Mujeres', man: 'Hombres', other: 'Otro' },
    age: { under_18: 'Menos de 18', '18_29': '18 a 29', '30_44': '30 a 44', '45_59': '45 a 59', '60_plus': '60 o más' },
    yes: 'Sí',
    no: 'No',
    noGroup: 'Sin grupo',
  },
  en: {
    columns: [
      ...['Meeting', 'Date', 'Title', 'Place', 'How', 'Open to the public', 'State', 'Counted by'],
      ...['Who', 'Sector', 'Registered', 'Attended'],
    ],
    state: { planned: 'Planned', held: 'Held', cancelled: 'Called off' },
    by: { group: 'Group', gender: 'Gender', age: 'Age', all: 'Total' },
    gender: { woman: 'Women', man: 'Men', other: 'Other' },
    age: {
      under_18: 'Under 18',
      '18_29': '18 to 29',
      '30_44': '30 to 44',
      '45_59': '45 to 59',
      '60_plus': '60 and over',
    },
    yes: 'Yes',
    no: 'No',
    noGroup: 'No group',
  },
} as const

/** Reads the table of a plan. Everybody of the plan may; guests of a workshop are refused. */
export async function readAttendanceTable(
  { db }: MeetingDeps,
  actor: Actor,
  plan: string,
  language: WrittenLanguage,
): Promise<string> {
  const { planId } = await enterPlan(db, actor, plan, 'plan.open')
  if (actor.workshopId !== null) throw new AppError('forbidden')
  return attendanceTable(await readMeetings(db, planId), language)
}

/**
 * Attendance as a table, RFC 4180, UTF-8 with a byte order mark: for each meeting its total, then a row for each group, and
 * for each gender and age of which it is known. A cell that would be read as a formula begins with an apostrophe.
 */
function attendanceTable(meetings: readonly Meeting[], language: WrittenLanguage): string {
  const say = words[language]
  const rows = meetings.flatMap(({ attendance, ...meeting }) => {
    const { number, heldOn, title, place, mode, isPublic, state } = meeting
    const about = [
      number,
      heldOn,
      title,
      place ?? '',
      meetingModeNames[language][mode],
      isPublic ? say.yes : say.no,
      say.state[state],
    ]
    const bands = <Key extends string>(by: 'gender' | 'age', counts: Record<Key, number>, names: Record<Key, string>) =>
      (Object.keys(names) as Key[])
        .filter((key) => counts[key] > 0)
        .map((key) => [...about, say.by[by], names[key], '', '', counts[key]])
    return [
      [...about, say.by.all, '', '', attendance.registered, attendance.attended],
      ...attendance.byGroup.map(({ group, registered, attended }) => [
        ...[...about, say.by.group, group?.name ?? say.noGroup, group ? sectorNames[language][group.sector] : ''],
        ...[registered, attended],
      ]),
      ...bands('gender', attendance.byGender, say.gender),
      ...bands('age', attendance.byAge, say.age),
    ]
  })
  return stringify([[...say.columns], ...rows], { bom: true, record_delimiter: 'windows', escape_formulas: true })
}
