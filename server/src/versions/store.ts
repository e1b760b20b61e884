import { AppError } from '@cabildo/protocol/errors'
import type { VersionKind } from '@cabildo/protocol/http/api'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../db/types.ts'
import type { columnsOf, Landmark } from './rules.ts'

/** A version without its content. */
export interface VersionRow extends Landmark {
  kind: VersionKind
  name: string | null
  note: string | null
  authorIds: string[]
  restoredFrom: number | null
  createdBy: string | null
  createdAt: Date
}

/** A version with the canonical text that was hashed. */
export interface VersionRowWithContent extends VersionRow {
  content: string
}

const landmark = ['id', 'number', 'seq', 'contentHash'] as const
const columns = [...landmark, 'kind', 'name', 'note', 'authorIds', 'restoredFrom', 'createdBy', 'createdAt'] as const

/** Reads the newest version of a document: the one with the highest number. */
export function findLatest(db: Kysely<Database>, documentId: string): Promise<Landmark | undefined> {
  return db
    .selectFrom('version')
    .select(landmark)
    .where('documentId', '=', documentId)
    .orderBy('number', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Reads one version of this document, with its content. */
export async function findVersion(
  db: Kysely<Database>,
  documentId: string,
  versionId: string,
): Promise<VersionRowWithContent | undefined> {
  const row = await db
    .selectFrom('version')
    .select([...columns, 'content'])
    .where('documentId', '=', documentId)
    .where('id', '=', versionId)
    .executeTakeFirst()
  return row && { ...versionRow(row), content: row.content }
}

/** Reads the version with this number, with its content. Numbers have no gaps. */
export async function findByNumber(
  db: Kysely<Database>,
  documentId: string,
  number: number,
): Promise<VersionRowWithContent | undefined> {
  const row = await db
    .selectFrom('version')
    .select([...columns, 'content'])
    .where('documentId', '=', documentId)
    .where('number', '=', number)
    .executeTakeFirst()
  return row && { ...versionRow(row), content: row.content }
}

/** Reads at most `limit` versions numbered below `below` (all when undefined), newest first. */
export async function findVersions(
  db: Kysely<Database>,
  documentId: string,
  { below, limit }: { below: number | undefined; limit: number },
): Promise<VersionRow[]> {
  const rows = await db
    .selectFrom('version')
    .select(columns)
    .where('documentId', '=', documentId)
    .$if(below !== undefined, (query) => query.where('number', '<', below ?? 0))
    .orderBy('number', 'desc')
    .limit(limit)
    .execute()
  return rows.map(versionRow)
}

/** Holds the document's row, so that versions of it are made one after another. Throws `not_found`. */
export async function lockDocument(trx: Transaction<Database>, documentId: string): Promise<{ planId: string }> {
  const row = await trx
    .selectFrom('document')
    .select('planId')
    .where('id', '=', documentId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  if (!row) throw new AppError('not_found')
  return row
}

/**
 * Reads who wrote since the version before `seq`: the senders of rows typed or taken from a draft or a file, or those for
 * whom they typed, in the order of their first row. Rows of the server itself (a template, a restore, a repair) have no author here.
 */
export async function findAuthors(db: Kysely<Database>, documentId: string, seq: number): Promise<string[]> {
  const rows = await db
    .selectFrom('documentUpdate')
    .select(({ fn }) => fn.coalesce('behalfId', 'userId').as('userId'))
    .where('documentId', '=', documentId)
    .where('seq', '<=', seq)
    .where('seq', '>', ({ selectFrom, fn, lit }) =>
      selectFrom('version')
        .select(({ fn: { max } }) => fn.coalesce(max('seq'), lit(0)).as('seq'))
        .where('documentId', '=', documentId)
        .where('seq', '<=', seq),
    )
    .where('via', 'in', ['edit', 'draft', 'proposal', 'import'])
    .groupBy(({ fn }) => fn.coalesce('behalfId', 'userId'))
    .orderBy(({ fn: { min } }) => min('seq'))
    .execute()
  return rows.map(({ userId }) => userId)
}

/**
 * Stores a version with the next number, and the state it was made of, so that this moment loads fast. The document's
 * row must be held.
 */
export async function insertVersion(
  trx: Transaction<Database>,
  documentId: string,
  version: Omit<Landmark, 'number'> &
    ReturnType<typeof columnsOf> & {
      content: string
      html: string
      authorIds: string[]
      createdAt: Date
      state: Uint8Array
    },
): Promise<VersionRow> {
  const { state, ...values } = version
  const latest = await findLatest(trx, documentId)
  const row = await trx
    .insertInto('version')
    .values({ ...values, documentId, number: (latest?.number ?? 0) + 1 })
    .returning(columns)
    .executeTakeFirstOrThrow()
  await trx
    .insertInto('documentSnapshot')
    .values({ documentId, seq: values.seq, state })
    .onConflict((conflict) => conflict.columns(['documentId', 'seq']).doNothing())
    .execute()
  return versionRow(row)
}

/** The seq of the newest row in (`after`, `upTo`] by which this person brought a version back. */
export async function findRestoreRow(
  db: Kysely<Database>,
  documentId: string,
  { userId, after, upTo }: { userId: string; after: number; upTo: number },
): Promise<number | undefined> {
  const row = await db
    .selectFrom('documentUpdate')
    .select('seq')
    .where('documentId', '=', documentId)
    .where('seq', '>', after)
    .where('seq', '<=', upTo)
    .where('userId', '=', userId)
    .where('via', '=', 'restore')
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.seq
}

/** Reads which documents have rows after their newest version, and their head. A seed alone does not count. */
export async function findUnkept(db: Kysely<Database>): Promise<{ documentId: string; headSeq: number }[]> {
  const { rows } = await sql<{ documentId: string; headSeq: number }>`
    select d.id as document_id, d.head_seq
    from document d
    where d.head_seq > coalesce((select max(v.seq) from version v where v.document_id = d.id), 1)
    order by d.changed_at, d.id`.execute(db)
  return rows
}

/** A check in the database holds `kind` to its values. */
function versionRow({ kind, ...row }: Omit<VersionRow, 'kind'> & { kind: string }): VersionRow {
  return { ...row, kind: kind as VersionKind }
}
