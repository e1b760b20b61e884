import { Role } from '@cabildo/protocol/http/common'
import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { newcomer } from '@cabildo/testkit/phone'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld } from '@cabildo/testkit/workshop-world'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../db/ids.ts'
import type { AccessReader } from '../rooms/ports.ts'
import { createAccessReader } from './access.ts'

let database: FreshDatabase
let access: AccessReader
beforeAll(async () => {
  database = await freshDatabase()
  access = createAccessReader(database.db)
})
afterAll(() => database.drop())

const everyRole = Object.fromEntries(Role.options.map((role) => [role, role])) as Record<Role, Role>

test('[T5] each role sees the document, and writes only where the table of rights says so', async () => {
  const { planId, people } = await plantPlan(database.db, everyRole)
  const documentId = await plantDocument(database.db, planId, people.drafter, 'Cuentas')
  const queries = Role.options.map((role) => ({ ...people[role], documentId }))
  const writers = ['coordinator', 'facilitator', 'drafter']

  expect(await access.checkMany(queries)).toEqual(
    Role.options.map((role) => ({
      kind: 'granted',
      planId,
      status: 'open',
      canWrite: writers.includes(role),
      person: people[role].person,
    })),
  )
})

test('a foreign document looks like one that does not exist [T4]', async () => {
  const [here, there] = await Promise.all([
    plantPlan(database.db, { ana: 'drafter' }),
    plantPlan(database.db, { ben: 'coordinator' }),
  ])
  const documentId = await plantDocument(database.db, there.planId, there.people.ben, 'Cuentas')

  const notFound = { kind: 'refused', reason: 'not_found' }
  expect(await access.check({ ...here.people.ana, documentId })).toEqual(notFound)
  expect(await access.check({ ...here.people.ana, documentId: newId() })).toEqual(notFound)
  expect(await access.check({ ...here.people.ana, documentId: 'nonsense' })).toEqual(notFound)
})

test('many are answered in the order asked, twice when asked twice', async () => {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter', ben: 'reviewer' })
  const one = await plantDocument(database.db, planId, people.ana, 'One')
  const two = await plantDocument(database.db, planId, people.ana, 'Two')
  const { ana, ben } = people
  const answers = await access.checkMany([
    { ...ben, documentId: two },
    { ...ana, documentId: one },
    { ...ana, sessionId: newId(), documentId: one },
    { ...ben, documentId: two },
  ])

  expect(answers.map((answer) => (answer.kind === 'granted' ? answer.person.name : answer.reason))).toEqual([
    'ben',
    'ana',
    'sign_in',
    'ben',
  ])
  expect(await access.checkMany([])).toEqual([])
})

test('a session of another person grants nothing', async () => {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter', ben: 'reviewer' })
  const documentId = await plantDocument(database.db, planId, people.ana, 'One')
  const stolen = { userId: people.ana.userId, sessionId: people.ben.sessionId, documentId }
  expect(await access.check(stolen)).toEqual({ kind: 'refused', reason: 'sign_in' })
})

test.each([
  ['the session has ended', 'update session set ended_at = now() where user_id = $u', 'sign_in'],
  ['the session was not used for long', 'update session set idle_expires_at = now() where user_id = $u', 'sign_in'],
  ['the session is too old', 'update session set absolute_expires_at = now() where user_id = $u', 'sign_in'],
  ['the account is suspended', 'update user_account set suspended_at = now() where id = $u', 'sign_in'],
  [
    'the password has changed',
    `update user_account set password_changed_at = now() + interval '1 second' where id = $u`,
    'sign_in',
  ],
  ['the part in the plan is suspended', 'update member set suspended_at = now() where user_id = $u', 'not_found'],
  ['the part in the plan is over', 'delete from member where user_id = $u', 'not_found'],
] as const)('[T23] read when used: %s', async (_, statement, reason) => {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter' })
  const documentId = await plantDocument(database.db, planId, people.ana, 'One')
  const query = { ...people.ana, documentId }
  expect(await access.check(query)).toMatchObject({ kind: 'granted', canWrite: true })

  await sql.raw(statement.replace('$u', `'${people.ana.userId}'`)).execute(database.db)
  expect(await access.check(query)).toEqual({ kind: 'refused', reason })
})

