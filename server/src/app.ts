import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { Hono } from 'hono'
import { compress } from 'hono/compress'
import type { Kysely } from 'kysely'
import type pg from 'pg'
import { approvalRoutes } from './approvals/routes.ts'
import { signInDoor } from './auth/door.ts'
import { resetRoutes } from './auth/factors/reset/routes.ts'
import { createGuesses } from './auth/guesses.ts'
import { createKnownDevices } from './auth/known-devices.ts'
import { linkRoutes } from './auth/links/routes.ts'
import { openIdRoutes } from './auth/openid/routes.ts'
import { createPasswords, type Passwords } from './auth/passwords.ts'
import { profileRoutes } from './auth/profile/routes.ts'
import { authRoutes } from './auth/routes.ts'
import { createSessions } from './auth/sessions.ts'
import { createThrottles, type Throttles } from './auth/throttling.ts'
import { createKeeper } from './authorship/keeper.ts'
import { authorshipRoutes } from './authorship/routes.ts'
import { commitmentRoutes } from './commitments/routes.ts'
import type { Config } from './config.ts'
import { createPool } from './db/client.ts'
import { pendingMigrations } from './db/migrate.ts'
import type { Database } from './db/types.ts'
import { demoRoutes } from './demo/routes.ts'
import { createContentMemo } from './documents/content-memo.ts'
import { documentRoutes } from './documents/routes.ts'
import { draftRoutes } from './drafts/routes.ts'
import { endorsementRoutes } from './endorsements/routes.ts'
import { publicFileRoutes } from './exports/public/routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { createAddressReader } from './http/address.ts'
import { apiReader } from './http/api-reader.ts'
import { clientFiles } from './http/client-files.ts'
import type { HttpEnv } from './http/env.ts'
import { securityHeaders } from './http/headers.ts'
import { healthRoutes } from './http/health.ts'
import { createMetrics } from './http/metrics.ts'
import { type ApiDescription, describeApi } from './http/openapi.ts'
import { ownOriginOnly } from './http/origin.ts'
import { noSuchRoute, problems } from './http/problems.ts'
import { createRates, type Rates } from './http/rates.ts'
import { requestLog } from './http/request-log.ts'
import type { Door } from './http/server.ts'
import { sessionCookie } from './http/session.ts'
import { importRoutes } from './imports/routes.ts'
import { createKeys } from './keys.ts'
import type { Logger } from './log.ts'
import { createMailer } from './mail/mailer.ts'
import { meetingRoutes } from './meetings/routes.ts'
import { countHeldMeetings } from './meetings/service.ts'
import { peopleRoutes } from './people/routes.ts'
import { partIn } from './people/service.ts'
import { planRoutes } from './plans/routes.ts'
import { createLeads } from './plans/text/leads.ts'
import { privacyRoutes } from './privacy/routes.ts'
import { progressRoutes } from './progress/routes.ts'
import { stampOf } from './publish/lists.ts'
import { readPublicPlan } from './publish/service.ts'
import { createKeptPlans, type KeptLimits, keptLimits } from './publish/site/kept.ts'
import { siteRoutes } from './publish/site/routes.ts'
import { createReceiptBounds } from './receipts/bounds.ts'
import { receiptRoutes } from './receipts/routes.ts'
import { createStandings } from './receipts/standing.ts'
import { createBundles } from './record/bundle/service.ts'
import type { Erasures } from './record/forgetting/erasures.ts'
import { redactionRoutes } from './record/redaction/routes.ts'
import { recordRoutes } from './record/routes.ts'
import type { Tree } from './record/tree/service.ts'
import { witnessingRoutes } from './record/witnessing/routes.ts'
import { dissentRoutes } from './review/dissent/routes.ts'
import { createExaminer } from './review/inputs/attachments/examining.ts'
import { attachmentRoutes } from './review/inputs/attachments/routes.ts'
import { inputRoutes } from './review/inputs/routes.ts'
import { newsRoutes } from './review/news/routes.ts'
import { proposalRoutes } from './review/proposals/routes.ts'
import { searchRoutes } from './review/search/routes.ts'
import { threadRoutes } from './review/threads/routes.ts'
import { insertDocument } from './rooms/adapters/new-document.ts'
import type { AccessReader, Clock } from './rooms/ports.ts'
import type { RoomServer } from './rooms/registry.ts'
import { roomRoutes } from './rooms/routes.ts'
import type { Secrets } from './secrets.ts'
import type { Spool } from './spool.ts'
import { versionRoutes } from './versions/routes.ts'
import { workshopRoutes } from './workshops/routes.ts'

