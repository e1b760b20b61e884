import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createKeys } from '../server/src/keys.ts'
import { stopToken } from '../server/src/review/news/stop-token.ts'
import { findingsInBothThemes } from './axe.ts'
import { addCommitment, documentOf, goTo, openText, post } from './document.ts'
import { isFocused } from './keyboard.ts'
import { desk, openTown, people, phone, type Town, type Visitor } from './town.ts'
import { fill } from './words.ts'

/** What letters are sealed with, so that the link of one can be made here. */
const appKey = 'a'.repeat(43)

let town: Town
beforeAll(async () => {
  town = await openTown({ more: { APP_KEY: appKey } })
})
afterAll(() => town?.close())

const bell = ({ page }: Visitor) => page.getByRole('navigation').getByRole('button', { name: /^(Novedades|News): / })
const panel = ({ page, say }: Visitor) => page.getByRole('dialog', { name: say.news.title, exact: true })

/** Opens a thread on a commitment through the program, which names somebody. */
async function ask(visitor: Visitor, number: number, body: string, named: string): Promise<void> {
  const members = await visitor.context.request.get('/api/plans/chepo/members?limit=200')
  const { items } = (await members.json()) as { items: { person: { id: string; name: string } }[] }
  const id = items.find(({ person }) => person.name === named)?.person.id ?? ''
  await post(visitor, `/api/documents/${await documentOf(visitor, number)}/threads`, {
    ...{ key: crypto.randomUUID(), kind: 'question', body: `${body} @[${id}]`, mentions: [id] },
  })
}

describe.each([
  { screen: desk, language: 'es' as const },
  { screen: phone, language: 'en' as const },
])('at $screen.name, in $language', ({ screen, language }) => {
  test('[NE3] [NE30] [NE31] [PC20] the bell rings while one writes, says how much and why, leads to the place, and then is still', async () => {
    const ivan = await town.enter('gobierno', { screen, language })
    const noris = await town.enter('revision')
    const number = await addCommitment(ivan, 'Cuentas claras')
    await openText(ivan, number)
    const { say } = ivan

    // What was before is seen by opening it.
    await bell(ivan).click()
    await panel(ivan)
      .getByRole('list', { name: say.news.list })
      .or(panel(ivan).getByText(say.news.none))
      .first()
      .waitFor()
    await ivan.page.keyboard.press('Escape')
    await ivan.page.getByRole('button', { name: say.common.bell.none, exact: true }).waitFor()

    // Noris names him: his bell says so without a reload.
    await ask(noris, number, '¿Cada semana?', people.gobierno)
    const words = `${fill(say.common.bell.unread_one, { count: 1 })}, ${fill(say.common.bell.mine_one, { count: 1 })}`
    await ivan.page.getByRole('button', { name: words, exact: true }).click()
    const told = panel(ivan).getByRole('list', { name: say.news.list }).locator(':scope > li').first()
    await told.getByText(`¿Cada semana? @${people.gobierno}`).waitFor()
    expect(await told.textContent()).toContain(say.news.new)
    expect(await told.textContent()).toContain(say.news.cause.mention)
    expect(await findingsInBothThemes(ivan.page)).toEqual([])

    // The line leads to the very thread.
    await told.getByRole('link').click()
    await panel(ivan).waitFor({ state: 'detached' })
    await expect.poll(() => new URL(ivan.page.url()).search).toBe('?threads=1')
    const thread = ivan.page.getByRole('dialog', { name: say.threads.title, exact: true })
    await thread.getByText('¿Cada semana?').first().waitFor()
    await bell(ivan)
      .and(ivan.page.getByRole('button', { name: say.common.bell.none, exact: true }))
      .waitFor()

    // And so does that of a proposal, which leads to it also once it is decided.
    const at = `/api/documents/${await documentOf(noris, number)}/proposals`
    const hunk = { target: 'fact', key: 'leadInstitution', before: null, after: 'Alcaldía' }
    const { id } = await post<{ id: string }>(noris, at, { key: crypto.randomUUID(), note: 'Falta.', hunks: [hunk] })
    await post(ivan, `${at}/${id}/reject`, { reason: 'Ya se sabe.' })
    // On a phone what is said covers the bell.
    await thread.getByRole('button', { name: say.common.close, exact: true }).click()
    await thread.waitFor({ state: 'detached' })
    await bell(ivan).click()
    await panel(ivan)
      .getByRole('link', { name: fill(say.news.what.proposed, { who: people.revision, number: 1 }) })
      .first()
      .click()
    await expect.poll(() => new URL(ivan.page.url()).search).toBe('?proposals=1')
    const card = ivan.page.getByRole('article', {
      name: fill(say.proposals.card.label, { number: 1, name: people.revision }),
    })
    await card.getByText(/Ya se sabe/).waitFor()
    await isFocused(card)
  })
})

