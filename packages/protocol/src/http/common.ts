import { z } from 'zod'
import { GroupId, UserId } from '../ids.ts'
import { roles } from '../roles.ts'

/** RFC 3339 in UTC with milliseconds: `2026-03-28T15:04:05.000Z`. */
export const Time = z.iso.datetime({ precision: 3 })
/** `sha256:` and 64 hexadecimal digits. */
export const ContentHash = z.string().regex(/^sha256:[0-9a-f]{64}$/)
/** A hash of the record's tree: SHA-256 as 64 hexadecimal digits. */
export const RecordHash = z.string().regex(/^[0-9a-f]{64}$/)
/** Options and answers of WebAuthn level 3, as its JSON forms; the library on either side knows them whole. */
export const WebAuthnJson = z.looseObject({})
/** The states of a commitment. What leads from one to another stands in `lifecycle.ts`. */
export const CommitmentState = z.enum([
  'proposed',
  'drafting',
  'review',
  'consultation',
  'response',
  'final',
  'endorsed',
  'approved',
  'submitted',
  'implementing',
  'completed',
  'assessed',
  'amending',
  'merged',
  'withdrawn',
])
export type CommitmentState = z.infer<typeof CommitmentState>
/** The states of a plan. One that is `planning` is its members' alone; in every other it is public. */
export const PlanState = z.enum([
  'planning',
  'outreach',
  'gathering',
  'drafting',
  'consultation',
  'response',
  'revision',
  'endorsement',
  'approval',
  'submitted',
  'implementing',
  'inception',
  'amended',
  'closed',
])
export type PlanState = z.infer<typeof PlanState>
/** What a document is: a commitment, the plan's own text, or the minutes of a meeting. */
export const DocumentKind = z.enum(['commitment', 'plan', 'minutes'])
export type DocumentKind = z.infer<typeof DocumentKind>

export const DocumentStatus = z.enum(['open', 'frozen', 'archived'])
export type DocumentStatus = z.infer<typeof DocumentStatus>
export const PageQuery = z.object({
  // Holds what a list is ordered by: a name of 120 signs, each of several bytes, and the cursor a third longer again.
  cursor: z.string().max(4096).optional(),
  limit: z.coerce.number().int().min(1).max(200).optional(),
})
/** Made by the client for each thing that it makes: the same one sent again, since the answer was lost, is stored once. */
export const Key = z.string().regex(/^[A-Za-z0-9_-]{16,40}$/)
export const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() })

/** The roles of the glossary (docs/architecture.md). What each may do stands in the server's `auth/rules.ts`. */
export const Role = z.enum(roles)
export type Role = z.infer<typeof Role>
export const Sector = z.enum(['government', 'civil_society', 'community', 'academia', 'private_sector'])
export type Sector = z.infer<typeof Sector>
export const Group = z.object({ id: GroupId, name: z.string(), sector: Sector })
export type Group = z.infer<typeof Group>
/** What a stakeholder group is. Its sector says on which side it sits; several kinds share one. */
export const GroupKind = z.enum([
  'government_office',
  'civil_society',
  'academia',
  'private_sector',
  'community',
  'indigenous_community',
  'youth',
  'seniors',
  'women',
  'producers',
  'local_board',
  'other',
])
export type GroupKind = z.infer<typeof GroupKind>
/** How somebody chose to be shown in a plan: by name, as one of their group, or not at all. */
export const Display = z.enum(['name', 'group', 'anonymous'])
export type Display = z.infer<typeof Display>
/**
 * A person as others may see them in this plan. `group` is the one they belong to there. `name` is empty for somebody who
 * is shown as one of their group, and `group` is null too for somebody who is not shown at all, or was erased.
 * `unverified` stands with a guest of a workshop, whose name and group are their own word; never with who is not shown.
 */
export const Person = z.object({
  id: UserId,
  name: z.string(),
  group: Group.nullable(),
  unverified: z.literal(true).optional(),
})
export type Person = z.infer<typeof Person>

/**
 * The readable value of a document: what is hashed, compared, restored and shown. `fields` holds a ProseMirror `doc`
 * for each text field of the template, `facts` the scalars that are set.
 */
export const Content = z.object({
  template: z.string(),
  version: z.number().int(),
  fields: z.record(z.string(), z.looseObject({ type: z.string() })),
  facts: z.record(z.string(), z.unknown()),
})
