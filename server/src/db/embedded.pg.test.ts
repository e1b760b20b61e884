import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pace } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startPostgres } from './embedded.ts'

const logger = { debug() {}, info() {}, warn() {}, error() {} }
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabildo-embedded-'))
  await (await start(made)).stop()
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The folder of the cluster that is made before the tests: each of them finds it whole and stopped. */
const made = 'kept'
const start = (name: string) => startPostgres({ dataDir: join(folder, name), logger })

async function ask(url: string, query: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query({ text: query, rowMode: 'array' })).rows
  } finally {
    await client.end()
  }
}

test('a cluster is made once, keeps what it acknowledged through a kill, and writes before it says so', async () => {
  const first = await start(made)
  await ask(first.url, 'create table kept (n int)')
  await ask(first.url, 'insert into kept values (1)')
  expect(
    await ask(
      first.url,
      `select name, setting from pg_settings
      where name in ('fsync', 'full_page_writes', 'synchronous_commit', 'listen_addresses') order by name`,
    ),
  ).toEqual([
    ['fsync', 'on'],
    ['full_page_writes', 'on'],
    ['listen_addresses', process.platform === 'win32' ? '127.0.0.1' : ''],
    ['synchronous_commit', 'on'],
  ])

  // The postmaster dies at once: it is started again without being asked, at the same address.
  const pid = first.pid()
  if (pid === undefined) throw new Error('no process id')
  process.kill(pid, 'SIGKILL')
  await until(() => first.pid() !== pid)
  await until(() => ask(first.url, 'select 1').then(Boolean, () => false))
  expect(await ask(first.url, 'select n from kept')).toEqual([[1]])
  await first.stop()
  await first.stop()

  const second = await start(made)
  expect(second.url).toBe(first.url)
  expect(await ask(second.url, 'select n from kept')).toEqual([[1]])
  await second.stop()
})

test('a second server on the same folder is refused in one sentence, and the first goes on', async () => {
  const first = await start(made)
  await expect(start(made)).rejects.toThrow(/^Another Cabildo is running on the data folder .*\.$/)
  expect(await ask(first.url, 'select 1')).toEqual([[1]])
  await first.stop()
})

test('only the owner of the data folder reads its password', async () => {
  expect((await stat(join(folder, made))).mode & 0o777).toBe(0o700)
  expect((await stat(join(folder, made, 'postgres-password'))).mode & 0o777).toBe(0o600)
})

test('a first start cut short leaves nothing that the next one trusts', async () => {
  const home = join(folder, 'cut')
  await mkdir(join(home, 'postgres.new/base'), { recursive: true })
  await writeFile(join(home, 'postgres.new/PG_VERSION'), '18\n')
  // What the programs of a start that was killed go on writing there meanwhile.
  let over = false
  const orphan = (async () => {
    while (!over) {
      await mkdir(join(home, 'postgres.new'), { recursive: true }).catch(() => {})
      await writeFile(join(home, 'postgres.new/late'), '').catch(() => {})
      // Often enough to be in the way of everything, and not all that the processor does.
      await pace(1)
    }
  })()
  const server = await start('cut')
  over = true
  await orphan
  expect(await ask(server.url, 'select 1')).toEqual([[1]])
  await server.stop()
  await (await start('cut')).stop()
  expect((await readdir(home)).filter((name) => name.startsWith('postgres.new'))).toEqual([])
})

test('a process id that now belongs to another program does not keep the server from starting', async () => {
  const path = join(folder, made, 'postgres/postmaster.pid')
  await writeFile(path, `${process.pid}\n`)
  const again = await start(made)
  expect(await readFile(path, 'utf8')).toMatch(`${again.pid()}\n`)
  await again.stop()
})

test('a folder whose path is too long for a socket works too, and leaves nothing in the folder for temporary files', async () => {
  const server = await start('long'.repeat(40))
  const socket = new URL(server.url).searchParams.get('host') ?? ''
  expect(socket.startsWith(tmpdir())).toBe(true)
  expect(await ask(server.url, 'select 1')).toEqual([[1]])
  await server.stop()
  await expect(stat(socket)).rejects.toThrow('ENOENT')
})

test('a lost password is said, not guessed', async () => {
  const path = join(folder, made, 'postgres-password')
  await rename(path, `${path}.away`)
  await expect(start(made)).rejects.toThrow(/postgres-password/)
  await rename(`${path}.away`, path)
})

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((next) => setTimeout(next, 20))
}
