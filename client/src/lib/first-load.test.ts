import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createFirstLoad, type FirstLoad } from './first-load.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Whether the rest may come, asked without waiting for it. */
async function restComes({ after }: FirstLoad): Promise<boolean> {
  const load = vi.fn(async () => 'the rest')
  void after(load)()
  await vi.advanceTimersByTimeAsync(0)
  return load.mock.calls.length === 1
}

test('where no text is opened nothing waits', async () => {
  const firstLoad = createFirstLoad()
  expect(await restComes(firstLoad)).toBe(true)
  firstLoad.end()
  expect(await restComes(firstLoad)).toBe(true)
})

test('everything else waits for a text until one can write there', async () => {
  const firstLoad = createFirstLoad()
  firstLoad.beginWithText()
  expect(await restComes(firstLoad)).toBe(false)
  firstLoad.end()
  expect(await restComes(firstLoad)).toBe(true)
  expect(await firstLoad.after(async () => 'words')()).toBe('words')
})

test('a text that does not come keeps nothing away for longer than ten seconds', async () => {
  const firstLoad = createFirstLoad()
  firstLoad.beginWithText()
  await vi.advanceTimersByTimeAsync(9_999)
  expect(await restComes(firstLoad)).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  expect(await restComes(firstLoad)).toBe(true)
})

test('what no text waits for begins when the browser is idle after that, and at once where there is none', async () => {
  const idle: IdleRequestCallback[] = []
  vi.stubGlobal('requestIdleCallback', (callback: IdleRequestCallback) => idle.push(callback))
  const begun = vi.fn(async () => 'the bell')
  const firstLoad = createFirstLoad()
  await firstLoad.last(begun)()
  expect(begun).toHaveBeenCalledTimes(1)
  firstLoad.beginWithText()
  void firstLoad.last(begun)()
  firstLoad.end()
  await vi.advanceTimersByTimeAsync(0)
  expect(begun).toHaveBeenCalledTimes(1)
  for (const callback of idle) callback({ didTimeout: false, timeRemaining: () => 0 })
  await vi.advanceTimersByTimeAsync(0)
  expect(begun).toHaveBeenCalledTimes(2)
  vi.unstubAllGlobals()
})

test('what is begun first comes first, and the last waits for what the page says is next', async () => {
  const begun: string[] = []
  const load = (name: string) => async () => void begun.push(name)
  const firstLoad = createFirstLoad()
  firstLoad.beginWithText()
  void firstLoad.last(load('bell'))()
  void firstLoad.after(load('facts'))()
  let arrive = () => {}
  const next = firstLoad.after(() => {
    begun.push('threads')
    return new Promise<void>((resolve) => {
      arrive = resolve
    })
  })()
  firstLoad.end(next)
  await vi.advanceTimersByTimeAsync(1000)
  expect(begun).toEqual(['facts', 'threads'])
  arrive()
  await vi.advanceTimersByTimeAsync(1000)
  expect(begun).toEqual(['facts', 'threads', 'bell'])
})

test('what comes last comes too where what is next does not', async () => {
  const firstLoad = createFirstLoad()
  firstLoad.beginWithText()
  const begun = vi.fn(async () => undefined)
  void firstLoad.last(begun)()
  firstLoad.end(Promise.reject(new Error('no network')))
  await vi.advanceTimersByTimeAsync(1000)
  expect(begun).toHaveBeenCalledTimes(1)
})
