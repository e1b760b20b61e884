/** Every input with its answer as a document for people: to be printed, read aloud, and pinned to a board. */

import { readFileSync } from 'node:fs'
import { AppError } from '@cabildo/protocol/errors'
import type { Input } from '@cabildo/protocol/http/inputs'
import { outcomeNames, type WrittenLanguage } from '@cabildo/protocol/names'
import type { Actor } from '../../auth/sessions.ts'
import { enterPlan } from '../../people/service.ts'
import { townDay, townZone } from '../../town-time.ts'
import { drawable, type Typesetting, typeset } from '../../typeset/service.ts'
import { countsOf, nameOf, placesOf, readInputs, type Titled, words } from './matrix.ts'
import { findPlanName } from './read-store.ts'
import { shareOf } from './rules.ts'
import { type InputDeps, readCoverage } from './tell.ts'

const template = readFileSync(new URL('matrix.typ', import.meta.url), 'utf8')

/** Inputs of the table, and how many have an answer, also in percent. */
interface Counted {
  total: number
  answered: number
  share: number
}

const said = {
  es: {
    title: 'Aportes y respuestas',
    columns: ['N.º', 'Aporte', 'Compromiso', 'Respuesta'],
    as: (day: string) =>
      `Así estaba el ${day}. La tabla completa, con las entradas del registro, se descarga como CSV.`,
    counts: ({ total, answered, share }: Counted) => `${total} aportes, ${answered} con respuesta (${share} %).`,
    merged: (number: number) => `Unido al aporte ${number}.`,
    version: (number: number) => `Versión ${number}.`,
    locale: 'es-PA',
  },
  en: {
    title: 'Contributions and answers',
    columns: ['No.', 'Contribution', 'Commitment', 'Answer'],
    as: (day: string) => `As of ${day}. The whole table, with the entries of the record, is downloaded as CSV.`,
    counts: ({ total, answered, share }: Counted) => `${total} contributions, ${answered} answered (${share}%).`,
    merged: (number: number) => `Merged into contribution ${number}.`,
    version: (number: number) => `Version ${number}.`,
    locale: 'en-GB',
  },
} as const

/**
 * Typesets the matrix of a plan as it stands at `at`, on A4: tagged, with its language, and a head that is said on every page.
 * No guest reads what is not theirs.
 */
export async function readMatrixPdf(
  deps: Pick<InputDeps, 'db'>,
  actor: Actor,
  plan: string,
  { language, at }: { language: WrittenLanguage; at: Date },
): Promise<Uint8Array> {
  // Before it waits; asked again as it reads.
  const { planId } = await enterPlan(deps.db, actor, plan, 'plan.open')
  if (actor.workshopId !== null) throw new AppError('forbidden')
  return typeset(() => matrixOf(deps, actor, planId, { language, at }))
}

async function matrixOf(
  deps: Pick<InputDeps, 'db'>,
  actor: Actor,
  planId: string,
  { language, at }: { language: WrittenLanguage; at: Date },
): Promise<Typesetting> {
  const [inputs, { commitments }] = await Promise.all([
    readInputs(deps, actor, planId),
    readCoverage(deps, actor, planId),
  ])
  const { title, place } = await findPlanName(deps.db, planId)
  const counts = countsOf(inputs)
  const say = said[language]
  const day = new Intl.DateTimeFormat(say.locale, { dateStyle: 'long', timeZone: townZone }).format(at)
  const data = {
    ...{ title: `${say.title}: ${title}`, author: place, language, columns: say.columns },
    lines: [`${place}. ${say.counts({ ...counts, share: shareOf(counts) })}`, say.as(day)],
    rows: inputs.map((input) => rowOf(input, commitments, language)),
  }
  return { template, data: drawn(data), at }
}

/** One row of the table, each cell as lines of plain words. */
function rowOf(input: Input, commitments: readonly Titled[], language: WrittenLanguage) {
  const [of, say] = [words[language], said[language]]
  const { number, saidOn, channel, place, from, answers, takenBackAt } = input
  const answer = answers.at(-1)
  const who = nameOf(from, language)
  const group = from.group && from.group.name !== who ? [from.group.name] : []
  return {
    number,
    words: takenBackAt === null ? input.words : of.takenBack,
    brought: [[who, ...group].join(', '), [of.channel[channel], place, saidOn].filter(Boolean).join(', ')],
    places: placesOf(input, commitments, language),
    outcome: answer ? outcomeNames[language][answer.outcome] : of.pending,
    reason: answer?.reason ?? '',
    answered: answer
      ? [
          [nameOf(answer.by, language), townDay(answer.answeredAt)].join(', '),
          ...(answer.mergedInto ? [say.merged(answer.mergedInto.number)] : []),
          ...(answer.version ? [say.version(answer.version.number)] : []),
        ]
      : [],
  }
}

/** The same with every word in it as it can be drawn. */
function drawn<Value>(value: Value): Value {
  const json = JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? drawable(part) : part))
  return JSON.parse(json) as Value
}
