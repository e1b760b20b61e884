/** What is stored of proposals. */
import type { TextSpan } from '@cabildo/protocol/http/threads'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { AcceptingRow, HunkRow, ProposalRow, StepRow } from './rules.ts'

/** Holds a proposal until `trx` ends; false when the document has none of this id. */
export async function holdProposal(trx: Transaction<Database>, documentId: string, id: string): Promise<boolean> {
  const { rows } = await sql`
    select from proposal where id = ${id} and document_id = ${documentId} for no key update`.execute(trx)
  return rows.length > 0
}

/** Reads the proposal that its author sent with this key before. */
export function findSent(
  db: Kysely<Database>,
  authorId: string,
  key: string,
): Promise<{ id: string; documentId: string } | undefined> {
  return db
    .selectFrom('proposal')
    .select(['id', 'documentId'])
    .where('authorId', '=', authorId)
    .where('key', '=', key)
    .executeTakeFirst()
}

/** A page of proposals: those after a number, at most so many. */
export interface ProposalPage {
  after: number | undefined
  limit: number
}

/** Reads a page of the proposals for a document, by number. */
export function findProposals(
  db: Kysely<Database>,
  documentId: string,
  { after = 0, limit }: ProposalPage,
): Promise<ProposalRow[]> {
  return selectProposals(db, documentId).where('number', '>', after).orderBy('number').limit(limit).execute()
}

/** Reads one proposal for a document. */
export function findProposal(db: Kysely<Database>, documentId: string, id: string): Promise<ProposalRow | undefined> {
  return selectProposals(db, documentId).where('id', '=', id).executeTakeFirst()
}

/** Reads the numbers of proposals by their ids. */
export async function findNumbers(db: Kysely<Database>, ids: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ id: string; number: number }>`
    select id, number from proposal where id = any(${[...ids]}::text[])`.execute(db)
  return new Map(rows.map(({ id, number }) => [id, number]))
}

/** Reads what is still open of what people proposed, with the numbers of the open hunks; a plan's stand together. */
export async function findOpenOf(
  trx: Transaction<Database>,
  userIds: readonly string[],
): Promise<{ id: string; number: number; authorId: string; planId: string; documentId: string; hunks: number[] }[]> {
  const { rows } = await sql<{
    id: string
    number: number
    authorId: string
    planId: string
    documentId: string
    hunks: number[]
  }>`
    select p.id, p.number, p.author_id, p.plan_id, p.document_id, array_agg(h.number order by h.number) as hunks
    from proposal p join proposal_hunk h on h.proposal_id = p.id and h.state = 'open'
    where p.author_id = any(${[...userIds]}::text[])
    group by p.id order by p.plan_id, p.id`.execute(trx)
  return rows
}

function selectProposals(db: Kysely<Database>, documentId: string) {
  return db
    .selectFrom('proposal')
    .select([
      'id',
      'number',
      'revises',
      'authorId',
      'groupId',
      'note',
      'salt',
      'entry',
      'baseSeq',
      'madeAt',
      'changedAt',
    ])
    .where('documentId', '=', documentId)
}

/** Reads the hunks of proposals, by number. */
export async function findHunks(db: Kysely<Database>, proposalIds: readonly string[]): Promise<HunkRow[]> {
  const rows = await db
    .selectFrom('proposalHunk')
    .selectAll()
    .where(sql<boolean>`proposal_id = any(${[...proposalIds]}::text[])`)
    .orderBy('number')
    .execute()
  // Checks in the database hold these columns to their values.
  return rows.map(({ kind, target, state, origins, ...row }) => ({
    ...row,
    kind: kind as HunkRow['kind'],
    target: target as HunkRow['target'],
    state: state as HunkRow['state'],
    origins: origins as unknown as TextSpan[] | null,
  }))
}

/** Reads the steps of proposals, oldest first. */
export async function findSteps(db: Kysely<Database>, proposalIds: readonly string[]): Promise<StepRow[]> {
  const rows = await db
    .selectFrom('proposalStep')
    .select(['proposalId', 'step', 'hunks', 'reason', 'salt', 'byId', 'seq', 'at', 'entry'])
    .where(sql<boolean>`proposal_id = any(${[...proposalIds]}::text[])`)
    .orderBy('number')
    .execute()
  return rows.map(({ step, hunks, ...row }) => ({
    ...row,
    step: step as StepRow['step'],
    hunks: hunks as unknown as number[],
  }))
}

/** The number of the next proposal for a document, whose numbers must be held. */
export async function nextNumber(trx: Transaction<Database>, documentId: string): Promise<number> {
  const { last } = await trx
    .selectFrom('proposal')
    .select(({ fn }) => fn.coalesce(fn.max('number'), sql.lit(0)).as('last'))
    .where('documentId', '=', documentId)
    .executeTakeFirstOrThrow()
  return last + 1
}

