import { createStore } from './store.ts'

/**
 * Who has the session of this browser, when it changed hands in another page: this one was opened for somebody else, and
 * stops (WS28). It stays so until the page is loaded anew.
 */
export const turnedElsewhere = createStore<{ id: string; name: string } | null>(null)

/** Part of the browser's event that is needed. */
type Written = Pick<StorageEvent, 'key' | 'newValue'>

/**
 * Hears of it when another page remembers somebody else under `key`, also without a network. `guest` answers the guest
 * this page was opened for; an account has its own ways to sign out.
 */
export function hearOfTurns(key: string, guest: () => { id: string } | undefined): (written: Written) => void {
  return (written) => {
    if (written.key !== key) return
    const now = readPerson(written.newValue)
    const me = guest()
    // Once it has stopped, a page follows whoever it is now, also back to its own person: its sockets are closed.
    if (now && me && (now.id !== me.id || turnedElsewhere.get())) turnedElsewhere.set(now)
  }
}

function readPerson(text: string | null): { id: string; name: string } | undefined {
  try {
    const value: unknown = JSON.parse(text ?? 'null')
    if (typeof value !== 'object' || value === null || !('id' in value && 'name' in value)) return undefined
    return { id: String(value.id), name: String(value.name) }
  } catch {
    return undefined
  }
}
