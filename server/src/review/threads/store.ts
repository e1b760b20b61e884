/** What is written of threads. */
import type { ReactionKind } from '@cabildo/protocol/http/threads'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { CommentRow, StepRow, ThreadRow } from './rules.ts'

/** Holds a thread until `trx` ends; false when the document has none of this id. */
export async function holdThread(trx: Transaction<Database>, documentId: string, threadId: string): Promise<boolean> {
  const { rows } = await sql`
    select from thread where id = ${threadId} and document_id = ${documentId} for no key update`.execute(trx)
  return rows.length > 0
}

/** Reads the comment that its author sent with this key before. */
export function findSent(
  db: Kysely<Database>,
  authorId: string,
  key: string,
): Promise<{ threadId: string; documentId: string } | undefined> {
  return db
    .selectFrom('threadComment')
    .innerJoin('thread', 'thread.id', 'threadComment.threadId')
    .select(['threadComment.threadId', 'thread.documentId'])
    .where('threadComment.authorId', '=', authorId)
    .where('threadComment.key', '=', key)
    .executeTakeFirst()
}

/** The number of the next thread of a document, whose threads must be held. */
export async function nextThreadNumber(trx: Transaction<Database>, documentId: string): Promise<number> {
  const { last } = await trx
    .selectFrom('thread')
    .select(({ fn }) => fn.coalesce(fn.max('number'), sql.lit(0)).as('last'))
    .where('documentId', '=', documentId)
    .executeTakeFirstOrThrow()
  return last + 1
}

/** Which of these people take part in a plan. */
export async function findMembersAmong(
  db: Kysely<Database>,
  planId: string,
  userIds: readonly string[],
): Promise<Set<string>> {
  if (userIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('member')
    .select('userId')
    .where('planId', '=', planId)
    .where('userId', 'in', userIds)
    .execute()
  return new Set(rows.map(({ userId }) => userId))
}

/** Stores a thread without comments. */
export async function insertThread(
  trx: Transaction<Database>,
  {
    origins,
    ...thread
  }: Pick<ThreadRow, 'id' | 'number' | 'kind' | 'field' | 'origins' | 'quote' | 'seq' | 'openedBy'> & {
    planId: string
    documentId: string
  },
): Promise<void> {
  await trx
    .insertInto('thread')
    .values({ ...thread, origins: origins && JSON.stringify(origins) })
    .execute()
}

/** What is stored of a new comment. */
export interface NewComment {
  id: string
  threadId: string
  number: number
  authorId: string
  groupId: string | null
  key: string
  body: string
  salt: Uint8Array
  entry: number
}

/** Stores a comment and whom it mentions. */
export async function insertComment(
  trx: Transaction<Database>,
  { salt, ...comment }: NewComment,
  mentioned: readonly string[],
): Promise<void> {
  await trx
    .insertInto('threadComment')
    .values({ ...comment, salt: Buffer.from(salt) })
    .execute()
  await replaceMentions(trx, comment.id, mentioned)
  await touchThread(trx, comment.threadId)
}

async function replaceMentions(trx: Transaction<Database>, commentId: string, userIds: readonly string[]) {
  await trx.deleteFrom('commentMention').where('commentId', '=', commentId).execute()
  if (userIds.length === 0) return
  await trx
    .insertInto('commentMention')
    .values(userIds.map((userId) => ({ commentId, userId })))
    .execute()
}

async function touchThread(trx: Transaction<Database>, threadId: string): Promise<void> {
  await trx.updateTable('thread').set({ changedAt: sql<Date>`clock_timestamp()` }).where('id', '=', threadId).execute()
}

/** Puts a comment in other words and keeps the earlier ones. */
export async function rewordComment(
  trx: Transaction<Database>,
  { id, threadId, body, salt, entry }: Pick<CommentRow, 'id' | 'threadId' | 'body' | 'salt' | 'entry'>,
  next: { body: string; salt: Uint8Array; entry: number },
  mentioned: readonly string[],
): Promise<void> {
  await sql`
    insert into comment_wording (comment_id, number, body, salt, entry)
    select ${id}, coalesce(max(number), 0) + 1, ${body}, ${Buffer.from(salt)}, ${entry}
    from comment_wording where comment_id = ${id}`.execute(trx)
  await trx
    .updateTable('threadComment')
    .set({ ...next, salt: Buffer.from(next.salt), editedAt: sql<Date>`clock_timestamp()` })
    .where('id', '=', id)
    .execute()
  await replaceMentions(trx, id, mentioned)
  await touchThread(trx, threadId)
}

/** Leaves of a comment that there was one: its words, its earlier ones, what hides them in the record, and reactions go. */
export async function blankComments(trx: Transaction<Database>, ids: readonly string[]): Promise<void> {
  const among = sql`any(${[...ids]}::text[])`
  for (const table of ['comment_wording', 'comment_reaction', 'comment_mention'])
    await sql`delete from ${sql.table(table)} where comment_id = ${among}`.execute(trx)
  await sql`
    update thread_comment set body = '', salt = '', removed_at = coalesce(removed_at, clock_timestamp())
    where id = ${among}`.execute(trx)
  await sql`
    update thread set changed_at = clock_timestamp()
    where id in (select thread_id from thread_comment where id = ${among})`.execute(trx)
}

/** Blanks what somebody said, in comments and in reasons, and takes their reactions away. */
export async function blankWordsOf(trx: Transaction<Database>, userId: string): Promise<void> {
  const { rows } = await sql<{ id: string }>`select id from thread_comment where author_id = ${userId}`.execute(trx)
  await blankComments(
    trx,
    rows.map(({ id }) => id),
  )
  await sql`update thread_step set reason = '', salt = '' where by_id = ${userId}`.execute(trx)
  await sql`delete from comment_reaction where user_id = ${userId}`.execute(trx)
}

/** Adds or takes away a reaction; once is as good as twice. */
export async function setReaction(
  trx: Transaction<Database>,
  reaction: { commentId: string; userId: string; kind: ReactionKind },
  given: boolean,
): Promise<void> {
  const { commentId, userId, kind } = reaction
  if (given) {
    await trx
      .insertInto('commentReaction')
      .values(reaction)
      .onConflict((conflict) => conflict.columns(['commentId', 'userId', 'kind']).doNothing())
      .execute()
  } else {
    await trx
      .deleteFrom('commentReaction')
      .where('commentId', '=', commentId)
      .where('userId', '=', userId)
      .where('kind', '=', kind)
      .execute()
  }
}

/** Resolves a thread or opens it again. */
export async function insertStep(
  trx: Transaction<Database>,
  { threadId, step, reason, salt, byId, entry }: Omit<StepRow, 'at'>,
): Promise<void> {
  await sql`
    insert into thread_step (thread_id, number, step, reason, salt, by_id, entry)
    select ${threadId}, coalesce(max(number), 0) + 1, ${step}, ${reason}, ${Buffer.from(salt)}, ${byId}, ${entry}
    from thread_step where thread_id = ${threadId}`.execute(trx)
  await trx
    .updateTable('thread')
    .set({
      resolvedAt: step === 'resolved' ? sql<Date>`clock_timestamp()` : null,
      changedAt: sql<Date>`clock_timestamp()`,
    })
    .where('id', '=', threadId)
    .execute()
}
