import type { LetterSide } from '@cabildo/protocol/http/endorsements'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../db/types.ts'
import type { EndorsementRow, LetterRow, TextRow, WithdrawnColumns } from './rules.ts'

const withdrawn = [
  'withdrawnAt',
  'withdrawnById',
  'withdrawnReason',
  'withdrawnSalt',
  'withdrawnEntry',
] as const satisfies readonly (keyof WithdrawnColumns)[]

/** Reads the endorsements of a plan by number. */
export function findEndorsements(db: Kysely<Database>, planId: string): Promise<EndorsementRow[]> {
  return db
    .selectFrom('endorsement')
    .where('planId', '=', planId)
    .select(['id', 'number', 'groupId', 'name', 'office', 'organisation', 'salt', 'byId', 'entry', 'givenAt'])
    .select(withdrawn)
    .orderBy('number')
    .execute()
}

/** Reads which texts each endorsement of a plan names, in the order of the commitments. */
export async function findEndorsed(
  db: Kysely<Database>,
  planId: string,
): Promise<(TextRow & { endorsementId: string })[]> {
  const { rows } = await sql<TextRow & { endorsementId: string }>`
    select t.endorsement_id, t.document_id, c.number, d.title, t.version_id, v.number as version_number, t.content_hash
    from endorsement e join endorsement_text t on t.endorsement_id = e.id
    join commitment c on c.document_id = t.document_id join document d on d.id = t.document_id
    join version v on v.document_id = t.document_id and v.id = t.version_id
    where e.plan_id = ${planId} order by c.number`.execute(db)
  return rows
}

/** Reads what can be endorsed: of each commitment that goes on the approved version, else the newest. */
export async function findTexts(db: Kysely<Database>, planId: string): Promise<TextRow[]> {
  const { rows } = await sql<TextRow>`
    select c.document_id, c.number, d.title, v.id as version_id, v.number as version_number, v.content_hash
    from commitment c join document d on d.id = c.document_id
    join lateral (
      select v.id, v.number, v.content_hash from version v
      left join approval_request r on r.document_id = v.document_id and r.version_id = v.id and r.state = 'approved'
      where v.document_id = c.document_id
      order by r.id is null, v.number desc limit 1) v on true
    where c.plan_id = ${planId} and c.state not in ('merged', 'withdrawn')
    order by c.number`.execute(db)
  return rows
}

/** Reads versions of commitments of a plan, as they read now. */
export async function findVersions(
  db: Kysely<Database>,
  planId: string,
  versionIds: readonly string[],
): Promise<TextRow[]> {
  const { rows } = await sql<TextRow>`
    select c.document_id, c.number, d.title, v.id as version_id, v.number as version_number, v.content_hash
    from version v join commitment c on c.document_id = v.document_id join document d on d.id = v.document_id
    where c.plan_id = ${planId} and v.id = any(${[...versionIds]}::text[])
    order by c.number, v.number`.execute(db)
  return rows
}

/** Whether somebody sent an endorsement with this key before. */
export async function wasSent(db: Kysely<Database>, byId: string, key: string): Promise<boolean> {
  const row = await db
    .selectFrom('endorsement')
    .select('id')
    .where('byId', '=', byId)
    .where('key', '=', key)
    .executeTakeFirst()
  return row !== undefined
}

/** Stores an endorsement with the texts it names. */
export async function insertEndorsement(
  trx: Transaction<Database>,
  { salt, ...row }: Omit<EndorsementRow, 'givenAt' | keyof WithdrawnColumns> & { planId: string; key: string },
  texts: readonly TextRow[],
): Promise<void> {
  await trx
    .insertInto('endorsement')
    .values({ ...row, salt: Buffer.from(salt) })
    .execute()
  await trx
    .insertInto('endorsementText')
    .values(
      texts.map(({ documentId, versionId, contentHash }) => ({
        ...{ endorsementId: row.id, documentId, versionId, contentHash },
      })),
    )
    .execute()
}

/** Who withdraws something, and why. */
interface Withdrawal {
  byId: string
  reason: string
  salt: Uint8Array
  entry: number
}

const columnsOf = ({ byId, reason, salt, entry }: Withdrawal) => ({
  withdrawnAt: sql<Date>`clock_timestamp()`,
  withdrawnById: byId,
  withdrawnReason: reason,
  withdrawnSalt: Buffer.from(salt),
  withdrawnEntry: entry,
})

/** Says that an endorsement was withdrawn. */
export async function withdrawEndorsement(
  trx: Transaction<Database>,
  id: string,
  withdrawal: Withdrawal,
): Promise<void> {
  await trx.updateTable('endorsement').set(columnsOf(withdrawal)).where('id', '=', id).execute()
}

/** Reads the letters of a plan by number. */
export async function findLetters(db: Kysely<Database>, planId: string): Promise<LetterRow[]> {
  const rows = await db
    .selectFrom('letter as l')
    .leftJoin('letterFile as f', (join) => join.onRef('f.planId', '=', 'l.planId').onRef('f.number', '=', 'l.number'))
    .where('l.planId', '=', planId)
    .select([
      'l.number',
      'l.side',
      'l.organisation',
      'l.mediaType',
      'l.size',
      'l.salt',
      'l.byId',
      'l.entry',
      'l.addedAt',
    ])
    .select('f.sha256')
    .select(withdrawn)
    .orderBy('l.number')
    .execute()
  // A check in the database holds the column to its values.
  return rows.map((row) => ({ ...row, side: row.side as LetterSide }))
}

/** Stores a letter and its bytes. */
export async function insertLetter(
  trx: Transaction<Database>,
  planId: string,
  { salt, ...row }: Omit<LetterRow, 'addedAt' | 'sha256' | keyof WithdrawnColumns>,
  file: { sha256: Uint8Array; bytes: Uint8Array; thumbnail: Uint8Array | null },
): Promise<void> {
  await trx
    .insertInto('letter')
    .values({ ...row, planId, salt: Buffer.from(salt) })
    .execute()
  await trx
    .insertInto('letterFile')
    .values({
      ...{ planId, number: row.number, sha256: Buffer.from(file.sha256), bytes: Buffer.from(file.bytes) },
      thumbnail: file.thumbnail && Buffer.from(file.thumbnail),
    })
    .execute()
}

/** Reads the bytes of a letter that was not withdrawn. */
export async function findLetterFile(
  db: Kysely<Database>,
  planId: string,
  number: number,
): Promise<{ bytes: Uint8Array; mediaType: string } | undefined> {
  return db
    .selectFrom('letterFile as f')
    .innerJoin('letter as l', (join) => join.onRef('l.planId', '=', 'f.planId').onRef('l.number', '=', 'f.number'))
    .where('f.planId', '=', planId)
    .where('f.number', '=', number)
    .select(['f.bytes', 'l.mediaType'])
    .executeTakeFirst()
}

/** Says that a letter was withdrawn, and deletes its bytes and what opens their hash in the record. */
export async function withdrawLetter(
  trx: Transaction<Database>,
  planId: string,
  number: number,
  withdrawal: Withdrawal,
): Promise<void> {
  await trx.deleteFrom('letterFile').where('planId', '=', planId).where('number', '=', number).execute()
  await trx
    .updateTable('letter')
    .set({ ...columnsOf(withdrawal), salt: Buffer.alloc(0) })
    .where('planId', '=', planId)
    .where('number', '=', number)
    .execute()
}
