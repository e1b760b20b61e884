import { useReducer, useState } from 'react'
import { newKey } from '../../lib/new-key.ts'
import { useUnsent } from '../../lib/use-unsent.ts'
import { keep } from '../../sync/kept-writing.ts'
import type { PointedAt } from './editors.ts'
import { type Begun, isSamePlace, newCommentName, unsentBeside } from './unsent.ts'

/** What somebody began to say anew beside a document, besides what they write now. */
interface UnsentComments {
  /** Neither open nor on its way. */
  unsent: readonly Begun[]
  /** The name under which the tab keeps one. */
  nameOf: (key: string) => string
  /** The key of what is begun now: of what was begun about the same before and is not on its way, else a new one. */
  keyFor: (at: PointedAt | undefined) => string
  /** Answers what sending answers; what was sent is let go of, and what was not is kept. */
  whileSent: <Sent>(key: string, sent: Promise<Sent>) => Promise<Sent>
  letGo: (key: string) => void
}

/** `open`: the key of what is being written. The page asks before it is closed while anything is unsent, or on its way. */
export function useUnsentComments(documentId: string, userId: string, open: string | undefined): UnsentComments {
  const [sending, setSending] = useState<ReadonlySet<string>>(new Set())
  const [, readAnew] = useReducer((count: number) => count + 1, 0)
  /** Read when it is asked for: what is being written is kept without this being drawn anew. */
  const atHand = () => unsentBeside(documentId, userId).filter(({ key }) => !sending.has(key))
  const unsent = atHand().filter(({ key }) => key !== open)
  useUnsent(unsent.length > 0 || sending.size > 0)
  const nameOf = (key: string) => newCommentName(documentId, userId, key)
  const letGo = (key: string) => {
    keep(nameOf(key), undefined)
    readAnew()
  }
  return {
    unsent,
    nameOf,
    keyFor: (at) => atHand().find(({ choice }) => isSamePlace(choice?.begunAt, at))?.key ?? newKey(),
    async whileSent(key, sent) {
      setSending((now) => new Set([...now, key]))
      try {
        const answer = await sent
        letGo(key)
        return answer
      } finally {
        setSending((now) => new Set([...now].filter((one) => one !== key)))
      }
    },
    letGo,
  }
}
