/** What is written of inputs. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
import { townZone } from '../../town-time.ts'
import type { AnswerRow, InputRow, Passage } from './rules.ts'

/** Holds inputs of a plan until `trx` ends, in the order of their ids; answers which of them there are. */
export async function holdInputs(
  trx: Transaction<Database>,
  planId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`
    select id from input where plan_id = ${planId} and id = any(${[...ids]}::text[])
    order by id for no key update`.execute(trx)
  return new Set(rows.map(({ id }) => id))
}

/** What an earlier try with a key stored, as it stands now. */
export interface SentInput
  extends Pick<InputRow, 'id' | 'planId' | 'number' | 'entry' | 'words' | 'channel' | 'place' | 'language' | 'name'> {
  saidOn: string
}

/** Reads which of these keys of somebody were used before, and for what. */
export async function findSent(
  db: Kysely<Database>,
  typedBy: string,
  keys: readonly string[],
): Promise<Map<string, SentInput>> {
  const { rows } = await sql<SentInput & { key: string }>`
    select i.key, i.id, i.plan_id, i.number, i.entry, i.words, i.channel, i.place, i.language, p.name,
      to_char(i.said_on, 'YYYY-MM-DD') as said_on
    from input i left join input_person p on p.input_id = i.id
    where i.typed_by = ${typedBy} and i.key = any(${[...keys]}::text[])`.execute(db)
  return new Map(rows.map(({ key, ...row }) => [key, row]))
}

/** Reads the input that a thread became. */
export function findOfThread(db: Kysely<Database>, threadId: string): Promise<{ id: string } | undefined> {
  return db.selectFrom('input').select('id').where('threadId', '=', threadId).executeTakeFirst()
}

/** Reads the input that a proposal became. */
export function findOfProposal(db: Kysely<Database>, proposalId: string): Promise<{ id: string } | undefined> {
  return db.selectFrom('input').select('id').where('proposalId', '=', proposalId).executeTakeFirst()
}

/** The number of the last input of a plan, whose numbers must be held; 0 for none. */
export async function findLastNumber(trx: Transaction<Database>, planId: string): Promise<number> {
  const { last } = await trx
    .selectFrom('input')
    .select(({ fn }) => fn.coalesce(fn.max('number'), sql.lit(0)).as('last'))
    .where('planId', '=', planId)
    .executeTakeFirstOrThrow()
  return last
}

/** What is stored of a new input. */
export interface NewInputRow
  extends Pick<
    InputRow,
    'id' | 'planId' | 'number' | 'channel' | 'place' | 'language' | 'words' | 'salt' | 'typedBy' | 'fromId' | 'groupId'
  > {
  key: string
  /** The town's today when undefined. */
  saidOn: string | undefined
  side: string | null
  role: string
  consent: boolean
  display: string
  threadId: string | null
  proposalId: string | null
  meetingId: string | null
  /** Nobody but the plan's people reads it until it is shown. */
  held?: boolean
  entry: number
}

/** Stores an input, and the name of somebody without an account in a row of its own. */
export async function insertInput(
  trx: Transaction<Database>,
  { saidOn, salt, ...row }: NewInputRow,
  name: string | undefined,
): Promise<void> {
  await trx
    .insertInto('input')
    .values({
      ...row,
      salt: Buffer.from(salt),
      saidOn: sql<Date>`coalesce(${saidOn ?? null}::date, (now() at time zone ${sql.lit(townZone)})::date)`,
    })
    .execute()
  if (name !== undefined) await trx.insertInto('inputPerson').values({ inputId: row.id, name }).execute()
}

/** Links an input to a commitment, or to words of it. */
export async function insertLink(
  trx: Transaction<Database>,
  link: {
    inputId: string
    number: number
    planId: string
    documentId: string
    field: string | null
    versionId: string | null
    byId: string | null
    entry: number
  },
  { passage, made = 'hand' }: { passage?: Passage | undefined; made?: 'hand' | 'proposal' } = {},
): Promise<void> {
  const words = passage && { origins: JSON.stringify(passage.origins), quote: passage.quote, seq: passage.seq }
  await trx
    .insertInto('inputLink')
    .values({ ...link, ...words, made })
    .execute()
}

/** Takes a link away; that there was one stays. */
export async function removeLink(trx: Transaction<Database>, inputId: string, number: number): Promise<void> {
  await trx
    .updateTable('inputLink')
    .set({ removedAt: sql<Date>`clock_timestamp()` })
    .where('inputId', '=', inputId)
    .where('number', '=', number)
    .execute()
}

/** Counts the links of an input, those taken away too. */
export async function countLinks(trx: Transaction<Database>, inputId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('inputLink')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('inputId', '=', inputId)
    .executeTakeFirstOrThrow()
  return count
}

/** Stores an answer. */
export async function insertAnswer(
  trx: Transaction<Database>,
  {
    salt,
    ...answer
  }: Omit<AnswerRow, 'answeredAt' | 'mergedNumber' | 'version'> & { planId: string; salt: Uint8Array },
): Promise<void> {
  await trx
    .insertInto('inputAnswer')
    .values({ ...answer, salt: Buffer.from(salt) })
    .execute()
}

/** Leaves of inputs that there were such: their words go, what hides them in the record, places, names, and what is
 * kept beside them. */
export async function blankInputs(trx: Transaction<Database>, ids: readonly string[]): Promise<void> {
  const among = sql`any(${[...ids]}::text[])`
  await sql`delete from input_person where input_id = ${among}`.execute(trx)
  await sql`delete from input_attachment_file where input_id = ${among}`.execute(trx)
  await sql`
    update input_attachment set salt = '', removed_at = coalesce(removed_at, clock_timestamp())
    where input_id = ${among}`.execute(trx)
  await sql`
    update input set words = '', salt = '', place = null, taken_back_at = coalesce(taken_back_at, clock_timestamp())
    where id = ${among}`.execute(trx)
}

/** Deletes the name of somebody without an account. */
export async function deleteName(trx: Transaction<Database>, inputId: string): Promise<void> {
  await trx.deleteFrom('inputPerson').where('inputId', '=', inputId).execute()
}

/** Blanks what people brought who are being erased: it was answered, so that there was something stays. */
export async function blankWordsOf(trx: Transaction<Database>, userIds: readonly string[]): Promise<void> {
  const { rows } = await sql<{ id: string }>`
    select id from input where from_id = any(${[...userIds]}::text[]) order by id for no key update`.execute(trx)
  if (rows.length === 0) return
  await blankInputs(
    trx,
    rows.map(({ id }) => id),
  )
}

/** Writes what a plan promises about answers. */
export async function updatePromise(
  trx: Transaction<Database>,
  planId: string,
  promise: { answeredShare: number; answerDays: number },
): Promise<void> {
  await trx.updateTable('plan').set(promise).where('id', '=', planId).execute()
}
