import { safeNext } from '@cabildo/protocol/safe-next'
import { type QueryClient, useQuery } from '@tanstack/react-query'
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  useLocation,
  useMatches,
  useRouter,
} from '@tanstack/react-router'
import { lazy, useEffect, useRef } from 'react'
import type { Memory } from './app/memory.ts'
import { PageFailure, PageNotFound } from './app/page-failure.tsx'
import { Shell } from './app/shell.tsx'
import { toLogin } from './app/to-login.ts'
import type { ProfileSearch } from './features/account/search.ts'
import { readDraftsSearch } from './features/drafts/search.ts'
import type { InputsSearch } from './features/inputs/search.ts'
import type { PeopleSearch } from './features/people/search.ts'
import { planQuery } from './features/plans/api.ts'
import { readProposalsSearch } from './features/proposals/search.ts'
import type { RecordSearch } from './features/record/search.ts'
import type { FindSearch } from './features/search/search.ts'
import { serviceQuery, sessionQuery } from './features/session/api.ts'
import { type OpenIdOutcome, openIdOutcome } from './features/session/model.ts'
import { readThreadsSearch } from './features/threads/search.ts'
import { readHistorySearch } from './features/versions/search.ts'
import { queryKeys } from './lib/query-keys.ts'
import { remembered } from './lib/remembered.ts'
import { withWords } from './locales/late.ts'
import { Part, PartFailure } from './ui/part.tsx'
import { Waiting } from './ui/waiting.tsx'

const root = createRootRouteWithContext<{ client: QueryClient; memory: Memory }>()({
  component: Shell,
  notFoundComponent: PageNotFound,
})

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (search): { next?: string; openid?: OpenIdOutcome } => {
    const next = safeNext(search.next)
    const openid = openIdOutcome(search.openid)
    return { ...(next === '/' ? {} : { next }), ...(openid ? { openid } : {}) }
  },
  loader: ({ context }) => void context.client.prefetchQuery(serviceQuery),
  component: lazyRouteComponent(withWords(['session'], () => import('./app/pages/login.tsx'))),
})

/** Where a one-time link leads. Its secret stands behind the #, and reaches no server. */
const link = createRoute({
  getParentRoute: () => root,
  path: '/link',
  loader: ({ context }) => void context.client.prefetchQuery(sessionQuery),
  component: lazyRouteComponent(withWords(['account', 'session'], () => import('./app/pages/link.tsx'))),
})

const rights = createRoute({
  getParentRoute: () => root,
  path: '/help/rights',
  component: lazyRouteComponent(withWords(['people'], () => import('./app/pages/rights.tsx'))),
})

const recordHelp = createRoute({
  getParentRoute: () => root,
  path: '/help/record',
  component: lazyRouteComponent(withWords(['record'], () => import('./app/pages/record-help.tsx'))),
})

/** Where anybody checks the file of a record, without an account and without a network. */
const verify = createRoute({
  getParentRoute: () => root,
  path: '/verificar',
  component: lazyRouteComponent(withWords(['record'], () => import('./app/pages/verify.tsx'))),
})

/** Where the QR code of a workshop leads. Its token stands behind the #, and reaches no server by the address. */
const join = createRoute({
  getParentRoute: () => root,
  path: '/unirse',
  loader: ({ context }) => void context.client.prefetchQuery(sessionQuery),
  component: lazyRouteComponent(withWords(['workshops'], () => import('./app/pages/join.tsx'))),
})

/** Where the QR code of a receipt leads. Its code stands behind the #, and reaches no server by the address. */
const receipt = createRoute({
  getParentRoute: () => root,
  path: '/recibo',
  component: lazyRouteComponent(withWords(['plans', 'receipts'], () => import('./app/pages/receipt.tsx'))),
})

/** Where a letter leads whoever wants no more. Its token stands behind the #, and reaches no server by the address. */
const stopLetters = createRoute({
  getParentRoute: () => root,
  path: '/sin-cartas',
  component: lazyRouteComponent(withWords(['news'], () => import('./app/pages/stop-letters.tsx'))),
})

