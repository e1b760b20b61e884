import { randomInt } from 'node:crypto'
import type { Role, Sector } from '@cabildo/protocol/http/common'
import { seedDocument } from '@cabildo/schema/content'
import type { Kysely } from 'kysely'
import { createSessions } from '../../../server/src/auth/sessions.ts'
import { newId } from '../../../server/src/db/ids.ts'
import type { Database } from '../../../server/src/db/types.ts'
import { insertDocument } from '../../../server/src/rooms/adapters/new-document.ts'
import type { RoomPerson } from '../../../server/src/rooms/ports.ts'

/** Somebody with a live session and a part in a plan. `person` is how rooms know them. */
export interface Someone {
  userId: string
  sessionId: string
  name: string
  groupId: string
  role: Role
  person: RoomPerson
}

/** A plan with people in it. */
export interface PlantedPlan<Name extends string> {
  planId: string
  people: Record<Name, Someone>
}

/** Stores a plan of one group, with a person for each name, in the role given, signed in. Every call makes new ones. */
export async function plantPlan<Name extends string>(
  db: Kysely<Database>,
  roles: Record<Name, Role>,
): Promise<PlantedPlan<Name>> {
  const planId = newId()
  const groupId = newId()
  const sector: Sector = 'civil_society'
  const groupName = 'Neighbours'
  const slug = planId.toLowerCase().replaceAll('_', '-')
  await db.insertInto('plan').values({ id: planId, slug, title: 'A plan', place: 'Somewhere' }).execute()
  await db.insertInto('stakeholderGroup').values({ id: groupId, planId, name: groupName, sector }).execute()

  const sessions = createSessions(db, { secure: false })
  const people: Partial<Record<Name, Someone>> = {}
  for (const [name, role] of Object.entries<Role>(roles)) {
    const userId = newId()
    await db
      .insertInto('userAccount')
      .values({ id: userId, email: `${userId}@example.test`, name })
      .execute()
    await db.insertInto('member').values({ planId, userId, groupId, role }).execute()
    const { sessionId } = await sessions.begin(userId)
    const person = { userId, name, groupName, groupId, sector }
    // `Object.entries` forgets the names' type.
    people[name as Name] = { userId, sessionId, name, groupId, role, person }
  }
  return { planId, people: people as Record<Name, Someone> }
}

/** Stores a new commitment document with its seed as row 1, and answers its id. */
export async function plantDocument(
  db: Kysely<Database>,
  planId: string,
  by: Pick<Someone, 'userId' | 'sessionId' | 'groupId'>,
  title: string,
): Promise<string> {
  const documentId = newId()
  const clientId = randomInt(2 ** 32)
  const { userId, sessionId, groupId } = by
  await db.transaction().execute((trx) =>
    insertDocument(trx, {
      documentId,
      planId,
      kind: 'commitment',
      template: 'ogp-commitment',
      templateVersion: 1,
      title,
      writer: { userId, sessionId, groupId },
      state: seedDocument(title, clientId),
      clientId,
    }),
  )
  return documentId
}

/** Stores an account with an address, and a password when its hash is given. */
export async function plantAccount(
  db: Kysely<Database>,
  { name = 'Ana Batista', passwordHash = null }: { name?: string; passwordHash?: string | null } = {},
): Promise<{ userId: string; email: string; name: string }> {
  const userId = newId()
  const email = `${userId}@example.test`.toLowerCase()
  await db.insertInto('userAccount').values({ id: userId, email, name, passwordHash }).execute()
  return { userId, email, name }
}
