/** Reads inputs: what was brought, by whom as far as they let it be seen, and what was answered. */
import { AppError } from '@cabildo/protocol/errors'
import type { Person } from '@cabildo/protocol/http/common'
import type { Input, InputCoverage } from '@cabildo/protocol/http/inputs'
import { toHex } from '@cabildo/record/bytes'
import type { Kysely } from 'kysely'
import { may } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import type { Keeper } from '../../authorship/keeper.ts'
import type { Database } from '../../db/types.ts'
import { enterPlan, groupsOf, type Membership, peopleOf } from '../../people/service.ts'
import type { Rooms } from '../../rooms/ports.ts'
import {
  type Counts,
  countByCommitment,
  countInputs,
  countOutcomes,
  findAnswers,
  findInputs,
  findLinks,
  findPromise,
} from './read-store.ts'
import { type AnswerRow, type InputQuery, type InputRow, type LinkRow, shareOf, shownFrom } from './rules.ts'

/** What inputs need. */
export interface InputDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'announce'>
  keeper: Keeper
}

/** The plan, by id or slug, and the input that an address names. */
export interface InputAddress {
  planId: string
  inputId: string
}

/** Reads inputs of a plan by number. A guest of a workshop reads their own alone. */
export async function listInputs(
  { db }: Pick<InputDeps, 'db'>,
  actor: Actor,
  plan: string,
  { mine, ...query }: InputQuery & { mine?: boolean; after: number | undefined; limit: number },
): Promise<Input[]> {
  const membership = await enterPlan(db, actor, plan, 'plan.open')
  const ownOf = mine || actor.workshopId !== null ? actor.userId : undefined
  return tell(db, actor, membership, await findInputs(db, membership.planId, { ...query, ownOf }))
}

/** Reads one input. Throws `not_found`, also to a guest whose it is not. */
export async function readInput(
  { db }: Pick<InputDeps, 'db'>,
  actor: Actor,
  { planId: plan, inputId }: InputAddress,
): Promise<Input> {
  const membership = await enterPlan(db, actor, plan, 'plan.open')
  const ownOf = actor.workshopId === null ? undefined : actor.userId
  const rows = await findInputs(db, membership.planId, { id: inputId, ownOf })
  const [item] = await tell(db, actor, membership, rows)
  if (!item) throw new AppError('not_found')
  return item
}

/** Reads some inputs of a plan, by id: those of them that the reader may read. */
export async function readInputs(
  { db }: Pick<InputDeps, 'db'>,
  actor: Actor,
  plan: string,
  ids: readonly string[],
): Promise<Map<string, Input>> {
  if (ids.length === 0) return new Map()
  const membership = await enterPlan(db, actor, plan, 'plan.open')
  const ownOf = actor.workshopId === null ? undefined : actor.userId
  const rows = await findInputs(db, membership.planId, { ids, ownOf, limit: ids.length })
  return new Map((await tell(db, actor, membership, rows)).map((input) => [input.id, input]))
}

/** Reads how much of what was brought has an answer, and what the plan promises. No guest counts what is not theirs. */
export async function readCoverage({ db }: Pick<InputDeps, 'db'>, actor: Actor, plan: string): Promise<InputCoverage> {
  const { planId, role } = await enterPlan(db, actor, plan, 'plan.open')
  if (actor.workshopId !== null) throw new AppError('forbidden')
  const [counts, outcomes, commitments, promise] = await Promise.all([
    countInputs(db, planId),
    countOutcomes(db, planId),
    countByCommitment(db, planId),
    findPromise(db, planId),
  ])
  const covered = <C extends Counts>(counts: C) => {
    const share = shareOf(counts)
    return { ...counts, share, reached: share >= promise.answeredShare }
  }
  const none = { adopted: 0, adapted: 0, merged: 0, not_adopted: 0, out_of_scope: 0 }
  return {
    ...covered(counts),
    outcomes: { ...none, ...Object.fromEntries(outcomes.map(({ outcome, count }) => [outcome, count])) },
    commitments: commitments.map((one) => ({
      ...covered(one),
      // Read from the column of ids.
      documentId: one.documentId as InputCoverage['commitments'][number]['documentId'],
    })),
    ...promise,
    may: {
      bring: may(role, 'input.bring'),
      bringFor: may(role, 'input.bring_for'),
      answer: may(role, 'input.answer'),
      set: may(role, 'input.promise'),
    },
  }
}

/**
 * Whether as much of what was brought to a plan has an answer as it promises. Asks one thing after another, so that a
 * transaction can ask it: true then only while `holdInputNumbers` keeps others from bringing more.
 */
