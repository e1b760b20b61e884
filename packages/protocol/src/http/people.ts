import { z } from 'zod'
import { FactorResetId, GroupId, LinkId, UserId, WorkshopId } from '../ids.ts'
import { Email, Me, NewPassword, PersonName } from './account.ts'
import { Display, Group, GroupKind, PageQuery, Person, page, Role, Sector, Time } from './common.ts'
import type { Contract } from './contract.ts'

const PlanParams = z.object({ planId: z.string().min(1).max(80) })

export const GroupDetail = Group.extend({
  kind: GroupKind,
  territory: z.string().nullable(),
  /** Null also for readers whose role may not know it. */
  contact: z.string().nullable(),
  members: z.number().int(),
})
export type GroupDetail = z.infer<typeof GroupDetail>
const GroupBody = z.object({
  name: z.string().trim().min(1).max(120),
  sector: Sector,
  kind: GroupKind,
  territory: z.string().trim().max(200).nullable().optional(),
  contact: z.string().trim().max(300).nullable().optional(),
})

export const MemberItem = z.object({
  person: Person,
  role: Role,
  guest: z.boolean(),
  suspendedAt: Time.nullable(),
  joinedAt: Time,
  /** For those who manage the plan: who this is, however they chose to be shown. Null for everybody else. */
  known: z
    .object({
      name: z.string(),
      email: z.string().nullable(),
      group: Group.nullable(),
      display: Display,
      secondFactor: z.boolean(),
    })
    .nullable(),
})
export type MemberItem = z.infer<typeof MemberItem>

export const MembershipEvent = z.object({
  kind: z.enum([
    'joined',
    'role_changed',
    'group_changed',
    'suspended',
    'resumed',
    'removed',
    'left',
    'renamed',
    'merged',
    /** What was said by `merged` was taken back. */
    'unmerged',
    'muted',
    'unmuted',
    'display_changed',
    /** Came back into their account by a one-time link, which `actor` made. */
    'recovered',
    'factor_reset_asked',
    'factor_reset_refused',
    /** Their second factor was removed, by the one who approved it. */
    'factor_reset',
    'erased',
  ]),
  at: Time,
  person: Person,
  /** Who did it; null when it was the program. */
  actor: Person.nullable(),
  role: Role.nullable(),
  wasRole: Role.nullable(),
  group: Group.nullable(),
  wasGroup: Group.nullable(),
  into: Person.nullable(),
  /** The workshop it is about; null for the plan. */
  workshopId: WorkshopId.nullable(),
})
export type MembershipEvent = z.infer<typeof MembershipEvent>

export const InvitationItem = z.object({
  id: LinkId,
  name: z.string(),
  email: z.string().nullable(),
  role: Role,
  group: Group.nullable(),
  createdAt: Time,
  createdBy: Person,
  expiresAt: Time,
  state: z.enum(['open', 'used', 'expired', 'revoked']),
})
export type InvitationItem = z.infer<typeof InvitationItem>

/** A one-time link, told this once: `url` carries the secret in its fragment, which reaches no log. */
export const OneTimeLink = z.object({ url: z.string(), expiresAt: Time, mailed: z.boolean() })
export type OneTimeLink = z.infer<typeof OneTimeLink>

/** A request to remove a second factor that was lost. */
export const FactorReset = z.object({
  id: FactorResetId,
  person: Person,
  askedBy: Person,
  reason: z.string(),
  askedAt: Time,
  expiresAt: Time,
  /** Why this reader cannot approve it: asked by them, their own, in the coordination only since, a plan elsewhere. */
  obstacle: z.enum(['asked', 'own', 'newer', 'elsewhere']).nullable(),
})
export type FactorReset = z.infer<typeof FactorReset>

/** The secret of a one-time link: 128 bits as base64url. */
const LinkToken = z.string().regex(/^[A-Za-z0-9_-]{22}$/)

