import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings } from './axe.ts'
import { addCommitment, documentOf, type OpenText, openText, post, textOn } from './document.ts'
import { isFocused } from './keyboard.ts'
import { desk, openTown, people, phone, type Town, type Visitor } from './town.ts'
import { factLabel, fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

/** The name of a button, whatever the number of the proposal that it is about. */
const called = (words: string) => new RegExp(`^${fill(words, { number: '\\d+' })}$`)

/** Somebody writes at the end of a field of a copy, and sends it with a reason. */
async function propose(visitor: Visitor, words: string, note: string): Promise<void> {
  const { page, say } = visitor
  const text = await openText(visitor, 1)
  await page.getByLabel(say.proposals.mode.label).selectOption('propose')
  await page.getByText(say.proposals.bar.nothing).waitFor()
  await send(visitor, text, words, note)
}

/** `seen`: both of its screens were looked at by axe as they are now. */
async function send(
  { page, say }: Visitor,
  text: OpenText,
  words: string,
  note: string,
  { count = 1, seen = false } = {},
): Promise<void> {
  const { bar, send: sending } = say.proposals
  const [changes, title] = count === 1 ? [bar.changes_one, sending.title_one] : [bar.changes_other, sending.title_other]
  await text.write('summary', words)
  await text.field('summary').locator('ins', { hasText: words.trim() }).waitFor()
  await page.getByText(fill(changes, { count })).waitFor()
  if (!seen) expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: say.proposals.bar.send }).click()
  const sheet = page.getByRole('dialog', { name: fill(title, { count }) })
  await sheet.getByLabel(say.proposals.send.note).fill(note)
  if (!seen) expect(await findings(sheet)).toEqual([])
  await sheet.getByRole('button', { name: say.proposals.send.send }).click()
  await sheet.waitFor({ state: 'detached' })
  await isFocused(page.getByText(say.proposals.sent, { exact: true }))
}

