import { rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '@cabildo/protocol/room/limits'
import type { Hono } from 'hono'
import { pino } from 'pino'
import { type AppDeps, createApp } from '../../../server/src/app.ts'
import { createPasswords, type Passwords } from '../../../server/src/auth/passwords.ts'
import { writingRoles } from '../../../server/src/auth/rules.ts'
import { createSessions } from '../../../server/src/auth/sessions.ts'
import { newId } from '../../../server/src/db/ids.ts'
import type { HttpEnv } from '../../../server/src/http/env.ts'
import type { Door } from '../../../server/src/http/server.ts'
import { createAccessReader } from '../../../server/src/people/access.ts'
import { keptLimits } from '../../../server/src/publish/site/kept.ts'
import { createRecorder, type Recorder } from '../../../server/src/record/recorder.ts'
import type { Journal, Signed } from '../../../server/src/record/tree/journal.ts'
import { createTree } from '../../../server/src/record/tree/service.ts'
import { createSigner } from '../../../server/src/record/tree/signer.ts'
import { createPostgresLog } from '../../../server/src/rooms/adapters/postgres-log.ts'
import { systemClock } from '../../../server/src/rooms/adapters/system-clock.ts'
import { createRooms, type RoomServer } from '../../../server/src/rooms/registry.ts'
import { createSpool, type Spool } from '../../../server/src/spool.ts'
import { memoryErasures } from './erasing.ts'
import type { FreshDatabase } from './postgres.ts'

/** How one request is made. Unsafe methods come from our own page and carry JSON unless `headers` say otherwise. */
export interface Asking {
  /** The session cookie of somebody, from `cookieOf`. */
  as?: string
  body?: unknown
  headers?: Record<string, string>
  /** Where the socket comes from. */
  address?: string
}

/** The whole app over a database, called without a socket. */
export interface TestApp {
  app: Hono<HttpEnv>
  /** What stands before it where it is on a port. */
  door: Door
  rooms: RoomServer
  /** Never started: `catchUp` enters and signs what there is by now. */
  recorder: Recorder
  /** `key` is method and path, as in `GET /api/plans`. */
  ask(key: string, asking?: Asking): Promise<Response>
  /** A new session of somebody, as the cookie a browser would send. */
  cookieOf(someone: { userId: string }): Promise<string>
}

/** The origin the app believes to be its own. */
export const testOrigin = 'http://cabildo.test'

/** What the environment would say, and secrets that are none. */
export const testConfig = {
  baseUrl: testOrigin,
  production: false,
  demo: false,
  trustedProxies: [],
  smtpUrl: undefined,
  openid: undefined,
  recordWitnesses: [],
  metricsToken: 'token-of-the-test',
  appKey: 'a'.repeat(43),
} satisfies AppDeps['config']

/** What signs the record in tests. */
export const testSigner = createSigner('cabildo.test/cocreacion')

/** A journal that forgets with the process. */
export function memoryJournal(): Journal {
  let last: Signed | undefined
  return {
    read: async () => last,
    async write(signed) {
      last = signed
    },
  }
}

/** A spool whose files are gone when the test is. */
export function testSpool(): Spool {
  const folder = join(tmpdir(), `cabildo-test-spool-${newId()}`)
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return createSpool(folder)
}

const sharedSpool = testSpool()

let passwords: Passwords | undefined
/** One for all apps of a worker: each would begin a thread of its own, and there hash a password that nobody knows. */
const sharedPasswords = () => {
  // Without a pace: what one file of tests asks for must not keep the next one waiting.
  passwords ??= createPasswords({ perSecond: Number.POSITIVE_INFINITY })
  return passwords
}

/** Puts the real app together: real rooms, real log, a logger that says nothing. */
export function createTestApp({ db, pool }: FreshDatabase, changes: Partial<AppDeps> = {}): TestApp {
  const logger = pino({ level: 'silent' })
  const demandSecondFactor = changes.config?.production === true
  const access = createAccessReader(db, { demandSecondFactor })
  const log = createPostgresLog(pool, { writers: writingRoles })
  const tree = changes.tree ?? createTree({ db, signer: testSigner, journal: memoryJournal(), logger })
  const recorder = createRecorder({ db, tree, clock: systemClock, logger })
  const events = { stored: recorder.stored, lastWriterLeft: () => undefined }
  const rooms = createRooms({ log, access, clock: systemClock, events, limits: defaultLimits, logger })
  const deps: AppDeps = {
    config: testConfig,
    erasures: memoryErasures(),
    spool: sharedSpool,
    passwords: sharedPasswords(),
    db,
    pool,
    rooms,
    tree,
    access,
    logger,
    now: () => new Date(),
    clock: systemClock,
    // Who reads a public page waits for what is newest.
    kept: { ...keptLimits, patience: Number.POSITIVE_INFINITY, rest: 0, map: 1 },
    ...changes,
  }
  const { app, door } = createApp(deps)
  const sessions = createSessions(db, { secure: deps.config.baseUrl.startsWith('https:') })

  return {
    app,
    door,
    rooms,
    recorder,
    async ask(key, { as, body, headers = {}, address = '192.0.2.1' } = {}) {
      const [method = 'GET', path = '/'] = key.split(' ')
      const isUnsafe = method !== 'GET' && method !== 'HEAD'
      const init: RequestInit = {
        method,
        headers: {
          ...(isUnsafe ? { origin: deps.config.baseUrl, 'content-type': 'application/json' } : {}),
          ...(as ? { cookie: as } : {}),
          ...headers,
        },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }
      return app.request(path, init, { incoming: { socket: { remoteAddress: address } } })
    },
    async cookieOf({ userId }) {
      const { cookie } = await sessions.begin(userId)
      return cookie.split(';', 1)[0] ?? ''
    },
  }
}
