import { type MilestoneAttribute, milestoneWords, outputsWord } from '@cabildo/schema/milestone-words'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import { commitmentGuidance } from '@cabildo/schema/templates/ogp-commitment-guidance'
import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findings } from './axe.ts'
import { addCommitment, openText } from './document.ts'
import { isFocused } from './keyboard.ts'
import { desk, openTown, people, phone, type Screen, type Town, type Visitor } from './town.ts'
import { factLabel, fieldWords, fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

/** Two people in a new commitment. */
async function twoAt(screen: Screen) {
  const ivan = await town.enter('gobierno', { screen })
  const yadira = await town.enter('sociedad')
  const number = await addCommitment(ivan, 'Un número para cada reporte')
  const [his, hers] = await Promise.all([openText(ivan, number), openText(yadira, number)])
  return { ivan, yadira, his, hers }
}

/** One milestone on somebody's screen, and one of its attributes there. */
const milestone = ({ page, say }: Visitor, number: number, name: string) =>
  page.getByRole('group', { name: fill(say.milestones.named, { number, name }), exact: true })
const attribute = (row: Locator, name: MilestoneAttribute) =>
  row.getByRole('textbox', { name: new RegExp(`^${milestoneWords[name].es} ?,`) })

describe.each([desk, phone])('at $name', (screen) => {
  test('milestones are filled in as a table or as cards, and everybody sees them grow', async () => {
    const { ivan, yadira, his, hers } = await twoAt(screen)
    const { page, say } = ivan
    await page.getByText(say.milestones.empty).waitFor()
    await page.getByRole('button', { name: say.milestones.add }).click()
    await page.getByRole('group', { name: fill(say.milestones.unnamed, { number: 1 }) }).waitFor()
    await isFocused(his.field('milestones'))
    await page.keyboard.type('Registro en marcha')
    await page.keyboard.press('Enter')
    await page.keyboard.type('Un número por reporte.')
    const mine = milestone(ivan, 1, 'Registro en marcha')
    await attribute(mine, 'start').fill('2027-04-01')
    await attribute(mine, 'due').fill('2027-03-01')
    await attribute(mine, 'lead').fill('Obras Municipales')
    await mine.getByText(say.milestones.dueBeforeStart).waitFor()
    await attribute(mine, 'due').fill('2027-06-30')
    await mine.getByText(say.milestones.dueBeforeStart).waitFor({ state: 'detached' })
    await attribute(mine, 'supportCivilSociety').fill('Kernel Community')
    await his.field('title').click()

    const theirs = milestone(yadira, 1, 'Registro en marcha')
    await theirs.getByText('Un número por reporte.').waitFor()
    const values = {
      start: '2027-04-01',
      due: '2027-06-30',
      lead: 'Obras Municipales',
      supportCivilSociety: 'Kernel Community',
    }
    for (const [name, value] of Object.entries(values))
      await expect.poll(() => attribute(theirs, name as keyof typeof values).inputValue()).toBe(value)

    // A table with one heading for all rows on a desk; on a phone each card tells what its parts are.
    const heading = page.getByText(outputsWord.es, { exact: true })
    const parts = [mine.getByRole('heading', { name: 'Registro en marcha' }), mine.getByText('Un número por reporte.')]
    const [name, outputs] = await Promise.all(parts.map((part) => part.boundingBox()))
    if (!name || !outputs) throw new Error('a part of the milestone is not on the page')
    if (screen === desk) expect(outputs.x).toBeGreaterThanOrEqual(name.x + name.width)
    else expect(outputs.y).toBeGreaterThanOrEqual(name.y + name.height)
    expect(await heading.filter({ visible: true }).count()).toBe(1)
    expect(await mine.getByText(fill(say.milestones.number, { number: 1 }), { exact: true }).isVisible()).toBe(
      screen === phone,
    )

    // A second one goes up, and away, and comes back.
    await page.getByRole('button', { name: say.milestones.add }).click()
    await page.getByRole('group', { name: fill(say.milestones.unnamed, { number: 2 }) }).waitFor()
    await isFocused(his.field('milestones'))
    await page.keyboard.type('Mapa público')
    const second = milestone(ivan, 2, 'Mapa público')
    await second.getByRole('button', { name: new RegExp(`^${say.milestones.up}`) }).click()
    const first = milestone(ivan, 1, 'Mapa público')
    await milestone(yadira, 1, 'Mapa público').waitFor()
    await isFocused(first.getByRole('button', { name: new RegExp(`^${say.milestones.up}`) }))
    await first.getByRole('button', { name: new RegExp(`^${say.milestones.remove}`) }).click()
    await milestone(yadira, 1, 'Mapa público').waitFor({ state: 'detached' })
    await page.getByText(fill(say.milestones.removed, { name: 'Mapa público' })).waitFor()
    await page.getByRole('button', { name: say.milestones.undo, exact: true }).last().click()
    await milestone(yadira, 1, 'Mapa público').waitFor()
    await milestone(yadira, 2, 'Registro en marcha').waitFor()
    await Promise.all([his.saved(), hers.saved()])
  })

  test('facts are a form that two fill in at once', async () => {
    const { ivan, yadira, his, hers } = await twoAt(screen)
    const { page, say } = ivan
    const fact = (visitor: Visitor, key: string) => visitor.page.getByLabel(factLabel(key), { exact: true })
    await fact(ivan, 'leadInstitution').fill('Obras Municipales')
    await expect.poll(() => fact(yadira, 'leadInstitution').inputValue()).toBe('Obras Municipales')
    await yadira.page.getByText(fill(yadira.say.facts.here_one, { name: people.gobierno }), { exact: true }).waitFor()
    await fact(yadira, 'supportCivilSociety').fill('Kernel Community\nComités de agua')
    await expect.poll(() => fact(ivan, 'supportCivilSociety').inputValue()).toBe('Kernel Community\nComités de agua')

    await fact(ivan, 'periodStart').fill('2027-04-01')
    await fact(yadira, 'periodEnd').fill('2026-12-31')
    await page.getByText(say.facts.problem.period).waitFor()
    await fact(yadira, 'periodEnd').fill('2028-12-31')
    await page.getByText(say.facts.problem.period).waitFor({ state: 'detached' })

    const values = (visitor: Visitor) => visitor.page.getByRole('group', { name: factLabel('ogpValues'), exact: true })
    const areas = yadira.page.getByRole('group', { name: factLabel('policyAreas'), exact: true })
    await areas.scrollIntoViewIfNeeded()
    const stood = await areas.boundingBox()
    await values(ivan).getByText('Participación ciudadana', { exact: true }).click()
    const here = fill(yadira.say.facts.here_one, { name: people.gobierno })
    await values(yadira).getByText(here, { exact: true }).waitFor()
    // Under the finger of somebody who is about to press there, nothing moves because somebody came.
    expect(await areas.boundingBox()).toEqual(stood)
    await areas.getByText(new RegExp(`^${yadira.say.facts.choices.open}`)).click()
    const options = areas.getByRole('checkbox')
    for (let place = 0; place < 5; place += 1) await options.nth(place).press(' ')
    await options.nth(5).press(' ')
    await areas.getByText(fill(yadira.say.facts.choices.full_other, { count: 5 })).waitFor()
    await expect
      .poll(() => yadira.page.getByRole('checkbox', { name: 'Participación ciudadana' }).first().isChecked())
      .toBe(true)
    await Promise.all([his.saved(), hers.saved()])

    await fact(ivan, 'leadInstitution').fill('Otra oficina')
    await his.field('title').click()
    await expect.poll(() => fact(yadira, 'leadInstitution').inputValue()).toBe('Otra oficina')
    await page.keyboard.press('Control+z')
    await expect.poll(() => fact(yadira, 'leadInstitution').inputValue()).toBe('Obras Municipales')
  })

  test('each question has its help and counts against what usually is enough; Enter leads on from the title', async () => {
    const { ivan, his } = await twoAt(screen)
    const { page, say } = ivan
    const { label } = fieldWords('summary')
    const summary = ogpCommitment.fields.find(({ name }) => name === 'summary')
    if (!summary) throw new Error('no summary')
    const help = page.getByRole('button', { name: new RegExp(`^${say.editor.field.help} ?: ${label}$`) })
    expect(await help.getAttribute('aria-expanded')).toBe('false')
    await help.click()
    await page.getByText(say.editor.field.guidance, { exact: true }).filter({ visible: true }).waitFor()
    await page.getByText(commitmentGuidance.summary[0]?.es ?? '', { exact: true }).waitFor()
    await help.click()
    expect(await page.getByText(say.editor.field.guidance, { exact: true }).filter({ visible: true }).count()).toBe(0)

    await his.field('title').click()
    await page.keyboard.press('Enter')
    await isFocused(his.field('summary'))
    await page.keyboard.insertText('a'.repeat(summary.softLimit))
    const limit = summary.softLimit
    await page.getByText(fill(say.editor.field.length, { length: limit, limit }), { exact: true }).waitFor()
    await page.keyboard.type('bcd')
    await page
      .getByText(fill(say.editor.field.over_other, { length: limit + 3, over: 3, limit }), { exact: true })
      .waitFor()
  })
})

test('[IM1] [IM20] [IM30] a text of a file is shown with its places, and what is chosen arrives in the fields for everybody', async () => {
  const yadira = await town.enter('sociedad', { screen: phone })
  const { page, say, language } = yadira
  const words = say.imports
  const text = await openText(yadira, await addCommitment(yadira, 'Faroles del parque'))
  const tool = page.getByRole('button', { name: words.open })
  await tool.focus()
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: words.title })
  const choosing = page.waitForEvent('filechooser')
  await isFocused(sheet.getByRole('button', { name: words.choose }))
  await page.keyboard.press('Enter')
  const markdown =
    '# Luz para todos\n\n## El problema\n\nEl parque está **oscuro**.\n\n## Hitos\n\n- Faroles puestos\n\n## Anexo\n\nFotos de noche.\n'
  await (await choosing).setFiles({ name: 'faroles.md', mimeType: 'text/markdown', buffer: Buffer.from(markdown) })
  // What the form does not know is the reader's to place; the title stays unless they say otherwise.
  const place = (heading: string) => sheet.getByRole('combobox', { name: fill(words.targetOf, { heading }) })
  await place('Anexo').selectOption({ label: fieldWords('causes', language).label })
  expect(await place('Luz para todos').inputValue()).toBe('')
  expect(await findings(page)).toEqual([])
  await sheet.getByRole('button', { name: fill(words.apply_other, { count: 3 }) }).click()
  await sheet.getByText(words.done).waitFor()
  await sheet.getByRole('button', { name: say.common.close }).last().click()
  await text.says('problem', 'El parque está oscuro.')
  await text.mentions('causes', 'Fotos de noche.')
  await text.says('title', 'Faroles del parque')
  await milestone(yadira, 1, 'Faroles puestos').waitFor()
  await expect.poll(() => tool.evaluate((element) => element === document.activeElement)).toBe(true)
})
