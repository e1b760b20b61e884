/**
 * Keeps what is looked through up with the texts of commitments, a few seconds behind them. All else follows its source in
 * the transaction that changes it (migration 0074); a text is bytes in a log, and has to be read first.
 * 1. The database says which documents moved on since their text was read last.
 * 2. What each says is read from its room, as committed.
 * 3. What differs is written, if the document still has the epoch that was read: words that were taken out meanwhile
 *    raised it, and are not written again.
 */
import { contentOfState } from '@cabildo/schema/content'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { Logger } from '../../log.ts'
import { repeat } from '../../repeat.ts'
import type { Clock, Rooms } from '../../rooms/ports.ts'
import { partsOf, type TextPart } from './rules.ts'
import { findBehind, findParts, holdText, putParts } from './store.ts'

/** What the keeper needs. */
export interface SearchKeeperDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'read'>
  clock: Clock
  logger: Pick<Logger, 'error'>
}

/** Keeps the texts of commitments where a search finds them. */
export interface SearchKeeper {
  /** Begins, with what an earlier process had no time for, and goes on. */
  start(): void
  /** Writes all that is behind by now; answers how many documents were. */
  catchUp(): Promise<number>
  /** Ends after the document it is at. */
  stop(): Promise<void>
}

/** Milliseconds between two looks. */
const every = 5000

/** Makes one. A document that cannot be read keeps no other waiting. */
export function createSearchKeeper({ db, rooms, clock, logger }: SearchKeeperDeps): SearchKeeper {
  async function look(enough: () => boolean = () => false): Promise<number> {
    let written = 0
    for (const documentId of await findBehind(db)) {
      if (enough()) break
      try {
        if (await write(documentId)) written += 1
      } catch (error) {
        logger.error({ err: error, documentId }, 'a text cannot be found by its words yet')
      }
    }
    return written
  }

  async function write(documentId: string): Promise<boolean> {
    const committed = await rooms.read(documentId)
    if (!committed) return false
    const parts = partsOf(contentOfState(committed.state))
    return db.transaction().execute(async (trx) => {
      if (!(await holdText(trx, documentId, committed))) return false
      const known = await findParts(trx, documentId)
      await putParts(trx, documentId, {
        put: parts.filter((part) => !known.some((one) => isSame(one, part) && one.body === part.body)),
        drop: known.filter((one) => !parts.some((part) => isSame(one, part))),
      })
      return true
    })
  }

  const failure = 'texts cannot be found by their words yet'
  const keeping = repeat({ clock, logger }, { every, failure }, look)
  return { start: keeping.start, stop: keeping.stop, catchUp: () => look() }
}

const isSame = (one: TextPart, other: TextPart): boolean => one.field === other.field && one.number === other.number
