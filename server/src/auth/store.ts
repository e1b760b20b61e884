import type { Role } from '@cabildo/protocol/http/common'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/types.ts'

/** What is needed to check a password. */
export interface Account {
  id: string
  name: string
  passwordHash: string | null
  suspended: boolean
}

/** Finds an account by its e-mail address, in whatever letters it was typed. */
export async function findAccount(db: Kysely<Database>, email: string): Promise<Account | undefined> {
  const row = await db
    .selectFrom('userAccount')
    .where(sql`lower(email)`, '=', email.trim().toLowerCase())
    .select(['id', 'name', 'passwordHash', 'suspendedAt'])
    .executeTakeFirst()
  return row && { id: row.id, name: row.name, passwordHash: row.passwordHash, suspended: row.suspendedAt !== null }
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
