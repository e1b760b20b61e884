import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { RecordStatus } from '@cabildo/protocol/http/witnesses'
import { parseVkey } from '@cabildo/record/keys'
import { plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, memoryJournal, type TestApp, testConfig, testSigner } from '@cabildo/testkit/test-app'
import { createAdaptorServer } from '@hono/node-server'
import type { Hono } from 'hono'
import { pino } from 'pino'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { HttpEnv } from '../../http/env.ts'
import { appendEntries } from '../service.ts'
import { createTree, type Tree } from '../tree/service.ts'
import { type KnownWitness, parseWitnesses } from './rules.ts'

/** One installation; `worlds` may hold two that share a key, as when somebody forks a record. */
interface World {
  database: FreshDatabase
  tree: Tree
  test: TestApp
  planId: string
}

let built: string
let program: string
let folder: string
let worlds: World[]
let answering: Hono<HttpEnv>
let server: Server
const key = testSigner.verifierKeys[0] ?? ''

/** Builds the program as `npm run witness:build` does, into a folder of the test's own. */
async function build(name: string): Promise<string> {
  const root = join(import.meta.dirname, '../../../..')
  const { NODE_ENV: _, ...env } = process.env
  const outDir = join(built, name)
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules/vite/bin/vite.js'), 'build', '--outDir', outDir, '--emptyOutDir'],
    {
      cwd: join(root, 'packages/witness'),
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  )
  expect(await once(child, 'close')).toEqual([0, null])
  return join(outDir, 'witness.mjs')
}

beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'cabildo-witness-built-'))
  program = await build('one')
})
afterAll(() => rm(built, { recursive: true, force: true }))
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabildo-witness-'))
  worlds = []
  server = createAdaptorServer({
    fetch: (request, env) => answering.fetch(request, env as HttpEnv['Bindings']),
  }) as Server
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
})
afterEach(async () => {
  server.closeAllConnections()
  server.close()
  await Promise.all(worlds.map(({ database }) => database.drop()))
  await rm(folder, { recursive: true, force: true })
})

async function openWorld(witnesses: readonly KnownWitness[]): Promise<World> {
  const database = await freshDatabase()
  const tree = createTree({
    db: database.db,
    signer: testSigner,
    journal: memoryJournal(),
    logger: pino({ level: 'silent' }),
  })
  const app = createTestApp(database, { tree, config: { ...testConfig, recordWitnesses: witnesses } })
  const { planId } = await plantPlan(database.db, { ana: 'drafter' })
  const world = { database, tree, test: app, planId }
  worlds.push(world)
  return world
}

async function grow({ database, tree, planId }: World, count: number): Promise<void> {
  const facts = Array.from({ length: count }, () => ({ type: 'plan' as const, userId: null, payload: {} }))
  await database.db.transaction().execute((trx) => appendEntries(trx, planId, facts))
  await tree.grow()
}

