/**
 * The rows that transactions hold, in the one order that all of them keep (docs/decisions/0030-one-order-of-locks.md):
 * plans, accounts, workshops, sessions, then what hangs on them: rows of one person, threads, inputs, meetings, proposals,
 * dissents, commitments, in this order; then documents, what of their logs is in the record, and the head of a record. Several of a
 * kind are held in the order of their ids, after the lock under which they are numbered.
 */
import { sql, type Transaction } from 'kysely'
import type { Database } from './types.ts'

/** Somebody whose row is held: nothing about them changes until the transaction ends. */
export interface Held {
  id: string
  name: string
  kind: 'account' | 'guest'
}

/**
 * Holds people's rows until the transaction ends, and answers those of them who are neither erased nor suspended. Whoever
 * writes something about a person holds them, so that nothing about somebody appears after they were erased.
 */
export async function holdPeople(trx: Transaction<Database>, userIds: readonly string[]): Promise<Map<string, Held>> {
  const { rows } = await sql<Held & { live: boolean }>`
    select id, name, kind, erased_at is null and suspended_at is null as live
    from user_account where id = any(${[...userIds]}::text[])
    order by id for no key update`.execute(trx)
  return new Map(rows.filter(({ live }) => live).map(({ live: _, ...held }) => [held.id, held]))
}

/** Holds one person; false when they were erased or suspended, or never were. */
export async function holdPerson(trx: Transaction<Database>, userId: string): Promise<boolean> {
  return (await holdPeople(trx, [userId])).has(userId)
}

/** Holds plans until the transaction ends, so that who takes part in them changes one step after another. */
export async function holdPlans(trx: Transaction<Database>, planIds: readonly string[]): Promise<void> {
  await sql`select from plan where id = any(${[...planIds]}::text[]) order by id for no key update`.execute(trx)
}

/** Holds the workshops that people came to, so that nobody corrects, merges or seats them meanwhile. */
export async function holdWorkshopsOf(trx: Transaction<Database>, userIds: readonly string[]): Promise<void> {
  await sql`
    select from workshop where id in (
      select workshop_id from workshop_participant where user_id = any(${[...userIds]}::text[]))
    order by id for no key update`.execute(trx)
}

/** Makes whoever else opens a thread on this document wait until `trx` ends. Rooms go on. */
export async function holdThreadNumbers(trx: Transaction<Database>, documentId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`threads ${documentId}`}, 0))`.execute(trx)
}

/** Holds every thread of a document until `trx` ends, and makes who opens another wait: nothing is said beside it meanwhile. */
export async function holdThreadsOf(trx: Transaction<Database>, documentId: string): Promise<void> {
  await holdThreadNumbers(trx, documentId)
  await sql`select from thread where document_id = ${documentId} order by id for no key update`.execute(trx)
}

/** Makes whoever else brings something to this plan wait until `trx` ends. After threads, before documents. */
export async function holdInputNumbers(trx: Transaction<Database>, planId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`inputs ${planId}`}, 0))`.execute(trx)
}

/** Makes whoever else changes who stands behind this plan wait until `trx` ends. After accounts, before documents. */
export async function holdEndorsements(trx: Transaction<Database>, planId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`endorsements ${planId}`}, 0))`.execute(trx)
}

/** Holds every input that has to do with a document, and makes who brings another wait. After its threads. */
export async function holdInputsOf(
  trx: Transaction<Database>,
  { planId, documentId }: { planId: string; documentId: string },
): Promise<void> {
  await holdInputNumbers(trx, planId)
  await sql`
    select from input where id in (select input_id from input_link where document_id = ${documentId})
    order by id for no key update`.execute(trx)
}

/** Makes whoever else enters or changes a meeting of this plan wait until `trx` ends. After inputs. */
export async function holdMeetings(trx: Transaction<Database>, planId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`meetings ${planId}`}, 0))`.execute(trx)
}

/**
 * Holds the threads in which people said something or reacted, whose accounts must be held: they say nothing more
 * meanwhile.
 */
export async function holdThreadsWith(trx: Transaction<Database>, userIds: readonly string[]): Promise<void> {
  const among = sql`any(${[...userIds]}::text[])`
  await sql`
    select from thread where id in (
      select thread_id from thread_comment where author_id = ${among}
      union select thread_id from thread_step where by_id = ${among}
      union select c.thread_id from comment_reaction r join thread_comment c on c.id = r.comment_id
        where r.user_id = ${among})
    order by id for no key update`.execute(trx)
}

/** Makes whoever else proposes something for this document wait until `trx` ends. Rooms go on. */
export async function holdProposalNumbers(trx: Transaction<Database>, documentId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`proposals ${documentId}`}, 0))`.execute(trx)
}

/** Holds every proposal for a document until `trx` ends, and makes who makes another wait. */
export async function holdProposalsOf(trx: Transaction<Database>, documentId: string): Promise<void> {
  await holdProposalNumbers(trx, documentId)
  await sql`select from proposal where document_id = ${documentId} order by id for no key update`.execute(trx)
}

/** Holds the proposals that people made or decided on, whose accounts must be held. */
export async function holdProposalsWith(trx: Transaction<Database>, userIds: readonly string[]): Promise<void> {
  const among = sql`any(${[...userIds]}::text[])`
  await sql`
    select from proposal where author_id = ${among} or id in (
      select proposal_id from proposal_step where by_id = ${among}
      union select proposal_id from proposal_accepting where by_id = ${among})
    order by id for no key update`.execute(trx)
}

/** Makes whoever else reserves a position on this document, or withdraws one, wait until `trx` ends. After proposals. */
export async function holdDissentNumbers(trx: Transaction<Database>, documentId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`dissents ${documentId}`}, 0))`.execute(trx)
}

/**
 * Holds a document as it is, so that no words are taken out of it and it is not archived meanwhile; answers its epoch.
 * Undefined when there is none.
 */
export async function holdDocumentAsIs(trx: Transaction<Database>, documentId: string): Promise<number | undefined> {
  const row = await trx
    .selectFrom('document')
    .select('epoch')
    .where('id', '=', documentId)
    .forShare()
    .executeTakeFirst()
  return row?.epoch
}

/** Whether somebody is not erased: for a row that is written about them in one statement. Makes who erases them wait. */
export function unlessErased(userId: string) {
  return sql<{ id: string }>`(select id from user_account where id = ${userId} and erased_at is null for share)`
}

/**
 * Reads whose rows in these plans are not in the record yet, typed by them or for them, and who have no pseudonym there:
 * whoever came before there was a record. They get one when their rows are entered, which holds them; so who holds others too holds them with those.
 */
export async function findNewcomers(trx: Transaction<Database>, planIds: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ userId: string }>`
    select distinct w.user_id from document d
    left join record_sealed s on s.document_id = d.id
    join document_update u on u.document_id = d.id and u.seq > coalesce(s.seq, 0)
    cross join lateral (values (u.user_id), (u.behalf_id)) w (user_id)
    where w.user_id is not null and d.plan_id = any(${[...planIds]}::text[]) and d.head_seq > coalesce(s.seq, 0)
      and not exists (select from record_person p where p.plan_id = d.plan_id and p.user_id = w.user_id)`.execute(trx)
  return rows.map(({ userId }) => userId)
}
