import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings, findingsInBothThemes } from './axe.ts'
import { addCommitment, documentOf, goTo, openText, post } from './document.ts'
import { isFocused } from './keyboard.ts'
import { openTown, phone, type Town, type Visitor } from './town.ts'
import { fieldWords, fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

const sentence = 'Se ponen veinte faroles antes de diciembre.'
const words = 'veinte faroles'
const idea = 'Más luz en el parque, que de noche nadie pasa.'
const position = 'Diciembre es tarde: pedimos septiembre.'

/** Keeps a picture of a screen for who looks at them. */
const look = async ({ page }: Visitor, name: string) => {
  const folder = process.env.PICTURES
  if (folder) await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
}

/** Asks for a list and chooses what reads so. */
const choose = (list: Locator, label: string) => list.selectOption({ label })

test('[CP7] [CP8] [CP9] [DI1] [DI6] words lead to the input behind them and back, and a group’s reservation stands beside them', async () => {
  const ivan = await town.enter('gobierno', { screen: phone })
  const noris = await town.enter('revision')
  const number = await addCommitment(ivan, 'Parques con luz')
  const documentId = await documentOf(ivan, number)
  const key = 'key-of-the-journey-1'
  const brought = { inputs: [{ key, channel: 'online', words: idea, documentId, field: 'solution' }] }
  const { items } = await post<{ items: { id: string; number: number }[] }>(noris, '/api/plans/chepo/inputs', brought)
  const [input] = items
  if (!input) throw new Error('nothing was brought')
  const his = await openText(ivan, number)
  await his.write('solution', sentence)
  await his.saved()

  // He reads where the text comes from, and says which words are due to her idea, which he types as they stand.
  const { page, say } = ivan
  const { origins, dissent, versions } = say
  await page.getByRole('button', { name: say.common.document.who, exact: true }).click()
  await page.getByRole('button', { name: versions.whence.origins, exact: true }).click()
  await page.getByText(origins.none).waitFor()
  await page.getByRole('button', { name: origins.link.open, exact: true }).click()
  const sheet = page.getByRole('dialog', { name: origins.link.title })
  await choose(sheet.getByLabel(origins.link.field, { exact: true }), fieldWords('solution', 'es').label)
  await sheet.getByLabel(origins.link.words, { exact: true }).fill('cuarenta faroles')
  await sheet.getByRole('button', { name: origins.link.send, exact: true }).click()
  await sheet.getByText(origins.link.notThere).waitFor()
  await sheet.getByLabel(origins.link.words, { exact: true }).fill(words)
  await choose(sheet.getByLabel(origins.link.input, { exact: true }), `${input.number}. ${idea}`)
  expect(await findings(sheet), 'linking words').toEqual([])
  await sheet.getByRole('button', { name: origins.link.send, exact: true }).click()
  await sheet.waitFor({ state: 'detached' })
  const stretch = page.getByRole('button', {
    name: fill(origins.told_one, { numbers: String(input.number), text: words }),
  })
  await stretch.waitFor()
  expect(await findingsInBothThemes(page), 'where it comes from').toEqual([])

  await look(ivan, 'origins-360')

  // With the keyboard, to the idea; and from the idea to all it changed, with the way there.
  await stretch.focus()
  await page.keyboard.press('Enter')
  const behind = page.getByRole('dialog', { name: origins.behind })
  await behind.getByText(idea).waitFor()
  await behind.getByRole('button', { name: fill(origins.all, { number: String(input.number) }) }).click()
  await behind.getByRole('link', { name: `${origins.changed.go}: ${words}` }).waitFor()
  expect(await findings(behind), 'the inputs behind words').toEqual([])
  await look(ivan, 'behind-360')
  await page.goto(`/plans/chepo/commitments/${number}?origin=${input.number}`)
  await isFocused(stretch)

  // Her group does not agree with the date; a version is made, and his screen shows it beside the text.
  const hers = await openText(noris, number)
  await hers.mentions('solution', sentence)
  await noris.page.getByRole('button', { name: dissent.open, exact: true }).click()
  const form = noris.page.getByRole('dialog', { name: dissent.open })
  await choose(form.getByLabel(dissent.field, { exact: true }), fieldWords('solution', 'es').label)
  await form.getByLabel(dissent.words, { exact: true }).fill('antes de diciembre')
  await form.getByLabel(dissent.position, { exact: true }).fill(position)
  expect(await findings(form), 'reserving a position').toEqual([])
  await form.getByRole('button', { name: dissent.send, exact: true }).click()
  await form.waitFor({ state: 'detached' })
  const note = (on: typeof page) => on.getByRole('note', { name: /^Kernel Community/ })
  await note(noris.page).first().getByText(position).waitFor()
  const { id } = await post<{ id: string }>(ivan, `/api/documents/${documentId}/versions`, { name: 'Con reserva' })
  await openText(ivan, number)
  await note(page).first().getByText(position).waitFor()
  await expect.poll(() => note(page).count()).toBe(2)
  expect(await findingsInBothThemes(page), 'a position beside its clause').toEqual([])

  await look(ivan, 'beside-360')
  await look(noris, 'beside-1280')

  // Only her group withdraws it; what was read then still shows it.
  expect(await page.getByRole('button', { name: fill(dissent.withdrawOf, { number: '1' }) }).count()).toBe(0)
  await noris.page.getByRole('button', { name: fill(dissent.withdrawOf, { number: '1' }) }).click()
  const sure = noris.page.getByRole('dialog', { name: dissent.withdraw })
  await sure.getByRole('button', { name: dissent.withdraw, exact: true }).click()
  await noris.page.getByText(fill(dissent.past, { count: '1' })).waitFor()
  await goTo(page, `/plans/chepo/commitments/${number}?v=${id}`)
  await note(page).getByText(position).waitFor()
  expect(await findings(page), 'a version with a position').toEqual([])

  await goTo(noris.page, `/plans/chepo/commitments/${number}?origin=${input.number}`)
  await noris.page.getByText(origins.hint).waitFor()
  await look(noris, 'origins-1280')
  expect(await findings(noris.page), 'where it comes from, on a desk').toEqual([])

  // Whoever holds the receipt reads which words her idea changed, without an account.
  const { code } = await post<{ code: string }>(noris, `/api/plans/chepo/inputs/${input.id}/receipts`)
  const reader = await town.arrive({ screen: phone })
  await reader.page.goto(`${town.url}/recibo#${code}`)
  await reader.page.getByText(say.receipts.input.changed).waitFor()
  await reader.page.getByText(words, { exact: true }).waitFor()
  await look(reader, 'receipt-360')
  expect(await findings(reader.page), 'the receipt').toEqual([])
})
