/** What a plan holds as tables for spreadsheets: RFC 4180, UTF-8 with a mark of its order of bytes, no cell a formula. */

import { setImmediate } from 'node:timers/promises'
import {
  commitmentStateNames,
  groupKindNames,
  milestoneStatusNames,
  outcomeNames,
  sectorNames,
  type WrittenLanguage,
} from '@cabildo/protocol/names'
import { stringify } from 'csv-stringify/sync'
import type { PublicInput } from '../publish/reading.ts'
import { words as matrixWords } from '../review/inputs/matrix.ts'
import { townDay } from '../town-time.ts'
import { clean } from './outline.ts'
import { personName } from './plan-outline.ts'
import type { PlanText } from './plan-text.ts'

const said = {
  es: {
    commitments: ['N.º', 'Compromiso', 'Estado', 'Versión', 'Huella del texto'],
    milestones: [
      ...['Compromiso n.º', 'Compromiso', 'Hito n.º', 'Hito', 'Productos', 'Empieza', 'Se cumple', 'Responsable'],
      ...[
        'Apoyo: gobierno',
        'Apoyo: sociedad civil',
        'Apoyo: otros',
        'Avance',
        'Nota del avance',
        'Evidencia',
        'Fecha del avance',
      ],
    ],
    inputs: [
      ...[
        'N.º',
        'Fecha',
        'Canal',
        'Lugar',
        'Idioma',
        'De quién',
        'Sector',
        'Aporte',
        'Compromiso y campo',
        'Resultado',
      ],
      ...['Razón', 'Respondió', 'Respondido el', 'Unido al', 'Entrada del aporte', 'Entrada de la respuesta'],
    ],
    groups: ['Grupo', 'Sector', 'Tipo', 'Territorio'],
    meetings: ['Fecha', 'Clase', 'Reunión', 'Lugar', 'Asistentes', 'Grupos', 'Datos'],
    meeting: { meeting: 'Reunión', workshop: 'Taller' },
  },
  en: {
    commitments: ['No.', 'Commitment', 'State', 'Version', 'Hash of the text'],
    milestones: [
      ...['Commitment no.', 'Commitment', 'Milestone no.', 'Milestone', 'Outputs', 'Starts', 'Due', 'Lead'],
      ...[
        'Support: government',
        'Support: civil society',
        'Support: others',
        'Progress',
        'Note on it',
        'Evidence',
        'Date of it',
      ],
    ],
    inputs: [
      ...['No.', 'Date', 'Channel', 'Place', 'Language', 'From', 'Sector', 'Contribution', 'Commitment and field'],
      ...['Outcome', 'Reason', 'Answered by', 'Answered on', 'Merged into', 'Entry of the contribution'],
      'Entry of the answer',
    ],
    groups: ['Group', 'Sector', 'Kind', 'Territory'],
    meetings: ['Date', 'Kind', 'Meeting', 'Place', 'Attended', 'Groups', 'Facts'],
    meeting: { meeting: 'Meeting', workshop: 'Workshop' },
  },
} as const

type Row = readonly (string | number)[]

/**
 * Rows as a table. A cell that would be read as a formula begins with an apostrophe, and none holds a sign that draws nothing
 * or turns others around. `bom`: whether the mark of its order of bytes stands before it, as at the beginning of a file.
 */
export function csvOf(rows: readonly Row[], { bom = true } = {}): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === 'string' ? clean(cell) : cell)))
  // A line within a cell would end the row if the cell had no quotes.
  return stringify(cells, { bom, record_delimiter: 'windows', escape_formulas: true, quoted_match: /[\r\n]/ })
}

/** One row for each commitment: its facts, and each clause as plain text. */
export function commitmentsTable({ commitments }: PlanText, language: WrittenLanguage): string {
  const facts = new Map(commitments.flatMap((one) => one.facts.map(({ key, label }) => [key, label[language]])))
  const fields = new Map(commitments.flatMap((one) => one.fields.map(({ key, label }) => [key, label[language]])))
  return csvOf([
    [...said[language].commitments, ...facts.values(), ...fields.values()],
    ...commitments.map(({ number, title, state, version, ...one }) => [
      ...[number, title, commitmentStateNames[language][state], version.number ?? '', version.contentHash],
      ...[...facts.keys()].map((key) => one.facts.find((fact) => fact.key === key)?.text[language] ?? ''),
      ...[...fields.keys()].map((key) => one.fields.find((field) => field.key === key)?.text[language] ?? ''),
    ]),
  ])
}

/** One row for each milestone, with what was reported of it last. */
export function milestonesTable({ commitments }: PlanText, language: WrittenLanguage): string {
  return csvOf([
    said[language].milestones,
    ...commitments.flatMap((commitment) =>
      commitment.milestones.map((one) => {
        const last = one.progress.at(-1)
        return [
          ...[commitment.number, commitment.title, one.number, one.title, one.outputs, one.start ?? '', one.due ?? ''],
          ...[one.lead, one.supportGovernment, one.supportCivilSociety, one.supportOther],
          ...[
            last ? milestoneStatusNames[language][last.status] : '',
            last?.note ?? '',
            last?.link ?? '',
            last?.day ?? '',
          ],
        ]
      }),
    ),
  ])
}

/** How many inputs are written in one slice. */
const inputsAtOnce = 50

/** One row for each input, with the answer in force; made in slices, since rooms share the thread. */
export async function inputsTable(inputs: readonly PublicInput[], language: WrittenLanguage): Promise<string> {
  const parts = [csvOf([said[language].inputs])]
  for (let from = 0; from < inputs.length; from += inputsAtOnce) {
    await setImmediate()
    const rows = inputs.slice(from, from + inputsAtOnce).map((input) => inputRow(input, language))
    parts.push(csvOf(rows, { bom: false }))
  }
  return parts.join('')
}

function inputRow(input: PublicInput, language: WrittenLanguage): Row {
  const { channel, takenBack, pending } = matrixWords[language]
  const [outcome, sector] = [outcomeNames[language], sectorNames[language]]
  const answer = input.answers.at(-1)
  return [
    ...[input.number, input.saidOn, channel[input.channel], input.place ?? '', input.language],
    ...[personName(input.from, language), input.side === null ? '' : sector[input.side]],
    input.takenBack ? takenBack : input.words,
    input.links
      .map(({ number, title, label }) => `${number}. ${title}${label === null ? '' : `: ${label[language]}`}`)
      .join('; '),
    ...[answer ? outcome[answer.outcome] : pending, answer?.reason ?? ''],
    ...[answer ? personName(answer.by, language) : '', answer ? townDay(answer.at) : ''],
    ...[answer?.mergedInto ?? '', input.entry, answer?.entry ?? ''],
  ]
}

/** One row for each group. Never with its contact. */
export function groupsTable({ groups }: PlanText, language: WrittenLanguage): string {
  return csvOf([
    said[language].groups,
    ...groups.map(({ name, sector, kind, territory }) => [
      ...[name, sectorNames[language][sector], groupKindNames[language][kind], territory ?? ''],
    ]),
  ])
}

/** One row for each meeting and workshop that is over. */
export function meetingsTable({ meetings }: PlanText, language: WrittenLanguage): string {
  const { meetings: head, meeting: kinds } = said[language]
  return csvOf([
    head,
    ...meetings.map(({ heldOn, kind, title, place, attended, groups, facts }) => [
      ...[heldOn, kinds[kind], title, place, attended ?? ''],
      groups.map(({ name }) => name).join('; '),
      facts.map(({ label, text }) => `${label[language]}: ${text[language]}`).join('; '),
    ]),
  ])
}
