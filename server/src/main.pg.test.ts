/** The program as a person meets it: started, refused, stopped, killed. Each start is a real process. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { emptyDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { main, NODE_COMPILE_CACHE } from '@cabildo/testkit/server-process'
import { afterAll, beforeAll, expect, test } from 'vitest'

let folder = ''
let running: ChildProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabildo-main-'))
})
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 })
})

type Env = Record<string, string>

/**
 * Starts the program, its modules joined as `npm start` has them; `dataDir` is a name in this file's folder. The first test
 * makes `plain`, for those too that are not about making one.
 */
function begin(dataDir: string, env: Env = {}, file = main) {
  const child = spawn(process.execPath, [file], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE,
      PORT: '0',
      DEMO: 'off',
      DATA_DIR: join(folder, dataDir),
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  running.push(child)
  let out = ''
  let err = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const ended = once(child, 'close').then(([code, signal]) => {
    running = running.filter((other) => other !== child)
    return { code, signal, err, out }
  })
  const ready = new Promise<string>((done, fail) => {
    child.stdout?.on('data', () => {
      const [, url] = /^Cabildo ready on (\S+)$/m.exec(out) ?? []
      if (url) done(url)
    })
    ended.then(({ err }) => fail(new Error(`it ended: ${err}${out}`)))
  })
  // A start that is meant to fail has nobody waiting for it to be ready.
  ready.catch(() => {})
  return { child, ready, ended }
}

const refusal = async (dataDir: string, env: Env = {}) => {
  const { code, err } = await begin(dataDir, env).ended
  return { code, err }
}
/** Pino's level of what is no warning. */
const information = 30
const sentence = (text: RegExp) => ({
  code: 1,
  err: expect.stringMatching(new RegExp(`^${text.source}[^\\n]*\\.\\n$`)),
})

test('it says where it is once it is ready, logs JSON lines, and SIGTERM and SIGINT end it with 0 and no alarm', async () => {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const { child, ready, ended } = begin('plain')
    const url = await ready
    // Several at once, each with a connection to the database.
    const answers = await Promise.all(Array.from({ length: 8 }, () => fetch(`${url}/readyz`)))
    for (const { status } of answers) expect(status).toBe(200)
    child.kill(signal)
    child.kill(signal)
    const { code, out } = await ended
    expect(code).toBe(0)
    const logged = out.split('\n').filter((line) => line && !line.startsWith('Cabildo ready'))
    for (const line of logged) expect(JSON.parse(line), line).toMatchObject({ level: information })
  }
})

test('it starts from its sources too, as `npm run dev` has it', async () => {
  const { child, ready, ended } = begin('sources', {}, fileURLToPath(new URL('main.ts', import.meta.url)))
  expect((await fetch(`${await ready}/readyz`)).status).toBe(200)
  child.kill('SIGTERM')
  expect((await ended).code).toBe(0)
})

test('a second start on the same data folder is refused, and the first goes on', async () => {
  const first = begin('plain')
  const url = await first.ready
  expect(await refusal('plain')).toEqual(sentence(/Another Cabildo is running on the data folder/))
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  first.child.kill('SIGTERM')
  expect((await first.ended).code).toBe(0)
})

test('killed at any moment, the next start works, also while the old database still stops', async () => {
  for (const wait of [0, 30, 200, 600]) {
    const cut = begin('killed')
    await new Promise((next) => setTimeout(next, wait))
    cut.child.kill('SIGKILL')
    await cut.ended
  }
  const first = begin('killed')
  await first.ready
  first.child.kill('SIGKILL')
  await first.ended
  const second = begin('killed')
  await second.ready
  second.child.kill('SIGTERM')
  expect((await second.ended).code).toBe(0)
})

test('it ends in order when the process that started it is gone', async () => {
  const { child, ready } = begin('plain')
  await ready
  // Without a channel Node never emits `close`.
  const exited = once(child, 'exit')
  child.disconnect()
  expect(await exited).toEqual([0, null])
})

test('a busy port is said before anything is made', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await once(other, 'listening')
  const address = other.address()
  const port = typeof address === 'object' && address ? String(address.port) : ''
  expect(await refusal('port', { PORT: port })).toEqual(sentence(/Port \d+ on 127\.0\.0\.1 is busy:/))
  expect(await readdir(join(folder, 'port'))).toEqual(['cabildo.lock'])
  other.close()
})

