import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings } from './axe.ts'
import { goTo, textOn } from './document.ts'
import { isFocused } from './keyboard.ts'
import { desk, openTown, phone, type Town } from './town.ts'
import { fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

test('[PD3] [PD4] [PD5] the plan’s own text is written together, beside what the program knows and days that agree', async () => {
  const marta = await town.enter('coordinacion')
  const { page, say } = marta
  await goTo(page, '/plans/chepo')
  await page.getByRole('link', { name: say.plans.plan.document }).click()
  await page.getByRole('heading', { level: 1, name: say.planText.name }).waitFor()
  const text = textOn(marta)
  await text.mentions('vision', 'Queremos un distrito')
  const yadira = await town.enter('sociedad', { screen: phone })
  await goTo(yadira.page, '/plans/chepo/document')
  const hers = textOn(yadira)
  await hers.mentions('goals', 'En pocos años')
  await hers.write('goals', ' Y en las comarcas.')
  await text.mentions('goals', 'Y en las comarcas.')
  await hers.saved()

  // Another page of hers that was opened before the days are said, and saves after them.
  const { page: other } = await town.enter('coordinacion')
  await other.goto('/plans/chepo/document')
  await other.getByRole('button', { name: say.planText.contact.button }).click()
  const contact = other.getByRole('dialog', { name: say.planText.contact.title })
  await contact.getByLabel(say.planText.contact.label).fill('6000-0000')

  const groups = page.getByText(fill(say.planText.known.groups_other, { count: 20 }))
  await groups.waitFor()
  await page.getByRole('button', { name: say.planText.describe.button }).click()
  const dialog = page.getByRole('dialog', { name: say.planText.describe.title })
  await dialog.getByLabel(say.planText.describe.submitted).fill('2026-02-01')
  await dialog.getByText(say.planText.describe.fault.submitted_before_start).waitFor()
  await dialog.getByLabel(say.planText.describe.submitted).fill('2026-04-15')
  await dialog.getByRole('button', { name: say.planText.describe.save }).click()
  await page.getByText('15 de abril de 2026').waitFor()
  await contact.getByRole('button', { name: say.planText.describe.save }).click()
  await contact.waitFor({ state: 'detached' })
  await other.getByText('15 de abril de 2026').waitFor()
  expect(await findings(page)).toEqual([])
  expect(await findings(yadira.page)).toEqual([])

  // A version that is named is offered to the public on the page that is open, and whoever publishes it reads on there.
  await page.getByRole('button', { name: say.versions.title, exact: true }).click()
  const panel = page.getByRole('dialog', { name: say.versions.title })
  await panel.getByRole('button', { name: say.versions.name.open }).click()
  const sheet = page.getByRole('dialog', { name: say.versions.name.title })
  await sheet.getByRole('textbox', { name: say.versions.name.label, exact: true }).fill('Con las comarcas')
  await sheet.getByRole('button', { name: say.versions.name.save }).click()
  await sheet.waitFor({ state: 'detached' })
  await panel.getByRole('button', { name: say.common.close, exact: true }).click()
  await page.getByRole('button', { name: /«Con las comarcas»$/ }).press('Enter')
  await isFocused(page.getByText(/«Con las comarcas», /))
})

test('[PD10] who coordinates begins another plan from their account', async () => {
  const { page, say } = await town.enter('coordinacion', { screen: desk })
  await goTo(page, '/profile')
  await page.getByRole('link', { name: say.plans.new.link }).click()
  await page.getByLabel(say.plans.new.name).fill('Plan de acción de Tortí')
  await page.getByLabel(say.plans.new.place).fill('Tortí, Panamá')
  expect(await page.getByLabel(say.plans.new.address).inputValue()).toBe('torti')
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: say.plans.new.submit }).click()
  await page.getByRole('heading', { level: 1, name: 'Plan de acción de Tortí' }).waitFor()
  // Its first commitment opens too, although the place where it was added is gone by then.
  await page.getByRole('button', { name: say.plans.add.button }).click()
  await page.getByRole('dialog').getByRole('textbox').fill('Agua todo el año')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name: 'Agua todo el año' }).waitFor()
  await page.getByRole('link', { name: say.common.document.back }).click()
  await page.getByRole('link', { name: say.plans.plan.document }).click()
  await page.getByRole('heading', { level: 1, name: say.planText.name }).waitFor()
})
