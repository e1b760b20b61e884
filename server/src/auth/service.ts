import { AppError } from '@cabildo/protocol/errors'
import type { CurrentSession, SessionItem } from '@cabildo/protocol/http/account'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { Database } from '../db/types.ts'
import type { Codes } from './factors/codes.ts'
import { demandAccount } from './factors/gate.ts'
import { findUnseenReset } from './factors/reset/store.ts'
import type { KnownDevice, KnownDevices } from './known-devices.ts'
import type { Passwords } from './passwords.ts'
import { endOne } from './renewal.ts'
import { rolesWithSecondFactor } from './rules.ts'
import type { Actor, Sessions } from './sessions.ts'
import { type Account, findAccount, findWorkshop, hasRole } from './store.ts'
import type { SignInThrottle } from './throttling.ts'

/** What signing in needs. */
export interface AuthDeps {
  db: Kysely<Database>
  sessions: Sessions
  passwords: Passwords
  throttle: SignInThrottle
  devices: Pick<KnownDevices, 'isTrusted' | 'failed'>
  codes: Codes
}

/** How somebody comes in: from which network, under which session so far, with what browser, and whose it was before. */
export interface Coming {
  network: string
  device?: KnownDevice | undefined
  shown: string | undefined
  label: string | undefined
}

/** Who signed in, and the `Set-Cookie` of their session. */
export interface SignedIn {
  user: { id: string; name: string }
  cookie: string
}

/**
 * Signs somebody in by password, and by a code where the account has an authenticator. An unknown address, a wrong
 * password and a suspended account are the same to the caller, in words and in time; that there is an authenticator is told
 * only to who knows the password. Throws `wrong_credentials`, `second_factor_needed`, `wrong_code` or `throttled`.
 */
export async function signIn(
  deps: AuthDeps,
  { email, password, code, ...coming }: Coming & { email: string; password: string; code?: string | undefined },
): Promise<SignedIn> {
  const { network } = coming
  const { throttle } = deps
  const device = await deviceOf(deps, email, coming.device)
  if (!device) throttle.checkKnown(email, network)
  const failed = () => (device ? deps.devices.failed(device) : throttle.failed(email, network))
  let account: Account | undefined
  const stored = async () => {
    account = await findAccount(deps.db, email)
    return account?.closed ? null : account?.passwordHash
  }
  // Asked when it is this attempt's turn: of many at once, only as many as are allowed get to guess.
  const isOpen = async () => {
    // Asked again: of many at once, those whose turn comes after ten wrong ones are strangers'.
    if (!device || !(await deps.devices.isTrusted(device))) await throttle.check(email, network)
  }
  const known = device !== undefined
  const matches = await deps.passwords.verify(stored, password, isOpen, { from: network, wrong: failed, known })
  if (!matches || !account) throw new AppError('wrong_credentials')
  const { id, name, hasTotp, passwordHash } = account
  if (hasTotp) {
    if (code === undefined) throw new AppError('second_factor_needed')
    await deps.codes.accept({ userId: id, code, network })
  }
  const signedIn = await enter(deps, { id, name }, coming, { secondFactor: hasTotp })
  // Changed while this attempt was under way: its session would outlive the password it began with.
  if ((await findAccount(deps.db, email))?.passwordHash !== passwordHash) {
    await deps.sessions.endAllOf(id)
    throw new AppError('wrong_credentials')
  }
  return signedIn
}

/** The device somebody shows, when it is known to the account of this address and not over its own count. */
async function deviceOf(
  { db, devices }: Pick<AuthDeps, 'db' | 'devices'>,
  email: string,
  device: KnownDevice | undefined,
): Promise<KnownDevice | undefined> {
  if (!device || (await findAccount(db, email))?.id !== device.userId) return undefined
  return (await devices.isTrusted(device)) ? device : undefined
}

/**
 * Begins the session of somebody who showed who they are, and ends the one their browser showed, so that no id survives
 * the step (docs/spec/security.md, T2).
 */
export async function enter(
  { sessions }: Pick<AuthDeps, 'sessions'>,
  user: { id: string; name: string },
  { shown, label }: Omit<Coming, 'network'>,
  { secondFactor }: { secondFactor: boolean },
): Promise<SignedIn> {
  if (shown !== undefined) await sessions.end(shown)
  const { cookie } = await sessions.begin(user.id, { label, secondFactor })
  return { user, cookie }
}

/** Ends the session a browser shows. Ending none, or one that has ended, is fine. */
export async function signOut(deps: Pick<AuthDeps, 'sessions'>, shown: string | undefined): Promise<void> {
  if (shown !== undefined) await deps.sessions.end(shown)
}

/** Who is signed in, what bounds the session, and whether a second factor is owed. */
export async function readSession(deps: Pick<AuthDeps, 'db'>, actor: Actor): Promise<CurrentSession> {
  const { userId, name, workshopId, secondFactor } = actor
  const [workshop, owing, removedAt] = await Promise.all([
    workshopId === null ? undefined : findWorkshop(deps.db, workshopId),
    secondFactor ? false : hasRole(deps.db, userId, rolesWithSecondFactor),
    findUnseenReset(deps.db, userId),
  ])
  // Made by `newId`, so already what their brands promise.
  return {
    user: { id: userId, name },
    workshop: workshop ?? null,
    secondFactorMissing: owing,
    ...(removedAt && { factorsRemovedAt: removedAt.toISOString() }),
  } as CurrentSession
}

/** Where somebody is signed in, newest first. */
export async function listSessions(
  { sessions }: Pick<AuthDeps, 'sessions'>,
  actor: Actor,
): Promise<z.input<typeof SessionItem>[]> {
  demandAccount(actor)
  const entries = (await sessions.list(actor.userId)).reverse()
  return entries.map(({ sessionId, label, createdAt, seenAt }) => ({
    id: sessionId,
    current: sessionId === actor.sessionId,
    label,
    createdAt: createdAt.toISOString(),
    seenAt: seenAt.toISOString(),
  }))
}

/** Ends one of somebody's sessions. Another's, or none: `not_found`. */
export async function endSession(
  { sessions }: Pick<AuthDeps, 'sessions'>,
  actor: Actor,
  sessionId: string,
): Promise<void> {
  demandAccount(actor)
  if (!(await endOne(sessions, actor.userId, sessionId))) throw new AppError('not_found')
}

/** Ends every session of somebody, this one too. */
export async function endEverywhere({ sessions }: Pick<AuthDeps, 'sessions'>, actor: Actor): Promise<void> {
  demandAccount(actor)
  await sessions.endAllOf(actor.userId)
}
