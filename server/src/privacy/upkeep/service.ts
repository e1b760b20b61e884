import { AppError } from '@cabildo/protocol/errors'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { Logger } from '../../log.ts'
import type { Clock } from '../../rooms/ports.ts'
import { eraseByProgram } from '../erasing/service.ts'
import { addToTotals, findOldGuests, tidy } from './store.ts'

/** Most guests of one run, so that a run has an end; the next one goes on. */
const mostGuests = 5000
const day = 24 * 60 * 60 * 1000

/**
 * Erases the guests whose workshop closed long ago, each in a transaction of its own that keeps the workshop's totals, and
 * answers how many. Who cannot be erased now is tried again the next day. `enough` ends it early. Time is the database's.
 */
export async function purgeGuests(
  db: Kysely<Database>,
  enough: () => boolean = () => false,
  onFailure: (userId: string, error: unknown) => void = () => undefined,
): Promise<number> {
  let erased = 0
  for (const userId of await findOldGuests(db, mostGuests)) {
    if (enough()) break
    try {
      if (await eraseByProgram(db, userId, (trx) => addToTotals(trx, userId))) erased++
    } catch (error) {
      // One of them must not keep the others here for ever.
      if (!(error instanceof AppError)) onFailure(userId, error)
    }
  }
  return erased
}

/** What is done once a day. */
export interface Upkeep {
  /** Does it now and from then on every day. Does not wait for it. */
  start(): void
  /** Resolves when nothing of it is under way any more, and nothing will be. */
  stop(): Promise<void>
}

/** The daily upkeep of personal data. What fails is logged and tried again the next day. */
export function createUpkeep(deps: {
  db: Kysely<Database>
  clock: Clock
  logger: Pick<Logger, 'info' | 'error'>
}): Upkeep {
  const { db, clock, logger } = deps
  let cancel: (() => void) | undefined
  let running: Promise<void> = Promise.resolve()
  let stopped = false

  const run = async (): Promise<void> => {
    try {
      const failed = (userId: string, error: unknown) => logger.error({ err: error, userId }, 'could not erase a guest')
      const guests = await purgeGuests(db, () => stopped, failed)
      await tidy(db)
      if (guests > 0) logger.info({ guests }, 'erased guests of workshops that closed long ago')
    } catch (error) {
      logger.error({ err: error }, 'the daily upkeep failed')
    }
    if (!stopped) cancel = clock.after(day, start)
  }
  const start = (): void => {
    if (!stopped) running = run()
  }

  return {
    start,
    async stop() {
      stopped = true
      cancel?.()
      await running
    },
  }
}
