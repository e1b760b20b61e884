import { AppError } from '@cabildo/protocol/errors'
import type { Logger } from '../../log.ts'
import { type Repeated, repeat } from '../../repeat.ts'
import type { Clock } from '../../rooms/ports.ts'
import { type ErasingDeps, eraseByProgram } from '../erasing/service.ts'
import { addToTotals, findOldGuests, tidy } from './store.ts'

/** Most guests of one run, so that a run has an end; the next one goes on. */
const mostGuests = 5000
const day = 24 * 60 * 60 * 1000

/**
 * Erases the guests whose workshop closed long ago, each in a transaction of its own that keeps the workshop's totals, and
 * answers how many. Who cannot be erased now is tried again the next day. `enough` ends it early. Time is the database's.
 */
export async function purgeGuests(
  deps: ErasingDeps,
  enough: () => boolean = () => false,
  onFailure: (userId: string, error: unknown) => void = () => undefined,
): Promise<number> {
  let erased = 0
  for (const userId of await findOldGuests(deps.db, mostGuests)) {
    if (enough()) break
    try {
      if (await eraseByProgram(deps, userId, (trx) => addToTotals(trx, userId))) erased++
    } catch (error) {
      // One of them must not keep the others here for ever.
      if (!(error instanceof AppError)) onFailure(userId, error)
    }
  }
  return erased
}

/** The daily upkeep of personal data. What fails is logged and tried again the next day. */
export function createUpkeep(
  deps: ErasingDeps & {
    clock: Clock
    logger: Pick<Logger, 'info' | 'error'>
  },
): Repeated {
  const { db, logger } = deps
  return repeat(deps, { every: day, failure: 'the daily upkeep failed' }, async (enough) => {
    const failed = (userId: string, error: unknown) => logger.error({ err: error, userId }, 'could not erase a guest')
    const guests = await purgeGuests(deps, enough, failed)
    await tidy(db)
    if (guests > 0) logger.info({ guests }, 'erased guests of workshops that closed long ago')
  })
}
