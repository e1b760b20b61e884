import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings, findingsInBothThemes } from './axe.ts'
import { goTo, textOn } from './document.ts'
import { desk, openTown, phone, type Town } from './town.ts'
import { fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

test('[ME1] [ME4] [ME5] [ME8] [ME11] [ME12] a facilitator enters a meeting, counts who came from the keyboard and begins its minutes, on a phone; a reviewer reads them', async () => {
  const host = await town.enter('facilitacion', { screen: phone })
  const { page, say } = host
  const words = say.meetings
  await goTo(page, '/plans/chepo/meetings')
  await page.getByText(fill(words.totals.held_other, { count: 12 })).waitFor()
  expect(await page.getByRole('article').count()).toBe(12)
  expect(await findings(page)).toEqual([])
  await page.getByRole('link', { name: words.add }).click()
  await page.getByLabel(words.field.title, { exact: true }).fill('Reunión en la escuela de Tortí')
  // What is missing is told at its field, which has the focus.
  await page.keyboard.press('Control+Enter')
  await page.getByText(words.fault.place).waitFor()
  await page.getByLabel(words.field.place, { exact: true }).fill('Escuela de Tortí')
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: '13. Reunión en la escuela de Tortí' }).waitFor()
  await page.getByRole('button', { name: words.step.held }).click()
  await page.getByText(words.state.held, { exact: true }).waitFor()

  await page.getByRole('link', { name: words.attendance.enter }).click()
  const figure = (group: string, column: string) => page.getByLabel(`${group}, ${column}`, { exact: true })
  const { registered, attended } = words.attendance
  await figure('Asociación de personas mayores de Cañita', registered).fill('8')
  await page.keyboard.press('Enter')
  const next = figure('Asociación de personas mayores de Chepo Cabecera', registered)
  await expect.poll(() => next.evaluate((input) => input === document.activeElement)).toBe(true)
  await figure('Asociación de personas mayores de Cañita', attended).fill('7')
  await page.getByLabel(words.gender.woman, { exact: true }).fill('9')
  await page.keyboard.press('Control+Enter')
  await page.getByText(fill(words.attendance.tooMany_other, { count: 7 })).waitFor()
  await page.getByLabel(words.gender.woman, { exact: true }).fill('5')
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByRole('heading', { level: 1, name: '13. Reunión en la escuela de Tortí' }).waitFor()
  await page.getByRole('cell', { name: '7', exact: true }).first().waitFor()

  await page.locator('input[data-way=list]').setInputFiles({
    name: 'lista.pdf',
    mimeType: 'application/pdf',
    buffer: Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer<<>>\n%%EOF\n'),
  })
  await page.getByText(words.files.private).waitFor()
  expect(await findingsInBothThemes(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.viewport.width)

  await page.getByRole('button', { name: words.minutes.begin }).click()
  await page.getByRole('heading', { level: 1, name: fill(words.minutes.of, { number: 13 }) }).waitFor()
  await page.getByText(words.minutes.draft).waitFor()
  await page.getByRole('cell', { name: '7', exact: true }).first().waitFor()
  const minutes = textOn(host)
  await minutes.write('agreements', 'Volver en mayo.')
  await minutes.saved()
  await page.getByText(words.minutes.agenda).waitFor()
  expect(await findingsInBothThemes(page)).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(phone.viewport.width)

  // To note what was brought, and back to the meeting.
  await goTo(page, '/plans/chepo/meetings/13')
  await page.getByRole('link', { name: words.inputs.enter }).click()
  await page.getByRole('heading', { level: 1, name: say.inputs.entry.title }).waitFor()
  await page.getByRole('link', { name: 'Reunión en la escuela de Tortí' }).click()
  await page.getByRole('heading', { level: 1, name: '13. Reunión en la escuela de Tortí' }).waitFor()

  // One with contributions, each of which can be taken from it.
  await goTo(page, '/plans/chepo/meetings/11')
  await page.getByRole('button', { name: fill(words.inputs.removeOf, { number: 1 }), exact: true }).waitFor()
  expect(await findings(page)).toEqual([])

  const reader = await town.enter('revision', { screen: desk, language: 'en' })
  await goTo(reader.page, '/plans/chepo/meetings/13')
  const said = reader.say.meetings
  await reader.page.getByText(said.files.none).waitFor()
  expect(await reader.page.getByRole('link', { name: said.attendance.enter }).count()).toBe(0)
  expect(await findings(reader.page)).toEqual([])

  // What was written, beside what the rows of the meeting tell.
  await reader.page.getByRole('link', { name: said.minutes.open }).click()
  await reader.page.getByText('Volver en mayo.').waitFor()
  await reader.page.getByRole('link', { name: said.minutes.back }).waitFor()
  await goTo(reader.page, '/plans/chepo/meetings/11/minutes')
  await reader.page.getByText(/The public reads version 1/).waitFor()
  await reader.page.getByText(said.minutes.inputs).waitFor()
  await reader.page.getByText('Las juntas comunales lo recibirán dos días antes.').waitFor()
  expect(await findings(reader.page)).toEqual([])
})