test.each([phone, desk])(
  '[PC1] [PC2] [PC7] [PC8] [PC13] a reviewer writes a proposal on a copy, and a drafter accepts one and rejects another ($name)',
  async (screen) => {
    const words = ` También en papel, ${screen.viewport.width}.`
    const reviewer = await town.enter('revision', { screen })
    await propose(reviewer, words, 'Para quien no tiene internet.')
    const theirs = await openText(reviewer, 1)
    expect(await theirs.read('summary')).not.toContain(words)
    // Half written it goes on after the page comes again, and not in everybody's text.
    const { mode, bar } = reviewer.say.proposals
    const how = reviewer.page.getByLabel(mode.label)
    await how.selectOption('propose')
    await textOn(reviewer).write('summary', ' A medias.')
    await reviewer.page.getByText(fill(bar.changes_one, { count: 1 })).waitFor()
    await reviewer.page.reload()
    await expect.poll(() => how.inputValue()).toBe('propose')
    await textOn(reviewer).mentions('summary', 'A medias.')
    // Nothing is lost by mistake.
    await reviewer.page.getByRole('button', { name: bar.discard, exact: true }).click()
    await isFocused(reviewer.page.getByRole('button', { name: bar.goOn }))
    await reviewer.page.getByRole('button', { name: bar.discardAll }).click()
    await reviewer.page.getByText(bar.nothing).waitFor()
    await send(reviewer, textOn(reviewer), ' Esto sobra.', '', { seen: true })
    // Written anew, in place of the one before.
    const own = reviewer.say.proposals
    await reviewer.page.getByRole('button', { name: fill(own.open_other, { count: 2 }) }).click()
    await reviewer.page
      .getByRole('button', { name: called(own.act.reviseOf) })
      .nth(1)
      .click()
    await textOn(reviewer).mentions('summary', 'Esto sobra.')
    // After a reload it is offered, and goes on.
    if (screen === desk) {
      await reviewer.page.getByText(own.bar.revises.replace('{{number}}.', '')).waitFor()
      await reviewer.page.reload()
      await reviewer.page
        .getByRole('button', { name: new RegExp(`^${own.bar.kept.replace('{{number}}', '')}`) })
        .click()
      await textOn(reviewer).mentions('summary', 'Esto sobra.')
    }
    const more = ` Y más, ${screen.viewport.width}.`
    await textOn(reviewer).write('problem', more)
    await send(reviewer, textOn(reviewer), ' Y esto.', '', { count: 2, seen: true })

    const { page, say, ...drafter } = await town.enter('gobierno', { screen, language: 'en' })
    const text = await openText({ page, say, ...drafter }, 1)
    const said = say.proposals
    expect(await text.read('summary')).not.toContain(words)
    // They stand in the text, with the name of whose they are; each person's can be put aside.
    await page.getByRole('button', { name: fill(said.open_other, { count: 2 }) }).waitFor()
    const drawn = text.field('summary').locator('ins[data-proposal]', { hasText: words.trim() })
    await drawn.getByText(people.revision).waitFor()
    await page.getByRole('button', { name: said.inText.button }).click()
    await page.getByLabel(people.revision, { exact: true }).uncheck()
    await drawn.waitFor({ state: 'detached' })
    await page.getByLabel(said.inText.all).check()
    await drawn.waitFor()
    // Whoever presses beside what comes, where its line ends, writes in the text.
    const before = await text.read('summary')
    const beside = await text
      .field('summary')
      .locator('ins[data-proposal]')
      .last()
      .evaluate((comes) => {
        comes.scrollIntoView({ block: 'center' })
        const { right, top, height } = [...comes.getClientRects()].at(-1) ?? comes.getBoundingClientRect()
        return { x: right + 4, y: top + height / 2 }
      })
    await page.mouse.click(beside.x, beside.y)
    await page.keyboard.press('q')
    await expect.poll(() => text.read('summary')).toBe(`${before}q`)
    await page.keyboard.press('Backspace')
    await expect.poll(() => text.read('summary')).toBe(before)
    await page.keyboard.press('Alt+PageDown')
    const stepper = page.getByRole('region', { name: said.inText.steps })
    await isFocused(stepper.getByRole('button', { name: said.inText.open }))
    await page.waitForFunction(() => document.querySelector('[data-proposal][data-at]'))
    expect(await findings(page)).toEqual([])
    // Ended, it begins anew where it began, wherever one has scrolled since.
    const isInSight = () => {
      const at = document.querySelector('#field-summary [data-proposal][data-at]')?.getBoundingClientRect()
      return at !== undefined && at.top > 0 && at.bottom < window.innerHeight
    }
    await page.keyboard.press('Escape')
    await stepper.waitFor({ state: 'detached' })
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
    await page.keyboard.press('Alt+PageDown')
    await page.waitForFunction(isInSight)
    await isFocused(stepper.getByRole('button', { name: said.inText.open }))
    await page.keyboard.press('Enter')
    const sheet = page.getByRole('dialog', { name: said.sheet.title })
    const cards = sheet.getByRole('article', { name: new RegExp(people.revision) })
    await isFocused(cards.first())
    await page.keyboard.press('j')
    await isFocused(cards.nth(1))
    await page.keyboard.press('k')
    await isFocused(cards.first())
    await cards.first().getByText('Para quien no tiene internet.').waitFor()
    // It is told with what stands beside it.
    expect(await cards.first().textContent()).toContain(before.trim().split(/\s+/).slice(-2).join(' '))
    expect(await findings(sheet)).toEqual([])
    await cards
      .first()
      .getByRole('button', { name: called(said.act.acceptOf) })
      .click()
    await expect.poll(() => cards.count()).toBe(1)
    await isFocused(cards.first())
    await sheet.getByText(called(said.told.accepted.whole)).waitFor()
    await text.mentions('summary', words.trim())
    await theirs.mentions('summary', words.trim())

    // Of the other one part is taken over, with a reason, and the rest is not.
    await cards
      .first()
      .getByRole('button', { name: called(said.act.acceptPartWithOf.replace('{{part}}', '2')) })
      .press('Enter')
    await isFocused(cards.first().getByLabel(said.reason.accept.part))
    await page.keyboard.insertText('Lo pidió la asamblea.')
    await page.keyboard.press('Control+Enter')
    await text.mentions('problem', more.trim())
    await cards.first().getByText('Lo pidió la asamblea.').waitFor()
    await cards.first().getByText(said.state.accepted, { exact: true }).waitFor()
    await sheet.getByText(called(said.told.accepted.part_one)).waitFor()
    // The rest is looked at where it stands, by the keyboard too.
    await cards
      .first()
      .getByRole('button', { name: called(said.act.goOf.replace('{{part}}', '1')) })
      .press('Enter')
    await isFocused(stepper.getByRole('button', { name: said.inText.open }))
    await page.waitForFunction(isInSight)
    // And so it is each time, wherever one has scrolled since.
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight))
    await page.keyboard.press('Enter')
    await isFocused(cards.first())
    await cards
      .first()
      .getByRole('button', { name: called(said.act.goOf.replace('{{part}}', '1')) })
      .press('Enter')
    await isFocused(stepper.getByRole('button', { name: said.inText.open }))
    await page.waitForFunction(isInSight)
    await page.keyboard.press('Enter')
    await isFocused(cards.first())
    // A reason is asked for where it is meant; called off, the card is what is left.
    await cards
      .first()
      .getByRole('button', { name: new RegExp(`^${said.act.rejectPart} .1`) })
      .press('Enter')
    await isFocused(cards.first().getByLabel(said.reason.reject.part))
    await cards.first().getByRole('button', { name: said.act.cancel, exact: true }).press('Enter')
    await isFocused(cards.first())
    await cards
      .first()
      .getByRole('button', { name: called(said.act.rejectRestOf) })
      .click()
    await cards.first().getByLabel(said.reason.reject.rest).fill('It says so already.')
    await cards.first().getByRole('button', { name: said.act.reject, exact: true }).click()
    await isFocused(sheet.getByText(said.sheet.none))
    await sheet.getByText(called(`${said.told.rejected.part_one} ${said.told.nothingLeft}`)).waitFor()
    await sheet.getByLabel(said.sheet.decided).check()
    await sheet
      .getByText(/It says so already/)
      .first()
      .waitFor()
    expect(await findings(sheet)).toEqual([])
    expect(await text.read('summary')).not.toMatch(/Esto sobra|Y esto/)

    // What was accepted is made an input, and says which words it brought.
    const made = sheet
      .getByRole('article')
      .filter({ hasText: 'Para quien no tiene internet.' })
      .filter({ hasText: `${screen.viewport.width}` })
    await made.getByRole('button', { name: new RegExp(`^${fill(say.inputs.make.of, { about: '' })}`) }).press('Enter')
    await page.getByRole('heading', { level: 1, name: called(say.inputs.one) }).waitFor()
    await page.getByText('Para quien no tiene internet.').waitFor()
    await page.getByRole('region', { name: say.inputs.changed }).getByText(words.trim()).first().waitFor()
    expect(await findings(page)).toEqual([])
  },
)

