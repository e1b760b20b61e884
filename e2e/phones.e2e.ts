import { messageType } from '@cabildo/protocol/room/messages'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings } from './axe.ts'
import { textOn } from './document.ts'
import { isFocused, tabTo } from './keyboard.ts'
import { addressOf, desk, keeping, openTown, people, phone, password as secret, type Town } from './town.ts'
import { fill } from './words.ts'
import {
  authorsOf,
  bar,
  boardOf,
  caretIsInSight,
  comeIn,
  joinAnother,
  oneText,
  openWorkshop,
  passTo,
  pathOf,
  scan,
  tapOn,
  workshopOf,
  writes,
} from './workshop.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

test('[WS25] three people pass one phone and each writes in the same field; the record names each of them, and with all of it stored the doors are open at once', async () => {
  const { host, number, workshop, group } = await oneText(town)
  const guest = await scan(town, workshop, 'Ana Díaz', group)
  const { page } = guest
  const text = textOn(guest)
  await text.write('problem', 'Ana: no hay agua.')

  await joinAnother(guest, 'Beto Ríos', group)
  await text.mentions('problem', 'Ana: no hay agua.')
  await text.write('problem', ' Beto: ni camino.')
  await joinAnother(guest, 'Ceci Mora', group)
  await text.mentions('problem', 'Beto: ni camino.')
  await text.write('problem', ' Ceci: ni luz.')

  // The place one reads stays, far down too, and what is typed right before the phone is passed is its author's.
  // Of the box around it: what the field is drawn in is another once its editor comes.
  const topOf = (name: string) =>
    page.locator(`#field-${name}`).evaluate((field) => Math.round(field.getBoundingClientRect().top))
  for (const read of ['causes', 'accountability']) {
    const top = await topOf(read)
    await page.evaluate((by) => window.scrollBy(0, by), top - 250)
    const before = await topOf(read)
    await tapOn(guest, read === 'causes' ? 'Ana Díaz' : 'Beto Ríos')
    await text.mentions('problem', 'Ceci: ni luz.')
    await expect.poll(async () => Math.abs((await topOf(read)) - before)).toBeLessThan(3)
  }
  await tapOn(guest, 'Ana Díaz')
  await text.mentions('problem', 'Ceci: ni luz.')
  await text.write('problem', ' Ana otra vez.')
  await passTo(guest, 'Beto Ríos')
  await text.mentions('problem', 'Ana otra vez.')
  await text.write('problem', ' Y Beto.')
  await text.saved()
  await text.says('problem', 'Ana: no hay agua. Beto: ni camino. Ceci: ni luz. Ana otra vez. Y Beto.')

  expect(await authorsOf(host, number)).toEqual(['Ana Díaz', 'Beto Ríos', 'Ceci Mora', 'Ana Díaz', 'Beto Ríos'])
  const board = await workshopOf(host, workshop.id)
  expect(board.participants.map(({ name }) => name).sort()).toEqual(['Ana Díaz', 'Beto Ríos', 'Ceci Mora'])

  await page.addInitScript(noteDialogs)
  await page.goto('/login')
  await page.getByLabel(guest.say.session.email).waitFor()
  expect(await page.evaluate(() => (globalThis as unknown as { dialogs?: number }).dialogs)).toBe(0)
})

test('what is on its way when the phone is passed is stored first, in the name of who wrote it', async () => {
  const { host, number, workshop, group } = await oneText(town)
  const guest = await town.arrive({ screen: phone })
  const { page, say } = guest
  const waiting: (() => void)[] = []
  let isSlow = false
  await page.routeWebSocket(/\/rooms\//, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      // Presence takes its leave while the page closes the socket; it would come after the close by this detour.
      if (message[0] === messageType.awareness) return
      if (isSlow) waiting.push(() => server.send(message))
      else server.send(message)
    })
  })
  await page.goto(workshop.wayIn.url)
  await comeIn(guest, 'Ana Díaz', group)
  const text = textOn(guest)
  await text.field('problem').waitFor()
  await joinAnother(guest, 'Beto Ríos', group)
  await text.write('problem', 'A tiempo.')
  await text.saved()

  isSlow = true
  await text.write('problem', ' Por poco.')
  await bar(guest)
    .getByRole('button', { name: fill(say.workshops.bar.passTo, { name: 'Ana Díaz' }) })
    .click()
  await page
    .getByRole('dialog')
    .getByText(fill(say.workshops.pass.saving, { name: 'Beto Ríos' }))
    .waitFor()
  isSlow = false
  for (const send of waiting.splice(0)) send()
  await writes(guest, 'Ana Díaz')
  await text.says('problem', 'A tiempo. Por poco.')
  await text.write('problem', ' Ana.')
  await text.saved()
  expect(await authorsOf(host, number)).toEqual(['Beto Ríos', 'Ana Díaz'])
})

