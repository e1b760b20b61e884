import type { SaveStatus } from './connection.ts'
import type { Store } from './store.ts'

/**
 * Lets the browser ask before the page is closed, only while closing it would lose text. The listener stands only then:
 * with it a browser keeps no copy of the page for the way back.
 */
export function guardLeaving(status: Store<SaveStatus>, page: EventTarget): () => void {
  const ask = (event: Event) => event.preventDefault()
  const look = () => {
    if (status.get().guard) page.addEventListener('beforeunload', ask)
    else page.removeEventListener('beforeunload', ask)
  }
  look()
  const unsubscribe = status.subscribe(look)
  return () => {
    unsubscribe()
    page.removeEventListener('beforeunload', ask)
  }
}
