import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isFocused } from './keyboard.ts'
import { enters, invite, newcomer, newPassword, openMember, openPeople, role, rowOf } from './people.ts'
import { desk, openTown, people, phone, type Town } from './town.ts'
import { fill } from './words.ts'

/** Who is invited comes in, and who lost their way in gets back, each by a link. */

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

describe.each([desk, phone])('at $name', (screen) => {
  test('a pasted list is understood line by line; who has no e-mail comes in by the link alone', async () => {
    const coordinator = await town.enter('coordinacion', { screen })
    const { page, say } = coordinator
    const name = `Julia Pérez ${screen.viewport.width}`
    await openPeople(coordinator, 'invite')
    const list = page.getByLabel(say.people.invite.list)
    await list.fill(`${name}; redacción; Kernel\nPedro Ríos, Los Amigos\nLuis Mela, luis@mal\n${people.gobierno}`)
    const preview = page.getByRole('region', { name: say.people.invite.preview })
    await preview.getByText(fill(say.people.invite.fault.unknown, { word: 'Los Amigos' })).waitFor()
    await preview.getByText(fill(say.people.invite.fault.badEmail, { word: 'luis@mal' })).waitFor()
    await preview.getByText(say.people.invite.hint.member).waitFor()
    await page.getByText(fill(say.people.invite.bad_other, { count: 2 })).waitFor()
    await list.fill(`${name}; redacción; Kernel\nPedro Ríos, Los Amigos`)
    await page.getByRole('button', { name: fill(say.people.invite.send_one, { count: 1 }) }).click()

    const done = page.getByRole('heading', { name: fill(say.people.invite.done_one, { count: 1 }) })
    await isFocused(done)
    const card = page.getByRole('listitem').filter({ hasText: name })
    const url = (await card.locator('code').textContent()) ?? ''
    await card.getByRole('button', { name: new RegExp(`^${say.people.link.qr}`) }).click()
    await card.getByRole('img', { name: fill(say.people.link.qrOf, { name }) }).waitFor()
    await page.getByRole('button', { name: say.people.link.done }).click()
    // What could not be sent waits to be put right.
    expect(await list.inputValue()).toBe('Pedro Ríos, Los Amigos')

    const guest = await town.arrive({ screen })
    await guest.page.goto(url)
    await guest.page.getByRole('heading', { level: 1, name: /Chepo/ }).waitFor()
    await expect.poll(() => guest.page.url()).toBe(`${town.url}/link`)
    await guest.page.reload()
    const field = guest.page.getByLabel(guest.say.account.invitation.name)
    expect(await field.inputValue()).toBe(name)
    await guest.page.getByRole('button', { name: guest.say.account.invitation.join }).click()
    await guest.page.getByText(guest.say.account.consent.need).waitFor()
    await isFocused(guest.page.getByLabel(guest.say.account.consent.agree))
    await guest.page.getByLabel(guest.say.account.consent.agree).check()
    await guest.page.getByRole('button', { name: guest.say.account.invitation.join }).click()
    await guest.page.getByText(role(guest, 'drafter')).waitFor()

    await openPeople(coordinator)
    await rowOf(coordinator, name).waitFor()

    const late = await town.arrive({ screen })
    await late.page.goto(url)
    await late.page.getByRole('heading', { level: 1, name: late.say.account.link.gone.heading }).waitFor()
  })
})

test('who is signed in already joins with that account', async () => {
  const coordinator = await town.enter('coordinacion')
  const url = await invite(coordinator, 'Saúl', 'monitor')
  const visitor = await town.enter('ajena')
  const { page, say } = visitor
  await page.goto(url)
  await page.getByText(fill(say.account.invitation.signedIn, { name: people.ajena })).waitFor()
  await page.getByRole('button', { name: fill(say.account.invitation.other, { name: people.ajena }) }).click()
  await page.getByLabel(say.account.invitation.name).waitFor()
  await page.getByRole('button', { name: fill(say.account.invitation.backToSelf, { name: people.ajena }) }).click()
  await page.getByLabel(say.account.consent.agree).check()
  await page.getByRole('button', { name: fill(say.account.invitation.joinAs, { name: people.ajena }) }).click()
  await page.getByText(role(visitor, 'monitor')).waitFor()
  await openPeople(coordinator)
  await rowOf(coordinator, people.ajena).getByText(coordinator.say.common.role.monitor).waitFor()

  const second = await invite(coordinator, 'Saúl')
  await page.goto(second)
  await page.getByLabel(say.account.consent.agree).check()
  await page.getByRole('button', { name: fill(say.account.invitation.joinAs, { name: people.ajena }) }).click()
  await page.getByText(say.account.invitation.already).waitFor()
})

