import type { FreshProof, Party, RequestState, Verdict } from '@cabildo/protocol/http/approvals'
import type { CommitmentState, Role, Sector } from '@cabildo/protocol/http/common'
import type { Act } from '@cabildo/protocol/lifecycle'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../db/types.ts'
import type { ClauseRow, CommitmentRow, Decider, DecisionRow, RequestRow, StepRow } from './rules.ts'

/** Reads the commitment of a document; undefined when there is none. */
export async function findCommitment(db: Kysely<Database>, documentId: string): Promise<CommitmentRow | undefined> {
  const row = await db
    .selectFrom('commitment')
    .innerJoin('document', 'document.id', 'commitment.documentId')
    .where('commitment.documentId', '=', documentId)
    .select(['commitment.id', 'commitment.planId', 'commitment.documentId', 'commitment.number', 'commitment.state'])
    .select('document.title')
    .executeTakeFirst()
  // A check in the database holds the column to its values.
  return row && { ...row, state: row.state as CommitmentState }
}

/**
 * Holds the commitments of documents of a plan, in the order of their ids: all that happens to one's life happens one by
 * one. Documents of other plans are passed over.
 */
export async function holdCommitments(
  trx: Transaction<Database>,
  planId: string,
  documentIds: readonly string[],
): Promise<void> {
  await sql`
    select from commitment where plan_id = ${planId} and document_id = any(${[...documentIds]}::text[])
    order by id for no key update`.execute(trx)
}

