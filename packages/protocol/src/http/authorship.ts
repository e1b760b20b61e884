import { z } from 'zod'
import { ApprovalId, CommitmentId, DocumentId, GroupId, MeetingId, VersionId, WorkshopId } from '../ids.ts'
import { RequestState } from './approvals.ts'
import { Group, PageQuery, Person, page, Time } from './common.ts'
import type { Contract } from './contract.ts'

const DocumentParams = z.object({ documentId: DocumentId })

/** How many characters (code points) were brought in, and how many of them stand. */
const Tally = z.object({ proposed: z.number().int(), written: z.number().int() })
/** What stands, with its share of all that stands: from 0 to 1. */
const Share = Tally.extend({ share: z.number() })

/** What one group wrote. People count for the group they belonged to when they wrote. */
export const GroupShare = Group.extend(Share.shape).extend({
  /** How many people that was; null where so small a number would tell of people who are not shown by name. */
  people: z.number().int().nullable(),
})
export type GroupShare = z.infer<typeof GroupShare>
/** What people without a group wrote, and people who are not shown at all, as far as it is not counted with a group. */
export const RestShare = Share
export type RestShare = z.infer<typeof RestShare>
/** The part of a group, or of no group, in a smaller whole. */
export const PartOfGroup = Tally.extend({ groupId: GroupId.nullable() })
export type PartOfGroup = z.infer<typeof PartOfGroup>

/**
 * Somebody who wrote: a person shown by name, under their id, or all who are shown as one of a group, or not at all,
 * together. `groupId`: the group for which they wrote most of it.
 */
const Author = z.object({ id: z.string(), name: z.string(), groupId: GroupId.nullable(), written: z.number().int() })
/** A stretch of text: the author, their group when they wrote it, who put it where it stands, and the entry of the log
 * that first brought it. All null for layout without words. */
export const AuthoredRun = z.object({
  text: z.string(),
  authorId: z.string().nullable(),
  groupId: GroupId.nullable(),
  editedById: z.string().nullable(),
  seq: z.number().int().nullable(),
})
export type AuthoredRun = z.infer<typeof AuthoredRun>

export const Authorship = z.object({
  seq: z.number().int(),
  algorithm: z.number().int(),
  groups: z.array(GroupShare),
  rest: RestShare,
  authors: z.array(Author),
  /** For each text field its plain text in runs. */
  fields: z.record(z.string(), z.array(AuthoredRun)),
  /** For each text field with text, now or once, the parts of the groups in it. */
  shares: z.record(z.string(), z.array(PartOfGroup)),
  /** Who gave each fact that is set its value. */
  facts: z.record(z.string(), AuthoredRun.omit({ text: true })),
})
export type Authorship = z.infer<typeof Authorship>

export const PlanAuthorship = z.object({
  algorithm: z.number().int(),
  groups: z.array(GroupShare.omit({ people: true })),
  rest: RestShare,
  commitments: z.array(
    z.object({
      id: CommitmentId,
      number: z.number().int(),
      title: z.string(),
      documentId: DocumentId,
      seq: z.number().int(),
      parts: z.array(PartOfGroup),
    }),
  ),
})
export type PlanAuthorship = z.infer<typeof PlanAuthorship>

/** The entries stored while something went on; where none was, both are the last one before its end. */
const Stretch = z.object({ fromSeq: z.number().int(), toSeq: z.number().int() })

/**
 * What has a name on a document's log. `version`: one that somebody named. `workshop`: one that worked on it. `meeting`: one
 * of the plan that was held, unless it was such a workshop. `decision`: a request that its text be approved, where the text
 * was frozen for it, and what became of it; `at` says since when it is so. `consultation`: a time in which everybody could
 * say what they think of the commitment, or `of` the plan.
 */
