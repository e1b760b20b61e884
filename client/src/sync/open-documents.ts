import type { DocumentSession } from './session.ts'

type Watched = Pick<DocumentSession, 'documentId' | 'status' | 'ending'>

/** How waiting for the text of this page ended: the server has it all, or why it has not. */
export type Sending = 'sent' | 'offline' | 'slow' | 'refused'

/** The documents that are open in a page, so that whoever takes the phone from somebody can wait for their text. */
export interface OpenDocuments {
  /** A document was opened; answers how to say that it is closed. */
  note(document: Watched): () => void
  ids(): string[]
  /** Resolves when every edit made in this page is with the server; `offline` at once when there is no connection. */
  whenSent(): Promise<Sending>
}

/** How long the text of somebody who hands the phone on may take to be stored. Milliseconds. */
const patience = 10_000

/** Keeps the list. `wait` calls back after a time and answers how to stop, as a clock does. */
export function createOpenDocuments(wait: (ms: number, then: () => void) => () => void): OpenDocuments {
  const open = new Set<Watched>()
  const states = () => [...open].map(stateOf)
  const now = (): Sending | undefined => {
    const left = states().filter((state) => state !== 'sent')
    if (left.length === 0) return 'sent'
    return left.find((state) => state !== 'slow')
  }
  return {
    note(document) {
      open.add(document)
      return () => {
        open.delete(document)
      }
    },
    ids: () => [...open].map(({ documentId }) => documentId),
    whenSent() {
      const known = now()
      if (known) return Promise.resolve(known)
      return new Promise((resolve) => {
        const end = (sending: Sending) => {
          for (const stop of stops) stop()
          resolve(sending)
        }
        const look = () => {
          const found = now()
          if (found) end(found)
        }
        const stops = [...open].flatMap(({ status, ending }) => [status.subscribe(look), ending.subscribe(look)])
        stops.push(wait(patience, () => end('slow')))
      })
    },
  }
}

/** Where the edits of one document are. `slow`: on their way. */
function stateOf({ status, ending }: Watched): Sending {
  const { pending, state } = status.get()
  if (pending === 0) return 'sent'
  if (state === 'offline') return 'offline'
  if (state !== 'final') return 'slow'
  // Text that the room would not take is being handed in as a draft, and then opened anew.
  const kind = ending.get()?.kind
  return kind === 'handingIn' || kind === 'again' ? 'slow' : 'refused'
}

/** The documents that are open in this page. */
export const openDocuments = createOpenDocuments((ms, then) => {
  const timer = setTimeout(then, ms)
  return () => clearTimeout(timer)
})
