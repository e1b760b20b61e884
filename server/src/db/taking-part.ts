import { type RawBuilder, sql } from 'kysely'

/**
 * Whether a person takes part in an open workshop that works on a document: came in, was neither muted nor removed, and
 * is not counted as somebody else by now. The one definition, for whoever reads rights; the log's statement repeats it
 * (`rooms/adapters/append.ts`). Time is the database's.
 */
export function takesPartIn(userId: RawBuilder<unknown>, documentId: RawBuilder<unknown>): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select from workshop_participant p
    join workshop w on w.id = p.workshop_id and w.closed_at is null and w.ends_at > now()
    join workshop_document wd on wd.workshop_id = p.workshop_id and wd.document_id = ${documentId}
    where p.user_id = ${userId} and p.muted_at is null and p.removed_at is null and p.merged_into is null
  )`
}
