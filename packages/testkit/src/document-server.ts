import type { Problem } from '@cabildo/protocol/errors'
import type { Api } from '@cabildo/protocol/http/api'
import { defaultLimits } from '@cabildo/protocol/room/limits'
import { Hono } from 'hono'
import { pino } from 'pino'
import type { z } from 'zod'
import { writingRoles } from '../../../server/src/auth/rules.ts'
import { draftRoutes } from '../../../server/src/drafts/routes.ts'
import type { HttpEnv } from '../../../server/src/http/env.ts'
import { problems } from '../../../server/src/http/problems.ts'
import { createAccessReader } from '../../../server/src/people/access.ts'
import { createPostgresLog } from '../../../server/src/rooms/adapters/postgres-log.ts'
import { systemClock } from '../../../server/src/rooms/adapters/system-clock.ts'
import type { Rooms, UpdateLog } from '../../../server/src/rooms/ports.ts'
import { createRooms, type RoomServer } from '../../../server/src/rooms/registry.ts'
import { type AutomaticVersions, createAutomaticVersions } from '../../../server/src/versions/automatic/service.ts'
import { versionRoutes } from '../../../server/src/versions/routes.ts'
import { createManualClock, type ManualClock } from './clock.ts'
import type { Someone } from './factories.ts'
import type { FreshDatabase } from './postgres.ts'

/** What an operation answered: its body as the contract types it, or the problem. */
export interface Answered<K extends keyof Api> {
  status: number
  body: Api[K] extends { response: infer Schema extends z.ZodType } ? z.output<Schema> : undefined
  problem: Problem | undefined
}

/** The real rooms over the real log, automatic versions, and the routes of versions and drafts. */
export interface DocumentServer {
  rooms: RoomServer
  log: UpdateLog
  automatic: AutomaticVersions
  /** Stamps versions and drafts and times automatic versions; the rooms keep the machine's time. */
  clock: ManualClock
  /** Calls an operation as somebody, with a path such as `/api/documents/…/versions`. */
  call<K extends keyof Api>(someone: Someone, operation: K, path: string, body?: unknown): Promise<Answered<K>>
  /** Stops the rooms. The database stays. */
  stop(): Promise<void>
}

/** Puts the parts together on a database. `through` lets a test stand between the routes and the rooms. */
export function serveDocuments(
  { db, pool }: FreshDatabase,
  { through = (rooms: Rooms): Rooms => rooms, log = createPostgresLog(pool, { writers: writingRoles }) } = {},
): DocumentServer {
  const clock = createManualClock()
  const now = () => new Date(clock.now())
  const logger = pino({ level: 'silent' })
  const automatic = createAutomaticVersions({ db, log, clock, now, logger })
  const access = createAccessReader(db)
  const events = { stored: () => undefined, lastWriterLeft: automatic.lastWriterLeft }
  const rooms = createRooms({ log, access, clock: systemClock, events, limits: defaultLimits, logger })

  const app = new Hono<HttpEnv>()
  app.onError(problems(logger))
  app.use(async (c, next) => {
    c.set('actor', JSON.parse(decodeURIComponent(c.req.header('x-actor') ?? 'null')))
    await next()
  })
  app.route('/', versionRoutes({ db, rooms: through(rooms), now }))
  app.route('/', draftRoutes({ db, rooms: through(rooms), now }))

  return {
    rooms,
    log,
    automatic,
    clock,
    async call({ userId, sessionId, name }, operation, path, body) {
      const [method = 'GET'] = operation.split(' ')
      const headers = {
        'x-actor': encodeURIComponent(
          JSON.stringify({ userId, sessionId, name, workshopId: null, secondFactor: true }),
        ),
      }
      const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
      const response = await app.request(path, init)
      const text = await response.text()
      const answer = text === '' ? undefined : JSON.parse(text)
      return { status: response.status, body: answer, problem: response.ok ? undefined : answer }
    },
    async stop() {
      await rooms.drain()
      await automatic.settle()
    },
  }
}
