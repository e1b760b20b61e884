import { useQuery } from '@tanstack/react-query'
import { createRoute, Outlet, useLocation, useMatches, useRouter } from '@tanstack/react-router'
import { lazy, useEffect, useRef } from 'react'
import { sessionQuery } from '../../features/session/api.ts'
import { remembered } from '../../lib/remembered.ts'
import { withWords } from '../../locales/late.ts'
import { Part, PartFailure } from '../../ui/part.tsx'
import { toLogin } from '../to-login.ts'
import { root } from './root.ts'

/** Pages for people who are signed in. Who they are and what the page shows are asked for at the same time. */
export const signedIn = createRoute({
  getParentRoute: () => root,
  id: 'signed-in',
  loader: ({ context }) => void context.client.prefetchQuery(sessionQuery),
  component: SignedIn,
})

function SignedIn() {
  const router = useRouter()
  const session = useQuery(sessionQuery)
  const isWriting = useMatches({ select: (matches) => matches.some(({ staticData }) => staticData.writing) })
  const isProfile = useLocation({ select: ({ pathname }) => pathname === '/profile' })
  const cameIn = useRef(false)
  // A session that is only remembered from the last visit is none yet.
  if (session.data && session.dataUpdatedAt > remembered.updatedAt) cameIn.current = true
  // Nobody is taken away from a text: the room says that the session has ended, and the page how to go on.
  const isTurnedAway = session.data === null && !(isWriting && cameIn.current)
  // A guest has no account to sign in with: their workshop is over, or went on without them.
  const { memory } = signedIn.useRouteContext()
  const isGuest = isTurnedAway && memory.guestOf() !== undefined
  const turn = useTurn(session.data?.id)

  useEffect(() => {
    // Once on the way this page is still there for a moment, and must not send anybody a second time.
    if (isTurnedAway && !isGuest && router.state.location.pathname !== '/login')
      void router.navigate(toLogin(router.state.location.href))
  }, [isTurnedAway, isGuest, router])
  if (isGuest) {
    return (
      <Part failed={(error) => <PartFailure error={error} />}>
        <WorkshopOver onClosed={memory.workshopOver} />
      </Part>
    )
  }
  if (isTurnedAway) return null
  // Nothing but the account can be used before the second step that this role asks for: every page leads to it.
  if (session.data?.secondFactorMissing && !isProfile) {
    return (
      <Part failed={(error) => <PartFailure error={error} />}>
        <SecondStep />
      </Part>
    )
  }
  return <Outlet key={turn} />
}

const WorkshopOver = lazy(withWords(['workshops'], () => import('../pages/workshop-over.tsx')))

/** Counts the people who had this page one after the other: nothing of one may be left in it for the next. */
function useTurn(userId: string | undefined): number {
  const turn = useRef({ count: 0, userId })
  if (userId !== undefined && turn.current.userId !== userId) {
    const { count, userId: before } = turn.current
    turn.current = { count: before === undefined ? count : count + 1, userId }
  }
  return turn.current.count
}

const SecondStep = lazy(withWords(['account', 'session'], () => import('../pages/second-step.tsx')))