const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`
const statusOf = async ({ test: app }: World) =>
  (await (await app.ask('GET /api/record/status')).json()) as RecordStatus

/** Runs the built program to its end. */
async function run(...args: string[]): Promise<{ code: number; output: string; errors: string }> {
  const child = spawn(process.execPath, [program, ...args, '--dir', folder], { stdio: ['ignore', 'pipe', 'pipe'] })
  let [output, errors] = ['', '']
  child.stdout.on('data', (piece) => {
    output += piece
  })
  child.stderr.on('data', (piece) => {
    errors += piece
  })
  const [code] = (await once(child, 'close')) as [number]
  return { code, output, errors }
}

const follow = () => run('follow', address(), '--key', key, '--once')

/** The witness that the program in this folder is, as an operator would name it. */
async function named(): Promise<KnownWitness[]> {
  const { output } = await run('key', '--name', 'kernel.example/testigo')
  return parseWitnesses(output.trim().split('\n').at(-1) ?? '') ?? []
}

test('[RC78] the program follows a record, signs each head that continues the last, and hands it in', async () => {
  const witnesses = await named()
  const world = await openWorld(witnesses)
  answering = world.test.app
  expect(await follow()).toMatchObject({ code: 2 })

  for (const count of [3, 300, 1]) {
    await grow(world, count)
    const { code, errors } = await follow()
    expect([code, errors]).toEqual([0, ''])
    const status = await statusOf(world)
    expect(status.witnesses).toMatchObject([{ name: 'kernel.example/testigo', last: { size: status.head?.size } }])
  }
  const { output } = await run('key', '--name', 'other')
  expect(output.trim()).toBe(witnesses[0]?.vkey)

  // A state that cannot be read is not taken for none.
  const [state = ''] = (await readdir(folder)).filter((name) => name.startsWith('state-'))
  await writeFile(join(folder, state), '{"size":')
  expect(await follow()).toMatchObject({ code: 2, errors: expect.stringContaining('cannot be read') })
})

test('[RC79] [RC143] a forked record is refused, kept as evidence, and shown as an alarm by the record itself', async () => {
  const witnesses = await named()
  const [honest, forked] = [await openWorld(witnesses), await openWorld(witnesses)]
  answering = honest.test.app
  await grow(honest, 300)
  expect((await follow()).code).toBe(0)

  // The same key, another history: of one size first, and then a larger one.
  await grow(forked, 300)
  answering = forked.test.app
  for (const more of [0, 40]) {
    if (more > 0) await grow(forked, more)
    const { code, errors } = await follow()
    expect(code).toBe(1)
    expect(errors).toContain('ALARMA')
    const evidence = JSON.parse(await readFile(errors.trim().split('\n').at(-1) ?? '', 'utf8'))
    expect(evidence).toMatchObject({ log: [key] })
    // [RC143] Whoever has the file and the key finds the same.
    const path = errors.trim().split('\n').at(-1) ?? ''
    expect(await run('check', path, '--key', key)).toMatchObject({ code: 1, output: expect.stringContaining('proven') })
    expect(evidence.notes[0]).toBe(honest.tree.checkpoint()?.note)
    expect(evidence.notes[1]).toBe(forked.tree.checkpoint()?.note)
  }
  const status = await statusOf(forked)
  expect(status.alarm).toMatchObject({ kind: 'forked', size: 300 })
  expect(status.witnesses).toMatchObject([{ last: null }])

  // The true record is still signed.
  answering = honest.test.app
  await grow(honest, 1)
  expect((await follow()).code).toBe(0)
  expect((await statusOf(honest)).witnesses).toMatchObject([{ last: { size: 301 } }])
})

test('[RC79] a record that lost what it had published says so; an old copy of a head on the way alarms nobody', async () => {
  const witnesses = await named()
  const [honest, behind] = [await openWorld(witnesses), await openWorld(witnesses)]
  answering = honest.test.app
  await grow(honest, 3)
  const old = honest.tree.checkpoint()?.note ?? ''
  await grow(honest, 3)
  expect((await follow()).code).toBe(0)

  const { fetch } = honest.test.app
  honest.test.app.fetch = (request, ...rest) =>
    request.url.endsWith('/tlog/checkpoint') ? new Response(old) : fetch(request, ...rest)
  const stale = await follow()
  expect([stale.code, stale.errors]).toEqual([2, expect.stringContaining('shows less than was signed')])
  expect(stale.errors).toContain('evidence-smaller-6.json')
  expect((await statusOf(honest)).alarm).toBeNull()

  await grow(behind, 2)
  answering = behind.test.app
  expect((await follow()).code).toBe(1)
  expect((await statusOf(behind)).alarm).toMatchObject({ kind: 'lost', size: 6 })
})

test('[RC71] [RC143] the program answers add-checkpoint with the statuses of the specification', async () => {
  const world = await openWorld([])
  await grow(world, 3)
  const head = world.tree.checkpoint()?.note ?? ''
  const child = spawn(process.execPath, [program, 'serve', '--port', '0', '--key', key, '--dir', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    let url = ''
    for await (const line of createInterface(child.stdout)) {
      if (line.startsWith('http')) url = line
      if (url) break
    }
    const ask = async (body: string, init: RequestInit = {}) => {
      const response = await fetch(url, { method: 'POST', body, ...init })
      return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
    }
    const signed = await ask(`old 0\n\n${head}`)
    expect(signed.status).toBe(200)
    expect(signed.text).toMatch(/^— \S+\/testigo \S+\n$/)
    expect(await ask(`old 0\n\n${head}`)).toEqual({ status: 409, type: 'text/x.tlog.size', text: '3\n' })
    expect((await ask(`old 3\n\n${head}`)).status).toBe(200)
    expect((await ask(`old 4\n\n${head}`)).status).toBe(400)
    expect((await ask(head)).status).toBe(400)
    expect((await ask(`old 3\n\n${head.replace(/^[^\n]+/, 'otro.example/log')}`)).status).toBe(404)
    expect((await ask(`old 3\n\n${head.replace(/\n3\n/, '\n4\n')}`)).status).toBe(403)
    const other = testSigner.sign(`${testSigner.origin}\n3\n${'A'.repeat(43)}=\n`)
    expect((await ask(`old 3\n\n${other}`)).status).toBe(409)
    const larger = testSigner.sign(`${testSigner.origin}\n9\n${'A'.repeat(43)}=\n`)
    const another = testSigner.sign(`${testSigner.origin}\n9\n${'B'.repeat(42)}A=\n`)
    for (const one of [larger, larger, another]) expect((await ask(`old 3\n\n${one}`)).status).toBe(422)
    expect((await fetch(url)).status).toBe(405)
    expect((await fetch(`${url}s`)).status).toBe(404)
    expect((await ask('x'.repeat(200_000)).catch(() => ({ status: 413 }))).status).toBe(413)
    const files = (await readdir(folder)).filter((name) => name.startsWith('evidence-')).sort()
    expect(files).toEqual([
      expect.stringMatching(/^evidence-3-[0-9a-f]{16}\.json$/),
      expect.stringMatching(/^evidence-refused-9-[0-9a-f]{16}\.json$/),
      expect.stringMatching(/^evidence-refused-9-[0-9a-f]{16}\.json$/),
    ])
    const notes = await Promise.all(
      files.slice(1).map(async (name) => JSON.parse(await readFile(join(folder, name), 'utf8')).notes),
    )
    expect(notes.toSorted()).toEqual([larger, another].map((note) => [head, note]).toSorted())
    const judged = files.map((name) => run('check', join(folder, name), '--key', key))
    expect((await Promise.all(judged)).map(({ code }) => code)).toEqual([1, 2, 2])
    // The folder is held: two programs with one key could each sign a history of its own.
    expect(await run('key')).toMatchObject({ code: 2, errors: expect.stringContaining('another witness') })
    child.kill('SIGTERM')
    expect(await once(child, 'close')).toEqual([0, null])
    expect((await run('key')).code).toBe(0)
  } finally {
    child.kill('SIGKILL')
  }
})

test('[RC78] it is one file that asks for nothing but Node, the same bytes from the same sources', async () => {
  const first = await readFile(program, 'utf8')
  expect(first.match(/from "(?!node:)/g)).toBeNull()
  expect(await readFile(await build('two'), 'utf8')).toBe(first)
  expect(await run('follow')).toMatchObject({ code: 64 })
  expect(await run('follow', 'https://plan.example.org', '--key', 'nonsense')).toMatchObject({ code: 64 })
  expect(await run('--nonsense')).toMatchObject({ code: 64 })
  expect(parseVkey(key)).toBeDefined()
})
