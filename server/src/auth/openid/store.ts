import { createHash } from 'node:crypto'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** An account at a provider: what it is called there is unique within the issuer, and for ever. */
export interface ExternalIdentity {
  issuer: string
  subject: string
}

/** Whose account here an identity is linked to. */
export async function findOwner(
  db: Kysely<Database>,
  { issuer, subject }: ExternalIdentity,
): Promise<{ id: string; name: string; closed: boolean; identity: string } | undefined> {
  const row = await db
    .selectFrom('externalIdentity')
    .innerJoin('userAccount', 'userAccount.id', 'externalIdentity.userId')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .select(['userAccount.id', 'userAccount.name', 'userAccount.suspendedAt', 'userAccount.erasedAt'])
    .executeTakeFirst()
  if (!row) return undefined
  const closed = row.suspendedAt !== null || row.erasedAt !== null
  return { id: row.id, name: row.name, closed, identity: identityId({ issuer, subject }) }
}

/** Links an identity to an account; answers whose it is now: somebody else's when it was linked before. */
export async function linkIdentity(
  trx: Transaction<Database>,
  identity: ExternalIdentity,
  userId: string,
): Promise<string> {
  await trx
    .insertInto('externalIdentity')
    .values({ ...identity, userId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  const row = await trx
    .selectFrom('externalIdentity')
    .where('issuer', '=', identity.issuer)
    .where('subject', '=', identity.subject)
    .select('userId')
    .executeTakeFirstOrThrow()
  return row.userId
}

/** The identities of an account, oldest first. */
export async function findIdentities(
  db: Kysely<Database>,
  userId: string,
): Promise<{ id: string; issuer: string; createdAt: Date }[]> {
  const rows = await db
    .selectFrom('externalIdentity')
    .where('userId', '=', userId)
    .select(['issuer', 'subject', 'createdAt'])
    .orderBy('createdAt')
    .execute()
  return rows.map(({ issuer, subject, createdAt }) => ({ id: identityId({ issuer, subject }), issuer, createdAt }))
}

/** Forgets an identity of an account; false when it has none of this id. */
export async function deleteIdentity(trx: Transaction<Database>, userId: string, id: string): Promise<boolean> {
  const rows = await trx
    .selectFrom('externalIdentity')
    .where('userId', '=', userId)
    .select(['issuer', 'subject'])
    .execute()
  const found = rows.find((row) => identityId(row) === id)
  if (!found) return false
  await trx
    .deleteFrom('externalIdentity')
    .where('userId', '=', userId)
    .where('issuer', '=', found.issuer)
    .where('subject', '=', found.subject)
    .execute()
  return true
}

/** Names an identity without telling what it is called at the provider. */
function identityId({ issuer, subject }: ExternalIdentity): string {
  const words = JSON.stringify([issuer, subject])
  return createHash('sha256').update(words).digest().subarray(0, 16).toString('base64url')
}
