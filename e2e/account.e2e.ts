import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inPlan, openProfile, signIn } from './account.ts'
import { findingsInBothThemes } from './axe.ts'
import { portOfWorker } from './browser.ts'
import { type OpenIdProvider, startOpenIdProvider } from './openid-provider.ts'
import { newcomer, newPassword } from './people.ts'
import { addressOf, desk, freePort, openTown, password, phone, type Town } from './town.ts'
import { fill } from './words.ts'

/** What somebody does with their own account; how it is kept safe by a second step is in `factors.e2e.ts`. */

/** This town knows another sign-on, which leads back to it by its name. */
let town: Town
let provider: OpenIdProvider
beforeAll(async () => {
  const [port, elsewhere] = [await portOfWorker(), await freePort()]
  provider = await startOpenIdProvider(elsewhere, `http://localhost:${port}/api/openid/callback`)
  const { issuer, clientId, clientSecret } = provider
  const openid = { OPENID_ISSUER: issuer, OPENID_CLIENT_ID: clientId, OPENID_CLIENT_SECRET: clientSecret }
  town = await openTown({ port, more: { ...openid, OPENID_LABEL: 'Panamá Digital' } })
})
afterAll(async () => {
  await town?.close()
  await provider?.close()
})

/** Says a name at the other sign-on, and agrees. */
async function signInElsewhere(page: Page, name: string): Promise<void> {
  await page.locator('input[name=login]').fill(name)
  await page.locator('input[name=password]').fill('cualquiera')
  await page.locator('button[type=submit]').click()
  await page.locator('button[type=submit]').click()
}

test('another sign-on is connected in the profile and opens the account from then on', async () => {
  const stranger = await town.arrive()
  const { page, say } = stranger
  const button = fill(say.session.openid.button, { name: 'Panamá Digital' })
  await page.goto('/login?next=%2Fprofile')
  await page.getByRole('link', { name: button }).click()
  await signInElsewhere(page, 'dora')
  await page.getByText(say.session.openid.unknown.what).waitFor()

  const { visitor } = await newcomer(town, 'Dora Vega', 'reviewer')
  await openProfile(visitor)
  const connect = fill(say.account.identities.connect, { name: 'Panamá Digital' })
  await visitor.page.getByRole('button', { name: connect }).click()
  const sheet = visitor.page.getByRole('dialog')
  await sheet.getByLabel(say.account.proof.label).fill(newPassword)
  await sheet.getByRole('button', { name: connect }).click()
  await signInElsewhere(visitor.page, 'dora')
  await visitor.page.getByText(say.account.identities.linked).waitFor()

  const again = await town.arrive()
  await again.page.goto('/login?next=%2Fprofile')
  await again.page.getByRole('link', { name: button }).click()
  await signInElsewhere(again.page, 'dora')
  await again.page.getByRole('heading', { level: 1, name: say.account.title }).waitFor()
  const identity = again.page.getByRole('region', { name: say.account.identity.heading })
  await identity.getByText('Dora Vega', { exact: true }).waitFor()
})

test('[T2] sessions are listed, and one or all of them ended', async () => {
  const { visitor, email } = await newcomer(town, 'Eva Lino', 'reviewer', phone)
  const { page, say } = visitor
  const other = await town.arrive()
  await signIn(other, email)
  await inPlan(other)
  await openProfile(visitor)
  const sessions = page.getByRole('region', { name: say.account.sessions.heading })
  await expect.poll(() => sessions.getByRole('listitem').count()).toBe(2)
  await sessions.getByText(say.account.sessions.current).waitFor()
  await sessions.getByRole('button', { name: new RegExp(`^${say.account.sessions.end} ?:`) }).click()
  await expect.poll(() => sessions.getByRole('listitem').count()).toBe(1)
  await other.page.getByRole('heading', { level: 1, name: say.session.heading }).waitFor()

  await signIn(other, email)
  await inPlan(other)
  await page.getByRole('button', { name: say.account.sessions.endAll }).click()
  const sheet = page.getByRole('dialog', { name: say.account.sessions.endAll })
  await sheet.getByRole('button', { name: say.account.sessions.endAll }).click()
  await page.getByRole('heading', { level: 1, name: say.session.heading }).waitFor()
  await other.page.getByRole('heading', { level: 1, name: say.session.heading }).waitFor()
})

