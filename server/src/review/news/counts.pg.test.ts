import type { NewsItem } from '@cabildo/protocol/http/news'
import { plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp, testConfig } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createKeys } from '../../keys.ts'
import type { Mail } from '../../mail/mailer.ts'
import { writeLetters } from './letters.ts'
import { findNews } from './store.ts'

let database: FreshDatabase
let world: TestApp
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(async () => {
  await world.rooms.drain()
  await database.drop()
})

let numbers = 0
const key = () => `key-of-some-count-${++numbers}`
const roles = { cora: 'coordinator', ana: 'drafter', rev: 'reviewer', fac: 'facilitator' } as const

/** A plan whose coordinator reads what others bring. Nobody of an earlier one is written to. */
async function scene() {
  await sql`update user_account set email = null`.execute(database.db)
  const { planId, people } = await plantPlan(database.db, roles)
  const as = {
    cora: await world.cookieOf(people.cora),
    ana: await world.cookieOf(people.ana),
    rev: await world.cookieOf(people.rev),
    fac: await world.cookieOf(people.fac),
  }
  const post = async (by: string, path: string, body: object) => {
    const answer = await world.ask(`POST ${path}`, { as: by, body })
    if (answer.status >= 300) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`)
    return answer.json()
  }
  const base = `/api/plans/${planId}/news`
  const bring = async (by: string, count: number, more: object = {}) => {
    const inputs = Array.from({ length: count }, () => ({
      ...{ key: key(), channel: 'online', words: 'Más luz', consent: true, ...more },
    }))
    await post(by, `/api/plans/${planId}/inputs`, { inputs })
    // All of one hour, whenever the test runs.
    await sql`update input set brought_at = date_trunc('day', brought_at) where plan_id = ${planId}`.execute(
      database.db,
    )
  }
  const news = async (query = '') => (await world.ask(`GET ${base}${query}`, { as: as.cora })).json()
  const lines = async (query = '') => {
    const { items, seen } = await news(query)
    return items.map(({ count, entry, cause }: NewsItem) => [count, entry > seen, cause])
  }
  const seen = async () => post(as.cora, `${base}/seen`, { mark: (await news()).mark })
  const digest = async (query = '') =>
    (await (await world.ask(`GET ${base}/digest${query}`, { as: as.cora })).json()).text
  await seen()
  return { planId, people, as, post, bring, news, lines, seen, digest }
}

test('[NE1] [NE31] inputs of one hour that were seen are counted apart from those that were not', async () => {
  const { as, bring, news, lines, seen } = await scene()
  await bring(as.rev, 3)
  await seen()
  await bring(as.rev, 2)
  const split = [
    [2, true, null],
    [3, false, null],
  ]
  expect(await lines()).toEqual(split)
  const { seen: before, unread } = await news()
  expect(unread).toEqual({ all: 1, mine: 0 })
  await seen()
  expect(await lines()).toEqual([[5, false, null]])
  // Asked for once more while it is open, the list says what it said.
  expect((await news(`?seen=${before}`)).items.map(({ count }: NewsItem) => count)).toEqual([2, 3])
})

test('[NE1] [NE2] inputs that were typed for the reader are counted apart from others of the same hour', async () => {
  const { as, people, bring, lines } = await scene()
  await bring(as.fac, 2, { from: { userId: people.cora.userId } })
  await bring(as.fac, 3)
  expect(await lines()).toEqual([
    [3, true, null],
    [2, true, 'input'],
  ])
})

test('[NE4] pages join without a gap or anything twice, also where inputs come, and the first page is seen, in between', async () => {
  const { as, bring, news, seen } = await scene()
  await bring(as.rev, 1)
  await bring(as.ana, 2)
  await seen()
  for (const by of [as.ana, as.rev, as.ana]) await bring(by, 1)
  const told: number[] = []
  let cursor = ''
  do {
    const page = await news(`?limit=1${cursor && `&cursor=${cursor}`}`)
    told.push(...page.items.map(({ count }: NewsItem) => count))
    cursor = page.nextCursor ?? ''
    await seen()
    await bring(as.rev, 1)
  } while (cursor)
  // Ana's 2 and Rev's 1 that are new, then Ana's 2 and Rev's 1 that were seen.
  expect(told).toEqual([2, 1, 2, 1])
})

test('[NE4] a page says where the list stands that it is of, and a cursor of something else is refused', async () => {
  const { as, planId, bring, news } = await scene()
  await bring(as.ana, 1)
  await bring(as.rev, 1)
  const first = await news('?limit=1')
  await bring(as.ana, 1)
  const next = await news(`?limit=1&cursor=${first.nextCursor}`)
  expect([next.mark, next.seen]).toEqual([first.mark, first.seen])
  const other = `GET /api/plans/${planId}/news?cursor=${Buffer.from('7').toString('base64url')}`
  const refused = await world.ask(other, { as: as.cora })
  expect([refused.status, (await refused.json()).errors[0].pointer]).toEqual([400, '/cursor'])
})

test('[NE10] what is told since a moment counts of its hour only the inputs that came since', async () => {
  const { as, planId, bring } = await scene()
  await bring(as.rev, 3)
  await sql`
    update input set brought_at = timestamptz '2026-03-28T12:15:00Z' + case when number > 1 then interval '30 minutes' else '0' end
    where plan_id = ${planId}`.execute(database.db)
  const countsSince = async (time: string) => {
    const reader = { planId, userId: '', documentIds: null }
    const rows = await findNews(database.db, reader, { since: new Date(`2026-03-28T${time}Z`), limit: 10 })
    return rows.flatMap(({ kind, count }) => (kind === 'brought' ? count : []))
  }
  expect(await countsSince('12:00:00')).toEqual([3])
  expect(await countsSince('12:30:00')).toEqual([2])
  expect(await countsSince('12:50:00')).toEqual([])
})

test('[NE21] a letter counts only the inputs that no earlier one told of, and those that were typed for its reader', async () => {
  const { as, people, bring } = await scene()
  const { userId } = people.cora
  await sql`update user_account set email = 'cora@example.test' where id = ${userId}`.execute(database.db)
  await world.ask('PUT /api/profile/news', { as: as.cora, body: { mail: 'daily', about: 'all', language: 'es' } })
  const letters: Mail[] = []
  const writeOn = (day: string) =>
    writeLetters({
      ...{ db: database.db, keys: createKeys(testConfig.appKey), config: { baseUrl: 'http://cabildo.test' } },
      mailer: { on: true, send: async (mail: Mail) => letters.push(mail) > 0 },
      ...{
        logger: { error: (told: unknown) => expect(told).toBeUndefined() },
        now: () => new Date(`${day}T15:00:00Z`),
      },
    })
  await bring(as.fac, 3)
  await writeOn('2030-01-10')
  await bring(as.fac, 2)
  await bring(as.fac, 2, { from: { userId } })
  await writeOn('2030-01-11')
  expect(letters.map(({ text }) => /\d+ aportes nuevos/.exec(text)?.[0])).toEqual([
    '3 aportes nuevos',
    '2 aportes nuevos',
  ])
  expect(letters[1]?.text).toMatch(/^- 2 aportes se anotaron como suyos\n {2}http:\S+\/inputs\?mine=true$/m)
})

test('[NE1] a proposal that its author withdrew or put another in place of is no news any more', async () => {
  const { planId, as, post, news } = await scene()
  const { documentId } = await post(as.cora, `/api/plans/${planId}/commitments`, { title: 'Parques' })
  const base = `/api/documents/${documentId}/proposals`
  const [lead, name] = ['leadInstitution', 'ogpId'].map((fact) => ({
    ...{ target: 'fact', key: fact, before: null, after: fact === 'ogpId' ? 'PAN0001' : 'Alcaldía de Chepo' },
  }))
  const propose = (more: object = {}) => post(as.rev, base, { key: key(), note: '', hunks: [lead, name], ...more })
  const told = async () => {
    const { items }: { items: NewsItem[] } = await news()
    return items.flatMap(({ kind, proposal }) => (kind === 'proposed' ? proposal?.number : []))
  }
  const withdrawn = await propose()
  const partly = await propose()
  const first = await propose()
  expect(await told()).toEqual([3, 2, 1])
  await post(as.rev, `${base}/${withdrawn.id}/withdraw`, {})
  await propose({ revises: first.id })
  // What of it was accepted stays news.
  await post(as.ana, `${base}/${partly.id}/accept`, { hunks: [1], reason: '' })
  await post(as.rev, `${base}/${partly.id}/withdraw`, {})
  expect(await told()).toEqual([4, 2])
})

test('[NE10] [PU1] the digest of a plan that is public says last where it is read without an account', async () => {
  const { planId, digest } = await scene()
  const { slug } = await database.db
    .selectFrom('plan')
    .select('slug')
    .where('id', '=', planId)
    .executeTakeFirstOrThrow()
  const last = async (language: string) => (await digest(`?language=${language}`)).trimEnd().split('\n').at(-1)
  const become = (state: string) => database.db.updateTable('plan').set({ state }).where('id', '=', planId).execute()
  await become('planning')
  expect(await last('es')).toBe(`Ver todo: http://cabildo.test/plans/${slug}/novedades`)
  await become('outreach')
  expect(await last('es')).toBe(`Lo que ya es público, sin cuenta: http://cabildo.test/p/${slug}`)
  expect(await last('en')).toBe(`What is public, without an account: http://cabildo.test/en/p/${slug}`)
})
