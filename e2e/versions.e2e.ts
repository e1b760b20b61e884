import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addCommitment, openText } from './document.ts'
import { caretAfter, isFocused } from './keyboard.ts'
import { desk, openTown, people, phone, type Town, type Visitor } from './town.ts'
import { fieldWords, fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

const listOf = ({ page, say }: Visitor) => page.getByRole('dialog', { name: say.versions.title, exact: true })

/** The list of versions, which this opens when it is not there. */
async function versionsOf(visitor: Visitor): Promise<Locator> {
  const { page, say } = visitor
  const panel = listOf(visitor)
  const opener = page.getByRole('button', { name: say.common.document.versions, exact: true })
  if (!(await panel.isVisible())) await opener.click()
  await panel.waitFor()
  return panel
}

/** Keeps the text of now under a name, from the list of versions. */
async function nameVersion(visitor: Visitor, number: number, name: string, note: string): Promise<void> {
  const { page, say } = visitor
  const panel = await versionsOf(visitor)
  await panel.getByRole('button', { name: say.versions.name.open }).click()
  const sheet = page.getByRole('dialog', { name: say.versions.name.title })
  await isFocused(sheet.getByRole('textbox', { name: say.versions.name.label, exact: true }))
  await page.keyboard.type(name)
  await sheet.getByLabel(say.versions.name.note).fill(note)
  await sheet.getByRole('button', { name: say.versions.name.save }).click()
  await panel.getByText(fill(say.versions.name.done, { number })).waitFor()
}

const closePanel = async (visitor: Visitor) => {
  const panel = await versionsOf(visitor)
  await panel.getByRole('button', { name: visitor.say.common.close }).click()
  await panel.waitFor({ state: 'detached' })
}

/** Every `<ins>` or `<del>` of a comparison as it is read out; the legend's are left out. */
const marked = (place: Locator, kind: 'ins' | 'del') => place.getByRole('group').locator(kind).allTextContents()

const first = 'La basura se recoge una vez por semana.'
const last = 'La basura se recoge dos veces por semana. Lo dicen las juntas.'
const mesa = { name: 'Mesa de aseo', note: 'Con las juntas de Las Margaritas.' }

describe.each([
  { screen: desk, language: 'es' as const },
  { screen: phone, language: 'en' as const },
])('at $screen.name, in $language', ({ screen, language }) => {
  /** A commitment that two people wrote in turns, with a version after each, on their screens. */
  async function written() {
    const yadira = await town.enter('sociedad', { screen, language })
    const ivan = await town.enter('gobierno')
    const number = await addCommitment(ivan, 'Aseo con horario')
    const [hers, his] = await Promise.all([openText(yadira, number), openText(ivan, number)])
    await hers.write('problem', first)
    await his.says('problem', first)
    await hers.saved()
    await nameVersion(yadira, 1, mesa.name, mesa.note)
    await closePanel(yadira)

    await his.field('problem').click()
    await ivan.page.keyboard.press('Control+Home')
    await caretAfter(ivan.page, 'La basura se recoge ')
    for (const _ of 'una vez') await ivan.page.keyboard.press('Delete')
    await ivan.page.keyboard.type('dos veces')
    await his.write('problem', ' Lo dicen las juntas.')
    await hers.says('problem', last)
    await his.saved()
    await nameVersion(yadira, 2, 'Segunda mesa', '')
    return { yadira, hers, his }
  }

  const versionCalled = ({ say }: Visitor, number: number, name: string) =>
    `${fill(say.versions.number, { number })}: ${name}`

  test('a version is named and told with its note and authors; any two are compared, word by word', async () => {
    const { yadira } = await written()
    const { page, say } = yadira
    const panel = await versionsOf(yadira)
    const named = panel.getByRole('region', { name: say.versions.group.named })
    const row = named.getByRole('listitem').filter({ hasText: mesa.name })
    await row.getByText(mesa.note).waitFor()
    await row.getByRole('img', { name: `${people.sociedad}, Kernel Community` }).waitFor()
    await named.getByRole('img', { name: `${people.gobierno}, Municipio de Chepo` }).waitFor()

    // Open one to read, and highlight what it changed.
    await named
      .getByRole('button', { name: /Segunda mesa$/, exact: true })
      .first()
      .click()
    await page.getByRole('heading', { level: 1, name: versionCalled(yadira, 2, 'Segunda mesa') }).waitFor()
    await page.getByText(last, { exact: true }).waitFor()
    await page.getByRole('button', { name: say.versions.action.highlight, exact: true }).click()

    const the = (version: number) => fill(say.versions.compare.the, { number: version })
    const compared = (before: string, after: string) =>
      page.getByRole('heading', { level: 1, name: fill(say.versions.compare.title, { before, after }), exact: true })
    await compared(the(1), the(2)).waitFor()
    const stage = page.getByRole('main')
    const { tell } = say.comparing.diff
    await expect.poll(() => marked(stage, 'ins')).toContain(`${tell.added} dos veces ${tell.end}`)
    await expect.poll(() => marked(stage, 'del')).toContain(`${tell.removed} una vez ${tell.end}`)
    await stage.getByRole('heading', { name: fieldWords('problem', language).label }).waitFor()

    // Side by side on a desk, each text once; in one column where there is no room, and on request.
    const sentence = stage.getByRole('group').getByText('por semana')
    const oneColumn = stage.getByRole('button', { name: say.comparing.diff.oneColumn })
    if (screen === desk) {
      const [before, after] = [await sentence.nth(0).boundingBox(), await sentence.nth(1).boundingBox()]
      expect((before?.x ?? 0) + (before?.width ?? 0)).toBeLessThanOrEqual(after?.x ?? 0)
      await oneColumn.click()
      await stage.getByRole('button', { name: say.comparing.diff.twoColumns }).waitFor()
    }
    expect(await sentence.count()).toBe(1)
    expect(await oneColumn.count()).toBe(0)
    await expectNoSidewaysScroll(page)

    // Two others: the first version and the text of now.
    await page.getByLabel(say.versions.compare.to, { exact: true }).selectOption(say.versions.compare.nowText)
    await page
      .getByLabel(say.versions.compare.from, { exact: true })
      .selectOption({ label: versionCalled(yadira, 1, mesa.name) })
    await compared(the(1), say.versions.compare.now).waitFor()
    await expect.poll(() => marked(stage, 'ins')).toContain(`${tell.added} dos veces ${tell.end}`)
    await page.getByRole('button', { name: say.versions.back }).click()
    await page.getByRole('heading', { level: 1, name: 'Aseo con horario' }).waitFor()
  })

  test('any moment of the past is one slider away; restoring brings it back and loses nothing', async () => {
    const { yadira, hers, his } = await written()
    const { page, say } = yadira
    await (await versionsOf(yadira)).getByRole('button', { name: say.versions.timeline.open }).click()
    const slider = page.getByRole('slider', { name: say.versions.timeline.label })
    const kept = page.getByText(fill(say.versions.timeline.isVersion, { name: versionCalled(yadira, 1, mesa.name) }), {
      exact: true,
    })
    await slider.focus()
    await page.getByText(last, { exact: true }).waitFor()
    await page.keyboard.press('PageDown')
    await kept.waitFor()
    await page.getByText(first, { exact: true }).waitFor()
    expect(await page.getByText(last, { exact: true }).count()).toBe(0)
    expect(await slider.getAttribute('aria-valuetext')).toContain(people.sociedad)
    await page.keyboard.press('ArrowRight')
    await page.getByText(last, { exact: true }).waitFor()
    expect(await slider.getAttribute('aria-valuetext')).toContain(people.gobierno)
    await page.getByRole('button', { name: say.versions.timeline.markBefore }).click()
    await kept.waitFor()

    await his.write('problem', ' Falta el día.')
    await his.saved()
    await page.getByRole('button', { name: say.versions.action.restore, exact: true }).click()
    const sheet = page.getByRole('dialog', { name: fill(say.versions.restore.title, { number: 1 }) })
    await sheet.getByText(say.versions.restore.kept).waitFor()
    await sheet.getByRole('button', { name: say.versions.restore.do, exact: true }).click()
    const panel = listOf(yadira)
    await panel.getByText(fill(say.versions.restore.done, { number: 1 })).waitFor()

    // Live on both screens, and the text goes on from there.
    await Promise.all([hers.says('problem', first), his.says('problem', first)])
    await his.write('problem', ' Y los domingos no.')
    await hers.says('problem', `${first} Y los domingos no.`)
    await his.saved()

    // What stood before is a version, and the way here is still in the log.
    const titles = [
      [2, 'Segunda mesa'],
      [1, mesa.name],
      [4, fill(say.versions.kind.restoredFrom, { number: 1 })],
      [3, say.versions.kind.before_restore],
    ].map(([version, title]) => `${fill(say.versions.number, { number: Number(version) })} ${title}`)
    await expect.poll(() => panel.getByRole('heading', { level: 4 }).allTextContents()).toEqual(titles)
    await panel.getByRole('button', { name: say.versions.kind.before_restore }).first().click()
    await page.getByText(`${last} Falta el día.`, { exact: true }).waitFor()
  })
})

/** A page that must be moved sideways to be read is too wide for its screen. */
async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const [content, screen] = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    return [scrollWidth, clientWidth]
  })
  expect(content).toBeLessThanOrEqual(screen)
}
