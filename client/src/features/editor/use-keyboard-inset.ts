import { useEffect } from 'react'

/**
 * Keeps `--keyboard` on the page: how much of its lower edge an on-screen keyboard covers, in pixels. Where the browser
 * shrinks the page itself (`interactive-widget=resizes-content`) it is 0.
 */
export function useKeyboardInset(): void {
  useEffect(() => {
    const screen = window.visualViewport
    if (!screen) return undefined
    const root = document.documentElement
    const look = () => {
      const covered = window.innerHeight - screen.height - screen.offsetTop
      // A pinch also makes the seen part smaller; it covers nothing.
      root.style.setProperty('--keyboard', `${screen.scale === 1 ? Math.max(0, Math.round(covered)) : 0}px`)
    }
    look()
    // The seen part may change without a word while a page is laid out for the first time: writing asks again.
    for (const event of ['resize', 'focusin'] as const) window.addEventListener(event, look)
    for (const event of ['resize', 'scroll'] as const) screen.addEventListener(event, look)
    return () => {
      for (const event of ['resize', 'focusin'] as const) window.removeEventListener(event, look)
      for (const event of ['resize', 'scroll'] as const) screen.removeEventListener(event, look)
      root.style.removeProperty('--keyboard')
    }
  }, [])
}