test('the fact that a proposal is about is gone to, and the keyboard gets there as before', async () => {
  const noris = await town.enter('revision')
  const ivan = await town.enter('gobierno')
  const number = await addCommitment(ivan, 'Cuentas claras')
  await post(noris, `/api/documents/${await documentOf(noris, number)}/proposals`, {
    ...{ key: 'quien-responde-por-esto', note: '' },
    hunks: [{ target: 'fact', key: 'leadInstitution', before: null, after: 'Alcaldía de Chepo' }],
  })
  const { page, say } = ivan
  await openText(ivan, number, '?proposals=open')
  const { goOf } = say.proposals.act
  await page.getByRole('button', { name: fill(goOf, { part: 1, number: 1 }) }).press('Enter')
  await isFocused(page.getByLabel(factLabel('leadInstitution'), { exact: true }))
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+Tab')
  await isFocused(page.getByLabel(factLabel('leadInstitution'), { exact: true }))
})

test("[PC7] one withdraws one's own once one was asked again, by the keyboard", async () => {
  const noris = await town.enter('revision', { screen: phone })
  const { page, say } = noris
  const number = await addCommitment(await town.enter('gobierno'), 'Cuentas claras')
  await post(noris, `/api/documents/${await documentOf(noris, number)}/proposals`, {
    ...{ key: 'quien-responde-de-nuevo', note: '' },
    hunks: [{ target: 'fact', key: 'leadInstitution', before: null, after: 'Alcaldía de Chepo' }],
  })
  await openText(noris, number, '?proposals=open')
  const { act, withdraw, sheet: words, told } = say.proposals
  const sheet = page.getByRole('dialog', { name: words.title })
  const open = sheet.getByRole('button', { name: fill(act.withdrawOf, { number: 1 }) })
  const sure = sheet.getByRole('button', { name: withdraw.do, exact: true })
  await open.press('Enter')
  await isFocused(sure)
  expect(await findings(sheet)).toEqual([])
  await sheet.getByRole('button', { name: act.cancel, exact: true }).press('Enter')
  await isFocused(sheet.getByRole('article'))
  await open.press('Enter')
  await sure.press('Enter')
  await isFocused(sheet.getByText(words.none, { exact: true }))
  await sheet.getByText(fill(told.withdrawn, { number: 1 }), { exact: true }).waitFor()
})

test('[PC8] all that one person proposed is accepted at once, as far as it fits, and what is left is said', async () => {
  const noris = await town.enter('revision')
  const ivan = await town.enter('gobierno', { screen: phone })
  const number = await addCommitment(ivan, 'Cuentas de todos')
  const documentId = await documentOf(noris, number)
  const facts = [
    { key: 'leadInstitution', after: 'Alcaldía de Chepo' },
    { key: 'leadInstitution', after: 'Junta comunal' },
    { key: 'periodStart', after: '2027-03-01' },
  ]
  for (const [turn, fact] of facts.entries())
    await post(noris, `/api/documents/${documentId}/proposals`, {
      ...{ key: `todas-de-una-persona-${turn}`, note: '' },
      hunks: [{ target: 'fact', before: null, ...fact }],
    })
  const { page, say } = ivan
  await openText(ivan, number, '?proposals=open')
  const said = say.proposals
  const sheet = page.getByRole('dialog', { name: said.sheet.title })
  await sheet.getByRole('button', { name: fill(said.act.all, { count: 3, name: people.revision }) }).press('Enter')
  const told = `${fill(said.told.all_other, { count: 2, name: people.revision })} ${fill(said.act.left_one, { count: 1 })}`
  await sheet.getByRole('status').getByText(told, { exact: true }).waitFor()
  await isFocused(sheet.getByRole('article').first())
  expect(await sheet.getByRole('article').count()).toBe(1)
  expect(await findings(sheet)).toEqual([])
})

