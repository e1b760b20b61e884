import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings, findingsInBothThemes } from './axe.ts'
import { goTo, post } from './document.ts'
import { isFocused } from './keyboard.ts'
import { openTown, phone, type Town } from './town.ts'
import { fill } from './words.ts'
import { oneText, scan } from './workshop.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

test('[IN43] [IN44] [IN46] [IN67] [IN68] [IN71] a facilitator enters a meeting of 30 ideas by keys alone, and a drafter answers by keys alone', async () => {
  const host = await town.enter('facilitacion', { first: true })
  const { page, say } = host
  const words = say.inputs
  const ask = async (query: string) => (await host.context.request.get(`/api/plans/chepo/inputs${query}`)).json()
  // What the demo has already.
  const { total, answered } = await ask('/coverage')
  const waiting: number[] = (await ask('?state=unanswered')).items.map(({ number }: { number: number }) => number)
  const [begins = 0, follows = 0, third = 0] = waiting
  const counted = (more: number) => fill(words.coverage.of, { answered: answered + more, total: total + 30 })
  await goTo(page, '/plans/chepo/inputs/new')
  const idea = (number: number) => page.getByRole('textbox', { name: fill(words.entry.idea, { number }), exact: true })
  await page.getByRole('textbox', { name: words.facts.place }).focus()
  await page.keyboard.type('Las Margaritas')
  await idea(1).focus()

  const sheet = Array.from({ length: 24 }, (_, at) => `Poner luminarias en la calle ${at + 1}${at % 2 ? '' : '\t'}`)
  // Of the two who are named one agreed.
  sheet[0] = `Poner luminarias en la calle 1\tRosa Batista\tsí`
  sheet[1] = `Poner luminarias en la calle 2\tLuis Mena`
  sheet[23] = '"Arreglar el puente\ny la baranda"\t'
  await pasteSheet(page, sheet)
  await isFocused(idea(25))
  for (let number = 25; number <= 30; number += 1) {
    await page.keyboard.type(`Sembrar más árboles ${number}`)
    if (number === 30) break
    await page.keyboard.press('Enter')
    await isFocused(idea(number + 1))
  }
  await page
    .getByText(fill(words.entry.alikeRow, { number: 25 }))
    .first()
    .waitFor()
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await page.getByText(words.entry.missing_one).waitFor()
  const luis = page.getByRole('checkbox', { name: fill(words.entry.consentOf, { name: 'Luis Mena', number: 2 }) })
  await isFocused(luis)
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Space')
  await page.getByText(words.entry.missing_one).waitFor({ state: 'detached' })
  const all = page.getByRole('checkbox', { name: fill(words.entry.consentAll_other, { count: 2 }) })
  expect(await all.isChecked()).toBe(true)

  // Nothing is lost on the way: neither by a reload nor without a network. A tab that does not hear any more whose ideas may
  // be entered goes on by what it heard.
  const rights = '**/inputs/coverage'
  await page.route(rights, (route) => route.abort())
  await page.reload()
  await expect.poll(() => idea(30).inputValue()).toBe('Sembrar más árboles 30')
  expect(await luis.isChecked()).toBe(true)
  expect(await idea(24).inputValue()).toBe('Arreglar el puente\ny la baranda')
  await host.context.setOffline(true)
  await idea(30).focus()
  await page.keyboard.press('Control+Enter')
  await page.getByText(fill(words.entry.kept_other, { count: 30 })).waitFor()
  await page.unroute(rights)
  await host.context.setOffline(false)
  await idea(30).focus()
  await page.keyboard.press('Control+Enter')
  await page.getByText(fill(words.entry.stored_other, { count: 30 })).waitFor()
  await isFocused(idea(1))
  expect(await idea(1).inputValue()).toBe('')
  // What says much the same is opened beside what is being written.
  await idea(1).fill('Sembrar más árboles 29')
  const [alike = ''] = words.entry.alike.split('{{number}}')
  expect(await page.getByRole('link', { name: alike }).getAttribute('target')).toBe('_blank')
  await idea(1).fill('')

  const drafter = await town.enter('gobierno')
  const desk = drafter.page
  await goTo(desk, '/plans/chepo/inputs?state=unanswered')
  await desk.getByText(fill(words.shown_other, { count: waiting.length + 30 })).waitFor()
  await desk.getByText(counted(0), { exact: true }).waitFor()
  await desk.getByRole('button', { name: words.queue }).press('Enter')
  await desk.getByRole('heading', { level: 1, name: fill(words.one, { number: begins }), exact: true }).waitFor()
  const first = desk.getByRole('radio', { name: words.standing.adopted, exact: true })
  await isFocused(first)
  await desk.keyboard.press('ArrowUp')
  await isFocused(desk.getByRole('radio', { name: words.standing.out_of_scope }))
  const reason = desk.getByRole('textbox', { name: words.answer.reason })
  await desk.keyboard.press('Tab')
  await isFocused(reason)
  await desk.keyboard.type('Le toca a la empresa eléctrica.')
  // A half-written reason outlives a reload.
  await desk.reload()
  await expect.poll(() => reason.inputValue()).toBe('Le toca a la empresa eléctrica.')
  await reason.focus()
  await desk.keyboard.press('Control+Enter')
  await desk.getByRole('heading', { level: 1, name: fill(words.one, { number: follows }), exact: true }).waitFor()
  await desk.getByText(counted(1), { exact: true }).waitFor()
  await desk.keyboard.press('Alt+n')
  await desk.getByRole('heading', { level: 1, name: fill(words.one, { number: third }), exact: true }).waitFor()
  expect(await findings(desk)).toEqual([])

  // It is linked to a commitment, and the link is taken away; whoever typed it takes it back.
  const { items } = await ask(`?mine=true&above=${total}`)
  // Whose name stands on one changed their mind; its receipt is taken for them to keep.
  await goTo(page, `/plans/chepo/inputs/${items[0].number}`)
  await page.getByText('Rosa Batista').waitFor()
  await page.getByRole('button', { name: words.receipt.take }).press('Enter')
  const receipt = page.getByRole('region', { name: words.receipt.title })
  await receipt.getByRole('img', { name: words.receipt.qr }).waitFor()
  await isFocused(receipt.getByRole('heading'))
  await page.getByRole('button', { name: words.forGood.forgetName.open }).press('Enter')
  await isFocused(page.getByRole('button', { name: words.forGood.forgetName.do }))
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByText('Rosa Batista').waitFor({ state: 'detached' })
  await isFocused(page.getByRole('article'))
  expect((await ask(`?mine=true&above=${total}&limit=1`)).items[0].from.name).toBe('')
  await goTo(page, `/plans/chepo/inputs/${items.at(-1).number}`)
  const links = page.getByRole('region', { name: words.links.title })
  await links.getByText(words.links.add).press('Enter')
  await links.getByRole('button', { name: words.links.send }).press('Enter')
  const remove = links.getByRole('button', {
    name: new RegExp(`^${fill(words.links.removeOf, { number: 1, title: '' })}`),
  })
  await remove.press('Enter')
  await isFocused(links.getByRole('heading', { name: words.links.title }))
  await links.getByText(words.links.none).waitFor()
  await page.getByRole('button', { name: words.forGood.takeBack.open }).press('Enter')
  await isFocused(page.getByRole('button', { name: words.forGood.takeBack.do }))
  expect(await findingsInBothThemes(page)).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByText(words.standing.takenBack, { exact: true }).waitFor()
  await isFocused(page.getByRole('article'))

  const small = await town.enter('coordinacion', { screen: phone })
  await goTo(small.page, '/plans/chepo')
  await small.page.getByText(fill(words.coverage.of, { answered: answered + 1, total: total + 29 })).waitFor()
  await goTo(small.page, '/plans/chepo/inputs?state=answered')
  await small.page.getByText(words.standing.out_of_scope, { exact: true }).last().waitFor()
  await small.page.locator('summary', { hasText: words.promise.title }).click()
  expect(await findingsInBothThemes(small.page)).toEqual([])
  await goTo(small.page, '/plans/chepo/inputs/new')
  const more = small.page.getByRole('button', { name: words.entry.more })
  await more.waitFor()
  expect(await findings(small.page)).toEqual([])
  // A tab that never heard whose ideas may be entered takes none: they could be stored as somebody else's.
  await small.page.evaluate(() => sessionStorage.clear())
  await small.page.route(rights, (route) => route.abort())
  await small.page.reload()
  const again = small.page.getByRole('button', { name: small.say.common.retry })
  await again.waitFor()
  expect(await small.page.getByRole('textbox').count()).toBe(0)
  expect(await findings(small.page)).toEqual([])
  await small.page.unroute(rights)
  await again.click()
  await more.waitFor()
})

