/** The browser's own idea of idle; where it has none, a short pause. Never longer than half a second. */
export function whenBrowserIsIdle(callback: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(callback, { timeout: 500 })
  else setTimeout(callback, 30)
}

/** Nobody has pressed a key for so long: they rest. What waits for that is done at last though they never do. Milliseconds. */
const calm = 500
const atLast = 15_000

let typedAt = Number.NEGATIVE_INFINITY
// Not every keyboard on a screen tells of its keys.
for (const typed of ['keydown', 'input'])
  globalThis.document?.addEventListener(typed, () => (typedAt = performance.now()), { capture: true, passive: true })

/** The same, but never between the letters of somebody who types: a cheap phone would show the next one late. */
export function whenTypingRests(callback: () => void, since = performance.now()): void {
  whenBrowserIsIdle(() => {
    const now = performance.now()
    const left = Math.min(typedAt + calm, since + atLast) - now
    if (left <= 0) callback()
    else setTimeout(whenTypingRests, left, callback, since)
  })
}
