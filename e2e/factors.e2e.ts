import { TOTP } from 'otpauth'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inPlan, openProfile, signIn, withPasskeys } from './account.ts'
import { portOfWorker } from './browser.ts'
import { isFocused } from './keyboard.ts'
import { invite, newcomer, newPassword } from './people.ts'
import { desk, freePort, openTown, password, people, phone, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'

/** Passkeys are made for a name, so this town has one. */
let town: Town
beforeAll(async () => {
  town = await openTown({ port: await portOfWorker() })
})
afterAll(() => town?.close())

/** What an authenticator with this secret shows; `later`: in so many steps of half a minute. */
const codeOf = (secret: string, later = 0) =>
  new TOTP({ secret: secret.replaceAll(' ', '') }).generate({ timestamp: Date.now() + later * 30_000 })

/** Waits until all of something can be seen: no sheet that scrolls cuts it off. */
const isInSight = (thing: Locator) =>
  expect
    .poll(() =>
      thing.evaluate(
        (element) =>
          new Promise<number>((answer) => {
            const watcher = new IntersectionObserver(([seen]) => {
              watcher.disconnect()
              answer(seen?.intersectionRatio ?? 0)
            })
            watcher.observe(element)
          }),
      ),
    )
    .toBeGreaterThan(0.99)

/** Sets up an authenticator where its first step is shown; answers its secret and the recovery codes. */
async function setUpCodes(page: Page, say: Visitor['say'], word: string) {
  await page.getByLabel(say.account.proof.label).fill(word)
  await page.getByRole('button', { name: say.account.totp.begin }).click()
  await page.getByRole('img', { name: say.account.totp.qr }).waitFor()
  const secret = (await page.locator('code').first().textContent()) ?? ''
  await page.getByLabel(say.account.totp.code).fill('000000')
  await page.getByRole('button', { name: say.account.totp.confirm }).click()
  await isInSight(page.getByRole('alert').filter({ hasText: say.account.totp.wrong }))
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
    const { visitor, email } = await newcomer(
      town,
      `Ada Ruiz ${screen.viewport.width === 360 ? 'Uno' : 'Dos'}`,
      'reviewer',
      screen,
    )
    const { page, say } = visitor
    await openProfile(visitor)
    await page.getByRole('button', { name: say.account.totp.set }).click()
    const { secret, recoveryCodes } = await setUpCodes(page, say, newPassword)
    expect(recoveryCodes).toHaveLength(10)
    await page.getByText(say.account.totp.on, { exact: true }).waitFor()
    // What was pressed to set it up has the focus, with other words.
    await isFocused(page.getByRole('button', { name: say.account.codes.new }))
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

    // A wrong code is told in sight, and the focus is where it is typed anew.
    await third.page.getByRole('button', { name: say.account.totp.remove }).click()
    const sheet = third.page.getByRole('dialog', { name: say.account.totp.remove })
    const again = sheet.getByLabel(say.account.totp.code)
    await again.fill('000000')
    await sheet.getByRole('button', { name: say.account.totp.remove }).click()
    await isInSight(sheet.getByRole('alert').filter({ hasText: say.account.totp.wrong }))
    await isFocused(again)
    await again.fill(recoveryCodes[1] ?? '')
    await sheet.getByRole('button', { name: say.account.totp.remove }).click()
    await third.page.getByText(say.account.totp.off, { exact: true }).waitFor()
    // What was pressed is gone: the focus is on what stands in its place.
    await isFocused(third.page.getByRole('button', { name: say.account.totp.set }))
  })
})

test('a passkey is saved on the device, opens the account alone, and is removed', async () => {
  const { visitor } = await newcomer(town, 'Benita Sosa', 'reviewer', phone)
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
  const url = await invite(coordinator, 'Chela Mora')
  const visitor = await town.arrive({ screen: phone })
  const { page, say } = visitor
  await withPasskeys(visitor)
  await page.goto(url)
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
