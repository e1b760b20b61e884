import type { Example } from './example.ts'
import { ana, civil, government, luis, planTitle } from './example-people.ts'
import type { peopleApi } from './people.ts'

const plan = { planId: 'chepo' }
const group = {
  ...civil,
  kind: 'civil_society',
  territory: 'Chepo cabecera',
  contact: 'contacto@kernel.example.org',
  members: 3,
}
const member = {
  person: luis,
  role: 'drafter',
  guest: false,
  suspendedAt: null,
  joinedAt: '2026-03-01T14:00:00.000Z',
  known: {
    name: luis.name,
    email: 'sociedad@demo.cabildo.test',
    group: civil,
    display: 'name',
    secondFactor: false,
  },
}
const invitation = {
  id: 'p2Vn8xQ0Rk5m1sT7wY4c9A',
  name: 'Rosa Him',
  email: null,
  role: 'reviewer',
  group: civil,
  createdAt: '2026-03-28T15:04:05.000Z',
  createdBy: ana,
  expiresAt: '2026-04-04T15:04:05.000Z',
  state: 'open',
}
const factorReset = {
  id: 'Hq3Zt8wB1nK5cV7rY2m9Xg',
  person: luis,
  askedBy: ana,
  reason: 'Perdió el teléfono; vino en persona a la oficina.',
  askedAt: '2026-03-28T15:04:05.000Z',
  expiresAt: '2026-03-31T15:04:05.000Z',
  obstacle: 'asked',
}
const ofReset = { ...plan, resetId: factorReset.id }
const token = 'Zk4v0QbT2xR8m6nW1sY5pA'
const link = { url: `https://plan.example.org/link#${token}`, expiresAt: invitation.expiresAt, mailed: false }
const ofMember = { ...plan, userId: luis.id }

/** Examples of the operations on people, groups and invitations. */
export const peopleExamples: Record<keyof typeof peopleApi, Example> = {
  'GET /api/rights': {
    response: { rights: [{ action: 'document.edit', roles: ['coordinator', 'facilitator', 'drafter'] }] },
  },
  'GET /api/plans/:planId/groups': { params: plan, response: { items: [group] } },
  'POST /api/plans/:planId/groups': {
    params: plan,
    body: { name: civil.name, sector: civil.sector, kind: group.kind, territory: group.territory },
    response: group,
  },
  'PATCH /api/plans/:planId/groups/:groupId': {
    params: { ...plan, groupId: civil.id },
    body: { territory: group.territory },
    response: group,
  },
  'GET /api/plans/:planId/members': { params: plan, response: { items: [member], nextCursor: null } },
  'PATCH /api/plans/:planId/members/:userId': {
    params: ofMember,
    body: { role: 'reviewer' },
    response: { ...member, role: 'reviewer' },
  },
  'DELETE /api/plans/:planId/members/:userId': { params: ofMember },
  'GET /api/plans/:planId/members/history': {
    params: plan,
    response: {
      items: [
        {
          kind: 'role_changed',
          at: '2026-03-28T15:04:05.000Z',
          person: luis,
          actor: ana,
          role: 'reviewer',
          wasRole: 'drafter',
          group: civil,
          wasGroup: government,
          into: null,
          workshopId: null,
        },
      ],
      nextCursor: null,
    },
  },
  'POST /api/plans/:planId/members/:userId/recovery': { params: ofMember, body: {}, response: link },
  'POST /api/plans/:planId/members/:userId/factor-reset': {
    params: ofMember,
    body: { reason: factorReset.reason },
    response: factorReset,
  },
  'GET /api/plans/:planId/factor-resets': { params: plan, response: { items: [factorReset] } },
  'POST /api/plans/:planId/factor-resets/:resetId/approve': { params: ofReset, body: {} },
  'DELETE /api/plans/:planId/factor-resets/:resetId': { params: ofReset },
  'GET /api/plans/:planId/invitations': { params: plan, response: { items: [invitation], nextCursor: null } },
  'POST /api/plans/:planId/invitations': {
    params: plan,
    body: { people: [{ name: invitation.name, role: 'reviewer', groupId: civil.id }] },
    response: { items: [{ invitation, link }] },
  },
  'DELETE /api/plans/:planId/invitations/:linkId': { params: { ...plan, linkId: invitation.id } },
  'POST /api/links/look': {
    body: { token },
    response: {
      kind: 'invitation',
      plan: { title: planTitle, place: 'Chepo, Panamá' },
      name: invitation.name,
      email: null,
      role: 'reviewer',
      group: civil,
      expiresAt: invitation.expiresAt,
    },
  },
  'POST /api/links/use': {
    body: { token, name: invitation.name, password: 'tres palabras sin orden', consent: '2026-11' },
    response: { user: { id: luis.id, name: luis.name }, planSlug: 'chepo' },
  },
}
