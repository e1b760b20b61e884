/**
 * Keeps the list of erased people up (record/forgetting/erasures.ts), and erases again whom an older copy of the database
 * has brought back.
 */
import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { Logger } from '../../log.ts'
import type { Erasures } from '../../record/forgetting/erasures.ts'
import { type Repeated, repeat } from '../../repeat.ts'
import type { Clock } from '../../rooms/ports.ts'
import { eraseByProgram } from './service.ts'
import { findErased } from './store.ts'

/** What the list is kept with. */
export interface KeeperDeps {
  db: Kysely<Database>
  erasures: Erasures
  clock: Clock
  logger: Pick<Logger, 'warn' | 'error'>
}

/** Milliseconds between two looks. */
const every = 60_000

/**
 * Brings list and database together: whom the database knows to be erased is noted, and who is on the list and is back is
 * erased again. Answers how many were. One who cannot be erased now is logged, and tried the next time.
 */
export async function reconcileErasures(deps: Omit<KeeperDeps, 'clock'>): Promise<number> {
  const { db, erasures, logger } = deps
  const listed = await erasures.read()
  const erased = new Set(await findErased(db))
  await erasures.add([...erased].filter((id) => !listed.has(id)))
  let again = 0
  for (const userId of listed) {
    if (erased.has(userId)) continue
    try {
      if (await eraseByProgram(deps, userId)) again += 1
    } catch (error) {
      logger.error({ err: error, userId }, 'somebody who was erased is back, and could not be erased again')
    }
  }
  if (again > 0) logger.warn({ people: again }, 'erased people again whom an older copy of the database brought back')
  return again
}

/** Does so at start and every minute. */
export function createErasureKeeper(deps: KeeperDeps): Repeated {
  const failure = 'the list of erased people was not brought up to date'
  return repeat(deps, { every, failure }, () => reconcileErasures(deps))
}
