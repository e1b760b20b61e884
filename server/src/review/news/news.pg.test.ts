import type { NewsItem } from '@cabildo/protocol/http/news'
import { erasingWith } from '@cabildo/testkit/erasing'
import { plantPlan } from '@cabildo/testkit/factories'
import { openPostOffice, type PostOffice } from '@cabildo/testkit/post-office'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp, testConfig } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld } from '@cabildo/testkit/workshop-world'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createKeys } from '../../keys.ts'
import { createMailer, type Mail } from '../../mail/mailer.ts'
import { eraseByProgram } from '../../privacy/erasing/service.ts'
import { writeLetters } from './letters.ts'
import { stopToken } from './stop-token.ts'
import { findDue, findSeen } from './store.ts'

let database: FreshDatabase
let world: TestApp
let office: PostOffice
const keys = createKeys(testConfig.appKey)
beforeAll(async () => {
  database = await freshDatabase()
  office = await openPostOffice()
  world = createTestApp(database, { config: { ...testConfig, smtpUrl: office.url } })
})
afterAll(async () => {
  await world.rooms.drain()
  await office.close()
  await database.drop()
})
// Letters go to everybody of the installation: nobody of an earlier test is due.
beforeEach(async () => {
  await sql`update user_account set email = null`.execute(database.db)
  office.letters.length = 0
})

let numbers = 0
const key = () => `key-of-some-news-${++numbers}`
const roles = { cora: 'coordinator', ana: 'drafter', rev: 'reviewer', quiet: 'reviewer' } as const

