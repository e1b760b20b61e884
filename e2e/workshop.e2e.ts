import type { Page, Request } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findingsInBothThemes } from './axe.ts'
import { goTo, textOn } from './document.ts'
import { isFocused } from './keyboard.ts'
import { desk, openTown, phone, type Town } from './town.ts'
import { fill } from './words.ts'
import { authorsOf, bar, boardOf, comeIn, oneText, openWorkshop, pathOf, planOf, scan, writes } from './workshop.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

test('a facilitator opens a workshop on a desk, shows its poster, and a phone comes in by the code said aloud', async () => {
  const host = await town.enter('facilitacion')
  const { page, say } = host
  const words = say.workshops
  await goTo(page, '/plans/chepo')
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
  expect(pathOf(guest)).toBe('/plans/chepo')
  await expect.poll(() => guest.page.getByRole('article').count()).toBe(2)

  await page.getByRole('button', { name: words.poster.project }).click()
  await page.getByText(fill(words.projector.people_one, { count: 1 })).waitFor()
  await page.getByRole('button', { name: words.projector.close }).click()
  await isFocused(page.getByRole('button', { name: words.poster.project }))
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

test('muted while typing: from then on one reads, and what was not stored is kept; then one writes again', async () => {
  const { host, workshop, group } = await oneText(town)
  const guest = await scan(town, workshop, 'Ana Díaz', group)
  const text = textOn(guest)
  await text.write('problem', 'Antes.')
  await text.saved()

  const { page, say } = host
  await goTo(page, boardOf(workshop.id))
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

/**
 * Holds the closing of a workshop until the board has asked once more how it stands, and never answers that: what is
 * returned ends when the board has stopped waiting for it.
 */
async function olderLook(page: Page, workshopId: string): Promise<Promise<unknown>[]> {
  const asked = Promise.withResolvers<Request>()
  let isClosing = false
  await page.route(`**/workshops/${workshopId}`, (route) => {
    if (isClosing) asked.resolve(route.request())
    else void route.continue()
  })
  await page.route(`**/workshops/${workshopId}/close`, async (route) => {
    isClosing = true
    await asked.promise
    await route.continue()
  })
  const givenUp = asked.promise.then((look) =>
    page.waitForEvent('requestfailed', { predicate: (request) => request === look }),
  )
  // In a list, or awaiting it would await what it holds.
  return [givenUp]
}

test('[WS6] closing ends every guest within two seconds, kindly; their words stay', async () => {
  const { host, number, workshop, group } = await oneText(town)
  const guest = await scan(town, workshop, 'Ana Díaz', group)
  const text = textOn(guest)
  await text.write('problem', 'Hasta aquí.')
  await text.saved()
  const reader = await scan(town, workshop, 'Beto Ríos', group)
  await goTo(reader.page, '/plans/chepo')
  await reader.page.getByRole('article').first().waitFor()

  const { page, say } = host
  await goTo(page, boardOf(workshop.id))
  await page.getByRole('button', { name: say.workshops.board.close }).click()
  const sheet = page.getByRole('dialog', { name: say.workshops.close.title })
  const closed = page.waitForResponse(`**/workshops/${workshop.id}/close`)
  const [givenUp] = await olderLook(page, workshop.id)
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
  const mode = guest.page.getByLabel(guest.say.proposals.mode.label, { exact: true })
  expect(await mode.locator('option:checked').textContent()).toBe(guest.say.proposals.mode.read)
  await page.getByText(say.workshops.board.closedAt).waitFor()
  // [WS38] What was asked before cannot open it again.
  await givenUp

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
  const { host, workshop, group } = await oneText(town)
  await scan(town, workshop, 'Ana Diaz', group)
  const second = await scan(town, workshop, 'Anita', group)
  const { page, say } = host
  await goTo(page, boardOf(workshop.id))

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

test('in English, from the poster to the end', async () => {
  const host = await town.enter('facilitacion', { language: 'en' })
  const workshop = await openWorkshop(host, [1])
  await goTo(host.page, `${boardOf(workshop.id)}/poster`)
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

describe.each([desk, phone])('at $name', (screen) => {
  test('[WS1] axe finds nothing on the pages of workshops, in light or in dark', async () => {
    const { host: opener, number, workshop, group } = await oneText(town)
    await openWorkshop(opener, [1], { title: 'Otro taller' })
    const stranger = await town.arrive({ screen })
    const { page, say } = stranger
    await page.goto('/unirse')
    await page.getByLabel(say.workshops.code.label).waitFor()
    expect(await findingsInBothThemes(page), 'code').toEqual([])
    await page.goto(workshop.wayIn.url)
    await page.getByRole('textbox', { name: say.workshops.join.name }).waitFor()
    for (const summary of await page.locator('summary').all()) await summary.click()
    expect(await findingsInBothThemes(page), 'join').toEqual([])
    await comeIn(stranger, 'Ana Díaz', group)
    await writes(stranger, 'Ana Díaz')
    await textOn(stranger).field('problem').waitFor()
    expect(await findingsInBothThemes(page), 'commitment of a guest').toEqual([])
    await bar(stranger).getByRole('button').first().click()
    await page.getByRole('dialog', { name: say.workshops.bar.title }).waitFor()
    expect(await findingsInBothThemes(page), 'people of the phone').toEqual([])

    const host = await town.enter('facilitacion', { screen })
    const at = async (address: string, heading: string) => {
      await goTo(host.page, address)
      await host.page.getByRole('heading', { level: 1, name: heading }).waitFor()
    }
    await at('/plans/chepo/workshops', say.workshops.list.title)
    await host.page.getByRole('article').first().waitFor()
    expect(await findingsInBothThemes(host.page), 'workshops').toEqual([])
    await at('/plans/chepo/workshops/new', say.workshops.new.title)
    await host.page.getByRole('button', { name: say.workshops.new.more }).click()
    const frozen = host.page.locator('label', { hasText: say.workshops.new.frozen }).getByRole('checkbox')
    expect(await frozen.count()).toBeGreaterThan(0)
    expect(await host.page.getByRole('checkbox', { checked: true }).and(frozen).count()).toBe(0)
    expect(await host.page.getByRole('checkbox', { checked: true }).count()).toBeGreaterThan(0)
    expect(await findingsInBothThemes(host.page), 'set-up').toEqual([])
    await at(boardOf(workshop.id), 'Taller de Tortí')
    await host.page.getByRole('button', { name: /Ana Díaz/ }).waitFor()
    await host.page.getByRole('heading', { name: say.workshops.attendance.title }).waitFor()
    expect(await findingsInBothThemes(host.page), 'board').toEqual([])
    await host.page.getByRole('button', { name: /Ana Díaz/ }).click()
    await host.page.getByRole('dialog', { name: 'Ana Díaz' }).waitFor()
    expect(await findingsInBothThemes(host.page), 'participant').toEqual([])
    await at(`${boardOf(workshop.id)}/poster`, 'Taller de Tortí')
    expect(await findingsInBothThemes(host.page), 'poster').toEqual([])
    await host.page.getByRole('button', { name: say.workshops.poster.project }).click()
    await host.page.getByRole('dialog').waitFor()
    expect(await findingsInBothThemes(host.page), 'projector').toEqual([])

    await goTo(page, `/plans/chepo/commitments/${number}`)
    await textOn(stranger).field('problem').waitFor()
    await page
      .evaluate(() => document.documentElement.scrollWidth)
      .then((width) => {
        expect(width).toBe(screen.viewport.width)
      })
  })
})
