/** Every input with its answer as a table, for whoever publishes it or opens it in a spreadsheet. */

import { AppError } from '@cabildo/protocol/errors'
import type { Group, Person } from '@cabildo/protocol/http/common'
import type { Input, InputCoverage, InputOutcome } from '@cabildo/protocol/http/inputs'
import { outcomeNames, sectorNames, type WrittenLanguage } from '@cabildo/protocol/names'
import { labelNamed } from '@cabildo/schema/templates/labels'
import { stringify } from 'csv-stringify/sync'
import type { Actor } from '../../auth/sessions.ts'
import { enterPlan } from '../../people/service.ts'
import { townDay } from '../../town-time.ts'
import { mostInputs } from './rules.ts'
import { type InputDeps, listInputs, readCoverage } from './tell.ts'

/** The words of the table by language. */
export const words = {
  es: {
    columns: [
      ...['N.º', 'Fecha', 'Canal', 'Lugar', 'Idioma', 'De quién', 'Grupo', 'Sector', 'Aporte', 'Compromiso y campo'],
      ...['Resultado', 'Razón', 'Respondió', 'Respondido el', 'Versión', 'Unido al', 'Entrada del aporte'],
      'Entrada de la respuesta',
    ],
    channel: {
      ...{ online: 'En línea', meeting: 'Reunión', paper: 'Papel', voice: 'De palabra', photo: 'Foto' },
      ...{ mail: 'Correo', web: 'Página pública' },
    },
    nobody: 'Sin nombre',
    takenBack: '(retirado)',
    pending: 'Sin respuesta',
  },
  en: {
    columns: [
      ...['No.', 'Date', 'Channel', 'Place', 'Language', 'From', 'Group', 'Sector', 'Contribution'],
      ...['Commitment and field', 'Outcome', 'Reason', 'Answered by', 'Answered on', 'Version', 'Merged into'],
      ...['Entry of the contribution', 'Entry of the answer'],
    ],
    channel: {
      ...{ online: 'Online', meeting: 'Meeting', paper: 'Paper', voice: 'By word of mouth', photo: 'Photo' },
      ...{ mail: 'Mail', web: 'Public page' },
    },
    nobody: 'No name',
    takenBack: '(taken back)',
    pending: 'No answer yet',
  },
} as const

const pageSize = 500

/** Reads the table of a plan. No guest reads what is not theirs. */
export async function readMatrix(
  deps: Pick<InputDeps, 'db'>,
  actor: Actor,
  plan: string,
  language: WrittenLanguage,
): Promise<string> {
  const [inputs, { commitments }] = await Promise.all([readInputs(deps, actor, plan), readCoverage(deps, actor, plan)])
  return matrixOf(inputs, commitments, language)
}

/**
 * Reads every input of a plan that is handed on in files: of what the public said that which somebody showed, and neither what
 * waits nor what is hidden. No guest reads what is not theirs.
 */
export async function readInputs(deps: Pick<InputDeps, 'db'>, actor: Actor, plan: string): Promise<Input[]> {
  await enterPlan(deps.db, actor, plan, 'plan.open')
  if (actor.workshopId !== null) throw new AppError('forbidden')
  const inputs: Input[] = []
  while (inputs.length < mostInputs) {
    const more = await listInputs(deps, actor, plan, { after: inputs.at(-1)?.number, limit: pageSize })
    inputs.push(...more)
    if (more.length < pageSize) break
  }
  return inputs.filter(({ moderation }) => moderation === null || moderation.ruling?.verdict === 'shown')
}

/** Inputs that were not taken back, how many of them have an answer, and which outcomes are in force. */
export interface MatrixCounts {
  total: number
  answered: number
  outcomes: { outcome: InputOutcome; count: number }[]
}

/** Counts these inputs. */
export function countsOf(inputs: readonly Input[]): MatrixCounts {
  const standing = inputs.filter(({ takenBackAt }) => takenBackAt === null)
  const outcomes = standing.flatMap(({ answers }) => answers.at(-1)?.outcome ?? [])
  const same = [...Map.groupBy(outcomes, (outcome) => outcome)]
  return {
    ...{ total: standing.length, answered: outcomes.length },
    outcomes: same.map(([outcome, { length }]) => ({ outcome, count: length })),
  }
}

/**
 * Inputs as a table: RFC 4180, UTF-8 with a byte order mark, since spreadsheets take it for another encoding without. A cell
 * that would be read as a formula begins with an apostrophe.
 */
function matrixOf(inputs: readonly Input[], commitments: readonly Titled[], language: WrittenLanguage): string {
  const say = words[language]
  const rows = inputs.map((input) => {
    const { number, saidOn, channel, place, from, side, answers } = input
    const answer = answers.at(-1)
    const person = (one: Person | Input['from']) => nameOf(one, language)
    return [
      ...[number, saidOn, say.channel[channel], place ?? '', input.language, person(from), groupName(from.group)],
      ...[side === null ? '' : sectorNames[language][side], input.takenBackAt === null ? input.words : say.takenBack],
      placesOf(input, commitments, language).join('; '),
      answer ? outcomeNames[language][answer.outcome] : say.pending,
      ...[answer?.reason ?? '', answer ? person(answer.by) : '', answer ? townDay(answer.answeredAt) : ''],
      ...[answer?.version?.number ?? '', answer?.mergedInto?.number ?? '', input.entry, answer?.entry ?? ''],
    ]
  })
  const form = { bom: true, record_delimiter: 'windows', escape_formulas: true } as const
  // A line within a cell would end the row if the cell had no quotes.
  return stringify([[...say.columns], ...rows], { ...form, quoted_match: /[\r\n]/ })
}

/** What somebody is called in the table, as they let themselves be shown. */
export function nameOf({ name, group }: Person | Input['from'], language: WrittenLanguage): string {
  return name || groupName(group) || words[language].nobody
}

const groupName = (group: Group | null): string => group?.name ?? ''

/** A commitment as it is named in the table. */
export type Titled = Pick<InputCoverage['commitments'][number], 'documentId' | 'number' | 'title'>

/**
 * What an input has to do with: what it is linked with, and the commitment whose version its answer names. Without that the
 * number of the version would be nobody's.
 */
export function placesOf(
  { links, answers }: Input,
  commitments: readonly Titled[],
  language: WrittenLanguage,
): readonly string[] {
  const shownIn = answers.at(-1)?.version?.documentId
  const isLinked = links.some(({ document }) => document.id === shownIn)
  const other = isLinked ? undefined : commitments.find(({ documentId }) => documentId === shownIn)
  return [...links.map((link) => placeOf(link, language)), ...(other ? [`${other.number}. ${other.title}`] : [])]
}

/** The text, and the field of it, that an input has to do with. */
function placeOf({ document, field }: Input['links'][number], language: WrittenLanguage): string {
  const label = field === null ? undefined : labelNamed(field)?.[language]
  // The plan's own text and minutes have no number of their own.
  const title = document.number <= 0 ? document.title : `${document.number}. ${document.title}`
  return label === undefined ? title : `${title}: ${label}`
}
