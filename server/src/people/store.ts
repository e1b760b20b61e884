import type { Display, DocumentKind, Group, Person, Role } from '@cabildo/protocol/http/common'
import { shapeNamed } from '@cabildo/schema/templates/shapes'
import type { TemplateShape } from '@cabildo/schema/templates/template'
import { type Kysely, sql, type Transaction } from 'kysely'
import { holdPlans } from '../db/holding.ts'
import { prepared } from '../db/prepared.ts'
import { type PartInWorkshop, partInWorkshop, personBehind } from '../db/taking-part.ts'
import type { Database } from '../db/types.ts'
import { moreReserved, shownAs } from './rules.ts'

/** Somebody's part in a plan. */
export interface Membership {
  planId: string
  role: Role
  /** The group they belong to, also when they are not shown as one of it. */
  groupId: string | null
  person: Person
}

/** Somebody's part in a plan, and the document of that plan they asked for. */
export interface DocumentMembership extends Membership {
  documentId: string
  kind: DocumentKind
  /** The form it is written with. */
  shape: TemplateShape
  status: 'open' | 'frozen' | 'archived'
  /** The part they have in an open workshop that works on it. */
  workshop: PartInWorkshop
}

/** Live memberships: neither the person nor their part in the plan is suspended. */
function members(db: Kysely<Database>, userId: string) {
  return db
    .selectFrom('member')
    .innerJoin('userAccount', 'userAccount.id', 'member.userId')
    .leftJoin('stakeholderGroup', 'stakeholderGroup.id', 'member.groupId')
    .leftJoin('displayChoice', (join) =>
      join.onRef('displayChoice.planId', '=', 'member.planId').onRef('displayChoice.userId', '=', 'member.userId'),
    )
    .where('member.userId', '=', userId)
    .where('member.suspendedAt', 'is', null)
    .where('userAccount.suspendedAt', 'is', null)
    .select(['member.planId', 'member.userId', 'member.role', 'userAccount.name', 'userAccount.kind'])
    .select(['userAccount.erasedAt', 'displayChoice.display'])
    .select(['stakeholderGroup.id as groupId', 'stakeholderGroup.name as groupName', 'stakeholderGroup.sector'])
}

/** Reads a person's part in the plan of this id or slug. */
export async function findMembership(
  db: Kysely<Database>,
  userId: string,
  planIdOrSlug: string,
): Promise<Membership | undefined> {
  const row = await members(db, userId)
    .innerJoin('plan', 'plan.id', 'member.planId')
    .where((where) => where.or([where('plan.id', '=', planIdOrSlug), where('plan.slug', '=', planIdOrSlug)]))
    // Nothing stops a slug from looking like an id; the id wins.
    .orderBy((order) => order('plan.id', '=', planIdOrSlug), 'desc')
    .limit(1)
    .modifyFront(prepared)
    .executeTakeFirst()
  return row && { planId: row.planId, role: row.role as Role, groupId: row.groupId, person: personOf(row) }
}

/** Holds a plan's row, so that who takes part in it changes one step after another. Other locks are taken after it. */
export async function lockPlan(trx: Transaction<Database>, planId: string): Promise<void> {
  await holdPlans(trx, [planId])
}

