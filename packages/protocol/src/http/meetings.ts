import { z } from 'zod'
import { DocumentId, GroupId, InputId, MeetingId, WorkshopId } from '../ids.ts'
import { largestFile } from './attachments.ts'
import { Group, Key, PageQuery, Person, page, Time } from './common.ts'
import type { Contract } from './contract.ts'
import { AgeBand, Gender } from './workshops.ts'

export const MeetingMode = z.enum(['in_person', 'online', 'both'])
export type MeetingMode = z.infer<typeof MeetingMode>

/** Planned, held, or called off. */
export const MeetingState = z.enum(['planned', 'held', 'cancelled'])
export type MeetingState = z.infer<typeof MeetingState>

/** What a file beside a meeting is for. Signed lists name people: those alone read them who may. */
export const MeetingFileUse = z.enum(['photo', 'list', 'material'])
export type MeetingFileUse = z.infer<typeof MeetingFileUse>

const most = { title: 200, place: 200, link: 500, text: 4000, reason: 600, sentTo: 200, materials: 20, caption: 300 }
const mostPeople = 100_000

/** A day at the place, `2026-03-28`. */
const Day = z.iso.date().refine((day) => day >= '1900-01-01', 'a day since 1900')
/** A clock time at the place, `15:30`. */
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
const Link = z
  .string()
  .trim()
  .max(most.link)
  .regex(/^https?:\/\/[^\s/]+\S*$/, 'an address that begins with http:// or https://')
const People = z.number().int().min(0).max(mostPeople)

/** Something that people were given to read for a meeting: behind a link, or a file beside it; sent when, and to whom. */
const Material = z.object({
  title: z.string().trim().min(1).max(most.title),
  link: Link.nullable().default(null),
  /** The number of the file. */
  attachment: z.number().int().min(1).nullable().default(null),
  /** Null: not sent yet. */
  sentOn: Day.nullable().default(null),
  /** To which groups, in words; names of people do not belong here. */
  sentTo: z.string().trim().min(1).max(most.sentTo).nullable().default(null),
})

/** What is said of a meeting but who came. */
export const MeetingFacts = z.object({
  title: z.string().trim().min(1).max(most.title),
  heldOn: Day,
  starts: Clock.nullable().default(null),
  ends: Clock.nullable().default(null),
  mode: MeetingMode,
  /** Needed unless it is online alone. */
  place: z.string().trim().min(1).max(most.place).nullable().default(null),
  /** Where it is joined online. */
  link: Link.nullable().default(null),
  isPublic: z.boolean(),
  /** It follows up on what was approved: there is something approved by then. */
  isFollowUp: z.boolean().default(false),
  agenda: z.string().trim().max(most.text).default(''),
  materials: z.array(Material).max(most.materials).default([]),
  /** What came of it, in short. */
  results: z.string().trim().max(most.text).default(''),
  /** The workshop that it was. */
  workshopId: WorkshopId.nullable().default(null),
})
export type MeetingFacts = z.output<typeof MeetingFacts>

const byGender = z.record(Gender, z.number().int())
const byAge = z.record(AgeBand, z.number().int())

/** Who came, as counts. Gender and age count only those of whom it is known. */
const MeetingAttendance = z.object({
  registered: z.number().int(),
  attended: z.number().int(),
  /** `group` null: people of no group. */
  byGroup: z.array(z.object({ group: Group.nullable(), registered: z.number().int(), attended: z.number().int() })),
  byGender,
  byAge,
})
export type MeetingAttendance = z.infer<typeof MeetingAttendance>

/** A meeting in a list. */
export const MeetingItem = z.object({
  id: MeetingId,
  number: z.number().int(),
  title: z.string(),
  heldOn: z.iso.date(),
  starts: z.string().nullable(),
  ends: z.string().nullable(),
  mode: MeetingMode,
  place: z.string().nullable(),
  isPublic: z.boolean(),
  isFollowUp: z.boolean(),
  state: MeetingState,
  registered: z.number().int(),
  attended: z.number().int(),
  /** Inputs that belong to it and were not taken back. */
  inputs: z.number().int(),
  /** The text of its minutes. */
  minutesId: DocumentId.nullable(),
})
export type MeetingItem = z.infer<typeof MeetingItem>

