import { type Context, Hono } from 'hono'
import { getCookie } from 'hono/cookie'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import { networkOf } from '../../http/address.ts'
import type { HttpEnv } from '../../http/env.ts'
import { operation } from '../../http/operation.ts'
import type { Keys } from '../../keys.ts'
import type { Rooms } from '../../rooms/ports.ts'
import { createCeremonies } from '../ceremonies.ts'
import { createCodes } from '../factors/codes.ts'
import { demandAccount } from '../factors/gate.ts'
import { beginTotp, confirmTotp, removeTotp, renewRecoveryCodes } from '../factors/service.ts'
import { addPasskey, beginPasskey, removePasskey } from '../passkeys/service.ts'
import type { Passwords } from '../passwords.ts'
import { createProof } from '../proof.ts'
import type { Sessions } from '../sessions.ts'
import type { Throttles } from '../throttling.ts'
import { changePassword, correctProfile, passkeyItem, readProfile } from './service.ts'

/** What one's own account needs. */
export interface ProfileDeps {
  db: Kysely<Database>
  sessions: Sessions
  passwords: Passwords
  throttles: Throttles
  keys: Keys
  rooms: Pick<Rooms, 'recheck'>
  config: { readonly baseUrl: string }
  now: () => Date
}

/**
 * The profile: name, address, password, authenticator, recovery codes, passkeys. Guests of a workshop read theirs and
 * correct their name. Open also to who owes a second factor, since here one is set up.
 */
export function profileRoutes(deps: ProfileDeps): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const { rooms } = deps
  const ceremonies = createCeremonies(deps.db, { secure: deps.config.baseUrl.startsWith('https:') })
  const taken = deps.throttles.bucket('address taken', { points: 10, seconds: 60 * 60 })
  const parts = { ...deps, taken, codes: createCodes(deps), proof: createProof(deps), ceremonies }
  const shownIn = (c: Context<HttpEnv>, { code }: { code: string }) => ({ code, network: networkOf(c.var.address) })
  /** The session that asked is over, and so are its open sockets; the browser goes on under another. */
  const renewed = (c: Context<HttpEnv>, cookie: string) => {
    rooms.recheck()
    c.header('Set-Cookie', cookie, { append: true })
  }

  operation(app, 'GET /api/profile', ({ actor }) => readProfile(deps, actor))

  operation(app, 'PATCH /api/profile', async ({ actor, body }) => {
    await correctProfile(parts, actor, body)
    rooms.recheck()
    return readProfile(deps, actor)
  })

  operation(app, 'PUT /api/profile/password', async ({ actor, body }, c) => {
    renewed(c, await changePassword(parts, actor, body))
    return undefined
  })

  operation(app, 'POST /api/profile/totp', ({ actor, body }) => beginTotp(parts, actor, body.password))

  operation(app, 'POST /api/profile/totp/confirm', async ({ actor, body }, c) => {
    demandAccount(actor)
    const { recoveryCodes, cookie } = await confirmTotp(parts, actor, shownIn(c, body))
    renewed(c, cookie)
    return { recoveryCodes }
  })

  operation(app, 'POST /api/profile/recovery-codes', ({ actor, body }, c) => {
    demandAccount(actor)
    return renewRecoveryCodes(parts, actor, shownIn(c, body))
  })

  operation(app, 'POST /api/profile/totp/remove', async ({ actor, body }, c) => {
    demandAccount(actor)
    await removeTotp(parts, actor, shownIn(c, body))
    return undefined
  })

  operation(app, 'POST /api/profile/passkeys/options', async ({ actor, body }, c) => {
    const { options, cookie } = await beginPasskey(parts, actor, body.password)
    c.header('Set-Cookie', cookie)
    return { ...options }
  })

  operation(app, 'POST /api/profile/passkeys', async ({ actor, body }, c) => {
    const secret = getCookie(c, ceremonies.cookieName('passkey_registration'))
    const { passkey, cookie } = await addPasskey(parts, actor, { ...body, secret })
    renewed(c, cookie)
    c.header('Set-Cookie', ceremonies.blankCookie('passkey_registration'), { append: true })
    return passkeyItem(passkey)
  })

  operation(app, 'DELETE /api/profile/passkeys/:passkeyId', async ({ actor, params }) => {
    await removePasskey(parts, actor, params.passkeyId)
    return undefined
  })

  return app
}
