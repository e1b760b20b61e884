import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings } from './axe.ts'
import { post } from './document.ts'
import { isFocused } from './keyboard.ts'
import { openTown, phone, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

/** A new account in the plan, signed in with a phone; with an authenticator when it is to be lost. */
async function newcomer(name: string, role: string): Promise<{ visitor: Visitor; userId: string; email: string }> {
  const coordinator = await town.enter('coordinacion')
  const { items } = await post<{ items: { link: { url: string } }[] }>(coordinator, '/api/plans/chepo/invitations', {
    people: [{ name, role, groupId: null }],
  })
  const visitor = await town.arrive({ screen: phone })
  const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@example.org`
  const token = items[0]?.link.url.split('#')[1]
  const { user } = await post<{ user: { id: string } }>(visitor, '/api/links/use', {
    token,
    email,
    password: newPassword,
    consent: '2026-11',
  })
  return { visitor, userId: user.id, email }
}
const newPassword = 'siete garzas sobre el manglar'

async function openPeople({ page, say }: Visitor, part = ''): Promise<void> {
  await page.goto(`/plans/chepo/people${part}`)
  await page.getByRole('heading', { level: 1, name: say.people.title }).waitFor()
}

test('[PE60] [PE61] [PE64] who lost phone and codes comes back: one asks, another approves, and they are told', async () => {
  const name = 'Delia Ríos'
  const { visitor: delia, userId, email } = await newcomer(name, 'drafter')
  const { visitor: second } = await newcomer('Otilia Vega', 'coordinator')
  const held = { userId, secret: Buffer.from('sealed'), confirmedAt: new Date() }
  await town.database.db.insertInto('totp').values(held).execute()

  const first = await town.enter('coordinacion', { screen: phone })
  const { page, say } = first
  const words = say.people.factor
  await openPeople(first)
  await page.getByRole('button', { name: new RegExp(`^${say.people.change} ?: ${name}`) }).click()
  await page.getByRole('dialog').getByRole('button', { name: words.button }).click()
  const sheet = page.getByRole('dialog', { name: fill(words.title, { name }) })
  const reason = sheet.getByLabel(words.reason)
  await isFocused(reason)
  await sheet.getByRole('button', { name: words.ask }).click()
  await sheet.getByText(words.needReason).waitFor()
  expect(await findings(page)).toEqual([])
  await reason.fill('Perdió el teléfono; vino en persona')
  await sheet.getByRole('button', { name: words.ask }).click()
  await sheet.waitFor({ state: 'detached' })
  // Whoever asked may take it back and nothing else.
  await page.getByText(words.obstacle.asked).waitFor()
  expect(await page.getByRole('button', { name: new RegExp(`^${words.approve.button}`) }).count()).toBe(0)

  await openPeople(second)
  await second.page.getByText(/Perdió el teléfono; vino en persona/).waitFor()
  expect(await second.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  expect(await findings(second.page)).toEqual([])
  await second.page.getByRole('button', { name: new RegExp(`^${words.approve.button} ?: ${name}`) }).press('Enter')
  const asks = second.page.getByRole('dialog', { name: fill(words.approve.title, { name }) })
  await asks.getByText(words.approve.sure).waitFor()
  await asks.getByRole('button', { name: words.approve.button, exact: true }).press('Enter')
  await asks.waitFor({ state: 'detached' })
  await second.page.getByRole('heading', { name: words.heading }).waitFor({ state: 'detached' })

  // Signed out everywhere; the password alone is enough now, and the page says what happened.
  await delia.page.goto('/login')
  await delia.page.getByLabel(delia.say.session.email).fill(email)
  await delia.page.getByLabel(delia.say.session.password, { exact: true }).fill(newPassword)
  await delia.page.getByRole('button', { name: delia.say.session.submit }).click()
  const told = delia.page.getByText(delia.say.account.factorsRemoved.todo)
  await told.waitFor()
  // It stands above whatever page she came to, which may still be on its way.
  await delia.page.getByRole('heading', { level: 1, name: delia.say.session.title }).waitFor({ state: 'detached' })
  await delia.page.getByRole('heading', { level: 1 }).waitFor()
  expect(await findings(delia.page)).toEqual([])
  await delia.page.getByRole('button', { name: delia.say.account.factorsRemoved.seen }).click()
  await told.waitFor({ state: 'detached' })

  await openPeople(first, '?part=history')
  await page.getByText(fill(say.people.history.factor_reset, { name })).waitFor()
  await page.getByText(fill(say.people.history.factor_reset_asked, { name })).waitFor()
  await page.getByText(fill(say.people.history.by, { name: 'Otilia Vega' })).waitFor()
})
