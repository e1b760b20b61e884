import type { Person } from '@cabildo/protocol/http/common'
import { useLayoutEffect, useRef, useState } from 'react'
import { browserStorage, createKeptIndex } from '../../sync/kept-index.ts'
import { openDocuments, type Sending } from '../../sync/open-documents.ts'
import { useTakeTurn } from './api.ts'
import { holdPlace } from './hold-place.ts'

/** To whom the phone goes: somebody who joined from it, or somebody new. */
export type Next = Person | 'another'

/** The phone on its way to the next person, and why it is not there yet. */
export type Passing =
  | { step: 'saving' | 'turning'; to: Next }
  /** What the one before wrote is not with the server: `elsewhere` in a text that is not open here. */
  | { step: 'stopped'; to: Next; why: Exclude<Sending, 'sent'> | 'elsewhere' }
  | { step: 'failed'; to: Next; error: unknown }

interface PassingOptions {
  /** Who has the phone now. */
  userId: string
  /** Leads to where somebody new joins. */
  onAnother: () => void
  /** The phone has changed hands. */
  onPassed: (person: Person) => void
}

/**
 * Passes the phone: waits until what its person wrote is with the server, then makes the next one the active person.
 * Meanwhile nobody can write: a key pressed by the next one would be an edit of the one before.
 */
export function usePassing({ userId, onAnother, onPassed }: PassingOptions) {
  const [passing, setPassing] = useState<Passing | null>(null)
  const takeTurn = useTakeTurn()
  const round = useRef(0)
  const isBusy = passing !== null

  useLayoutEffect(() => {
    const main = document.getElementById('main')
    if (!main || !isBusy) return undefined
    main.inert = true
    return () => {
      main.inert = false
    }
  }, [isBusy])

  const turn = async (to: Next) => {
    if (to === 'another') {
      setPassing(null)
      return onAnother()
    }
    setPassing({ step: 'turning', to })
    const letGo = holdPlace()
    try {
      await takeTurn.mutateAsync(to.id)
      letGo(true)
      setPassing(null)
      onPassed(to)
    } catch (error) {
      letGo(false)
      setPassing({ step: 'failed', to, error })
    }
  }

  return {
    passing,
    async pass(to: Next) {
      round.current += 1
      const mine = round.current
      setPassing({ step: 'saving', to })
      const sending = await openDocuments.whenSent()
      if (mine !== round.current) return
      if (sending !== 'sent') setPassing({ step: 'stopped', to, why: sending })
      else if (hasUnsentElsewhere(userId)) setPassing({ step: 'stopped', to, why: 'elsewhere' })
      else await turn(to)
    },
    /** What was not sent stays on this phone in the name of who wrote it. */
    passAnyway: (to: Next) => turn(to),
    stay() {
      round.current += 1
      setPassing(null)
    },
  }
}

/** Whether this device keeps edits of a person in texts that are not open now. */
function hasUnsentElsewhere(userId: string): boolean {
  const open = openDocuments.ids()
  return createKeptIndex(browserStorage(), Date.now)
    .held(userId)
    .some(({ documentId, pending }) => pending > 0 && !open.includes(documentId))
}
