import { join } from 'node:path'
import { defaultLimits, type RoomLimits } from '@cabildo/protocol/room/limits'
import type pg from 'pg'
import { WebSocketServer } from 'ws'
import { createApp } from './app.ts'
import { createWindowKeeper } from './approvals/windows/keeper.ts'
import { createPasswords } from './auth/passwords.ts'
import { writingRoles } from './auth/rules.ts'
import { createSessions } from './auth/sessions.ts'
import type { Config } from './config.ts'
import { listenFor } from './db/bell.ts'
import { createDb } from './db/client.ts'
import { seedDemo } from './demo/seed.ts'
import type { Served } from './http/server.ts'
import { createKeys } from './keys.ts'
import type { Logger } from './log.ts'
import { createMailer } from './mail/mailer.ts'
import { createAccessReader } from './people/access.ts'
import { givePlansTexts } from './plans/making/service.ts'
import { createErasureKeeper } from './privacy/erasing/again.ts'
import { createUpkeep } from './privacy/upkeep/service.ts'
import { createErasures } from './record/forgetting/erasures.ts'
import { createRecorder } from './record/recorder.ts'
import { createRedactionKeeper } from './record/redaction/again.ts'
import { createRedactionJournal } from './record/redaction/journal.ts'
import { createJournal } from './record/tree/journal.ts'
import { createTree } from './record/tree/service.ts'
import { readSigner } from './record/tree/signer.ts'
import { createAsking } from './record/witnessing/asking.ts'
import { createLetters } from './review/news/letters.ts'
import { createSearchKeeper } from './review/search/keeper.ts'
import { insertDocument } from './rooms/adapters/new-document.ts'
import { createPostgresLog } from './rooms/adapters/postgres-log.ts'
import { systemClock } from './rooms/adapters/system-clock.ts'
import { createRooms } from './rooms/registry.ts'
import type { Secrets } from './secrets.ts'
import { createSpool } from './spool.ts'
import { createAutomaticVersions } from './versions/automatic/service.ts'

/** What `main.ts` serves and stops. */
export interface Program extends Served {
  /** Makes up, in the background, for what an earlier process had no time to do, and begins what is done daily. */
  catchUp(): void
  /** Refuses newcomers, stores what waits, closes every socket with 1012. */
  drain(): Promise<void>
}

/** What a program stands on. The token is the one in force, given or made. */
export interface ProgramDeps {
  config: Config & Secrets
  pool: pg.Pool
  logger: Logger
  /** Other bounds than the usual ones: benchmarks bring more people from one address than a town has. */
  limits?: RoomLimits
}

/** Puts the program together on a migrated database: the log, the rooms, what they tell, and the HTTP side. */
export async function compose({ config, pool, logger, limits = defaultLimits }: ProgramDeps): Promise<Program> {
  const db = createDb(pool)
  const clock = systemClock
  const now = () => new Date(clock.now())
  const log = createPostgresLog(pool, { writers: writingRoles })
  const access = createAccessReader(db, { demandSecondFactor: config.production })
  const versions = createAutomaticVersions({ db, log, clock, now, logger })
  const journal = createJournal(config.dataDir)
  const { signer, fresh } = await readSigner({
    dataDir: config.dataDir,
    given: config.recordKey,
    host: new URL(config.baseUrl).host,
    lastHead: (await journal.read())?.note,
  })
  if (fresh) logger.info({ recordKey: signer.verifierKeys[0] }, 'made the key that signs the record: publish it')
  const tree = createTree({ db, signer, journal, logger })
  const asking = createAsking({ db, tree, witnesses: config.recordWitnesses, clock, logger, now })
  const erasures = createErasures(config.dataDir)
  const erasing = createErasureKeeper({ db, erasures, clock, logger })
  const recorder = createRecorder({ db, tree, clock, logger })
  const events = { stored: recorder.stored, lastWriterLeft: versions.lastWriterLeft }
  const rooms = createRooms({ log, access, clock, events, limits, logger })
  const redactions = createRedactionKeeper({
    db,
    rooms,
    journal: createRedactionJournal(config.dataDir),
    clock,
    logger,
  })
  const searching = createSearchKeeper({ db, rooms, clock, logger })
  const stopListening = listenFor('rights', pool.options, { logger, onRing: rooms.recheck })
  const passwords = createPasswords()
  if (config.demo) {
    const sessions = createSessions(db, { secure: false })
    const seeded = await seedDemo({ db, rooms, sessions, passwords, insertDocument, now })
    if (seeded) logger.info('seeded the demo plan')
  }
  const given = await givePlansTexts({ db, insertDocument })
  if (given > 0) logger.info({ plans: given }, 'gave plans from before a text of their own')
  const spool = createSpool(join(config.dataDir, 'tmp'))
  const { app, door } = createApp({
    spool,
    config,
    db,
    pool,
    rooms,
    tree,
    erasures,
    access,
    logger,
    now,
    clock,
    passwords,
  })
  const upkeep = createUpkeep({ db, erasures, clock, logger })
  const windows = createWindowKeeper({ db, rooms, now, clock, logger })
  const mailer = createMailer(config, logger)
  const letters = createLetters({ db, mailer, keys: createKeys(config.appKey), config, now, clock, logger })
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: limits.frameBytes,
    perMessageDeflate: false,
    clientTracking: false,
  })
  return {
    fetch: app.fetch,
    door,
    sockets,
    catchUp() {
      versions.catchUp().catch((error) => logger.error({ err: error }, 'automatic versions were not caught up'))
      upkeep.start()
      recorder.start()
      asking.start()
      erasing.start()
      redactions.start()
      searching.start()
      windows.start()
      if (mailer.on) letters.start()
    },
    async drain() {
      await stopListening()
      const quiet = Promise.all([upkeep.stop(), letters.stop(), windows.stop()])
      await searching.stop()
      await rooms.drain()
      await versions.settle()
      await quiet
      await asking.stop()
      await recorder.stop()
      await erasing.stop()
      await redactions.stop()
    },
  }
}
