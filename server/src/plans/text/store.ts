import type { PlanDays } from '@cabildo/schema/plan-known'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** What a plan's own row says of it, and which document is its text, at which epoch; null for a plan that has none yet. */
export interface PlanTextRow extends PlanDays {
  place: string
  monitorContact: string | null
  documentId: string | null
  epoch: number | null
}

/** Reads what a plan's own row says. Days come as text: they are of no time zone. */
export async function findPlanText(db: Kysely<Database>, planId: string): Promise<PlanTextRow | undefined> {
  const { rows } = await sql<PlanTextRow>`
    select p.place, p.starts_on::text as start, p.ends_on::text as end, p.submitted_on::text as submitted,
      p.monitor_contact, d.id as document_id, d.epoch
    from plan p left join document d on d.plan_id = p.id and d.kind = 'plan'
    where p.id = ${planId}`.execute(db)
  return rows[0]
}

/** Writes the days of a plan and how to reach its monitoring body. */
export async function updatePlan(
  trx: Transaction<Database>,
  planId: string,
  { start, end, submitted, monitorContact }: PlanDays & { monitorContact: string | null },
): Promise<void> {
  await sql`
    update plan set starts_on = ${start}::date, ends_on = ${end}::date, submitted_on = ${submitted}::date,
      monitor_contact = ${monitorContact}
    where id = ${planId}`.execute(trx)
}

/** Reads the documents of the commitments that a plan holds on to: neither merged into another nor withdrawn. */
export function findStanding(
  db: Kysely<Database>,
  planId: string,
): Promise<{ number: number; documentId: string; headSeq: number; epoch: number }[]> {
  return db
    .selectFrom('commitment as c')
    .innerJoin('document as d', 'd.id', 'c.documentId')
    .where('c.planId', '=', planId)
    .where('c.state', 'not in', ['merged', 'withdrawn'])
    .select(['c.number', 'c.documentId', 'd.headSeq', 'd.epoch'])
    .orderBy('c.number')
    .execute()
}

/** Reads a version of a document with its content, canonical. */
export function findVersion(
  db: Kysely<Database>,
  documentId: string,
  versionId: string,
): Promise<
  | {
      id: string
      number: number
      name: string | null
      seq: number
      content: string
      contentHash: string
      createdAt: Date
    }
  | undefined
> {
  return db
    .selectFrom('version')
    .where('documentId', '=', documentId)
    .where('id', '=', versionId)
    .select(['id', 'number', 'name', 'seq', 'content', 'contentHash', 'createdAt'])
    .executeTakeFirst()
}
