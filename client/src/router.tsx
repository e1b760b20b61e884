import type { QueryClient } from '@tanstack/react-query'
import { createRouter } from '@tanstack/react-router'
import type { Memory } from './app/memory.ts'
import { PageFailure, PageNotFound } from './app/page-failure.tsx'
import { inputRoutes } from './app/routes/of-inputs.ts'
import { meetingRoutes } from './app/routes/of-meetings.ts'
import { personRoutes } from './app/routes/of-person.ts'
import { planRoutes } from './app/routes/of-plan.ts'
import { textRoutes } from './app/routes/of-texts.ts'
import { workshopRoutes } from './app/routes/of-workshops.ts'
import { openRoutes } from './app/routes/open.ts'
import { root } from './app/routes/root.ts'
import { signedIn } from './app/routes/signed-in.tsx'
import { Waiting } from './ui/waiting.tsx'

const tree = root.addChildren([
  ...openRoutes,
  signedIn.addChildren([
    ...personRoutes,
    ...planRoutes,
    ...textRoutes,
    ...inputRoutes,
    ...meetingRoutes,
    ...workshopRoutes,
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
    /** It opens a text, which comes before everything else (`lib/first-load.ts`). */
    opensText?: boolean
  }
  interface Register {
    router: AppRouter
  }
}
