import type { Locator } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addCommitment, goTo, openText } from './document.ts'
import { isFocused } from './keyboard.ts'
import { desk, moving, openTown, people, phone, type Town } from './town.ts'
import { fieldWords, fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

test('a desk and a phone write in the same paragraph, and each undoes what is theirs', async () => {
  const ivan = await town.enter('gobierno', { screen: desk, settings: moving })
  const yadira = await town.enter('sociedad', { screen: phone, settings: moving })
  const number = await addCommitment(ivan, 'Agua con horario')
  const [his, hers] = await Promise.all([openText(ivan, number), openText(yadira, number)])

  await his.write('problem', 'El agua llega dos horas.')
  await hers.says('problem', 'El agua llega dos horas.')
  await his.saved()

  const saving = his.state(ivan.say.editor.save.saving).waitFor()
  await Promise.all([
    his.write('problem', 'En la isla, desde hace un año: ', 'start'),
    hers.write('problem', ' Nadie dijo por qué, ni hasta cuándo.'),
  ])
  await saving
  const both = 'En la isla, desde hace un año: El agua llega dos horas. Nadie dijo por qué, ni hasta cuándo.'
  await Promise.all([his.says('problem', both), hers.says('problem', both)])
  await Promise.all([his.saved(), hers.saved()])

  const undo = (visitor: typeof ivan) => visitor.page.getByRole('button', { name: visitor.say.editor.tool.undo })
  const undoAll = async (visitor: typeof ivan) => {
    while (await undo(visitor).isEnabled()) await undo(visitor).click()
  }
  await ivan.page.keyboard.press('Control+z')
  await expect.poll(() => hers.read('problem')).not.toBe(both)
  await hers.mentions('problem', ' Nadie dijo por qué, ni hasta cuándo.')
  await undoAll(ivan)
  const left = ' Nadie dijo por qué, ni hasta cuándo.'
  await Promise.all([his.says('problem', left), hers.says('problem', left)])

  await ivan.page.keyboard.press('Control+Shift+z')
  await expect.poll(() => hers.read('problem')).not.toBe(left)
  await undoAll(yadira)
  await expect.poll(() => his.read('problem')).not.toContain('Nadie')
  await Promise.all([his.saved(), hers.saved()])
  expect(await hers.read('problem')).toBe(await his.read('problem'))
})

test('a field out of sight has no editor until one comes to it, and says all the same what others write', async () => {
  const ivan = await town.enter('gobierno')
  const yadira = await town.enter('sociedad')
  const { page, say } = ivan
  const [his, hers] = await Promise.all([openText(ivan, 1), openText(yadira, 1)])
  const far = his.field('participation')
  const isMade = (field: Locator) => field.getAttribute('contenteditable')
  await hers.write('participation', ' Y por la radio.')
  await his.mentions('participation', ' Y por la radio.')
  expect(await isMade(far)).toBeNull()
  await hers.saved()

  const before = await far.boundingBox()
  const help = page.locator('#field-participation').getByRole('button', { name: say.editor.field.help })
  await help.evaluate((element) => element.focus({ preventScroll: true }))
  await page.keyboard.press('Tab')
  await isFocused(far)
  expect([await isMade(far), (await far.boundingBox())?.height]).toEqual(['true', before?.height])
  await page.keyboard.type('Primero: ', { delay: 5 })
  await hers.mentions('participation', 'Primero: ')
  await his.saved()

  // Pressed before its turn came: what is typed stands where one pressed.
  await goTo(page, '/plans/chepo')
  await goTo(page, '/plans/chepo/commitments/1')
  await his.mentions('participation', 'Primero: ')
  expect(await isMade(far)).toBeNull()
  await far.evaluate((element) => {
    element.scrollIntoView({ block: 'center' })
    const first = document.createTreeWalker(element, NodeFilter.SHOW_TEXT).nextNode()
    const range = document.createRange()
    if (!first) throw new Error('no text')
    range.setStart(first, 3)
    range.setEnd(first, 4)
    const { left, top, height } = range.getBoundingClientRect()
    const at = { clientX: left + 1, clientY: top + height / 2 }
    element.dispatchEvent(new MouseEvent('mousedown', { bubbles: true, cancelable: true, ...at }))
  })
  await page.keyboard.type('-')
  await hers.mentions('participation', 'Pri-mero: ')
  await his.saved()

  await goTo(page, '/plans/chepo')
  await page.goto('/plans/chepo/commitments/1#field-results')
  await expect.poll(() => isMade(his.field('results'))).toBe('true')
  const isInSight = async () => {
    const { y = -1 } = (await his.field('results').boundingBox()) ?? {}
    return y > 0 && y < desk.viewport.height
  }
  await expect.poll(isInSight).toBe(true)
})

describe.each([desk, phone])('at $name', (screen) => {
  test('who is here, from which group and in which field is seen, until they leave', async () => {
    const ivan = await town.enter('gobierno', { screen })
    const yadira = await town.enter('sociedad')
    const { page, say } = ivan
    const [his, hers] = await Promise.all([openText(ivan, 3), openText(yadira, 3)])
    const solution = fieldWords('solution')

    await hers.write('solution', 'Con la radio local.')
    await his.mentions('solution', 'Con la radio local.')
    await his.field('solution').scrollIntoViewIfNeeded()
    await his.field('solution').getByText(people.sociedad, { exact: true }).waitFor()
    await page.getByText(fill(say.editor.field.inside_one, { name: people.sociedad }), { exact: true }).waitFor()

    const here = page.getByRole('button', {
      name: `${say.editor.people.label}: ${say.editor.people.you}, ${people.sociedad}`,
    })
    await here.click()
    const list = page.getByRole('dialog', { name: fill(say.editor.people.title_other, { count: 2 }) })
    const row = list.getByRole('listitem').filter({ hasText: people.sociedad })
    await row.getByText('Kernel Community', { exact: true }).waitFor()
    await row.getByText(fill(say.editor.people.in, { field: solution.label }), { exact: true }).waitFor()
    await row.getByRole('button', { name: fill(say.editor.people.go, { field: solution.label }) }).click()
    await list.waitFor({ state: 'detached' })
    await isFocused(his.field('solution'))

    await goTo(yadira.page, '/plans/chepo')
    await page
      .getByRole('button', { name: `${say.editor.people.label}: ${say.editor.people.you}`, exact: true })
      .waitFor()
    await his.field('solution').getByText(people.sociedad, { exact: true }).waitFor({ state: 'detached' })
  })

  test('a reviewer reads every word as it comes, and has nothing to type into', async () => {
    const ivan = await town.enter('gobierno')
    const noris = await town.enter('revision', { screen })
    const { page, say } = noris
    const [his, hers] = await Promise.all([openText(ivan, 3), openText(noris, 3)])

    await page.getByText(say.editor.save.reading, { exact: true }).waitFor()
    await page.getByText(say.editor.form.mayPropose).waitFor()
    expect(await page.getByRole('textbox').count()).toBe(0)
    expect(await page.getByRole('toolbar').count()).toBe(0)

    const words = `El río crece en octubre (${screen.name}).`
    await his.write('causes', words)
    await hers.mentions('causes', words)
    await his.saved()
    const before = await hers.read('causes')
    await hers.field('causes').click()
    await page.keyboard.type('no se puede')
    await his.write('causes', ' Y baja en enero.')
    await hers.mentions('causes', ' Y baja en enero.')
    await expect.poll(() => hers.read('causes')).toBe(before.replace(words, `${words} Y baja en enero.`))
    await his.field('causes').getByText(people.revision).waitFor({ state: 'detached' })
  })
})
