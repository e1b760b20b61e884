/** What is kept beside meetings, and what is told of it. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { FileRow } from './rules.ts'

/** Reads the files beside a meeting, in the order of their numbers. */
export async function findFiles(db: Kysely<Database>, meetingId: string): Promise<FileRow[]> {
  const { rows } = await sql<FileRow>`
    select a.number, a.use, a.kind, a.media_type, a.size, a.caption, a.shown, a.salt, f.sha256,
      f.thumbnail is not null as has_thumbnail, a.by_id, a.entry, a.added_at
    from meeting_attachment a
    join meeting_attachment_file f on f.meeting_id = a.meeting_id and f.number = a.number
    where a.meeting_id = ${meetingId} and a.removed_at is null order by a.number`.execute(db)
  return rows
}

/** A file that anybody may see, beside a meeting that was held and open to everybody. */
export interface ShownRow {
  meetingId: string
  meeting: number
  number: number
  mediaType: string
  size: number
  caption: string
  sha256: Uint8Array
  entry: number
}

/** Reads the files beside meetings of a plan that anybody may see, or the one named, by meeting and number. */
export async function findShown(
  db: Kysely<Database>,
  planId: string,
  one?: { meeting: number; number: number },
): Promise<ShownRow[]> {
  const { rows } = await sql<ShownRow>`
    select a.meeting_id, m.number as meeting, a.number, a.media_type, a.size, a.caption, f.sha256, a.entry
    from meeting_attachment a
    join meeting m on m.id = a.meeting_id
    join meeting_attachment_file f on f.meeting_id = a.meeting_id and f.number = a.number
    where a.plan_id = ${planId} and a.shown and a.use <> 'list' and a.removed_at is null
      and m.is_public and m.state = 'held'
      and (${one?.meeting ?? null}::int is null
        or (m.number = ${one?.meeting ?? null} and a.number = ${one?.number ?? null}))
    order by m.number, a.number`.execute(db)
  return rows
}

/** Counts what was ever kept beside a meeting. */
export async function countFiles(db: Kysely<Database>, meetingId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from meeting_attachment where meeting_id = ${meetingId}`.execute(db)
  return rows[0]?.count ?? 0
}

/** Stores a file and its bytes. */
export async function insertFile(
  trx: Transaction<Database>,
  {
    salt,
    ...row
  }: Pick<FileRow, 'number' | 'use' | 'kind' | 'mediaType' | 'size' | 'salt' | 'byId' | 'entry'> & {
    meetingId: string
    planId: string
  },
  file: { sha256: Uint8Array; bytes: Uint8Array; thumbnail: Uint8Array | null },
): Promise<void> {
  const { meetingId, number } = row
  await trx
    .insertInto('meetingAttachment')
    .values({ ...row, salt: Buffer.from(salt) })
    .execute()
  await trx
    .insertInto('meetingAttachmentFile')
    .values({
      ...{ meetingId, number, sha256: Buffer.from(file.sha256), bytes: Buffer.from(file.bytes) },
      thumbnail: file.thumbnail && Buffer.from(file.thumbnail),
    })
    .execute()
}

/** Says what is on a file, and whether the public may see it. */
export async function updateFile(
  trx: Transaction<Database>,
  meetingId: string,
  number: number,
  words: { caption: string | null; shown: boolean },
): Promise<void> {
  await trx
    .updateTable('meetingAttachment')
    .set(words)
    .where('meetingId', '=', meetingId)
    .where('number', '=', number)
    .execute()
}

/** Whether the material of a meeting names this file. */
export async function isNamed(trx: Transaction<Database>, meetingId: string, number: number): Promise<boolean> {
  const { rows } = await sql`
    select from meeting_material where meeting_id = ${meetingId} and attachment = ${number}`.execute(trx)
  return rows.length > 0
}

/** Reads the bytes of a file, or its small picture. */
export async function findBytes(
  db: Kysely<Database>,
  meetingId: string,
  number: number,
  what: 'bytes' | 'thumbnail',
): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('meetingAttachmentFile')
    .select(`${what} as file`)
    .where('meetingId', '=', meetingId)
    .where('number', '=', number)
    .executeTakeFirst()
  return row?.file ?? undefined
}

/** Deletes the bytes of a file; that there was one stays. */
export async function removeFile(trx: Transaction<Database>, meetingId: string, number: number): Promise<void> {
  await sql`delete from meeting_attachment_file where meeting_id = ${meetingId} and number = ${number}`.execute(trx)
  await sql`
    update meeting_attachment set salt = '', caption = null, shown = false, removed_at = clock_timestamp()
    where meeting_id = ${meetingId} and number = ${number} and removed_at is null`.execute(trx)
}
