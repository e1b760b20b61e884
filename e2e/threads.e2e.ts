import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findings, findingsInBothThemes } from './axe.ts'
import { addCommitment, documentOf, openText, post } from './document.ts'
import { caretAfter, caretIsKnown, isFocused } from './keyboard.ts'
import { desk, openTown, people, phone, type Town, type Visitor } from './town.ts'
import { factLabel, fieldWords, fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

const sentence = 'Se publica cada mes lo que se gasta.'
const words = 'cada mes'

const panelOf = ({ page, say }: Visitor) => page.getByRole('dialog', { name: say.threads.title, exact: true })
const cards = (visitor: Visitor) =>
  panelOf(visitor).getByRole('list', { name: visitor.say.threads.list }).locator(':scope > li')
const marks = ({ page }: Visitor) => page.locator('[data-thread]:not([data-kind="draft"])')
const marked = (visitor: Visitor) => expect.poll(async () => (await marks(visitor).allTextContents()).join(''))

/** Selects the first letters of a field that is far off and has no editor yet; answers them. */
const selectFarOff = (field: Locator) =>
  field.evaluate((element) => {
    if ('pmViewDesc' in element) throw new Error('this field has its editor')
    const first = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()
    if (first) document.getSelection()?.setBaseAndExtent(first, 0, first, 14)
    return first?.textContent?.slice(0, 14).trim() ?? ''
  })

/** Selects words in a field that is only read, as a finger or a mouse does. */
async function select(field: Locator, sought: string): Promise<void> {
  await field.scrollIntoViewIfNeeded()
  await field.evaluate((element, text) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(text) ?? -1
      if (at >= 0) document.getSelection()?.setBaseAndExtent(node, at, node, at + text.length)
    }
  }, sought)
}

