import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findings, findingsInBothThemes } from './axe.ts'
import { goTo, openText } from './document.ts'
import { desk, openTown, phone, type Town } from './town.ts'

/** Every page, and the states people meet most, by axe: nothing to find, in light and in dark, on a desk and on a phone. */

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

describe.each([desk, phone])('at $name', (screen) => {
  test('axe finds nothing on any page, in light or in dark', async () => {
    const stranger = await town.arrive({ screen })
    await stranger.page.goto('/login')
    await stranger.page.getByRole('heading', { level: 1 }).waitFor()
    expect(await findingsInBothThemes(stranger.page), 'sign in').toEqual([])

    const visitor = await town.enter('gobierno', { screen })
    const { page, say } = visitor
    await goTo(page, '/plans/chepo')
    await page.getByRole('article').nth(3).waitFor()
    expect(await findingsInBothThemes(page), 'plan').toEqual([])

    await openText(visitor, 1)
    expect(await findingsInBothThemes(page), 'commitment').toEqual([])

    await goTo(page, '/plans/chepo/commitments/1?versions=open')
    await page.getByRole('heading', { name: say.versions.title }).waitFor()
    expect(await findingsInBothThemes(page), 'versions').toEqual([])

    await goTo(page, '/plans/chepo/commitments/1?who=on')
    await page.getByRole('region', { name: say.authorship.text }).waitFor()
    for (const summary of [say.authorship.bySector, say.authorship.byField, say.authorship.deleted.title])
      await page.locator('summary', { hasText: summary }).click()
    await page.locator('summary', { hasText: say.authorship.caveats.title }).click()
    await page.getByText(say.authorship.deleted.what).waitFor()
    expect(await findingsInBothThemes(page), 'who wrote it').toEqual([])

    await goTo(page, '/plans/chepo/descargar')
    await page.locator('#part-evidence').waitFor()
    expect(await findingsInBothThemes(page), 'downloads').toEqual([])

    const reader = await town.enter('revision', { screen })
    await openText(reader, 1)
    expect(await findingsInBothThemes(reader.page), 'commitment, for a reader').toEqual([])
  })
})

test('axe finds nothing on pages that are loaded in the dark', async () => {
  const settings = { colorScheme: 'dark' } as const
  const schemeOf = (page: Page) => page.evaluate(() => document.documentElement.dataset.mantineColorScheme)
  const stranger = await town.arrive({ screen: phone, settings })
  await stranger.page.goto('/login')
  await stranger.page.getByRole('heading', { level: 1 }).waitFor()
  expect(await schemeOf(stranger.page)).toBe('dark')
  expect(await findings(stranger.page), 'sign in').toEqual([])

  const visitor = await town.enter('gobierno', { screen: phone, settings })
  await goTo(visitor.page, '/plans/chepo')
  await visitor.page.getByRole('article').nth(3).waitFor()
  expect(await schemeOf(visitor.page)).toBe('dark')
  expect(await findings(visitor.page), 'plan').toEqual([])

  await openText(visitor, 1)
  expect(await schemeOf(visitor.page)).toBe('dark')
  expect(await findings(visitor.page), 'commitment').toEqual([])
})
