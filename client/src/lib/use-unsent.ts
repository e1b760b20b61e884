import { useEffect } from 'react'

/**
 * Lets the browser ask before the page is closed while something in it was written and not sent. The listener stands only
 * then: with it a browser keeps no copy of the page for the way back.
 */
export function useUnsent(isUnsent: boolean): void {
  useEffect(() => {
    if (!isUnsent) return
    const ask = (event: Event) => event.preventDefault()
    window.addEventListener('beforeunload', ask)
    return () => window.removeEventListener('beforeunload', ask)
  }, [isUnsent])
}
