import { TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findingsInBothThemes } from './axe.ts'
import { post } from './document.ts'
import { isFocused } from './keyboard.ts'
import { type OpenIdProvider, startOpenIdProvider } from './openid-provider.ts'
import { addressOf, desk, freePort, openTown, password, people, phone, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'

/** Passkeys are made for a name, so this town has one; and it knows another sign-on. */
let town: Town
let provider: OpenIdProvider
beforeAll(async () => {
  const [port, elsewhere] = [await freePort(), await freePort()]
  provider = await startOpenIdProvider(elsewhere, `http://localhost:${port}/api/openid/callback`)
  const { issuer, clientId, clientSecret } = provider
  const openid = { OPENID_ISSUER: issuer, OPENID_CLIENT_ID: clientId, OPENID_CLIENT_SECRET: clientSecret }
  town = await openTown({ port, more: { ...openid, OPENID_LABEL: 'Panamá Digital' } })
})
afterAll(async () => {
  await town?.close()
  await provider?.close()
})

const newPassword = 'siete garzas sobre el manglar'

/** Somebody with an account of their own that no other journey changes, signed in. */
async function newcomer(name: string, screen = desk as typeof desk | typeof phone) {
  const coordinator = await town.enter('coordinacion')
  const { items } = await post<{ items: { link: { url: string } }[] }>(coordinator, '/api/plans/chepo/invitations', {
    people: [{ name, role: 'reviewer', groupId: null }],
  })
  const visitor = await town.arrive({ screen })
  const email = `${name.toLowerCase().replaceAll(/[^a-z]+/g, '.')}@example.org`
  const token = items[0]?.link.url.split('#')[1]
  await post(visitor, '/api/links/use', { token, email, password: newPassword, consent: '2026-11' })
  return { visitor, email }
}

/** Opens the profile. */
async function openProfile({ page, say }: Visitor): Promise<void> {
  await page.goto('/profile')
  await page.getByRole('heading', { level: 1, name: say.account.title }).waitFor()
}

/** Signs in by the form. */
async function signIn({ page, say }: Visitor, email: string, word = newPassword): Promise<void> {
  await page.goto('/login')
  await page.getByLabel(say.session.email, { exact: true }).fill(email)
  await page.getByLabel(say.session.password, { exact: true }).fill(word)
  await page.getByRole('button', { name: say.session.submit, exact: true }).click()
}

const inPlan = ({ page }: Visitor) => page.getByRole('heading', { level: 1, name: /Chepo/ }).waitFor()

/** What an authenticator with this secret shows; `later`: in so many steps of half a minute. */
const codeOf = (secret: string, later = 0) =>
  new TOTP({ secret: secret.replaceAll(' ', '') }).generate({ timestamp: Date.now() + later * 30_000 })

/** Sets up an authenticator where its first step is shown; answers its secret and the recovery codes. */
async function setUpCodes(page: Page, say: Visitor['say'], word: string) {
  await page.getByLabel(say.account.proof.label).fill(word)
  await page.getByRole('button', { name: say.account.totp.begin }).click()
  await page.getByRole('img', { name: say.account.totp.qr }).waitFor()
  const secret = (await page.locator('code').first().textContent()) ?? ''
  await page.getByLabel(say.account.totp.code).fill('000000')
  await page.getByRole('button', { name: say.account.totp.confirm }).click()
  await page.getByText(say.account.totp.wrong).waitFor()
  await isFocused(page.getByLabel(say.account.totp.code))
  await page.getByLabel(say.account.totp.code).fill(codeOf(secret))
  await page.getByRole('button', { name: say.account.totp.confirm }).click()
  await page.getByText(say.account.codes.once).waitFor()
  const recoveryCodes = await page.locator('ol code').allTextContents()
  await page.getByRole('button', { name: say.account.codes.done }).click()
  return { secret, recoveryCodes }
}

describe.each([desk, phone])('at $name', (screen) => {
  test('codes of an app are set up, and asked for from then on; a recovery code does once', async () => {
    const { visitor, email } = await newcomer(`Ada Ruiz ${screen.viewport.width === 360 ? 'Uno' : 'Dos'}`, screen)
    const { page, say } = visitor
    await openProfile(visitor)
    await page.getByRole('button', { name: say.account.totp.set }).click()
    const { secret, recoveryCodes } = await setUpCodes(page, say, newPassword)
    expect(recoveryCodes).toHaveLength(10)
    await page.getByText(say.account.totp.on, { exact: true }).waitFor()
    await page.getByText(fill(say.account.codes.left_other, { count: 10 })).waitFor()

    const other = await town.arrive({ screen })
    await signIn(other, email)
    await other.page.getByRole('heading', { level: 1, name: say.session.second.heading }).waitFor()
    const code = other.page.getByLabel(say.session.second.label)
    await isFocused(code)
    expect(await code.getAttribute('autocomplete')).toBe('one-time-code')
    await code.fill('000000')
    await page.keyboard.press('Enter')
    await other.page.getByRole('button', { name: say.session.submit, exact: true }).click()
    await other.page.getByText(say.common.refusal.wrong_code.what).waitFor()
    await code.fill(codeOf(secret, 1))
    await other.page.getByRole('button', { name: say.session.submit, exact: true }).click()
    await inPlan(other)

    const third = await town.arrive({ screen })
    await signIn(third, email)
    await third.page.getByRole('button', { name: say.session.second.useLost }).click()
    const lost = third.page.getByLabel(say.session.second.lostLabel)
    await isFocused(lost)
    await lost.fill(recoveryCodes[0] ?? '')
    await third.page.getByRole('button', { name: say.session.submit, exact: true }).click()
    await inPlan(third)
    await openProfile(third)
    await third.page.getByText(fill(say.account.codes.left_other, { count: 9 })).waitFor()
  })
})

/** A browser whose device keeps passkeys and always recognises its owner. */
async function withPasskeys({ context, page }: Visitor): Promise<void> {
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

test('a passkey is saved on the device, opens the account alone, and is removed', async () => {
  const { visitor } = await newcomer('Benita Sosa', phone)
  const { page, say } = visitor
  await withPasskeys(visitor)
  await openProfile(visitor)
  await page.getByRole('button', { name: say.account.passkeys.add }).click()
  const sheet = page.getByRole('dialog', { name: say.account.passkeys.add })
  await sheet.getByLabel(say.account.passkeys.label).fill('Teléfono de Benita')
  await sheet.getByLabel(say.account.proof.label).fill('no es esta')
  await sheet.getByRole('button', { name: say.account.passkeys.make }).click()
  await sheet.getByText(say.account.proof.wrong).waitFor()
  await sheet.getByLabel(say.account.proof.label).fill(newPassword)
  await sheet.getByRole('button', { name: say.account.passkeys.make }).click()
  await sheet.waitFor({ state: 'detached' })
  await page.getByText('Teléfono de Benita', { exact: true }).waitFor()

  await page.getByRole('button', { name: /Su cuenta:/ }).click()
  await page.getByRole('button', { name: say.common.account.signOut, exact: true }).click()
  await page.getByRole('button', { name: say.session.passkey.button }).click()
  await inPlan(visitor)

  await openProfile(visitor)
  await page.getByRole('button', { name: new RegExp(`^${say.account.passkeys.remove}.*Benita`) }).click()
  await page.getByText('Teléfono de Benita', { exact: true }).waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /Su cuenta:/ }).click()
  await page.getByRole('button', { name: say.common.account.signOut, exact: true }).click()
  await page.getByRole('button', { name: say.session.passkey.button }).click()
  await page.getByText(say.session.passkey.unknown).waitFor()
})