test('without a connection the phone does not change hands, and says so; what was written stays its author’s', async () => {
  const { host, number, workshop, group } = await oneText(town)
  const guest = await scan(town, workshop, 'Ana Díaz', group, keeping)
  const { page, context, say } = guest
  const text = textOn(guest)
  await text.field('problem').waitFor()
  await joinAnother(guest, 'Beto Ríos', group)
  await text.write('problem', 'Beto con red.')
  await text.saved()

  await context.setOffline(true)
  await text.write('problem', ' Beto sin red.')
  await text.state(say.editor.save.offline).waitFor()
  await bar(guest)
    .getByRole('button', { name: fill(say.workshops.bar.passTo, { name: 'Ana Díaz' }) })
    .click()
  const sheet = page.getByRole('dialog')
  await sheet.getByText(fill(say.workshops.pass.why.offline, { name: 'Beto Ríos' })).waitFor()
  await sheet.getByRole('button', { name: fill(say.workshops.pass.stay, { name: 'Beto Ríos' }) }).click()
  await text.write('problem', ' Sigue Beto.')

  await context.setOffline(false)
  await text.saved()
  await passTo(guest, 'Ana Díaz')
  await text.write('problem', ' Ahora Ana.')
  await text.saved()
  await text.says('problem', 'Beto con red. Beto sin red. Sigue Beto. Ahora Ana.')
  expect(await authorsOf(host, number)).toEqual(['Beto Ríos', 'Ana Díaz'])
})

test('the bar that says who writes covers neither the line nor hides behind a keyboard', async () => {
  const { workshop, group } = await oneText(town)
  const guest = await scan(town, workshop, 'María de los Ángeles Rodríguez Villarreal', group)
  const { page } = guest
  const text = textOn(guest)
  // As a phone's keyboard leaves it.
  await page.setViewportSize({ width: 360, height: 400 })
  await text.field('problem').tap()
  for (let line = 0; line < 12; line += 1) {
    await page.keyboard.insertText(`Línea ${line}`)
    await page.keyboard.press('Enter')
  }
  await page.keyboard.press('Control+Home')
  for (const key of ['Control+End', 'Control+Home']) {
    await page.keyboard.press(key)
    await expect.poll(() => caretIsInSight(page)).toBe(true)
    const box = await bar(guest).boundingBox()
    expect(box?.y).toBeGreaterThanOrEqual(0)
    expect((box?.y ?? 999) + (box?.height ?? 999)).toBeLessThan(100)
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360)
})

test('removed while typing: the page says so and asks for no password; the others of the phone go on', async () => {
  const { host, workshop, group } = await oneText(town)
  const guest = await scan(town, workshop, 'Ana Díaz', group)
  const { say } = guest
  const text = textOn(guest)
  await joinAnother(guest, 'Beto Ríos', group)
  await text.write('problem', 'Beto escribe.')
  await text.saved()

  const { page } = host
  await page.goto(boardOf(workshop.id))
  await page.getByRole('button', { name: /Beto Ríos/ }).click()
  await page.getByRole('button', { name: say.workshops.person.remove }).click()
  const sure = page.getByRole('dialog', { name: fill(say.workshops.person.removeTitle, { name: 'Beto Ríos' }) })
  await sure.getByRole('button', { name: say.workshops.person.removeSubmit, exact: true }).click()
  await page.getByText(fill(say.workshops.board.out_one, { count: 1 })).waitFor()

  const told = guest.page.getByRole('alert')
  await told.getByText(say.workshops.over.removed).waitFor()
  expect(await guest.page.getByLabel(say.session.password).count()).toBe(0)
  await told.getByRole('button', { name: fill(say.workshops.over.goOnAs, { name: 'Ana Díaz' }) }).click()
  await writes(guest, 'Ana Díaz')
  await text.write('problem', ' Sigue Ana.')
  await text.saved()
  await text.says('problem', 'Beto escribe. Sigue Ana.')
})

test('a phone that comes back during the workshop knows its people: one tap, and they are in', async () => {
  const { number, workshop, group } = await oneText(town)
  const guest = await scan(town, workshop, 'Ana Díaz', group)
  const { page, say } = guest
  await page.getByRole('button', { name: fill(say.common.account.open, { name: 'Ana Díaz' }) }).tap()
  await page.getByRole('button', { name: say.common.account.signOut }).tap()
  await page.getByRole('heading', { level: 1, name: say.workshops.code.title }).waitFor()
  await page.goto(workshop.wayIn.url)
  await page.getByRole('heading', { name: say.workshops.here.title }).waitFor()
  await page.getByRole('button', { name: `${say.workshops.here.iAm} Ana Díaz` }).tap()
  await writes(guest, 'Ana Díaz')
  expect(pathOf(guest)).toBe(`/plans/chepo/commitments/${number}`)
})

