import { consentText } from '@cabildo/protocol/consent'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findings } from './axe.ts'
import { openText, post, textOn } from './document.ts'
import { isFocused } from './keyboard.ts'
import { desk, openTown, people, phone, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'
import { boardOf, oneText, planOf, scan } from './workshop.ts'

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

const rosa = 'Doña Rosa'

/** Somebody without a phone is written on the list of a workshop. */
async function writeDown(host: Visitor, workshopId: string, name: string): Promise<void> {
  const { groups } = await planOf(host)
  await post(host, `/api${boardOf(workshopId)}/participants`, {
    name,
    groupId: groups[1]?.id,
    display: 'name',
    consent: { version: consentText.version, way: 'spoken' },
  })
}

test.each([phone, desk])(
  '[WS50] a facilitator writes for somebody without a phone, seen by all, until it ends',
  async (screen) => {
    const { host, workshop, group, number } = await oneText(town, { first: true })
    await writeDown(host, workshop.id, rosa)
    const { page, say } = host
    const words = say.behalf
    await page.setViewportSize(screen.viewport)
    const guest = await scan(town, workshop, 'Ana Díaz', group)
    const text = await openText(host, number)

    await page.getByRole('button', { name: words.begin }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: rosa, exact: true }).waitFor()
    expect(await findings(page)).toEqual([])
    await page.getByRole('button', { name: rosa, exact: true }).focus()
    await page.keyboard.press('Enter')
    const banner = page.getByRole('status').filter({ hasText: fill(words.writing, { name: rosa }) })
    await banner.waitFor()
    await isFocused(banner)
    await text.write('problem', 'Falta agua en verano.')
    await text.saved()
    expect(await banner.isVisible()).toBe(true)
    expect(await findings(page)).toEqual([])

    const seen = textOn(guest)
    await seen.mentions('problem', 'Falta agua en verano.')
    await guest.page.getByRole('button', { name: new RegExp(guest.say.editor.people.label) }).click()
    await guest.page.getByText(fill(guest.say.editor.people.for, { name: rosa })).waitFor()
    await guest.page.keyboard.press('Escape')

    // Nothing of hers is kept on this device: the way out asks, and the end waits for what is not sent.
    await host.context.setOffline(true)
    await text.write('problem', ' Y en invierno.')
    await page.getByRole('link', { name: say.common.document.back }).click()
    const asked = page.getByRole('dialog', { name: fill(words.leave.title, { name: rosa }) })
    await asked.waitFor()
    await isFocused(asked.getByRole('button', { name: words.leave.stay }))
    expect(await findings(asked), 'the question').toEqual([])
    await asked.getByRole('button', { name: words.leave.stay }).click()
    await asked.waitFor({ state: 'detached' })
    await text.mentions('problem', ' Y en invierno.')
    const isWritten = () => text.field('problem').getAttribute('contenteditable')
    await page.getByRole('button', { name: words.end }).focus()
    await page.keyboard.press('Enter')
    await banner.getByText(words.waiting).waitFor()
    expect(await isWritten()).toBe('false')
    await isFocused(page.getByRole('button', { name: fill(words.goOn, { name: rosa }) }))
    await page.keyboard.press('Enter')
    await expect.poll(isWritten).toBe('true')
    await page.getByRole('button', { name: words.end }).click()
    await host.context.setOffline(false)

    await isFocused(page.getByRole('button', { name: words.begin }))
    await text.write('problem', ' Y de facilitación.')
    await text.saved()

    // It ends by itself, too, and the facilitator goes on.
    await page.getByRole('button', { name: words.begin }).click()
    await page.getByRole('button', { name: rosa, exact: true }).click()
    await banner.waitFor()
    await post(host, `/api${boardOf(workshop.id)}/close`, {})
    const ended = page.getByRole('status').filter({ hasText: fill(words.ended, { name: rosa }) })
    await isFocused(ended)
    expect(await findings(page), 'the notice at the end').toEqual([])
    await ended.getByRole('button', { name: words.seen }).click()
    await ended.waitFor({ state: 'detached' })
    await text.write('solution', 'Sigue quien facilita.')
    await text.saved()

    const { documentId } = await (await host.context.request.get(`/api/plans/chepo`))
      .json()
      .then((plan) => plan.commitments.find((one: { number: number }) => one.number === number))
    const { items } = await (await host.context.request.get(`/api/documents/${documentId}/history?limit=50`)).json()
    const told = items.map((run: { author: { name: string }; typedBy: { name: string } | null }) => [
      run.author.name,
      run.typedBy?.name ?? null,
    ])
    const typist = people.facilitacion
    expect(told).toContainEqual([rosa, typist])
    expect(told).toContainEqual([typist, null])
    // What came after the end is nobody else's.
    const turns = told
      .map(([author]: string[]) => author)
      .filter((author: string, at: number, all: string[]) => author !== all[at - 1])
    expect(turns).toEqual([typist, rosa, typist])
  },
)