test('[IN4] a facilitator who has only the paper at hand says of which meeting it is', async () => {
  const host = await town.enter('facilitacion', { screen: phone })
  const { page, say } = host
  const { entry, facts, meeting } = say.inputs
  const { items } = await (await host.context.request.get('/api/plans/chepo/meetings')).json()
  const [latest] = items
  await goTo(page, '/plans/chepo/inputs/new')
  await page.getByLabel(facts.meeting).selectOption(fill(meeting, latest))
  expect(await page.getByLabel(facts.place).inputValue()).toBe(latest.place)
  expect(await page.getByLabel(facts.saidOn).inputValue()).toBe(latest.heldOn)
  await page
    .getByRole('textbox', { name: fill(entry.idea, { number: 1 }), exact: true })
    .fill('Un banco a la sombra junto a la parada')
  expect(await findings(page)).toEqual([])
  await page.getByRole('button', { name: fill(entry.send_one, { count: 1 }) }).click()
  await page.getByText(fill(entry.stored_one, { count: 1 })).waitFor()
  const found = await (
    await host.context.request.get(`/api/plans/chepo/inputs?meetingId=${latest.id}&limit=100`)
  ).json()
  expect(found.items.map(({ words }: { words: string }) => words)).toContain('Un banco a la sombra junto a la parada')
})

