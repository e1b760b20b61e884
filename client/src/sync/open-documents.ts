import type { DocumentSession } from './session.ts'
import type { Store } from './store.ts'

type Watched = Pick<DocumentSession, 'documentId' | 'status' | 'ending'> & {
  doc: Pick<DocumentSession['doc'], 'clientID'>
}

/** How waiting for the text of this page ended: the server has it all, or why it has not. */
export type Sending = 'sent' | 'offline' | 'slow' | 'refused'

/** The documents that are open in a page, so that whoever takes the phone from somebody can wait for their text. */
export interface OpenDocuments {
  /** A document was opened; answers how to say that it is closed. */
  note(document: Watched): () => void
  /** Says whether a document is open in this page. */
  isOpen(documentId: string): boolean
  /** Under which names their edits are counted in the index of what is kept. */
  clientIds(): number[]
  /** Resolves when every edit made in this page is with the server; `offline` at once when there is no connection. */
  whenSent(): Promise<Sending>
  /** Resolves to true when this device holds every edit that the server may lack, to false when it takes too long. */
  whenKept(): Promise<boolean>
}

/** How long the text of somebody who hands the phone on may take to be stored. Milliseconds. */
const patience = 10_000
/** How long it may take to be written on this device. Milliseconds. */
const patienceHere = 3000

/** Keeps the list. `wait` calls back after a time and answers how to stop, as a clock does. */
export function createOpenDocuments(wait: (ms: number, then: () => void) => () => void): OpenDocuments {
  const open = new Set<Watched>()
  /** Looks now and at every change of a document; after `ms` it is `late`. */
  const until = <Found>(look: () => Found | undefined, ms: number, late: Found): Promise<Found> => {
    const known = look()
    if (known !== undefined) return Promise.resolve(known)
    return new Promise((resolve) => {
      const end = (found: Found) => {
        for (const stop of stops) stop()
        resolve(found)
      }
      const again = () => {
        const found = look()
        if (found !== undefined) end(found)
      }
      const stores = [...open].flatMap(({ status, ending }): Pick<Store<unknown>, 'subscribe'>[] => [status, ending])
      const stops = stores.map((store) => store.subscribe(again))
      stops.push(wait(ms, () => end(late)))
    })
  }
  const sending = (): Sending | undefined => {
    const left = [...open].map(stateOf).filter((state) => state !== 'sent')
    if (left.length === 0) return 'sent'
    return left.find((state) => state !== 'slow')
  }
  const isKept = ({ status }: Watched) => status.get().pending === 0 || status.get().kept
  return {
    note(document) {
      open.add(document)
      return () => {
        open.delete(document)
      }
    },
    isOpen: (documentId) => [...open].some((document) => document.documentId === documentId),
    clientIds: () => [...open].map(({ doc }) => doc.clientID),
    whenSent: () => until<Sending>(sending, patience, 'slow'),
    whenKept: () => until(() => [...open].every(isKept) || undefined, patienceHere, false),
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
