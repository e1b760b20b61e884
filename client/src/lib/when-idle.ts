/** The browser's own idea of idle; where it has none, a short pause. Never longer than half a second. */
export function whenBrowserIsIdle(callback: () => void): void {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(callback, { timeout: 500 })
  else setTimeout(callback, 30)
}
