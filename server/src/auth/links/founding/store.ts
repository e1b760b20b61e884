import { type Kysely, sql } from 'kysely'
import type { Database } from '../../../db/types.ts'

/** An account that can be used, with the first plan it takes part in. */
export interface LiveAccount {
  id: string
  name: string
  planId: string | null
}

/** Reads the live accounts of an address (at most one), or those of a name in a plan, at most two. */
export async function findLiveAccounts(
  db: Kysely<Database>,
  whom: { email: string } | { slug: string; name: string },
): Promise<LiveAccount[]> {
  const [email, slug, name] = 'email' in whom ? [whom.email, null, null] : [null, whom.slug, whom.name]
  const { rows } = await sql<LiveAccount>`
    select u.id, u.name, (
        select m.plan_id from member m join plan p on p.id = m.plan_id
        where m.user_id = u.id and (${slug}::text is null or p.slug = ${slug})
        order by m.created_at, m.plan_id limit 1
      ) as plan_id
    from user_account u
    where u.kind = 'account' and u.suspended_at is null and u.erased_at is null
      and (${email}::text is null or lower(u.email) = lower(${email}))
      and (${slug}::text is null or lower(u.name) = lower(${name}) and exists (
        select from member m join plan p on p.id = m.plan_id where m.user_id = u.id and p.slug = ${slug}))
    order by u.created_at, u.id limit 2`.execute(db)
  return rows
}
