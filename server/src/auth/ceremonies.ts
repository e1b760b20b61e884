import { createHash, randomBytes } from 'node:crypto'
import { type Kysely, sql } from 'kysely'
import { unlessErased } from '../db/holding.ts'
import type { Database } from '../db/types.ts'

/** What takes two steps, with the browser going elsewhere between them. */
export type CeremonyKind = 'passkey_registration' | 'passkey_sign_in' | 'passkey_signing' | 'openid' | 'openid_second'

/** What the server remembers between the steps of a ceremony. `data` is what `begin` was given. */
export interface Ceremony {
  userId: string | null
  data: unknown
}

/** Ceremonies: each belongs to the browser that began it, lasts five minutes, and can be finished once. */
export interface Ceremonies {
  cookieName(kind: CeremonyKind): string
  /** Begins one; answers the `Set-Cookie` with its secret. One of who was erased meanwhile leads nowhere. */
  begin(kind: CeremonyKind, data: Record<string, string>, userId?: string): Promise<string>
  /** Takes the ceremony of this secret. Undefined when there is none, it is over, or was taken. */
  take(kind: CeremonyKind, secret: string | undefined): Promise<Ceremony | undefined>
  /** Reads the ceremony of this secret and leaves it as it is, for a step that may fail and be tried again. */
  look(kind: CeremonyKind, secret: string | undefined): Promise<Ceremony | undefined>
  /** The `Set-Cookie` that forgets the secret. */
  blankCookie(kind: CeremonyKind): string
}

const seconds = 5 * 60

/**
 * Ceremonies in `db`, by the database's clock. The cookie is for the API alone, out of reach of scripts; SameSite=Lax,
 * because a provider's page sends the browser back with a plain link.
 */
export function createCeremonies(db: Kysely<Database>, { secure }: { secure: boolean }): Ceremonies {
  const cookieName = (kind: CeremonyKind) => `${secure ? '__Secure-' : ''}${kind}`
  const cookie = (kind: CeremonyKind, secret: string, maxAge: number) =>
    `${cookieName(kind)}=${secret}; HttpOnly; Max-Age=${maxAge}; Path=/api; SameSite=Lax${secure ? '; Secure' : ''}`

  return {
    cookieName,
    blankCookie: (kind) => cookie(kind, '', 0),
    async begin(kind, data, userId) {
      const secret = randomBytes(32).toString('base64url')
      await sql`delete from ceremony where expires_at <= now()`.execute(db)
      await sql`
        insert into ceremony (secret_hash, kind, user_id, data, expires_at)
        select ${hashOf(secret)}, ${kind}, u.id, ${JSON.stringify(data)}::jsonb,
          now() + ${seconds} * interval '1 second'
        from ${userId === undefined ? sql`(select null::text as id)` : unlessErased(userId)} u`.execute(db)
      return cookie(kind, secret, seconds)
    },
    async look(kind, secret) {
      if (secret === undefined) return undefined
      return db
        .selectFrom('ceremony')
        .where('secretHash', '=', hashOf(secret))
        .where('kind', '=', kind)
        .where(sql<boolean>`expires_at > now()`)
        .select(['userId', 'data'])
        .executeTakeFirst()
    },
    async take(kind, secret) {
      if (secret === undefined) return undefined
      return db
        .deleteFrom('ceremony')
        .where('secretHash', '=', hashOf(secret))
        .where('kind', '=', kind)
        .where(sql<boolean>`expires_at > now()`)
        .returning(['userId', 'data'])
        .executeTakeFirst()
    },
  }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
