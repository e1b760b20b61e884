import { afterAll, beforeAll, expect, test } from 'vitest'
import { openText } from './document.ts'
import { keeping, openTown, phone, type Town, type Visitor } from './town.ts'

/**
 * The budget of docs/performance.md, for a phone on prepaid data: everything that is asked for before one can write, as
 * it crosses the wire, headers included. What the page fetches ahead afterwards, for the next tap, is not first.
 */
const budget = 350_000
/** The same for who signs in: the frame of all pages, and a form. */
const budgetWithoutEditor = 200_000

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

test.each(['es', 'en'] as const)('the first load of the editor keeps to its budget (%s)', async (language) => {
  const visitor = await town.enter('sociedad', { screen: phone, language, settings: keeping, first: true })
  const { page } = visitor
  await page.addInitScript(noteWhenThere, '[contenteditable="true"]')
  const first = await weigh(visitor)
  const text = await openText(visitor, 1)
  await text.saved()
  await page.waitForLoadState('networkidle')

  const { total, told } = await first()
  expect(total, `${total} bytes, most of them:\n${told}`).toBeLessThanOrEqual(budget)
  // The script of the editor was really among what was counted.
  expect(total, told).toBeGreaterThan(250_000)
})

test('who comes in waits for no editor', async () => {
  const visitor = await town.arrive({ screen: phone, settings: keeping, first: true })
  const { page } = visitor
  await page.addInitScript(noteWhenThere, 'form input')
  const first = await weigh(visitor)
  await page.goto('/login')
  await page.waitForLoadState('networkidle')

  const { total, told } = await first()
  expect(total, `${total} bytes, most of them:\n${told}`).toBeLessThanOrEqual(budgetWithoutEditor)
  expect(total, told).toBeGreaterThan(100_000)
})

/** Counts what a page asks for until what was noted is there. */
async function weigh({ page, context }: Visitor) {
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  const asked = new Map<string, { address: string; at: number }>()
  const weights = new Map<string, number>()
  session.on('Network.requestWillBeSent', ({ requestId, request, wallTime }) =>
    asked.set(requestId, { address: request.url, at: wallTime * 1000 }),
  )
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => weights.set(requestId, encodedDataLength))
  return async () => {
    const thereAt = await page.evaluate(() => (globalThis as unknown as { thereAt?: number }).thereAt)
    const first = [...weights]
      .map(([requestId, weight]) => ({ weight, ...asked.get(requestId) }))
      .filter(({ at }) => at !== undefined && thereAt !== undefined && at <= thereAt)
      .sort((one, other) => other.weight - one.weight)
    return {
      total: first.reduce((sum, { weight }) => sum + weight, 0),
      told: first
        .slice(0, 60)
        .map(({ address, weight }) => `${weight} ${address}`)
        .join('\n'),
    }
  }
}

/** Runs in the page: notes, in milliseconds since 1970, when something is there first. */
function noteWhenThere(selector: string): void {
  const watcher = new MutationObserver(() => {
    if (!document.querySelector(selector)) return
    Object.assign(globalThis, { thereAt: Date.now() })
    watcher.disconnect()
  })
  watcher.observe(document, { childList: true, subtree: true, attributeFilter: ['contenteditable'] })
}
