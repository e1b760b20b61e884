import { createMiddleware } from 'hono/factory'
import type { Logger } from '../log.ts'
import type { AddressReader } from './address.ts'
import type { HttpEnv } from './env.ts'
import { isKeptForEver } from './headers.ts'
import type { Metrics } from './metrics.ts'
import { routePattern } from './route-pattern.ts'

/**
 * Names every request, learns where it came from, and tells the log and the metrics how it went: the route's pattern,
 * never its ids, query, address or person. `now` is in milliseconds and only ever grows.
 */
export function requestLog(deps: { logger: Logger; metrics: Metrics; addressOf: AddressReader; now: () => number }) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    const began = deps.now()
    c.set('requestId', crypto.randomUUID())
    // An app called without a server, as tests do, has no `env` at all.
    const socket = (c.env as HttpEnv['Bindings'] | undefined)?.incoming?.socket
    c.set('address', deps.addressOf(socket?.remoteAddress, c.req.header('x-forwarded-for')))
    await next()

    if (!isKeptForEver(c.res.headers)) c.res.headers.set('X-Request-Id', c.var.requestId)
    // A room's upgrade never becomes an answer of its own; its life is the rooms' to tell.
    if (c.req.header('upgrade') && c.res.ok) return
    const { method } = c.req
    const route = routePattern(c)
    const { status } = c.res
    const milliseconds = deps.now() - began
    deps.metrics.observe({ method, route, status, seconds: milliseconds / 1000 })
    // A stranger who is told to wait is a figure of the metrics and no line: a flood would fill the disk.
    const flood = status === 429 && !c.var.actor
    const level = route.startsWith('/api/') && method !== 'GET' && !flood ? 'info' : 'debug'
    const { requestId } = c.var
    deps.logger[level]({ requestId, method, route, status, ms: Math.round(milliseconds) }, 'answered')
  })
}
