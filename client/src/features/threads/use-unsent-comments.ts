import { useReducer, useState } from 'react'
import { newKey } from '../../lib/new-key.ts'
import { useUnsent } from '../../lib/use-unsent.ts'
import { keep } from '../../sync/kept-writing.ts'
import type { PointedAt } from './editors.ts'
import { type Begun, newCommentName, unsentBeside } from './unsent.ts'

/** What somebody began to say anew beside a document, besides what they write now. */
interface UnsentComments {
  /** Neither open nor on its way. */
  unsent: readonly Begun[]
  /** The name under which what is begun now is kept: one of its own while something on the same words is on its way. */
  nameFor: (at: PointedAt | undefined) => string
  /** Answers what sending answers; what was sent is let go of, and what was not is kept. */
  whileSent: <Sent>(name: string, sent: Promise<Sent>) => Promise<Sent>
  letGo: (name: string) => void
}

/** `open`: the name of what is being written. The page asks before it is closed while there is anything unsent. */
export function useUnsentComments(documentId: string, userId: string, open: string | undefined): UnsentComments {
  const [sending, setSending] = useState<ReadonlySet<string>>(new Set())
  const [, readAnew] = useReducer((count: number) => count + 1, 0)
  const unsent = unsentBeside(documentId, userId).filter(({ name }) => name !== open && !sending.has(name))
  useUnsent(unsent.length > 0)
  const letGo = (name: string) => {
    keep(name, undefined)
    readAnew()
  }
  return {
    unsent,
    nameFor(at) {
      const name = newCommentName(documentId, userId, at)
      return sending.has(name) ? `${name} ${newKey()}` : name
    },
    async whileSent(name, sent) {
      setSending((now) => new Set([...now, name]))
      try {
        const answer = await sent
        letGo(name)
        return answer
      } finally {
        setSending((now) => new Set([...now].filter((one) => one !== name)))
      }
    },
    letGo,
  }
}
