import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { NewDocument } from '../ports.ts'

/** Creates a document with its seed as row 1, in the caller's transaction. */
export async function insertDocument(trx: Kysely<Database>, document: NewDocument): Promise<void> {
  const { documentId, planId, writer, clientId } = document
  await sql`
    insert into document (id, plan_id, kind, template, template_version, title, head_seq, changed_at, changed_by, created_by)
    values (${documentId}, ${planId}, ${document.kind}, ${document.template}, ${document.templateVersion}, ${document.title}, 1,
      clock_timestamp(), ${writer.userId}, ${writer.userId})`.execute(trx)
  await sql`
    insert into document_client (document_id, client_id, user_id, session_id, group_id, via, first_seq)
    values (${documentId}, ${clientId}, ${writer.userId}, ${writer.sessionId}, ${writer.groupId}, 'template', 1)`.execute(
    trx,
  )
  await sql`
    insert into document_update (document_id, seq, user_id, session_id, via, bytes, stored_at)
    select id, 1, ${writer.userId}, ${writer.sessionId}, 'template', ${Buffer.from(document.state)}, changed_at
    from document where id = ${documentId}`.execute(trx)
}
