import { AppError } from '@cabildo/protocol/errors'
import type { Profile } from '@cabildo/protocol/http/account'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { Database } from '../../db/types.ts'
import { logMembership } from '../../people/membership-log.ts'
import { demandAccount, demandMayChange } from '../factors/gate.ts'
import { canGetIn } from '../factors/rules.ts'
import { countRecoveryCodes, findTotp } from '../factors/store.ts'
import { findIdentities } from '../openid/store.ts'
import { findPasskeys, type ListedPasskey } from '../passkeys/store.ts'
import { demandStrong } from '../password-rules.ts'
import type { Passwords } from '../passwords.ts'
import type { Proof } from '../proof.ts'
import { demandAlive, renewSession } from '../renewal.ts'
import type { Actor, Sessions } from '../sessions.ts'
import { findWaysIn, replacePassword } from '../store.ts'
import type { Bucket } from '../throttling.ts'
import { changeEmail, findOwnMemberships, findSelf, renameSelf } from './store.ts'

/** What one's own account needs. */
export interface OwnAccountDeps {
  db: Kysely<Database>
  sessions: Sessions
  passwords: Passwords
  proof: Proof
  /** Counts, by account, addresses asked for that another one has. */
  taken: Bucket
}

/** Everything the program knows about somebody that they may see and change themselves. */
export async function readProfile({ db }: Pick<OwnAccountDeps, 'db'>, actor: Actor): Promise<z.input<typeof Profile>> {
  const { userId } = actor
  const [self, totp, recoveryCodesLeft, passkeys, identities, memberships] = await Promise.all([
    findSelf(db, userId),
    findTotp(db, userId),
    countRecoveryCodes(db, userId),
    findPasskeys(db, userId),
    findIdentities(db, userId),
    findOwnMemberships(db, userId),
  ])
  if (!self) throw new AppError('signed_out')
  const { hasPassword, ...user } = self
  return {
    user,
    hasPassword,
    totp: { on: totp?.confirmed === true, recoveryCodesLeft },
    passkeys: passkeys.map(passkeyItem),
    identities: identities.map(({ createdAt, ...identity }) => ({ ...identity, createdAt: createdAt.toISOString() })),
    memberships: memberships.map(({ consents, ...membership }) => ({
      ...membership,
      consents: consents.map(({ givenAt, withdrawnAt, ...consent }) => ({
        ...consent,
        givenAt: givenAt.toISOString(),
        withdrawnAt: withdrawnAt?.toISOString() ?? null,
      })),
    })),
  }
}

/** A passkey as it is told to its owner. */
export function passkeyItem({ id, label, createdAt, usedAt }: ListedPasskey): {
  id: string
  label: string
  createdAt: string
  usedAt: string | null
} {
  return { id, label, createdAt: createdAt.toISOString(), usedAt: usedAt?.toISOString() ?? null }
}

/**
 * Corrects somebody's name or address. A new address, or none, asks for the password; without an address the account must
 * still have a way in. Throws `email_taken`, and `throttled` after ten of those in an hour. That the name changed is kept with each plan, but not what it was.
 */
export async function correctProfile(
  { db, proof, taken }: Pick<OwnAccountDeps, 'db' | 'proof' | 'taken'>,
  actor: Actor,
  {
    name,
    email,
    password,
  }: { name?: string | undefined; email?: string | null | undefined; password?: string | undefined },
): Promise<void> {
  const { userId } = actor
  if (email !== undefined) {
    demandAccount(actor)
    await proof.demand(userId, password)
    // Taken before and given back: that an address is known tells something, so nobody may ask for many.
    if (email !== null) await taken.take(userId)
  }
  await db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    if (email !== undefined) {
      if (!(await changeEmail(trx, userId, email))) throw new AppError('email_taken')
      if (email === null && !canGetIn(await findWaysIn(trx, userId))) {
        throw new AppError('conflict', { detail: 'Without the address there is no way into the account.' })
      }
    }
    if (name === undefined || name === actor.name) return
    for (const planId of await renameSelf(trx, userId, name)) {
      await logMembership(trx, { planId, userId, kind: 'renamed', actorId: userId })
    }
  })
  if (email) await taken.giveBack(userId)
}

/**
 * Sets or changes the password. Every other session ends with the old one; answers the cookie of the one that replaces
 * this. Like any other way in, it takes the password there is, and a session that showed the second factor there is.
 */
export async function changePassword(
  deps: OwnAccountDeps,
  actor: Actor,
  { newPassword, password }: { newPassword: string; password?: string | undefined },
): Promise<string> {
  const { db, passwords, proof } = deps
  const { userId } = actor
  await demandMayChange(db, actor)
  await proof.demand(userId, password)
  const self = await findSelf(db, userId)
  if (!self) throw new AppError('signed_out')
  demandStrong(newPassword, self)
  const passwordHash = await passwords.hash(newPassword)
  await db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    await replacePassword(trx, { userId, passwordHash, butSession: actor.sessionId })
  })
  return renewSession(deps, actor, { alone: true })
}
