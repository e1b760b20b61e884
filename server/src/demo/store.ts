import type { Kysely } from 'kysely'
import type { Database } from '../db/types.ts'

/** Whether the database holds the demo's plan. */
export async function hasDemoPlan(db: Kysely<Database>): Promise<boolean> {
  const row = await db.selectFrom('plan').where('demo', '=', true).select('id').limit(1).executeTakeFirst()
  return row !== undefined
}
