/** The browser's own idea of idle; where it has none, a short pause. Never longer than half a second. */
export function whenBrowserIsIdle(callback: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(callback, { timeout: 500 })
  else setTimeout(callback, 30)
}

/** Nobody has pressed a key for so long: they rest. What waits for that is done at last though they never do. Milliseconds. */
const calm = 500
const atLast = 15_000

/** The last key, and the first of those since somebody rested. */
let typedAt = Number.NEGATIVE_INFINITY
let typingSince = typedAt
const onTyped = () => {
  const now = performance.now()
  if (now - typedAt > calm) typingSince = now
  typedAt = now
}
// Not every keyboard on a screen tells of its keys.
for (const typed of ['keydown', 'input'])
  globalThis.document?.addEventListener(typed, onTyped, { capture: true, passive: true })

/** Whether somebody is between two letters. Who types on and on is not, until they have rested. */
export const isTyping = (): boolean => restIn() > 0

/** Milliseconds until what waits for a rest is done. */
const restIn = (): number => Math.min(typedAt + calm, typingSince + atLast) - performance.now()

/**
 * The same, but never between the letters of somebody who types: a cheap phone would show the next one late. Who types on
 * and on is waited for once: from then on nothing waits for them, until they have rested.
 */
export function whenTypingRests(callback: () => void): void {
  whenBrowserIsIdle(() => {
    if (isTyping()) setTimeout(whenTypingRests, restIn(), callback)
    else callback()
  })
}
