// @vitest-environment jsdom
import { act, Profiler } from 'react'
import { expect, test, vi } from 'vitest'
import words from '../../locales/es/editor.json' with { type: 'json' }
import type { SaveStatus } from '../../sync/connection.ts'
import { createStore } from '../../sync/store.ts'
import { openPage } from '../../testing/page.tsx'
import { SaveState } from './save-state.tsx'

const page = openPage({ editor: words })
const quiet: SaveStatus = { state: 'saved', pending: 0, kept: true, guard: false, final: null }

/** What stands above a text whose reader may write in it or not, and writes a proposal or not. */
function read(canEdit: boolean, isProposing: boolean, status: SaveStatus = quiet): string {
  return page.draw(<SaveState status={createStore(status)} {...{ canEdit, isProposing }} />).textContent ?? ''
}

test('who proposes is told that, and not that they only read or that it is saved', () => {
  expect(read(false, false)).toContain(words.save.reading)
  for (const canEdit of [false, true]) {
    expect(read(canEdit, true)).toContain(words.save.proposing)
    expect(read(canEdit, true)).not.toContain(words.save.reading)
  }
})

test('trouble, and what is still to be saved in the text, are told to who proposes too', () => {
  expect(read(false, true, { ...quiet, state: 'offline' })).toContain(words.save.offline)
  expect(read(true, true, { ...quiet, state: 'saving', pending: 1 })).toContain(words.save.saving)
})

test('what is typed is saving at once, and saved only after a rest; keys in between draw nothing', () => {
  vi.useFakeTimers()
  try {
    const status = createStore<SaveStatus>(quiet)
    let drawn = 0
    const host = page.draw(
      <Profiler id="state" onRender={() => (drawn += 1)}>
        <SaveState status={status} canEdit />
      </Profiler>,
    )
    expect(host.textContent).toContain(words.save.saved)
    act(() => status.set({ ...quiet, state: 'saving', pending: 1 }))
    expect(host.textContent).toContain(words.save.saving)
    const before = drawn
    for (let key = 0; key < 100; key += 1) {
      act(() => status.set({ ...quiet, state: 'saving', pending: 1 + (key % 3), kept: false }))
      act(() => status.set({ ...quiet, state: 'saving', pending: 1 }))
      act(() => status.set(quiet))
      act(() => vi.advanceTimersByTime(400))
      expect(host.textContent).toContain(words.save.saving)
    }
    expect(drawn).toBe(before)
    act(() => vi.advanceTimersByTime(200))
    expect(host.textContent).toContain(words.save.saved)
  } finally {
    vi.useRealTimers()
  }
})

test('a letter that is not kept on the device yet is no trouble, one that stays so is', () => {
  vi.useFakeTimers()
  try {
    const away: SaveStatus = { ...quiet, state: 'offline', pending: 1 }
    const status = createStore<SaveStatus>(away)
    const host = page.draw(<SaveState status={status} canEdit />)
    for (let key = 0; key < 20; key += 1) {
      act(() => status.set({ ...away, pending: 2 + key, kept: false }))
      act(() => vi.advanceTimersByTime(20))
      expect(host.textContent).toContain(words.save.offline)
      act(() => status.set({ ...away, pending: 2 + key }))
    }
    for (let key = 0; key < 25; key += 1) {
      act(() => status.set({ ...away, pending: 30 + key, kept: false }))
      act(() => vi.advanceTimersByTime(100))
    }
    expect(host.textContent).toContain(words.save.unkept)
    // One letter that is kept takes nothing back; a device that keeps up does.
    for (let key = 0; key < 5; key += 1) {
      act(() => status.set({ ...away, pending: 60 }))
      act(() => vi.advanceTimersByTime(100))
      act(() => status.set({ ...away, pending: 61, kept: false }))
      act(() => vi.advanceTimersByTime(100))
      expect(host.textContent).toContain(words.save.unkept)
    }
    act(() => status.set({ ...away, pending: 61 }))
    act(() => vi.advanceTimersByTime(600))
    expect(host.textContent).toContain(words.save.offline)
  } finally {
    vi.useRealTimers()
  }
})