/** A meeting as its plan's people read it. */
export const Meeting = MeetingItem.extend({
  link: z.string().nullable(),
  agenda: z.string(),
  results: z.string(),
  materials: z.array(
    z.object({
      title: z.string(),
      link: z.string().nullable(),
      attachment: z.number().int().nullable(),
      sentOn: z.iso.date().nullable(),
      sentTo: z.string().nullable(),
    }),
  ),
  workshop: z.object({ id: WorkshopId, title: z.string() }).nullable(),
  /** Why it was called off. */
  reason: z.string().nullable(),
  attendance: MeetingAttendance,
  /** Counts the changes: who changes it says which one they read. */
  revision: z.number().int(),
  /** The last entry of the record that holds the hash of what is said of it, and the salt of that hash. */
  entry: z.number().int(),
  salt: z.string(),
  may: z.object({ write: z.boolean(), readLists: z.boolean() }),
})
export type Meeting = z.infer<typeof Meeting>

/** The minutes of a meeting: the document in which they are written together, and the meeting that they are of. */
const Minutes = z.object({
  documentId: DocumentId,
  /** The document's: a device lets go of what it keeps of an earlier one. */
  epoch: z.number().int(),
  meeting: Meeting,
  /** The version that the public reads: the last one with a name, of a meeting that was held and is open to the public. */
  shown: z.object({ number: z.number().int(), name: z.string(), createdAt: Time }).nullable(),
})
export type Minutes = z.infer<typeof Minutes>

/** A file beside a meeting. Its bytes are at `…/attachments/<number>`, a small picture of it at `…/thumbnail`. */
export const MeetingFile = z.object({
  number: z.number().int(),
  use: MeetingFileUse,
  kind: z.enum(['picture', 'paper']),
  mediaType: z.string(),
  size: z.number().int(),
  hasThumbnail: z.boolean(),
  caption: z.string().nullable(),
  /** Whether the public may see it too. */
  shown: z.boolean(),
  by: Person,
  addedAt: Time,
  sha256: z.string(),
  entry: z.number().int(),
  salt: z.string(),
})
export type MeetingFile = z.infer<typeof MeetingFile>

/** What is kept beside a meeting, by number: signed lists only to those who may read them. */
const MeetingFileList = z.object({
  items: z.array(MeetingFile),
  most: z.number().int(),
  largest: z.number().int(),
  may: z.object({ attach: z.boolean(), readLists: z.boolean() }),
})
export type MeetingFileList = z.infer<typeof MeetingFileList>

const PlanParams = z.object({ planId: z.string().min(1).max(80) })
const MeetingParams = PlanParams.extend({ meetingId: MeetingId })
const FileParams = MeetingParams.extend({ number: z.coerce.number().int().min(1).max(100_000) })
/** The revision that was read; somebody else having changed it since is a `conflict`. */
const after = z.number().int().min(1)

const reading = ['signed_out', 'not_found'] as const
const writing = ['invalid', 'signed_out', 'forbidden', 'not_found', 'conflict', 'too_large'] as const

