import { afterAll, beforeAll, expect, test } from 'vitest'
import { openText } from './document.ts'
import { keeping, openTown, phone, type Town } from './town.ts'

/**
 * The budget of docs/performance.md, for a phone on prepaid data: everything that is asked for before one can write, as
 * it crosses the wire, headers included. What the page fetches ahead afterwards, for the next tap, is not first.
 */
const budget = 350_000

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

test.each(['es', 'en'] as const)('the first load of the editor keeps to its budget (%s)', async (language) => {
  const visitor = await town.enter('sociedad', { screen: phone, language, settings: keeping, first: true })
  const { page, context } = visitor
  await page.addInitScript(noteWhenEditable)
  const session = await context.newCDPSession(page)
  await session.send('Network.enable')
  const asked = new Map<string, { address: string; at: number }>()
  const weights = new Map<string, number>()
  session.on('Network.requestWillBeSent', ({ requestId, request, wallTime }) =>
    asked.set(requestId, { address: request.url, at: wallTime * 1000 }),
  )
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => weights.set(requestId, encodedDataLength))

  const text = await openText(visitor, 1)
  await text.saved()
  await page.waitForLoadState('networkidle')

  const editableAt = await page.evaluate(() => (globalThis as unknown as { editableAt?: number }).editableAt)
  const first = [...weights]
    .map(([requestId, weight]) => ({ weight, ...asked.get(requestId) }))
    .filter(({ at }) => at !== undefined && editableAt !== undefined && at <= editableAt)
    .sort((one, other) => other.weight - one.weight)
  const total = first.reduce((sum, { weight }) => sum + weight, 0)
  const told = first.slice(0, 60).map(({ address, weight }) => `${weight} ${address}`)
  expect(total, `${total} bytes, most of them:\n${told.join('\n')}`).toBeLessThanOrEqual(budget)
  // The script of the editor was really among what was counted.
  expect(total, told.join('\n')).toBeGreaterThan(250_000)
})

/** Runs in the page: notes, in milliseconds since 1970, when a field can first be typed into. */
function noteWhenEditable(): void {
  const watcher = new MutationObserver(() => {
    if (!document.querySelector('[contenteditable="true"]')) return
    Object.assign(globalThis, { editableAt: Date.now() })
    watcher.disconnect()
  })
  watcher.observe(document, { childList: true, subtree: true, attributeFilter: ['contenteditable'] })
}