/** Stores a proposal with its hunks, all open. */
export async function insertProposal(
  trx: Transaction<Database>,
  proposal: Omit<ProposalRow, 'madeAt' | 'changedAt'> & { planId: string; documentId: string; key: string },
  hunks: readonly Omit<HunkRow, 'proposalId' | 'blank' | 'state'>[],
): Promise<void> {
  await trx
    .insertInto('proposal')
    .values({ ...proposal, salt: Buffer.from(proposal.salt) })
    .execute()
  const rows = hunks.map(({ origins, ...hunk }) => ({
    ...hunk,
    proposalId: proposal.id,
    origins: origins && JSON.stringify(origins),
  }))
  await trx.insertInto('proposalHunk').values(rows).execute()
}

/** Says what became of hunks of a proposal that is held, and by which step. */
export async function insertStep(
  trx: Transaction<Database>,
  state: Exclude<HunkRow['state'], 'open'>,
  { proposalId, step, hunks, reason, salt, byId, seq, entry }: Omit<StepRow, 'at'>,
): Promise<void> {
  await sql`
    insert into proposal_step (proposal_id, number, step, hunks, reason, salt, by_id, seq, entry)
    select ${proposalId}, coalesce(max(number), 0) + 1, ${step}, ${JSON.stringify(hunks)}::jsonb, ${reason},
      ${Buffer.from(salt)}, ${byId}, ${seq}, ${entry}
    from proposal_step where proposal_id = ${proposalId}`.execute(trx)
  await sql`
    update proposal_hunk set state = ${state}
    where proposal_id = ${proposalId} and number = any(${hunks}::int[])`.execute(trx)
  await sql`update proposal set changed_at = clock_timestamp() where id = ${proposalId}`.execute(trx)
}

/** Notes that an edit goes on its way into the log. */
export async function insertAccepting(
  trx: Transaction<Database>,
  documentId: string,
  { hunks, ...accepting }: AcceptingRow,
): Promise<void> {
  await trx
    .insertInto('proposalAccepting')
    .values({ ...accepting, documentId, hunks: JSON.stringify(hunks) })
    .execute()
}

/** Reads which edits of a document are on their way, or were when the process died. */
export async function findAccepting(db: Kysely<Database>, documentId: string): Promise<AcceptingRow[]> {
  const rows = await db
    .selectFrom('proposalAccepting')
    .select(['proposalId', 'clientId', 'hunks', 'reason', 'byId'])
    .where('documentId', '=', documentId)
    .execute()
  return rows.map(({ hunks, ...row }) => ({ ...row, hunks: hunks as unknown as number[] }))
}

/** Takes such a note away. */
export async function deleteAccepting(trx: Transaction<Database>, proposalId: string): Promise<void> {
  await trx.deleteFrom('proposalAccepting').where('proposalId', '=', proposalId).execute()
}

/** Reads the row of the log that first came under a client id; undefined when none did. */
export async function findFirstRow(
  db: Kysely<Database>,
  documentId: string,
  clientId: number,
): Promise<number | undefined> {
  const row = await db
    .selectFrom('documentClient')
    .select('firstSeq')
    .where('documentId', '=', documentId)
    .where('clientId', '=', clientId)
    .executeTakeFirst()
  return row?.firstSeq
}

/** Reads the client id under which the proposal's edit came that is this row of the log; undefined when it was no such edit. */
export async function findClientOfRow(
  db: Kysely<Database>,
  documentId: string,
  row: number,
): Promise<number | undefined> {
  const client = await db
    .selectFrom('documentClient')
    .select('clientId')
    .where('documentId', '=', documentId)
    .where('firstSeq', '=', row)
    .where('via', '=', 'proposal')
    .executeTakeFirst()
  return client?.clientId
}

/**
 * Leaves of what somebody proposed that they did: notes, words and what hides them in the record go. Of what they decided,
 * the reasons go.
 */
export async function blankProposalsOf(trx: Transaction<Database>, userId: string): Promise<void> {
  const theirs = sql`in (select id from proposal where author_id = ${userId})`
  await sql`
    update proposal_hunk set before = 'null', after = 'null', blank = true where proposal_id ${theirs}`.execute(trx)
  await sql`update proposal set note = '', salt = '', changed_at = clock_timestamp() where author_id = ${userId}`.execute(
    trx,
  )
  await sql`update proposal_step set reason = '', salt = '' where by_id = ${userId}`.execute(trx)
  await sql`update proposal_accepting set reason = '' where by_id = ${userId}`.execute(trx)
}

/** How many proposals of one person still have something to be decided on. */
export async function countOpen(trx: Transaction<Database>, documentId: string, authorId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from proposal p
    where p.document_id = ${documentId} and p.author_id = ${authorId}
      and exists (select from proposal_hunk h where h.proposal_id = p.id and h.state = 'open')`.execute(trx)
  return rows[0]?.count ?? 0
}
