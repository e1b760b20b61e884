import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findings } from './axe.ts'
import { goTo, openText, textOn } from './document.ts'
import { desk, openTown, people, phone, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

/** The commitments of a plan page as a reader finds them. */
const cards = ({ page, say }: Visitor) =>
  page.getByRole('region', { name: say.plans.plan.commitments }).getByRole('article')

describe.each([desk, phone])('at $name', (screen) => {
  test('the plan shows its commitments with state, last change and who is inside now', async () => {
    const visitor = await town.enter('gobierno', { screen })
    const { page, say } = visitor
    await goTo(page, '/')
    await page.getByRole('heading', { level: 1, name: 'Plan de acción de gobierno abierto de Chepo' }).waitFor()

    const list = cards(visitor)
    const demo = [
      { title: 'Cuentas claras: publicar cada mes el gasto y los contratos', state: say.plans.state.review },
      { title: 'Presupuesto participativo con las juntas comunales', state: say.plans.state.drafting },
      { title: 'Respuesta pública a los reportes de agua, caminos y basura', state: say.plans.state.drafting },
      { title: 'Elección abierta del comité de la fiesta de San Cristóbal', state: say.plans.state.implementing },
    ]
    for (const [place, { title, state }] of demo.entries()) {
      const card = list.nth(place)
      await card.getByRole('link', { name: fill(say.plans.plan.numbered, { number: place + 1 }) }).waitFor()
      const words = await card.textContent()
      for (const word of [title, state, say.plans.plan.changed]) expect(words).toContain(word)
      expect(words).toMatch(/Municipio de Chepo|Kernel Community/)
      await card.getByRole('time').waitFor()
    }
    const inside = list.nth(2).getByRole('list', { name: say.plans.plan.inside })
    expect(await inside.count()).toBe(0)

    const other = await town.enter('sociedad')
    await openText(other, 3)
    await inside.getByRole('img', { name: `${people.sociedad}, Kernel Community` }).waitFor()
    await goTo(other.page, '/')
    await inside.waitFor({ state: 'detached' })
  })

  test('a commitment is added with one question, and opens to be written', async () => {
    const visitor = await town.enter('sociedad', { screen })
    const { page, say } = visitor
    await goTo(page, '/plans/chepo')
    await cards(visitor).nth(3).waitFor()
    const before = await cards(visitor).count()

    await page.getByRole('button', { name: say.plans.add.button }).click()
    const dialog = page.getByRole('dialog', { name: say.plans.add.title })
    await dialog.getByRole('button', { name: say.plans.add.submit }).click()
    await dialog.getByText(say.plans.add.needTitle).waitFor()
    const title = `Agua de pozo revisada cada mes, ${screen.name}`
    await page.keyboard.type(title)
    await page.keyboard.press('Enter')

    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    expect(new URL(page.url()).pathname).toBe(`/plans/chepo/commitments/${before + 1}`)
    const text = textOn(visitor)
    await text.says('title', title)
    await text.saved()

    await page.getByRole('link', { name: say.common.document.back }).click()
    const added = cards(visitor).nth(before)
    await added.getByText(say.plans.state.drafting).waitFor()
    expect(await added.textContent()).toContain(title)
  })
})

test('who may only read is not offered to add a commitment', async () => {
  const visitor = await town.enter('revision')
  const { page, say } = visitor
  await goTo(page, '/plans/chepo')
  await cards(visitor).first().waitFor()
  expect(await page.getByRole('button', { name: say.plans.add.button }).count()).toBe(0)
})

test.each(['', '/avance', '/approval'])(
  'where an address names no commitment of the plan it says so and leads back to the plan (%s)',
  async (below) => {
    const { page, say } = await town.enter('gobierno', { screen: phone })
    await goTo(page, `/plans/chepo/commitments/999${below}`)
    await page.getByRole('heading', { level: 1, name: say.common.notFound.title }).waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByRole('link', { name: say.common.notFound.plan }).click()
    await page.getByRole('article').nth(3).waitFor()
  },
)
