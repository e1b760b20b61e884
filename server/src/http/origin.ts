import { AppError } from '@cabildo/protocol/errors'
import { api } from '@cabildo/protocol/http/api'
import type { Contract } from '@cabildo/protocol/http/contract'
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
 * `foreign_origin`, and carry JSON, else `not_json`; where the contract takes a file, a form with it (which needs no
 * preflight: there the origin alone keeps others out), and where a page without scripts sends one, that. Both hold also for a body that is empty, so that no form and no
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
      const wanted = wantedFor(c.req.method, c.req.path)
      if (typeOf(c.req.header('content-type')) !== wanted)
        throw new AppError('not_json', { detail: `It must be ${wanted}.` })
    }
    await next()
  })
}

function typeOf(contentType = ''): string | undefined {
  return contentType.split(';', 1)[0]?.trim().toLowerCase()
}

/** Addresses to which files are sent, by their methods. */
const uploads = Object.entries(api as Record<string, Contract>).flatMap(([key, { upload }]) => {
  const [method = '', path = ''] = key.split(' ')
  return upload ? [{ method, path: new RegExp(`^${path.replaceAll(/:\w+/g, '[^/]+')}$`) }] : []
})

/** Where pages without scripts send their forms. */
const plainForm = /^(?:\/en)?\/p\/[^/]+\/commitments\/[^/]+\/comments$/

function wantedFor(method: string, path: string): string {
  if (plainForm.test(path)) return 'application/x-www-form-urlencoded'
  return takesFile(method, path) ? 'multipart/form-data' : 'application/json'
}

function takesFile(method: string, path: string): boolean {
  return uploads.some((one) => one.method === method && one.path.test(path))
}
