import { AppError } from '@cabildo/protocol/errors'
import type { Kysely } from 'kysely'
import { z } from 'zod'
import type { Database } from '../../db/types.ts'
import type { Ceremonies } from '../ceremonies.ts'
import type { Codes } from '../factors/codes.ts'
import { type Coming, enter, type SignedIn } from '../service.ts'
import type { Sessions } from '../sessions.ts'
import { findAccountById } from '../store.ts'
import { findIdentities } from './store.ts'

/** What the second step needs. */
export interface SecondStepParts {
  db: Kysely<Database>
  sessions: Sessions
  ceremonies: Ceremonies
  codes: Codes
}

const Remembered = z.object({ identity: z.string() })

/**
 * Begins the second step of somebody for whom the provider vouches, but not for a second factor: nobody is signed in
 * yet. Answers the cookie of the ceremony. `identity`: the id of what they came with, as their profile lists it.
 */
export function beginSecondStep(
  { ceremonies }: Pick<SecondStepParts, 'ceremonies'>,
  userId: string,
  identity: string,
): Promise<string> {
  return ceremonies.begin('openid_second', { identity }, userId)
}

/**
 * Signs in whoever came back from the provider in this browser within five minutes, and shows a code of their
 * authenticator or a recovery code; a wrong one can be tried again, as after a password. Throws `wrong_code`,
 * `throttled`, and `wrong_credentials` when there is nothing to go on with: it took too long, was used, the identity was
 * taken away, or the account closed.
 */
export async function finishSecondStep(
  parts: SecondStepParts,
  { secret, code, ...coming }: Coming & { secret: string | undefined; code: string },
): Promise<SignedIn> {
  const { db, ceremonies, codes } = parts
  const ceremony = await ceremonies.look('openid_second', secret)
  const userId = ceremony?.userId
  if (!userId || !(await maySignIn(db, userId, ceremony.data))) throw new AppError('wrong_credentials')
  await codes.accept({ userId, code, network: coming.network })
  // Of two that come with the same cookie at once, one goes on; and what ended while the code was looked at ends this.
  const taken = await ceremonies.take('openid_second', secret)
  const account = taken && (await maySignIn(db, userId, ceremony.data))
  if (!account) throw new AppError('wrong_credentials')
  return enter(parts, account, coming, { secondFactor: true })
}

async function maySignIn(
  db: Kysely<Database>,
  userId: string,
  data: unknown,
): Promise<{ id: string; name: string } | undefined> {
  const { identity } = Remembered.parse(data)
  const [account, identities] = await Promise.all([findAccountById(db, userId), findIdentities(db, userId)])
  if (!account?.hasTotp || account.closed || !identities.some(({ id }) => id === identity)) return undefined
  return { id: account.id, name: account.name }
}
