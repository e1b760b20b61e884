import { createHash } from 'node:crypto'
import { AppError } from '@cabildo/protocol/errors'
import { type Kysely, sql } from 'kysely'
import { type Adapter, type DatabaseSession, Lucia, TimeSpan } from 'lucia'
import { unlessErased } from '../db/holding.ts'
import { newId } from '../db/ids.ts'
import { prepared } from '../db/prepared.ts'
import type { Database } from '../db/types.ts'
import { isAlive, lifetime } from './alive.ts'
import { endSessions } from './store.ts'

/*
 * Sessions over Lucia 3, which is no longer maintained: this is the only file that knows it, and about all there is to
 * replace. Lucia makes the secret (200 bits) and asks the adapter; the adapter stores only the secret's SHA-256, and
 * leaves every question of time to the database's clock. A row is ended, never deleted: the log names sessions by id.
 */

/** The person behind a request. `sessionId` is the session's public name, never its secret. */
export interface Actor {
  userId: string
  sessionId: string
  name: string
  /** The workshop that bounds a guest's session; null for an account's. */
  workshopId: string | null
  /** The session showed a second factor, or nobody needs one here. */
  secondFactor: boolean
}

/** What a session may stand on beside its person. */
export interface SessionGrounds {
  /** A guest's session: it cannot outlive the workshop, which ends it when it closes. */
  workshop?: { id: string; endsAt: Date }
  deviceId?: string
  /** What the browser says of itself, in a few words. */
  label?: string | undefined
  secondFactor?: boolean
}

/** A live session as its owner may see it listed. `handle` ends it and can never sign anybody in. */
export interface SessionEntry {
  handle: string
  sessionId: string
  createdAt: Date
  seenAt: Date
  label: string | null
}

/** Begins, recognises and ends sessions. */
export interface Sessions {
  cookieName: string
  /** A new session with a new secret, and the `Set-Cookie` that carries it. Throws `signed_out` for who was erased. */
  begin(userId: string, grounds?: SessionGrounds): Promise<{ sessionId: string; cookie: string }>
  /** Whose live session this secret is. Refreshes its idle time, at most every 15 minutes. */
  identify(secret: string): Promise<Actor | undefined>
  /** Ends the session of this secret, as a browser shows it. A handle is none. */
  end(secret: string): Promise<void>
  /** Ends one of the sessions in a list. */
  endListed(entry: Pick<SessionEntry, 'handle'>): Promise<void>
  endAllOf(userId: string): Promise<void>
  list(userId: string): Promise<SessionEntry[]>
  /** The `Set-Cookie` that forgets the secret. */
  blankCookie: string
}

interface SessionAttributes {
  publicId: string
  stale: boolean
  createdAt: Date
  seenAt: Date
  label: string | null
  workshopId: string | null
  secondFactor: boolean
  /** Of a session that begins. */
  grounds?: SessionGrounds
}

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<SessionAttributes, { name: string }>
    DatabaseSessionAttributes: SessionAttributes
    DatabaseUserAttributes: { name: string }
  }
}

const fortnight = 14 * 24 * 60 * 60
const handlePrefix = 'h:'

/** Sessions in `db`. `secure` is true when people come over HTTPS: then the cookie is `__Host-sid`, else `sid`. */
export function createSessions(
  db: Kysely<Database>,
  { secure, demandSecondFactor = false }: { secure: boolean; demandSecondFactor?: boolean },
): Sessions {
  const adapter = createHashedIdAdapter(db)
  const cookieName = secure ? '__Host-sid' : 'sid'
  const lucia = new Lucia<SessionAttributes, { name: string }>(adapter, {
    sessionExpiresIn: new TimeSpan(12, 'h'),
    sessionCookie: { name: cookieName, attributes: { secure, sameSite: 'lax', path: '/' } },
    getSessionAttributes: (attributes) => attributes,
    getUserAttributes: (attributes) => attributes,
  })

  return {
    cookieName,
    blankCookie: lucia.createBlankSessionCookie().serialize(),
    async begin(userId, grounds = {}) {
      const publicId = newId()
      const at = new Date()
      const { id: secret } = await lucia.createSession(userId, {
        publicId,
        stale: false,
        createdAt: at,
        seenAt: at,
        label: grounds.label ?? null,
        workshopId: grounds.workshop?.id ?? null,
        secondFactor: grounds.secondFactor ?? false,
        grounds,
      })
      const cookie = lucia.createSessionCookie(secret)
      // The browser keeps it as long as it can live at all; that it was not used is the server's to know.
      cookie.attributes.maxAge = fortnight
      return { sessionId: publicId, cookie: cookie.serialize() }
    },
    async identify(secret) {
      const { session, user } = await lucia.validateSession(secret)
      if (!session) return undefined
      // Lucia alone would refresh once half of the idle time is over: too late for a promise of twelve hours.
      if (session.stale && !session.fresh) await adapter.updateSessionExpiration(secret, session.expiresAt)
      const { publicId: sessionId, workshopId } = session
      const secondFactor = session.secondFactor || !demandSecondFactor
      return { userId: user.id, sessionId, name: user.name, workshopId, secondFactor }
    },
    async end(secret) {
      if (!secret.startsWith(handlePrefix)) await lucia.invalidateSession(secret)
    },
    endListed: ({ handle }) => lucia.invalidateSession(handle),
    endAllOf: (userId) => lucia.invalidateUserSessions(userId),
    async list(userId) {
      const sessions = await lucia.getUserSessions(userId)
      return sessions.map(({ id, publicId, createdAt, seenAt, label }) => ({
        handle: id,
        sessionId: publicId,
        createdAt,
        seenAt,
        label,
      }))
    },
  }
}

