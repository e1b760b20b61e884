import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings } from './axe.ts'
import { goTo } from './document.ts'
import { isFocused, tabTo } from './keyboard.ts'
import { openTown, phone, type Town } from './town.ts'
import { fill } from './words.ts'
import { bar, openWorkshop, planOf, scan } from './workshop.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

/** A workshop open on one text, its board on the phone of whoever runs it, and a group to come from. */
async function boardOnPhone() {
  const host = await town.enter('facilitacion', { screen: phone })
  const { commitments, groups } = await planOf(host)
  const [group] = groups
  if (!group) throw new Error('the demo has groups')
  const workshop = await openWorkshop(host, [commitments[0]?.number ?? 0])
  await goTo(host.page, `/plans/chepo/workshops/${workshop.id}`)
  await host.page.getByRole('heading', { name: host.say.workshops.board.who }).waitFor()
  return { host, workshop, group: group.name }
}

test('[WS37] who has no phone is put on the list once it is said how they agreed, by keyboard alone', async () => {
  const { host, workshop, group } = await boardOnPhone()
  const { page, say } = host
  const words = say.workshops.add
  const open = page.getByRole('button', { name: words.button })
  await tabTo(page, open)
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: words.title })
  const name = sheet.getByLabel(words.name)
  await isFocused(name)
  await page.keyboard.type('R. H.')
  await page.keyboard.press('Enter')
  // Nothing is kept of anybody before they agreed.
  await sheet.getByText(words.needGroup).waitFor()
  await sheet.getByText(words.needWay).waitFor()
  await sheet.getByRole('heading', { name: words.text }).waitFor()
  expect(await findings(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await sheet.getByLabel(words.group, { exact: true }).selectOption({ label: group })
  await sheet.getByLabel(words.way).selectOption('spoken')
  await sheet.getByRole('button', { name: words.submit }).press('Enter')
  await sheet.waitFor({ state: 'detached' })
  await page.getByRole('button', { name: /R\. H\./ }).waitFor()

  const { rows } = await town.database.pool.query('select way from consent where workshop_id = $1', [workshop.id])
  expect(rows).toEqual([{ way: 'spoken' }])
})

test('[WS36] two who are not the same person after all count apart again', async () => {
  const { host, workshop, group } = await boardOnPhone()
  const { page, say } = host
  await scan(town, workshop, 'Luz Pérez', group)
  const second = await scan(town, workshop, 'Lucía Pérez', group)
  await page.getByRole('button', { name: /Lucía/ }).click()
  await page.getByRole('button', { name: say.workshops.person.merge }).click()
  const sheet = page.getByRole('dialog', { name: fill(say.workshops.merge.title, { name: 'Lucía Pérez' }) })
  await sheet.getByLabel(say.workshops.merge.label).selectOption({ index: 1 })
  await sheet.getByRole('button', { name: say.workshops.merge.submit }).click()
  await second.page.getByText(say.workshops.over.removed).waitFor()

  await page.getByText(fill(say.workshops.board.out_one, { count: 1 })).click()
  await page.getByRole('button', { name: fill(say.workshops.board.unmergeOf, { name: 'Lucía Pérez' }) }).click()
  await page.getByRole('button', { name: /Lucía Pérez/ }).waitFor()
  await page.getByRole('button', { name: /Luz Pérez/ }).waitFor()
  expect(await findings(page)).toEqual([])
})

test('[WS16] [PE14] whose group is missing asks, waits and comes in; removed, they left the workshop and not the plan', async () => {
  const { host, workshop } = await boardOnPhone()
  const guest = await town.arrive({ screen: phone })
  await guest.page.goto(workshop.wayIn.url)
  const { join } = guest.say.workshops
  await guest.page.getByRole('textbox', { name: join.name }).fill('Eloy Sánchez')
  const again = guest.page.getByRole('button', { name: join.missing.button })
  await again.click()
  await guest.page.getByText(join.missing.nothing).waitFor()

  const { page, say } = host
  const name = 'Recolectores de Bayano'
  await page.getByRole('button', { name: say.people.groups.addMissing }).press('Enter')
  const sheet = page.getByRole('dialog', { name: say.people.groups.add })
  await isFocused(sheet.getByLabel(say.people.groups.name))
  await page.keyboard.type(name)
  await sheet.getByLabel(say.people.groups.kind).selectOption({ label: say.people.kind.producers })
  await sheet.getByLabel(say.people.groups.territory).fill('Bayano')
  expect(await sheet.getByLabel(say.people.groups.contact).count()).toBe(0)
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByText(fill(say.people.groups.added, { name })).waitFor()
  expect(await findings(page)).toEqual([])

  await again.press('Enter')
  await guest.page.getByText(fill(join.missing.found, { names: name })).waitFor()
  expect(await findings(guest.page)).toEqual([])
  await guest.page
    .getByRole('radio', { name })
    .or(guest.page.getByRole('button', { name, exact: true }))
    .first()
    .click()
  await guest.page.getByRole('button', { name: join.submit, exact: true }).click()
  await bar(guest).getByText('Eloy Sánchez').waitFor()

  await page.getByRole('button', { name: /Eloy Sánchez/ }).click()
  await page.getByRole('button', { name: say.workshops.person.remove }).click()
  await page.getByRole('button', { name: say.workshops.person.removeSubmit, exact: true }).click()
  await guest.page.getByText(guest.say.workshops.over.removed).waitFor()
  const unverified = `Eloy Sánchez (${say.common.people.inside.unverified})`
  for (const address of ['/plans/chepo/people?part=history', '/plans/chepo/record?type=membership']) {
    await goTo(page, address)
    await page
      .getByText(fill(say.people.history.removedFromWorkshop, { name: unverified }))
      .first()
      .waitFor()
  }
})