test('[NE1] [NE3] [NE31] of the inputs of an hour the list counts what is new, also when it is asked for once more, and leads to them', async () => {
  const ivan = await town.enter('gobierno', { screen: phone })
  const noris = await town.enter('revision')
  const { page, say } = ivan
  const bring = (count: number) => {
    const words = { channel: 'online', words: 'Más luz en la parada', consent: true }
    const inputs = Array.from({ length: count }, () => ({ key: crypto.randomUUID(), ...words }))
    return post<{ items: { number: number }[] }>(noris, '/api/plans/chepo/inputs', { inputs })
  }
  await goTo(page, '/plans/chepo')
  await bring(3)
  await bell(ivan).click()
  await panel(ivan).getByRole('list', { name: say.news.list }).waitFor()
  await page.keyboard.press('Escape')
  await bell(ivan)
    .and(page.getByRole('button', { name: say.common.bell.none, exact: true }))
    .waitFor()

  const { items } = await bring(2)
  await bell(ivan).click()
  const line = fill(say.news.what.brought_other, { count: 2, number: items.at(-1)?.number ?? 0 })
  const told = panel(ivan).getByRole('listitem').filter({ hasText: line })
  const isNew = () => told.getByText(say.news.new, { exact: true }).waitFor()
  await isNew()
  const filter = panel(ivan).getByRole('button', { name: say.news.mine, exact: true })
  await filter.click()
  await told.waitFor({ state: 'detached' })
  await filter.click()
  await isNew()

  await told.getByRole('link').click()
  await expect.poll(() => new URL(page.url()).pathname).toBe('/plans/chepo/inputs')
  await page.getByRole('heading', { level: 1, name: say.inputs.title, exact: true }).waitFor()
})

test('[NE10] [NE32] [NE23] a facilitator copies the news as a text that names nobody, and chooses how to be told', async () => {
  const ruben = await town.enter('facilitacion', { screen: phone })
  const { page, say } = ruben
  await ruben.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await goTo(page, '/plans/chepo')
  await page.getByRole('link', { name: say.plans.plan.news, exact: true }).click()
  await page.getByRole('heading', { level: 1, name: say.news.title }).waitFor()
  await page.getByRole('button', { name: say.news.share.copy }).click()
  await page.getByText(say.news.share.copied).first().waitFor()
  const text = await page.evaluate(() => navigator.clipboard.readText())
  expect(text).toMatch(/^Novedades de /)
  expect(text).toContain(`${town.url}/plans/chepo/novedades`)
  // Chepo's plan is public: whoever has no account reads there.
  expect(text.trimEnd().endsWith(` ${town.url}/p/chepo`)).toBe(true)
  for (const name of Object.values(people)) expect(text).not.toContain(name)
  expect(await findingsInBothThemes(page)).toEqual([])

  await goTo(page, '/profile')
  const often = page.getByLabel(say.news.settings.mail)
  await often.selectOption('off')
  await page.getByText(say.news.settings.saved).waitFor()
  await page.reload()
  await expect.poll(() => often.inputValue()).toBe('off')
})

test('[NE24] the link of a letter stops them with one press, without signing in', async () => {
  const yadira = await town.enter('sociedad')
  const { user } = (await (await yadira.context.request.get('/api/session')).json()) as { user: { id: string } }
  const { page, say } = await town.arrive({ screen: phone })
  await page.goto(`${town.url}/sin-cartas#${stopToken(createKeys(appKey), user.id)}`)
  await page.getByRole('button', { name: say.news.stop.button }).click()
  await page.getByText(say.news.stop.done).waitFor()
  expect(await findingsInBothThemes(page)).toEqual([])
  const settings = await (await yadira.context.request.get('/api/profile/news')).json()
  expect(settings).toMatchObject({ mail: 'off' })
})
