import type { CommitmentState, GroupKind, PlanState, Sector } from '@cabildo/protocol/http/common'
import type { InputOutcome } from '@cabildo/protocol/http/inputs'
import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { Database } from '../db/types.ts'

/** A plan that is public. */
export interface PlanRow {
  id: string
  slug: string
  title: string
  place: string
  demo: boolean
  state: PlanState
}

/** Reads the public plan of this slug: one that is still being prepared is like none. */
export async function findPublicPlan(db: Kysely<Database>, slug: string): Promise<PlanRow | undefined> {
  const [row] = rowsOf(await plans(db).where('slug', '=', slug).execute())
  return row
}

/** Reads the public plans, by slug, at most `limit`. */
export async function findPublicPlans(db: Kysely<Database>, limit: number): Promise<PlanRow[]> {
  return rowsOf(await plans(db).orderBy('slug').limit(limit).execute())
}

/** A check in the database holds the column to these states. */
const rowsOf = (rows: readonly (Omit<PlanRow, 'state'> & { state: string })[]): PlanRow[] =>
  rows.map((row) => ({ ...row, state: row.state as PlanState }))

function plans(db: Kysely<Database>) {
  return db
    .selectFrom('plan')
    .where('state', '<>', 'planning')
    .select(['id', 'slug', 'title', 'place', 'demo', 'state'])
}

/** A public plan with the numbers of its commitments of which some text is public. */
export interface MappedRow {
  id: string
  slug: string
  commitments: number[]
}

/**
 * Reads what a map of the site tells of the public plans, by slug, at most `limit`. A commitment is public once it was in a
 * consultation, or once somebody decided on a request that was granted.
 */
export async function findMappedPlans(db: Kysely<Database>, limit: number): Promise<MappedRow[]> {
  const { rows } = await sql<MappedRow>`
    select p.id, p.slug, array(
      select c.number from commitment c
      where c.plan_id = p.id and (
        exists (select from commitment_step s where s.commitment_id = c.id and s.state = 'consultation')
        or exists (
          select from approval_request r join approval_decision d on d.request_id = r.id
          where r.document_id = c.document_id and r.state in ('approved', 'voided')))
      order by c.number) as commitments
    from plan p where p.state <> 'planning' order by p.slug limit ${limit}`.execute(db)
  return rows
}

/**
 * What says whether anything public of a plan may have changed: the last entry of its record that is neither typed text nor
 * said or proposed beside a text, how many changes there were of who takes part by which a name may go (counted: their ids need not
 * come in order), and how many of those who ever took part were erased, who may stand in it after they left. Undefined when the plan is not public.
 */
export async function findStamp(
  db: Kysely<Database>,
  slug: string,
): Promise<{ strict: string; whole: string } | undefined> {
  const { rows } = await sql<{ id: string; state: string; last: string[]; parted: string; erased: string }>`
    select p.id, p.state,
      (select array_agg(coalesce(last.seq, 0)::text order by place)
        from unnest(${[...taking, ...adding]}::text[]) with ordinality kinds (kind, place)
        left join lateral (
          select e.seq from record_entry e where e.plan_id = p.id and e.type = kind and e.type <> 'update-batch'
          order by e.seq desc limit 1) last on true) as last,
      (select count(*) from membership_event m where m.plan_id = p.id and m.kind <> all(${[...joining]}::text[]))::text as parted,
      (select count(*) from user_account u where u.erased_at is not null
        and exists (select from membership_event m where m.plan_id = p.id and m.user_id = u.id))::text as erased
    from plan p where p.slug = ${slug} and p.state <> 'planning'`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const { id, state, last, parted, erased } = row
  const strict = [id, erased, parted, ...last.slice(0, taking.length)].join(' ')
  return { strict, whole: [strict, state, ...last.slice(taking.length)].join(' ') }
}

/**
 * Kinds of entry that may change what is public; the others tell of drafts. The first may take something away: words, a name
 * that somebody shows no more, a letter, a photo.
 */
const taking = ['redaction', 'erasure', 'group', 'meeting', 'endorsement'] as const
const adding = [
  ...(['plan', 'state', 'approval', 'version', 'contribution', 'answer', 'dissent', 'workshop'] as const),
  ...(['progress', 'membership'] as const),
] as const
/**
 * Changes of who takes part by which nothing goes that anybody reads; by any other it may. A workshop brings a hundred of these
 * within minutes, and pages made under the last one may still be given.
 */
const joining = ['joined', 'recovered', 'muted', 'unmuted'] as const

/** A commitment of a plan, whatever its state. */
export interface CommitmentRow {
  id: string
  documentId: string
  number: number
  state: CommitmentState
  /** Of its document: raised when words are taken out of it. */
  epoch: number
}

/** Reads the commitments of a plan by number. */
export async function findCommitments(db: Kysely<Database>, planId: string): Promise<CommitmentRow[]> {
  const rows = await db
    .selectFrom('commitment')
    .innerJoin('document', 'document.id', 'commitment.documentId')
    .where('commitment.planId', '=', planId)
    .select(['commitment.id', 'commitment.documentId', 'commitment.number', 'commitment.state', 'document.epoch'])
    .orderBy('commitment.number')
    .execute()
  return rows.map((row) => ({ ...row, state: row.state as CommitmentState }))
}