export async function keepsPromise(db: Kysely<Database>, planId: string): Promise<boolean> {
  const counts = await countInputs(db, planId)
  const { answeredShare } = await findPromise(db, planId)
  return shareOf(counts) >= answeredShare
}

async function tell(
  db: Kysely<Database>,
  actor: Actor,
  { planId, role }: Membership,
  inputs: readonly InputRow[],
): Promise<Input[]> {
  const ids = inputs.map(({ id }) => id)
  const [links, answers, groups] = await Promise.all([findLinks(db, ids), findAnswers(db, ids), groupsOf(db, planId)])
  const people = await peopleOf(db, planId, [
    ...inputs
      .flatMap(({ typedBy, fromId, moderation }) => [typedBy, fromId, moderation?.byId ?? null])
      .filter(isSomebody),
    ...links.map(({ byId }) => byId).filter(isSomebody),
    ...answers.map(({ byId }) => byId),
  ])
  const linked = Map.groupBy(links, ({ inputId }) => inputId)
  const answered = Map.groupBy(answers, ({ inputId }) => inputId)
  return inputs.map((row): Input => {
    const { id, number, channel, place, saidOn, language, words, consent, entry, dueOn, overdue } = row
    const own = [row.typedBy, row.fromId].includes(actor.userId)
    const stands = row.takenBackAt === null
    const from = shownFrom(row, people, groups)
    return {
      id: id as Input['id'],
      ...{ number, channel, place, saidOn, language, words, consent, entry, dueOn, overdue, own, from },
      // A side would give away who is shown as nobody.
      side: from.group === null ? null : row.side,
      typedBy: row.typedBy === null || row.typedBy === row.fromId ? null : known(people, row.typedBy),
      thread: row.thread as Input['thread'],
      proposal: row.proposal as Input['proposal'],
      meeting: row.meeting as Input['meeting'],
      broughtAt: row.broughtAt.toISOString(),
      takenBackAt: row.takenBackAt?.toISOString() ?? null,
      links: (linked.get(id) ?? []).map((link) => linkOf(link, people)),
      answers: (answered.get(id) ?? []).map((answer) => answerOf(answer, people)),
      salt: saltOf(row.salt),
      moderation: row.held ? { ruling: rulingOf(row, people) } : null,
      may: {
        moderate: row.held && may(role, 'input.moderate'),
        answer: stands && may(role, 'input.answer'),
        link: stands && may(role, 'input.link'),
        takeBack: stands && own,
        forgetName: row.name !== null && (own || may(role, 'input.bring_for')),
        takeReceipt: own,
      },
    }
  })
}

const isSomebody = (id: string | null): id is string => id !== null

function rulingOf(
  { moderation }: InputRow,
  people: ReadonlyMap<string, Person>,
): NonNullable<Input['moderation']>['ruling'] {
  if (!moderation) return null
  const { verdict, reason, byId, at } = moderation
  return { verdict, reason, at, by: known(people, byId) }
}

function linkOf(row: LinkRow, people: ReadonlyMap<string, Person>): Input['links'][number] {
  const { number, documentId, commitment, title, field, versionId, version, quote, byId, entry, linkedAt } = row
  return {
    ...{
      number,
      field,
      quote,
      entry,
      by: byId === null ? null : known(people, byId),
      linkedAt: linkedAt.toISOString(),
    },
    document: { id: documentId, number: commitment, title },
    version: versionId === null || version === null ? null : { id: versionId, number: version },
    // Ids come from columns of ids.
  } as Input['links'][number]
}

function answerOf(row: AnswerRow, people: ReadonlyMap<string, Person>): Input['answers'][number] {
  const { number, outcome, reason, mergedInto, mergedNumber, documentId, versionId, version, byId, entry } = row
  return {
    ...{ number, outcome, reason, entry, by: known(people, byId), answeredAt: row.answeredAt.toISOString() },
    mergedInto: mergedInto === null ? null : { id: mergedInto, number: mergedNumber },
    version: versionId === null ? null : { id: versionId, number: version, documentId },
    salt: saltOf(row.salt),
    // Ids come from columns of ids, and foreign keys hold what they name.
  } as Input['answers'][number]
}

/** Accounts are suspended or erased and never deleted, so everybody is found. */
export function known(people: ReadonlyMap<string, Person>, userId: string): Person {
  const person = people.get(userId)
  if (!person) throw new Error(`there is no user ${userId}`)
  return person
}

/** A salt as it is told; null once nothing can be checked with it. */
function saltOf(salt: Uint8Array): string | null {
  return salt.length === 0 ? null : toHex(salt)
}
