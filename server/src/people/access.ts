import type { Role } from '@cabildo/protocol/http/common'
import { type Kysely, sql } from 'kysely'
import { isAlive } from '../auth/alive.ts'
import { may } from '../auth/rules.ts'
import type { Database } from '../db/types.ts'
import type { Access, AccessQuery, AccessReader, DocumentStatus } from '../rooms/ports.ts'

/**
 * Reads what sessions may do in documents, at the moment of asking: the session is alive, its owner and their part in
 * the document's plan are not suspended, and the role carries the right. A document of a foreign plan looks like one that
 * does not exist.
 */
export function createAccessReader(db: Kysely<Database>): AccessReader {
  return {
    async check(query) {
      const [access] = await readAccess(db, [query])
      return access ?? { kind: 'refused', reason: 'sign_in' }
    },
    checkMany: (queries) => readAccess(db, queries),
  }
}

interface AccessRow {
  userId: string
  name: string | null
  planId: string | null
  status: DocumentStatus | null
  role: Role | null
  groupId: string | null
  groupName: string | null
  sector: string | null
}

async function readAccess(db: Kysely<Database>, queries: readonly AccessQuery[]): Promise<Access[]> {
  if (queries.length === 0) return []
  const users = queries.map(({ userId }) => userId)
  const sessions = queries.map(({ sessionId }) => sessionId)
  const documents = queries.map(({ documentId }) => documentId)
  const { rows } = await sql<AccessRow>`
    select q.user_id, person.name, d.plan_id, d.status, m.role,
      g.id as group_id, g.name as group_name, g.sector
    from unnest(${users}::text[], ${sessions}::text[], ${documents}::text[])
      with ordinality as q (user_id, session_id, document_id, place)
    left join lateral (
      select u.name from session s join user_account u on u.id = s.user_id
      where s.id = q.session_id and u.id = q.user_id and ${isAlive}
    ) person on true
    left join document d on d.id = q.document_id
    left join member m on m.plan_id = d.plan_id and m.user_id = q.user_id and m.suspended_at is null
    left join stakeholder_group g on g.id = m.group_id
    order by q.place`.execute(db)
  return rows.map(accessOf)
}

function accessOf({ userId, name, planId, status, role, ...group }: AccessRow): Access {
  if (name === null) return { kind: 'refused', reason: 'sign_in' }
  if (planId === null || status === null || role === null || !may(role, 'document.open'))
    return { kind: 'refused', reason: 'not_found' }
  return {
    kind: 'granted',
    planId,
    status,
    canWrite: may(role, 'document.edit'),
    person: { userId, name, groupName: group.groupName, groupId: group.groupId, sector: group.sector },
  }
}
