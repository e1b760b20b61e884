import { Role } from '@cabildo/protocol/http/common'
import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
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
