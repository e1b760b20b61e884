import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { readDraftsSearch } from '../../features/drafts/search.ts'
import { readProposalsSearch } from '../../features/proposals/search.ts'
import { readThreadsSearch } from '../../features/threads/search.ts'
import { readHistorySearch } from '../../features/versions/search.ts'
import { queryKeys } from '../../lib/query-keys.ts'
import { withWords } from '../../locales/late.ts'
import { loadPlan } from './load-plan.ts'
import { signedIn } from './signed-in.tsx'

/** What the address of a text says of what stands open beside it. */
const readTextSearch = (search: Record<string, unknown>) => ({
  ...readHistorySearch(search),
  ...readDraftsSearch(search),
  ...readThreadsSearch(search),
  ...readProposalsSearch(search),
})

const commitment = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/commitments/$number',
  validateSearch: readTextSearch,
  staticData: { writing: true, opensText: true },
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(() => import('../pages/commitment.tsx')),
})

/** The plan's own text. */
const planDocument = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/document',
  validateSearch: readTextSearch,
  staticData: { writing: true, opensText: true },
  loader({ context, params }) {
    loadPlan(context, params.slug)
    context.memory.recall(queryKeys.planText(params.slug))
  },
  component: lazyRouteComponent(withWords(['planText'], () => import('../pages/plan-document.tsx'))),
})

/** The minutes of a meeting, written together. */
const minutes = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/meetings/$number/minutes',
  validateSearch: readTextSearch,
  staticData: { writing: true, opensText: true },
  loader({ context, params }) {
    loadPlan(context, params.slug)
    context.memory.recall(queryKeys.minutes(params.slug, Number(params.number)))
  },
  component: lazyRouteComponent(withWords(['inputs', 'meetings'], () => import('../pages/minutes.tsx'))),
})

/** Where the approval of a commitment's exact text is decided. */
const approval = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/commitments/$number/approval',
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(
    withWords(['approvals', 'authorship', 'comparing', 'session'], () => import('../pages/approval.tsx')),
  ),
})

/** What became of a commitment after its approval. */
const progress = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/commitments/$number/avance',
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['progress'], () => import('../pages/progress.tsx'))),
})

/** The texts that are written together, and what becomes of a commitment. */
export const textRoutes = [commitment, planDocument, minutes, approval, progress] as const