/** A version with its text. */
export interface VersionRow {
  id: string
  number: number
  name: string | null
  seq: number
  contentHash: string
  content: string
}

/** Reads a version of a document. */
export function findVersion(db: Kysely<Database>, documentId: string, id: string): Promise<VersionRow | undefined> {
  return versions(db, documentId).where('id', '=', id).executeTakeFirst()
}

/** Reads the last version that was made of a row of a document's log. */
export function findVersionAt(db: Kysely<Database>, documentId: string, seq: number): Promise<VersionRow | undefined> {
  return versions(db, documentId).where('seq', '=', seq).orderBy('number', 'desc').limit(1).executeTakeFirst()
}

function versions(db: Kysely<Database>, documentId: string) {
  return db
    .selectFrom('version')
    .where('documentId', '=', documentId)
    .select(['id', 'number', 'name', 'seq', 'contentHash', 'content'])
}

/** Reads the last row of a document's log that was stored by a moment; 0 when there was none. */
export async function findSeqAt(db: Kysely<Database>, documentId: string, at: Date): Promise<number> {
  // The database knows the moment to a millionth of a second, and who asks to a thousandth.
  const { rows } = await sql<{ seq: number }>`
    select seq from document_update
    where document_id = ${documentId} and date_trunc('milliseconds', stored_at) <= ${at}
    order by seq desc limit 1`.execute(db)
  return rows[0]?.seq ?? 0
}

/** Reads the groups of a plan by name, without how to reach them. */
export async function findGroups(
  db: Kysely<Database>,
  planId: string,
): Promise<{ id: string; name: string; sector: Sector; kind: GroupKind; territory: string | null }[]> {
  const rows = await db
    .selectFrom('stakeholderGroup')
    .where('planId', '=', planId)
    .select(['id', 'name', 'sector', 'kind', 'territory'])
    .orderBy('name')
    .orderBy('id')
    .execute()
  // Checks in the database hold both columns to their values.
  return rows.map((row) => ({ ...row, sector: row.sector as Sector, kind: row.kind as GroupKind }))
}

/** A workshop that is over, with how many came. */
export interface WorkshopRow {
  id: string
  title: string
  place: string
  heldOn: string
  people: number
}

/** Reads the workshops of a plan that are over, oldest first. */
export async function findWorkshops(db: Kysely<Database>, planId: string): Promise<WorkshopRow[]> {
  const { rows } = await sql<WorkshopRow>`
    select w.id, w.title, w.place, to_char(w.held_on, 'YYYY-MM-DD') as held_on,
      (select count(*) from workshop_participant p
        where p.workshop_id = w.id and p.removed_at is null and p.merged_into is null)::int as people
    from workshop w
    where w.plan_id = ${planId} and (w.closed_at is not null or w.ends_at <= now())
    order by w.held_on, w.opened_at`.execute(db)
  return rows
}

/**
 * Inputs that anybody may read: of the public those that somebody ruled to show, and none that is about a text which is not public, by the thread or the proposal that it was.
 * `documents`: those whose text is public.
 */
function isShown(documents: readonly string[]): RawBuilder<unknown> {
  const among = sql`any(${[...documents]}::text[])`
  return sql`
    (not i.held or 'shown' = (
      select m.verdict from input_moderation m where m.input_id = i.id order by m.number desc limit 1))
    and (i.thread_id is null or exists (select from thread t where t.id = i.thread_id and t.document_id = ${among}))
    and (i.proposal_id is null or exists (select from proposal o where o.id = i.proposal_id and o.document_id = ${among}))`
}

/** Which inputs of a plan are asked for. */
export interface InputPage {
  planId: string
  /** Documents whose text is public. */
  documents: readonly string[]
  after: number
  limit: number
}

/** Reads the numbers of inputs that anybody may read, those after a number. */
export async function findShownInputs(
  db: Kysely<Database>,
  { planId, documents, after, limit }: InputPage,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select i.id from input i where i.plan_id = ${planId} and i.number > ${after} and ${isShown(documents)}
    order by i.number limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** How many inputs anybody may read, and how many of them were answered how; of the plan (`null`), and by document. */
export async function countShownInputs(
  db: Kysely<Database>,
  { planId, documents }: Pick<InputPage, 'planId' | 'documents'>,
): Promise<{ documentId: string | null; outcome: InputOutcome | null; count: number }[]> {
  const { rows } = await sql<{ documentId: string | null; outcome: InputOutcome | null; count: number }>`
    with shown as materialized (
      select i.id,
        (select outcome from input_answer a where a.input_id = i.id order by a.number desc limit 1) as outcome
      from input i where i.plan_id = ${planId} and i.taken_back_at is null and ${isShown(documents)}
    )
    select null as document_id, outcome, count(*)::int as count from shown group by outcome
    union all
    select l.document_id, outcome, count(distinct shown.id)::int
    from shown join input_link l on l.input_id = shown.id and l.removed_at is null
    where l.document_id = any(${[...documents]}::text[]) group by l.document_id, outcome`.execute(db)
  return rows
}
