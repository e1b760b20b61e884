/** What is kept beside inputs, and what is told of it. */
import type { AttachmentKind } from '@cabildo/protocol/http/attachments'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../../db/types.ts'

/** An attachment that was not removed, without its bytes. */
export interface AttachmentRow {
  number: number
  kind: AttachmentKind
  mediaType: string
  size: number
  salt: Uint8Array
  sha256: Uint8Array
  hasThumbnail: boolean
  byId: string
  entry: number
  addedAt: Date
}

/** Reads what is kept beside an input, in the order of its numbers. */
export async function findAttachments(db: Kysely<Database>, inputId: string): Promise<AttachmentRow[]> {
  const { rows } = await sql<AttachmentRow>`
    select a.number, a.kind, a.media_type, a.size, a.salt, f.sha256, f.thumbnail is not null as has_thumbnail,
      a.by_id, a.entry, a.added_at
    from input_attachment a join input_attachment_file f on f.input_id = a.input_id and f.number = a.number
    where a.input_id = ${inputId} and a.removed_at is null order by a.number`.execute(db)
  return rows
}

/** Counts what was ever kept beside an input. */
export async function countAttachments(db: Kysely<Database>, inputId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from input_attachment where input_id = ${inputId}`.execute(db)
  return rows[0]?.count ?? 0
}

/** How many bytes are kept beside the inputs and meetings of a plan. */
export async function sizeKept(db: Kysely<Database>, planId: string): Promise<number> {
  const { rows } = await sql<{ size: number }>`
    select coalesce(sum(size), 0)::float8 as size from (
      select size from input_attachment where plan_id = ${planId} and removed_at is null
      union all
      select size from meeting_attachment where plan_id = ${planId} and removed_at is null) kept`.execute(db)
  return rows[0]?.size ?? 0
}

/** Stores an attachment and its bytes. */
export async function insertAttachment(
  trx: Transaction<Database>,
  { salt, ...row }: Omit<AttachmentRow, 'addedAt' | 'hasThumbnail' | 'sha256'> & { inputId: string; planId: string },
  file: { sha256: Uint8Array; bytes: Uint8Array; thumbnail: Uint8Array | null },
): Promise<void> {
  const { inputId, number } = row
  await trx
    .insertInto('inputAttachment')
    .values({ ...row, salt: Buffer.from(salt) })
    .execute()
  await trx
    .insertInto('inputAttachmentFile')
    .values({
      ...{ inputId, number, sha256: Buffer.from(file.sha256), bytes: Buffer.from(file.bytes) },
      thumbnail: file.thumbnail && Buffer.from(file.thumbnail),
    })
    .execute()
}

/** Reads the bytes of an attachment, or its small picture. */
export async function findFile(
  db: Kysely<Database>,
  inputId: string,
  number: number,
  what: 'bytes' | 'thumbnail',
): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('inputAttachmentFile')
    .select(`${what} as file`)
    .where('inputId', '=', inputId)
    .where('number', '=', number)
    .executeTakeFirst()
  return row?.file ?? undefined
}

/** Deletes the bytes of an attachment; that there was one stays. */
export async function removeAttachment(trx: Transaction<Database>, inputId: string, number: number): Promise<void> {
  await sql`delete from input_attachment_file where input_id = ${inputId} and number = ${number}`.execute(trx)
  await sql`
    update input_attachment set salt = '', removed_at = clock_timestamp()
    where input_id = ${inputId} and number = ${number} and removed_at is null`.execute(trx)
}