test('an invitation without an address offers a passkey at once', async () => {
  const coordinator = await town.enter('coordinacion')
  const { items } = await post<{ items: { link: { url: string } }[] }>(coordinator, '/api/plans/chepo/invitations', {
    people: [{ name: 'Chela Mora', role: 'participant', groupId: null }],
  })
  const visitor = await town.arrive({ screen: phone })
  const { page, say } = visitor
  await withPasskeys(visitor)
  await page.goto(items[0]?.link.url ?? '')
  await page.getByLabel(say.account.consent.agree).check()
  await page.getByRole('button', { name: say.account.invitation.join }).click()
  await page.getByRole('heading', { name: say.account.link.passkey }).waitFor()
  await page.getByRole('button', { name: say.account.passkeys.make }).click()
  await inPlan(visitor)
  await visitor.context.clearCookies()
  await page.goto('/login')
  await page.getByRole('button', { name: say.session.passkey.button }).click()
  await inPlan(visitor)
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

  const { visitor } = await newcomer('Dora Vega')
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
  const { visitor, email } = await newcomer('Eva Lino', phone)
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
  const { visitor } = await newcomer('Fela Cruz', phone)
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
  const { visitor, email } = await newcomer('Gil Peña')
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
  const { visitor, email } = await newcomer('Hilda Mena')
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
    const settings = { reducedMotion: 'reduce' } as const
    const visitor = await town.enter('aval', { screen, settings })
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

    const stranger = await town.arrive({ screen, settings })
    await stranger.page.goto('/login?openid=unknown')
    await stranger.page.getByText(say.session.openid.unknown.what).waitFor()
    expect(await findingsInBothThemes(stranger.page), 'sign in').toEqual([])
  })
})

describe('in production', () => {
  let strict: Town
  beforeAll(async () => {
    strict = await openTown({ port: await freePort(), more: { NODE_ENV: 'production' } })
  })
  afterAll(() => strict?.close())

  test('[T14] a role that asks for a second step leads calmly to setting one up, and on to the page', async () => {
    const visitor = await strict.enter('alcaldia', { screen: phone })
    const { page, say } = visitor
    await page.goto('/plans/chepo')
    await page.getByRole('heading', { level: 1, name: say.account.gate.heading }).waitFor()
    await page.getByRole('button', { name: say.account.gate.app }).click()
    await setUpCodes(page, say, password)
    await inPlan(visitor)
    expect(new URL(page.url()).pathname).toBe('/plans/chepo')
    await page.getByRole('button', { name: fill(say.common.account.open, { name: people.alcaldia }) }).waitFor()
  })
})
