import { randomBytes } from 'node:crypto'
import type { Sector } from '@cabildo/protocol/http/common'
import { personId } from '@cabildo/record/hash'
import { seedDocument } from '@cabildo/schema/content'
import type { Kysely } from 'kysely'
import { createSessions } from '../../server/src/auth/sessions.ts'
import { newId } from '../../server/src/db/ids.ts'
import type { Database } from '../../server/src/db/types.ts'
import { insertDocument } from '../../server/src/rooms/adapters/new-document.ts'

/** Somebody of a plan, with the pseudonym under which the plan's record knows them. */
export interface Townsperson {
  userId: string
  sessionId: string
  groupId: string
  sector: Sector
  pid: string
}

/** A plan with its people, groups and documents, before anything is in its record. */
export interface Town {
  planId: string
  slug: string
  groupIds: string[]
  people: Townsperson[]
  documents: { documentId: string; seed: Uint8Array }[]
  /** Somebody who may look at everything. */
  cookie: string
}

/** How large a plan is. */
export interface TownSize {
  people: number
  documents: number
}

/** The groups of every plan. The last two are seldom heard of: one is small, in the other nobody is shown by name. */
const groupNames = ['Town hall', 'Neighbours', 'Traders', 'Youth', 'Elders', 'School', 'Few', 'Unseen'] as const

/** The places of those two. */
export const groupPlaces = { few: 6, unseen: 7 } as const

/** Founds a plan. Of its people three are in the small group, and one in eight chose not to be shown at all. */
export async function foundTown(db: Kysely<Database>, slug: string, size: TownSize): Promise<Town> {
  const planId = newId()
  await db
    .insertInto('plan')
    .values({ id: planId, slug, title: `Plan ${slug}`, place: 'A town' })
    .execute()
  const groups = groupNames.map((name, place) => ({
    id: newId(),
    planId,
    name,
    sector: (place === 0 ? 'government' : 'community') satisfies Sector as Sector,
  }))
  await db.insertInto('stakeholderGroup').values(groups).execute()

  const sessions = createSessions(db, { secure: false })
  const people: Townsperson[] = []
  let cookie = ''
  for (let place = 0; place < size.people; place += 1) {
    const group = groups[groupOf(place)]
    if (!group) throw new Error('a person without a group')
    const [userId, secret] = [newId(), randomBytes(32)]
    const email = `${slug}-${place}@bench.test`
    await db
      .insertInto('userAccount')
      .values({ id: userId, email, name: `Person ${place}` })
      .execute()
    await db.insertInto('member').values({ planId, userId, groupId: group.id, role: 'drafter' }).execute()
    const pid = personId(secret, planId)
    await db.insertInto('recordPerson').values({ planId, userId, pid, secret }).execute()
    if (groupOf(place) === groupPlaces.unseen) {
      await db.insertInto('displayChoice').values({ planId, userId, display: 'anonymous' }).execute()
    }
    const session = await sessions.begin(userId)
    cookie ||= session.cookie.split(';', 1)[0] ?? ''
    people.push({ userId, sessionId: session.sessionId, groupId: group.id, sector: group.sector, pid })
  }

  const [first] = people
  if (!first) throw new Error('a plan without people')
  const documents: Town['documents'] = []
  for (let place = 0; place < size.documents; place += 1) {
    const [id, documentId, title] = [newId(), newId(), `Commitment ${place + 1}`]
    const seed = seedDocument(title, place + 1)
    const { userId, sessionId, groupId } = first
    await insertDocument(db, {
      documentId,
      planId,
      kind: 'commitment',
      template: 'ogp-commitment',
      templateVersion: 1,
      title,
      writer: { userId, sessionId, groupId },
      state: seed,
      clientId: place + 1,
    })
    await db
      .insertInto('commitment')
      .values({ id, planId, documentId, number: place + 1, createdBy: userId })
      .execute()
    documents.push({ documentId, seed })
  }
  return { planId, slug, groupIds: groups.map(({ id }) => id), people, documents, cookie }
}

function groupOf(place: number): number {
  if (place % 8 === 7) return groupPlaces.unseen
  if (place > 0 && place < 4) return groupPlaces.few
  return place % 6
}
