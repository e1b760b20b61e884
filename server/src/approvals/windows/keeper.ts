import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { Logger } from '../../log.ts'
import { type Repeated, repeat } from '../../repeat.ts'
import type { Clock } from '../../rooms/ports.ts'
import { endConsultation } from '../moving.ts'
import { endPlanWindow } from '../plan/moving.ts'
import type { MovingDeps } from '../tell.ts'
import { findDue } from './store.ts'

const minute = 60 * 1000
/** Most windows of one run; the next one goes on. */
const most = 100

/** Ends windows whose day has come, and answers how many. One that cannot be ended does not keep the others. */
export async function endDueWindows(
  deps: MovingDeps & { db: Kysely<Database> },
  enough: () => boolean = () => false,
  onFailure: (windowId: string, error: unknown) => void = () => undefined,
): Promise<number> {
  let ended = 0
  for (const window of await findDue(deps.db, deps.now(), most)) {
    if (enough()) break
    const { documentId } = window
    try {
      const done = documentId === null ? endPlanWindow(deps, window) : endConsultation(deps, { ...window, documentId })
      if (await done) ended++
    } catch (error) {
      onFailure(window.id, error)
    }
  }
  return ended
}

/** Ends windows on their day, within a minute. What fails is logged and tried again. */
export function createWindowKeeper(
  deps: MovingDeps & { clock: Clock; logger: Pick<Logger, 'info' | 'error'> },
): Repeated {
  const { logger } = deps
  return repeat(deps, { every: minute, failure: 'windows were not ended' }, async (enough) => {
    const failed = (windowId: string, error: unknown) =>
      logger.error({ err: error, windowId }, 'could not end a window')
    const ended = await endDueWindows(deps, enough, failed)
    if (ended > 0) logger.info({ ended }, 'ended windows whose day had come')
  })
}
