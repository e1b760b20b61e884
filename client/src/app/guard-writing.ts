import { hasUnsent } from '../sync/kept-writing.ts'

/** What tells when another page is there. */
interface Pages {
  subscribe(event: 'onResolved', listener: () => void): () => void
}

/**
 * Lets the browser ask before it closes a tab that keeps what somebody wrote and did not send, on whichever page they are by
 * now. The page on which it is written asks by itself (`useUnsent`). The listener stands only then: with it a browser keeps
 * no copy of the page for the way back.
 */
export function guardWriting(pages: Pages, page: EventTarget): () => void {
  // It may have been sent since the page came.
  const ask = (event: Event) => hasUnsent() && event.preventDefault()
  const look = () => {
    if (hasUnsent()) page.addEventListener('beforeunload', ask)
    else page.removeEventListener('beforeunload', ask)
  }
  look()
  const stop = pages.subscribe('onResolved', look)
  return () => {
    stop()
    page.removeEventListener('beforeunload', ask)
  }
}
