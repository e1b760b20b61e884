import { type Kysely, sql, type Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'

/** Two participants of one workshop, the first of whom is said to be the second. */
interface Pair {
  workshopId: string
  userId: string
  into: string
}

/**
 * Says that a participant is another one, and so are those who were said to be the first: a merge always leads straight to
 * the person. The devices of the first know the other one from now on.
 */
export async function mergeParticipant(trx: Transaction<Database>, { workshopId, userId, into }: Pair): Promise<void> {
  await sql`
    update workshop_participant
    set merged_into = ${into}, said_to_be = case when user_id = ${userId} then ${into} else said_to_be end
    where workshop_id = ${workshopId} and (user_id = ${userId} or merged_into = ${userId})`.execute(trx)
  await lendDevices(trx, workshopId)
}

/**
 * Takes back that a participant is another one. Those who were said to be the first go with them. Devices forget who was
 * on them by this alone, and sessions there end.
 */
export async function unmergeParticipant(
  trx: Transaction<Database>,
  { workshopId, userId }: Omit<Pair, 'into'>,
): Promise<void> {
  await sql`
    with recursive going as (
      select user_id from workshop_participant where workshop_id = ${workshopId} and user_id = ${userId}
      -- A merge that leads round cannot be said; union would end one all the same.
      union
      select p.user_id from workshop_participant p join going on p.said_to_be = going.user_id
      where p.workshop_id = ${workshopId}
    )
    update workshop_participant p
    set merged_into = case when p.user_id = ${userId} then null else ${userId} end,
      said_to_be = case when p.user_id = ${userId} then null else p.said_to_be end
    from going where p.workshop_id = ${workshopId} and p.user_id = going.user_id`.execute(trx)
  await sql`delete from device_person where workshop_id = ${workshopId} and by_merge`.execute(trx)
  await lendDevices(trx, workshopId)
  await sql`
    update session s set ended_at = now()
    where s.workshop_id = ${workshopId} and s.ended_at is null and s.device_id is not null and not exists (
      select from device_person d
      where d.workshop_id = s.workshop_id and d.device_id = s.device_id and d.user_id = s.user_id)`.execute(trx)
}

/** Whoever joined from a device and is somebody else by now leaves that one on it. */
async function lendDevices(trx: Transaction<Database>, workshopId: string): Promise<void> {
  await sql`
    insert into device_person (device_id, workshop_id, user_id, by_merge)
    select distinct d.device_id, d.workshop_id, p.merged_into, true
    from device_person d
    join workshop_participant p on p.workshop_id = d.workshop_id and p.user_id = d.user_id
    where d.workshop_id = ${workshopId} and not d.by_merge and p.merged_into is not null
    on conflict do nothing`.execute(trx)
}

/** Whom a participant was said to be, before that one turned out to be somebody else. */
export async function findSaidToBe(
  db: Kysely<Database>,
  { workshopId, userId }: Omit<Pair, 'into'>,
): Promise<string | null> {
  const row = await db
    .selectFrom('workshopParticipant')
    .where('workshopId', '=', workshopId)
    .where('userId', '=', userId)
    .select('saidToBe')
    .executeTakeFirst()
  return row?.saidToBe ?? null
}
