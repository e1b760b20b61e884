import type { Example } from './example.ts'
import { civil, luis, planTitle } from './example-people.ts'
import type { workshopApi } from './workshops.ts'

const plan = { planId: 'chepo' }
const workshopId = 'w5Rt8mQ2xV0k4n6sY1p7bA'
const params = { ...plan, workshopId }
const table = { id: 't1Kd0Vb2QnW5r8tYxP3z7w', name: 'Mesa 1' }
const commitment = { id: 'e4Lr8zQmSx2v6d0bN1k5tw', number: 1, title: 'Cuentas claras' }
const item = {
  id: workshopId,
  title: 'Taller de Tortí',
  place: 'Escuela de Tortí',
  heldOn: '2026-03-28',
  openedAt: '2026-03-28T14:00:00.000Z',
  endsAt: '2026-03-28T20:00:00.000Z',
  closedAt: null,
  people: 1,
}
const participant = {
  userId: luis.id,
  name: luis.name,
  guest: true,
  group: civil,
  tableId: table.id,
  display: 'name',
  joinedAt: '2026-03-28T14:05:00.000Z',
  inside: true,
  mutedAt: null,
  removedAt: null,
  mergedInto: null,
  device: 1,
}
const workshop = {
  ...item,
  tables: [table],
  commitments: [commitment],
  wayIn: {
    url: 'https://plan.example.org/unirse#Zk4v0QbT2xR8m6nW1sY5pA',
    address: 'plan.example.org/unirse',
    code: '7QKX-2M4T',
  },
  participants: [participant],
}
const device = {
  workshop: { id: workshopId, title: item.title, planSlug: 'chepo', commitments: [1] },
  people: [{ person: { ...luis, unverified: true }, active: true }],
}
const me = { user: { id: luis.id, name: luis.name } }

/** Examples of the operations on workshops and shared devices. */
export const workshopExamples: Record<keyof typeof workshopApi, Example> = {
  'GET /api/plans/:planId/workshops': { params: plan, response: { items: [item], nextCursor: null } },
  'POST /api/plans/:planId/workshops': {
    params: plan,
    body: {
      title: item.title,
      place: item.place,
      heldOn: item.heldOn,
      tables: [table.name],
      commitmentIds: [commitment.id],
    },
    response: { ...workshop, people: 0, participants: [] },
  },
  'GET /api/plans/:planId/workshops/:workshopId': { params, response: workshop },
  'PATCH /api/plans/:planId/workshops/:workshopId': { params, body: { addTable: table.name }, response: workshop },
  'POST /api/plans/:planId/workshops/:workshopId/close': {
    params,
    body: {},
    response: { ...workshop, closedAt: '2026-03-28T18:00:00.000Z', wayIn: null },
  },
  'GET /api/plans/:planId/workshops/:workshopId/attendance': {
    params,
    response: {
      people: 1,
      byGroup: [{ key: civil.id, label: civil.name, people: 1 }],
      byTable: [{ key: table.id, label: table.name, people: 1 }],
      byGender: [],
      byAge: [{ key: '30_44', label: null, people: 1 }],
    },
  },
  'PATCH /api/plans/:planId/workshops/:workshopId/participants/:userId': {
    params: { ...params, userId: luis.id },
    body: { muted: true },
    response: { ...participant, mutedAt: '2026-03-28T15:00:00.000Z' },
  },
  'POST /api/plans/:planId/workshops/:workshopId/participants/:userId/merge': {
    params: { ...params, userId: luis.id },
    body: { into: '5m1jv9d2TDKc0bqk2V4m7Q' },
    response: workshop,
  },
  'DELETE /api/plans/:planId/workshops/:workshopId/participants/:userId/merge': {
    params: { ...params, userId: luis.id },
    response: workshop,
  },
  'POST /api/plans/:planId/workshops/:workshopId/participants': {
    params,
    body: { name: 'R. H.', groupId: civil.id, consent: { version: '2026-11', way: 'spoken' } },
    response: workshop,
  },
  'POST /api/workshops/look': {
    body: { code: '7qkx-2m4t' },
    response: {
      workshop: {
        id: workshopId,
        title: item.title,
        place: item.place,
        heldOn: item.heldOn,
        planTitle,
        planSlug: 'chepo',
        tables: [table],
        groups: [civil],
        commitments: [commitment],
      },
      here: [],
    },
  },
  'POST /api/workshops/join': {
    body: {
      code: '7QKX-2M4T',
      name: luis.name,
      groupId: civil.id,
      tableId: table.id,
      ageBand: '30_44',
      display: 'name',
      consent: { version: '2026-11', way: 'screen' },
    },
    response: { ...me, device },
  },
  'GET /api/device': { response: device },
  'POST /api/device/active': { body: { userId: luis.id }, response: { ...me, device } },
}
