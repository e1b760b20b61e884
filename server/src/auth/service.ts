import { AppError } from '@cabildo/protocol/errors'
import type { CurrentSession } from '@cabildo/protocol/http/account'
import type { Kysely } from 'kysely'
import type { Database } from '../db/types.ts'
import type { Passwords } from './passwords.ts'
import { rolesWithSecondFactor } from './rules.ts'
import type { Actor, Sessions } from './sessions.ts'
import { findAccount, findWorkshop, hasRole } from './store.ts'
import type { SignInThrottle } from './throttling.ts'

/** What signing in needs. */
export interface AuthDeps {
  db: Kysely<Database>
  sessions: Sessions
  passwords: Passwords
  throttle: SignInThrottle
}

/**
 * Signs somebody in under a new session and ends the one their browser showed, so that no id survives the step
 * (docs/spec/security.md, T2). An unknown address, a wrong password and a suspended account are the same to the caller, in words
 * and in time. Throws `wrong_credentials` or `throttled`.
 */
export async function signIn(
  deps: AuthDeps,
  input: { email: string; password: string; network: string; shown: string | undefined },
): Promise<{ user: { id: string; name: string }; cookie: string }> {
  const { email, password, network, shown } = input
  const isOpen = () => deps.throttle.check(email, network)
  await isOpen()
  const account = await findAccount(deps.db, email)
  // Asked again when it is this attempt's turn: of many at once, only as many as are allowed get to guess.
  const matches = await deps.passwords.verify(account?.passwordHash, password, isOpen)
  if (!matches || !account || account.suspended) {
    await deps.throttle.failed(email, network)
    throw new AppError('wrong_credentials')
  }
  if (shown !== undefined) await deps.sessions.end(shown)
  const { cookie } = await deps.sessions.begin(account.id)
  return { user: { id: account.id, name: account.name }, cookie }
}

/** Ends the session a browser shows. Ending none, or one that has ended, is fine. */
export async function signOut(deps: Pick<AuthDeps, 'sessions'>, shown: string | undefined): Promise<void> {
  if (shown !== undefined) await deps.sessions.end(shown)
}

/** Who is signed in, what bounds the session, and whether a second factor is owed. */
export async function readSession(deps: Pick<AuthDeps, 'db'>, actor: Actor): Promise<CurrentSession> {
  const { userId, name, workshopId, secondFactor } = actor
  const [workshop, owing] = await Promise.all([
    workshopId === null ? undefined : findWorkshop(deps.db, workshopId),
    secondFactor ? false : hasRole(deps.db, userId, rolesWithSecondFactor),
  ])
  // Made by `newId`, so already what their brands promise.
  return { user: { id: userId, name }, workshop: workshop ?? null, secondFactorMissing: owing } as CurrentSession
}
