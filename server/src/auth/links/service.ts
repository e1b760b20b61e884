/**
 * Using a one-time link. Whoever holds its secret may look at it as often as they like and use it once.
 * 1. The link is found by the hash of its secret; what is not open is `link_gone`, whatever the reason.
 * 2. The password is hashed before anything is held.
 * 3. Plan, account and link are held, in this order, and the link is read again: of many at once one wins.
 * 4. A new session begins, and the one the browser showed ends.
 */
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Group } from '@cabildo/protocol/http/common'
import type { Kysely, Transaction } from 'kysely'
import { newId } from '../../db/ids.ts'
import type { Database } from '../../db/types.ts'
import { logMembership } from '../../people/membership-log.ts'
import { holdPlanRow } from '../../people/service.ts'
import { recordConsent } from '../../privacy/consent.ts'
import type { Rooms } from '../../rooms/ports.ts'
import { demandStrong } from '../password-rules.ts'
import type { Passwords } from '../passwords.ts'
import { renewSession } from '../renewal.ts'
import type { Actor, Sessions } from '../sessions.ts'
import { hasAuthenticator, replacePassword } from '../store.ts'
import type { Bucket } from '../throttling.ts'
import { findOpenLink, holdLiveAccount, insertAccount, insertMember, markUsed, type OpenLink } from './store.ts'
import { hashOfToken } from './token.ts'

/** What using links needs. `failures` counts, by network, secrets that led nowhere. */
export interface UseDeps {
  db: Kysely<Database>
  sessions: Sessions
  passwords: Passwords
  failures: Bucket
  rooms: Pick<Rooms, 'recheck'>
}

/** What somebody says of themselves when they use a link. */
export interface LinkUse {
  token: string
  asSelf?: boolean | undefined
  name?: string | undefined
  email?: string | null | undefined
  password?: string | undefined
  consent?: string | undefined
}

/** Who uses a link, and from where. */
export interface Caller {
  network: string
  actor: Actor | undefined
  /** The secret of the session that the browser showed. */
  shown: string | undefined
  /** What the browser says of itself. */
  label?: string | undefined
}

/** What a link is for. Looking uses nothing. */
export async function lookAtLink(deps: Pick<UseDeps, 'db' | 'failures'>, token: string, network: string) {
  const link = await find(deps, token, network)
  const { kind, planTitle, place, name, email, role, groupId, groupName, sector, expiresAt } = link
  const group = groupId && groupName && sector ? { id: groupId, name: groupName, sector } : null
  return {
    kind,
    plan: { title: planTitle, place },
    name,
    email,
    role,
    // Made by `newId`, so already what its brand promises.
    group: group as Group | null,
    expiresAt: expiresAt.toISOString(),
  }
}

/**
 * Uses a link. An invitation gives the account that is signed in (`asSelf`), or else a new one, a part in the plan; a
 * recovery gives the account a new password, ends all its sessions and leaves its other factors as they are. Answers who
 * is signed in now, and the cookie.
 */
export async function useLink(
  deps: UseDeps,
  use: LinkUse,
  caller: Caller,
): Promise<{ user: { id: string; name: string }; planSlug: string; cookie: string | undefined }> {
  const { db, sessions, passwords, rooms } = deps
  const link = await find(deps, use.token, caller.network)
  const self = link.kind === 'invitation' && use.asSelf === true ? demandAccount(caller.actor) : undefined
  demandFields(link, use, self)
  const passwordHash = self || use.password === undefined ? null : await passwords.hash(use.password)

  const user = await db.transaction().execute((trx) => {
    if (link.kind === 'recovery') return recover(trx, use, link, passwordHash)
    return self ? joinAsSelf(trx, use, link, self) : joinAnew(trx, use, link, passwordHash)
  })
  if (user === 'link_gone' || user === 'email_taken') {
    // An address that is taken tells something, so nobody may ask for many.
    await deps.failures.count(caller.network)
    throw user === 'email_taken' ? refuseField('/email', 'Another account has this address.', user) : new AppError(user)
  }

  const renewed = self && (await renewSession({ db, sessions }, self))
  if (!renewed && caller.shown !== undefined) await sessions.end(caller.shown)
  // A link stands for a password alone: whoever has an authenticator signs in with both.
  const owesCode = link.kind === 'recovery' && (await hasAuthenticator(db, user.id))
  const cookie = owesCode ? undefined : (renewed ?? (await sessions.begin(user.id, { label: caller.label })).cookie)
  rooms.recheck()
  return { user, planSlug: link.planSlug, cookie }
}

