import { AppError } from '@cabildo/protocol/errors'
import { createMiddleware } from 'hono/factory'
import type { HttpEnv } from './env.ts'

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request was made by one of our own pages: `Origin` equals `baseUrl`, and `Sec-Fetch-Site`, where the browser
 * sends it, agrees. A missing `Origin` is foreign, so that a cookie alone never suffices. Rooms ask the same question
 * before they upgrade (docs/spec/room.md, RM55).
 */
export function isOwnOrigin(headers: Headers, baseUrl: string): boolean {
  if (headers.get('origin') !== baseUrl) return false
  const site = headers.get('sec-fetch-site')
  return site === null || site === 'same-origin'
}

/**
 * Stands before everything that changes something: a request with an unsafe method must come from our own pages, else
 * `foreign_origin`, and carry JSON, else `not_json`. Both hold also for a body that is empty, so that no form and no
 * cross-site request without a preflight gets through. Below `/tlog/`, where no session is known, programs of others may
 * come without an `Origin`; a browser always sends one with such a request.
 */
export function ownOriginOnly(config: { readonly baseUrl: string }) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    if (!safeMethods.has(c.req.method)) {
      const program = c.req.path.startsWith('/tlog/') && c.req.header('origin') === undefined
      if (!program && !isOwnOrigin(c.req.raw.headers, config.baseUrl)) {
        throw new AppError('foreign_origin', { detail: `Origin must be ${config.baseUrl}.` })
      }
      if (!isJson(c.req.header('content-type'))) throw new AppError('not_json')
    }
    await next()
  })
}

function isJson(contentType = ''): boolean {
  return contentType.split(';', 1)[0]?.trim().toLowerCase() === 'application/json'
}
