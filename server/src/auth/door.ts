import { AppError } from '@cabildo/protocol/errors'
import { parse } from 'hono/utils/cookie'
import { getPath } from 'hono/utils/url'
import { type AddressReader, networkOf } from '../http/address.ts'
import type { HttpEnv } from '../http/env.ts'
import { dataHeaders } from '../http/headers.ts'
import { bodyLimitOf } from '../http/limits.ts'
import type { Metrics } from '../http/metrics.ts'
import { type Refusal, refusalOf } from '../http/problems.ts'
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

/** Answers a request that is refused at the door; undefined for one that may go on. */
export type Door = (request: Request, env: HttpEnv['Bindings'] | undefined) => Response | undefined

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
  const answers = new WeakMap<AppError, Refusal>()
  const answerOf = (error: AppError): Refusal => {
    const known = answers.get(error)
    if (known) return known
    const { status, headers, body } = refusalOf(error)
    const answer = { status, headers: { ...headers, ...dataHeaders(config) }, body }
    answers.set(error, answer)
    return answer
  }

  return (request, env) => {
    if (request.method !== signIn.method || getPath(request) !== signIn.route) return undefined
    const began = now()
    const { headers: asked } = request
    // An app called without a server, as tests do, has no `env` at all.
    const address = addressOf(env?.incoming?.socket?.remoteAddress, asked.get('x-forwarded-for') ?? undefined)
    try {
      passwords.checkRoom(networkOf(address))
      return undefined
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      const cookies = asked.get('cookie')
      if (cookies && devices.read(parse(cookies, devices.cookieName)[devices.cookieName])) return undefined
      const { status, headers, body } = answerOf(error)
      metrics.observe({ ...signIn, status, seconds: (now() - began) / 1000 })
      return new Response(body, {
        status,
        headers: {
          ...headers,
          'X-Request-Id': crypto.randomUUID(),
          // Nobody reads to the end what is longer than a sign-in, or does not say how long it is.
          ...(isShort(asked.get('content-length')) ? {} : { Connection: 'close' }),
        },
      })
    }
  }
}

/** Whether a body that says it has so many bytes is no longer than that of a sign-in. */
function isShort(contentLength: string | null): boolean {
  return contentLength !== null && Number(contentLength) <= longest
}
