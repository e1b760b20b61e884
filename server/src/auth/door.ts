import type { IncomingMessage } from 'node:http'
import { AppError } from '@cabildo/protocol/errors'
import { parse } from 'hono/utils/cookie'
import { getPath } from 'hono/utils/url'
import { type AddressReader, networkOf } from '../http/address.ts'
import { dataHeaders } from '../http/headers.ts'
import { bodyLimitOf } from '../http/limits.ts'
import type { Metrics } from '../http/metrics.ts'
import { refusalOf } from '../http/problems.ts'
import type { Door } from '../http/server.ts'
import type { KnownDevices } from './known-devices.ts'
import type { Passwords } from './passwords.ts'

/** What the door asks, and whom it tells. `now` is in milliseconds. */
export interface DoorDeps {
  passwords: Pick<Passwords, 'checkRoom'>
  devices: Pick<KnownDevices, 'cookieName' | 'read'>
  metrics: Pick<Metrics, 'observe'>
  addressOf: AddressReader
  config: { readonly baseUrl: string }
  now: () => number
}

/** A refusal as Node takes it with the least work: each header's name, and behind it what it says. */
interface Answer {
  status: number
  headers: string[]
  body: string
}

const signIn = { method: 'POST', route: '/api/session' } as const
const longest = bodyLimitOf('POST /api/session')

/**
 * Stands before the whole app: while there is no room for another password of this network, sign-ins are refused before
 * anything of them is read, their origin, session and body included, unless their browser is a known one. It takes no
 * place, and `signIn` asks again: what it lets through may yet be refused. What is refused here is a figure of the metrics
 * and no line of the log.
 */
export function signInDoor({ passwords, devices, metrics, addressOf, config, now }: DoorDeps): Door {
  // Those who refuse throw one error again and again: its answer is put into words once.
  const answers = new WeakMap<AppError, Answer>()
  const answerOf = (error: AppError): Answer => {
    const known = answers.get(error)
    if (known) return known
    const { status, headers, body } = refusalOf(error)
    const answer = { status, headers: Object.entries({ ...headers, ...dataHeaders(config) }).flat(), body }
    answers.set(error, answer)
    return answer
  }
  /** The refusal of whoever finds no room; undefined where there is some. */
  const refusalFor = (request: IncomingMessage): Answer | undefined => {
    const { headers, socket } = request
    // Node joins what stands in several headers of this name; its types do not know that.
    const forwarded = headers['x-forwarded-for']?.toString()
    try {
      passwords.checkRoom(networkOf(addressOf(socket.remoteAddress, forwarded)))
      return undefined
    } catch (error) {
      // Anything else is a defect, which the app meets too, and tells.
      if (!(error instanceof AppError)) return undefined
      const { cookie } = headers
      if (cookie && devices.read(parse(cookie, devices.cookieName)[devices.cookieName])) return undefined
      return answerOf(error)
    }
  }

  return (request, response) => {
    if (request.method !== signIn.method || pathOf(request) !== signIn.route) return false
    const began = now()
    const refusal = refusalFor(request)
    if (!refusal) return false
    const { status, headers, body } = refusal
    const ofThisOne = ['X-Request-Id', crypto.randomUUID()]
    // Nobody reads to the end what is longer than a sign-in, or does not say how long it is.
    if (!isShort(request.headers['content-length'])) ofThisOne.push('Connection', 'close')
    response.writeHead(status, [...headers, ...ofThisOne]).end(body)
    // Who announced a body and sends none would hold the connection for minutes.
    setTimeout(() => request.complete || request.socket.destroySoon(), patience).unref()
    metrics.observe({ ...signIn, status, seconds: (now() - began) / 1000 })
    return true
  }
}

/** How long the rest of a refused body may take. Milliseconds, as of the adapter that serves the app. */
const patience = 500

/**
 * The path that a request asks for as the app's router understands it, however it is written. Put together as the app's
 * adapter does it, by writing: resolved against an address, `//` and an odd `Host` would say something else.
 */
function pathOf({ url = '/', headers: { host = 'localhost' } }: IncomingMessage): string {
  // As every browser and most floods write it.
  if (url === signIn.route) return url
  const whole = url.startsWith('/') ? `http://${host}${url}` : url
  // What is no address the adapter refuses. The router reads nothing of a request but this.
  return URL.canParse(whole) ? getPath({ url: new URL(whole).href } as Request) : url
}

/** Whether a body that says it has so many bytes is no longer than that of a sign-in. */
function isShort(contentLength: string | undefined): boolean {
  return contentLength !== undefined && Number(contentLength) <= longest
}
