import type { QueryClient } from '@tanstack/react-query'
import { createRootRouteWithContext } from '@tanstack/react-router'
import type { Memory } from '../memory.ts'
import { PageNotFound } from '../page-failure.tsx'
import { Shell } from '../shell.tsx'

/** What loaders are given: the answers at hand, and what this device remembers of the last visit. */
export interface RouteContext {
  client: QueryClient
  memory: Memory
}

/** The frame of every page. */
export const root = createRootRouteWithContext<RouteContext>()({
  component: Shell,
  notFoundComponent: PageNotFound,
})
