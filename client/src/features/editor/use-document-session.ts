import { type NewsTopic, newsTopics } from '@cabildo/protocol/room/messages'
import { schemaHash } from '@cabildo/schema/rules'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { toBase64 } from 'lib0/buffer'
import { useEffect, useState } from 'react'
import { call } from '../../lib/call.ts'
import { lookAgain } from '../../lib/look-again.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { guardLeaving } from '../../sync/guard-leaving.ts'
import { browserStorage, createKeptIndex } from '../../sync/kept-index.ts'
import { keepForGood } from '../../sync/offline.ts'
import { openDocuments } from '../../sync/open-documents.ts'
import { type Behalf, type DocumentSession, type OpenedDocument, openDocument } from '../../sync/session.ts'
import type { DraftReason } from '../../sync/settle.ts'
import { calmly } from './calm.ts'

/** Where the rooms of this program are. */
const roomsUrl = () => `${globalThis.location.origin.replace(/^http/, 'ws')}/rooms`

/** Least time from one counting of the bell to the next, while others act. Milliseconds. */
const bellPause = 5000

/**
 * The open document, made when it is described and ended with the component. A new opening makes a new one; so does a
 * change of what the reader may do, or of whom they type for. Made in an effect, so that React's double mount in development leaves nothing behind.
 */
export function useDocumentSession(
  document: OpenedDocument | undefined,
  opening: number,
  behalf: Behalf | undefined,
): DocumentSession | null {
  const client = useQueryClient()
  const [session, setSession] = useState<DocumentSession | null>(null)
  const { id, me, may, status } = document ?? {}

  // biome-ignore lint/correctness/useExhaustiveDependencies: the epoch is read once; later ones come from the room
  useEffect(() => {
    if (!document) return undefined
    const opened = openDocument({
      document,
      behalf,
      roomsUrl: roomsUrl(),
      schema: schemaHash,
      index: createKeptIndex(behalf ? undefined : browserStorage(), Date.now),
      handIn: (state, reason) => handIn(client, document, state, reason),
      page: globalThis.window,
      random: Math.random,
    })
    // A whole workshop hears the same news: it must not ask for each of a crowd.
    const lookAt = calmly((topic: NewsTopic) => {
      void lookAgain(client, queryKeys.beside(document.id, topic))
    })
    // The bell counts what happened beside the text too. It is no hurry, and a whole workshop has one.
    const ring = calmly(
      () => void client.invalidateQueries({ queryKey: queryKeys.unread }),
      (act) => setTimeout(act, (1 + Math.random()) * bellPause),
    )
    const stopHearing = opened.onNews((topic) => {
      // Where the text stands says how many inputs wait for an answer.
      const stale = newsTopics.filter(
        (known) => topic === null || known === topic || (known === 'approvals' && topic === 'inputs'),
      )
      for (const one of stale) lookAt(one)
      if (stale.length > 0) ring('unread')
    })
    const stopGuarding = guardLeaving(opened.status, globalThis.window)
    const closed = openDocuments.note(opened)
    void keepForGood()
    setSession(opened)
    return () => {
      stopHearing()
      stopGuarding()
      closed()
      setSession(null)
      opened.destroy()
    }
  }, [id, me?.id, may?.edit, status, opening, behalf?.id])

  return session
}

async function handIn(
  client: QueryClient,
  { id: documentId, me }: OpenedDocument,
  state: Uint8Array,
  reason: DraftReason,
): Promise<string | null> {
  const answer = await call('POST /api/documents/:documentId/drafts', {
    params: { documentId },
    body: { update: toBase64(state), reason, author: me.id },
  })
  void client.invalidateQueries({ queryKey: queryKeys.drafts(documentId) })
  return answer.kept?.id ?? null
}
