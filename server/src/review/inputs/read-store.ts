/** What is read of inputs. */
import type { InputOutcome } from '@cabildo/protocol/http/inputs'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import { lastRuling, stands } from '../../db/standing-input.ts'
import { textNumber } from '../../db/text-number.ts'
import type { Database } from '../../db/types.ts'
import { townZone } from '../../town-time.ts'
import type { AnswerRow, InputQuery, InputRow, LinkRow, PassageRow } from './rules.ts'

const isAnswered = sql`exists (select from input_answer a where a.input_id = i.id)`
const zone = sql.lit(townZone)
const dueOn = sql`(i.brought_at at time zone ${zone})::date + plan.answer_days`
const isOverdue = sql`(not ${isAnswered} and ${stands} and ${dueOn} < (now() at time zone ${zone})::date)`

/** Reads inputs of a plan by number: those after `after`, at most `limit`; or the one named, or those. */
export async function findInputs(
  db: Kysely<Database>,
  planId: string,
  query: InputQuery & { id?: string; ids?: readonly string[]; after?: number | undefined; limit?: number },
): Promise<InputRow[]> {
  const { rows } = await sql<InputRow>`
    select i.id, i.plan_id, i.number, i.channel, i.place, i.said_on::text as said_on, i.language, i.words, i.salt,
      i.typed_by, i.from_id, i.group_id, i.side, i.consent, i.entry, i.brought_at, i.taken_back_at,
      case when t.id is not null then
        json_build_object('id', t.id, 'documentId', t.document_id, 'number', t.number) end as thread,
      case when o.id is not null then
        json_build_object('id', o.id, 'documentId', o.document_id, 'number', o.number) end as proposal,
      case when m.id is not null then
        json_build_object('id', m.id, 'number', m.number, 'title', m.title) end as meeting,
      i.display, i.held, p.name, (
        select json_build_object('verdict', m.verdict, 'reason', m.reason, 'byId', m.by_id,
          'at', to_char(m.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
        from input_moderation m where m.input_id = i.id order by m.number desc limit 1) as moderation, (${dueOn})::text as due_on, ${isOverdue} as overdue
    from input i
    join plan on plan.id = i.plan_id
    left join thread t on t.id = i.thread_id
    left join proposal o on o.id = i.proposal_id
    left join meeting m on m.id = i.meeting_id
    left join input_person p on p.input_id = i.id
    where i.plan_id = ${planId} and ${all(conditions(query))}
    order by i.number limit ${query.limit ?? query.ids?.length ?? 1}`.execute(db)
  return rows
}

const all = (parts: readonly RawBuilder<unknown>[]) => sql.join([sql`true`, ...parts], sql` and `)

type Conditions = InputQuery & { id?: string; ids?: readonly string[]; after?: number | undefined }

function conditions(query: Conditions): RawBuilder<unknown>[] {
  const { state, outcome, channel, documentId, field, meetingId, ownOf, id, ids, after } = query
  const last = sql`(select outcome from input_answer a where a.input_id = i.id order by a.number desc limit 1)`
  const parts: RawBuilder<unknown>[] = []
  if (id !== undefined) parts.push(sql`i.id = ${id}`)
  if (ids !== undefined) parts.push(sql`i.id = any(${[...ids]}::text[])`)
  if (after !== undefined) parts.push(sql`i.number > ${after}`)
  if (state === 'unanswered') parts.push(sql`not ${isAnswered} and ${stands}`)
  if (state === 'held') parts.push(sql`i.held and ${lastRuling} is null`)
  if (state === 'answered') parts.push(isAnswered)
  if (state === 'overdue') parts.push(isOverdue)
  if (outcome !== undefined) parts.push(sql`${last} = ${outcome}`)
  if (channel !== undefined) parts.push(sql`i.channel = ${channel}`)
  if (ownOf !== undefined) parts.push(sql`${ownOf} in (i.typed_by, i.from_id)`)
  if (meetingId !== undefined) parts.push(sql`i.meeting_id = ${meetingId}`)
  if (documentId !== undefined || field !== undefined)
    parts.push(sql`exists (
      select from input_link l where l.input_id = i.id and l.removed_at is null
        and l.document_id = coalesce(${documentId ?? null}, l.document_id)
        and l.field is not distinct from coalesce(${field ?? null}, l.field))`)
  return parts
}

