import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../../db/types.ts'

/** Reads the comment of the public that was stored under a key of a plan. */
export function findFromPublic(
  db: Kysely<Database>,
  planId: string,
  key: string,
): Promise<{ number: number; entry: number } | undefined> {
  return db
    .selectFrom('input')
    .where('planId', '=', planId)
    .where('key', '=', key)
    .where('typedBy', 'is', null)
    .select(['number', 'entry'])
    .executeTakeFirst()
}

/**
 * Holds a commitment in its state; whether it is in consultation at `now`, in a plan that is public. A window that is still
 * to open, or whose last moment came, takes nothing, also before the program ends it. A consultation of the time before
 * there were windows has none.
 */
export async function holdConsulted(
  trx: Transaction<Database>,
  { planId, documentId, now }: { planId: string; documentId: string; now: Date },
): Promise<boolean> {
  const { rows } = await sql`
    select from commitment c join plan p on p.id = c.plan_id
    where c.plan_id = ${planId} and c.document_id = ${documentId} and c.state = 'consultation' and p.state <> 'planning'
      and not exists (
        select from consultation_window w
        where w.plan_id = c.plan_id and w.document_id = c.document_id and w.ended_at is null
          and (w.opens_at > ${now} or w.closes_at <= ${now}))
    for share of c`.execute(trx)
  return rows.length > 0
}

/** How often it was ruled whether an input is shown. */
export async function countRulings(trx: Transaction<Database>, inputId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('inputModeration')
    .where('inputId', '=', inputId)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** Stores what was ruled. */
export async function insertRuling(
  trx: Transaction<Database>,
  {
    salt,
    ...ruling
  }: {
    inputId: string
    number: number
    planId: string
    verdict: 'shown' | 'hidden'
    reason: string
    salt: Uint8Array | null
    byId: string
    entry: number
  },
): Promise<void> {
  await trx
    .insertInto('inputModeration')
    .values({ ...ruling, told: true, salt: salt && Buffer.from(salt) })
    .execute()
}