export const TimelineMark = z.discriminatedUnion('kind', [
  Stretch.extend({ kind: z.literal('version'), id: VersionId, number: z.number().int(), name: z.string(), at: Time }),
  Stretch.extend({ kind: z.literal('workshop'), id: WorkshopId, title: z.string(), heldOn: z.iso.date() }),
  Stretch.extend({ kind: z.literal('meeting'), id: MeetingId, title: z.string(), heldOn: z.iso.date() }),
  Stretch.extend({
    kind: z.literal('decision'),
    id: ApprovalId,
    number: z.number().int(),
    state: RequestState,
    at: Time,
  }),
  Stretch.extend({
    kind: z.literal('consultation'),
    of: z.enum(['commitment', 'plan']),
    number: z.number().int(),
    state: z.enum(['gathering', 'consultation']),
    opensAt: Time,
    /** When it ended, or is to end. */
    closesAt: Time,
  }),
])
export type TimelineMark = z.infer<typeof TimelineMark>

/** One entry of a document's log, as the moment that brought some text. */
export const AuthoredMoment = z.object({
  seq: z.number().int(),
  at: Time,
  author: Person,
  /** Who typed it for them, when they did not themselves: a facilitator in a workshop; or who accepted their proposal. */
  typedBy: Person.nullable(),
  /** It came with a proposal that was accepted. */
  accepted: z.boolean(),
  /** The group they wrote for then; null where they are not shown as one of it. */
  group: Group.nullable(),
  /** The workshop they took part in while they wrote it. */
  workshop: z.object({ id: WorkshopId, title: z.string(), heldOn: z.iso.date() }).nullable(),
})
export type AuthoredMoment = z.infer<typeof AuthoredMoment>

/** Text of somebody that somebody else took away. Text that only moved is not in the list. */
export const DeletedText = z.object({
  seq: z.number().int(),
  at: Time,
  field: z.string(),
  /** Its beginning, when it was long. */
  text: z.string(),
  /** Its whole length in characters. */
  length: z.number().int(),
  by: Person,
  /** Who took it away for them, when they did not themselves. */
  typedBy: Person.nullable(),
  author: Person,
  /** The entry of the log that brought it. */
  written: z.number().int(),
})
export type DeletedText = z.infer<typeof DeletedText>

export const authorshipApi = {
  'GET /api/documents/:documentId/authorship': {
    summary: 'Who wrote each character of the document, as it stands or as it stood after entry `seq` of its log',
    tag: 'documents',
    params: DocumentParams,
    query: z.object({ seq: z.coerce.number().int().min(0).optional() }),
    status: 200,
    response: Authorship,
    refusals: ['invalid', 'signed_out', 'not_found'],
  },
  'GET /api/documents/:documentId/authorship/moments/:seq': {
    summary: 'When, by whom and in which workshop one entry of the log was written',
    tag: 'documents',
    params: DocumentParams.extend({ seq: z.coerce.number().int().min(1) }),
    status: 200,
    response: AuthoredMoment,
    refusals: ['signed_out', 'not_found'],
  },
  'GET /api/documents/:documentId/authorship/marks': {
    summary: 'Named versions, workshops, meetings, decisions and consultations, as marks on the log of the document',
    tag: 'documents',
    params: DocumentParams,
    status: 200,
    response: z.object({ items: z.array(TimelineMark) }),
    refusals: ['signed_out', 'not_found'],
  },
  'GET /api/documents/:documentId/authorship/deleted': {
    summary: 'What somebody took away of the text of others, newest first; a page may be empty and yet not the last',
    tag: 'documents',
    params: DocumentParams,
    query: PageQuery.extend({ field: z.string().max(40).optional() }),
    status: 200,
    response: page(DeletedText),
    refusals: ['invalid', 'signed_out', 'not_found'],
  },
  'GET /api/plans/:planId/authorship': {
    summary: 'What each group wrote of all commitments of a plan',
    tag: 'plans',
    params: z.object({ planId: z.string().min(1).max(80) }),
    status: 200,
    response: PlanAuthorship,
    refusals: ['signed_out', 'not_found'],
  },
} as const satisfies Record<string, Contract>
