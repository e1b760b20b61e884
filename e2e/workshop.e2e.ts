import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findings, looks } from './axe.ts'
import { addCommitment, textOn } from './document.ts'
import { isFocused, tabTo } from './keyboard.ts'
import { desk, openTown, people, phone, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'
import {
  authorsOf,
  bar,
  caretIsInSight,
  comeIn,
  openWorkshop,
  passTo,
  planOf,
  scan,
  tapOn,
  workshopOf,
  writes,
} from './workshop.ts'

let town: Town
let group: string
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

/** A facilitator with an open workshop on one new commitment. */
async function oneText() {
  const host = await town.enter('facilitacion')
  group ??= (await planOf(host)).groups[1]?.name ?? ''
  const number = await addCommitment(host, 'Agua para la isla')
  return { host, number, workshop: await openWorkshop(host, [number]) }
}

const path = ({ page }: Visitor) => new URL(page.url()).pathname
const boardOf = (id: string) => `/plans/chepo/workshops/${id}`

test('a facilitator opens a workshop on a desk, shows its poster, and a phone comes in by the code said aloud', async () => {
  const host = await town.enter('facilitacion')
  const { page, say } = host
  const words = say.workshops
  await page.goto('/plans/chepo')
  await page.getByRole('link', { name: say.plans.plan.workshops, exact: true }).click()
  await page.getByRole('link', { name: words.list.open }).click()
  await page.getByRole('button', { name: words.new.submit }).click()
  await page.getByText(words.new.needTitle).waitFor()
  await isFocused(page.getByLabel(words.new.name))
  await page.keyboard.type('Taller de la isla')
  await page.getByLabel(words.new.place).fill('Casa comunal')
  for (let pressed = 0; pressed < 3; pressed += 1) await page.getByRole('button', { name: words.new.more }).click()
  await page.getByRole('button', { name: words.new.none }).click()
  await page.getByRole('checkbox', { name: /^1\./ }).check()
  await page.getByRole('checkbox', { name: /^2\./ }).check()
  await page.getByRole('button', { name: words.new.submit }).click()

  await page.getByRole('heading', { level: 1, name: 'Taller de la isla' }).waitFor()
  await page.getByText(words.board.nobody).waitFor()
  await page.getByRole('link', { name: words.board.poster }).click()
  await page.getByRole('img', { name: fill(words.poster.qr, { title: 'Taller de la isla' }) }).waitFor()
  const code = (await page.getByText(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/).textContent()) ?? ''
  const paper = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
  expect(paper.match(/\/Type \/Page\b/g), 'the poster is one page').toHaveLength(1)
  expect(paper).toMatch(/\/MediaBox \[0 0 59[45][\d.]* 84[12]/)

  const guest = await town.arrive({ screen: phone })
  await guest.page.goto('/unirse')
  const field = guest.page.getByLabel(words.code.label)
  await field.fill('ZZZZ ZZZZ')
  await guest.page.keyboard.press('Enter')
  await guest.page.getByText(words.refused.gone.code).waitFor()
  expect(await field.inputValue()).toBe('ZZZZ ZZZZ')
  await field.fill(code.toLowerCase().replace('-', ' '))
  await guest.page.keyboard.press('Enter')
  await guest.page.getByRole('heading', { level: 1, name: 'Taller de la isla' }).waitFor()
  await guest.page.getByLabel(words.join.table).selectOption('Mesa 3')
  const groups = (await planOf(host)).groups
  await comeIn(guest, 'Ana Díaz', groups[0]?.name ?? '')
  await writes(guest, 'Ana Díaz')
  expect(path(guest)).toBe('/plans/chepo')
  await expect.poll(() => guest.page.getByRole('article').count()).toBe(2)

  await page.getByRole('button', { name: words.poster.project }).click()
  await page.getByText(fill(words.projector.people_one, { count: 1 })).waitFor()
  await page.getByRole('button', { name: words.projector.close }).click()
  await page.getByRole('link', { name: words.back.workshop }).click()
  await page
    .getByRole('button', { name: /Ana Díaz/ })
    .getByText('Mesa 3')
    .waitFor()
  await page
    .getByRole('button', { name: /Ana Díaz/ })
    .getByText(say.common.people.unverified)
    .waitFor()
})

test('a phone scans the QR and is in the text after three taps and a name; the token leaves the address', async () => {
  const { number, workshop } = await oneText()
  const guest = await town.arrive({ screen: phone })
  const { page, say } = guest
  await page.goto(workshop.wayIn.url)
  const name = page.getByRole('textbox', { name: say.workshops.join.name })
  await name.waitFor()
  await expect.poll(() => page.url()).toBe(`${town.url}/unirse`)
  for (const sentence of ['No pedimos correo ni cédula', 'Responde la coordinación del plan'])
    await page.getByText(sentence).waitFor()

  await page.getByRole('button', { name: say.workshops.join.submit }).tap()
  await page.getByText(say.workshops.join.needName).waitFor()
  await isFocused(name)

  const began = Date.now()
  await name.tap()
  await page.keyboard.type('Rosa Batista')
  await page
    .getByRole('radio', { name: group })
    .or(page.getByRole('button', { name: group, exact: true }))
    .first()
    .tap()
  await page.getByRole('button', { name: say.workshops.join.submit }).tap()
  const text = textOn(guest)
  await text.field('problem').waitFor()
  expect(Date.now() - began).toBeLessThan(30_000)
  expect(path(guest)).toBe(`/plans/chepo/commitments/${number}`)
  await writes(guest, 'Rosa Batista')
  await text.write('problem', 'El agua llega dos horas.')
  await text.saved()
})

test('three people pass one phone and each writes in the same field; the record names each of them', async () => {
  const { host, number, workshop } = await oneText()
  const guest = await scan(town, workshop, 'Ana Díaz', group)
  const { page, say } = guest
  const text = textOn(guest)
  await text.write('problem', 'Ana: no hay agua.')

  const another = async (name: string) => {
    await bar(guest).getByRole('button', { name: say.workshops.bar.another }).click()
    await comeIn(guest, name, group)
    await writes(guest, name)
  }
  await another('Beto Ríos')
  await text.mentions('problem', 'Ana: no hay agua.')
  await text.write('problem', ' Beto: ni camino.')
  await another('Ceci Mora')
  await text.mentions('problem', 'Beto: ni camino.')
  await text.write('problem', ' Ceci: ni luz.')

  // The place one reads stays, and what is typed right before the phone is passed is its author's.
  await page.evaluate(() => window.scrollBy(0, 300))
  const topOfCauses = () => text.field('causes').evaluate((field) => Math.round(field.getBoundingClientRect().top))
  const before = await topOfCauses()
  await tapOn(guest, 'Ana Díaz')
  await text.mentions('problem', 'Ceci: ni luz.')
  await expect.poll(async () => Math.abs((await topOfCauses()) - before)).toBeLessThan(3)
  await text.write('problem', ' Ana otra vez.')
  await passTo(guest, 'Beto Ríos')
  await text.mentions('problem', 'Ana otra vez.')
  await text.write('problem', ' Y Beto.')
  await text.saved()
  await text.says('problem', 'Ana: no hay agua. Beto: ni camino. Ceci: ni luz. Ana otra vez. Y Beto.')

  expect(await authorsOf(host, number)).toEqual(['Ana Díaz', 'Beto Ríos', 'Ceci Mora', 'Ana Díaz', 'Beto Ríos'])
  const board = await workshopOf(host, workshop.id)
  expect(board.participants.map(({ name }) => name).sort()).toEqual(['Ana Díaz', 'Beto Ríos', 'Ceci Mora'])
})

test('what is on its way when the phone is passed is stored first, in the name of who wrote it', async () => {
  const { host, number, workshop } = await oneText()
  const guest = await town.arrive({ screen: phone })
  const { page, say } = guest
  const waiting: (() => void)[] = []
  let isSlow = false
  await page.routeWebSocket(/\/rooms\//, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((message) => {
      if (isSlow) waiting.push(() => server.send(message))
      else server.send(message)
    })
  })
  await page.goto(workshop.wayIn.url)
  await comeIn(guest, 'Ana Díaz', group)
  const text = textOn(guest)
  await text.field('problem').waitFor()
  await bar(guest).getByRole('button', { name: say.workshops.bar.another }).click()
  await comeIn(guest, 'Beto Ríos', group)
  await writes(guest, 'Beto Ríos')
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
  const { host, number, workshop } = await oneText()
  const guest = await scan(town, workshop, 'Ana Díaz', group)
  const { page, context, say } = guest
  const text = textOn(guest)
  await text.field('problem').waitFor()
  await bar(guest).getByRole('button', { name: say.workshops.bar.another }).click()
  await comeIn(guest, 'Beto Ríos', group)
  await writes(guest, 'Beto Ríos')
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
  const { workshop } = await oneText()
  const guest = await scan(town, workshop, 'María de los Ángeles Rodríguez Villarreal', group)
  const { page } = guest
  const text = textOn(guest)
  // As a phone's keyboard leaves it.
  await page.setViewportSize({ width: 360, height: 400 })
  await text.field('problem').tap()
  for (let line = 0; line < 12; line += 1) {
    await page.keyboard.type(`Línea ${line}`)
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

test('muted while typing: from then on one reads, and what was not stored is kept; then one writes again', async () => {
  const { host, workshop } = await oneText()
  const guest = await scan(town, workshop, 'Ana Díaz', group)
  const text = textOn(guest)
  await text.write('problem', 'Antes.')
  await text.saved()

  const { page, say } = host
  await page.goto(boardOf(workshop.id))
  const row = page.getByRole('button', { name: /Ana Díaz/ })
  await row.getByText(say.workshops.board.isInside).waitFor()
  await row.click()
  await page.getByRole('button', { name: say.workshops.person.mute }).click()
  await row.getByText(say.workshops.board.muted).waitFor()
  await guest.page.getByText(say.editor.form.readOnly).waitFor()
  expect(await guest.page.getByRole('textbox').count()).toBe(0)

  await row.click()
  await page.getByRole('button', { name: say.workshops.person.unmute }).click()
  await row.getByText(say.workshops.board.muted).waitFor({ state: 'detached' })
  await guest.page.reload()
  await text.write('problem', ' Después.')
  await text.saved()
})

test('removed while typing: the page says so and asks for no password; the others of the phone go on', async () => {
  const { host, workshop } = await oneText()
  const guest = await scan(town, workshop, 'Ana Díaz', group)
  const { say } = guest
  const text = textOn(guest)
  await bar(guest).getByRole('button', { name: say.workshops.bar.another }).click()
  await comeIn(guest, 'Beto Ríos', group)
  await writes(guest, 'Beto Ríos')
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

test('closing ends every guest within two seconds, kindly; their words stay', async () => {
  const { host, number, workshop } = await oneText()
  const guest = await scan(town, workshop, 'Ana Díaz', group)
  const text = textOn(guest)
  await text.write('problem', 'Hasta aquí.')
  await text.saved()
  const reader = await scan(town, workshop, 'Beto Ríos', group)
  await reader.page.goto('/plans/chepo')
  await reader.page.getByRole('article').first().waitFor()

  const { page, say } = host
  await page.goto(boardOf(workshop.id))
  await page.getByRole('button', { name: say.workshops.board.close }).click()
  const sheet = page.getByRole('dialog', { name: say.workshops.close.title })
  const closed = page.waitForResponse(`**/workshops/${workshop.id}/close`)
  await sheet.getByRole('button', { name: say.workshops.close.submit }).click()
  await closed
  const told = guest.page.getByText(say.workshops.over.closed)
  await told.waitFor({ timeout: 2000 })
  // In sight, wherever in the text one is.
  expect(await guest.page.evaluate(() => window.scrollY)).toBeGreaterThan(500)
  const box = await told.boundingBox()
  expect(box?.y).toBeGreaterThan(0)
  expect(box?.y).toBeLessThan(700)
  await text.says('problem', 'Hasta aquí.')
  expect(await guest.page.getByRole('textbox').count()).toBe(0)
  await page.getByText(say.workshops.board.closedAt).waitFor()

  await reader.page.getByRole('heading', { level: 1, name: say.workshops.over.title }).waitFor()
  for (const { page: left } of [guest, reader]) {
    await left.reload()
    await left.getByText(say.workshops.over.closed).waitFor()
    expect(await left.getByLabel(say.session.password).count()).toBe(0)
  }
  await reader.page.goto(workshop.wayIn.url)
  await reader.page.getByText(say.workshops.refused.gone.qr).waitFor()
  expect(await authorsOf(host, number)).toEqual(['Ana Díaz'])
})

test('somebody who came in twice is merged, and a name is corrected everywhere', async () => {
  const { host, workshop } = await oneText()
  await scan(town, workshop, 'Ana Diaz', group)
  const second = await scan(town, workshop, 'Anita', group)
  const { page, say } = host
  await page.goto(boardOf(workshop.id))

  await page.getByRole('button', { name: /Anita/ }).click()
  await page.getByRole('button', { name: say.workshops.person.merge }).click()
  const sheet = page.getByRole('dialog', { name: fill(say.workshops.merge.title, { name: 'Anita' }) })
  await sheet.getByLabel(say.workshops.merge.label).selectOption({ index: 1 })
  await sheet.getByText(fill(say.workshops.merge.what, { name: 'Anita', into: 'Ana Diaz' })).waitFor()
  await sheet.getByRole('button', { name: say.workshops.merge.submit }).click()
  await page.getByText(fill(say.workshops.board.out_one, { count: 1 })).click()
  await page.getByText(fill(say.workshops.board.mergedInto, { name: 'Ana Diaz' })).waitFor()
  await second.page.getByText(say.workshops.over.removed).waitFor()

  await page.getByRole('button', { name: /Ana Diaz/ }).click()
  const person = page.getByRole('dialog', { name: 'Ana Diaz' })
  await person.getByLabel(say.workshops.person.name, { exact: true }).fill('Ana Díaz')
  await person.getByRole('button', { name: say.workshops.person.save, exact: true }).click()
  await page.getByRole('button', { name: /Ana Díaz/ }).waitFor()
})

test('a phone that comes back during the workshop knows its people: one tap, and they are in', async () => {
  const { number, workshop } = await oneText()
  const guest = await scan(town, workshop, 'Ana Díaz', group)
  const { page, say } = guest
  await page.getByRole('button', { name: fill(say.common.account.open, { name: 'Ana Díaz' }) }).tap()
  await page.getByRole('button', { name: say.common.account.signOut }).tap()
  await page.getByRole('heading', { level: 1, name: say.workshops.code.title }).waitFor()
  await page.goto(workshop.wayIn.url)
  await page.getByRole('heading', { name: say.workshops.here.title }).waitFor()
  await page.getByRole('button', { name: `${say.workshops.here.iAm} Ana Díaz` }).tap()
  await writes(guest, 'Ana Díaz')
  expect(path(guest)).toBe(`/plans/chepo/commitments/${number}`)
})

test('a member of the plan takes part with their own account', async () => {
  const { host, number, workshop } = await oneText()
  const member = await town.enter('gobierno', { screen: phone })
  const { page, say } = member
  await page.goto(workshop.wayIn.url)
  await page.getByText(fill(say.workshops.join.asMember, { name: people.gobierno })).waitFor()
  await page.getByRole('button', { name: say.workshops.join.submit }).click()
  await textOn(member).field('problem').waitFor()
  expect(path(member)).toBe(`/plans/chepo/commitments/${number}`)
  expect(await bar(member).count()).toBe(0)
  const { participants } = await workshopOf(host, workshop.id)
  expect(participants.map(({ name }) => name)).toEqual([people.gobierno])
})

test('in English, from the poster to the end', async () => {
  const host = await town.enter('facilitacion', { language: 'en' })
  const workshop = await openWorkshop(host, [1])
  await host.page.goto(`${boardOf(workshop.id)}/poster`)
  await host.page.getByText('Scan with the camera of your phone').waitFor()

  const guest = await town.arrive({ screen: phone, language: 'en' })
  await guest.page.goto(workshop.wayIn.url)
  await guest.page.getByText('We ask for neither e-mail nor identity number.').waitFor()
  await comeIn(guest, 'Ana Díaz', (await planOf(host)).groups[0]?.name ?? '')
  await writes(guest, 'Ana Díaz')
  await host.page.getByRole('link', { name: 'Back to the workshop' }).click()
  await host.page.getByRole('button', { name: 'Close the workshop' }).click()
  await host.page.getByRole('dialog').getByRole('button', { name: 'Close the workshop' }).click()
  await guest.page.getByText('The workshop is over. Thank you for taking part.').waitFor()
})

test('with the keys alone: in by the code, and the phone passed on', async () => {
  const { workshop } = await oneText()
  const guest = await town.arrive({ screen: desk })
  const { page, say } = guest
  await page.goto('/unirse')
  await tabTo(page, page.getByLabel(say.workshops.code.label))
  await page.keyboard.type(workshop.wayIn.code)
  await page.keyboard.press('Enter')
  const name = page.getByRole('textbox', { name: say.workshops.join.name })
  await name.waitFor()
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
})

describe.each([desk, phone])('at $name', (screen) => {
  test.each(looks)('axe finds nothing on the pages of workshops ($look)', async ({ colorScheme }) => {
    const settings = { colorScheme, reducedMotion: 'reduce' } as const
    const { host: opener, number, workshop } = await oneText()
    await openWorkshop(opener, [1], { title: 'Otro taller' })
    const stranger = await town.arrive({ screen, settings })
    const { page, say } = stranger
    await page.goto('/unirse')
    await page.getByLabel(say.workshops.code.label).waitFor()
    expect(await findings(page), 'code').toEqual([])
    await page.goto(workshop.wayIn.url)
    await page.reload()
    await page.goto(workshop.wayIn.url)
    await page.getByRole('textbox', { name: say.workshops.join.name }).waitFor()
    for (const summary of await page.locator('summary').all()) await summary.click()
    expect(await findings(page), 'join').toEqual([])
    await comeIn(stranger, 'Ana Díaz', group)
    await writes(stranger, 'Ana Díaz')
    await textOn(stranger).field('problem').waitFor()
    expect(await findings(page), 'commitment of a guest').toEqual([])
    await bar(stranger).getByRole('button').first().click()
    await page.getByRole('dialog', { name: say.workshops.bar.title }).waitFor()
    expect(await findings(page), 'people of the phone').toEqual([])

    const host = await town.enter('facilitacion', { screen, settings })
    const at = async (address: string, heading: string) => {
      await host.page.goto(address)
      await host.page.getByRole('heading', { level: 1, name: heading }).waitFor()
    }
    await at('/plans/chepo/workshops', say.workshops.list.title)
    await host.page.getByRole('article').first().waitFor()
    expect(await findings(host.page), 'workshops').toEqual([])
    await at('/plans/chepo/workshops/new', say.workshops.new.title)
    await host.page.getByRole('button', { name: say.workshops.new.more }).click()
    expect(await findings(host.page), 'set-up').toEqual([])
    await at(boardOf(workshop.id), 'Taller de Tortí')
    await host.page.getByRole('button', { name: /Ana Díaz/ }).waitFor()
    await host.page.getByRole('heading', { name: say.workshops.attendance.title }).waitFor()
    expect(await findings(host.page), 'board').toEqual([])
    await host.page.getByRole('button', { name: /Ana Díaz/ }).click()
    await host.page.getByRole('dialog', { name: 'Ana Díaz' }).waitFor()
    expect(await findings(host.page), 'participant').toEqual([])
    await at(`${boardOf(workshop.id)}/poster`, 'Taller de Tortí')
    expect(await findings(host.page), 'poster').toEqual([])
    await host.page.getByRole('button', { name: say.workshops.poster.project }).click()
    await host.page.getByRole('dialog').waitFor()
    expect(await findings(host.page), 'projector').toEqual([])

    await page.goto(`/plans/chepo/commitments/${number}`)
    await textOn(stranger).field('problem').waitFor()
    await page
      .evaluate(() => document.documentElement.scrollWidth)
      .then((width) => {
        expect(width).toBe(screen.viewport.width)
      })
  })
})

// The last one: from here on no code is looked up for anybody of this network.
test('too many wrong codes are told with how long to wait, and what was typed stays', async () => {
  const guest = await town.arrive({ screen: phone })
  const { page, say } = guest
  await page.goto('/unirse')
  const field = page.getByLabel(say.workshops.code.label)
  const told = page.getByText(say.workshops.refused.throttled)
  for (let attempt = 0; attempt < 60 && (await told.count()) === 0; attempt += 1) {
    await field.fill(`7QKX-${1000 + attempt}`)
    const answered = page.waitForResponse('**/api/workshops/look')
    await page.keyboard.press('Enter')
    await answered
    await page.getByRole('alert').waitFor()
  }
  await told.waitFor()
  await page.getByText(/^Espere \d+ (?:minuto|segundo)/).waitFor()
  expect(await field.inputValue()).toMatch(/^7QKX-/)
})
