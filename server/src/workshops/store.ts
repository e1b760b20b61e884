import { type Kysely, sql, type Transaction } from 'kysely'
import { isOpenWorkshop } from '../db/taking-part.ts'
import type { Database } from '../db/types.ts'
import { duration } from './rules.ts'

/** A workshop as its row tells. `closedAt` is set also when it closed by itself. */
export interface WorkshopRow {
  id: string
  planId: string
  title: string
  place: string
  /** `2026-11-28`. */
  heldOn: string
  linkVersion: number
  openedAt: Date
  endsAt: Date
  closedAt: Date | null
  /** Who takes part: neither removed nor counted as somebody else. */
  people: number
}

function workshops(db: Kysely<Database>, planId: string) {
  return db
    .selectFrom('workshop')
    .where('workshop.planId', '=', planId)
    .select(['workshop.id', 'workshop.planId', 'workshop.title', 'workshop.place', 'workshop.linkVersion'])
    .select(['workshop.openedAt', 'workshop.endsAt'])
    .select(sql<string>`to_char(workshop.held_on, 'YYYY-MM-DD')`.as('heldOn'))
    .select(
      sql<Date | null>`coalesce(workshop.closed_at, case when workshop.ends_at <= now() then workshop.ends_at end)`.as(
        'closedAt',
      ),
    )
    .select((select) =>
      select
        .selectFrom('workshopParticipant')
        .whereRef('workshopId', '=', 'workshop.id')
        .where('removedAt', 'is', null)
        .where('mergedInto', 'is', null)
        .select(sql<number>`count(*)::int`.as('people'))
        .as('people'),
    )
    .$narrowType<{ people: number }>()
}