/** A plan with a commitment; everybody has seen it. */
async function scene() {
  const { planId, people } = await plantPlan(database.db, roles)
  const as = {
    cora: await world.cookieOf(people.cora),
    ana: await world.cookieOf(people.ana),
    rev: await world.cookieOf(people.rev),
    quiet: await world.cookieOf(people.quiet),
  }
  const post = async (by: string, path: string, body: object) => {
    const answer = await world.ask(`POST ${path}`, { as: by, body })
    if (answer.status >= 300) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
  const { documentId } = await post(as.cora, `/api/plans/${planId}/commitments`, { title: 'Parques' })
  const base = `/api/plans/${planId}/news`
  const news = async (by: string, query = '') => (await world.ask(`GET ${base}${query}`, { as: by })).json()
  const kinds = async (by: string) => (await news(by)).items.map(({ kind, cause }: NewsItem) => [kind, cause] as const)
  const open = (by: string, body: string, mentions: string[] = []) =>
    post(by, `/api/documents/${documentId}/threads`, { key: key(), kind: 'comment', body, mentions })
  const reply = (by: string, threadId: string, body: string, mentions: string[] = []) =>
    post(by, `/api/documents/${documentId}/threads/${threadId}/comments`, { key: key(), body, mentions })
  const bring = async (by: string, words: string): Promise<string> => {
    const inputs = [{ key: key(), channel: 'online', words, consent: true }]
    return (await post(by, `/api/plans/${planId}/inputs`, { inputs })).items[0].id
  }
  const answer = (by: string, id: string, body: object) =>
    post(by, `/api/plans/${planId}/inputs/${id}/answers`, { after: 0, reason: 'Se hará.', ...body })
  const seen = async (by: string) => post(by, `${base}/seen`, { mark: (await news(by)).mark })
  for (const cookie of Object.values(as)) await seen(cookie)
  return { planId, people, as, documentId, base, post, news, kinds, open, reply, bring, answer, seen }
}

test('[NE1] [NE2] [NE3] news are what others did, with why it is because of the reader, and lead to the place', async () => {
  const { as, people, documentId, post, news, kinds, open, reply, bring, answer } = await scene()
  const thread = await open(as.rev, '¿Cuándo?')
  await reply(as.ana, thread.id, `Pronto, @[${people.cora.userId}]`, [people.cora.userId])
  const id = await bring(as.rev, 'Más luz')
  const version = await post(as.cora, `/api/documents/${documentId}/versions`, { name: 'Uno' })
  await answer(as.ana, id, { outcome: 'adopted', documentId, versionId: version.id, reason: 'Se ve en el texto.' })
  await post(as.ana, `/api/documents/${documentId}/threads/${thread.id}/resolve`, { reason: 'Dicho.' })

  expect(await kinds(as.rev)).toEqual([
    ['resolved', 'thread'],
    ['answered', 'input'],
    ['version', null],
    ['commented', 'thread'],
  ])
  expect(await kinds(as.cora)).toEqual([
    ['resolved', null],
    ['answered', null],
    ['brought', null],
    ['commented', 'mention'],
    ['commented', null],
  ])
  expect(await kinds(as.ana)).toEqual([
    ['version', null],
    ['brought', null],
    ['commented', null],
  ])
  const { items, unread } = await news(as.rev)
  expect(unread).toEqual({ all: 4, mine: 3 })
  expect(items[1]).toMatchObject({
    ...{ by: { name: 'ana' }, document: { id: documentId, number: 1, title: 'Parques' }, input: { id, number: 1 } },
    ...{ version: { id: version.id, number: 1 }, outcome: 'adopted', words: 'Se ve en el texto.', count: 1 },
  })
  expect(items[3]).toMatchObject({ thread: { id: thread.id, number: 1 }, words: 'Pronto, @cora' })
  expect((await news(as.rev, '?mine=true')).items).toHaveLength(3)
})

test('[NE3] of a proposal that was accepted and rejected in parts each says that it was a part', async () => {
  const { as, documentId, post, news } = await scene()
  const [lead, name] = ['leadInstitution', 'ogpId'].map((fact) => ({
    ...{ target: 'fact', key: fact, before: null, after: fact === 'ogpId' ? 'PAN0001' : 'Alcaldía de Chepo' },
  }))
  const base = `/api/documents/${documentId}/proposals`
  const { id } = await post(as.rev, base, { key: key(), note: '', hunks: [lead, name] })
  await post(as.ana, `${base}/${id}/accept`, { hunks: [1], reason: '' })
  await post(as.ana, `${base}/${id}/reject`, { hunks: [2], reason: 'La da la OGP.' })
  const whole = await post(as.rev, base, { key: key(), note: '', hunks: [name] })
  await post(as.ana, `${base}/${whole.id}/accept`, { hunks: [1], reason: '' })

  const { items }: { items: NewsItem[] } = await news(as.rev)
  expect(items.map(({ kind, proposal }) => [kind, proposal?.number, proposal?.isPart])).toEqual([
    ['accepted', 2, false],
    ['rejected', 1, true],
    ['accepted', 1, true],
  ])
})

test('[NE4] [NE5] seen is seen up to a mark, never back, in each plan for itself; pages join without a gap', async () => {
  const { as, planId, base, news, open, post, seen } = await scene()
  for (const words of ['Una', 'Dos', 'Tres']) await open(as.ana, words)
  const before = await news(as.rev)
  await open(as.ana, 'Cuatro')
  expect(await post(as.rev, `${base}/seen`, { mark: before.mark })).toEqual({ unread: { all: 1, mine: 0 } })
  expect(await seen(as.rev)).toEqual({ unread: { all: 0, mine: 0 } })
  expect(await post(as.rev, `${base}/seen`, { mark: before.mark })).toEqual({ unread: { all: 0, mine: 0 } })
  const far = await post(as.rev, `${base}/seen`, { mark: '999999999.9999999999999' })
  expect(far).toEqual({ unread: { all: 0, mine: 0 } })
  await open(as.ana, 'Cinco')
  const told = await (await world.ask('GET /api/news', { as: as.rev })).json()
  expect(told.items).toMatchObject([{ planId, unread: { all: 1, mine: 0 } }])

  const words: string[] = []
  let cursor = ''
  do {
    const page = await news(as.rev, `?limit=2${cursor && `&cursor=${cursor}`}`)
    words.push(...page.items.map((item: NewsItem) => item.words))
    cursor = page.nextCursor ?? ''
  } while (cursor)
  expect(words).toEqual(['Cinco', 'Cuatro', 'Tres', 'Dos', 'Una'])
  expect((await world.ask(`POST ${base}/seen`, { as: as.rev, body: { mark: 'now' } })).status).toBe(400)
})

test('[NE6] texts that others changed since the last visit are told with where they stood then', async () => {
  const { as, planId, documentId, news, seen, post } = await scene()
  expect((await news(as.rev)).texts).toEqual([])
  const { documentId: other } = await post(as.ana, `/api/plans/${planId}/commitments`, { title: 'Agua' })
  expect((await news(as.rev)).texts).toMatchObject([{ document: { id: other, number: 2, title: 'Agua' }, since: 0 }])
  // One's own changes are no news.
  expect((await news(as.ana)).texts).toEqual([])
  await seen(as.rev)
  expect((await news(as.rev)).texts).toEqual([])
  expect((await news(as.quiet)).texts.map(({ document }: { document: { id: string } }) => document.id)).not.toContain(
    documentId,
  )
})

test('[NE7] people are told of as they are shown, and nothing is told of what an erased person said', async () => {
  const { as, people, planId, news, open, bring, answer } = await scene()
  const id = await bring(as.rev, 'Luz')
  await answer(as.ana, id, { outcome: 'not_adopted', reason: 'No alcanza.' })
  await open(as.ana, 'Palabras de Ana')
  await world.ask(`PUT /api/plans/${planId}/display`, { as: as.ana, body: { display: 'group' } })
  expect((await news(as.cora)).items[0].by).toMatchObject({ name: '', group: { name: 'Neighbours' } })
  await eraseByProgram(erasingWith(database.db), people.ana.userId)
  const { items } = await news(as.cora)
  // The answer is the plan's word, and of nobody now.
  expect(items.map(({ kind, by }: NewsItem) => [kind, by?.name])).toEqual([
    ['answered', ''],
    ['brought', undefined],
  ])
  expect(JSON.stringify(items)).not.toContain('Palabras')
  const { rows } = await sql`
    select user_id from news_mark where user_id = ${people.ana.userId}
    union all select user_id from news_setting where user_id = ${people.ana.userId}`.execute(database.db)
  expect(rows).toEqual([])
})

test('[NE8] a guest is told of the documents of their workshop and of their own inputs, and nobody else of the plan', async () => {
  const planted = await plantWorkshopWorld(database, world.ask, world.cookieOf)
  const { planId, as, commitments } = planted
  const { way } = await planted.open()
  const { phone } = await planted.join(way, 'Rosa')
  const say = (index: number, body: string) =>
    world.ask(`POST /api/documents/${commitments[index]?.documentId}/threads`, {
      as: as.ana,
      body: { key: key(), kind: 'comment', body },
    })
  await say(0, 'En el taller')
  await say(1, 'Fuera del taller')
  const bring = (inputs: object[]) => ({ inputs: inputs.map((one) => ({ key: key(), channel: 'online', ...one })) })
  const own = await phone.ask(`POST /api/plans/${planId}/inputs`, bring([{ words: 'Mi idea', consent: true }]))
  const { items } = await own.json()
  await world.ask(`POST /api/plans/${planId}/inputs`, {
    as: as.lector,
    body: bring([{ words: 'Otra', consent: true }]),
  })
  await world.ask(`POST /api/plans/${planId}/inputs/${items[0].id}/answers`, {
    as: as.ana,
    body: { after: 0, outcome: 'not_adopted', reason: 'No alcanza.' },
  })
  const told = await (await phone.ask(`GET /api/plans/${planId}/news`)).json()
  expect(told.items.map(({ kind, words }: NewsItem) => [kind, words])).toEqual([
    ['answered', 'No alcanza.'],
    ['commented', 'En el taller'],
  ])
  expect((await phone.ask(`GET /api/plans/${planId}/news/digest`)).status).toBe(403)
  const stranger = await scene()
  expect((await world.ask(`GET /api/plans/${planId}/news`, { as: stranger.as.ana })).status).toBe(404)
})

test('[NE10] the digest counts what happened in plain words, in two languages, and names and quotes nobody', async () => {
  const { as, base, open, bring, answer } = await scene()
  await open(as.ana, 'Palabras de alguien')
  await open(as.cora, 'Otras palabras')
  await answer(as.ana, await bring(as.rev, 'Luz'), { outcome: 'not_adopted', reason: 'Razón de alguien' })
  const digest = async (query: string) => (await world.ask(`GET ${base}/digest${query}`, { as: as.cora })).json()
  const { text } = await digest('?days=2')
  expect(text).toContain('Novedades de A plan\n')
  expect(text).toContain('1. Parques\n- el texto cambió\n- 2 comentarios nuevos\nhttp://cabildo.test/plans/')
  expect(text).toContain('Del plan entero\n- 1 aporte nuevo\n- 1 aporte respondido\n')
  // Without addresses: a plan's is letters drawn by chance, which may say a name.
  expect(text.replace(/https?:\S+/g, '')).not.toMatch(/Palabras|Razón|ana|cora|Luz/)
  expect((await digest('?language=en')).text).toContain('- 2 new comments')
})

/** What letters need, on a day of the tests' own; the database's clock does not matter to them. */
const lettersOn = (
  day: string,
  mailer = createMailer({ smtpUrl: office.url, baseUrl: 'http://cabildo.test' }, silent),
) => ({
  ...{ db: database.db, mailer, keys, config: { baseUrl: 'http://cabildo.test' }, logger: silent },
  now: () => new Date(`${day}T15:00:00Z`),
})
const silent = { warn: () => undefined, error: () => undefined } as never
const addressed = (userId: string) =>
  sql`update user_account set email = ${`${userId}@example.test`} where id = ${userId}`.execute(database.db)

test('[NE20] [NE21] a person has one letter a day at most, however many processes and restarts, and nothing twice', async () => {
  const { as, people, open, reply } = await scene()
  await addressed(people.rev.userId)
  const thread = await open(as.rev, '¿Cuándo?')
  await reply(as.ana, thread.id, 'Pronto')
  await Promise.all([1, 2, 3].map(() => writeLetters(lettersOn('2030-01-10'))))
  await reply(as.ana, thread.id, 'Mañana')
  await writeLetters(lettersOn('2030-01-10'))
  expect(office.letters).toHaveLength(1)
  const [letter] = office.letters
  expect(letter?.to).toBe(`${people.rev.userId}@example.test`)
  expect(letter?.text).toContain('- Hay una respuesta al comentario 1 (compromiso 1)')
  expect(letter?.text).not.toMatch(/Pronto|Mañana|ana\b/)
  expect(letter?.headers).toMatch(/^List-Unsubscribe:\s+<http:\/\/cabildo\.test\/sin-cartas#/im)
  await writeLetters(lettersOn('2030-01-11'))
  expect(office.letters).toHaveLength(2)
  await writeLetters(lettersOn('2030-01-12'))
  expect(office.letters).toHaveLength(2)
})

test('[NE21] not before the morning, and what was seen is not written about', async () => {
  const { as, people, open, reply, seen } = await scene()
  await addressed(people.rev.userId)
  const thread = await open(as.rev, '¿Cuándo?')
  await reply(as.ana, thread.id, 'Pronto')
  const night = { ...lettersOn('2030-02-01'), now: () => new Date('2030-02-01T10:59:00Z') }
  expect(await writeLetters(night)).toBe(0)
  await seen(as.rev)
  expect(await writeLetters(lettersOn('2030-02-01'))).toBe(0)
})

test('[NE22] what a mail server did not take is told the next day, and not again the same one', async () => {
  const { as, people, open, reply } = await scene()
  await addressed(people.rev.userId)
  const thread = await open(as.rev, '¿Cuándo?')
  await reply(as.ana, thread.id, 'Pronto')
  const tried: Mail[] = []
  const down = { on: true, send: async (mail: Mail) => tried.push(mail) < 0 }
  expect(await writeLetters(lettersOn('2030-03-01', down))).toBe(0)
  expect(await writeLetters(lettersOn('2030-03-01'))).toBe(0)
  expect(tried).toHaveLength(1)
  expect(await writeLetters(lettersOn('2030-03-02'))).toBe(1)
  expect(office.letters[0]?.text).toContain('comentario 1')
})

test('[NE23] [NE24] who turned letters off has none, by the settings or by the link of one; weekly is weekly', async () => {
  const { as, people, open } = await scene()
  for (const one of [people.rev, people.quiet, people.cora]) await addressed(one.userId)
  const set = (by: string, body: object) =>
    world.ask('PUT /api/profile/news', { as: by, body: { mail: 'daily', about: 'all', language: 'es', ...body } })
  expect(await (await world.ask('GET /api/profile/news', { as: as.rev })).json()).toEqual({
    ...{ mail: 'daily', about: 'mine', language: 'es', without: null },
  })
  await set(as.rev, { mail: 'off' })
  await set(as.quiet, { mail: 'daily' })
  await set(as.cora, { mail: 'weekly', language: 'en' })
  await open(as.ana, 'Algo')
  expect(await writeLetters(lettersOn('2030-04-01'))).toBe(2)
  const to = office.letters.map((letter) => letter.to.split('@')[0])
  expect(to.toSorted()).toEqual([people.quiet.userId, people.cora.userId].toSorted())
  expect(office.letters.find(({ to }) => to.startsWith(people.cora.userId))?.text).toContain('- 1 new comment')

  const stop = (token: string) => world.ask('POST /api/news/stop', { body: { token } })
  expect((await stop(`${people.quiet.userId}.AAAAAAAAAAAAAAAAAAAAAA`)).status).toBe(410)
  const [, token = ''] =
    /sin-cartas#(\S+)/.exec(office.letters.find(({ to }) => to.startsWith(people.quiet.userId))?.text ?? '') ?? []
  expect(token).toBe(stopToken(keys, people.quiet.userId))
  expect((await stop(token)).status).toBe(204)
  await open(as.ana, 'Algo más')
  expect(await writeLetters(lettersOn('2030-04-02'))).toBe(0)
  expect(await writeLetters(lettersOn('2030-04-08'))).toBe(1)
})

test('[NE20] whose letter fails keeps nobody else from theirs, everybody comes up, and who left a plan has no mark in it', async () => {
  const { planId, as, people, open } = await scene()
  for (const one of [people.rev, people.quiet, people.cora]) await addressed(one.userId)
  for (const by of [as.rev, as.quiet, as.cora]) {
    const body = { mail: 'daily', about: 'all', language: 'es' }
    await world.ask('PUT /api/profile/news', { as: by, body })
  }
  await open(as.ana, 'Algo')
  const all: string[] = []
  for (let after = ''; ; ) {
    const [one] = await findDue(database.db, '2030-05-01', { after, limit: 1 })
    if (!one) break
    all.push(one.userId)
    after = one.userId
  }
  // Others of the plan may be due, and have no news.
  expect(all).toHaveLength(new Set(all).size)
  const mine: string[] = [people.rev.userId, people.quiet.userId, people.cora.userId]
  const due = all.filter((one) => mine.includes(one))
  expect(due.toSorted()).toEqual(mine.toSorted())
  const failed: unknown[] = []
  const logger = { error: (told: unknown) => failed.push(told) } as never
  const sent: string[] = []
  const first = due[0]
  const breaks = {
    on: true,
    send: async ({ to }: Mail) => {
      if (to.startsWith(first ?? '')) throw new Error('it broke')
      return sent.push(to.split('@')[0] ?? '') > 0
    },
  }
  expect(await writeLetters({ ...lettersOn('2030-05-01', breaks), logger })).toBe(2)
  expect(sent).toEqual(due.slice(1))
  expect(failed).toHaveLength(1)
  const elsewhere = await scene()
  expect(await findSeen(database.db, planId, elsewhere.people.ana.userId)).toBeUndefined()
})