test('an invitation with an address asks for a password that is long enough, and opens an account', async () => {
  // Another one when this journey is made once more.
  const address = `nora-${randomUUID()}@example.org`
  const coordinator = await town.enter('coordinacion')
  const { say } = coordinator
  await openPeople(coordinator, 'invite')
  await coordinator.page.getByRole('button', { name: say.people.invite.one, exact: true }).click()
  await coordinator.page.getByRole('button', { name: say.people.invite.sendOne, exact: true }).click()
  await coordinator.page.getByText(say.people.invite.needName).waitFor()
  await coordinator.page.getByLabel(say.people.name, { exact: true }).fill('Nora Quiel')
  await coordinator.page.getByLabel(say.people.email, { exact: true }).fill(address)
  await coordinator.page.getByRole('button', { name: say.people.invite.sendOne, exact: true }).click()
  const url = (await coordinator.page.locator('main code').textContent()) ?? ''

  const visitor = await town.arrive({ screen: phone })
  const { page } = visitor
  await page.goto(url)
  const word = page.getByLabel(say.account.password.new, { exact: true })
  await word.fill('corta')
  await page.getByLabel(say.account.consent.agree).check()
  await page.getByRole('button', { name: say.account.invitation.join }).click()
  await page.getByText(fill(say.account.password.short_other, { count: 12 })).waitFor()
  await isFocused(word)
  await word.fill(newPassword)
  await page.getByRole('button', { name: say.account.invitation.join }).click()
  await page.getByText(role(visitor, 'participant')).waitFor()
  expect(await enters(town, address, newPassword)).toBe(200)
})

test('an invitation that was taken back leads nowhere, and says so without blame', async () => {
  const coordinator = await town.enter('coordinacion')
  const { page, say } = coordinator
  const url = await invite(coordinator, 'Equivocado')
  await openPeople(coordinator, 'invite')
  await page.getByRole('button', { name: new RegExp(`^${say.people.invitations.takeBack}.*Equivocado`) }).click()
  await page.getByRole('dialog').getByRole('button', { name: say.people.invitations.takeBack }).click()
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  await page.getByRole('listitem').filter({ hasText: 'Equivocado' }).getByText(say.people.invitations.revoked).waitFor()
  const visitor = await town.arrive()
  await visitor.page.goto(url)
  await visitor.page.getByText(say.account.link.gone.what).waitFor()
  await visitor.page.goto('/link#cortado')
  await visitor.page.getByText(say.account.link.broken.what).waitFor()
})

test('[T23] a coordinator lets somebody back in by a link; it sets a new password and ends the old one', async () => {
  const { visitor: owner, email } = await newcomer(town, 'Olga Prado', 'reviewer')
  const coordinator = await town.enter('coordinacion')
  const { page, say } = coordinator
  await openPeople(coordinator)
  const sheet = await openMember(coordinator, 'Olga Prado')
  await sheet.getByRole('button', { name: say.people.step.recovery.button }).click()
  await page.getByRole('dialog').getByRole('button', { name: say.people.step.recovery.button }).click()
  const url = (await page.getByRole('dialog').locator('code').textContent()) ?? ''

  const visitor = await town.arrive({ screen: phone })
  await visitor.page.goto(url)
  await visitor.page.getByText(fill(say.account.recovery.email, { email })).waitFor()
  const other = 'nueve lanchas de madrugada'
  await visitor.page.getByLabel(say.account.password.new, { exact: true }).fill(other)
  await visitor.page.getByRole('button', { name: say.account.recovery.submit }).click()
  await visitor.page.getByText(role(visitor, 'reviewer')).waitFor()
  expect([await enters(town, email, newPassword), await enters(town, email, other)]).toEqual([401, 200])
  await owner.page.goto('/plans/chepo')
  await owner.page.getByRole('heading', { level: 1, name: say.session.heading }).waitFor()
})
