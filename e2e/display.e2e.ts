import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findings } from './axe.ts'
import { addCommitment, openText } from './document.ts'
import { desk, openTown, people, phone, type Town, type Visitor } from './town.ts'
import { fieldWords, fill } from './words.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

/** Chooses how somebody is shown in the demo's plan, as their profile does. */
async function choose({ context, url }: Visitor, display: 'name' | 'group' | 'anonymous'): Promise<void> {
  const answer = await context.request.put('/api/plans/chepo/display', { headers: { Origin: url }, data: { display } })
  expect(answer.status()).toBe(204)
}

describe.each([
  { screen: desk, language: 'es' as const },
  { screen: phone, language: 'en' as const },
])('at $screen.name, in $language', ({ screen, language }) => {
  test('[PR2] [PR11] who is shown by group, or not at all, is so at once: among those here, at the caret, in lists', async () => {
    const yadira = await town.enter('sociedad')
    const ivan = await town.enter('gobierno', { screen, language })
    const { page, say } = ivan
    const number = await addCommitment(yadira, `Caminos vecinales ${language}`)
    const [hers, his] = [await openText(yadira, number), await openText(ivan, number)]
    await hers.write('problem', 'El puente no aguanta.')
    await his.mentions('problem', 'El puente no aguanta.')

    const here = (who: string) =>
      page.getByRole('button', { name: `${say.editor.people.label}: ${say.editor.people.you}, ${who}`, exact: true })
    // The label of a caret is for eyes only, so it is found by its words.
    const caret = (who: string) => his.field('problem').getByText(who, { exact: true })
    await here(people.sociedad).waitFor()
    await caret(people.sociedad).waitFor({ state: 'attached' })

    const ofGroup = fill(say.common.people.ofGroup, { group: 'Kernel Community' })
    for (const [display, who] of [
      ['group', ofGroup],
      ['anonymous', say.common.people.unnamed],
    ] as const) {
      await choose(yadira, display)
      await here(who).waitFor()
      await caret(who).waitFor({ state: 'attached' })
      await page.getByText(fill(say.editor.field.inside_one, { name: who }), { exact: true }).waitFor()
      await expect.poll(() => page.getByText(people.sociedad).count()).toBe(0)
    }
    expect(await findings(page)).toEqual([])
    await here(say.common.people.unnamed).click()
    const list = page.getByRole('dialog')
    await list.getByText(say.common.people.unnamed, { exact: true }).waitFor()
    await list.getByText(fill(say.editor.people.in, { field: fieldWords('problem', language).label })).waitFor()

    await page.goto('/plans/chepo')
    await page
      .getByRole('article')
      .filter({ hasText: `Caminos vecinales ${language}` })
      .waitFor()
    // What this device remembers of the plan is shown until the answer comes.
    await expect.poll(() => page.getByText(people.sociedad).count()).toBe(0)
    expect(await findings(page)).toEqual([])
    await choose(yadira, 'name')
  })
})
