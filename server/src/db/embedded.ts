/**
 * The embedded PostgreSQL: real PostgreSQL 18 programs from the package registry, as children of this process.
 * 1. Take the folder's lock; stop a server that an earlier process left behind when it was killed.
 * 2. Make the cluster if there is none: aside, then renamed, so that a start cut short leaves nothing half made.
 * 3. Run the server on a private Unix socket, start it again should it die, stop it when told or when we die.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { access, lstat, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { platform, tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { lockFile } from '../file-lock.ts'
import type { Logger } from '../log.ts'
import { StartError } from '../start-error.ts'
import { type Command, findPrograms, give, type Programs, programEnv } from './postgres-programs.ts'

/** A running server. */
export interface EmbeddedPostgres {
  /** For any client: a postgresql:// address with password and socket folder in it. Secret. */
  url: string
  /** The postmaster's process id now; another one after the server had to be started again. */
  pid(): number | undefined
  /** Lets no one in, ends sessions, writes everything down, frees the folder. Safe to call twice. */
  stop(): Promise<void>
}

const user = 'cabildo'
const database = 'cabildo'

/** A Unix socket's path may have 107 bytes with its file name `/.s.PGSQL.5432`; macOS allows 103. */
const longestSocketFolder = 85

/**
 * Two cores, small memory, and every commit on disk before it is acknowledged: fsync, full_page_writes and
 * synchronous_commit stay on whatever postgresql.conf says.
 */
const settings = {
  fsync: 'on',
  full_page_writes: 'on',
  synchronous_commit: 'on',
  shared_buffers: '128MB',
  max_connections: '200',
  max_wal_size: '1GB',
  checkpoint_timeout: '15min',
  jit: 'off',
  timezone: 'UTC',
  unix_socket_permissions: '0700',
  log_line_prefix: '',
}

/** Of a server whose data nobody wants once it ends: nothing waits for the disk, and nobody tidies up. */
const fleeting = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', autovacuum: 'off' }

/**
 * Starts PostgreSQL with its data in `dataDir`/postgres, making it at first, and answers once it takes connections.
 * `keeps` false: what is committed outlives every client, and not the server's own end; for tests. Throws `StartError` when another process uses the folder or when PostgreSQL cannot run; data stays untouched then.
 */
