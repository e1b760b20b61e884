import { browserStorage, createKeptIndex, type KeptIndex } from './kept-index.ts'
import { type OpenDocuments, openDocuments, type Sending } from './open-documents.ts'

/** Where the words are of who gives the device away. `elsewhere`: another page of this device left or has them unsent. */
export type Handing = Sending | 'elsewhere'

/**
 * What has to be known before a device changes hands, in whichever way: everything that its person wrote is with the
 * server, or at least stored here under their name, from where it goes out when they are the active person again.
 */
export interface HandOver {
  /** Waits, never longer than some seconds, until the server has all that a user wrote on this device. */
  whenSent(userId: string): Promise<Handing>
  /** True when this device holds every edit of this page that the server may lack; false when it cannot in some seconds. */
  whenKept(): Promise<boolean>
}

/** How long another page of this browser may take to send what it has. Milliseconds. */
const patienceElsewhere = 3000

/** Hears of changes that other pages make in the index; answers how to stop. */
export type OtherPages = (changed: () => void) => () => void

/** `wait` calls back after a time and answers how to stop, as a clock does. */
export function createHandOver(
  documents: Pick<OpenDocuments, 'clientIds' | 'whenSent' | 'whenKept'>,
  index: Pick<KeptIndex, 'unsent'>,
  otherPages: OtherPages,
  wait: (ms: number, then: () => void) => () => void,
): HandOver {
  const isUnsentElsewhere = (userId: string) => index.unsent(userId, documents.clientIds()) > 0
  return {
    async whenSent(userId) {
      const sending = await documents.whenSent()
      if (sending !== 'sent' || !isUnsentElsewhere(userId)) return sending
      return new Promise((resolve) => {
        const end = (handing: Handing) => {
          stopHearing()
          stopWaiting()
          resolve(handing)
        }
        const stopHearing = otherPages(() => {
          if (!isUnsentElsewhere(userId)) end('sent')
        })
        const stopWaiting = wait(patienceElsewhere, () => end('elsewhere'))
      })
    },
    whenKept: () => documents.whenKept(),
  }
}

/** The hand-over of this page's device: other pages are heard of by what they write into the browser's storage. */
export const handOver = createHandOver(
  openDocuments,
  { unsent: (userId, besides) => createKeptIndex(browserStorage(), Date.now).unsent(userId, besides) },
  (changed) => {
    globalThis.addEventListener('storage', changed)
    return () => globalThis.removeEventListener('storage', changed)
  },
  (ms, then) => {
    const timer = setTimeout(then, ms)
    return () => clearTimeout(timer)
  },
)
