import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { PeopleSearch } from '../../features/people/search.ts'
import type { RecordSearch } from '../../features/record/search.ts'
import type { FindSearch } from '../../features/search/search.ts'
import { withWords } from '../../locales/late.ts'
import { loadPlan } from './load-plan.ts'
import { signedIn } from './signed-in.tsx'

const plan = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug',
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['plans'], () => import('../pages/plan.tsx'))),
})

const planAuthorship = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/authorship',
  component: lazyRouteComponent(withWords(['authorship', 'plans'], () => import('../pages/plan-authorship.tsx'))),
})

const news = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/novedades',
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['news', 'plans'], () => import('../pages/news.tsx'))),
})

const endorsements = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/avales',
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['endorsements'], () => import('../pages/endorsements.tsx'))),
})

/** Where a plan is taken along as files. */
const exported = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/descargar',
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['exports'], () => import('../pages/exports.tsx'))),
})

const people = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/people',
  validateSearch: (search: Record<string, unknown>): PeopleSearch => search,
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['people'], () => import('../pages/people.tsx'))),
})

const record = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/record',
  // Read by the page itself: nothing of it comes with the first load.
  validateSearch: (search: Record<string, unknown>): RecordSearch => search,
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['record', 'people', 'plans'], () => import('../pages/record.tsx'))),
})

const search = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/search',
  validateSearch: (search: Record<string, unknown>): FindSearch => search,
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['search'], () => import('../pages/search.tsx'))),
})

/** The pages of a plan as a whole. */
export const planRoutes = [plan, planAuthorship, news, endorsements, exported, people, record, search] as const
