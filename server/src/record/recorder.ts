/**
 * Keeps the record up with what happens, a second behind it: enters what was written in rooms, and has the tree take in
 * what waits. A failure is logged and tried again; nothing is lost meanwhile, since both read what is stored.
 */
import type { Kysely } from 'kysely'
import type { Database } from '../db/types.ts'
import type { Logger } from '../log.ts'
import { repeat } from '../repeat.ts'
import type { Clock, RoomEvents } from '../rooms/ports.ts'
import { auditRecord } from './audit/service.ts'
import { sealDocuments } from './sealing/service.ts'
import { findUnsealed } from './sealing/store.ts'
import type { Tree } from './tree/service.ts'

/** What the recorder needs. */
export interface RecorderDeps {
  db: Kysely<Database>
  tree: Pick<Tree, 'grow'>
  clock: Clock
  logger: Pick<Logger, 'error'>
}

/** Told by the rooms what was stored. */
export interface Recorder extends Pick<RoomEvents, 'stored'> {
  /** Looks for what an earlier process had no time to enter, and from then on looks every second. */
  start(): void
  /** Enters and signs everything that is stored by now. */
  catchUp(): Promise<void>
  /** Does so once more, and ends. */
  stop(): Promise<void>
}

/** Milliseconds between two looks. */
const every = 1000

/** Milliseconds between two comparisons of the record with the database. */
const auditEvery = 24 * 60 * 60 * 1000

/** Makes a recorder. */
export function createRecorder({ db, tree, clock, logger }: RecorderDeps): Recorder {
  const dirty = new Set<string>()
  let running: Promise<void> = Promise.resolve()

  /** One document that cannot be entered keeps neither the others nor the signing waiting. */
  async function seal(): Promise<void> {
    const documentIds = [...dirty]
    dirty.clear()
    const failed = (documentId: string, error: unknown) => {
      dirty.add(documentId)
      logger.error({ err: error, documentId }, 'a document could not be entered into the record')
    }
    try {
      await sealDocuments(db, documentIds, failed)
    } catch (error) {
      // Which of them are entered is known by the database, which is asked again.
      for (const documentId of documentIds) dirty.add(documentId)
      throw error
    }
  }

  async function look(): Promise<void> {
    await seal()
    await tree.grow()
  }

  const turn = (work: () => Promise<void>): Promise<void> => {
    const next = running.then(work)
    running = next.catch(() => undefined)
    return next
  }

  const catchUp = (): Promise<void> =>
    turn(async () => {
      for (const documentId of await findUnsealed(db)) dirty.add(documentId)
      await look()
    })

  let caughtUp = false
  const keeping = repeat({ clock, logger }, { every, failure: 'the record must wait' }, async () => {
    await (caughtUp ? turn(look) : catchUp())
    caughtUp = true
  })
  // Beside everything else: it only reads, and may take a while.
  const failure = 'the record could not be compared with the database'
  const comparing = repeat({ clock, logger }, { every: auditEvery, failure }, (enough) =>
    auditRecord(db, logger, enough),
  )

  return {
    stored(documentId) {
      dirty.add(documentId)
    },
    start() {
      keeping.start()
      comparing.start()
    },
    catchUp,
    async stop() {
      // What was written waits for no comparison, which ends after the question to the database that it is at.
      const compared = comparing.stop()
      await keeping.stop()
      await catchUp().catch((error: unknown) => logger.error({ err: error }, 'the record was not brought up to date'))
      await compared
    },
  }
}
