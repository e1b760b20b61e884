import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import { withWords } from '../../locales/late.ts'
import { loadPlan } from './load-plan.ts'
import { signedIn } from './signed-in.tsx'

const workshops = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/workshops',
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['workshops'], () => import('../pages/workshops.tsx'))),
})

const newWorkshop = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/workshops/new',
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['workshops'], () => import('../pages/workshop-new.tsx'))),
})

const workshopBoard = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/workshops/$workshopId',
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['people', 'workshops'], () => import('../pages/workshop-board.tsx'))),
})

const workshopPoster = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/workshops/$workshopId/poster',
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['workshops'], () => import('../pages/workshop-poster.tsx'))),
})

/** The workshops of a plan. */
export const workshopRoutes = [workshops, newWorkshop, workshopBoard, workshopPoster] as const