/** Reads the links of inputs that stand, in the order in which they were made. */
export async function findLinks(db: Kysely<Database>, inputIds: readonly string[]): Promise<LinkRow[]> {
  const { rows } = await sql<LinkRow>`
    select l.input_id, l.number, l.document_id, ${textNumber(sql.ref('l.document_id'))} as commitment, d.title, l.field, l.version_id,
      v.number as version, l.origins, l.quote, l.by_id, l.entry, l.linked_at
    from input_link l
    join document d on d.id = l.document_id
    left join version v on v.id = l.version_id
    where l.input_id = any(${[...inputIds]}::text[]) and l.removed_at is null
    order by l.number`.execute(db)
  return rows
}

/** Which passages are asked for: of one input, or a page of those of a document, by the entries that tell of them. */
export type WantedPassages =
  | { inputId: string }
  | { documentId: string; after: number | undefined; limit: number; ownOf: string | undefined }

/** Reads words that inputs brought about, in the order in which they were linked. */
export async function findPassages(
  db: Kysely<Database>,
  planId: string,
  wanted: WantedPassages,
): Promise<PassageRow[]> {
  const [which, limit] =
    'inputId' in wanted
      ? [sql`l.input_id = ${wanted.inputId}`, sql`all`]
      : [
          sql`l.document_id = ${wanted.documentId} and l.entry > ${wanted.after ?? 0} and exists (
            select from input i where i.id = l.input_id
              and coalesce(${wanted.ownOf ?? null} in (i.typed_by, i.from_id), ${wanted.ownOf === undefined}))`,
          sql`${wanted.limit}`,
        ]
  const { rows } = await sql<PassageRow>`
    select l.input_id, l.number as link, l.made, l.document_id, ${textNumber(sql.ref('l.document_id'))} as commitment, d.title, l.field, l.origins,
      l.quote, l.by_id, l.entry, l.linked_at
    from input_link l
    join document d on d.id = l.document_id
    where l.plan_id = ${planId} and l.removed_at is null and l.origins is not null and ${which}
    order by l.entry, l.number limit ${limit}`.execute(db)
  return rows
}

/** Reads the answers to inputs, oldest first. */
export async function findAnswers(db: Kysely<Database>, inputIds: readonly string[]): Promise<AnswerRow[]> {
  const { rows } = await sql<AnswerRow>`
    select a.input_id, a.number, a.outcome, a.reason, a.salt, a.merged_into, m.number as merged_number, a.document_id,
      a.version_id, v.number as version, a.by_id, a.entry, a.answered_at
    from input_answer a
    left join input m on m.id = a.merged_into
    left join version v on v.id = a.version_id
    where a.input_id = any(${[...inputIds]}::text[])
    order by a.number`.execute(db)
  return rows
}

/** An input's words, and its number in its plan. */
interface SaidRow {
  id: string
  number: number
  words: string
}

/** Reads the words of a plan's inputs after a number, at most so many, without those taken back. */
export function findWordsAbove(db: Kysely<Database>, planId: string, above: number, limit: number): Promise<SaidRow[]> {
  return selectWords(db, planId).where('number', '>', above).orderBy('number').limit(limit).execute()
}

/** Reads the words of some inputs of a plan, without those taken back. */
export async function findWordsOf(db: Kysely<Database>, planId: string, ids: readonly string[]): Promise<SaidRow[]> {
  if (ids.length === 0) return []
  return selectWords(db, planId)
    .where(sql<boolean>`id = any(${[...ids]}::text[])`)
    .execute()
}

const selectWords = (db: Kysely<Database>, planId: string) =>
  db.selectFrom('input').select(['id', 'number', 'words']).where('planId', '=', planId).where('takenBackAt', 'is', null)

