import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { InputsSearch } from '../../features/inputs/search.ts'
import { withWords } from '../../locales/late.ts'
import { loadPlan } from './load-plan.ts'
import { signedIn } from './signed-in.tsx'

const inputs = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/inputs',
  // Read by the page itself, as of the record.
  validateSearch: (search: Record<string, unknown>): InputsSearch => search,
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['inputs'], () => import('../pages/inputs.tsx'))),
})

const newInputs = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/inputs/new',
  validateSearch: (search): { meeting?: number } =>
    /^[1-9]\d{0,5}$/.test(String(search.meeting)) ? { meeting: Number(search.meeting) } : {},
  staticData: { writing: true },
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['inputs', 'meetings'], () => import('../pages/input-new.tsx'))),
})

const input = createRoute({
  getParentRoute: () => signedIn,
  path: '/plans/$slug/inputs/$number',
  staticData: { writing: true },
  loader: ({ context, params }) => loadPlan(context, params.slug),
  component: lazyRouteComponent(withWords(['attachments', 'inputs', 'origins'], () => import('../pages/input.tsx'))),
})

/** What people brought to a plan. */
export const inputRoutes = [inputs, newInputs, input] as const
