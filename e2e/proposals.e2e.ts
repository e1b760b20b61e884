import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings } from './axe.ts'
import { openText } from './document.ts'
import { isFocused } from './keyboard.ts'
import { desk, openTown, people, phone, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

/** Somebody writes at the end of a field of a copy, and sends it with a reason. */
async function propose(visitor: Visitor, words: string, note: string): Promise<void> {
  const { page, say } = visitor
  const text = await openText(visitor, 1)
  await page.getByLabel(say.proposals.mode.label).selectOption('propose')
  await page.getByText(say.proposals.bar.nothing).waitFor()
  await text.write('summary', words)
  await text.field('summary').locator('ins', { hasText: words.trim() }).waitFor()
  await page.getByText(fill(say.proposals.bar.changes_one, { count: 1 })).waitFor()
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: say.proposals.bar.send }).click()
  const sheet = page.getByRole('dialog', { name: fill(say.proposals.send.title_one, { count: 1 }) })
  await sheet.getByLabel(say.proposals.send.note).fill(note)
  expect(await findings(page)).toEqual([])
  await sheet.getByRole('button', { name: say.proposals.send.send }).click()
  await sheet.waitFor({ state: 'detached' })
}

test.each([phone, desk])(
  '[PC1] [PC2] [PC8] a reviewer writes a proposal on a copy, and a drafter accepts one and rejects another ($name)',
  async (screen) => {
    const words = ` También en papel, ${screen.viewport.width}.`
    const reviewer = await town.enter('revision', { screen })
    await propose(reviewer, words, 'Para quien no tiene internet.')
    const theirs = await openText(reviewer, 1)
    expect(await theirs.read('summary')).not.toContain(words)
    await propose(reviewer, ' Esto sobra.', '')

    const { page, say, ...drafter } = await town.enter('gobierno', { screen, language: 'en' })
    const text = await openText({ page, say, ...drafter }, 1)
    const said = say.proposals
    expect(await text.read('summary')).not.toContain(words)
    await page.getByRole('button', { name: fill(said.open_other, { count: 2 }) }).click()
    const sheet = page.getByRole('dialog', { name: said.sheet.title })
    const cards = sheet.getByRole('article', { name: new RegExp(people.revision) })
    await cards.first().waitFor()
    await page.keyboard.press('j')
    await isFocused(cards.first())
    await page.keyboard.press('j')
    await isFocused(cards.nth(1))
    await page.keyboard.press('k')
    await isFocused(cards.first())
    await cards.first().getByText('Para quien no tiene internet.').waitFor()
    expect(await findings(page)).toEqual([])
    await cards
      .first()
      .getByRole('button', { name: new RegExp(`^${said.act.accept} `) })
      .click()
    await expect.poll(() => cards.count()).toBe(1)
    await text.mentions('summary', words.trim())
    await theirs.mentions('summary', words.trim())

    await cards
      .first()
      .getByRole('button', { name: new RegExp(`^${said.act.reject} `) })
      .click()
    await cards.first().getByLabel(said.act.reason).fill('It says so already.')
    await cards.first().getByRole('button', { name: said.act.reject, exact: true }).click()
    await sheet.getByText(said.sheet.none).waitFor()
    await sheet.getByLabel(said.sheet.decided).check()
    await sheet
      .getByText(/It says so already/)
      .first()
      .waitFor()
    expect(await findings(page)).toEqual([])
    expect(await text.read('summary')).not.toContain('Esto sobra')
  },
)
