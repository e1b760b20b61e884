import { plantPlan, type Someone } from '@cabildo/testkit/factories'
import { openPostOffice, type PostOffice } from '@cabildo/testkit/post-office'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp, testConfig } from '@cabildo/testkit/test-app'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

let database: FreshDatabase
let office: PostOffice
let world: TestApp
let planId: string
let people: Record<'cora' | 'ana', Someone>

beforeAll(async () => {
  database = await freshDatabase()
  office = await openPostOffice()
  world = createTestApp(database, { config: { ...testConfig, smtpUrl: office.url } })
})
afterAll(async () => {
  await office.close()
  await database.drop()
})
beforeEach(async () => {
  ;({ planId, people } = await plantPlan(database.db, { cora: 'coordinator', ana: 'drafter' }))
  office.letters.length = 0
})

async function ask(key: string, body: unknown) {
  const as = await world.cookieOf(people.cora)
  return (await world.ask(key.replace(' /', ` /api/plans/${planId}/`), { as, body })).json()
}
interface Made {
  items: { link: { url: string; mailed: boolean } }[]
}
const invite = (...addresses: (string | null)[]): Promise<Made> =>
  ask('POST /invitations', { people: addresses.map((email, n) => ({ name: `Rosa ${n}`, email, role: 'reviewer' })) })

test('[PE31] who has an address gets the link by mail, in Spanish first and in English; the coordinator gets all', async () => {
  const { items } = await invite('rosa@example.test', null, 'nobody@refused.test')
  expect(items.map(({ link }) => link.mailed)).toEqual([true, false, false])
  expect(items.every(({ link }) => /^http:\/\/cabildo\.test\/link#[\w-]{22}$/.test(link.url))).toBe(true)
  expect(office.letters.map(({ to }) => to)).toEqual(['rosa@example.test'])
  const text = office.letters[0]?.text ?? ''
  expect(text).toContain(items[0]?.link.url)
  expect(text.indexOf('Hola, Rosa 0:')).toBe(0)
  expect(text.indexOf('Hello Rosa 0,')).toBeGreaterThan(text.indexOf('le invita a participar'))
  expect(text).toMatch(/«A plan» \(Somewhere\)/)
  expect(text).toMatch(/una sola vez, hasta el \d+ de \w+ de \d{4}/)
})

test('[PE31] a hundred are mailed, each their own link', async () => {
  const { items } = await invite(...Array.from({ length: 100 }, (_, n) => `p${n}@example.test`))
  expect(items.every(({ link }) => link.mailed)).toBe(true)
  expect(office.letters).toHaveLength(100)
  for (const [n, { link }] of items.entries()) {
    const letter = office.letters.find(({ to }) => to === `p${n}@example.test`)
    expect(letter?.text).toContain(link.url)
  }
})

test('[PE40] who is helped back in is told by mail, with what to do if they did not ask', async () => {
  const { url, mailed } = await ask(`POST /members/${people.ana.userId}/recovery`, {})
  expect(mailed).toBe(true)
  const [letter] = office.letters
  expect(letter?.to.toLowerCase()).toBe(`${people.ana.userId}@example.test`.toLowerCase())
  expect(letter?.text).toContain(url)
  expect(letter?.text).toContain('Si usted no lo pidió')
})

test('[PE31] without a server that takes it, everything works by the link on the screen', async () => {
  await office.close()
  const { items } = await invite('rosa@example.test')
  expect(items[0]?.link.mailed).toBe(false)
  const token = items[0]?.link.url.split('#', 2)[1]
  expect((await world.ask('POST /api/links/look', { body: { token } })).status).toBe(200)
})