test('how somebody is shown changes for everybody but those who may know them', async () => {
  const { visitor } = await newcomer(town, 'Fela Cruz', 'reviewer', phone)
  const { page, say } = visitor
  const reader = await town.enter('revision')
  const coordinator = await town.enter('coordinacion')
  for (const one of [reader, coordinator]) {
    await one.page.goto('/plans/chepo/people')
    await one.page.getByText('Fela Cruz', { exact: true }).waitFor()
  }
  await openProfile(visitor)
  await page.getByLabel(say.account.display.anonymous).check()
  await page.getByText(say.account.display.saved).waitFor()
  await reader.page.getByText('Fela Cruz', { exact: true }).waitFor({ state: 'detached' })
  const row = coordinator.page.getByRole('row', { name: 'Fela Cruz' })
  await row.getByText(say.people.display.anonymous, { exact: true }).waitFor()

  await page.getByRole('button', { name: new RegExp(`^${say.account.consents.withdraw}`) }).click()
  const sheet = page.getByRole('dialog', { name: say.account.consents.withdraw })
  await sheet.getByRole('button', { name: say.account.consents.withdraw }).click()
  await page.getByText(say.account.consents.withdrawn).waitFor()
})

test('a name and a password are corrected; what is wrong stands beside its field', async () => {
  const { visitor, email } = await newcomer(town, 'Gil Peña', 'reviewer')
  const { page, say } = visitor
  await openProfile(visitor)
  await page.getByRole('button', { name: say.account.identity.change }).click()
  const sheet = page.getByRole('dialog', { name: say.account.identity.change })
  await sheet.getByLabel(say.account.identity.name).fill('Gilberto Peña')
  await sheet.getByLabel(say.account.identity.email).fill(addressOf('gobierno'))
  await sheet.getByLabel(say.account.proof.label).fill(newPassword)
  await sheet.getByRole('button', { name: say.account.save }).click()
  await sheet.getByText(say.common.refusal.email_taken.what).waitFor()
  await sheet.getByLabel(say.account.identity.email).fill(email)
  await sheet.getByRole('button', { name: say.account.save }).click()
  await sheet.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: fill(say.common.account.open, { name: 'Gilberto Peña' }) }).waitFor()

  await page.getByRole('button', { name: say.account.password.change }).click()
  const change = page.getByRole('dialog', { name: say.account.password.change })
  await change.getByLabel(say.account.proof.label).fill(newPassword)
  await change.getByLabel(say.account.password.new, { exact: true }).fill('contraseña123')
  await change.getByRole('button', { name: say.account.save }).click()
  await change.getByText(say.account.password.known).waitFor()
  await change.getByLabel(say.account.password.new, { exact: true }).fill('nueve lanchas de madrugada')
  await change.getByRole('button', { name: say.account.save }).click()
  await change.waitFor({ state: 'detached' })
  const other = await town.arrive()
  await signIn(other, email, 'nueve lanchas de madrugada')
  await inPlan(other)
})

test('everything about somebody can be taken along, and erased for ever', async () => {
  const { visitor, email } = await newcomer(town, 'Hilda Mena', 'reviewer')
  const { page, say } = visitor
  await openProfile(visitor)
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: say.account.data.take }).click()
  expect((await download).suggestedFilename()).toMatch(/^cabildo-mis-datos-\d{4}-\d\d-\d\d\.json$/)

  await page.getByRole('button', { name: say.account.data.erase }).click()
  const sheet = page.getByRole('dialog', { name: say.account.data.erase })
  await sheet.getByRole('button', { name: say.account.data.eraseNow }).click()
  await sheet.getByText(say.account.data.otherName).waitFor()
  await sheet.getByLabel(fill(say.account.data.name, { name: 'Hilda Mena' })).fill('Hilda Mena')
  await sheet.getByLabel(say.account.proof.label).fill(newPassword)
  await sheet.getByRole('button', { name: say.account.data.eraseNow }).click()
  await page.getByRole('heading', { level: 1, name: say.session.heading }).waitFor()
  await signIn(visitor, email)
  await page.getByText(say.common.refusal.wrong_credentials.what).waitFor()
})

describe.each([desk, phone])('by axe at $name', (screen) => {
  test('there is nothing to find on the pages of an account, in light or in dark', async () => {
    const visitor = await town.enter('aval', { screen })
    const { page, say } = visitor
    await openProfile(visitor)
    await page.getByText(say.account.sessions.current).waitFor()
    expect(await findingsInBothThemes(page), 'account').toEqual([])
    await page.getByRole('button', { name: say.account.totp.set }).click()
    await page.getByLabel(say.account.proof.label).fill(password)
    await page.getByRole('button', { name: say.account.totp.begin }).click()
    await page.getByRole('img', { name: say.account.totp.qr }).waitFor()
    expect(await findingsInBothThemes(page), 'codes').toEqual([])
    await page.getByRole('dialog').getByRole('button', { name: say.common.close }).click()
    await page.getByRole('button', { name: say.account.data.erase }).click()
    await page.getByRole('button', { name: say.account.data.eraseNow }).click()
    expect(await findingsInBothThemes(page), 'erase').toEqual([])

    const stranger = await town.arrive({ screen })
    await stranger.page.goto('/login?openid=unknown')
    await stranger.page.getByText(say.session.openid.unknown.what).waitFor()
    expect(await findingsInBothThemes(stranger.page), 'sign in').toEqual([])
  })
})