/** Pages for people who are signed in. Who they are and what the page shows are asked for at the same time. */
const signedIn = createRoute({
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

const WorkshopOver = lazy(withWords(['workshops'], () => import('./app/pages/workshop-over.tsx')))

/** Counts the people who had this page one after the other: nothing of one may be left in it for the next. */
function useTurn(userId: string | undefined): number {
  const turn = useRef({ count: 0, userId })
  if (userId !== undefined && turn.current.userId !== userId) {
    const { count, userId: before } = turn.current
    turn.current = { count: before === undefined ? count : count + 1, userId }
  }
  return turn.current.count
}

const SecondStep = lazy(withWords(['account', 'session'], () => import('./app/pages/second-step.tsx')))

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  component: lazyRouteComponent(withWords(['plans'], () => import('./app/pages/home.tsx'))),
})

const newPlan = createRoute({
  getParentRoute: () => signedIn,
  path: '/nuevo-plan',
  component: lazyRouteComponent(withWords(['plans'], () => import('./app/pages/plan-new.tsx'))),
})

/** Asks for a plan, showing meanwhile what this device remembers of it. */
function lookUpPlan({ client, memory }: { client: QueryClient; memory: Memory }, slug: string): void {
  memory.recall(queryKeys.plan(slug))
  void client.prefetchQuery(planQuery(slug))
}

const plan = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug',
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['plans'], () => import('./app/pages/plan.tsx'))),
})

const commitment = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/commitments/$number',
  validateSearch: (search) => ({
    ...readHistorySearch(search),
    ...readDraftsSearch(search),
    ...readThreadsSearch(search),
    ...readProposalsSearch(search),
  }),
  staticData: { writing: true },
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(() => import('./app/pages/commitment.tsx')),
})

/** The plan's own text. */
const planDocument = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/document',
  validateSearch: (search) => ({
    ...readHistorySearch(search),
    ...readDraftsSearch(search),
    ...readThreadsSearch(search),
    ...readProposalsSearch(search),
  }),
  staticData: { writing: true },
  loader({ context, params }) {
    lookUpPlan(context, params.slug)
    context.memory.recall(queryKeys.planText(params.slug))
  },
  component: lazyRouteComponent(withWords(['planText'], () => import('./app/pages/plan-document.tsx'))),
})

/** Where the approval of a commitment's exact text is decided. */
const approval = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/commitments/$number/approval',
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(
    withWords(['approvals', 'authorship', 'comparing', 'session'], () => import('./app/pages/approval.tsx')),
  ),
})

/** What became of a commitment after its approval. */
const progress = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/commitments/$number/avance',
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['progress'], () => import('./app/pages/progress.tsx'))),
})

const planAuthorship = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/authorship',
  component: lazyRouteComponent(withWords(['authorship', 'plans'], () => import('./app/pages/plan-authorship.tsx'))),
})

const news = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/novedades',
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['news', 'plans'], () => import('./app/pages/news.tsx'))),
})

const endorsements = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/avales',
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['endorsements'], () => import('./app/pages/endorsements.tsx'))),
})

/** Where a plan is taken along as files. */
const exported = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/descargar',
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['exports'], () => import('./app/pages/exports.tsx'))),
})

const people = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/people',
  validateSearch: (search: Record<string, unknown>): PeopleSearch => search,
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['people'], () => import('./app/pages/people.tsx'))),
})

const inputs = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/inputs',
  // Read by the page itself, as of the record.
  validateSearch: (search: Record<string, unknown>): InputsSearch => search,
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['inputs'], () => import('./app/pages/inputs.tsx'))),
})

const newInputs = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/inputs/new',
  validateSearch: (search): { meeting?: number } =>
    /^[1-9]\d{0,5}$/.test(String(search.meeting)) ? { meeting: Number(search.meeting) } : {},
  staticData: { writing: true },
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['inputs', 'meetings'], () => import('./app/pages/input-new.tsx'))),
})

const input = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/inputs/$number',
  staticData: { writing: true },
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['attachments', 'inputs', 'origins'], () => import('./app/pages/input.tsx'))),
})

