import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** How long what nobody needs any more is kept, by the database's clock. */
const keptFor = {
  /** A guest, after the last workshop they were in closed. The consent text and docs/spec/privacy.md say so. */
  guest: '90 days',
  /** Name and address on a link that was used or is of no use; what a browser said of itself in an ended session. */
  traces: '90 days',
} as const

/** Reads the guests whose time is over, longest ago first, at most `limit`. */
export async function findOldGuests(db: Kysely<Database>, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select u.id
    from user_account u
    left join workshop_participant p on p.user_id = u.id
    left join workshop w on w.id = p.workshop_id
    where u.kind = 'guest' and u.erased_at is null
    group by u.id
    having max(coalesce(w.closed_at, w.ends_at, u.created_at)) < now() - ${sql.lit(keptFor.guest)}::interval
    order by max(coalesce(w.closed_at, w.ends_at, u.created_at)), u.id
    limit ${limit}`.execute(db)
  return rows.map(({ id }) => id)
}

/** Counts somebody into the totals of the workshops they were in, as far as attendance counts them. */
export async function addToTotals(trx: Transaction<Database>, userId: string): Promise<void> {
  await sql`
    insert into workshop_total as t (workshop_id, kind, key, people)
    select p.workshop_id, said.kind, said.key, 1
    from workshop_participant p
    join workshop w on w.id = p.workshop_id
    left join member m on m.plan_id = w.plan_id and m.user_id = p.user_id
    cross join lateral (
      values ('group', m.group_id), ('table', p.table_id), ('gender', p.gender), ('age', p.age_band)
    ) as said (kind, key)
    where p.user_id = ${userId} and p.removed_at is null and p.merged_into is null and said.key is not null
    on conflict (workshop_id, kind, key) do update set people = t.people + 1`.execute(trx)
}

/** Puts away what has no use any more: counts, ceremonies, ended sessions' traces, devices, names on old links. */
export async function tidy(db: Kysely<Database>): Promise<void> {
  const old = sql`now() - ${sql.lit(keptFor.traces)}::interval`
  await sql`delete from rate_limit where expire < extract(epoch from now()) * 1000`.execute(db)
  await sql`delete from ceremony where expires_at < now()`.execute(db)
  // Ended and never deleted: the log names sessions by id. The moment it ran out is the moment it ended.
  await sql`
    update session set ended_at = least(idle_expires_at, absolute_expires_at)
    where ended_at is null and least(idle_expires_at, absolute_expires_at) <= now()`.execute(db)
  await sql`
    update session set label = null, device_id = null
    where ended_at < ${old} and (label is not null or device_id is not null)`.execute(db)
  await sql`
    delete from device_person p using workshop w
    where w.id = p.workshop_id and coalesce(w.closed_at, w.ends_at) < ${old}`.execute(db)
  await sql`
    delete from device d
    where d.seen_at < ${old}
      and not exists (select from session s where s.device_id = d.id)
      and not exists (select from device_person p where p.device_id = d.id)`.execute(db)
  await sql`
    update access_link set name = null, email = null
    where (name is not null or email is not null) and coalesce(used_at, revoked_at, expires_at) < ${old}`.execute(db)
  await sql`
    update factor_reset set reason = null
    where reason is not null and coalesce(ended_at, expires_at) < ${old}`.execute(db)
  await sql`update redaction set reason = '' where reason <> '' and ended_at < ${old}`.execute(db)
}
