import type { Display, Group, Role } from '@cabildo/protocol/http/common'
import { type Kysely, sql, type Transaction } from 'kysely'
import pg from 'pg'
import type { Database } from '../../db/types.ts'

/** Somebody as they see themselves. */
export interface Self {
  id: string
  name: string
  email: string | null
  guest: boolean
  hasPassword: boolean
}

/** Reads what somebody is called here. */
export async function findSelf(db: Kysely<Database>, userId: string): Promise<Self | undefined> {
  const row = await db
    .selectFrom('userAccount')
    .where('id', '=', userId)
    .select(['id', 'name', 'email', sql<boolean>`kind = 'guest'`.as('guest')])
    .select(sql<boolean>`password_hash is not null`.as('hasPassword'))
    .executeTakeFirst()
  return row
}

/** Somebody's part in a plan, with the consents they gave there. */
export interface OwnMembership {
  planId: string
  planSlug: string
  planTitle: string
  role: Role
  group: Group | null
  display: Display
  consents: { textVersion: string; way: 'screen' | 'paper' | 'spoken'; givenAt: Date; withdrawnAt: Date | null }[]
}

/** Reads the plans somebody takes part in, by slug. */
export async function findOwnMemberships(db: Kysely<Database>, userId: string): Promise<OwnMembership[]> {
  const [rows, consents] = await Promise.all([
    db
      .selectFrom('member')
      .innerJoin('plan', 'plan.id', 'member.planId')
      .leftJoin('stakeholderGroup', 'stakeholderGroup.id', 'member.groupId')
      .leftJoin('displayChoice', (join) =>
        join.onRef('displayChoice.planId', '=', 'member.planId').onRef('displayChoice.userId', '=', 'member.userId'),
      )
      .where('member.userId', '=', userId)
      .where('member.suspendedAt', 'is', null)
      .select(['plan.id as planId', 'plan.slug as planSlug', 'plan.title as planTitle', 'member.role'])
      .select(['stakeholderGroup.id as groupId', 'stakeholderGroup.name as groupName', 'stakeholderGroup.sector'])
      .select('displayChoice.display')
      .orderBy('plan.slug')
      .execute(),
    db
      .selectFrom('consent')
      .where('userId', '=', userId)
      .select(['planId', 'textVersion', 'way', 'givenAt', 'withdrawnAt'])
      .orderBy('givenAt')
      .orderBy('id')
      .execute(),
  ])
  return rows.map(({ groupId, groupName, sector, role, display, ...plan }) => ({
    ...plan,
    // Ids come from `newId`; checks in the database hold the other columns to their values.
    role: role as Role,
    group: groupId === null ? null : ({ id: groupId, name: groupName, sector } as Group),
    display: (display ?? 'name') as Display,
    consents: consents
      .filter(({ planId }) => planId === plan.planId)
      .map(({ planId: _, way, ...consent }) => ({ ...consent, way: way as 'screen' | 'paper' | 'spoken' })),
  }))
}

/** Changes a name; answers the plans in which it is shown. */
export async function renameSelf(trx: Transaction<Database>, userId: string, name: string): Promise<string[]> {
  await trx.updateTable('userAccount').set({ name }).where('id', '=', userId).execute()
  const rows = await trx.selectFrom('member').where('userId', '=', userId).select('planId').orderBy('planId').execute()
  return rows.map(({ planId }) => planId)
}

/** Changes or removes an address. False when another account has it; the transaction is then of no more use. */
export async function changeEmail(trx: Transaction<Database>, userId: string, email: string | null): Promise<boolean> {
  try {
    await trx.updateTable('userAccount').set({ email }).where('id', '=', userId).execute()
    return true
  } catch (error) {
    // The index decides, also between two who want one address at the same time.
    if (error instanceof pg.DatabaseError && error.constraint === 'user_account_email') return false
    throw error
  }
}
