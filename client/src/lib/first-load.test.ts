import { afterEach, beforeEach, expect, test, vi } from 'vitest'

type FirstLoad = typeof import('./first-load.ts')

/** As a page that was just opened has it. */
let firstLoad: FirstLoad
beforeEach(async () => {
  vi.useFakeTimers()
  vi.resetModules()
  firstLoad = await import('./first-load.ts')
})
afterEach(() => {
  vi.useRealTimers()
})

/** Whether the rest may come, asked without waiting for it. */
async function restMayCome(): Promise<boolean> {
  let may = false
  void firstLoad.theRest().then(() => {
    may = true
  })
  await vi.advanceTimersByTimeAsync(0)
  return may
}

test('where no text is opened nothing waits', async () => {
  expect(await restMayCome()).toBe(true)
  firstLoad.textIsThere()
  expect(await restMayCome()).toBe(true)
})

test('everything else waits for a text until one can write there', async () => {
  firstLoad.beginWithText()
  expect(await restMayCome()).toBe(false)
  firstLoad.textIsThere()
  expect(await restMayCome()).toBe(true)
})

test('a text that does not come keeps nothing away for longer than ten seconds', async () => {
  firstLoad.beginWithText()
  await vi.advanceTimersByTimeAsync(9_999)
  expect(await restMayCome()).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(await restMayCome()).toBe(true)
})
