import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ProfileSearch } from '../../features/account/search.ts'
import { serviceQuery } from '../../features/session/api.ts'
import { withWords } from '../../locales/late.ts'
import { signedIn } from './signed-in.tsx'

const home = createRoute({
  getParentRoute: () => signedIn,
  path: '/',
  component: lazyRouteComponent(withWords(['plans'], () => import('../pages/home.tsx'))),
})

const newPlan = createRoute({
  getParentRoute: () => signedIn,
  path: '/nuevo-plan',
  component: lazyRouteComponent(withWords(['plans'], () => import('../pages/plan-new.tsx'))),
})

const profile = createRoute({
  getParentRoute: () => signedIn,
  path: '/profile',
  validateSearch: (search: Record<string, unknown>): ProfileSearch => search,
  loader: ({ context }) => void context.client.prefetchQuery(serviceQuery),
  component: lazyRouteComponent(
    withWords(['account', 'news', 'plans', 'session'], () => import('../pages/profile.tsx')),
  ),
})

/** The pages of whoever is signed in, of no plan. */
export const personRoutes = [home, newPlan, profile] as const
