/**
 * From the environment to a server that listens.
 * 1. Check everything that can be wrong before changing anything; each failure is one sentence and exit 1.
 * 2. Open the database, compose the program, listen, say so.
 * 3. At SIGTERM or SIGINT: refuse newcomers, store what rooms hold, close in reverse order, exit 0.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { ServerType } from '@hono/node-server'
import { baseUrlOf, type Config, readConfig } from './config.ts'
import { takeDataFolder } from './data-folder.ts'
import { openDatabase } from './db/open.ts'
import { createHttpServer } from './http/server.ts'
import { listenOn, reservePort } from './listen.ts'
import { createLogger, type Logger } from './log.ts'
import { readSecrets } from './secrets.ts'
import { StartError } from './start-error.ts'

/** Milliseconds after which a stop gives up waiting. Whatever was acknowledged is in the log already. */
const longestStop = 25_000

const closers: (() => unknown)[] = []
let stopping = false

async function start(given: Config, logger: Logger): Promise<void> {
  closers.push(await takeDataFolder(given.dataDir))
  const port = await reservePort(given.host, given.port)
  const baseUrl = given.baseUrlDerived ? baseUrlOf(given.host, port) : given.baseUrl
  const config = { ...given, port, baseUrl, ...(await readSecrets(given)) }

  // The program's code loads while PostgreSQL starts.
  const loading = import('./compose.ts')
  loading.catch(() => {})
  const onLost = () => void stop(logger, 1, 'another Cabildo has taken the database')
  const database = await openDatabase(config, { logger, onLost })
  closers.push(database.close)

  const { compose } = await loading
  const program = await compose({ config, pool: database.pool, logger })
  closers.push(program.drain)

  const server = createHttpServer(program)
  await listenOn(server, config.host, port)
  // Closing waits for open sockets, which the rooms close in the next step; so begin here and wait there.
  closers.pop()
  closers.push(async () => {
    const closed = close(server)
    await program.drain()
    await closed
  })
  await untilReady(baseUrlOf(config.host, port))
  if (stopping) return
  process.stdout.write(`Cabildo ready on ${baseUrl}\n`)
  program.catchUp()
}

/** Ends open requests that have not ended by themselves in three seconds. */
async function close(server: ServerType): Promise<void> {
  const closed = new Promise((done) => server.close(done))
  await Promise.race([closed, pause(3000)])
  if ('closeAllConnections' in server) server.closeAllConnections()
}

async function untilReady(url: string): Promise<void> {
  const until = performance.now() + 15_000
  for (;;) {
    const answer = await fetch(`${url}/readyz`).catch((error: unknown) => error)
    if (answer instanceof Response && answer.ok) return
    if (performance.now() > until) {
      const why = answer instanceof Response ? await answer.text() : String(answer)
      throw new StartError(`Cabildo listens but is not ready: ${why}`)
    }
    await pause(50)
  }
}

async function stop(logger: Logger, code: number, why?: string): Promise<void> {
  if (stopping) return
  stopping = true
  if (why) logger.info(`stopping: ${why}`)
  setTimeout(() => process.exit(1), longestStop).unref()
  let worst = code
  for (const closer of closers.splice(0).reverse()) {
    try {
      await closer()
    } catch (error) {
      // The other closers still have things to put away.
      logger.error({ err: error }, 'could not stop cleanly')
      worst = 1
    }
  }
  process.exit(worst)
}

async function main(): Promise<void> {
  let logger = createLogger('info')
  try {
    const config = readConfig(process.env)
    logger = createLogger(config.logLevel)
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      process.on(signal, () => void stop(logger, 0, signal))
    }
    // `npm start` holds the other end; it was killed without a chance to tell us.
    process.on('disconnect', () => void stop(logger, 0, 'the starting process is gone'))
    process.channel?.unref()
    process.on('uncaughtException', (error) => {
      logger.fatal({ err: error }, 'a defect')
      void stop(logger, 1, 'a defect')
    })
    await start(config, logger)
  } catch (error) {
    if (stopping) return
    if (error instanceof StartError) process.stderr.write(`${error.message}\n`)
    else logger.fatal({ err: error }, 'could not start')
    await stop(logger, 1)
  }
}

await main()