const meetings = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/meetings',
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['meetings'], () => import('./app/pages/meetings.tsx'))),
})

const newMeeting = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/meetings/new',
  staticData: { writing: true },
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['meetings'], () => import('./app/pages/meeting-new.tsx'))),
})

const meeting = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/meetings/$number',
  staticData: { writing: true },
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['inputs', 'meetings'], () => import('./app/pages/meeting.tsx'))),
})

/** The minutes of a meeting, written together. */
const minutes = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/meetings/$number/minutes',
  validateSearch: (search) => ({
    ...readHistorySearch(search),
    ...readDraftsSearch(search),
    ...readThreadsSearch(search),
    ...readProposalsSearch(search),
  }),
  staticData: { writing: true },
  loader({ context, params }) {
    lookUpPlan(context, params.slug)
    context.memory.recall(queryKeys.minutes(params.slug, Number(params.number)))
  },
  component: lazyRouteComponent(withWords(['inputs', 'meetings'], () => import('./app/pages/minutes.tsx'))),
})

const meetingEdit = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/meetings/$number/edit',
  staticData: { writing: true },
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['meetings'], () => import('./app/pages/meeting-edit.tsx'))),
})

const meetingAttendance = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/meetings/$number/attendance',
  staticData: { writing: true },
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['meetings'], () => import('./app/pages/meeting-attendance.tsx'))),
})

const record = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/record',
  // Read by the page itself: nothing of it comes with the first load.
  validateSearch: (search: Record<string, unknown>): RecordSearch => search,
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['record', 'people', 'plans'], () => import('./app/pages/record.tsx'))),
})

const search = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/search',
  validateSearch: (search: Record<string, unknown>): FindSearch => search,
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['search'], () => import('./app/pages/search.tsx'))),
})

const profile = createRoute({
  getParentRoute: () => signedIn,
  path: '/profile',
  validateSearch: (search: Record<string, unknown>): ProfileSearch => search,
  loader: ({ context }) => void context.client.prefetchQuery(serviceQuery),
  component: lazyRouteComponent(
    withWords(['account', 'news', 'plans', 'session'], () => import('./app/pages/profile.tsx')),
  ),
})

const workshops = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/workshops',
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['workshops'], () => import('./app/pages/workshops.tsx'))),
})

const newWorkshop = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/workshops/new',
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['workshops'], () => import('./app/pages/workshop-new.tsx'))),
})

const workshopBoard = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/workshops/$workshopId',
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['people', 'workshops'], () => import('./app/pages/workshop-board.tsx'))),
})

const workshopPoster = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/workshops/$workshopId/poster',
  loader: ({ context, params }) => lookUpPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['workshops'], () => import('./app/pages/workshop-poster.tsx'))),
})

const tree = root.addChildren([
  login,
  join,
  link,
  receipt,
  stopLetters,
  rights,
  recordHelp,
  verify,
  signedIn.addChildren([
    home,
    newPlan,
    plan,
    planDocument,
    commitment,
    approval,
    progress,
    endorsements,
    exported,
    people,
    planAuthorship,
    news,
    inputs,
    newInputs,
    input,
    meetings,
    newMeeting,
    meeting,
    meetingEdit,
    minutes,
    meetingAttendance,
    record,
    search,
    profile,
    workshops,
    newWorkshop,
    workshopBoard,
    workshopPoster,
  ]),
])

/** The addresses of the program. */
export function createAppRouter(client: QueryClient, memory: Memory) {
  return createRouter({
    routeTree: tree,
    context: { client, memory },
    scrollRestoration: true,
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultPendingMs: 0,
    defaultPendingMinMs: 0,
    defaultPendingComponent: Waiting,
    defaultErrorComponent: ({ error }) => <PageFailure error={error} />,
    defaultNotFoundComponent: PageNotFound,
  })
}

export type AppRouter = ReturnType<typeof createAppRouter>

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** Somebody may be in the middle of a sentence here. */
    writing?: boolean
  }
  interface Register {
    router: AppRouter
  }
}
