import { browserStorage } from '../../sync/kept-index.ts'
import type { WayIn } from './api.ts'

/** Where the way into the workshop of this phone is kept, so that the next person needs no camera. */
const key = 'cabildo:way-in'

/** Keeps the way in that worked. It hangs on the wall for everybody to see, and ends with the workshop. */
export function keepWayIn(way: WayIn): void {
  try {
    browserStorage()?.setItem(key, JSON.stringify(way))
  } catch {
    // Full or switched off: the next person types the code.
  }
}

/** The way in that worked last on this phone. */
export function keptWayIn(): WayIn | undefined {
  try {
    const way: unknown = JSON.parse(browserStorage()?.getItem(key) ?? 'null')
    if (typeof way !== 'object' || way === null) return undefined
    if ('token' in way) return { token: String(way.token) }
    return 'code' in way ? { code: String(way.code) } : undefined
  } catch {
    return undefined
  }
}

/** Forgets a way in that leads nowhere any more. */
export function forgetWayIn(): void {
  browserStorage()?.removeItem(key)
}