/** Whether a plan has this group. */
export async function isGroupOf(db: Kysely<Database>, planId: string, groupId: string): Promise<boolean> {
  const row = await db
    .selectFrom('stakeholderGroup')
    .where('planId', '=', planId)
    .where('id', '=', groupId)
    .select('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Reads a document together with the person's part in its plan; undefined when either is missing. */
export async function findDocumentMembership(
  db: Kysely<Database>,
  userId: string,
  documentId: string,
): Promise<DocumentMembership | undefined> {
  const row = await members(db, userId)
    .innerJoin('document', 'document.planId', 'member.planId')
    .where('document.id', '=', documentId)
    .select(['document.status', 'document.kind', 'document.template', 'document.templateVersion'])
    .select(partInWorkshop(sql.ref('member.user_id'), sql.ref('document.id')).as('workshop'))
    .modifyFront(prepared)
    .executeTakeFirst()
  if (!row) return undefined
  // Checks in the database hold these columns to these values.
  const status = row.status as DocumentMembership['status']
  const kind = row.kind as DocumentMembership['kind']
  const { planId, groupId, workshop, template, templateVersion: version } = row
  const shape = shapeNamed({ template, version })
  return { planId, role: row.role as Role, groupId, person: personOf(row), documentId, kind, shape, status, workshop }
}

/**
 * Reads people as members of a plan know them, also those who have left: their name stays, their group does not. Who was
 * found to be somebody else is that person, shown as the more reserved of the two wished; nobody, when either was erased.
 */
export async function findPeople(
  db: Kysely<Database>,
  planId: string,
  userIds: readonly string[],
): Promise<Map<string, Person>> {
  if (userIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('userAccount as asked')
    .innerJoin('userAccount', (join) => join.on('userAccount.id', '=', personBehind(planId, sql.ref('asked.id'))))
    .leftJoin('member', (join) => join.onRef('member.userId', '=', 'userAccount.id').on('member.planId', '=', planId))
    .leftJoin('stakeholderGroup', 'stakeholderGroup.id', 'member.groupId')
    .leftJoin('displayChoice', (join) =>
      join.onRef('displayChoice.userId', '=', 'userAccount.id').on('displayChoice.planId', '=', planId),
    )
    .leftJoin('displayChoice as askedChoice', (join) =>
      join.onRef('askedChoice.userId', '=', 'asked.id').on('askedChoice.planId', '=', planId),
    )
    .where('asked.id', '=', sql<string>`any(${[...new Set(userIds)]}::text[])`)
    .modifyFront(prepared)
    .select([
      'asked.id as askedId',
      'userAccount.id as userId',
      'userAccount.name',
      'userAccount.kind',
      'userAccount.erasedAt',
      'displayChoice.display',
      'asked.erasedAt as askedErasedAt',
      'askedChoice.display as askedDisplay',
    ])
    .select(['stakeholderGroup.id as groupId', 'stakeholderGroup.name as groupName', 'stakeholderGroup.sector'])
    .execute()
  return new Map(
    rows.map(({ askedId, askedErasedAt, askedDisplay, ...row }) => {
      const display = moreReserved(displayOf(row.display), displayOf(askedDisplay))
      return [askedId, personOf({ ...row, display, erasedAt: row.erasedAt ?? askedErasedAt })]
    }),
  )
}

/** Reads the stakeholder groups of a plan, by name. */
export async function findGroups(db: Kysely<Database>, planId: string): Promise<Group[]> {
  const rows = await db
    .selectFrom('stakeholderGroup')
    .where('planId', '=', planId)
    .select(['id', 'name', 'sector'])
    .orderBy('name')
    .orderBy('id')
    .execute()
  return rows.map(groupOf)
}

interface PersonRow {
  userId: string
  name: string
  kind: string
  erasedAt: Date | null
  /** Null for who never chose: by name. */
  display: string | null
  groupId: string | null
  groupName: string | null
  sector: string | null
}

function personOf({ userId, name, kind, erasedAt, display, groupId, groupName, sector }: PersonRow): Person {
  const group = groupId && groupName && sector ? groupOf({ id: groupId, name: groupName, sector }) : null
  const shown = erasedAt === null ? displayOf(display) : 'anonymous'
  return shownAs({ id: userId, name, display: shown, group, guest: kind === 'guest' })
}

/** Who never chose is shown by name. A check in the database holds the column to the values of the type. */
function displayOf(chosen: string | null): Display {
  return (chosen ?? 'name') as Display
}

/** Ids come from `newId` and sectors from a checked column: both already are what their brands promise. */
function groupOf(row: { id: string; name: string; sector: string }): Group {
  return row as Group
}