/** Whether a commitment's document is one of the plan. */
export async function isDocumentOf(db: Kysely<Database>, planId: string, documentId: string): Promise<boolean> {
  const row = await db
    .selectFrom('commitment')
    .select('id')
    .where('planId', '=', planId)
    .where('documentId', '=', documentId)
    .executeTakeFirst()
  return row !== undefined
}

/** Reads the number of a meeting; undefined when the plan has none such. */
export async function findMeetingNumber(
  db: Kysely<Database>,
  planId: string,
  meetingId: string,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('meeting')
    .select('number')
    .where('planId', '=', planId)
    .where('id', '=', meetingId)
    .executeTakeFirst()
  return row?.number
}

/** Reads the number of a version of a document; undefined when it has none such. */
export async function findVersionNumber(
  db: Kysely<Database>,
  documentId: string,
  versionId: string,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('version')
    .select('number')
    .where('documentId', '=', documentId)
    .where('id', '=', versionId)
    .executeTakeFirst()
  return row?.number
}

/** Counts of inputs. */
export interface Counts {
  total: number
  answered: number
  overdue: number
}

/** Counts the inputs of a plan that were not taken back. */
export async function countInputs(db: Kysely<Database>, planId: string): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select count(*)::int as total, (count(*) filter (where ${isAnswered}))::int as answered,
      (count(*) filter (where ${isOverdue}))::int as overdue
    from input i join plan on plan.id = i.plan_id where i.plan_id = ${planId} and ${stands}`.execute(db)
  return rows[0] ?? { total: 0, answered: 0, overdue: 0 }
}

/** Counts the outcomes in force. */
export async function countOutcomes(
  db: Kysely<Database>,
  planId: string,
): Promise<{ outcome: InputOutcome; count: number }[]> {
  const { rows } = await sql<{ outcome: InputOutcome; count: number }>`
    select outcome, count(*)::int as count from (
      select distinct on (a.input_id) a.outcome from input_answer a join input i on i.id = a.input_id
      where i.plan_id = ${planId} and ${stands} order by a.input_id, a.number desc
    ) last group by outcome`.execute(db)
  return rows
}

/** Counts the inputs linked to each commitment of a plan, also where there are none. */
export async function countByCommitment(
  db: Kysely<Database>,
  planId: string,
): Promise<(Counts & { documentId: string; number: number; title: string })[]> {
  const { rows } = await sql<Counts & { documentId: string; number: number; title: string }>`
    select c.document_id, c.number, d.title, count(i.id)::int as total,
      (count(*) filter (where i.id is not null and ${isAnswered}))::int as answered,
      (count(*) filter (where i.id is not null and ${isOverdue}))::int as overdue
    from commitment c
    join plan on plan.id = c.plan_id
    join document d on d.id = c.document_id
    left join (select distinct document_id, input_id from input_link where removed_at is null) l
      on l.document_id = c.document_id
    left join input i on i.id = l.input_id and ${stands}
    where c.plan_id = ${planId} group by c.document_id, c.number, d.title order by c.number`.execute(db)
  return rows
}

/** Reads what a plan promises about answers. */
export async function findPromise(
  db: Kysely<Database>,
  planId: string,
): Promise<{ answeredShare: number; answerDays: number }> {
  return db
    .selectFrom('plan')
    .select(['answeredShare', 'answerDays'])
    .where('id', '=', planId)
    .executeTakeFirstOrThrow()
}

/** Reads what a plan is called, and where it is. */
export function findPlanName(db: Kysely<Database>, planId: string): Promise<{ title: string; place: string }> {
  return db.selectFrom('plan').select(['title', 'place']).where('id', '=', planId).executeTakeFirstOrThrow()
}

/** Whether a guest may say something in their workshop: they take part in it, and nobody muted them. */
export async function maySpeak(db: Kysely<Database>, workshopId: string, userId: string): Promise<boolean> {
  const { rows } = await sql`
    select from workshop_participant
    where workshop_id = ${workshopId} and user_id = ${userId} and muted_at is null and removed_at is null`.execute(db)
  return rows.length > 0
}