describe.each([
  { screen: desk, language: 'es' as const },
  { screen: phone, language: 'en' as const },
])('at $screen.name, in $language', ({ screen, language }) => {
  test('[TH15] a reviewer comments on words, a drafter answers at once, and the mark stays on the words until they are gone', async () => {
    const noris = await town.enter('revision', { screen, language })
    const ivan = await town.enter('gobierno')
    const number = await addCommitment(ivan, 'Cuentas claras')
    const [hers, his] = await Promise.all([openText(noris, number), openText(ivan, number)])
    await his.write('problem', sentence)
    await hers.says('problem', sentence)
    await his.saved()
    const { say } = noris

    // She may not write, and says something about two words.
    await select(hers.field('problem'), words)
    await noris.page.getByRole('button', { name: say.threads.new.open, exact: true }).click()
    const panel = panelOf(noris)
    await panel.getByText(words, { exact: true }).waitFor()
    await isFocused(panel.getByRole('textbox', { name: say.threads.new.words }))
    await noris.page.keyboard.type('¿Y si fuera cada semana? @iv')
    await panel.getByRole('option', { name: people.gobierno }).waitFor()
    await noris.page.keyboard.press('Enter')
    const form = panel.getByRole('region', { name: say.threads.new.title })
    await form.getByLabel(say.threads.new.kind, { exact: true }).selectOption(say.threads.kind.question)
    await panel.getByRole('button', { name: say.threads.new.say, exact: true }).click()
    await panel.getByText(`@${people.gobierno}`, { exact: true }).waitFor()
    await isFocused(cards(noris).first().getByRole('button', { expanded: true }))
    expect(await findingsInBothThemes(noris.page)).toEqual([])

    // He sees it in his text, opens it there, and answers; she sees his answer.
    await marked(ivan).toBe(words)
    await marks(ivan).click()
    const his2 = panelOf(ivan)
    await his2.getByText(people.revision).first().waitFor()
    await his2.getByRole('textbox', { name: ivan.say.threads.reply.words }).fill('La tesorería cierra por mes.')
    await ivan.page.keyboard.press('Control+Enter')
    await panel.getByText('La tesorería cierra por mes.', { exact: true }).waitFor()
    await panel.getByRole('button', { name: say.threads.reaction.thanks }).last().click()
    await his2.getByRole('button', { name: new RegExp(`^${ivan.say.threads.reaction.thanks} ?1$`) }).waitFor()

    // He splits the paragraph before the words and makes them bold: the mark stays on them, on both screens.
    await his.field('problem').click()
    await ivan.page.keyboard.press('Control+Home')
    await caretAfter(ivan.page, 'Se publica ')
    await ivan.page.keyboard.press('Enter')
    for (const _ of words) await ivan.page.keyboard.press('Shift+ArrowRight', { delay: 20 })
    await caretIsKnown(ivan.page)
    await ivan.page.keyboard.press('Control+b')
    await his.saved()
    await marked(ivan).toBe(words)
    await marked(noris).toBe(words)
    expect(await hers.field('problem').locator('strong').textContent()).toBe(words)

    // Words are gone: the thread is listed with them as they read.
    await ivan.page.keyboard.press('Delete')
    await marked(noris).toBe('')
    await panel.getByRole('blockquote').filter({ hasText: words }).waitFor()
    await panel.getByText(say.threads.gone, { exact: true }).first().waitFor()

    // He resolves it with a reason, which she reads.
    await his2.getByRole('button', { name: ivan.say.threads.settle.resolve.open, exact: true }).click()
    await his2.getByLabel(ivan.say.threads.settle.resolve.reason).fill('Se cambió la frase.')
    await his2.getByRole('button', { name: ivan.say.threads.settle.resolve.do }).click()
    await panel.getByText('Se cambió la frase.', { exact: true }).waitFor()
    await panel.getByText(fill(say.threads.step.resolved, { name: people.gobierno })).waitFor()

    // Undone, they are back, and so is the thread when she opens it again.
    await his.field('problem').click()
    await ivan.page.keyboard.press('Control+z')
    await panel.getByRole('button', { name: say.threads.settle.reopen.open, exact: true }).click()
    await panel.getByRole('button', { name: say.threads.settle.reopen.do, exact: true }).last().click()
    await marked(noris).toBe(words)

    // With the list closed a wide desk has the thread beside its words; a press opens it there.
    if (screen === desk) {
      await panel.getByRole('button', { name: say.common.close, exact: true }).click()
      const margin = noris.page.getByRole('complementary', { name: say.threads.margin })
      const card = margin.getByRole('button', { name: /¿Y si fuera cada semana/ })
      await card.waitFor()
      const [at, there] = [await card.boundingBox(), await marks(noris).boundingBox()]
      expect(Math.abs((at?.y ?? 0) - (there?.y ?? 1000))).toBeLessThan(40)
      expect(at?.x).toBeGreaterThan((there?.x ?? 0) + (there?.width ?? 0))
      expect(await findings(noris.page)).toEqual([])
      await card.click()
      await panel.getByText('Se cambió la frase.', { exact: true }).waitFor()
      await isFocused(cards(noris).first().locator('[data-number]'))
      // Words that are selected beside the open list are what the next thread is on. Whoever thinks better of it is back.
      const begin = panel.getByRole('button', { name: say.threads.new.open, exact: true })
      await select(hers.field('problem'), 'se gasta')
      await begin.click()
      await form.getByText('se gasta', { exact: true }).waitFor()
      await form.getByRole('button', { name: say.threads.cancel, exact: true }).press('Enter')
      await isFocused(begin)
    }
    expect(await noris.page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
  })
})

test('[TH16] with the keyboard alone one comments on words, goes from thread to thread, rewords, and takes back', async () => {
  const { page, say, ...rest } = await town.enter('sociedad')
  const yadira = { page, say, ...rest }
  const number = await addCommitment(yadira, 'Sin ratón')
  const text = await openText(yadira, number)
  await text.write('problem', sentence)
  await text.saved()
  for (const _ of 'gasta.') await page.keyboard.press('Shift+ArrowLeft', { delay: 20 })
  await caretIsKnown(page)
  await page.keyboard.press('Control+Alt+m')
  const panel = panelOf(yadira)
  await isFocused(panel.getByRole('textbox', { name: say.threads.new.words }))
  await page.keyboard.type('¿Gasta o invierte?')
  await page.keyboard.press('Control+Enter')
  await panel.getByText('¿Gasta o invierte?', { exact: true }).waitFor()
  await marked(yadira).toBe('gasta.')

  // On the whole commitment, which stands first.
  await panel.getByRole('button', { name: say.threads.new.open, exact: true }).press('Enter')
  await panel.getByLabel(say.threads.new.on).selectOption(say.threads.whole)
  const saying = panel.getByRole('textbox', { name: say.threads.new.words })
  await saying.focus()
  await page.keyboard.type('Muy bien')
  // What is half said is still there when the page comes again.
  await page.reload()
  await panel.getByRole('button', { name: say.threads.new.open, exact: true }).press('Enter')
  await expect.poll(() => saying.inputValue()).toBe('Muy bien')
  await panel.getByLabel(say.threads.new.on).selectOption(say.threads.whole)
  await saying.press('Control+End')
  await page.keyboard.type(' todo.')
  await page.keyboard.press('Control+Enter')
  await expect.poll(() => cards(yadira).count()).toBe(2)
  await expect.poll(() => cards(yadira).first().textContent()).toContain(say.threads.whole)

  await page.keyboard.press('Alt+F9')
  const second = cards(yadira).nth(1)
  await isFocused(second.locator('[data-number]'))
  expect(await second.textContent()).toContain(fieldWords('problem').label)
  await page.keyboard.press('Shift+Alt+F9')
  await isFocused(cards(yadira).first().locator('[data-number]'))
  await page.keyboard.press('Shift+Alt+F9')
  await second.getByRole('button', { name: say.threads.edit.open }).press('Enter')
  await isFocused(second.getByRole('textbox', { name: say.threads.edit.words }))
  await page.keyboard.press('Control+a')
  await page.keyboard.type('¿O invierte?')
  await page.keyboard.press('Control+Enter')
  await isFocused(second.getByRole('button', { name: say.threads.edit.open }))
  await second.getByRole('button', { name: say.threads.history.show }).press('Enter')
  await second.getByRole('list', { name: say.threads.history.title }).getByText('¿Gasta o invierte?').waitFor()
  await second.getByRole('button', { name: say.threads.takeBack.open }).press('Enter')
  await isFocused(second.getByRole('button', { name: say.threads.takeBack.do }))
  await page.keyboard.press('Enter')
  await second.getByText(say.threads.removed, { exact: true }).waitFor()
  await isFocused(second.getByRole('listitem').filter({ hasText: say.threads.removed }))
  await second.getByRole('button', { name: say.threads.settle.resolve.open, exact: true }).press('Enter')
  await page.keyboard.type('Ya no hace falta.')
  await page.keyboard.press('Control+Enter')
  await isFocused(second.getByRole('button', { name: say.threads.settle.reopen.open, exact: true }))

  // Who only reads has no cursor: the words are named.
  const noris = await town.enter('revision')
  await openText(noris, number, '?threads=2')
  const hers = panelOf(noris)
  await isFocused(hers.locator('[data-number="2"]'))
  await hers.getByRole('button', { name: say.threads.new.open, exact: true }).press('Enter')
  await hers.getByLabel(say.threads.new.on).selectOption(fieldWords('problem').label)
  const exact = hers.getByRole('textbox', { name: say.threads.new.exact })
  await exact.fill('cada año')
  await hers.getByRole('textbox', { name: say.threads.new.words }).fill('¿Y si hay apuro?')
  await noris.page.keyboard.press('Control+Enter')
  await hers.getByText(say.threads.new.notThere).waitFor()
  await isFocused(exact)
  await exact.fill(words)
  await exact.press('Enter')
  await expect.poll(() => marks(yadira).allTextContents()).toEqual([words, 'gasta.'])

  // Nothing else is listed but what one asks for.
  await panel.getByText(say.threads.filter.title, { exact: true }).click()
  await panel.getByLabel(say.threads.filter.field).selectOption(say.threads.whole)
  await page.keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
})

test('[TH15] words of a field that was far off when they were selected are commented on like any; a comment on a field leads to it', async () => {
  const noris = await town.enter('revision')
  const { page, say } = noris
  const text = await openText(noris, 3)
  const far = text.field('accountability')
  const chosen = await selectFarOff(far)
  await far.scrollIntoViewIfNeeded()
  await page.getByRole('button', { name: say.threads.new.open, exact: true }).click()
  const panel = panelOf(noris)
  await panel.getByText(chosen, { exact: true }).waitFor()

  await panel.getByRole('button', { name: say.threads.cancel, exact: true }).click()
  const number = await addCommitment(await town.enter('gobierno'), 'Cuentas claras')
  await post(noris, `/api/documents/${await documentOf(noris, number)}/threads`, {
    ...{ key: 'sobre-los-recursos', kind: 'question', field: 'resources', body: '¿De dónde sale?' },
  })
  await openText(noris, number, '?threads=1')
  await isFocused(panel.locator('[data-number="1"]'))
  const topOfField = () => page.locator('#field-resources').evaluate((field) => field.getBoundingClientRect().top)
  await expect.poll(topOfField).toSatisfy((top) => top >= 0 && top < desk.viewport.height)
  expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(0)
})

test.each([desk, phone])(
  '[TH1] [TH16] a comment on a fact of the form stands in the list under its name, and leads to it ($name)',
  async (screen) => {
    const noris = await town.enter('revision', { screen })
    const { page, say } = noris
    const number = await addCommitment(await town.enter('gobierno'), 'Cuentas claras')
    await openText(noris, number, '?threads=open')
    const panel = panelOf(noris)
    const lead = factLabel('leadInstitution')
    await panel.getByRole('button', { name: say.threads.new.open, exact: true }).click()
    await panel.getByLabel(say.threads.new.on).selectOption(lead)
    // It has no words to look for.
    expect(await panel.getByLabel(say.threads.new.exact).count()).toBe(0)
    await panel.getByRole('textbox', { name: say.threads.new.words }).fill('¿La alcaldía o la junta?')
    await panel.getByRole('button', { name: say.threads.new.say, exact: true }).click()
    await expect.poll(() => cards(noris).first().textContent()).toContain(lead)
    const top = () =>
      page.locator('[data-facts~="leadInstitution"]').evaluate((facts) => facts.getBoundingClientRect().top)
    const isInSight = () => expect.poll(top).toSatisfy((at) => at >= 0 && at < screen.viewport.height)
    // On a desk it stands beside the list at once.
    if (screen === desk) {
      await isInSight()
      await isFocused(panel.locator('[data-number="1"]'))
      await page.evaluate(() => window.scrollTo(0, 0))
    }
    await panel.getByRole('button', { name: say.threads.goToWords, exact: true }).click()
    await isInSight()
  },
)

test('[TH15] on a phone one stays where one was in the text while a comment on words far down is written', async () => {
  const noris = await town.enter('revision', { screen: phone })
  const { page, say } = noris
  const text = await openText(noris, 3)
  const far = text.field('accountability')
  await selectFarOff(far)
  await far.scrollIntoViewIfNeeded()
  // Not how far the page is scrolled: what stands above grows when its editors are made.
  const place = () => far.evaluate((field) => field.getBoundingClientRect().top)
  expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(1000)
  const before = await place()
  await page.getByRole('button', { name: say.threads.new.open, exact: true }).click()
  const panel = panelOf(noris)
  await panel.getByRole('textbox', { name: say.threads.new.words }).fill('¿Ante quién?')
  expect(Math.abs((await place()) - before)).toBeLessThan(100)
  await panel.getByRole('button', { name: say.threads.new.say, exact: true }).click()
  // What was said can be read where it is listed.
  const said = panel.getByText('¿Ante quién?', { exact: true })
  const isInSight = () =>
    said.evaluate((words) => {
      const { top, bottom, left } = words.getBoundingClientRect()
      return top >= 0 && words.contains(document.elementFromPoint(left + 1, (top + bottom) / 2))
    })
  await expect.poll(isInSight).toBe(true)
  expect(Math.abs((await place()) - before)).toBeLessThan(100)
})

test('[TH21] what was begun about some words is not offered about others, and is there again about its own', async () => {
  const noris = await town.enter('revision')
  const { page, say } = noris
  const text = await openText(noris, 3)
  const panel = panelOf(noris)
  const words = panel.getByRole('textbox', { name: say.threads.new.words })
  const beginOn = async (field: string, sought: string) => {
    await select(text.field(field), sought)
    await page.keyboard.press('Control+Alt+KeyM')
    await words.waitFor()
  }
  const first = (await text.read('summary')).slice(0, 12)
  const other = (await text.read('problem')).slice(0, 12)
  await beginOn('summary', first)
  await words.fill('¿Ante quién?')
  await page.keyboard.press('Escape')
  await words.waitFor({ state: 'detached' })
  expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('BODY')
  await beginOn('problem', other)
  expect(await words.inputValue()).toBe('')
  // It is offered by its own words: who selects a letter less finds it all the same.
  const unsent = panel.getByRole('region', { name: say.threads.unsent.label })
  expect(await unsent.textContent()).toContain(first.trim())
  expect(await findings(panel)).toEqual([])
  await words.fill('¿Cuánto cuesta?')
  await unsent.getByRole('button', { name: say.threads.unsent.goOn, exact: true }).press('Enter')
  await isFocused(words)
  await expect.poll(() => words.inputValue()).toBe('¿Ante quién?')
  expect(await unsent.textContent()).toContain(other.trim())
  // What is let go of is gone, and one goes on with the other.
  await unsent.getByRole('button', { name: say.threads.unsent.drop, exact: true }).press('Enter')
  await unsent.waitFor({ state: 'detached' })
  await isFocused(words)
  await page.keyboard.press('Escape')
  await words.waitFor({ state: 'detached' })
  await beginOn('problem', other)
  expect(await words.inputValue()).toBe('')
  await page.keyboard.press('Escape')
  await words.waitFor({ state: 'detached' })
  await beginOn('summary', first)
  expect(await words.inputValue()).toBe('¿Ante quién?')
})

test('[TH21] who begins another comment while one is on its way writes it on, whatever comes of the first', async () => {
  const noris = await town.enter('revision')
  const { page, say } = noris
  const number = await addCommitment(await town.enter('gobierno'), 'Cuentas claras')
  await openText(noris, number, '?threads=open')
  const panel = panelOf(noris)
  const { open, say: publish } = say.threads.new
  const words = panel.getByRole('textbox', { name: say.threads.new.words })
  const begin = () => panel.getByRole('button', { name: open, exact: true }).click()
  const letThrough = await holdBack(page)
  await begin()
  await words.fill('La primera.')
  const send = panel.getByRole('button', { name: publish, exact: true })
  const asks = page.waitForRequest((request) => request.method() === 'POST' && request.url().endsWith('/threads'))
  await send.press('Enter')
  await asks
  // The keys of the panel go on being heard.
  await page.waitForFunction(() => document.activeElement?.ariaDisabled === 'true')
  await page.keyboard.press('Escape')
  await words.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Alt+KeyM')
  await isFocused(words)
  // It is on its way, and nothing that was not sent.
  expect(await panel.getByRole('region', { name: say.threads.unsent.label }).count()).toBe(0)
  expect(await words.inputValue()).toBe('')
  await words.fill('La segunda')
  await letThrough()
  await panel.getByText('La primera.', { exact: true }).waitFor()
  await isFocused(words)
  await page.keyboard.type(' sigue.')
  expect(await words.inputValue()).toBe('La segunda sigue.')
  // Who answers by the button goes on where one writes.
  await send.press('Enter')
  const answer = panel.getByRole('textbox', { name: say.threads.reply.words })
  await answer.fill('Y algo más.')
  await panel.getByRole('button', { name: say.threads.reply.say, exact: true }).press('Enter')
  await panel.getByText('Y algo más.', { exact: true }).waitFor()
  await isFocused(answer)
})

test('[TH21] [TH4] a comment whose answer was lost is offered with what was chosen beside it, and sent again is said once', async () => {
  const noris = await town.enter('revision')
  const { page, say } = noris
  const number = await addCommitment(await town.enter('gobierno'), 'Cuentas claras')
  await openText(noris, number, '?threads=open')
  const panel = panelOf(noris)
  const { open, say: publish, on, kind } = say.threads.new
  const words = panel.getByRole('textbox', { name: say.threads.new.words })
  const send = panel.getByRole('button', { name: publish, exact: true })
  const lose = await holdBack(page, 'lose the answer')
  await panel.getByRole('button', { name: open, exact: true }).click()
  const subject = panel.getByLabel(on, { exact: true })
  await subject.selectOption('summary')
  await panel.getByLabel(kind, { exact: true }).selectOption('question')
  await words.fill('¿Quién lo paga?')
  await send.press('Enter')
  await page.keyboard.press('Escape')
  await words.waitFor({ state: 'detached' })
  await page.keyboard.press('Control+Alt+KeyM')
  await lose()
  const unsent = panel.getByRole('region', { name: say.threads.unsent.label })
  const label = await subject.locator('option[value="summary"]').textContent()
  await unsent.getByText(label ?? 'no label').waitFor()
  await unsent.getByRole('button', { name: say.threads.unsent.goOn, exact: true }).press('Enter')
  await expect.poll(() => words.inputValue()).toBe('¿Quién lo paga?')
  expect(await subject.inputValue()).toBe('summary')
  expect(await panel.getByLabel(kind, { exact: true }).inputValue()).toBe('question')
  await page.unroute('**/threads')
  await send.press('Enter')
  await words.waitFor({ state: 'detached' })
  await unsent.waitFor({ state: 'detached' })
  expect(await panel.getByText('¿Quién lo paga?', { exact: true }).count()).toBe(1)
})

test('[TH6] a thread that another opens again asks for no reason by itself, and leaves the focus where one writes', async () => {
  const noris = await town.enter('revision')
  const ivan = await town.enter('gobierno')
  const number = await addCommitment(ivan, 'Cuentas claras')
  const base = `/api/documents/${await documentOf(noris, number)}/threads`
  const { id } = await post<{ id: string }>(noris, base, {
    ...{ key: 'una-pregunta-mas', kind: 'question', field: 'problem', body: '¿Cuánto?' },
  })
  const text = await openText(ivan, number, '?threads=1')
  const { settle } = ivan.say.threads
  const panel = panelOf(ivan)
  await panel.getByRole('button', { name: settle.resolve.open, exact: true }).click()
  await panel.getByLabel(settle.resolve.reason).fill('Se dijo.')
  await panel.getByRole('button', { name: settle.resolve.do, exact: true }).click()
  await panel.getByText('Se dijo.', { exact: true }).waitFor()
  await text.field('problem').click()
  await ivan.page.keyboard.type('Uno')

  await post(noris, `${base}/${id}/reopen`, { reason: 'Falta.' })
  await panel.getByText('Falta.', { exact: true }).waitFor()
  await ivan.page.keyboard.type(' dos')
  expect(await text.read('problem')).toContain('Uno dos')
  expect(await panel.getByLabel(settle.resolve.reason).count()).toBe(0)
})

test('[TH6] who writes why a thread is resolved while another resolves it is told, presses nothing, and keeps the words', async () => {
  const noris = await town.enter('revision')
  const ivan = await town.enter('gobierno')
  const number = await addCommitment(ivan, 'Cuentas claras')
  const base = `/api/documents/${await documentOf(noris, number)}/threads`
  const { id } = await post<{ id: string }>(noris, base, {
    ...{ key: 'la-misma-pregunta', kind: 'question', field: 'problem', body: '¿Cuánto?' },
  })
  await openText(ivan, number, '?threads=1')
  const { settle } = ivan.say.threads
  const panel = panelOf(ivan)
  const reason = panel.getByLabel(settle.resolve.reason)
  await panel.getByRole('button', { name: settle.resolve.open, exact: true }).click()
  await isFocused(reason)
  await ivan.page.keyboard.type('Se dijo en la')
  await post(noris, `${base}/${id}/resolve`, { reason: 'Ya se respondió.' })
  await panel.getByText('Ya se respondió.', { exact: true }).waitFor()
  await isFocused(panel.getByText(`${settle.resolve.meanwhile} ${settle.unsent}`, { exact: true }))
  await ivan.page.keyboard.type(' reunión')
  expect(await panel.getByLabel(settle.reopen.reason).count()).toBe(0)
  expect(await findings(panel)).toEqual([])
  // Why it is resolved is not why it is opened again.
  await panel.getByRole('button', { name: settle.reopen.open, exact: true }).press('Enter')
  expect(await panel.getByLabel(settle.reopen.reason).inputValue()).toBe('')
  await panel.getByRole('button', { name: ivan.say.threads.cancel, exact: true }).click()
  // Opened again, one goes on where one was kept from it.
  await post(noris, `${base}/${id}/reopen`, { reason: 'Falta.' })
  await panel.getByRole('button', { name: settle.resolve.open, exact: true }).press('Enter')
  await expect.poll(() => reason.inputValue()).toBe('Se dijo en la')
  expect(await panel.getByRole('alert').count()).toBe(0)
  // An answer that is lost on its way: what was done is one's own, and nobody else's.
  await ivan.page.route('**/resolve', async (route) => {
    await route.fetch()
    await route.abort()
  })
  await reason.press('Control+Enter')
  await panel.getByText('Se dijo en la', { exact: true }).waitFor()
  await isFocused(panel.getByRole('button', { name: settle.reopen.open, exact: true }))
  expect(await panel.getByText(settle.resolve.meanwhile).count()).toBe(0)
})

test('[TH16] the address of a comment on a fact leads to that fact', async () => {
  const noris = await town.enter('revision')
  const ivan = await town.enter('gobierno')
  const number = await addCommitment(ivan, 'Cuentas claras')
  await post(noris, `/api/documents/${await documentOf(noris, number)}/threads`, {
    ...{ key: 'sobre-quien-responde', kind: 'question', field: 'leadInstitution', body: '¿Quién?' },
  })
  const { page } = ivan
  await openText(ivan, number, '?threads=1')
  const top = () => page.locator('[data-fact="leadInstitution"]').evaluate((fact) => fact.getBoundingClientRect().top)
  await expect.poll(top).toSatisfy((at) => at >= 0 && at < desk.viewport.height)
})

/** Holds back what is opened until the answered function is called; then it is stored, and the answer comes or is lost. */
async function holdBack(page: Page, how?: 'lose the answer'): Promise<() => Promise<void>> {
  let letThrough = () => {}
  const through = new Promise<void>((resolve) => {
    letThrough = resolve
  })
  const done = new Promise<void>((resolve) => {
    void page.route('**/threads', async (route) => {
      if (route.request().method() !== 'POST') return route.continue()
      await through
      if (how) await route.fetch().then(() => route.abort())
      else await route.continue()
      resolve()
    })
  })
  return () => {
    letThrough()
    return done
  }
}