test('[WS56] of several texts somebody new goes on in the one that the phone is in', async () => {
  const { host, number, group } = await oneText(town)
  const guest = await scan(town, await openWorkshop(host, [2, number]), 'Ana Díaz', group)
  const { page, say } = guest
  // Which of them is hers to choose.
  await expect.poll(() => pathOf(guest)).toBe('/plans/chepo')
  await page
    .getByRole('link', { name: /Agua para la isla/ })
    .first()
    .tap()
  await textOn(guest).field('problem').waitFor()
  await bar(guest).getByRole('button', { name: say.workshops.bar.another }).tap()
  await comeIn(guest, 'Beto Ríos', group)
  await writes(guest, 'Beto Ríos')
  expect(pathOf(guest)).toBe(`/plans/chepo/commitments/${number}`)
})

test('with the keys alone: in by the code, and the phone passed on', async () => {
  const { workshop, group } = await oneText(town)
  const guest = await town.arrive({ screen: desk })
  const { page, say } = guest
  await page.goto('/unirse')
  await tabTo(page, page.getByLabel(say.workshops.code.label))
  await page.keyboard.type(workshop.wayIn.code)
  await page.keyboard.press('Enter')
  const name = page.getByRole('textbox', { name: say.workshops.join.name })
  await name.waitFor()
  await isFocused(page.locator('#main'))
  await tabTo(page, name)
  await page.keyboard.type('Ana Díaz')
  const choice = page
    .getByRole('radio')
    .or(page.getByRole('region', { name: say.workshops.join.group }).getByRole('button'))
  await tabTo(page, choice.first())
  await page.keyboard.press((await page.getByRole('radio').count()) > 0 ? 'Space' : 'Enter')
  await tabTo(page, page.getByRole('button', { name: say.workshops.join.submit }))
  await page.keyboard.press('Enter')
  await writes(guest, 'Ana Díaz')
  await tabTo(page, bar(guest).getByRole('button', { name: say.workshops.bar.another }), { most: 60 })
  await page.keyboard.press('Enter')
  await comeIn(guest, 'Beto Ríos', group)
  await writes(guest, 'Beto Ríos')
  await tabTo(page, bar(guest).getByRole('button', { name: fill(say.workshops.bar.passTo, { name: 'Ana Díaz' }) }), {
    most: 60,
  })
  await page.keyboard.press('Enter')
  await writes(guest, 'Ana Díaz')
  // Whose button it was went with the press.
  await isFocused(bar(guest).getByRole('button').first())
})

test('[WS25] who comes in by QR where somebody left words unsent is told so; they go out under their author when it is their turn', async () => {
  const { host, number, workshop, group } = await oneText(town)
  const guest = await scan(town, workshop, 'Ana Díaz', group, keeping)
  const { page, context, say } = guest
  const text = textOn(guest)
  await text.write('problem', 'Ana con red.')
  await text.saved()
  await context.setOffline(true)
  await text.write('problem', ' Ana sin red.')
  await text.state(say.editor.save.offline).waitFor()
  // That word says that this phone has it. The camera opens the QR in a page that knows nothing of the text.
  await page.close()
  await context.setOffline(false)
  const fresh = { ...guest, page: await context.newPage() }
  await fresh.page.goto(workshop.wayIn.url)
  await comeIn(fresh, 'Beto Ríos', group)
  const sheet = fresh.page.getByRole('dialog')
  await sheet.getByText(fill(say.workshops.pass.why.elsewhere, { name: 'Ana Díaz' })).waitFor()
  await sheet.getByText(fill(say.workshops.pass.kept, { name: 'Ana Díaz' })).waitFor()
  expect((await workshopOf(host, workshop.id)).participants.map(({ name }) => name)).toEqual(['Ana Díaz'])
  await sheet.getByRole('button', { name: say.workshops.pass.anyway }).click()
  await writes(fresh, 'Beto Ríos')
  const now = textOn(fresh)
  await now.write('problem', ' Beto.')
  await now.saved()
  await now.says('problem', 'Ana con red. Beto.')

  await passTo(fresh, 'Ana Díaz')
  await now.mentions('problem', ' Ana sin red.')
  await now.saved()
  expect(await authorsOf(host, number)).toEqual(['Ana Díaz', 'Beto Ríos', 'Ana Díaz'])
})