/** Everything the app stands on. Only this file knows every area. */
export interface AppDeps {
  /** Read at every request: `baseUrl` may still change until the server listens. */
  config: Pick<
    Config,
    'baseUrl' | 'production' | 'demo' | 'trustedProxies' | 'smtpUrl' | 'openid' | 'recordWitnesses'
  > &
    Secrets
  db: Kysely<Database>
  pool: pg.Pool
  rooms: RoomServer
  tree: Tree
  erasures: Pick<Erasures, 'add'>
  access: AccessReader
  logger: Logger
  now: () => Date
  clock: Clock
  passwords?: Passwords
  /** Where large answers are made. */
  spool: Spool
  throttles?: Throttles
  rates?: Rates
  /** Other bounds than the usual ones of what is kept of public pages. */
  kept?: KeptLimits
  /** The built client; its own `dist` unless said otherwise. */
  clientFolder?: string
}

const builtClient = fileURLToPath(new URL('../../client/dist/', import.meta.url))

/**
 * The whole HTTP side as one app: what guards every request first, then each area's routes, the rooms' upgrade, and the
 * client's files for every address left over. The door stands before it: see `http/server.ts`.
 */
export function createApp(deps: AppDeps): { app: Hono<HttpEnv>; door: Door } {
  const { config, db, pool, rooms, tree, erasures, access, logger, now, clock } = deps
  const secure = config.baseUrl.startsWith('https:')
  const sessions = createSessions(db, { secure, demandSecondFactor: config.production })
  const passwords = deps.passwords ?? createPasswords()
  const keys = createKeys(config.appKey)
  // Connections of their own: a flood of attempts that are counted must not stand in the way of everybody's questions.
  const counting = deps.throttles ? pool : createPool({ ...pool.options, max: 3, allowExitOnIdle: true }, logger)
  const throttles = deps.throttles ?? createThrottles(counting, { keys, logger })
  const devices = createKnownDevices({ keys, throttles, secure })
  const mailer = createMailer(config, logger)
  const metrics = createMetrics(() => rooms.stats)
  const addressOf = createAddressReader(config.trustedProxies)
  let described: ApiDescription | undefined
  const describe = () => {
    described ??= describeApi({ baseUrl: config.baseUrl, cookieName: sessions.cookieName })
    return described
  }

  const app = new Hono<HttpEnv>()
  app.onError(problems(logger))
  app.use(requestLog({ logger, metrics, addressOf, now: clock.now }))
  app.use(securityHeaders(config))
  app.use(ownOriginOnly(config))
  // The client's files come compressed from its build; only what the API answers is compressed here.
  app.use('/api/*', compress())
  app.use('/api/*', sessionCookie(sessions))
  app.use('/rooms/*', sessionCookie(sessions))
  const rates =
    deps.rates ?? createRates({ throttles, planOf: async (userId, plan) => (await partIn(db, userId, plan))?.planId })
  app.use('/api/*', async (c, next) => {
    c.set('rates', rates)
    await next()
  })

  app.route(
    '/',
    healthRoutes({
      pendingMigrations: () => pendingMigrations(pool),
      draining: () => rooms.draining,
      clock,
      metrics,
      metricsToken: config.metricsToken,
    }),
  )
  app.route('/', apiReader(describe))
  app.route('/', demoRoutes({ db, config }))
  app.route('/', authRoutes({ db, sessions, passwords, throttles, devices, keys, rooms, config, now }))
  app.route('/', profileRoutes({ db, sessions, passwords, throttles, keys, rooms, config, now }))
  app.route('/', openIdRoutes({ db, sessions, passwords, throttles, keys, rooms, config, logger, now }))
  app.route('/', linkRoutes({ db, sessions, passwords, throttles, mailer, rooms, config }))
  app.route('/', resetRoutes({ db, mailer, rooms }))
  app.route('/', peopleRoutes({ db, rooms }))
  app.route('/', workshopRoutes({ db, sessions, throttles, keys, rooms, config }))
  app.route('/', privacyRoutes({ db, sessions, passwords, throttles, rooms, erasures, logger, now }))
  const contentAt = createContentMemo(32)
  const planTexts = { contentAt, leadsOf: createLeads(rooms), countMeetings: countHeldMeetings }
  app.route('/', planRoutes({ db, rooms, tree, insertDocument, ...planTexts }))
  app.route('/', commitmentRoutes({ db, rooms, insertDocument }))
  app.route('/', documentRoutes({ db, rooms, contentAt }))
  const keeper = createKeeper(db)
  app.route('/', authorshipRoutes({ db, rooms, keeper }))
  app.route('/', threadRoutes({ db, rooms, keeper }))
  const examiner = createExaminer()
  app.route('/', attachmentRoutes({ db, examiner }))
  app.route('/', inputRoutes({ db, rooms, keeper, now }))
  app.route('/', meetingRoutes({ db, examiner, insertDocument }))
  app.route('/', dissentRoutes({ db, rooms, keeper }))
  app.route('/', proposalRoutes({ db, rooms, keeper }))
  app.route('/', searchRoutes({ db }))
  app.route('/', newsRoutes({ db, mailer, keys, config, now }))
  app.route('/', approvalRoutes({ db, passwords, throttles, keys, rooms, config, now }))
  app.route('/', endorsementRoutes({ db, examiner }))
  app.route('/', progressRoutes({ db }))
  app.route('/', versionRoutes({ db, rooms, now }))
  const { recordWitnesses: witnesses } = config
  const bundles = createBundles({ db, tree, witnesses, spool: deps.spool })
  app.route('/', recordRoutes({ db, tree, witnesses, bundles }))
  app.route('/', witnessingRoutes({ db, tree, witnesses, throttles, logger, now }))
  app.route('/', redactionRoutes({ db, rooms, keys }))
  app.route('/', draftRoutes({ db, rooms, now }))
  const reading = { db, rooms, keeper, tree, ...planTexts, config, now }
  app.route('/', exportRoutes({ ...reading, bundles }))
  const time = { now: () => clock.now(), pause }
  const kept = deps.kept ?? keptLimits
  // Pages and files are of the same plans.
  const publicDeps = { db, rooms, keeper, tree, texts: new Map(), planTexts: new Map(), told: new Map() }
  const plans = createKeptPlans(
    {
      ...time,
      stamp: (slug) => stampOf(db, slug),
      read: (slug, { strict }) => readPublicPlan(publicDeps, slug, strict),
    },
    kept,
  )
  const standings = createStandings(db, keeper)
  const receipts = { guesses: createGuesses(throttles, 'receipt'), bounds: createReceiptBounds(throttles) }
  // A receipt is read whatever becomes of the pages: then it names no title.
  const publicTitle = (slug: string, number: number) =>
    plans(slug).then(
      (kept) => kept?.plan.commitments.find((one) => one.number === number)?.title,
      () => undefined,
    )
  app.route('/', receiptRoutes({ db, tree, keys, ...receipts, standings, keeper, config, publicTitle }))
  app.route('/', publicFileRoutes({ ...publicDeps, plans, time, kept, throttles, config, now }))
  app.route('/', importRoutes({ db, rooms }))
  app.route('/', siteRoutes({ ...publicDeps, plans, time, kept, keys, throttles, config, now }))
  app.route('/', roomRoutes({ config, rooms, access, clock }))
  app.route('/', clientFiles(config, deps.clientFolder ?? builtClient))
  app.notFound(noSuchRoute(app))
  return { app, door: signInDoor({ passwords, devices, metrics, addressOf, config, now: clock.now }) }
}