/** Holds a document's row, as edits and redactions do, and reads where its log ends and under which epoch. */
export async function holdDocument(
  trx: Transaction<Database>,
  documentId: string,
): Promise<{ headSeq: number; epoch: number; status: string } | undefined> {
  return trx
    .selectFrom('document')
    .where('id', '=', documentId)
    .select(['headSeq', 'epoch', 'status'])
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** Opens or freezes a document whose row is held. What stays as it is rings no bell. */
export async function setStatus(
  trx: Transaction<Database>,
  documentId: string,
  status: 'open' | 'frozen',
): Promise<void> {
  await trx.updateTable('document').set({ status }).where('id', '=', documentId).where('status', '<>', status).execute()
}

/** Moves a commitment that is held, and keeps the act under its next number. */
export async function insertStep(
  trx: Transaction<Database>,
  { id, planId }: Pick<CommitmentRow, 'id' | 'planId'>,
  step: {
    act: Act
    was: CommitmentState
    state: CommitmentState
    reason: string | null
    salt: Uint8Array | null
    intoId: string | null
    closesAt: Date | null
    byId: string | null
    entry: number
  },
): Promise<void> {
  const { last } = await trx
    .selectFrom('commitmentStep')
    .where('commitmentId', '=', id)
    .select(({ fn }) => fn.max('number').as('last'))
    .executeTakeFirstOrThrow()
  const salt = step.salt && Buffer.from(step.salt)
  await trx
    .insertInto('commitmentStep')
    .values({ ...step, salt, commitmentId: id, planId, number: (last ?? 0) + 1 })
    .execute()
  await trx.updateTable('commitment').set({ state: step.state }).where('id', '=', id).execute()
}

/** Reads what happened to a commitment, oldest first. */
export async function findSteps(db: Kysely<Database>, commitmentId: string): Promise<StepRow[]> {
  const rows = await db
    .selectFrom('commitmentStep as s')
    .leftJoin('commitment as c', 'c.id', 's.intoId')
    .leftJoin('document as d', 'd.id', 'c.documentId')
    .where('s.commitmentId', '=', commitmentId)
    .select(['s.number', 's.act', 's.was', 's.state', 's.reason', 's.salt', 's.closesAt', 's.byId', 's.entry', 's.at'])
    .select(['c.documentId as intoDocumentId', 'c.number as intoNumber', 'd.title as intoTitle'])
    .orderBy('s.number')
    .execute()
  // Written by `insertStep` alone, from the table of acts.
  return rows.map((row) => ({
    ...row,
    act: row.act as Act,
    was: row.was as CommitmentState,
    state: row.state as CommitmentState,
  }))
}

/** Reads a version of a document without its text. */
export function findVersion(
  db: Kysely<Database>,
  documentId: string,
  versionId: string,
): Promise<{ id: string; number: number; contentHash: string } | undefined> {
  return db
    .selectFrom('version')
    .where('documentId', '=', documentId)
    .where('id', '=', versionId)
    .select(['id', 'number', 'contentHash'])
    .executeTakeFirst()
}

/** Reads the live members of a plan who have one of these roles, with the sector of their group. */
export async function findDeciding(
  db: Kysely<Database>,
  planId: string,
  roles: readonly Role[],
): Promise<{ userId: string; role: Role; sector: Sector | null }[]> {
  const rows = await db
    .selectFrom('member')
    .innerJoin('userAccount', 'userAccount.id', 'member.userId')
    .leftJoin('stakeholderGroup', 'stakeholderGroup.id', 'member.groupId')
    .where('member.planId', '=', planId)
    .where('member.role', 'in', roles)
    .where('member.suspendedAt', 'is', null)
    .where('userAccount.suspendedAt', 'is', null)
    .where('userAccount.erasedAt', 'is', null)
    .select(['member.userId', 'member.role', 'stakeholderGroup.sector'])
    .orderBy('member.userId')
    .execute()
  // Checks in the database hold both columns to their values.
  return rows.map((row) => ({ ...row, role: row.role as Role, sector: row.sector as Sector | null }))
}

/** Stores a request under the document's next number, which is the number answered, with whom it asks. */
export async function insertRequest(
  trx: Transaction<Database>,
  request: {
    id: string
    number: number
    planId: string
    documentId: string
    versionId: string
    contentHash: string
    headSeq: number
    note: string
    salt: Uint8Array | null
    requestedBy: string
    entry: number
  },
  deciders: readonly Decider[],
): Promise<void> {
  const salt = request.salt && Buffer.from(request.salt)
  await trx
    .insertInto('approvalRequest')
    .values({ ...request, salt })
    .execute()
  await trx
    .insertInto('approvalDecider')
    .values(deciders.map((decider) => ({ ...decider, requestId: request.id })))
    .execute()
}

/** Stores the clauses that a request puts up. */
export async function insertClauses(
  trx: Transaction<Database>,
  requestId: string,
  clauses: readonly ClauseRow[],
): Promise<void> {
  await trx
    .insertInto('approvalClause')
    .values(clauses.map((clause) => ({ ...clause, requestId })))
    .execute()
}

/** Reads the clauses that requests put up, in the order of their names. */
async function findClauses(
  db: Kysely<Database>,
  requestIds: readonly string[],
): Promise<Map<string, (ClauseRow & { requestId: string })[]>> {
  const rows = await db
    .selectFrom('approvalClause')
    .where('requestId', 'in', requestIds)
    .select(['requestId', 'clause', 'hash', 'approvedBy'])
    .orderBy('clause')
    .execute()
  return Map.groupBy(rows, ({ requestId }) => requestId)
}

/** Reads the commitments of a plan with an open request that asks somebody, by number. */
export function findAskedOf(
  db: Kysely<Database>,
  planId: string,
  userId: string,
): Promise<{ documentId: string; number: number }[]> {
  return db
    .selectFrom('approvalRequest as r')
    .innerJoin('approvalDecider as a', 'a.requestId', 'r.id')
    .innerJoin('commitment as c', 'c.documentId', 'r.documentId')
    .where('r.planId', '=', planId)
    .where('r.state', '=', 'open')
    .where('a.userId', '=', userId)
    .select(['c.documentId', 'c.number'])
    .orderBy('c.number')
    .execute()
}

/** Reads the requests for a document, newest first, with what was decided. */
export async function findRequests(db: Kysely<Database>, documentId: string): Promise<RequestRow[]> {
  const requests = await db
    .selectFrom('approvalRequest as r')
    .innerJoin('version as v', 'v.id', 'r.versionId')
    .where('r.documentId', '=', documentId)
    .select(['r.id', 'r.number', 'r.versionId', 'v.number as versionNumber', 'v.name as versionName', 'r.headSeq'])
    .select('v.contentHash as versionHash')
    .select(['r.endedBy', 'r.endReason', 'r.endSalt'])
    .select(['r.contentHash', 'r.state', 'r.note', 'r.salt', 'r.requestedBy', 'r.requestedAt', 'r.closedAt', 'r.entry'])
    .orderBy('r.number', 'desc')
    .execute()
  const ids = requests.map(({ id }) => id)
  if (ids.length === 0) return []
  const deciders = await db
    .selectFrom('approvalDecider')
    .where('requestId', 'in', ids)
    .select(['requestId', 'userId', 'party'])
    .orderBy('party', 'desc')
    .orderBy('userId')
    .execute()
  const decisions = await db
    .selectFrom('approvalDecision')
    .where('requestId', 'in', ids)
    .select(['requestId', 'userId', 'verdict', 'contentHash', 'clauses', 'reason', 'salt', 'fresh', 'signingKey'])
    .select(['entry', 'decidedAt'])
    .orderBy('entry')
    .execute()
  const clauses = await findClauses(db, ids)
  // Checks in the database hold these columns to their values.
  return requests.map((row) => ({
    ...row,
    state: row.state as RequestState,
    clauses: (clauses.get(row.id) ?? []).map(({ requestId: _, ...clause }): ClauseRow => clause),
    deciders: deciders
      .filter(({ requestId }) => requestId === row.id)
      .map(({ userId, party }): Decider => ({ userId, party: party as Party })),
    decisions: decisions
      .filter(({ requestId }) => requestId === row.id)
      .map(
        ({ requestId: _, ...decision }): DecisionRow => ({
          ...decision,
          verdict: decision.verdict as Verdict,
          fresh: decision.fresh as FreshProof,
        }),
      ),
  }))
}

/** Ends a request, or says that it is granted. `end`: who withdrew it, and why. */
export async function updateRequest(
  trx: Transaction<Database>,
  requestId: string,
  state: Exclude<RequestState, 'open'>,
  end: { by: string; reason: string; salt: Uint8Array | null } | null = null,
): Promise<void> {
  const told = end && { endedBy: end.by, endReason: end.reason, endSalt: end.salt && Buffer.from(end.salt) }
  await trx
    .updateTable('approvalRequest')
    .set({ state, closedAt: state === 'approved' ? null : sql<Date>`clock_timestamp()`, ...told })
    .where('id', '=', requestId)
    .execute()
}

/** Stores what somebody decided. */
export async function insertDecision(
  trx: Transaction<Database>,
  requestId: string,
  decision: Omit<DecisionRow, 'decidedAt'>,
): Promise<void> {
  const salt = decision.salt && Buffer.from(decision.salt)
  const clauses = decision.clauses && [...decision.clauses]
  await trx
    .insertInto('approvalDecision')
    .values({ ...decision, salt, clauses, requestId })
    .execute()
}

/**
 * Reads who wrote what a request puts up, since the last approved text: the senders of rows typed, proposed, taken from a
 * draft or from an earlier version, or those for whom they typed.
 */
export async function findWriters(
  db: Kysely<Database>,
  documentId: string,
  request: Pick<RequestRow, 'number' | 'headSeq'>,
): Promise<string[]> {
  const { rows } = await sql<{ userId: string }>`
    select distinct coalesce(behalf_id, user_id) as user_id from document_update
    where document_id = ${documentId} and via in ('edit', 'draft', 'proposal', 'restore', 'import') and seq <= ${request.headSeq}
      and seq > coalesce((
        select max(head_seq) from approval_request
        where document_id = ${documentId} and number < ${request.number} and state in ('approved', 'voided')), 0)
      and coalesce(behalf_id, user_id) is not null`.execute(db)
  return rows.map(({ userId }) => userId)
}

/** Counts the threads of a document that nobody resolved. */
export async function countOpenThreads(db: Kysely<Database>, documentId: string): Promise<number> {
  const row = await db
    .selectFrom('thread')
    .where('documentId', '=', documentId)
    .where('resolvedAt', 'is', null)
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(row.count)
}
