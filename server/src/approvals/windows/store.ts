import type { Kysely, Transaction } from 'kysely'
import { newId } from '../../db/ids.ts'
import type { Database } from '../../db/types.ts'
import type { Span, WindowOf, WindowRow } from './rules.ts'

const windows = (db: Kysely<Database>) =>
  db
    .selectFrom('consultationWindow')
    .where('endedAt', 'is', null)
    .select(['id', 'planId', 'documentId', 'number', 'opensAt', 'closesAt'])

/** Reads the window of a plan, or of a commitment of it, that has not ended. */
export function findWindow(db: Kysely<Database>, { planId, documentId }: WindowOf): Promise<WindowRow | undefined> {
  return windows(db)
    .where('planId', '=', planId)
    .where('documentId', documentId === null ? 'is' : '=', documentId)
    .executeTakeFirst()
}

/** Reads the windows of a plan and of its commitments that have not ended. */
export function findWindows(db: Kysely<Database>, planId: string): Promise<WindowRow[]> {
  return windows(db).where('planId', '=', planId).execute()
}

/** Reads the windows whose day has come, longest ago first, at most `limit`. */
export function findDue(db: Kysely<Database>, now: Date, limit: number): Promise<WindowRow[]> {
  return windows(db).where('closesAt', '<=', now).orderBy('closesAt').orderBy('id').limit(limit).execute()
}

/** Stores a window under the next number of what it belongs to, whose row is held. */
export async function insertWindow(
  trx: Transaction<Database>,
  { planId, documentId }: WindowOf,
  { state, opensAt, closesAt }: Span & { state: string },
): Promise<void> {
  const { last } = await trx
    .selectFrom('consultationWindow')
    .where('planId', '=', planId)
    .where('documentId', documentId === null ? 'is' : '=', documentId)
    .select(({ fn }) => fn.max('number').as('last'))
    .executeTakeFirstOrThrow()
  const window = { id: newId(), planId, documentId, number: (last ?? 0) + 1, state, opensAt, closesAt }
  await trx.insertInto('consultationWindow').values(window).execute()
}

/** Moves the end of a window. */
export async function updateEnd(trx: Transaction<Database>, id: string, closesAt: Date): Promise<void> {
  await trx.updateTable('consultationWindow').set({ closesAt }).where('id', '=', id).execute()
}

/** Ends a window. */
export async function endWindow(trx: Transaction<Database>, id: string, endedAt: Date): Promise<void> {
  await trx.updateTable('consultationWindow').set({ endedAt }).where('id', '=', id).execute()
}
