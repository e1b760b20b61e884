import { AppError } from '@cabildo/protocol/errors'
import { safeNext } from '@cabildo/protocol/safe-next'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../db/types.ts'
import type { Ceremonies } from '../ceremonies.ts'
import { demandMayChange, takeWayIn } from '../factors/gate.ts'
import type { Proof } from '../proof.ts'
import { type Coming, enter } from '../service.ts'
import type { Actor, Sessions } from '../sessions.ts'
import type { Provider } from './provider.ts'
import { showsSecondFactor } from './rules.ts'
import { deleteIdentity, findOwner, linkIdentity } from './store.ts'

/** What signing in elsewhere needs. */
export interface OpenIdParts {
  db: Kysely<Database>
  sessions: Sessions
  ceremonies: Ceremonies
  provider: Provider
}

const Remembered = z.object({ verifier: z.string(), state: z.string(), nonce: z.string(), next: z.string() })

/** Begins to sign in: where the browser goes, and the cookie of the ceremony. `next` is where it ends up (T13). */
export async function beginSignOn(
  { provider, ceremonies }: Pick<OpenIdParts, 'provider' | 'ceremonies'>,
  next: string | undefined,
): Promise<{ url: string; cookie: string }> {
  const { url, errand } = await provider.begin()
  return { url, cookie: await ceremonies.begin('openid', { ...errand, next: safeNext(next) }) }
}

/** Begins to link an account at the provider to the one that is signed in. Throws `unavailable` without the provider. */
export async function beginLinking(
  { db, provider, ceremonies, proof }: OpenIdParts & { proof: Proof },
  actor: Actor,
  password: string | undefined,
): Promise<{ url: string; cookie: string }> {
  await demandMayChange(db, actor)
  await proof.demand(actor.userId, password)
  const { url, errand } = await provider.begin().catch(() => {
    throw new AppError('unavailable', { detail: 'The other sign-on cannot be reached.' })
  })
  return { url, cookie: await ceremonies.begin('openid', { ...errand, next: '/profile' }, actor.userId) }
}

/** What became of somebody who came back from the provider: where to send them, and the cookie of a new session. */
export interface Arrival {
  to: string
  cookie?: string
}

/**
 * Takes somebody back from the provider. An identity that is linked signs its account in; one that is not is linked only
 * when the person began in their profile, and is still signed in there. Accounts are found by issuer and subject, never by
 * an address. Throws when anything is not right.
 */
export async function arrive(
  parts: OpenIdParts,
  actor: Actor | undefined,
  { secret, search, ...coming }: Omit<Coming, 'network'> & { secret: string | undefined; search: string },
): Promise<Arrival> {
  const { db, provider, ceremonies } = parts
  const ceremony = await ceremonies.take('openid', secret)
  if (!ceremony) throw new Error('this browser did not begin, or took too long')
  const { next, ...errand } = Remembered.parse(ceremony.data)
  const { claims, ...identity } = await provider.finish(search, errand)

  if (ceremony.userId !== null) {
    if (actor?.userId !== ceremony.userId) throw new Error('the person who began is not signed in any more')
    await demandMayChange(db, actor)
    const owner = await linkIdentity(db, identity, actor.userId)
    return { to: `${next}?openid=${owner === actor.userId ? 'linked' : 'taken'}` }
  }
  const owner = await findOwner(db, identity)
  if (!owner) return { to: '/login?openid=unknown' }
  if (owner.closed) throw new Error('the account is suspended or erased')
  const { cookie } = await enter(parts, owner, coming, { secondFactor: showsSecondFactor(claims) })
  return { to: next, cookie }
}

/** Forgets an identity of one's own, unless it is the last way in. */
export async function removeIdentity({ db }: Pick<OpenIdParts, 'db'>, actor: Actor, identityId: string): Promise<void> {
  await demandMayChange(db, actor)
  await db
    .transaction()
    .execute((trx) => takeWayIn(trx, actor.userId, () => deleteIdentity(trx, actor.userId, identityId)))
}