test('[IN23] what is merged into another input is chosen among those that say much the same', async () => {
  const noris = await town.enter('revision')
  const said = ['Una parada con techo en Las Margaritas', 'Una parada con techo y banco en Las Margaritas']
  const inputs = said.map((words, at) => ({
    key: `una-parada-con-techo-${at}`,
    channel: 'online',
    words,
    consent: true,
  }))
  const { items } = await post<{ items: { number: number }[] }>(noris, '/api/plans/chepo/inputs', { inputs })
  const [first = 0, other = 0] = items.map(({ number }) => number)
  const { page, say } = await town.enter('gobierno', { screen: phone })
  const { answer, standing } = say.inputs
  await goTo(page, `/plans/chepo/inputs/${other}`)
  await page.getByRole('radio', { name: standing.merged }).check()
  await page
    .getByRole('button', { name: fill(answer.alikeOne, { number: first, words: said[0] ?? '' }) })
    .press('Enter')
  expect(await page.getByLabel(answer.into, { exact: true }).inputValue()).toBe(String(first))
  expect(await findings(page)).toEqual([])
})

test("[IN72] what somebody pastes as other people's is not stored as their own", async () => {
  const noris = await town.enter('revision', { screen: phone })
  const { page, say } = noris
  const { entry } = say.inputs
  await goTo(page, '/plans/chepo/inputs/new')
  const idea = (number: number) => page.getByRole('textbox', { name: fill(entry.idea, { number }), exact: true })
  await idea(1).focus()
  await pasteSheet(page, [
    'Una rampa en el muelle\tDon Julio\tsí',
    'Más sombra en la parada',
    'Un pozo\tSeñora Inés\tno',
  ])
  const told = page.getByText(fill(entry.foreign, { names: 'Don Julio, Señora Inés' }))
  await told.waitFor()
  expect(await findings(page)).toEqual([])
  await page.keyboard.press('Control+Enter')
  await isFocused(page.getByRole('alert').filter({ has: told }))
  await page.getByRole('button', { name: fill(entry.drop_other, { count: 2 }) }).press('Enter')
  await told.waitFor({ state: 'detached' })
  await isFocused(idea(2))
  await page.keyboard.press('Control+Enter')
  await page.getByText(fill(entry.stored_one, { count: 1 })).waitFor()
  const { items } = await (await noris.context.request.get('/api/plans/chepo/inputs?mine=true&limit=100')).json()
  const said = items.map(({ words }: { words: string }) => words)
  expect(said).toContain('Más sombra en la parada')
  expect(said).not.toContain('Un pozo')
})

test('[IN71] a guest of a workshop, who is not told how much was answered, brings what is their own', async () => {
  const { workshop, group } = await oneText(town)
  const guest = await scan(town, workshop, 'Luz', group)
  const { page, say } = guest
  const { entry, facts } = say.inputs
  await goTo(page, '/plans/chepo/inputs/new')
  await page
    .getByRole('textbox', { name: fill(entry.idea, { number: 1 }), exact: true })
    .fill('Una pluma junto al muelle')
  expect(await page.getByRole('checkbox', { name: facts.own }).count()).toBe(0)
  await page.getByRole('button', { name: fill(entry.send_one, { count: 1 }) }).click()
  await page.getByText(fill(entry.stored_one, { count: 1 })).waitFor()
  const { items } = await (await guest.context.request.get('/api/plans/chepo/inputs?mine=true')).json()
  expect(items.map(({ from }: { from: { name: string } }) => from.name)).toEqual(['Luz'])
})

/** Pastes lines of a spreadsheet where the focus is. */
const pasteSheet = (page: Page, lines: readonly string[]) =>
  page.evaluate((text) => {
    const data = new DataTransfer()
    data.setData('text/plain', text)
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
    )
  }, lines.join('\n'))
