import type { DocumentOpening, Plan } from '@cabildo/protocol/http/api'
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { queryKeys } from '../lib/query-keys.ts'
import { createKeptIndex, type KeyValue } from '../sync/kept-index.ts'

/** Where the last person signed in on this device is remembered, to open their pages without a network. */
const meKey = 'cabildo:me'
/** The age of a remembered answer: older than any that was asked for, so that it is asked for at once. */
export const remembered = { updatedAt: 1 }

interface Me {
  id: string
  name: string
}

/** What this device remembers of answers, to show when no new ones can be had. */
export interface Memory {
  /** Puts a remembered answer where its question looks for it, unless a fresher one stands there. */
  recall(key: QueryKey): void
}

/**
 * Remembers who is signed in, their plans and the outlines of their documents as answers come, and forgets with the
 * session: signing out calls `forgetUser`. The texts themselves are not here: the local copies of `sync` hold them.
 */
export function createMemory(client: QueryClient, storage: KeyValue | undefined, now: () => number): Memory {
  const index = createKeptIndex(storage, now)
  const me = () => client.getQueryData<Me | null>(queryKeys.session)

  const known = readMe(storage)
  if (known) client.setQueryData(queryKeys.session, known, remembered)

  client.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    const { queryKey, state } = event.query
    if (queryKey[0] === queryKeys.session[0]) return writeMe(storage, state.data as Me | null)
    const user = me()
    const topic = topicOf(queryKey)
    if (user && topic && !event.action.manual) index.remember(user.id, topic, outline(queryKey, state.data))
  })

  return {
    recall(key) {
      const user = me()
      const topic = topicOf(key)
      if (!user || !topic || client.getQueryData(key) !== undefined) return
      const value = index.lastKnown(user.id, topic)
      if (value !== undefined) client.setQueryData(key, value, remembered)
    },
  }
}

/** The name an answer is remembered under; `undefined` for those that are not. */
function topicOf(key: QueryKey): string | undefined {
  const [kind, id, part] = key
  const isWhole = part === undefined || (kind === 'document' && part === 'opening')
  return (kind === 'plan' || kind === 'document') && isWhole ? `${kind}:${String(id)}` : undefined
}

/** A plan is remembered without who is inside, who will be gone. */
function outline([kind]: QueryKey, answer: unknown): Plan | DocumentOpening {
  // The query under this key answers a document's opening, see lib/query-keys.ts.
  if (kind === 'document') return answer as DocumentOpening
  const plan = answer as Plan
  return { ...plan, commitments: plan.commitments.map((commitment) => ({ ...commitment, inside: [] })) }
}

function readMe(storage: KeyValue | undefined): Me | undefined {
  try {
    const me: unknown = JSON.parse(storage?.getItem(meKey) ?? 'null')
    const isMe = typeof me === 'object' && me !== null && 'id' in me && 'name' in me
    return isMe ? { id: String(me.id), name: String(me.name) } : undefined
  } catch {
    return undefined
  }
}

function writeMe(storage: KeyValue | undefined, me: Me | null): void {
  try {
    if (me) storage?.setItem(meKey, JSON.stringify({ id: me.id, name: me.name }))
    else storage?.removeItem(meKey)
  } catch {
    // Full or switched off: pages then open with a network only.
  }
}
