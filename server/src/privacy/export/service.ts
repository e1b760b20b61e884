import type { Kysely } from 'kysely'
import type { Actor } from '../../auth/sessions.ts'
import type { Bucket } from '../../auth/throttling.ts'
import type { Database } from '../../db/types.ts'
import { readAbout } from './store.ts'

/** What an export needs. `exports` counts them by account: counting somebody's rows reads the whole log. */
export interface ExportDeps {
  db: Kysely<Database>
  exports: Bucket
  now: () => Date
}

/**
 * Everything the program holds about one person, as one consistent view: their account and ways to sign in without any
 * secret, sessions, parts in plans, consents, choices, events, workshops, links, and where they wrote. Nobody else is in
 * it: who did something is `you`, `somebody` or `program`.
 */
export async function exportSelf(
  { db, exports, now }: ExportDeps,
  { userId }: Actor,
): Promise<{ exportedAt: string; [part: string]: unknown }> {
  await exports.take(userId)
  const about = await db
    .transaction()
    .setIsolationLevel('repeatable read')
    .setAccessMode('read only')
    .execute((trx) => readAbout(trx, userId))
  return { exportedAt: now().toISOString(), ...about }
}
