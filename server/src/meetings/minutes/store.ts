/** What is kept of minutes beside their text, which the rooms keep. */
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** The last version of minutes that somebody named. */
export interface NamedVersion {
  number: number
  name: string
  createdAt: Date
}

/** The document of minutes, and the last version of them that has a name. */
export interface MinutesRow {
  documentId: string
  epoch: number
  named: NamedVersion | null
}

/** Reads which document the minutes of a meeting are; undefined when nobody began them. */
export async function findMinutes(db: Kysely<Database>, meetingId: string): Promise<MinutesRow | undefined> {
  const { rows } = await sql<
    Pick<MinutesRow, 'documentId' | 'epoch'> & { [Key in keyof NamedVersion]: NamedVersion[Key] | null }
  >`
    select d.id as document_id, d.epoch, v.number, v.name, v.created_at
    from meeting m join document d on d.id = m.document_id
    left join lateral (
      select number, name, created_at from version
      where document_id = d.id and kind = 'named' order by number desc limit 1) v on true
    where m.id = ${meetingId}`.execute(db)
  const [row] = rows
  if (!row) return undefined
  const { documentId, epoch, number, name, createdAt } = row
  const isNamed = number !== null && name !== null && createdAt !== null
  return { documentId, epoch, named: isNamed ? { number, name, createdAt } : null }
}

/** Says which document the minutes of a meeting are. */
export async function setMinutes(trx: Transaction<Database>, meetingId: string, documentId: string): Promise<void> {
  await trx.updateTable('meeting').set({ documentId }).where('id', '=', meetingId).execute()
}

/** A version of minutes that the public reads. */
export interface PublicVersion extends NamedVersion {
  meetingId: string
  /** Number, name, day and place of the meeting. */
  meeting: number
  title: string
  heldOn: string
  place: string | null
  versionId: string
  seq: number
  /** Canonical. */
  content: string
  contentHash: string
}

/**
 * Reads the last named version of the minutes of every meeting of a plan that was held and is open to the public, or of the
 * one of this number.
 */
export async function findPublic(db: Kysely<Database>, planId: string, number?: number): Promise<PublicVersion[]> {
  const { rows } = await sql<PublicVersion>`
    select m.id as meeting_id, m.number as meeting, m.title, m.held_on::text as held_on, m.place, v.*
    from meeting m
    cross join lateral (
      select id as version_id, number, name, seq, content, content_hash, created_at from version
      where document_id = m.document_id and kind = 'named' order by number desc limit 1) v
    where ${isPublic} and m.plan_id = ${planId}
      and (${number ?? null}::int is null or m.number = ${number ?? null})
    order by m.held_on, m.number`.execute(db)
  return rows
}

/** Which meetings `m` may have public minutes. */
const isPublic = sql`m.state = 'held' and m.is_public`

/** Minutes that the public may read, as a list names them. */
export type PublicItem = Pick<PublicVersion, 'meetingId' | 'meeting' | 'title' | 'heldOn'> & { planId: string }

/** Reads which meetings of these plans have minutes that `findPublic` would read, without reading those. */
export async function findPublicItems(db: Kysely<Database>, planIds: readonly string[]): Promise<PublicItem[]> {
  const { rows } = await sql<PublicItem>`
    select m.plan_id, m.id as meeting_id, m.number as meeting, m.title, m.held_on::text as held_on
    from meeting m
    where ${isPublic} and m.plan_id = any(${[...planIds]}::text[])
      and exists (select from version where document_id = m.document_id and kind = 'named')
    order by m.held_on, m.number`.execute(db)
  return rows
}