export async function startPostgres({
  dataDir,
  logger,
  keeps = true,
}: {
  dataDir: string
  logger: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>
  keeps?: boolean
}): Promise<EmbeddedPostgres> {
  const home = resolve(dataDir)
  await mkdir(home, { recursive: true, mode: 0o700 })
  const unlock = await lockFile(join(home, 'postgres.lock'), 2000)
  if (!unlock) throw new StartError(`Another Cabildo is running on the data folder ${home}.`)
  try {
    const programs = await findPrograms(home)
    if (programs.owner && programs.data !== join(home, 'postgres')) {
      logger.info(
        `PostgreSQL may not run as root: it runs as user ${programs.owner.uid}, with its data in ${programs.data}`,
      )
    }
    await endOrphan(programs.data, logger)
    const password = await passwordOf(home)
    await makeCluster(programs, password)
    const address = await addressFor(home, programs)
    const server = await supervise(programs, address, password, { logger, keeps })
    return {
      url: addressUrl(address, password, database),
      pid: server.pid,
      stop: async () => {
        await server.stop()
        await address.remove()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

interface Address {
  socketFolder: string | undefined
  port: number
  remove(): Promise<void>
}

/** A private socket in the data folder or, where its path is too long, in the system's folder for temporary files. */
async function addressFor(home: string, { owner, data }: Programs): Promise<Address> {
  if (platform() === 'win32') return { socketFolder: undefined, port: await freePort(), remove: async () => {} }
  const base = owner ? dirname(data) : home
  const near = join(base, 'socket')
  // One name for each data folder, so that a start finds and clears what a killed one left.
  const name = `cabildo-${createHash('sha256').update(near).digest('hex').slice(0, 16)}`
  const short = Buffer.byteLength(near) <= longestSocketFolder
  const socketFolder = short ? near : join(tmpdir(), name)
  const found = await lstat(socketFolder).catch(() => undefined)
  if (found && found.uid !== process.getuid?.() && found.uid !== owner?.uid) {
    throw new StartError(`${socketFolder} belongs to another user: remove it, or choose a shorter DATA_DIR.`)
  }
  await rm(socketFolder, { recursive: true, force: true })
  await mkdir(socketFolder, { mode: 0o700 })
  await give(socketFolder, owner)
  return { socketFolder, port: 5432, remove: () => rm(socketFolder, { recursive: true, force: true }) }
}

function addressUrl({ socketFolder, port }: Address, password: string, name: string): string {
  const query = socketFolder ? `?host=${encodeURIComponent(socketFolder)}` : ''
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${name}${query}`
}

async function passwordOf(home: string): Promise<string> {
  const path = join(home, 'postgres-password')
  const kept = await readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return undefined
    throw new StartError(`Cannot read ${path} (${error.code}): start as the user who owns the data folder.`)
  })
  if (kept) return kept.trim()
  const made = randomBytes(24).toString('base64url')
  await writeFile(path, `${made}\n`, { mode: 0o600, flush: true })
  return made
}

/** A draft has a name that nobody had before: the `initdb` of a start that was killed may still write into its own. */
async function makeCluster({ command, owner, data }: Programs, password: string): Promise<void> {
  const drafts = `${data}.new`
  await clearDrafts(drafts)
  if (await exists(join(data, 'PG_VERSION'))) return
  const draft = `${drafts}-${randomBytes(8).toString('hex')}`
  const secret = `${draft}.password`
  await writeFile(secret, `${password}\n`, { mode: 0o600 })
  await give(secret, owner)
  try {
    await mkdir(draft, { mode: 0o700 })
    await give(draft, owner)
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    const trust = ['--auth=scram-sha-256', `--username=${user}`, `--pwfile=${secret}`]
    await runToEnd(command('initdb', [`--pgdata=${draft}`, ...trust, ...locale, '--no-instructions']))
    await rename(draft, data)
  } finally {
    await rm(secret, { force: true })
  }
}

/** What resists, because somebody still writes there, is left to the next start. */
async function clearDrafts(drafts: string): Promise<void> {
  const folder = dirname(drafts)
  const names = await readdir(folder).catch(() => [])
  const old = names.filter((name) => name.startsWith(basename(drafts)))
  await Promise.all(old.map((name) => rm(join(folder, name), { recursive: true, force: true }).catch(() => {})))
}

async function runToEnd({ file, args, as }: Command): Promise<void> {
  const child = spawn(file, args, { ...as, cwd: '/', env: programEnv, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new StartError(`PostgreSQL could not make its data folder: ${reason(said)}`)
}

/**
 * A server whose Cabildo was killed goes on for a moment, or for ever. We hold the folder's lock, so nobody owns it:
 * end it. A process id that now belongs to some other program is a leftover; its file would only confuse PostgreSQL,
 * whose check of shared memory still guards the data.
 */
async function endOrphan(data: string, logger: Pick<Logger, 'info'>): Promise<void> {
  const path = join(data, 'postmaster.pid')
  const file = await readFile(path, 'utf8').catch(() => '')
  const pid = Number(file.split('\n')[0])
  if (!Number.isInteger(pid) || pid <= 1) return
  if (!isAlive(pid)) return
  if (!(await isServerOf(pid, data))) return rm(path, { force: true })
  logger.info('stopping the PostgreSQL that an earlier start left behind')
  for (const [signal, seconds] of [['SIGINT', 20] as const, ['SIGQUIT', 10] as const]) {
    signalIfAlive(pid, signal)
    const until = performance.now() + seconds * 1000
    while (performance.now() < until) {
      if (!isAlive(pid)) return
      await pause(20)
    }
  }
  throw new StartError(`An earlier PostgreSQL (process ${pid}) still runs on ${data} and does not stop: stop it first.`)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

function signalIfAlive(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    // It ended meanwhile, which is what we want.
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error
  }
}

async function isServerOf(pid: number, data: string): Promise<boolean> {
  const line =
    platform() === 'linux'
      ? (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' ')
      : await argumentsOf(pid)
  return line.includes('postgres') && line.includes(data)
}

async function argumentsOf(pid: number): Promise<string> {
  const child = spawn('ps', ['-ww', '-o', 'args=', '-p', String(pid)], { stdio: ['ignore', 'pipe', 'ignore'] })
  let said = ''
  child.stdout.on('data', (bytes: Buffer) => {
    said += bytes
  })
  await once(child, 'close')
  return said
}

interface Server {
  pid(): number | undefined
  stop(): Promise<void>
}

/** Runs the server; starts it again, after a growing pause, when it ends without being told to. */
async function supervise(
  { command, data }: Programs,
  address: Address,
  password: string,
  { logger, keeps }: { logger: Pick<Logger, 'debug' | 'warn' | 'error'>; keeps: boolean },
): Promise<Server> {
  const args = [
    '-D',
    data,
    '-p',
    String(address.port),
    '-c',
    `listen_addresses=${address.socketFolder ? '' : '127.0.0.1'}`,
  ]
  if (address.socketFolder) args.push('-k', address.socketFolder)
  const chosen = { ...settings, ...(keeps ? {} : fleeting) }
  for (const [name, value] of Object.entries(chosen)) args.push('-c', `${name}=${value}`)

  let stopping = false
  let current: Run | undefined
  let wait = 100

  async function begin(): Promise<void> {
    const until = performance.now() + 20_000
    for (;;) {
      const started = launch(command('postgres', args), logger)
      current = started
      const outcome = await Promise.race([
        started.ended,
        untilReady(addressUrl(address, password, 'postgres'), started),
      ])
      if (outcome === 'ready') break
      // After a kill, the old server's children need a moment to let go of its shared memory.
      if (stopping || !/shared memory|lock file/.test(outcome.said) || performance.now() > until) {
        throw new StartError(`PostgreSQL did not start: ${reason(outcome.said)}`)
      }
      await pause(100)
    }
    current?.ended.then(() => again())
  }

  async function again(): Promise<void> {
    if (stopping) return
    logger.error('PostgreSQL ended by itself: starting it again')
    await pause(wait)
    wait = Math.min(wait * 2, 5000)
    if (stopping) return
    await begin().catch((error) => {
      logger.error({ err: error }, 'PostgreSQL did not start again')
      return again()
    })
  }

  await begin()
  await makeDatabase(addressUrl(address, password, 'postgres'))
  return {
    pid: () => current?.child.pid,
    stop: async () => {
      stopping = true
      if (current) await end(current, logger)
    },
  }
}

interface Run {
  child: ChildProcess
  leash: ChildProcess | undefined
  ended: Promise<{ said: string }>
  over(): boolean
}

function launch({ file, args, as }: Command, logger: Pick<Logger, 'debug' | 'warn'>): Run {
  // Its own session: Ctrl+C in a terminal reaches every process of ours, and rooms must be stored before this one ends.
  const child = spawn(file, args, {
    ...as,
    cwd: '/',
    env: programEnv,
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  let over = false
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4000)
    for (const line of text.split('\n').filter(Boolean)) {
      if (/^(FATAL|PANIC|WARNING)/.test(line) && !/is (starting up|shutting down)/.test(line))
        logger.warn(`postgres: ${line}`)
      else logger.debug(`postgres: ${line}`)
    }
  })
  const leash = child.pid === undefined ? undefined : putOnLeash(child.pid)
  const ended = new Promise<{ said: string }>((done) => {
    const finish = (error?: Error) => {
      over = true
      leash?.kill('SIGKILL')
      done({ said: error ? error.message : said })
    }
    child.once('error', finish)
    child.once('close', () => finish())
  })
  return { child, leash, ended, over: () => over }
}

/** A shell that waits for our end of a pipe to close, which the kernel does however we die, and then stops the server. */
function putOnLeash(pid: number): ChildProcess | undefined {
  if (platform() === 'win32') return undefined
  const script = 'trap "" INT TERM HUP; read -r _; kill -INT "$1" 2>/dev/null'
  const leash = spawn('sh', ['-c', script, 'leash', String(pid)], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  leash.on('error', () => {})
  leash.stdin?.on('error', () => {})
  leash.unref()
  return leash
}

async function untilReady(url: string, run: Run): Promise<'ready'> {
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.end()
      return 'ready'
    } catch (error) {
      // Whoever waits is told by `ended` when the server is gone.
      if (run.over()) return new Promise(() => {})
      if (error instanceof pg.DatabaseError && error.code?.startsWith('28')) {
        throw new StartError('PostgreSQL does not know the password in the data folder: put postgres-password back.')
      }
      await pause(25)
    }
  }
}

async function makeDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const found = await client.query('select from pg_database where datname = $1', [database])
    if (found.rowCount === 0) await client.query(`create database ${database}`)
  } finally {
    await client.end()
  }
}

async function end(run: Run, logger: Pick<Logger, 'warn'>): Promise<void> {
  if (run.over()) return
  const { pid } = run.child
  if (pid === undefined) return
  signalIfAlive(pid, 'SIGINT')
  const slow = setTimeout(() => {
    logger.warn('PostgreSQL is slow to stop: stopping it at once, it recovers at the next start')
    signalIfAlive(pid, 'SIGQUIT')
  }, 20_000)
  await run.ended
  clearTimeout(slow)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

/** The line that says what is wrong, among hints and details. */
function reason(text: string): string {
  const lines = text.trim().split('\n')
  return (lines.find((line) => /(FATAL|PANIC|error):/.test(line)) ?? lines.at(-1) ?? '').replace(
    /^.*?(FATAL|PANIC|error): +/,
    '',
  )
}