test('[WS25] who signs in with an account where a guest left words unsent is told so first; they stay their author’s', async () => {
  const { host, number, workshop, group } = await oneText(town)
  const guest = await scan(town, workshop, 'Ana Díaz', group, keeping)
  const { page, context, say } = guest
  const text = textOn(guest)
  await text.write('problem', 'Ana con red.')
  await text.saved()
  await context.setOffline(true)
  await text.write('problem', ' Ana sin red.')
  await text.state(say.editor.save.offline).waitFor()
  await page.close()
  await context.setOffline(false)
  const fresh = { ...guest, page: await context.newPage() }
  const password = fresh.page.getByRole('textbox', { name: say.session.password })
  const sheet = fresh.page.getByRole('dialog')
  await fresh.page.goto('/login')
  await sheet.getByText(fill(say.workshops.pass.why.elsewhere, { name: 'Ana Díaz' })).waitFor()
  expect(await password.count(), 'no door is open before').toBe(0)
  expect(await findings(fresh.page)).toEqual([])
  await sheet.getByRole('button', { name: fill(say.workshops.pass.stay, { name: 'Ana Díaz' }) }).click()
  await bar(fresh).getByText('Ana Díaz').waitFor()

  await fresh.page.goto('/login')
  await expect.poll(() => fresh.page.title()).toContain(say.session.title)
  await sheet.getByRole('button', { name: say.workshops.pass.anyway }).click()
  await isFocused(fresh.page.getByRole('heading', { name: say.session.heading }))
  // As after a way through the door of another site: it is not asked twice.
  await fresh.page.reload()
  await fresh.page.getByLabel(say.session.email).fill(addressOf('facilitacion'))
  await password.fill(secret)
  await fresh.page.keyboard.press('Enter')
  await fresh.page.waitForURL((url) => url.pathname !== '/login')
  await fresh.page.goto(`/plans/chepo/commitments/${number}`)
  const now = textOn(fresh)
  await now.says('problem', 'Ana con red.')
  expect(await authorsOf(host, number)).toEqual(['Ana Díaz'])

  // They waited on this phone for Ana, and go out in her name once she is back.
  await fresh.page.getByRole('button', { name: fill(say.common.account.open, { name: people.facilitacion }) }).tap()
  await fresh.page.getByRole('button', { name: say.common.account.signOut }).tap()
  await password.waitFor()
  await fresh.page.goto(workshop.wayIn.url)
  await fresh.page.getByRole('button', { name: `${say.workshops.here.iAm} Ana Díaz` }).tap()
  await writes(fresh, 'Ana Díaz')
  await now.says('problem', 'Ana con red. Ana sin red.')
  await now.saved()
  expect(await authorsOf(host, number)).toEqual(['Ana Díaz'])
})

/** Runs in the page: counts the dialogs that are put into it, those too that are gone by now. */
function noteDialogs(): void {
  const noted = { dialogs: 0 }
  Object.defineProperty(globalThis, 'dialogs', { get: () => noted.dialogs })
  const seen = new WeakSet<Element>()
  const look = () => {
    for (const dialog of document.querySelectorAll('[role="dialog"], dialog')) {
      if (!seen.has(dialog)) noted.dialogs += 1
      seen.add(dialog)
    }
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true, attributeFilter: ['role'] })
}

test('[WS28] two pages of one browser: where the phone did not change hands it says who writes now, stops, and goes on as them', async () => {
  const { host, number, workshop, group } = await oneText(town)
  const guest = await scan(town, workshop, 'Ana Díaz', group)
  const { say } = guest
  const text = textOn(guest)
  await text.write('problem', 'Ana aquí.')
  await text.saved()
  const second = { ...guest, page: await guest.context.newPage() }
  await second.page.goto(guest.page.url())
  await writes(second, 'Ana Díaz')
  await joinAnother(second, 'Beto Ríos', group)

  const sheet = guest.page.getByRole('dialog', { name: fill(say.workshops.bar.now, { name: 'Beto Ríos' }) })
  await sheet.getByText(fill(say.workshops.turned.what, { from: 'Ana Díaz', to: 'Beto Ríos' })).waitFor()
  await guest.page.keyboard.press('Escape')
  await guest.page.keyboard.type('De nadie.')
  // While the sheet still slides in, axe takes the page below it for all there is.
  await expect.poll(() => findings(guest.page)).toEqual([])
  await sheet.getByRole('button', { name: fill(say.workshops.pass.stay, { name: 'Beto Ríos' }) }).click()
  await writes(guest, 'Beto Ríos')
  await text.write('problem', ' Beto también aquí.')
  await text.saved()
  await text.says('problem', 'Ana aquí. Beto también aquí.')
  await textOn(second).mentions('problem', 'Beto también aquí.')
  expect(await authorsOf(host, number)).toEqual(['Ana Díaz', 'Beto Ríos'])
})
