import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** A version of a plan's own text; `contentHash` is of what it says now. */
export interface TextVersionRow {
  id: string
  documentId: string
  number: number
  name: string | null
  contentHash: string
}

/** A version that was published. `publishedHash` is of what it said then. */
export interface PublicationRow extends TextVersionRow {
  place: number
  publishedHash: string
  publishedAt: Date
  entry: number
}

const columns = ['v.id', 'v.documentId', 'v.number', 'v.name', 'v.contentHash'] as const

/** Reads what was published of a plan's own text, oldest first. */
export function findPublications(db: Kysely<Database>, planId: string): Promise<PublicationRow[]> {
  return db
    .selectFrom('planPublication as p')
    .innerJoin('version as v', 'v.id', 'p.versionId')
    .where('p.planId', '=', planId)
    .select([...columns, 'p.number as place', 'p.contentHash as publishedHash', 'p.publishedAt', 'p.entry'])
    .orderBy('p.number')
    .execute()
}

/** Reads a version of a plan's own text, or the newest; undefined when there is none. */
export function findTextVersion(
  db: Kysely<Database>,
  planId: string,
  versionId?: string,
): Promise<TextVersionRow | undefined> {
  const versions = db
    .selectFrom('version as v')
    .innerJoin('document as d', 'd.id', 'v.documentId')
    .where('d.planId', '=', planId)
    .where('d.kind', '=', 'plan')
    .select(columns)
  if (versionId !== undefined) return versions.where('v.id', '=', versionId).executeTakeFirst()
  return versions.orderBy('v.number', 'desc').limit(1).executeTakeFirst()
}

/** Stores that a version was published. */
export async function insertPublication(
  trx: Transaction<Database>,
  row: {
    planId: string
    number: number
    documentId: string
    versionId: string
    contentHash: string
    byId: string
    entry: number
  },
): Promise<void> {
  await trx.insertInto('planPublication').values(row).execute()
}
