import type { Role } from '@cabildo/protocol/http/common'
import { type Kysely, sql, type Transaction } from 'kysely'
import { prepared } from '../db/prepared.ts'
import type { Database } from '../db/types.ts'
import { isAlive } from './alive.ts'

/** What is needed to sign somebody in. */
export interface Account {
  id: string
  name: string
  email: string | null
  passwordHash: string | null
  /** Suspended or erased: nobody signs in. */
  closed: boolean
  /** A confirmed authenticator asks for its code. */
  hasTotp: boolean
}

/** Finds an account by its e-mail address, in whatever letters it was typed. */
export async function findAccount(db: Kysely<Database>, email: string): Promise<Account | undefined> {
  const row = await accounts(db).where(sql`lower(email)`, '=', email.trim().toLowerCase()).executeTakeFirst()
  return row && accountOf(row)
}

/** Finds an account by its id. Guests have none. */
export async function findAccountById(db: Kysely<Database>, userId: string): Promise<Account | undefined> {
  const row = await accounts(db).where('id', '=', userId).executeTakeFirst()
  return row && accountOf(row)
}

/** Whether an account is asked for a code when it signs in. */
export async function hasAuthenticator(db: Kysely<Database>, userId: string): Promise<boolean> {
  return (await findAccountById(db, userId))?.hasTotp === true
}

function accounts(db: Kysely<Database>) {
  return db
    .selectFrom('userAccount')
    .where('kind', '=', 'account')
    .select(['id', 'name', 'email', 'passwordHash', 'suspendedAt', 'erasedAt'])
    .select(
      sql<boolean>`exists (select from totp t where t.user_id = user_account.id and t.confirmed_at is not null)`.as(
        'hasTotp',
      ),
    )
}

function accountOf({
  suspendedAt,
  erasedAt,
  ...account
}: Omit<Account, 'closed'> & { suspendedAt: Date | null; erasedAt: Date | null }): Account {
  return { ...account, closed: suspendedAt !== null || erasedAt !== null }
}

/** Whether a live session began at most so many seconds ago. */
export async function beganWithin(db: Kysely<Database>, sessionId: string, seconds: number): Promise<boolean> {
  const { rows } = await sql`
    select from session
    where id = ${sessionId} and ended_at is null and created_at > now() - make_interval(secs => ${seconds})`.execute(db)
  return rows.length > 0
}

/** What a session that was not ended stands on, and which second factors its account has. */
export async function findStanding(
  db: Kysely<Database>,
  sessionId: string,
): Promise<
  | {
      label: string | null
      deviceId: string | null
      showedSecondFactor: boolean
      hasTotp: boolean
      hasPasskeys: boolean
    }
  | undefined
> {
  return db
    .selectFrom('session')
    .where('id', '=', sessionId)
    .where('endedAt', 'is', null)
    .select(['label', 'deviceId', sql<boolean>`second_factor_at is not null`.as('showedSecondFactor')])
    .select(
      sql<boolean>`exists (select from totp t where t.user_id = session.user_id and t.confirmed_at is not null)`.as(
        'hasTotp',
      ),
    )
    .select(sql<boolean>`exists (select from passkey p where p.user_id = session.user_id)`.as('hasPasskeys'))
    .executeTakeFirst()
}

/** Holds a session, when its person is held already, so that nobody ends it before this transaction does its work. False when it is not alive. */
export async function lockSession(trx: Transaction<Database>, sessionId: string): Promise<boolean> {
  const { rows } = await sql`
    select ${prepared} s.id from session s join user_account u on u.id = s.user_id
    where s.id = ${sessionId} and ${isAlive}
    for share of s`.execute(trx)
  return rows.length > 0
}

/** Ends every live session of somebody, but `butSession` where one is named. */
export async function endSessions(db: Kysely<Database>, userId: string, butSession?: string): Promise<void> {
  await db
    .updateTable('session')
    .set({ endedAt: sql<Date>`now()` })
    .where('userId', '=', userId)
    .where('endedAt', 'is', null)
    .where('id', 'is distinct from', butSession ?? null)
    .execute()
}

/** Gives an account another password and ends every session of it but `butSession`, which is there to be replaced. */
export async function replacePassword(
  trx: Transaction<Database>,
  { userId, passwordHash, butSession }: { userId: string; passwordHash: string; butSession?: string },
): Promise<void> {
  await trx
    .updateTable('userAccount')
    // Not the transaction's time: a session may have begun while it waited for the account.
    .set({ passwordHash, passwordChangedAt: sql<Date>`clock_timestamp()` })
    .where('id', '=', userId)
    .execute()
  await endSessions(trx, userId, butSession)
}

/** The ways into an account. Whoever changes them holds the account: of two, each sees what the one before left. */
export async function findWaysIn(
  trx: Transaction<Database>,
  userId: string,
): Promise<{ password: boolean; passkeys: number; identities: number }> {
  const { rows } = await sql<{ password: boolean; passkeys: number; identities: number }>`
    select password_hash is not null and email is not null as password,
      (select count(*)::int from passkey p where p.user_id = u.id) as passkeys,
      (select count(*)::int from external_identity i where i.user_id = u.id) as identities
    from user_account u where u.id = ${userId}`.execute(trx)
  return rows[0] ?? { password: false, passkeys: 0, identities: 0 }
}

/** The workshop that a guest's session belongs to. */
export function findWorkshop(
  db: Kysely<Database>,
  workshopId: string,
): Promise<{ id: string; planId: string; planSlug: string; title: string } | undefined> {
  return db
    .selectFrom('workshop')
    .innerJoin('plan', 'plan.id', 'workshop.planId')
    .where('workshop.id', '=', workshopId)
    .select(['workshop.id', 'workshop.planId', 'plan.slug as planSlug', 'workshop.title'])
    .executeTakeFirst()
}

/** Whether somebody has one of these roles in any plan. */
export async function hasRole(db: Kysely<Database>, userId: string, roles: readonly Role[]): Promise<boolean> {
  const row = await db
    .selectFrom('member')
    .where('userId', '=', userId)
    .where('suspendedAt', 'is', null)
    .where('role', 'in', [...roles])
    .select('planId')
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
