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