/** Reads at most `limit` workshops of a plan, newest first, those older than the one named by `after`. */
export function findWorkshops(
  db: Kysely<Database>,
  planId: string,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<WorkshopRow[]> {
  return workshops(db, planId)
    .$if(after !== undefined, (query) =>
      query.where(
        sql<boolean>`(workshop.opened_at, workshop.id) < (
          select a.opened_at, a.id from workshop a where a.id = ${after ?? ''} and a.plan_id = ${planId})`,
      ),
    )
    .orderBy('workshop.openedAt', 'desc')
    .orderBy('workshop.id', 'desc')
    .limit(limit)
    .execute()
}

/** Reads one workshop of a plan. */
export function findWorkshop(
  db: Kysely<Database>,
  planId: string,
  workshopId: string,
): Promise<WorkshopRow | undefined> {
  return workshops(db, planId).where('workshop.id', '=', workshopId).executeTakeFirst()
}

/**
 * Holds a workshop of a plan until the transaction ends, so that joining, closing and everything else about it happens
 * one after another; and says whether it is open and how many it takes.
 */
export function lockWorkshop(
  trx: Transaction<Database>,
  planId: string,
  workshopId: string,
): Promise<{ linkVersion: number; mostPeople: number; open: boolean } | undefined> {
  return trx
    .selectFrom('workshop')
    .where('planId', '=', planId)
    .where('id', '=', workshopId)
    .select(['linkVersion', 'mostPeople', isOpenWorkshop().as('open')])
    .forNoKeyUpdate()
    .executeTakeFirst()
}

/** When a workshop would end, and whether that is ahead and near enough. */
export async function findEnd(db: Kysely<Database>, endsAt: string | undefined): Promise<{ at: Date; fits: boolean }> {
  const { rows } = await sql<{ at: Date; fits: boolean }>`
    select e.at, e.at > now() and e.at <= now() + ${duration.most}::interval as fits
    from (select coalesce(${endsAt ?? null}::timestamptz, now() + ${duration.usual}::interval) as at) e`.execute(db)
  const [end] = rows
  if (!end) throw new Error('the database did not tell the time')
  return end
}

/** Inserts a workshop. False, and nothing inserted, when an open one has the same spoken code. */
export async function insertWorkshop(
  trx: Transaction<Database>,
  workshop: {
    id: string
    planId: string
    title: string
    place: string
    heldOn: string
    linkHash: string
    codeHash: string
    openedBy: string
    endsAt: Date
  },
): Promise<boolean> {
  const inserted = await trx
    .insertInto('workshop')
    .values(workshop)
    .onConflict((conflict) => conflict.column('codeHash').where('closedAt', 'is', null).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** Whether an open workshop has this spoken code. */
export async function isCodeTaken(db: Kysely<Database>, codeHash: string): Promise<boolean> {
  const row = await db
    .selectFrom('workshop')
    .where('codeHash', '=', codeHash)
    .where('closedAt', 'is', null)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Changes what is given of a workshop's row. */
export async function updateWorkshop(
  trx: Transaction<Database>,
  workshopId: string,
  change: {
    title?: string
    place?: string
    endsAt?: Date
    linkVersion?: number
    linkHash?: string
    codeHash?: string
  },
): Promise<void> {
  if (Object.keys(change).length === 0) return
  await trx.updateTable('workshop').set(change).where('id', '=', workshopId).execute()
}

/** Sets when the sessions of a workshop's guests end at the latest. */
export async function boundSessions(trx: Transaction<Database>, workshopId: string, endsAt: Date): Promise<void> {
  await trx
    .updateTable('session')
    .set({ absoluteExpiresAt: endsAt })
    .where('workshopId', '=', workshopId)
    .where('endedAt', 'is', null)
    .execute()
}

/** Closes a workshop, unless it closed already; one whose time was over closed when it was. */
export async function closeWorkshop(trx: Transaction<Database>, workshopId: string, by: string): Promise<void> {
  await trx
    .updateTable('workshop')
    .set({ closedAt: sql<Date>`least(now(), ends_at)`, closedBy: by })
    .where('id', '=', workshopId)
    .where('closedAt', 'is', null)
    .execute()
}

/** Ends the sessions that a workshop bounds: its guests'. */
export async function endSessions(trx: Transaction<Database>, workshopId: string): Promise<void> {
  await trx
    .updateTable('session')
    .set({ endedAt: sql<Date>`now()` })
    .where('workshopId', '=', workshopId)
    .where('endedAt', 'is', null)
    .execute()
}

/** Adds a table behind the ones there are. */
export async function insertTable(
  trx: Transaction<Database>,
  table: { id: string; workshopId: string; name: string },
): Promise<void> {
  await trx
    .insertInto('workshopTable')
    .columns(['id', 'workshopId', 'name', 'position'])
    .expression((select) =>
      select
        .selectFrom('workshopTable')
        .where('workshopId', '=', table.workshopId)
        .select([
          sql<string>`${table.id}`.as('id'),
          sql<string>`${table.workshopId}`.as('workshopId'),
          sql<string>`${table.name}`.as('name'),
          sql<number>`count(*)::int`.as('position'),
        ]),
    )
    .execute()
}

/** Reads the tables of a workshop, in their order. */
export function findTables(db: Kysely<Database>, workshopId: string): Promise<{ id: string; name: string }[]> {
  return db
    .selectFrom('workshopTable')
    .where('workshopId', '=', workshopId)
    .select(['id', 'name'])
    .orderBy('position')
    .execute()
}

/** The documents of those of these commitments that are of the plan. */
export async function findDocuments(
  db: Kysely<Database>,
  planId: string,
  commitmentIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('commitment')
    .where('planId', '=', planId)
    .where('id', 'in', [...commitmentIds])
    .select(['id', 'documentId'])
    .execute()
  return new Map(rows.map(({ id, documentId }) => [id, documentId]))
}

/** Makes these the documents a workshop works on. */
export async function setDocuments(
  trx: Transaction<Database>,
  { workshopId, planId, documentIds }: { workshopId: string; planId: string; documentIds: readonly string[] },
): Promise<void> {
  await trx
    .deleteFrom('workshopDocument')
    .where('workshopId', '=', workshopId)
    .where('documentId', 'not in', [...documentIds])
    .execute()
  await trx
    .insertInto('workshopDocument')
    .values(documentIds.map((documentId) => ({ workshopId, planId, documentId })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Reads the commitments a workshop works on, by their numbers. */
export function findCommitments(
  db: Kysely<Database>,
  workshopId: string,
): Promise<{ id: string; number: number; title: string; documentId: string }[]> {
  return db
    .selectFrom('workshopDocument')
    .innerJoin('commitment', 'commitment.documentId', 'workshopDocument.documentId')
    .innerJoin('document', 'document.id', 'commitment.documentId')
    .where('workshopDocument.workshopId', '=', workshopId)
    .select(['commitment.id', 'commitment.number', 'document.title', 'commitment.documentId'])
    .orderBy('commitment.number')
    .execute()
}
