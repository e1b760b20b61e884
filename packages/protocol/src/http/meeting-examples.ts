import type { Example } from './example.ts'
import { ana, civil, government } from './example-people.ts'
import type { meetingApi } from './meetings.ts'

const plan = { planId: 'chepo' }
const meetingId = 'm33t1ngT0nQYeVvLxwUWuz'
const params = { ...plan, meetingId }
const workshopId = 'w5Rt8mQ2xV0k4n6sY1p7bA'
const salt = '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'
const facts = {
  ...{ title: 'Reunión con el sector de Tortí', heldOn: '2026-03-28', starts: '15:00', ends: '18:00' },
  ...{ mode: 'in_person', place: 'Casa comunal de Tortí', link: null, isPublic: true, isFollowUp: false },
  agenda: '1. Qué es gobierno abierto\n2. Problemas del sector\n3. Ideas',
  materials: [
    {
      ...{ title: 'Resumen del plan en dos páginas', link: 'https://municipiodechepo.org/gobierno-abierto/' },
      ...{ attachment: null, sentOn: '2026-03-14', sentTo: 'A los veinte grupos, por mensaje y en papel' },
    },
  ],
  results: 'Treinta ideas; tres temas con más apoyo.',
}
const item = {
  ...{ id: meetingId, number: 5, title: facts.title, heldOn: facts.heldOn, starts: facts.starts, ends: facts.ends },
  ...{ mode: facts.mode, place: facts.place, isPublic: true, state: 'held', registered: 40, attended: 34, inputs: 30 },
  ...{ isFollowUp: false, minutesId: null },
}
const attendance = {
  ...{ registered: 40, attended: 34 },
  byGroup: [
    { group: civil, registered: 30, attended: 24 },
    { group: government, registered: 4, attended: 4 },
    { group: null, registered: 6, attended: 6 },
  ],
  byGender: { woman: 19, man: 14, other: 1 },
  byAge: { under_18: 2, '18_29': 8, '30_44': 11, '45_59': 8, '60_plus': 5 },
}
const meeting = {
  ...item,
  ...{ link: null, agenda: facts.agenda, results: facts.results, materials: facts.materials },
  ...{ workshop: { id: workshopId, title: 'Taller de Tortí' }, reason: null, attendance },
  ...{ revision: 3, entry: 96, salt, may: { write: true, readLists: true } },
}
const minutes = {
  ...{ documentId: 'w7Hn2kQeTz4vB9cX1mR5pA', epoch: 1 },
  meeting: { ...meeting, minutesId: 'w7Hn2kQeTz4vB9cX1mR5pA' },
  shown: { number: 2, name: 'Acta leída en la reunión', createdAt: '2026-03-30T15:20:00.000Z' },
}
const file = {
  ...{ number: 1, use: 'photo', kind: 'picture', mediaType: 'image/jpeg', size: 412_804, hasThumbnail: true },
  ...{ caption: 'La mesa de productores, con su pliego', shown: true, by: ana, addedAt: '2026-03-28T23:04:05.000Z' },
  ...{ sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae', entry: 97, salt },
}
const files = { items: [file], most: 40, largest: 10_485_760, may: { attach: true, readLists: true } }

/** Examples for meetings. */
export const meetingExamples: Record<keyof typeof meetingApi, Example> = {
  'GET /api/plans/:planId/meetings': {
    params: plan,
    query: { limit: '50' },
    response: {
      ...{ items: [item], nextCursor: null, may: { write: true, followUp: true } },
      totals: { held: 12, public: 12, attended: 402, groups: 20 },
    },
  },
  'POST /api/plans/:planId/meetings': {
    params: plan,
    body: { ...facts, key: 'p4Yx8zQmSx2v6d0bN1k5tw', workshopId },
    response: { ...meeting, state: 'planned', revision: 1 },
  },
  'GET /api/plans/:planId/meetings/:meetingId': { params, response: meeting },
  'PUT /api/plans/:planId/meetings/:meetingId': { params, body: { ...facts, workshopId, after: 2 }, response: meeting },
  'POST /api/plans/:planId/meetings/:meetingId/state': {
    params,
    body: { after: 2, state: 'held' },
    response: meeting,
  },
  'PUT /api/plans/:planId/meetings/:meetingId/attendance': {
    params,
    body: {
      after: 2,
      groups: [
        { groupId: civil.id, registered: 30, attended: 24 },
        { groupId: government.id, registered: 4, attended: 4 },
        { groupId: null, registered: 6, attended: 6 },
      ],
      ...{ byGender: attendance.byGender, byAge: attendance.byAge },
    },
    response: meeting,
  },
  'POST /api/plans/:planId/meetings/:meetingId/attendance/workshop': {
    params,
    body: { after: 2 },
    response: meeting,
  },
  'PUT /api/plans/:planId/meetings/:meetingId/inputs': {
    params,
    body: { add: ['1nputT0nQYeVvLxwUWuzWA'] },
    response: meeting,
  },
  'GET /api/plans/:planId/meetings/:meetingId/minutes': { params, response: minutes },
  'POST /api/plans/:planId/meetings/:meetingId/minutes': { params, response: { ...minutes, shown: null } },
  'GET /api/plans/:planId/meetings/:meetingId/attachments': { params, response: files },
  'POST /api/plans/:planId/meetings/:meetingId/attachments': {
    params,
    query: { use: 'photo' },
    response: files,
  },
  'PATCH /api/plans/:planId/meetings/:meetingId/attachments/:number': {
    params: { ...params, number: '1' },
    body: { caption: file.caption, shown: true },
    response: files,
  },
  'DELETE /api/plans/:planId/meetings/:meetingId/attachments/:number': {
    params: { ...params, number: '1' },
    response: { ...files, items: [] },
  },
}
