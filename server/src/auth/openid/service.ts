import { AppError } from '@cabildo/protocol/errors'
import { safeNext } from '@cabildo/protocol/safe-next'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../db/types.ts'
import type { Ceremonies } from '../ceremonies.ts'
import { demandMayChange, takeWayIn } from '../factors/gate.ts'
import type { Proof } from '../proof.ts'
import { demandAlive } from '../renewal.ts'
import { type Coming, enter } from '../service.ts'
import type { Actor, Sessions } from '../sessions.ts'
import { hasAuthenticator } from '../store.ts'
import type { Provider } from './provider.ts'
import { beginSecondStep } from './second-step.ts'
import { deleteIdentity, type ExternalIdentity, findOwner, linkIdentity } from './store.ts'

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

/** What became of somebody who came back from the provider: where to send them, and with which cookie. */
export interface Arrival {
  to: string
  /** Of a new session. */
  cookie?: string
  /** Of the second step, which is yet to come. */
  secondStep?: string
}

/**
 * Takes somebody back from the provider. An identity that is linked signs its account in; one that is not is linked only
 * when the person began in their profile, and is still signed in there. An account with an authenticator is asked for its
 * code before it is signed in, as after a password, unless the provider says that a second factor was shown there.
 * Accounts are found by issuer and subject, never by an address. Throws when anything is not right.
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
    const owner = await linkTo(db, identity, actor)
    return { to: `${next}?openid=${owner === actor.userId ? 'linked' : 'taken'}` }
  }
  const owner = await findOwner(db, identity)
  if (!owner) return { to: '/login?openid=unknown' }
  if (owner.closed) throw new Error('the account is suspended or erased')
  const { id, name } = owner
  const secondFactor = provider.showsSecondFactor(claims)
  if (!secondFactor && (await hasAuthenticator(db, id))) {
    const secondStep = await beginSecondStep(parts, id, owner.identity)
    return { to: `/login?${new URLSearchParams({ openid: 'second', next })}`, secondStep }
  }
  const { cookie } = await enter(parts, { id, name }, coming, { secondFactor })
  return { to: next, cookie }
}

/** Links an identity while the account and the session stand, and neither can end before it is done (A6, A7). */
function linkTo(db: Kysely<Database>, identity: ExternalIdentity, actor: Actor): Promise<string> {
  return db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    return linkIdentity(trx, identity, actor.userId)
  })
}

/** Forgets an identity of one's own, unless it is the last way in. */
export async function removeIdentity({ db }: Pick<OpenIdParts, 'db'>, actor: Actor, identityId: string): Promise<void> {
  await demandMayChange(db, actor)
  await db.transaction().execute((trx) => takeWayIn(trx, actor, () => deleteIdentity(trx, actor.userId, identityId)))
}
