import { useEffect, useState } from 'react'
import { readToken } from './model.ts'

/** Where the secret waits for a page that is loaded again: in this tab's history, which no address bar shows. */
const kept = 'linkToken'

function tokenOfPage(): string | undefined {
  const state: unknown = window.history.state
  const before = typeof state === 'object' && state !== null && kept in state ? state[kept] : undefined
  return readToken(window.location.hash) ?? (typeof before === 'string' ? before : undefined)
}

/**
 * The secret of the one-time link that led here. It is taken out of the address bar at once, so that nobody copies it
 * from there or finds it in the history; loading the page again keeps it.
 */
export function useLinkToken(): string | undefined {
  const [token, setToken] = useState(tokenOfPage)

  useEffect(() => {
    const take = () => {
      const now = tokenOfPage()
      setToken(now)
      if (window.location.hash !== '')
        window.history.replaceState({ ...window.history.state, [kept]: now }, '', window.location.pathname)
    }
    take()
    window.addEventListener('hashchange', take)
    return () => window.removeEventListener('hashchange', take)
  }, [])
  return token
}
