import { z } from 'zod'
import { CommitmentId, GroupId, TableId, UserId, WorkshopId } from '../ids.ts'
import { Me, PersonName } from './account.ts'
import { Display, Group, PageQuery, Person, page, Time } from './common.ts'
import type { Contract } from './contract.ts'

const PlanParams = z.object({ planId: z.string().min(1).max(80) })
const WorkshopParams = PlanParams.extend({ workshopId: WorkshopId })
const ParticipantParams = WorkshopParams.extend({ userId: UserId })

export const Gender = z.enum(['woman', 'man', 'other'])
export type Gender = z.infer<typeof Gender>
export const AgeBand = z.enum(['under_18', '18_29', '30_44', '45_59', '60_plus'])
export type AgeBand = z.infer<typeof AgeBand>

const TableItem = z.object({ id: TableId, name: z.string() })
const CommitmentRef = z.object({ id: CommitmentId, number: z.number().int(), title: z.string() })

export const WorkshopItem = z.object({
  id: WorkshopId,
  title: z.string(),
  place: z.string(),
  /** A calendar day, `2026-11-28`. */
  heldOn: z.iso.date(),
  openedAt: Time,
  /** When it closes by itself. */
  endsAt: Time,
  closedAt: Time.nullable(),
  people: z.number().int(),
})
export type WorkshopItem = z.infer<typeof WorkshopItem>

export const ParticipantItem = z.object({
  userId: UserId,
  /** As they gave it: the board is for those who run the workshop. */
  name: z.string(),
  /** Without an account: nobody looked at who they are. */
  guest: z.boolean(),
  group: Group.nullable(),
  tableId: TableId.nullable(),
  display: Display,
  joinedAt: Time,
  /** Has a document of the workshop open now. */
  inside: z.boolean(),
  mutedAt: Time.nullable(),
  removedAt: Time.nullable(),
  mergedInto: UserId.nullable(),
  /** Names those who share one phone; the same number, the same phone. */
  device: z.number().int().nullable(),
})
export type ParticipantItem = z.infer<typeof ParticipantItem>

/** What the people who run a workshop see of it. The way in is null once it is closed. */
export const Workshop = WorkshopItem.extend({
  tables: z.array(TableItem),
  commitments: z.array(CommitmentRef),
  wayIn: z.object({ url: z.string(), address: z.string(), code: z.string() }).nullable(),
  participants: z.array(ParticipantItem),
})
export type Workshop = z.infer<typeof Workshop>

const count = z.object({ key: z.string(), label: z.string().nullable(), people: z.number().int() })
/** Attendance as totals. Gender and age count only those who said. */
export const Attendance = z.object({
  people: z.number().int(),
  byGroup: z.array(count),
  byTable: z.array(count),
  byGender: z.array(count),
  byAge: z.array(count),
})
export type Attendance = z.infer<typeof Attendance>

/** Somebody on a shared device, always by the name they gave there: those who share it must find each other. */
export const DevicePerson = z.object({ person: Person, active: z.boolean() })
export type DevicePerson = z.infer<typeof DevicePerson>
export const Device = z.object({
  workshop: z
    .object({
      id: WorkshopId,
      title: z.string(),
      planSlug: z.string(),
      /** Numbers of the commitments one may write in here. */
      commitments: z.array(z.number().int()),
    })
    .nullable(),
  people: z.array(DevicePerson),
})
export type Device = z.infer<typeof Device>

/** The token of a workshop's QR, or its spoken code: eight of Crockford's 32 signs, in any letters, with or without a dash. */
const WayIn = { token: z.string().min(1).max(80).optional(), code: z.string().trim().min(1).max(20).optional() }

