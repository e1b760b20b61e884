import type { Thread } from '@cabildo/protocol/http/threads'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { DocumentSession } from '../../sync/session.ts'
import { findPlaces, putPlaces } from './api.ts'
import type { Editors } from './editors.ts'
import { createThreadLayer, type Drawn, type ThreadLayer } from './layer.ts'

/** Words that a new thread will be on. */
export interface DraftOnWords {
  key: string
  places: Drawn['places']
}

/** Draws threads over the text, and asks where their words are whenever that is in doubt. */
export function useLayer(
  { session, editors, onOpen }: { session: DocumentSession; editors: Editors; onOpen: (id: string) => void },
  threads: readonly Thread[],
  openId: string | undefined,
  draft: DraftOnWords | undefined,
): ThreadLayer | undefined {
  const client = useQueryClient()
  const [layer, setLayer] = useState<ThreadLayer>()

  // biome-ignore lint/correctness/useExhaustiveDependencies: made once for a session; what is pressed is read late
  useEffect(() => {
    const { documentId, doc, status } = session
    const asker = createAsker(async () => {
      // What is not stored yet is not in the server's answer.
      if (status.get().pending > 0) return 'later'
      const edits = made.edits()
      const found = await findPlaces(documentId)
      if (made.edits() !== edits || status.get().pending > 0) return 'later'
      made.move(found)
      putPlaces(client, documentId, found)
      editors.redraw()
      return 'done'
    })
    const made = createThreadLayer({
      doc,
      onPress: (id) => onOpen(id),
      onDoubt: asker.ask,
      isDrawn: (field) => editors.all().some(({ name }) => name === field),
    })
    editors.layer.set(made)
    setLayer(made)
    return () => {
      asker.stop()
      made.destroy()
      editors.layer.set(null)
      setLayer(undefined)
      editors.redraw()
    }
  }, [session, editors])

  useEffect(() => {
    if (!layer) return
    const shown: Drawn[] = threads
      .filter((thread) => thread.quote !== null && (!thread.resolved || thread.id === openId))
      .map(({ id, kind, quote, places }) => ({ id, kind, places, units: quote?.length ?? 0 }))
    if (draft) shown.push({ id: draftId(draft.key), kind: 'draft', units: 0, places: draft.places })
    for (const field of layer.show(shown, openId)) editors.redraw(field)
  }, [layer, threads, openId, draft, editors])

  return layer
}

/** Stands for the thread that is being written under this key: another one is on other words. */
export const draftId = (key: string): string => `draft ${key}`

/** A pause before asking, since edits come in crowds, and the least time from one question to the next. Milliseconds. */
const pause = 700
const calm = 2000

/** Asks once for many doubts, and again later while the answer would not be of this text. */
function createAsker(look: () => Promise<'done' | 'later'>) {
  let timer: ReturnType<typeof setTimeout> | undefined
  let stopped = false
  let busy = false
  let again = false
  const later = (wait: number) => {
    timer ??= setTimeout(() => void run(), wait)
  }
  const run = async () => {
    timer = undefined
    busy = true
    again = false
    // Without a network nothing is known; the next doubt asks again.
    const outcome = await look().catch(() => 'done')
    busy = false
    if (!stopped && (outcome === 'later' || again)) later(calm)
  }
  return {
    ask() {
      if (busy) again = true
      else if (!stopped) later(pause)
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