test('an address that is not of this machine is said', async () => {
  expect(await refusal('host', { HOST: '192.0.2.1' })).toEqual(sentence(/HOST 192\.0\.2\.1 is not an address/))
})

test('a data folder that cannot be written is said', async () => {
  await mkdir(join(folder, 'file.d'))
  expect(await refusal('file.d', { DATA_DIR: main })).toEqual(sentence(/Cannot write to the data folder/))
  expect(await refusal('file.d', { DATA_DIR: join(main, 'below') })).toEqual(
    sentence(/Cannot write to the data folder/),
  )
  if (process.platform === 'linux') {
    expect(await refusal('file.d', { DATA_DIR: '/proc/cabildo' })).toEqual(sentence(/Cannot write to the data folder/))
  }
})

test('a wrong DATABASE_URL says what is wrong, and never the password', async () => {
  const { url, drop } = await emptyDatabase()
  try {
    const wrong = (change: (url: URL) => void) => {
      const changed = new URL(url)
      change(changed)
      return refusal('wrong', { DATABASE_URL: changed.href })
    }
    const nobody = await refusal('wrong', { DATABASE_URL: 'postgres://me:secret-word@127.0.0.1:1/plan' })
    expect(nobody).toEqual(sentence(/DATABASE_URL: no PostgreSQL answers at 127\.0\.0\.1:1 \(ECONNREFUSED\)/))
    expect(nobody.err).not.toContain('secret-word')
    const password = await wrong((changed) => {
      changed.password = 'wrong-word'
    })
    expect(password).toEqual(sentence(/DATABASE_URL: PostgreSQL at \S+ refuses the user/))
    expect(password.err).not.toContain('wrong-word')
    const missing = await wrong((changed) => {
      changed.pathname = '/no_such_database'
    })
    expect(missing).toEqual(sentence(/DATABASE_URL: PostgreSQL at \S+ has no database no_such_database/))
  } finally {
    await drop()
  }
})

test('a database that is not ours, or is newer than the program, is refused and left as it is', async () => {
  const foreign = await emptyDatabase()
  const newer = await freshDatabase()
  try {
    const pool = newer.pool
    await pool.query(`insert into kysely_migration (name, timestamp) values ('9999-later', '2099')`)
    expect(await refusal('foreign', { DATABASE_URL: newer.url })).toEqual(sentence(/The database is newer/))
    await pool.query('drop schema public cascade')
    await pool.query('create schema public')
    await pool.query('create table invoice (id int)')
    expect(await refusal('foreign', { DATABASE_URL: newer.url })).toEqual(sentence(/The database already holds tables/))
    const { rows } = await pool.query(`select tablename from pg_tables where schemaname = 'public'`)
    expect(rows).toEqual([{ tablename: 'invoice' }])
  } finally {
    await foreign.drop()
    await newer.drop()
  }
})

test('a second Cabildo on one database is refused, and let in when the first leaves in time', async () => {
  const { url, drop } = await freshDatabase()
  try {
    const first = begin('one', { DATABASE_URL: url })
    await first.ready
    const second = begin('two', { DATABASE_URL: url })
    first.child.kill('SIGTERM')
    await second.ready
    expect((await first.ended).code).toBe(0)
    expect(await refusal('three', { DATABASE_URL: url })).toEqual(
      sentence(/Another Cabildo is running on this database/),
    )
    second.child.kill('SIGTERM')
    expect((await second.ended).code).toBe(0)
  } finally {
    await drop()
  }
})

test('production without BASE_URL or with a default secret is refused, naming the variable', async () => {
  expect(await refusal('production', { NODE_ENV: 'production' })).toEqual(sentence(/BASE_URL is not set/))
  const env = { NODE_ENV: 'production', BASE_URL: 'https://plan.example.org', METRICS_TOKEN: 'changeme' }
  expect(await refusal('production', env)).toEqual(sentence(/METRICS_TOKEN is a default or too short/))
  await expect(readFile(join(folder, 'production/metrics-token'))).rejects.toThrow('ENOENT')
})
