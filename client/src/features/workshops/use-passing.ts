import type { Person } from '@cabildo/protocol/http/common'
import { useLayoutEffect, useRef, useState } from 'react'
import { type Handing, handOver } from '../../sync/hand-over.ts'

/** To whom the phone goes: somebody who joined from it, or somebody new. */
export type Next = Person | 'another'

/** The phone on its way to the next person, and why it is not there yet. */
export type Passing =
  | { step: 'saving' | 'turning'; to: Next }
  /** What the one before wrote is not with the server; `unkept`: nor is it sure that this phone has it. */
  | { step: 'stopped'; to: Next; why: Exclude<Handing, 'sent'> | 'unkept' }
  | { step: 'failed'; to: Next; error: unknown }

/** What makes the next person the active one. Throws what is to be told in the sheet. */
type Go = () => Promise<void>

/**
 * The one way in which a phone changes hands, whoever asks for it: waits until what its person wrote is with the server,
 * else says why it is not, and never goes on before this phone holds it in their name (WS25).
 */
export function usePassing(userId: string | undefined) {
  const [passing, setPassing] = useState<Passing | null>(null)
  const round = useRef(0)
  const asked = useRef<Go>(async () => {})

  const turn = async (to: Next) => {
    const mine = round.current
    setPassing({ step: 'saving', to })
    const isKept = await handOver.whenKept()
    if (mine !== round.current) return
    if (!isKept) return setPassing({ step: 'stopped', to, why: 'unkept' })
    setPassing({ step: 'turning', to })
    try {
      await asked.current()
      setPassing(null)
    } catch (error) {
      setPassing({ step: 'failed', to, error })
    }
  }
  const pass = async (to: Next) => {
    round.current += 1
    const mine = round.current
    setPassing({ step: 'saving', to })
    const handing = userId === undefined ? 'sent' : await handOver.whenSent(userId)
    if (mine !== round.current) return
    if (handing === 'sent') return turn(to)
    // Nobody is told that it is safe here before it is.
    const isKept = await handOver.whenKept()
    if (mine === round.current) setPassing({ step: 'stopped', to, why: isKept ? handing : 'unkept' })
  }

  return {
    passing,
    pass(to: Next, go: Go) {
      asked.current = go
      return pass(to)
    },
    again: (to: Next) => pass(to),
    /** What was not sent stays on this phone in the name of who wrote it. */
    passAnyway: (to: Next) => turn(to),
    stay() {
      round.current += 1
      setPassing(null)
    },
  }
}

/** Meanwhile nobody can write: a key pressed by the next one would be an edit of the one before. */
export function useStillPage(isStill: boolean): void {
  useLayoutEffect(() => {
    const main = document.getElementById('main')
    if (!main || !isStill) return undefined
    main.inert = true
    return () => {
      main.inert = false
    }
  }, [isStill])
}
