import { createHash } from 'node:crypto'
import { plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSessions, type Sessions } from './sessions.ts'

let database: FreshDatabase
let sessions: Sessions
beforeAll(async () => {
  database = await freshDatabase()
  sessions = createSessions(database.db, { secure: true })
})
afterAll(() => database.drop())

const secretIn = (cookie: string) => /^__Host-sid=([^;]+);/.exec(cookie)?.[1] ?? ''

async function signedIn() {
  const { people } = await plantPlan(database.db, { ana: 'drafter' })
  const { sessionId, cookie } = await sessions.begin(people.ana.userId)
  return { ana: people.ana, sessionId, cookie, secret: secretIn(cookie) }
}

/** Moves a time of a session into the past, as if so long had gone by. */
async function age(sessionId: string, change: Record<string, string>) {
  for (const [column, interval] of Object.entries(change)) {
    await sql`update session set ${sql.ref(column)} = ${sql.ref(column)} - ${interval}::interval where id = ${sessionId}`.execute(
      database.db,
    )
  }
}

test('a session is recognised by its secret, and named in public by another id', async () => {
  const { ana, sessionId, secret } = await signedIn()

  expect(await sessions.identify(secret)).toEqual({
    userId: ana.userId,
    sessionId,
    name: 'ana',
    workshopId: null,
    // Nobody needs one here.
    secondFactor: true,
  })
  expect(secret).toHaveLength(40)
  expect(secret).not.toContain(sessionId)
})

test('the cookie is for our host alone, out of reach of scripts, over HTTPS, and not sent along by other sites', async () => {
  const { cookie } = await signedIn()

  expect(cookie.replace(/=[^;]+/, '=…')).toBe('__Host-sid=…; HttpOnly; Max-Age=1209600; Path=/; SameSite=Lax; Secure')
  expect(sessions.blankCookie).toBe('__Host-sid=; HttpOnly; Max-Age=0; Path=/; SameSite=Lax; Secure')
  const plain = createSessions(database.db, { secure: false })
  expect(plain.blankCookie).toBe('sid=; HttpOnly; Max-Age=0; Path=/; SameSite=Lax')
})

test('the database holds the hash of the secret and nothing that signs anybody in', async () => {
  const { sessionId, secret } = await signedIn()
  const row = await database.db.selectFrom('session').selectAll().where('id', '=', sessionId).executeTakeFirstOrThrow()

  expect(row.secretHash).toBe(createHash('sha256').update(secret).digest('hex'))
  expect(JSON.stringify(row)).not.toContain(secret)
  for (const guess of [row.secretHash, row.id, `h:${row.id}`]) expect(await sessions.identify(guess)).toBeUndefined()
})

test('a list shows handles that end a session and never sign in', async () => {
  const { ana, sessionId, secret } = await signedIn()
  const listed = await sessions.list(ana.userId)
  const entry = listed.find((each) => each.sessionId === sessionId)

  // The factory began one before.
  expect(listed).toHaveLength(2)
  expect(entry?.handle).not.toContain(secret)
  expect(await sessions.identify(entry?.handle ?? '')).toBeUndefined()
  // Shown as a cookie it ends nothing.
  await sessions.end(entry?.handle ?? '')
  expect(await sessions.identify(secret)).toBeDefined()
  await sessions.endListed({ handle: entry?.handle ?? '' })
  expect(await sessions.identify(secret)).toBeUndefined()
  expect(await sessions.list(ana.userId)).toHaveLength(1)
})

test.each([
  ['not used for twelve hours', { idle_expires_at: '12 hours 1 second' }],
  ['older than fourteen days, however used', { absolute_expires_at: '14 days 1 second' }],
])('a session %s is over', async (_, change) => {
  const { sessionId, secret } = await signedIn()
  expect(await sessions.identify(secret)).toBeDefined()

  await age(sessionId, change)
  expect(await sessions.identify(secret)).toBeUndefined()
})

test('use keeps a session alive, written down at most every fifteen minutes', async () => {
  const { sessionId, secret } = await signedIn()
  const idle = async () => {
    const row = await database.db
      .selectFrom('session')
      .select(['seenAt', 'idleExpiresAt', 'absoluteExpiresAt'])
      .where('id', '=', sessionId)
      .executeTakeFirstOrThrow()
    return { ...row, hours: (row.idleExpiresAt.getTime() - row.seenAt.getTime()) / 3_600_000 }
  }
  await age(sessionId, { seen_at: '14 minutes', idle_expires_at: '14 minutes' })
  const before = await idle()
  await sessions.identify(secret)
  expect(await idle()).toEqual(before)

  await age(sessionId, { seen_at: '2 minutes', idle_expires_at: '2 minutes' })
  await sessions.identify(secret)
  const after = await idle()
  expect(after.hours).toBe(12)
  expect(after.seenAt.getTime()).toBeGreaterThan(before.seenAt.getTime())
  expect(after.absoluteExpiresAt).toEqual(before.absoluteExpiresAt)
})

test('it is kept alive also in the second half of its idle time, where Lucia has its own refresh', async () => {
  const { sessionId, secret } = await signedIn()
  await age(sessionId, { seen_at: '11 hours', idle_expires_at: '11 hours' })
  await sessions.identify(secret)
  await age(sessionId, { seen_at: '11 hours', idle_expires_at: '11 hours' })

  expect(await sessions.identify(secret)).toBeDefined()
})

test('suspension, a newer password and the end of all sessions end it', async () => {
  const suspended = await signedIn()
  await database.db
    .updateTable('userAccount')
    .set({ suspendedAt: new Date() })
    .where('id', '=', suspended.ana.userId)
    .execute()
  expect(await sessions.identify(suspended.secret)).toBeUndefined()

  const renewed = await signedIn()
  await sql`update user_account set password_changed_at = now() + interval '1 second' where id = ${renewed.ana.userId}`.execute(
    database.db,
  )
  expect(await sessions.identify(renewed.secret)).toBeUndefined()

  const ended = await signedIn()
  await sessions.endAllOf(ended.ana.userId)
  expect(await sessions.identify(ended.secret)).toBeUndefined()
  const rows = await database.db.selectFrom('session').selectAll().where('userId', '=', ended.ana.userId).execute()
  // Ended, not deleted: the log names sessions.
  expect(rows.map(({ endedAt }) => endedAt)).toEqual([expect.any(Date), expect.any(Date)])
})

test('where a second factor is demanded, a session knows whether it showed one', async () => {
  const strict = createSessions(database.db, { secure: true, demandSecondFactor: true })
  const { ana, secret } = await signedIn()
  const proven = await strict.begin(ana.userId, { secondFactor: true })

  expect(await strict.identify(secret)).toMatchObject({ secondFactor: false })
  expect(await strict.identify(secretIn(proven.cookie))).toMatchObject({ secondFactor: true })
})
