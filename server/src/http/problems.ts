import { AppError, type Problem, type RefusalCode } from '@cabildo/protocol/errors'
import type { Context, ErrorHandler, Hono, NotFoundHandler } from 'hono'
import { TrieRouter } from 'hono/router/trie-router'
import { isCrossed } from '../db/again.ts'
import type { Logger } from '../log.ts'
import type { HttpEnv } from './env.ts'
import { routePattern } from './route-pattern.ts'

/** What each refusal means, in one line. The client has its own words; these are for people who read the answer. */
export const problemTitles: Record<RefusalCode, string> = {
  bad_request: 'The request cannot be read.',
  invalid: 'Some of what was sent is not valid.',
  signed_out: 'Sign in first.',
  wrong_credentials: 'The e-mail address or the password is wrong.',
  second_factor_needed: 'Send the code of your authenticator, or a recovery code, too.',
  wrong_code: 'The code is wrong, or was used already.',
  forbidden: 'Your role may not do this.',
  second_factor_missing: 'Your role needs a second factor: set one up first.',
  foreign_origin: 'Requests that change something must come from our own pages.',
  not_found: 'There is nothing here for you.',
  method_not_allowed: 'This address does not take that method.',
  conflict: 'Something changed in the meantime.',
  email_taken: 'Another account has this e-mail address.',
  stale_version: 'The text is another by now: read it again.',
  already_decided: 'You decided on this request already.',
  request_closed: 'The request is not open any more.',
  inputs_unanswered: 'Fewer inputs have an answer than the plan promises.',
  own_text: 'Nobody approves what they alone wrote.',
  last_coordinator: 'A plan needs a coordinator: name another one first.',
  taken_out: 'Somebody was taken out of the workshop here: ask whoever runs it to let them back in.',
  workshop_full: 'The workshop has as many people as it takes.',
  link_gone: 'This link or code does not lead anywhere any more.',
  nothing_written: 'You wrote nothing there that a receipt could be for',
  schema_mismatch: 'Your page is older or newer than the document: load it again.',
  too_large: 'What was sent is too large.',
  not_json: 'Send JSON: Content-Type must be application/json.',
  content_not_allowed: 'A document may not hold this content.',
  foreign_author: 'The edit claims to be by somebody else.',
  frozen: 'The document is closed to edits.',
  throttled: 'Too many attempts: wait a little.',
  internal: 'Something went wrong on our side.',
  unavailable: 'The server cannot do this now: try again.',
}

/** A refusal as its body. `type` leads to the table of problems in the API reader. */
export function problemOf(error: AppError): Problem {
  return {
    type: `/api/docs#${error.code}`,
    title: problemTitles[error.code],
    status: error.status,
    code: error.code,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(error.errors.length === 0 ? {} : { errors: [...error.errors] }),
  }
}

/** A refusal as it goes over the wire. */
export interface Refusal {
  status: AppError['status']
  headers: Record<string, string>
  body: string
}

/** A refusal as problem+json (RFC 9457), with `Retry-After` when it says when to come back. */
export function refusalOf(error: AppError): Refusal {
  const { status, retryAfter } = error
  const body = JSON.stringify(problemOf(error))
  const headers: Record<string, string> = {
    'Cache-Control': 'no-store',
    'Content-Type': 'application/problem+json',
    // What says that it is short is not compressed.
    'Content-Length': String(Buffer.byteLength(body)),
  }
  if (retryAfter !== undefined) headers['Retry-After'] = String(Math.max(1, Math.ceil(retryAfter)))
  return { status, headers, body }
}

/** Answers a refusal, beside what was set on the answer before. */
export function refuse(c: Context<HttpEnv>, error: AppError): Response {
  const { status, headers, body } = refusalOf(error)
  for (const [name, value] of Object.entries(headers)) c.header(name, value)
  return c.body(body, status)
}

/**
 * The edge of every request: a refusal is answered as it is, a lost database as `unavailable`, like a transaction that
 * crossed others however often it began; anything else is a defect, which is logged with its context and answered as
 * `internal` without a word about its cause.
 */
export function problems(logger: Logger): ErrorHandler<HttpEnv> {
  return (error, c) => {
    if (error instanceof AppError) return refuse(c, error)
    const context = { requestId: c.var.requestId, method: c.req.method, route: routePattern(c) }
    if (isLostDatabase(error)) {
      logger.warn({ ...context, err: error }, 'the database cannot be reached')
      return refuse(c, new AppError('unavailable', { retryAfter: 2 }))
    }
    if (isCrossed(error)) {
      logger.warn({ ...context, err: error }, 'a transaction crossed another one and was given up')
      return refuse(c, new AppError('unavailable', { retryAfter: 1 }))
    }
    logger.error({ ...context, userId: c.var.actor?.userId, err: error }, 'a request failed')
    return refuse(c, new AppError('internal', { detail: `Tell us this number: ${c.var.requestId}` }))
  }
}

/**
 * Answers what no route took: `method_not_allowed`, with `Allow`, when the address takes other methods, else `not_found`.
 * Looks at the routes of `app` when first asked, so it may be set before or after them.
 */
export function noSuchRoute(app: Hono<HttpEnv>): NotFoundHandler<HttpEnv> {
  let methods: TrieRouter<string> | undefined
  return (c) => {
    if (!methods) {
      methods = new TrieRouter()
      for (const { method, path } of app.routes) {
        // Middleware takes any method, and the client's files any path: neither is an address of its own.
        if (method !== 'ALL' && !path.endsWith('*')) methods.add('ALL', path, method)
      }
    }
    const allowed = new Set(methods.match('ALL', c.req.path)[0].map(([method]) => method))
    // A route that took the method and passed it on has nothing there.
    if (allowed.size === 0 || allowed.has(c.req.method)) return refuse(c, new AppError('not_found'))
    if (allowed.has('GET')) allowed.add('HEAD')
    c.header('Allow', [...allowed].join(', '))
    return refuse(c, new AppError('method_not_allowed'))
  }
}

const lostCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  '57P01',
  '57P02',
  '57P03',
  '53300',
])

/** True for what `pg` throws when no connection can be had or one broke under us. */
function isLostDatabase(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const code = 'code' in error ? String(error.code) : ''
  const network = 'syscall' in error ? error.syscall === 'connect' || error.syscall === 'read' : code.length === 5
  if (network && (lostCodes.has(code) || code.startsWith('08'))) return true
  return /timeout exceeded when trying to connect|Connection terminated|pool after calling end/.test(error.message)
}
