/**
 * Automatic versions: made when the last person who could write has left and the content has changed, never by the
 * clock. A failure is tried again a few times; what a crash cut off is made up for at the next start.
 */
import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { Logger } from '../../log.ts'
import type { Clock, RoomEvents, UpdateLog } from '../../rooms/ports.ts'
import { hasChanged } from '../rules.ts'
import { keepMoment, momentAt } from '../service.ts'
import { findLatest, findUnkept, lockDocument } from '../store.ts'
import { inTurn } from '../turns.ts'

/** What automatic versions are made with. `log` and not the rooms: it also answers while the rooms drain. */
export interface AutomaticDeps {
  db: Kysely<Database>
  log: Pick<UpdateLog, 'stateAt'>
  clock: Clock
  now: () => Date
  logger: Pick<Logger, 'warn' | 'error'>
}

/** Makes versions when told so by the rooms. */
export interface AutomaticVersions extends Pick<RoomEvents, 'lastWriterLeft'> {
  /**
   * Looks after documents whose log has moved on from their newest version: a server that was killed had no time to.
   * To be called once at start; needs nobody to wait for it. Answers how many versions it made.
   */
  catchUp(): Promise<number>
  /** Resolves when nothing is under way any more. What waits for another try gets it now, and it is the last. */
  settle(): Promise<void>
}

/** Pauses between tries, in milliseconds. */
const pauses = [500, 2000, 8000, 30_000]

/** Automatic versions over a log. Every document's versions are made one after another, and none is made twice. */
export function createAutomaticVersions({ db, log, clock, now, logger }: AutomaticDeps): AutomaticVersions {
  const running = new Set<Promise<boolean>>()
  const sleeping = new Set<() => void>()
  let settling = 0

  function start(documentId: string, seq: number): Promise<boolean> {
    const work = persist(documentId, seq).finally(() => running.delete(work))
    running.add(work)
    return work
  }

  async function persist(documentId: string, seq: number): Promise<boolean> {
    for (const pause of [...pauses, undefined]) {
      try {
        return await inTurn(documentId, () => keepChanged(documentId, seq))
      } catch (error) {
        if (pause === undefined || settling > 0) {
          logger.error({ err: error, documentId, seq }, 'an automatic version could not be made')
          return false
        }
        logger.warn({ err: error, documentId, seq, pause }, 'an automatic version must wait')
        await sleep(pause)
      }
    }
    return false
  }

  /** Makes a version of the document after row `seq`, unless one was made since or the content is what it was. */
  async function keepChanged(documentId: string, seq: number): Promise<boolean> {
    const known = await findLatest(db, documentId)
    if (known && known.seq >= seq) return false
    const moment = await momentAt(log, documentId, seq)
    const seed = known ? undefined : await momentAt(log, documentId, 1)
    return db.transaction().execute(async (trx) => {
      await lockDocument(trx, documentId)
      const latest = await findLatest(trx, documentId)
      if (latest && latest.seq >= seq) return false
      if (!hasChanged(latest, seed?.contentHash, moment.contentHash)) return false
      await keepMoment(trx, documentId, moment, { kind: 'automatic' }, now())
      return true
    })
  }

  function sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        cancel()
        sleeping.delete(wake)
        resolve()
      }
      const cancel = clock.after(milliseconds, wake)
      sleeping.add(wake)
    })
  }

  return {
    lastWriterLeft(documentId, headSeq) {
      void start(documentId, headSeq)
    },
    async catchUp() {
      let made = 0
      for (const { documentId, headSeq } of await findUnkept(db)) {
        if (settling > 0) break
        if (await start(documentId, headSeq)) made += 1
      }
      return made
    },
    async settle() {
      settling += 1
      while (running.size > 0) {
        for (const wake of [...sleeping]) wake()
        await Promise.race(running)
      }
      settling -= 1
    },
  }
}
