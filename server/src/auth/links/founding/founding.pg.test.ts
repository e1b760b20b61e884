/** The operator's commands, each as a real process on a real database. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { plantPlan } from '@cabildo/testkit/factories'
import { emptyDatabase, type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { commands, main, NODE_COMPILE_CACHE } from '@cabildo/testkit/server-process'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPool } from '../../../db/client.ts'
import { newId } from '../../../db/ids.ts'
import { holdAlone } from '../../../db/single.ts'
import { insertDocument } from '../../../rooms/adapters/new-document.ts'
import { foundPlan, recoverAccount, type Whom } from './service.ts'

let database: FreshDatabase
let world: TestApp
let folder = ''
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
  folder = await mkdtemp(join(tmpdir(), 'cabildo-found-'))
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true, maxRetries: 50, retryDelay: 100 })
})

const baseUrl = 'http://cabildo.test'

/** Runs a command to its end; `file` may be another than the one with its modules joined. */
async function run(
  command: 'found' | 'recover',
  args: string[],
  env: Record<string, string> = {},
  file = commands[command],
) {
  const child = spawn(process.execPath, [file, ...args], {
    env: {
      PATH: process.env.PATH,
      NODE_COMPILE_CACHE,
      DATA_DIR: folder,
      DATABASE_URL: database.url,
      BASE_URL: baseUrl,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let err = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const [code] = await once(child, 'close')
  return { code, out, err }
}
const found = (slug: string, ...more: string[]) =>
  run('found', ['--slug', slug, '--title', 'Plan de acción', '--place', 'Chepo, Panamá', ...more])
/** As `npm run` has it: from its sources. */
const runSources = (command: 'found' | 'recover', args: string[]) =>
  run(command, args, {}, fileURLToPath(new URL(`${command}-command.ts`, import.meta.url)))
const refused = (text: RegExp) => ({
  code: 1,
  out: '',
  err: expect.stringMatching(new RegExp(`^${text.source}[^\\n]*\\.\\n$`)),
})
const tokenIn = (out: string) => /^http:\/\/cabildo\.test\/link#([\w-]{22})$/m.exec(out)?.[1] ?? ''

/** Uses a link as its person would and answers who is signed in then, and in which plan. */
async function use(token: string) {
  const body = { token, password: 'tres lagartijas sin orden' }
  const response = await world.ask('POST /api/links/use', { body })
  expect(response.status).toBe(200)
  const { user, planSlug } = await response.json()
  const as = response.headers.get('set-cookie')?.split(';', 1)[0] ?? ''
  const { role } = await (await world.ask(`GET /api/plans/${planSlug}`, { as })).json()
  return { id: user.id, name: user.name, planSlug, role }
}

test('[PE50] a plan is founded with its first coordinator, who comes in by the link that is printed', async () => {
  const email = `p${newId()}@example.test`
  const { code, out, err } = await found('first', '--name', 'Ana Batista', '--email', email)
  expect([code, err]).toEqual([0, ''])
  expect(out).toMatch(
    /^The plan first is founded\. Give Ana Batista this link\. It works once, until \S+Z:\nhttp\S+\n$/,
  )
  expect(await use(tokenIn(out))).toMatchObject({ name: 'Ana Batista', planSlug: 'first', role: 'coordinator' })
  const { planId, ...event } = await database.db
    .selectFrom('membershipEvent')
    .innerJoin('plan', 'plan.id', 'membershipEvent.planId')
    .where('plan.slug', '=', 'first')
    .where('kind', '=', 'joined')
    .select(['planId', 'kind', 'actorId', 'role'])
    .executeTakeFirstOrThrow()
  expect(event).toEqual({ kind: 'joined', actorId: null, role: 'coordinator' })
  const recovered = await database.db
    .selectFrom('membershipEvent')
    .where('planId', '=', planId)
    .where('kind', '=', 'recovered')
    .select('actorId')
    .execute()
  expect(recovered).toEqual([{ actorId: null }])

  // A second plan of the same person: the account stays as it is.
  const second = await found('second', '--name', 'Whatever', '--email', email.toUpperCase())
  expect(second).toMatchObject({ code: 0, out: expect.stringContaining('has an account already') })
  expect(second.out).not.toContain('/link#')
})

test('[PE50] [PE51] without an address it works by name, too, and from the sources', async () => {
  const plan = ['--slug', 'nameless', '--title', 'Plan de acción', '--place', 'Chepo, Panamá']
  const { out } = await runSources('found', [...plan, '--name', 'Ben Sin Correo'])
  const { id } = await use(tokenIn(out))
  const back = await runSources('recover', ['--slug', 'nameless', '--name', 'ben sin correo'])
  expect(back.code).toBe(0)
  expect(await use(tokenIn(back.out))).toMatchObject({ id, role: 'coordinator' })
})

test('[PE51] a way back ends the ones before it, and is refused for whom there is none', async () => {
  const email = `p${newId()}@example.test`
  const first = tokenIn((await found('back', '--name', 'Cora', '--email', email)).out)
  const second = await run('recover', ['--email', email.toUpperCase()])
  expect(second).toMatchObject({ code: 0, err: '', out: expect.stringMatching(/^Give Cora this link\./) })
  const gone = await world.ask('POST /api/links/look', { body: { token: first } })
  expect(gone.status).toBe(410)
  expect(await use(tokenIn(second.out))).toMatchObject({ name: 'Cora', planSlug: 'back' })

  const { db } = database
  const why = (work: Promise<unknown>) =>
    work.then(
      () => 'done',
      (error: Error) => `${error.name}: ${error.message}`,
    )
  const help = (whom: Whom) => why(recoverAccount(db, baseUrl, whom))
  expect(await help({ email: 'nobody@example.test' })).toMatch(/^StartError: There is no account with the address/)
  await sql`update user_account set suspended_at = now() where lower(email) = lower(${email})`.execute(db)
  expect(await help({ email })).toMatch(/^StartError: There is no account with the address/)
  const other = { slug: 'other', title: 'T', place: 'P', name: 'Cora', email }
  expect(await why(foundPlan({ db, baseUrl, insertDocument }, other))).toMatch(
    /^StartError: The account of .* is suspended/,
  )
  expect(await db.selectFrom('plan').where('slug', '=', 'other').select('id').execute()).toEqual([])
  const alone = `p${newId()}@example.test`
  await db.insertInto('userAccount').values({ id: newId(), email: alone, name: 'Alone' }).execute()
  expect(await help({ email: alone })).toMatch(/^StartError: The account with the address .* takes part in no plan/)
  const { planId, people } = await plantPlan(db, { twin: 'drafter' })
  const twin = newId()
  await db.insertInto('userAccount').values({ id: twin, name: people.twin.name }).execute()
  await db.insertInto('member').values({ planId, userId: twin, role: 'drafter' }).execute()
  const { slug } = await db.selectFrom('plan').where('id', '=', planId).select('slug').executeTakeFirstOrThrow()
  expect(await help({ slug, name: 'twin' })).toMatch(/^StartError: Several accounts have the name twin/)
  expect(await help({ slug: 'first', name: 'twin' })).toMatch(/^StartError: There is no account with the name/)
})

test('[PE65] where nobody else can approve, the second factor goes with the way back, and it is written', async () => {
  const { db } = database
  const email = `p${newId()}@example.test`
  const { id: userId } = await use(tokenIn((await found('alone', '--name', 'Sola', '--email', email)).out))
  const held = { userId, secret: Buffer.from('sealed'), confirmedAt: new Date() }
  await db.insertInto('totp').values(held).execute()
  const factors = () => db.selectFrom('totp').where('userId', '=', userId).select('userId').execute()
  const live = () => db.selectFrom('session').where('userId', '=', userId).where('endedAt', 'is', null).execute()

  expect((await run('recover', ['--email', email])).code).toBe(0)
  expect([(await factors()).length, (await live()).length]).toEqual([1, 1])
  expect(await run('recover', ['--email', email, '--factors', 'keep'])).toEqual(refused(/--factors must be remove/))
  const back = await run('recover', ['--email', email, '--factors', 'remove'])
  expect([back.code, await factors(), await live()]).toEqual([0, [], []])
  const event = await db
    .selectFrom('membershipEvent')
    .where('userId', '=', userId)
    .where('kind', '=', 'factor_reset')
    .select(['kind', 'actorId'])
    .executeTakeFirst()
  expect(event).toEqual({ kind: 'factor_reset', actorId: null })
  expect(await use(tokenIn(back.out))).toMatchObject({ id: userId, role: 'coordinator' })
})

test('[PE52] what is wrong with the words of a command is said in one sentence, before anything is touched', async () => {
  const nowhere = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing' }
  const good = ['--slug', 'x', '--title', 'T', '--place', 'P', '--name', 'N']
  expect(await run('found', [...good, '--slug', 'No Such'], nowhere)).toEqual(refused(/--slug must be 1 to 60/))
  expect(await run('recover', ['--slug', 'x'], nowhere)).toEqual(refused(/Say whose account it is/))
  expect(await run('found', good, nowhere)).toEqual(refused(/DATABASE_URL: no PostgreSQL answers/))
  expect(await run('found', good, { NODE_ENV: 'production', BASE_URL: '' })).toEqual(refused(/BASE_URL is not set/))
  expect(await found('first', '--name', 'Ana')).toEqual(refused(/A plan with the slug first exists already/))
})

test('[PE52] it works beside a Cabildo that runs, unless the database must change first', async () => {
  const empty = await emptyDatabase()
  const quiet = { logger: { warn: () => undefined }, onLost: () => undefined }
  const release = await holdAlone(database.url, quiet)
  try {
    expect((await found('beside', '--name', 'Ana')).code).toBe(0)
  } finally {
    await release()
  }
  try {
    const args = ['--slug', 'new', '--title', 'T', '--place', 'P', '--name', 'N']
    const fresh = { DATABASE_URL: empty.url }
    expect((await run('found', args, fresh)).code).toBe(0)
    const pool = createPool({ connectionString: empty.url })
    const { rows } = await pool.query('select slug from plan')
    await pool.end()
    expect(rows).toEqual([{ slug: 'new' }])
  } finally {
    await empty.drop()
  }
})

test('[PE50] on the embedded database the program must be stopped first; then the plan is there when it starts', async () => {
  const env = { DATABASE_URL: '', DATA_DIR: join(folder, 'embedded'), DEMO: 'off' }
  const args = ['--slug', 'own', '--title', 'T', '--place', 'P', '--name', 'N']
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env.PATH, NODE_COMPILE_CACHE, PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  try {
    await new Promise<void>((ready, fail) => {
      child.stdout?.setEncoding('utf8').on('data', (text: string) => text.includes('Cabildo ready on') && ready())
      child.once('exit', () => fail(new Error('it ended')))
    })
    expect(await run('found', args, env)).toEqual(refused(/Another Cabildo is running on the data folder/))
  } finally {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  const { code, out } = await run('found', args, env)
  expect([code, tokenIn(out)]).toEqual([0, expect.stringMatching(/^[\w-]{22}$/)])
})
