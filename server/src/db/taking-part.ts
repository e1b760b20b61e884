import { type RawBuilder, sql } from 'kysely'

/** Whether a row of `workshop`, known as `name` in the query, is open. Time is the database's. */
export function isOpenWorkshop(name = 'workshop'): RawBuilder<boolean> {
  const row = sql.raw(name)
  return sql<boolean>`(${row}.closed_at is null and ${row}.ends_at > now())`
}

/** What somebody may do in a document because of a workshop; null: nothing. Who is muted reads on. */
export type PartInWorkshop = 'reads' | 'writes' | null

/**
 * The part a person has in an open workshop that works on a document: came in, was not removed, and is not counted as
 * somebody else by now; writes unless muted. The one definition, for whoever reads rights; the log's statement repeats
 * it (`rooms/adapters/append.ts`).
 */
export function partInWorkshop(
  userId: RawBuilder<unknown>,
  documentId: RawBuilder<unknown>,
): RawBuilder<PartInWorkshop> {
  return sql<PartInWorkshop>`(
    select case when bool_or(p.muted_at is null) then 'writes' when bool_or(true) then 'reads' end
    from workshop_participant p
    join workshop w on w.id = p.workshop_id and ${isOpenWorkshop('w')}
    join workshop_document wd on wd.workshop_id = p.workshop_id and wd.document_id = ${documentId}
    where p.user_id = ${userId} and p.removed_at is null and p.merged_into is null
  )`
}

/**
 * Whether somebody else may type for a person in a document: they take part, unmuted, in an open workshop that works on it,
 * belong to its plan, are neither suspended nor erased, and their consent is in force. The log's statement repeats it
 * (`rooms/adapters/append.ts`).
 */
export function mayBeTypedFor(userId: RawBuilder<unknown>, documentId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from workshop_participant p
    join workshop w on w.id = p.workshop_id and ${isOpenWorkshop('w')}
    join workshop_document wd on wd.workshop_id = p.workshop_id and wd.document_id = ${documentId}
    join member m on m.plan_id = w.plan_id and m.user_id = p.user_id and m.suspended_at is null
    join user_account u on u.id = p.user_id and u.suspended_at is null and u.erased_at is null
    where p.user_id = ${userId} and p.muted_at is null and p.removed_at is null and p.merged_into is null
      and exists (
        select from consent c where c.user_id = p.user_id and c.plan_id = w.plan_id and c.withdrawn_at is null)
  )`
}

/**
 * The person somebody is: themselves, or whom a workshop of the plan says they are. Merges lead straight to the person, so
 * one step is enough.
 */
export function personBehind(planId: string, userId: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`coalesce((
    select p.merged_into from workshop_participant p join workshop w on w.id = p.workshop_id
    where p.user_id = ${userId} and p.merged_into is not null and w.plan_id = ${planId} limit 1
  ), ${userId})`
}