/** Who came in, or why nothing was stored. */
type Outcome = { id: string; name: string } | 'link_gone' | 'email_taken'

async function find(
  { db, failures }: Pick<UseDeps, 'db' | 'failures'>,
  token: string,
  network: string,
): Promise<OpenLink> {
  await failures.check(network)
  const link = await findOpenLink(db, hashOfToken(token))
  if (link) return link
  await failures.count(network)
  throw new AppError('link_gone')
}

/** The account that is signed in. A guest's session is none: it lasts as long as its workshop. */
function demandAccount(actor: Actor | undefined): Actor {
  if (actor && actor.workshopId === null) return actor
  throw refuseField('/asSelf', 'Sign in with an account first.')
}

function demandFields(link: OpenLink, { name, email, password, consent }: LinkUse, self: Actor | undefined): void {
  if (link.kind === 'invitation' && consent === undefined) {
    throw refuseField('/consent', 'Say which consent text was read and agreed to.')
  }
  if (link.kind === 'recovery' && password === undefined) throw refuseField('/password', 'Choose a new password.')
  if (self || password === undefined) return
  const person = link.kind === 'recovery' ? link : { name: name ?? link.name, email: email ?? link.email }
  demandStrong(password, person, '/password')
}

/** A new account in the plan, by the name given or the one the invitation was made for. */
async function joinAnew(
  trx: Transaction<Database>,
  use: LinkUse,
  { planId }: OpenLink,
  passwordHash: string | null,
): Promise<Outcome> {
  await holdPlanRow(trx, planId)
  const link = await findOpenLink(trx, hashOfToken(use.token), { hold: true })
  if (!link) return 'link_gone'
  const user = { id: newId(), name: use.name ?? link.name }
  const email = use.email === undefined ? link.email : use.email
  if (!(await insertAccount(trx, { ...user, email, passwordHash }))) return 'email_taken'
  await join(trx, use, link, user.id)
  return user
}

/** A part in the plan for an account that exists. */
async function joinAsSelf(
  trx: Transaction<Database>,
  use: LinkUse,
  { planId }: OpenLink,
  self: Actor,
): Promise<Outcome> {
  await holdPlanRow(trx, planId)
  if (!(await holdLiveAccount(trx, self.userId))) throw new AppError('conflict')
  const link = await findOpenLink(trx, hashOfToken(use.token), { hold: true })
  if (!link) return 'link_gone'
  await join(trx, use, link, self.userId)
  return { id: self.userId, name: self.name }
}

async function join(trx: Transaction<Database>, { consent }: LinkUse, link: OpenLink, userId: string): Promise<void> {
  const { id, planId, role, groupId, makerId: actorId } = link
  if (role === null) throw new Error(`invitation ${id} has no role`)
  if (!(await insertMember(trx, { planId, userId, groupId, role }))) {
    throw new AppError('conflict', { detail: 'You take part in this plan already.' })
  }
  await recordConsent(trx, { userId, planId, textVersion: consent ?? '', way: 'screen' })
  await logMembership(trx, { planId, userId, kind: 'joined', actorId, role, groupId })
  await markUsed(trx, id, userId)
}

/** A new password for the account that the link leads back to. */
async function recover(
  trx: Transaction<Database>,
  { token }: LinkUse,
  { planId, userId }: OpenLink,
  passwordHash: string | null,
): Promise<Outcome> {
  if (userId === null || passwordHash === null) throw new Error('a recovery is of an account, with a password')
  await holdPlanRow(trx, planId)
  if (!(await holdLiveAccount(trx, userId))) return 'link_gone'
  const link = await findOpenLink(trx, hashOfToken(token), { hold: true })
  if (!link) return 'link_gone'
  await replacePassword(trx, { userId, passwordHash })
  await markUsed(trx, link.id, userId)
  await logMembership(trx, { planId, userId, kind: 'recovered', actorId: link.makerId })
  return { id: userId, name: link.name }
}
