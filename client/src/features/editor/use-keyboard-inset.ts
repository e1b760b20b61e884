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
    screen.addEventListener('resize', look)
    screen.addEventListener('scroll', look)
    return () => {
      screen.removeEventListener('resize', look)
      screen.removeEventListener('scroll', look)
      root.style.removeProperty('--keyboard')
    }
  }, [])
}