export const workshopApi = {
  'GET /api/plans/:planId/workshops': {
    summary: 'The workshops of a plan, newest first',
    tag: 'workshops',
    params: PlanParams,
    query: PageQuery,
    status: 200,
    response: page(WorkshopItem),
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found'],
  },
  'POST /api/plans/:planId/workshops': {
    summary: 'Open a workshop. People come in from now until it is closed, or until `endsAt`',
    tag: 'workshops',
    params: PlanParams,
    body: z.object({
      title: z.string().trim().min(1).max(200),
      place: z.string().trim().min(1).max(200),
      heldOn: z.iso.date(),
      /** At most 24 hours from now; six hours when it is not given. */
      endsAt: Time.optional(),
      tables: z.array(z.string().trim().min(1).max(80)).max(40),
      commitmentIds: z.array(CommitmentId).min(1).max(40),
    }),
    status: 201,
    response: Workshop,
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found'],
  },
  'GET /api/plans/:planId/workshops/:workshopId': {
    summary: 'A workshop as those who run it see it: its way in, and who is there',
    tag: 'workshops',
    params: WorkshopParams,
    status: 200,
    response: Workshop,
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'PATCH /api/plans/:planId/workshops/:workshopId': {
    summary: 'Change a workshop that is open; `newWayIn` makes the old QR and code useless',
    tag: 'workshops',
    params: WorkshopParams,
    body: z.object({
      title: z.string().trim().min(1).max(200).optional(),
      place: z.string().trim().min(1).max(200).optional(),
      endsAt: Time.optional(),
      commitmentIds: z.array(CommitmentId).min(1).max(40).optional(),
      addTable: z.string().trim().min(1).max(80).optional(),
      newWayIn: z.boolean().optional(),
    }),
    status: 200,
    response: Workshop,
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found', 'link_gone'],
  },
  'POST /api/plans/:planId/workshops/:workshopId/close': {
    summary: 'Close a workshop: nobody comes in any more, and the sessions of its guests end at once',
    tag: 'workshops',
    params: WorkshopParams,
    body: z.object({}).optional(),
    status: 200,
    response: Workshop,
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'GET /api/plans/:planId/workshops/:workshopId/attendance': {
    summary: 'Who came, as totals',
    tag: 'workshops',
    params: WorkshopParams,
    status: 200,
    response: Attendance,
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'PATCH /api/plans/:planId/workshops/:workshopId/participants/:userId': {
    summary: 'Correct a participant’s name, group or table; mute them, remove them, or take that back',
    tag: 'workshops',
    params: ParticipantParams,
    body: z.object({
      name: PersonName.optional(),
      groupId: GroupId.optional(),
      tableId: TableId.nullable().optional(),
      muted: z.boolean().optional(),
      removed: z.boolean().optional(),
    }),
    status: 200,
    response: ParticipantItem,
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found', 'conflict', 'link_gone'],
  },
  'POST /api/plans/:planId/workshops/:workshopId/participants/:userId/merge': {
    summary: 'Say that a participant is the same person as another one of the workshop',
    tag: 'workshops',
    params: ParticipantParams,
    body: z.object({ into: UserId }),
    status: 200,
    response: Workshop,
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found', 'conflict'],
  },
  'DELETE /api/plans/:planId/workshops/:workshopId/participants/:userId/merge': {
    summary: 'Take back that a participant is somebody else, while the workshop is open',
    tag: 'workshops',
    params: ParticipantParams,
    status: 200,
    response: Workshop,
    refusals: ['signed_out', 'forbidden', 'not_found', 'conflict', 'link_gone', 'workshop_full'],
  },
  'POST /api/plans/:planId/workshops/:workshopId/participants': {
    summary: 'Add somebody who has no phone, with the consent they gave on paper or aloud',
    tag: 'workshops',
    params: WorkshopParams,
    body: z.object({
      name: PersonName,
      groupId: GroupId,
      tableId: TableId.optional(),
      display: Display.default('name'),
      /** The version of the consent text they read on paper, or that was read out to them. */
      consent: z.object({ version: z.string().max(20), way: z.enum(['paper', 'spoken']) }),
    }),
    status: 201,
    response: Workshop,
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found', 'link_gone', 'workshop_full'],
  },
  'POST /api/workshops/look': {
    summary: 'What a QR token or a spoken code leads to, and who of this device has been there. Looking joins nobody',
    tag: 'workshops',
    body: z.object(WayIn),
    status: 200,
    response: z.object({
      workshop: z.object({
        id: WorkshopId,
        title: z.string(),
        place: z.string(),
        heldOn: z.iso.date(),
        planTitle: z.string(),
        planSlug: z.string(),
        tables: z.array(TableItem),
        groups: z.array(Group),
        commitments: z.array(CommitmentRef),
      }),
      /** People who joined from this device before, by the names they gave: one tap, and they are back. */
      here: z.array(Person),
    }),
    refusals: ['invalid', 'link_gone', 'throttled'],
  },
  'POST /api/workshops/join': {
    summary: 'Take part in a workshop as a guest, on this device. The new person is the active one',
    tag: 'workshops',
    body: z.object({
      ...WayIn,
      name: PersonName,
      groupId: GroupId,
      tableId: TableId.optional(),
      gender: Gender.optional(),
      ageBand: AgeBand.optional(),
      display: Display.default('name'),
      /** The version of the consent text, and how it was given: read here, on paper, or read out and said aloud. */
      consent: z.object({ version: z.string().max(20), way: z.enum(['screen', 'paper', 'spoken']) }),
    }),
    status: 201,
    response: Me.extend({ device: Device }),
    refusals: ['invalid', 'link_gone', 'workshop_full', 'taken_out', 'conflict', 'throttled'],
  },
  'GET /api/device': {
    summary: 'The workshop this device is in, and the people who share it',
    tag: 'workshops',
    status: 200,
    response: Device,
    refusals: [],
  },
  'POST /api/device/active': {
    summary: 'Pass the phone: from now on this person writes. They must have joined from this device',
    tag: 'workshops',
    body: z.object({ userId: UserId }),
    status: 200,
    response: Me.extend({ device: Device }),
    refusals: ['invalid', 'not_found', 'conflict', 'link_gone', 'throttled'],
  },
} as const satisfies Record<string, Contract>
