import { type RawBuilder, sql } from 'kysely'

/**
 * The number by which lists name a text of a plan, from the column that holds its document's id: a commitment's own, 0 for
 * the plan's own text, and below 0 the minutes of the meeting of that number.
 */
export const textNumber = (documentId: RawBuilder<unknown>): RawBuilder<number> =>
  sql<number>`coalesce(
    (select c.number from commitment c where c.document_id = ${documentId}),
    (select -m.number from meeting m where m.document_id = ${documentId}), 0)`
