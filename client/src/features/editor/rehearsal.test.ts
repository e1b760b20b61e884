// @vitest-environment jsdom

import { afterEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { rehearse } from './rehearsal.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

/** Documents that are made meanwhile. */
function watchDocuments() {
  const made: Y.Doc[] = []
  const getXmlFragment = Y.Doc.prototype.getXmlFragment
  vi.spyOn(Y.Doc.prototype, 'getXmlFragment').mockImplementation(function (this: Y.Doc, name) {
    if (!made.includes(this)) made.push(this)
    return getXmlFragment.call(this, name)
  })
  return made
}

/** An idle browser, one step at a time. */
function idle() {
  const asked: (() => void)[] = []
  return {
    whenIdle: (step: () => void) => void asked.push(step),
    /** Does what was asked for; false when nothing was. */
    async next(): Promise<boolean> {
      const step = asked.shift()
      step?.()
      // What an observer of the page hears, it hears once the step is over.
      await Promise.resolve()
      return step !== undefined
    },
  }
}

test('where no browser says that it is idle nothing is done', () => {
  vi.useFakeTimers()
  const made = watchDocuments()
  rehearse()
  vi.advanceTimersByTime(60_000)
  expect(made).toHaveLength(0)
})

test('it is called off at any moment', async () => {
  const made = watchDocuments()
  const never = idle()
  rehearse(never.whenIdle)()
  await never.next()
  expect(made).toHaveLength(0)
  const some = idle()
  const end = rehearse(some.whenIdle)
  for (let step = 0; step < 5; step++) await some.next()
  let gone = 0
  made[0]?.on('destroy', () => (gone += 1))
  end()
  expect(gone).toBe(1)
  await some.next()
  expect(await some.next()).toBe(false)
})

test('letters are typed as by somebody, one a step, and nothing is left of them', async () => {
  const made = watchDocuments()
  const { whenIdle, next } = idle()
  const page = document.documentElement.outerHTML
  rehearse(whenIdle)
  const lengths: number[] = []
  let gone = 0
  while (await next()) {
    const [doc] = made
    if (lengths.length === 0) doc?.on('destroy', () => (gone += 1))
    lengths.push(doc?.getXmlFragment('rehearsal').toString().length ?? 0)
  }
  expect(made).toHaveLength(1)
  expect(lengths.at(-1)).toBe((lengths[0] ?? 0) + 24)
  for (const [at, length] of lengths.entries()) expect(length - (lengths[at - 1] ?? length)).toBeLessThanOrEqual(1)
  expect(gone).toBe(1)
  expect(document.documentElement.outerHTML).toBe(page)
  // The next text finds what this one made ready.
  const again = idle()
  rehearse(again.whenIdle)
  await again.next()
  expect(await again.next()).toBe(false)
  expect(made).toHaveLength(1)
})
