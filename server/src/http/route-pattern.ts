import type { Context } from 'hono'
import { matchedRoutes } from 'hono/route'

/** The pattern of the route that a request found, such as `/api/plans/:planId`; `*` when only the client's files did. */
export function routePattern(c: Context): string {
  const own = matchedRoutes(c).findLast(({ method, path }) => method !== 'ALL' && !path.endsWith('*'))
  return own?.path ?? '*'
}