export const peopleApi = {
  'GET /api/rights': {
    summary: 'Who may do what: the one table of rights',
    tag: 'people',
    status: 200,
    response: z.object({ rights: z.array(z.object({ action: z.string(), roles: z.array(Role) })) }),
    refusals: [],
  },
  'GET /api/plans/:planId/groups': {
    summary: 'The stakeholder groups of a plan, by name',
    tag: 'people',
    params: PlanParams,
    status: 200,
    response: z.object({ items: z.array(GroupDetail) }),
    refusals: ['signed_out', 'not_found'],
  },
  'POST /api/plans/:planId/groups': {
    summary: 'Add a stakeholder group',
    tag: 'people',
    params: PlanParams,
    body: GroupBody,
    status: 201,
    response: GroupDetail,
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found', 'conflict'],
  },
  'PATCH /api/plans/:planId/groups/:groupId': {
    summary: 'Change a stakeholder group',
    tag: 'people',
    params: PlanParams.extend({ groupId: GroupId }),
    body: GroupBody.partial(),
    status: 200,
    response: GroupDetail,
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found', 'conflict'],
  },
  'GET /api/plans/:planId/members': {
    summary:
      'Who takes part in a plan, by name; who is shown without one comes first. Suspended members are listed for those who manage the plan',
    tag: 'people',
    params: PlanParams,
    query: PageQuery.extend({ role: Role.optional(), groupId: GroupId.optional() }),
    status: 200,
    response: page(MemberItem),
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'PATCH /api/plans/:planId/members/:userId': {
    summary: 'Change the role or group of a member, suspend them or let them back',
    tag: 'people',
    params: PlanParams.extend({ userId: UserId }),
    body: z.object({
      role: Role.optional(),
      groupId: GroupId.nullable().optional(),
      suspended: z.boolean().optional(),
    }),
    status: 200,
    response: MemberItem,
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found', 'last_coordinator'],
  },
  'DELETE /api/plans/:planId/members/:userId': {
    summary: 'Remove a member; `me` leaves. What they wrote stays theirs',
    tag: 'people',
    params: PlanParams.extend({ userId: z.union([UserId, z.literal('me')]) }),
    status: 204,
    refusals: ['signed_out', 'forbidden', 'not_found', 'last_coordinator'],
  },
  'GET /api/plans/:planId/members/history': {
    summary: 'Every change of who takes part and how, newest first',
    tag: 'people',
    params: PlanParams,
    query: PageQuery,
    status: 200,
    response: page(MembershipEvent),
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'POST /api/plans/:planId/members/:userId/recovery': {
    summary: 'A one-time link that lets a member back into their account; it replaces their password, no other factor',
    tag: 'people',
    params: PlanParams.extend({ userId: UserId }),
    body: z.object({}).optional(),
    status: 201,
    response: OneTimeLink,
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'POST /api/plans/:planId/members/:userId/factor-reset': {
    summary: 'Ask that the second factor of a member be removed; another coordinator decides',
    tag: 'people',
    params: PlanParams.extend({ userId: UserId }),
    body: z.object({ reason: z.string().trim().min(1).max(500) }),
    status: 201,
    response: FactorReset,
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found', 'conflict'],
  },
  'GET /api/plans/:planId/factor-resets': {
    summary: 'Requests to remove a second factor that wait for a decision, oldest first',
    tag: 'people',
    params: PlanParams,
    status: 200,
    response: z.object({ items: z.array(FactorReset) }),
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'POST /api/plans/:planId/factor-resets/:resetId/approve': {
    summary: 'Remove the second factor: never by who asked, nor by whose it is. Their sessions end',
    tag: 'people',
    params: PlanParams.extend({ resetId: FactorResetId }),
    body: z.object({}).optional(),
    status: 204,
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'DELETE /api/plans/:planId/factor-resets/:resetId': {
    summary: 'Refuse such a request, or take your own back',
    tag: 'people',
    params: PlanParams.extend({ resetId: FactorResetId }),
    status: 204,
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'GET /api/plans/:planId/invitations': {
    summary: 'Invitations of a plan, newest first',
    tag: 'people',
    params: PlanParams,
    query: PageQuery,
    status: 200,
    response: page(InvitationItem),
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'POST /api/plans/:planId/invitations': {
    summary: 'Invite people: a one-time link for each, mailed where there is an address and mail is set up',
    tag: 'people',
    params: PlanParams,
    body: z.object({
      people: z
        .array(
          z.object({
            name: PersonName,
            email: Email.nullable().optional(),
            role: Role,
            groupId: GroupId.nullable().optional(),
          }),
        )
        .min(1)
        .max(100),
    }),
    status: 201,
    response: z.object({ items: z.array(z.object({ invitation: InvitationItem, link: OneTimeLink })) }),
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found', 'throttled'],
  },
  'DELETE /api/plans/:planId/invitations/:linkId': {
    summary: 'Take an invitation back; one that was used is a `conflict`',
    tag: 'people',
    params: PlanParams.extend({ linkId: LinkId }),
    status: 204,
    refusals: ['signed_out', 'forbidden', 'not_found', 'conflict'],
  },
  'POST /api/links/look': {
    summary: 'What a one-time link is for. Looking does not use it',
    tag: 'people',
    body: z.object({ token: LinkToken }),
    status: 200,
    response: z.object({
      kind: z.enum(['invitation', 'recovery']),
      plan: z.object({ title: z.string(), place: z.string() }),
      name: z.string(),
      email: z.string().nullable(),
      role: Role.nullable(),
      group: Group.nullable(),
      expiresAt: Time,
    }),
    refusals: ['invalid', 'link_gone', 'throttled'],
  },
  'POST /api/links/use': {
    summary:
      'Use a one-time link. An invitation gives whoever is signed in, or else a new account, a part in the plan; a recovery sets a new password',
    tag: 'people',
    body: z.object({
      token: LinkToken,
      /** For an invitation: join with the account that is signed in; with none, or as a guest, that is `invalid`. */
      asSelf: z.boolean().optional(),
      name: PersonName.optional(),
      email: Email.nullable().optional(),
      password: NewPassword.optional(),
      /** For an invitation: the version of the consent text that was read and agreed to. */
      consent: z.string().max(20).optional(),
    }),
    status: 200,
    response: Me.extend({ planSlug: z.string() }),
    refusals: ['invalid', 'link_gone', 'email_taken', 'conflict', 'throttled'],
  },
} as const satisfies Record<string, Contract>
