import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findings } from './axe.ts'
import { addCommitment, documentOf, goTo, openText, post } from './document.ts'
import { caretAfter, isFocused } from './keyboard.ts'
import { desk, openTown, people, phone, type Town } from './town.ts'
import { fieldWords, fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

const kernel = 'Kernel Community'
const office = 'Municipio de Chepo'

describe.each([
  { screen: desk, language: 'es' as const },
  { screen: phone, language: 'en' as const },
])('at $screen.name, in $language', ({ screen, language }) => {
  test('[AU68] Enter and a list change the form of somebody’s words, and who wrote them is still told', async () => {
    const yadira = await town.enter('sociedad')
    const ivan = await town.enter('gobierno', { screen, language })
    const { page, say } = ivan
    const words = say.authorship
    const number = await addCommitment(ivan, 'Agua con horario')
    const [hers, his] = await Promise.all([openText(yadira, number), openText(ivan, number)])
    await hers.write('problem', 'El agua llega dos horas y nadie avisa.')
    await his.says('problem', 'El agua llega dos horas y nadie avisa.')
    await hers.saved()

    await his.write('problem', ' Falta un horario.')
    await page.keyboard.press('Control+Home')
    await caretAfter(page, 'El agua llega dos horas')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Control+Shift+8')
    await his.saved()

    const opener = page.getByRole('button', { name: say.common.document.who, exact: true })
    await opener.click()
    await page.getByRole('heading', { level: 1, name: words.who }).waitFor()
    const text = page.getByRole('region', { name: words.text })
    const told = (group: string, stretch: string) =>
      text.getByRole('button', { name: fill(words.told, { group, text: stretch }), exact: true })
    await told(kernel, 'El agua llega dos horas').waitFor()
    await told(office, ' Falta un horario.').waitFor()
    expect(await text.getByRole('button').allTextContents()).toEqual([
      'Agua con horario',
      'El agua llega dos horas',
      ' y nadie avisa.',
      ' Falta un horario.',
    ])

    const row = page.getByRole('table', { name: words.byGroup }).getByRole('row').filter({ hasText: kernel })
    expect(await row.getByRole('cell').allTextContents()).toEqual(
      ['38', '38', '53%'].map((cell) => expectCell(cell, language)),
    )
    expect(await findings(page), 'who wrote this').toEqual([])

    await told(office, 'Agua con horario').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await isFocused(told(kernel, ' y nadie avisa.'))
    await page.keyboard.press('Enter')
    const sheet = page.getByRole('dialog', { name: words.who })
    await sheet.getByText(people.sociedad, { exact: true }).waitFor()
    await sheet.getByText(words.sheet.editor).locator('..').getByText(people.gobierno, { exact: true }).waitFor()
    expect(await findings(sheet), 'who wrote these words').toEqual([])
    await sheet.getByRole('button', { name: words.play }).click()

    await page.getByRole('heading', { level: 1, name: say.versions.timeline.title }).waitFor()
    const { label } = fieldWords('problem', language)
    await page.getByRole('heading', { name: label, exact: true }).waitFor()
    expect(await page.getByRole('article').getByRole('heading', { level: 3 }).count()).toBe(1)
    await page.getByRole('article').getByText('El agua llega dos horas y nadie avisa.').waitFor()
    expect(await findings(page), 'the moment').toEqual([])

    const { id } = await post<{ id: string }>(ivan, `/api/documents/${await documentOf(ivan, number)}/versions`, {
      name: 'Mesa de agua',
    })
    await goTo(page, `/plans/chepo/commitments/${number}?v=${id}`)
    const onVersion = page.getByRole('button', { name: say.versions.action.who, pressed: false })
    await onVersion.click()
    await told(kernel, ' y nadie avisa.').waitFor()
    await page.getByRole('button', { name: say.versions.action.who, pressed: true }).click()
    await text.waitFor({ state: 'detached' })

    await goTo(page, `/plans/chepo/authorship`)
    await page.getByRole('heading', { level: 1, name: words.plan.title }).waitFor()
    await page.getByRole('table', { name: words.byGroup }).getByText(kernel).waitFor()
    expect(await findings(page), 'who wrote the plan').toEqual([])
  })
})

/** Spanish parts the number from its sign by a blank that does not break. */
const expectCell = (cell: string, language: 'es' | 'en') => (language === 'es' ? cell.replace('%', '\u00a0%') : cell)
