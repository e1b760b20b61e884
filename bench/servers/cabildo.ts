/**
 * Our server as `server/src/main.ts` runs it, on a database that is ready. Only the bounds on how much may come from one
 * address, user and socket are higher: all of the bench comes from one.
 */
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defaultLimits } from '@cabildo/protocol/room/limits'
import { compose } from '../../server/src/compose.ts'
import { baseUrlOf, readConfig } from '../../server/src/config.ts'
import { createPool } from '../../server/src/db/client.ts'
import { createHttpServer } from '../../server/src/http/server.ts'
import { listenOn, reservePort } from '../../server/src/listen.ts'
import { createLogger } from '../../server/src/log.ts'
import { announce, setting } from './announce.ts'

const host = '127.0.0.1'
const dataDir = await mkdtemp(join(tmpdir(), 'cabildo-bench-'))
process.on('exit', () => rmSync(dataDir, { recursive: true, force: true }))
const port = await reservePort(host, 0)
const config = readConfig({
  NODE_ENV: 'production',
  HOST: host,
  PORT: String(port),
  BASE_URL: baseUrlOf(host, port),
  DATABASE_URL: setting('DATABASE_URL'),
  // The key and what was signed belong to this one database.
  DATA_DIR: dataDir,
  LOG_LEVEL: 'warn',
  // Requests of the bench may say that they come from elsewhere: all of it comes from here.
  TRUSTED_PROXIES: host,
})
const logger = createLogger(config.logLevel)
const pool = createPool({ connectionString: setting('DATABASE_URL') }, logger)
const limits = {
  ...defaultLimits,
  socketsPerAddress: 100_000,
  socketsPerUser: 100_000,
  socketsPerRoom: 1000,
  sockets: 100_000,
  framesPerSecond: 100_000,
  bytesPerSecond: 1 << 30,
  // The paper comes as one update, as the peers get it too.
  updateClocks: 400_000,
  updateStructs: 100_000,
  hibernateAfter: Number(process.env.IDLE_AFTER ?? defaultLimits.hibernateAfter),
}
const program = await compose({
  config: { ...config, metricsToken: 'of-no-use-in-a-bench', appKey: 'b'.repeat(43) },
  pool,
  logger,
  limits,
})
const server = createHttpServer(program)
await listenOn(server, host, port)
// With the record, as main.ts does; RECORD=off measures what it costs.
if (process.env.RECORD !== 'off') program.catchUp()
announce(port)

process.on('SIGTERM', async () => {
  server.close()
  await program.drain()
  await pool.end()
  process.exit(0)
})
