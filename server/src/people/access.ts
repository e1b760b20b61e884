import type { Display, Role } from '@cabildo/protocol/http/common'
import { type Kysely, sql } from 'kysely'
import { isAlive } from '../auth/alive.ts'
import { may, mayWrite, rolesWithSecondFactor } from '../auth/rules.ts'
import { prepared } from '../db/prepared.ts'
import { mayBeTypedFor, type PartInWorkshop, partInWorkshop } from '../db/taking-part.ts'
import type { Database } from '../db/types.ts'
import type { Access, AccessQuery, AccessReader, BehalfPerson, DocumentStatus } from '../rooms/ports.ts'
import { shownInRoom } from './rules.ts'

/**
 * Reads what sessions may do in documents, at the moment of asking: the session is alive, its owner and their part in
 * the document's plan are not suspended, and the role carries the right. A document of a foreign plan looks like one that
 * does not exist. `demandSecondFactor`: roles that need one are let in only by sessions that showed it.
 */
export function createAccessReader(
  db: Kysely<Database>,
  { demandSecondFactor = false }: { demandSecondFactor?: boolean } = {},
): AccessReader {
  const read = async (queries: readonly AccessQuery[]): Promise<Access[]> => {
    const rows = await readAccess(db, queries)
    return rows.map((row) => accessOf(row, demandSecondFactor))
  }
  return {
    async check(query) {
      const [access] = await read([query])
      return access ?? { kind: 'refused', reason: 'sign_in' }
    },
    checkMany: read,
  }
}

interface AccessRow {
  userId: string
  name: string | null
  /** The session is a guest's: it reaches the documents of its workshop and no others. */
  isGuest: boolean
  /** Null when the session is not alive. */
  kind: string | null
  secondFactor: boolean
  workshop: PartInWorkshop
  /** Null for who never chose: by name. */
  display: Display | null
  planId: string | null
  status: DocumentStatus | null
  role: Role | null
  groupId: string | null
  groupName: string | null
  sector: string | null
  /** On whose behalf they mean to type; null when for themselves. */
  behalfId: string | null
  /** That person as they are shown; null when nobody may type for them here. */
  behalf: { name: string; display: Display; guest: boolean; groupId: string | null; groupName: string | null } | null
}

async function readAccess(db: Kysely<Database>, queries: readonly AccessQuery[]): Promise<AccessRow[]> {
  if (queries.length === 0) return []
  const users = queries.map(({ userId }) => userId)
  const sessions = queries.map(({ sessionId }) => sessionId)
  const documents = queries.map(({ documentId }) => documentId)
  const behalf = queries.map(({ behalfId }) => behalfId ?? null)
  const { rows } = await sql<AccessRow>`
    select ${prepared} q.user_id, q.behalf_id, person.name, person.kind, person.is_guest, person.second_factor, d.plan_id, d.status, m.role, c.display,
      g.id as group_id, g.name as group_name, g.sector,
      ${partInWorkshop(sql`q.user_id`, sql`q.document_id`)} as workshop,
      case when q.behalf_id <> q.user_id and ${mayBeTypedFor(sql`q.behalf_id`, sql`q.document_id`)} then (
        select json_build_object('name', u.name, 'display', coalesce(bc.display, 'name'), 'guest', u.kind = 'guest',
          'groupId', bg.id, 'groupName', bg.name)
        from user_account u
        join member bm on bm.user_id = u.id and bm.plan_id = d.plan_id
        left join stakeholder_group bg on bg.id = bm.group_id
        left join display_choice bc on bc.plan_id = d.plan_id and bc.user_id = u.id
        where u.id = q.behalf_id
      ) end as behalf
    from unnest(${users}::text[], ${sessions}::text[], ${documents}::text[], ${behalf}::text[])
      with ordinality as q (user_id, session_id, document_id, behalf_id, place)
    left join lateral (
      select u.name, u.kind, s.workshop_id is not null as is_guest, s.second_factor_at is not null as second_factor
      from session s join user_account u on u.id = s.user_id
      where s.id = q.session_id and u.id = q.user_id and ${isAlive}
    ) person on true
    left join document d on d.id = q.document_id
    left join member m on m.plan_id = d.plan_id and m.user_id = q.user_id and m.suspended_at is null
    left join stakeholder_group g on g.id = m.group_id
    left join display_choice c on c.plan_id = d.plan_id and c.user_id = q.user_id
    order by q.place`.execute(db)
  return rows
}

function accessOf(row: AccessRow, demandSecondFactor: boolean): Access {
  const { userId, name, kind, planId, status, role, isGuest, secondFactor, workshop, display, ...group } = row
  const { behalfId, behalf } = row
  if (name === null) return { kind: 'refused', reason: 'sign_in' }
  if (planId === null || status === null || role === null || !may(role, 'document.open'))
    return { kind: 'refused', reason: 'not_found' }
  if (isGuest && workshop === null) return { kind: 'refused', reason: 'not_found' }
  if (demandSecondFactor && !secondFactor && rolesWithSecondFactor.includes(role))
    return { kind: 'refused', reason: 'not_found' }
  if (behalfId !== null && (behalf === null || !may(role, 'workshop.write_for')))
    return { kind: 'refused', reason: 'forbidden' }
  const { groupId, groupName, sector } = group
  return {
    kind: 'granted',
    planId,
    status,
    // Whoever may type for others does so with the pen of the person they type for.
    canWrite: behalf !== null || mayWrite(role, workshop === 'writes'),
    person: {
      userId,
      groupId,
      ...shownInRoom({ name, display: display ?? 'name', guest: kind === 'guest', groupName, sector }),
    },
    ...(behalfId !== null && behalf !== null && { behalf: behalfOf(behalfId, behalf) }),
  }
}

function behalfOf(userId: string, { groupId, ...shown }: NonNullable<AccessRow['behalf']>): BehalfPerson {
  const { name, groupName } = shownInRoom({ ...shown, sector: null })
  return { userId, groupId, name, groupName }
}