test('[PC6] what is being written about a proposal stays when somebody else decides on it, and that is said', async () => {
  const noris = await town.enter('revision')
  const ivan = await town.enter('gobierno')
  const elena = await town.enter('sociedad')
  const number = await addCommitment(ivan, 'Cuentas a dos manos')
  const base = `/api/documents/${await documentOf(noris, number)}/proposals`
  const made: { id: string }[] = []
  const facts = [
    { key: 'leadInstitution', after: 'Junta comunal' },
    { key: 'periodStart', after: '2027-03-01' },
    { key: 'periodEnd', after: '2027-12-01' },
    { key: 'leadInstitution', after: 'Los colegios' },
  ]
  for (const [turn, fact] of facts.entries())
    made.push(
      await post(noris, base, {
        ...{ key: `a-dos-manos-numero-${turn}`, note: '' },
        hunks: [{ target: 'fact', before: null, ...fact }],
      }),
    )
  const { page, say } = ivan
  await openText(ivan, number, '?proposals=open')
  const said = say.proposals
  const sheet = page.getByRole('dialog', { name: said.sheet.title })
  // However long the list is, it alone moves: its head and the way out stay.
  for (const _ of facts) await page.keyboard.press('j')
  expect(await sheet.evaluate((dialog) => dialog.scrollHeight - dialog.clientHeight)).toBe(0)
  await sheet.getByRole('button', { name: fill(said.act.rejectOf, { number: 1 }) }).press('Enter')
  const reason = sheet.getByLabel(said.reason.reject.whole)
  await isFocused(reason)
  await page.keyboard.type('Ya lo tiene')
  // Nor when one decides on another oneself, and begins to write about a third.
  await sheet.getByRole('button', { name: fill(said.act.acceptOf, { number: 2 }) }).press('Enter')
  await sheet.getByText(fill(said.told.accepted.whole, { number: 2 }), { exact: true }).waitFor()
  await sheet.getByRole('button', { name: fill(said.act.rejectOf, { number: 3 }) }).press('Enter')
  await isFocused(reason.nth(1))
  await page.keyboard.type('No cabe en el plazo.')
  await reason.first().focus()
  await page.keyboard.press('End')
  await post(elena, `${base}/${made[0]?.id}/accept`, { hunks: [1], reason: '' })
  const over = sheet.getByText(`${said.act.over.decided} ${said.act.unsent}`, { exact: true })
  await over.waitFor()
  const isSeen = () =>
    over.evaluate((words) => {
      const { left, bottom } = words.getBoundingClientRect()
      return words.contains(document.elementFromPoint(left + 1, bottom - 1))
    })
  await expect.poll(isSeen).toBe(true)
  await page.keyboard.type(' la alcaldía.')
  expect(await reason.first().inputValue()).toBe('Ya lo tiene la alcaldía.')
  expect(await findings(sheet)).toEqual([])
  await sheet.getByRole('button', { name: said.act.cancel, exact: true }).first().press('Enter')
  await expect.poll(() => sheet.getByRole('article').count()).toBe(2)
  await isFocused(sheet.getByRole('article').first())

  // An answer that is lost on its way is none that says no: what was decided is told as one's own, though the list itself
  // comes only when the connection is there again.
  const isList = /\/proposals(\?.*)?$/
  await page.route('**/reject', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await page.route(isList, (route) => route.abort())
  await reason.press('Control+Enter')
  const gaveUp = sheet.getByText(say.common.refusal.offline.what).first()
  await gaveUp.waitFor()
  // Its reason stands there as long as nobody knows.
  expect(await reason.inputValue()).toBe('No cabe en el plazo.')
  await page.unroute(isList)
  await post(noris, `${base}/${made[3]?.id}/withdraw`, {})
  await sheet.getByText(fill(said.told.rejected.whole, { number: 3 }), { exact: true }).waitFor()
  await expect.poll(() => sheet.getByRole('article').count()).toBe(0)
  await isFocused(sheet.getByText(said.sheet.none, { exact: true }))
})