export const meetingApi = {
  'GET /api/plans/:planId/meetings': {
    summary: 'The meetings of a plan, the latest first, and how many there were',
    tag: 'meetings',
    params: PlanParams,
    query: PageQuery.extend({
      /** The one of this number alone. */
      number: z.coerce.number().int().min(1).optional(),
    }),
    status: 200,
    response: page(MeetingItem).extend({
      totals: z.object({
        held: z.number().int(),
        /** Of those held, the ones open to the public. */
        public: z.number().int(),
        attended: z.number().int(),
        /** Groups of which somebody came to one. */
        groups: z.number().int(),
      }),
      /** `followUp`: something was approved, so that meetings can follow up on it. */
      may: z.object({ write: z.boolean(), followUp: z.boolean() }),
    }),
    refusals: ['invalid', ...reading],
  },
  'POST /api/plans/:planId/meetings': {
    summary: 'Enter a meeting. The same key again writes nothing and gives the same answer',
    tag: 'meetings',
    params: PlanParams,
    body: MeetingFacts.extend({ key: Key }),
    status: 201,
    response: Meeting,
    refusals: writing,
  },
  'GET /api/plans/:planId/meetings/:meetingId': {
    summary: 'One meeting',
    tag: 'meetings',
    params: MeetingParams,
    status: 200,
    response: Meeting,
    refusals: reading,
  },
  'PUT /api/plans/:planId/meetings/:meetingId': {
    summary: 'Say otherwise what is said of a meeting, but who came',
    tag: 'meetings',
    params: MeetingParams,
    body: MeetingFacts.extend({ after }),
    status: 200,
    response: Meeting,
    refusals: writing,
  },
  'POST /api/plans/:planId/meetings/:meetingId/state': {
    summary: 'Say that a meeting was held, is called off (with a reason), or is planned again',
    tag: 'meetings',
    params: MeetingParams,
    body: z.object({
      after,
      state: MeetingState,
      /** For `cancelled` alone, and needed there. */
      reason: z.string().trim().min(1).max(most.reason).optional(),
    }),
    status: 200,
    response: Meeting,
    refusals: writing,
  },
  'PUT /api/plans/:planId/meetings/:meetingId/attendance': {
    summary: 'Enter who came, as counts by group, gender and age. Names of people are not kept',
    tag: 'meetings',
    params: MeetingParams,
    body: z.object({
      after,
      groups: z
        .array(
          z.object({
            /** Null: people of no group. */
            groupId: GroupId.nullable(),
            registered: People.default(0),
            attended: People.default(0),
          }),
        )
        .max(400),
      byGender: z.partialRecord(Gender, People).default({}),
      byAge: z.partialRecord(AgeBand, People).default({}),
    }),
    status: 200,
    response: Meeting,
    refusals: writing,
  },
  'POST /api/plans/:planId/meetings/:meetingId/attendance/workshop': {
    summary: 'Take who came from the workshop that the meeting was; who registered stays as it was entered',
    tag: 'meetings',
    params: MeetingParams,
    body: z.object({ after }),
    status: 200,
    response: Meeting,
    refusals: writing,
  },
  'PUT /api/plans/:planId/meetings/:meetingId/inputs': {
    summary: 'Say which inputs belong to a meeting, and which do not. An input belongs to one meeting at most',
    tag: 'meetings',
    params: MeetingParams,
    body: z.object({ add: z.array(InputId).max(500).default([]), remove: z.array(InputId).max(500).default([]) }),
    status: 200,
    response: Meeting,
    refusals: writing,
  },
  'GET /api/plans/:planId/meetings/:meetingId/minutes': {
    summary: 'The minutes of a meeting: which document they are, and what the program knows beside it',
    tag: 'meetings',
    params: MeetingParams,
    status: 200,
    response: Minutes,
    refusals: reading,
  },
  'POST /api/plans/:planId/meetings/:meetingId/minutes': {
    summary:
      'Begin the minutes of a meeting, a document that is written together. Again, it answers those that are there',
    tag: 'meetings',
    params: MeetingParams,
    status: 201,
    response: Minutes,
    refusals: ['signed_out', 'forbidden', 'not_found', 'conflict'],
  },
  'GET /api/plans/:planId/meetings/:meetingId/attachments': {
    summary: 'Photos, material and signed lists beside a meeting',
    tag: 'meetings',
    params: MeetingParams,
    status: 200,
    response: MeetingFileList,
    refusals: reading,
  },
  'POST /api/plans/:planId/meetings/:meetingId/attachments': {
    summary:
      'Attach a photo (JPEG, PNG, WebP), or a signed list or material (those, or a PDF), of at most 10 MB. The same file again changes nothing',
    tag: 'meetings',
    params: MeetingParams,
    query: z.object({ use: MeetingFileUse }),
    upload: { bytes: largestFile },
    status: 201,
    response: MeetingFileList,
    refusals: [...writing, 'unavailable'],
  },
  'PATCH /api/plans/:planId/meetings/:meetingId/attachments/:number': {
    summary:
      'Say what is on such a file, and whether the public may see it: never a signed list, nor without those words',
    tag: 'meetings',
    params: FileParams,
    body: z.object({ caption: z.string().trim().min(1).max(most.caption).nullable(), shown: z.boolean() }),
    status: 200,
    response: MeetingFileList,
    refusals: writing,
  },
  'DELETE /api/plans/:planId/meetings/:meetingId/attachments/:number': {
    summary: 'Remove such a file: its bytes go, that there was one stays',
    tag: 'meetings',
    params: FileParams,
    status: 200,
    response: MeetingFileList,
    refusals: writing,
  },
} as const satisfies Record<string, Contract>