/**
 * Lucia's storage with hashed secrets. Lucia's `id` is the secret on the way in; on the way out it is the secret only
 * for whoever just showed it, and an opaque handle in lists.
 */
function createHashedIdAdapter(db: Kysely<Database>): Adapter {
  return {
    async getSessionAndUser(secret) {
      const { rows } = await sql<SessionRow & { name: string }>`
        select ${prepared} ${columns}, u.name, ${remaining} as remaining, ${isStale} as stale
        from session s join user_account u on u.id = s.user_id
        where s.secret_hash = ${hashOf(secret)} and ${isAlive}`.execute(db)
      const [row] = rows
      if (!row) return [null, null]
      return [sessionOf(row, secret), { id: row.userId, attributes: { name: row.name } }]
    },
    async getUserSessions(userId) {
      const { rows } = await sql<SessionRow>`
        select ${columns}, ${remaining} as remaining, ${isStale} as stale
        from session s join user_account u on u.id = s.user_id
        where s.user_id = ${userId} and ${isAlive}
        order by s.created_at, s.id`.execute(db)
      return rows.map((row) => sessionOf(row, handlePrefix + row.id))
    },
    async setSession({ id, userId, attributes }) {
      const { workshop, deviceId = null, label = null, secondFactor = false } = attributes.grounds ?? {}
      const { rows } = await sql`
        insert into session (id, secret_hash, user_id, workshop_id, device_id, label, second_factor_at,
          idle_expires_at, absolute_expires_at)
        select ${attributes.publicId}, ${hashOf(id)}, u.id, ${workshop?.id ?? null}, ${deviceId}, ${label},
          case when ${secondFactor}::boolean then now() end, now() + ${lifetime.idle}::interval,
          least(now() + ${lifetime.absolute}::interval, ${workshop?.endsAt ?? null}::timestamptz)
        from ${unlessErased(userId)} u
        returning id`.execute(db)
      if (rows.length === 0) throw new AppError('signed_out')
    },
    async updateSessionExpiration(secret) {
      await sql`
        update session s set seen_at = now(), idle_expires_at = now() + ${lifetime.idle}::interval
        where secret_hash = ${hashOf(secret)} and ended_at is null and ${isStale}`.execute(db)
    },
    async deleteSession(secretOrHandle) {
      const isHandle = secretOrHandle.startsWith(handlePrefix)
      await db
        .updateTable('session')
        .set({ endedAt: sql<Date>`now()` })
        .where('endedAt', 'is', null)
        .$if(isHandle, (query) => query.where('id', '=', secretOrHandle.slice(handlePrefix.length)))
        .$if(!isHandle, (query) => query.where('secretHash', '=', hashOf(secretOrHandle)))
        .execute()
    },
    async deleteUserSessions(userId) {
      await endSessions(db, userId)
    },
    async deleteExpiredSessions() {
      await sql`
        update session set ended_at = now()
        where ended_at is null and least(idle_expires_at, absolute_expires_at) <= now()`.execute(db)
    },
  }
}

interface SessionRow {
  id: string
  userId: string
  createdAt: Date
  seenAt: Date
  label: string | null
  workshopId: string | null
  secondFactor: boolean
  /** Milliseconds. */
  remaining: number
  stale: boolean
}

const columns = sql`s.id, s.user_id, s.created_at, s.seen_at, s.label, s.workshop_id,
  s.second_factor_at is not null as second_factor`
const remaining = sql`(extract(epoch from least(s.idle_expires_at, s.absolute_expires_at) - now()) * 1000)::float8`
const isStale = sql`(s.seen_at <= now() - ${sql.lit(lifetime.refresh)}::interval)`

/** Told in this machine's time, because Lucia compares with it: what the database says remains, from now. */
function sessionOf({ id, userId, remaining, ...row }: SessionRow, luciaId: string): DatabaseSession {
  const { stale, createdAt, seenAt, label, workshopId, secondFactor } = row
  const attributes = { publicId: id, stale, createdAt, seenAt, label, workshopId, secondFactor }
  return { id: luciaId, userId, expiresAt: new Date(Date.now() + remaining), attributes }
}

/** 200 random bits need no slow hash; looking up by the hash leaves no timing to learn from. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