test('a demotion and the closing of the document show at once', async () => {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter' })
  const documentId = await plantDocument(database.db, planId, people.ana, 'One')
  await database.db
    .updateTable('member')
    .set({ role: 'reviewer', groupId: null })
    .where('planId', '=', planId)
    .execute()
  await database.db.updateTable('document').set({ status: 'frozen' }).where('id', '=', documentId).execute()

  expect(await access.check({ ...people.ana, documentId })).toEqual({
    kind: 'granted',
    planId,
    status: 'frozen',
    canWrite: false,
    person: { userId: people.ana.userId, name: 'ana', groupName: null, groupId: null, sector: null },
  })
})

describe('in a workshop', () => {
  const enter = async () => {
    const { ask, cookieOf } = createTestApp(database)
    const world = await plantWorkshopWorld(database, ask, cookieOf)
    const workshop = await world.open()
    const { userId } = await world.join(workshop.way, 'Luz')
    const { id: sessionId } = await database.db
      .selectFrom('session')
      .where('userId', '=', userId)
      .select('id')
      .executeTakeFirstOrThrow()
    const [inside = '', outside = ''] = world.commitments.map(({ documentId }) => documentId)
    const guest = { userId, sessionId, documentId: inside }
    return { world, workshop, ask, guest, inside, outside }
  }
  const change = (workshop: { id: string }, userId: string, statement: string) =>
    sql.raw(statement.replaceAll('$w', `'${workshop.id}'`).replaceAll('$u', `'${userId}'`)).execute(database.db)
  const notFound = { kind: 'refused', reason: 'not_found' }

  test('[WS40] [WS42] a guest writes in the documents of the workshop, and reaches no others', async () => {
    const { world, guest, outside } = await enter()
    const person = { name: 'Luz', groupName: 'Neighbours', groupId: world.groupId, sector: 'civil_society' }
    expect(await access.check(guest)).toEqual({
      kind: 'granted',
      planId: world.planId,
      status: 'open',
      canWrite: true,
      person: { userId: guest.userId, ...person, unverified: true },
    })
    expect(await access.check({ ...guest, documentId: outside })).toEqual(notFound)
    const { world: elsewhere, inside: foreign } = await enter()
    expect(elsewhere.planId).not.toBe(world.planId)
    expect(await access.check({ ...guest, documentId: foreign })).toEqual(notFound)
  })

  test.each([
    ['muted: they read on', 'update workshop_participant set muted_at = now() where user_id = $u', false],
    ['removed', 'update workshop_participant set removed_at = now() where user_id = $u', 'not_found'],
    [
      'somebody else by now',
      'update workshop_participant set merged_into = opened_by from workshop w where user_id = $u and w.id = workshop_id',
      'not_found',
    ],
    ['the workshop is closed', 'update workshop set closed_at = now() where id = $w', 'not_found'],
    ['the workshop is over', 'update workshop set ends_at = now() where id = $w', 'not_found'],
    ['it works on something else by now', 'delete from workshop_document where workshop_id = $w', 'not_found'],
    ['the session has ended', 'update session set ended_at = now() where user_id = $u', 'sign_in'],
    ['suspended in the plan', 'update member set suspended_at = now() where user_id = $u', 'not_found'],
  ] as const)('[T23] [WS40] a guest, read when used: %s', async (_, statement, then) => {
    const { workshop, guest } = await enter()
    expect(await access.check(guest)).toMatchObject({ kind: 'granted', canWrite: true })
    await change(workshop, guest.userId, statement)
    expect(await access.check(guest)).toMatchObject(
      then === false ? { kind: 'granted', canWrite: false } : { kind: 'refused', reason: then },
    )
  })

  test('[WS43] attending lets participants write and nobody else; muting takes nothing from those who always may', async () => {
    const { world, workshop, ask, inside, outside } = await enter()
    const may = async (name: keyof typeof world.people, documentId = inside) => {
      const { userId, sessionId } = world.people[name]
      const answer = await access.check({ userId, sessionId, documentId })
      return answer.kind === 'granted' && answer.canWrite
    }
    expect(await may('parti')).toBe(false)
    for (const name of ['parti', 'lector', 'moni', 'ana'] as const) {
      await ask('POST /api/workshops/join', { as: world.as[name], body: newcomer(workshop.way, 'x', world.groupId) })
    }
    expect([await may('parti'), await may('lector'), await may('moni'), await may('ana')]).toEqual([
      true,
      false,
      false,
      true,
    ])
    expect([await may('parti', outside), await may('ana', outside)]).toEqual([false, true])
    await change(workshop, '', 'update workshop_participant set muted_at = now() where workshop_id = $w')
    expect([await may('parti'), await may('ana')]).toEqual([false, true])
  })
})
