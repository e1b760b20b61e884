import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findingsInBothThemes } from './axe.ts'
import { documentOf, post } from './document.ts'
import { isFocused, tabTo } from './keyboard.ts'
import { desk, openTown, people, phone, type Town, type Visitor } from './town.ts'
import { fieldWords, fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

const key = () => randomUUID()
const field = ({ page, say }: Visitor) => page.getByRole('searchbox', { name: say.search.words })
const group = ({ page, say }: Visitor, kind: keyof Visitor['say']['search']['kind']) =>
  page.getByRole('region', { name: say.search.kind[kind] })

test('[SE11] at 1280 px, by the keyboard: from Ctrl+K to the field and to the comment that say what was looked for', async () => {
  const noris = await town.enter('revision')
  const yadira = await town.enter('sociedad', { screen: desk })
  const { page, say } = yadira
  const documentId = await documentOf(noris, 3)
  const said = { key: key(), kind: 'question', body: '¿Y la BASURA del río?', mentions: [] }
  const thread = await post<{ number: number }>(noris, `/api/documents/${documentId}/threads`, said)
  const idea = { key: key(), channel: 'paper', words: 'Que pasen por la basura dos veces.', consent: true }
  await post(noris, '/api/plans/chepo/inputs', { inputs: [idea] })

  await page.goto('/plans/chepo')
  await page.getByRole('link', { name: say.common.app.search }).waitFor()
  await page.keyboard.press('Control+k')
  await isFocused(field(yadira))
  expect(await findingsInBothThemes(page)).toEqual([])
  await page.keyboard.type('basúra')
  await page.keyboard.press('Enter')
  const problem = group(yadira, 'text').getByRole('link', { name: fieldWords('problem').label })
  await problem.waitFor()
  expect(await group(yadira, 'text').locator('mark').first().textContent()).toBe('basura')
  const comment = group(yadira, 'comment').getByRole('listitem')
  expect(await comment.textContent()).toContain('¿Y la BASURA del río?')
  expect(await comment.textContent()).toContain(people.revision)
  const input = group(yadira, 'input').getByRole('link').first()
  expect(await input.getAttribute('href')).toMatch(/^\/plans\/chepo\/inputs\/\d+$/)
  expect(await findingsInBothThemes(page)).toEqual([])

  await tabTo(page, problem)
  await page.keyboard.press('Enter')
  const found = page.locator('#field-problem[data-found]')
  await found.getByText('17 de basura').waitFor()
  await expect.poll(() => found.evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(400)
  await expect.poll(() => found.evaluate((element) => element.getBoundingClientRect().top)).toBeGreaterThan(0)
  await page.goBack()
  await comment.getByRole('link', { name: fill(say.search.place.comment, { number: thread.number }) }).click()
  const panel = page.getByRole('dialog', { name: say.threads.title, exact: true })
  await panel.getByText('¿Y la BASURA del río?').waitFor()
})

test('[SE11] at 360 px: the sign in the header, a filter in a sheet, one kind by itself, and nothing found', async () => {
  const ivan = await town.enter('gobierno', { screen: phone, language: 'en' })
  const { page, say } = ivan
  await page.goto('/plans/chepo')
  const way = page.getByRole('link', { name: say.common.app.search })
  const { width = 0, height = 0 } = (await way.boundingBox()) ?? {}
  expect([width >= 44, height >= 44]).toEqual([true, true])
  await way.click()
  await field(ivan).fill('presupuesto')
  await page.getByRole('button', { name: say.search.submit, exact: true }).click()
  await group(ivan, 'version').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  expect(await findingsInBothThemes(page)).toEqual([])

  await page.getByRole('button', { name: say.search.filter.open }).click()
  const sheet = page.getByRole('dialog', { name: say.search.filter.title })
  await sheet.getByLabel(say.search.filter.kind).selectOption(say.search.kind.version)
  await sheet.getByRole('button', { name: say.search.filter.show, exact: true }).click()
  await sheet.waitFor({ state: 'hidden' })
  await expect.poll(() => page.getByRole('heading', { level: 2 }).count()).toBe(1)
  expect(new URL(page.url()).searchParams.get('kind')).toBe('version')
  await field(ivan).fill('<b>zzz')
  await field(ivan).press('Enter')
  await page.getByText(fill(say.search.noneFiltered, { q: '<b>zzz' })).waitFor()
  await page.getByRole('button', { name: say.search.filter.clear }).click()
  await page.getByText(fill(say.search.none, { q: '<b>zzz' })).waitFor()
})
