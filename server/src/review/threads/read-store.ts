/** What is read of threads. */
import type { TextSpan, ThreadKind } from '@cabildo/protocol/http/threads'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { CommentRow, ReactionRow, StepRow, ThreadRow } from './rules.ts'

const threadColumns = [
  ...(['id', 'number', 'kind', 'field', 'origins', 'quote', 'seq'] as const),
  ...(['openedBy', 'openedAt', 'resolvedAt', 'changedAt'] as const),
] as const
const commentColumns = [
  ...(['id', 'threadId', 'number', 'authorId', 'groupId', 'body', 'salt', 'entry'] as const),
  ...(['writtenAt', 'editedAt', 'removedAt'] as const),
] as const

/** Which threads of a document: one, or a page of those after a number, or of those that changed since. */
export interface WantedThreads {
  threadId?: string
  after?: number | undefined
  /** Of the number of the transaction from which on changes are wanted, see `findChangesUpTo`. */
  changedIn?: string | undefined
  onWords?: boolean
  limit?: number
}

/** Reads threads of a document by number. */
export async function findThreads(
  db: Kysely<Database>,
  documentId: string,
  { threadId, after, changedIn, onWords, limit }: WantedThreads = {},
): Promise<ThreadRow[]> {
  const rows = await db
    .selectFrom('thread')
    .select(threadColumns)
    .where('documentId', '=', documentId)
    .$if(threadId !== undefined, (query) => query.where('id', '=', threadId ?? ''))
    .$if(after !== undefined, (query) => query.where('number', '>', after ?? 0))
    .$if(changedIn !== undefined, (query) => query.where(sql<boolean>`changed_in >= ${changedIn ?? '0'}::bigint`))
    .$if(onWords === true, (query) => query.where('origins', 'is not', null))
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .orderBy('number')
    .execute()
  // Checks in the database hold both columns to these values.
  return rows.map(({ kind, origins, ...row }) => ({
    ...row,
    kind: kind as ThreadKind,
    origins: origins as unknown as TextSpan[] | null,
  }))
}

/**
 * The oldest transaction that is not over: what is read after this holds all that earlier ones changed. `known`: whether
 * a token of an earlier answer is of this database's past.
 */
export async function findChangesUpTo(
  db: Kysely<Database>,
  token: string | undefined,
): Promise<{ upTo: string; known: boolean }> {
  const { rows } = await sql<{ upTo: string; known: boolean }>`
    select pg_snapshot_xmin(now)::text as up_to,
      coalesce(${token ?? null}::numeric <= pg_snapshot_xmin(now)::text::numeric, false) as known
    from pg_current_snapshot() now`.execute(db)
  const [found] = rows
  if (!found) throw new Error('the database told no snapshot')
  return found
}

/** Reads the comments of threads, by number. */
export function findComments(db: Kysely<Database>, threadIds: readonly string[]): Promise<CommentRow[]> {
  return db
    .selectFrom('threadComment')
    .select(commentColumns)
    .where(sql<boolean>`thread_id = any(${[...threadIds]}::text[])`)
    .orderBy('number')
    .execute()
}

/** Reads the steps of threads, oldest first. */
export async function findSteps(db: Kysely<Database>, threadIds: readonly string[]): Promise<StepRow[]> {
  const rows = await db
    .selectFrom('threadStep')
    .select(['threadId', 'step', 'reason', 'salt', 'byId', 'at', 'entry'])
    .where(sql<boolean>`thread_id = any(${[...threadIds]}::text[])`)
    .orderBy('number')
    .execute()
  return rows.map(({ step, ...row }) => ({ ...row, step: step as StepRow['step'] }))
}

/** Counts the reactions to the comments of threads. */
export async function findReactions(
  db: Kysely<Database>,
  threadIds: readonly string[],
  userId: string,
): Promise<ReactionRow[]> {
  const { rows } = await sql<ReactionRow>`
    select r.comment_id, r.kind, count(*)::int as count, bool_or(r.user_id = ${userId}) as mine
    from comment_reaction r join thread_comment c on c.id = r.comment_id
    where c.thread_id = any(${[...threadIds]}::text[])
    group by r.comment_id, r.kind order by r.kind`.execute(db)
  return rows
}

/** Reads the earlier words of a comment, oldest first. */
export function findWordings(
  db: Kysely<Database>,
  commentId: string,
): Promise<{ body: string; salt: Uint8Array; entry: number; until: Date }[]> {
  return db
    .selectFrom('commentWording')
    .select(['body', 'salt', 'entry', 'until'])
    .where('commentId', '=', commentId)
    .orderBy('number')
    .execute()
}

/** Reads the number of the last row of a document's log. */
export async function findHeadSeq(db: Kysely<Database>, documentId: string): Promise<number> {
  const { headSeq } = await db
    .selectFrom('document')
    .select('headSeq')
    .where('id', '=', documentId)
    .executeTakeFirstOrThrow()
  return headSeq
}
