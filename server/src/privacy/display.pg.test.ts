import type { Display, Person } from '@cabildo/protocol/http/common'
import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { plantGuest, plantWorkshop } from '@cabildo/testkit/guests'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { textOf } from '@cabildo/testkit/room-clients'
import { type RoomSeat, takeSeat } from '@cabildo/testkit/room-seat'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createAccessReader } from '../people/access.ts'
import type { AccessReader } from '../rooms/ports.ts'

let database: FreshDatabase
let world: TestApp
let access: AccessReader
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
  access = createAccessReader(database.db)
})
afterAll(() => database.drop())

const soon = { timeout: 2000, interval: 20 }
const neighbours = { name: 'Neighbours', sector: 'civil_society' }
const trueName = 'Zenobia Quirós'

/** A plan with a document in which a member and a guest have written, and of which each kept or changed something. */
async function plantScene() {
  const { planId, people } = await plantPlan(database.db, {
    ...{ cora: 'coordinator', rita: 'reviewer', ana: 'drafter', mona: 'monitor' },
  } as const)
  const documentId = await plantDocument(database.db, planId, people.cora, 'Cuentas')
  const { documentId: _, ...commitment } = {
    documentId,
    id: documentId,
    planId,
    number: 1,
    createdBy: people.cora.userId,
  }
  await database.db
    .insertInto('commitment')
    .values({ ...commitment, documentId })
    .execute()
  const workshop = await plantWorkshop(database.db, planId, people.cora, [documentId])
  const guest = await plantGuest(database.db, workshop, { name: trueName, groupId: people.ana.groupId })
  await database.db.updateTable('userAccount').set({ name: trueName }).where('id', '=', people.ana.userId).execute()
  // A monitor sees all that a reviewer does, and the history of members.
  return { planId, documentId, people, guest, workshop, reader: await world.cookieOf(people.mona) }
}
type Scene = Awaited<ReturnType<typeof plantScene>>

async function writeAs(someone: Someone, documentId: string, words: string): Promise<RoomSeat> {
  const seat = await takeSeat(world.rooms, access, someone, documentId)
  await vi.waitFor(() => expect(seat.doc.share.size).toBeGreaterThan(0), soon)
  seat.appear()
  seat.write((doc) => textOf(doc, 'problem').insert(0, words))
  await vi.waitFor(async () => {
    const rows = await database.db
      .selectFrom('documentUpdate')
      .select('seq')
      .where('documentId', '=', documentId)
      .where('userId', '=', someone.userId)
      .where('via', '=', 'edit')
      .execute()
    expect(rows).not.toEqual([])
  }, soon)
  return seat
}

/** Everything a reader of the plan may ask for, as it was answered. */
async function everythingSeenBy(as: string, { planId, documentId }: Scene): Promise<unknown[]> {
  const get = async (path: string) => {
    const response = await world.ask(`GET ${path}`, { as })
    return response.status === 200 ? response.json() : undefined
  }
  const document = `/api/documents/${documentId}`
  const versions = await get(`${document}/versions`)
  const history = await get(`${document}/history`)
  const answers = [versions, history]
  for (const path of [
    `/api/plans/${planId}`,
    `/api/plans/${planId}/members`,
    `/api/plans/${planId}/groups`,
    document,
  ]) {
    answers.push(await get(path))
  }
  for (const { id } of versions.items) {
    answers.push(await get(`${document}/versions/${id}`), await get(`${document}/versions/${id}/diff?with=previous`))
  }
  for (const { toSeq } of history.items) answers.push(await get(`${document}/at/${toSeq}`))
  return answers
}

/** Every form in which a person stands in an answer. */
function formsOf(userId: string, value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found
  if ('id' in value && value.id === userId && 'group' in value) {
    // What stands with a person's id and a group is a `Person` of the contract.
    const { name, group } = value as unknown as Person
    found.add(JSON.stringify({ name, group: group && { name: group.name, sector: group.sector } }))
  }
  for (const part of Object.values(value)) formsOf(userId, part, found)
  return found
}

const choose = async (someone: Someone, plan: string, display: Display) => {
  const as = await world.cookieOf(someone)
  return (await world.ask(`PUT /api/plans/${plan}/display`, { as, body: { display } })).status
}

describe.each([
  ['name', { name: trueName, group: neighbours }],
  ['group', { name: '', group: neighbours }],
  ['anonymous', { name: '', group: null }],
] as const)('[PR1] shown by %s', (display, shown) => {
  test.each(['member', 'guest'] as const)('a %s, everywhere a reader can look', async (kind) => {
    const scene = await plantScene()
    const someone = kind === 'guest' ? scene.guest : scene.people.ana
    expect(await choose(someone, scene.planId, display)).toBe(204)
    const seat = await writeAs(someone, scene.documentId, 'Hola ')
    const other = await takeSeat(world.rooms, access, scene.people.rita, scene.documentId)
    const as = await world.cookieOf(kind === 'guest' ? scene.people.cora : someone)
    const body = { name: 'After the meeting' }
    expect((await world.ask(`POST /api/documents/${scene.documentId}/versions`, { as, body })).status).toBe(201)

    const answers = await everythingSeenBy(scene.reader, scene)
    expect([...formsOf(someone.userId, answers)]).toEqual([JSON.stringify(shown)])
    if (display !== 'name')
      expect(JSON.stringify(answers).replaceAll(seenOther(scene, someone), '')).not.toContain(trueName)
    await vi.waitFor(() => expect(other.seen.size).toBe(1), soon)
    expect([...other.seen.values()][0]?.user).toMatchObject({
      name: shown.name || shown.group?.name || 'Persona sin nombre',
      group: shown.group?.name ?? null,
      sector: shown.group?.sector ?? null,
    })
    // Whatever is shown, the log knows the group they wrote for.
    const bound = await database.db
      .selectFrom('documentClient')
      .where('documentId', '=', scene.documentId)
      .where('userId', '=', someone.userId)
      .select('groupId')
      .execute()
    expect(new Set(bound.map(({ groupId }) => groupId))).toEqual(new Set([someone.groupId]))
    for (const each of [seat, other]) each.leave()
  })

  test('somebody who has left keeps that, without the group', async () => {
    const scene = await plantScene()
    const { ana } = scene.people
    await choose(ana, scene.planId, display)
    const seat = await writeAs(ana, scene.documentId, 'Hola ')
    seat.leave()
    await database.db.deleteFrom('member').where('userId', '=', ana.userId).execute()
    const answers = await everythingSeenBy(scene.reader, scene)
    expect([...formsOf(ana.userId, answers)]).toEqual([JSON.stringify({ name: shown.name, group: null })])
  })
})

describe('[PR1] a guest who is said to be somebody else', () => {
  test.each([
    ['name', 'name', { name: 'ana', group: neighbours }],
    ['anonymous', 'name', { name: '', group: null }],
    ['name', 'group', { name: '', group: neighbours }],
    ['group', 'anonymous', { name: '', group: null }],
  ] as const)('who wished %s, and now %s', async (before, now, shown) => {
    const { planId, documentId, people, guest, reader } = await plantScene()
    await database.db.updateTable('userAccount').set({ name: 'ana' }).where('id', '=', people.ana.userId).execute()
    const seat = await writeAs(guest, documentId, 'Hola ')
    await choose(guest, planId, before)
    await choose(people.ana, planId, now)
    const merge = { mergedInto: people.ana.userId }
    await database.db.updateTable('workshopParticipant').set(merge).where('userId', '=', guest.userId).execute()
    const history = async () => {
      const answer = await world.ask(`GET /api/documents/${documentId}/history`, { as: reader })
      return (await answer.json()).items.at(-1).author
    }
    const { name, group } = await history()
    expect({ name, group: group && { name: group.name, sector: group.sector } }).toEqual(shown)

    await database.db
      .updateTable('userAccount')
      .set({ name: '', erasedAt: new Date() })
      .where('id', '=', guest.userId)
      .execute()
    expect(await history()).toMatchObject({ name: '', group: null })
    seat.leave()
  })
})

/** The other of the two bears the same name in this scene, and shows it: only that one may be found. */
const seenOther = ({ guest, people }: Scene, someone: Someone): RegExp => {
  const { userId } = someone === guest ? people.ana : guest
  return new RegExp(`"id":"${userId}","name":"${trueName}"`, 'g')
}

test('[PR1] no place in a list and no cursor tells a name that is not shown', async () => {
  const scene = await plantScene()
  for (const someone of [scene.people.ana, scene.guest]) await choose(someone, scene.planId, 'group')
  const orders: string[][] = []
  for (const name of ['Aaa Zenobia', 'Zzz Zenobia']) {
    await database.db.updateTable('userAccount').set({ name }).where('id', '=', scene.people.ana.userId).execute()
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`
      const response = await world.ask(`GET /api/plans/${scene.planId}/members?limit=1${page}`, { as: scene.reader })
      const answer = (await response.json()) as { items: { person: Person }[]; nextCursor: string | null }
      seen.push(...answer.items.map(({ person }) => person.id))
      cursor = answer.nextCursor
      expect(
        Buffer.from(cursor ?? '', 'base64url')
          .toString()
          .toLowerCase(),
      ).not.toContain('zenobia')
    }
    orders.push(seen)
  }
  expect(orders[0]).toHaveLength(5)
  expect(orders[1]).toEqual(orders[0])
})

test('[PR2] a new choice shows in open rooms and lists at once, and who is unmoved is shown anew too', async () => {
  const scene = await plantScene()
  const { ana, rita } = scene.people
  const seat = await writeAs(ana, scene.documentId, 'Hola ')
  const other = await takeSeat(world.rooms, access, rita, scene.documentId)
  const shownNow = () => [...other.seen.values()].map(({ user }) => user?.name)
  const inside = async () => {
    const plan = await (await world.ask(`GET /api/plans/${scene.planId}`, { as: scene.reader })).json()
    return plan.commitments[0].inside.find(({ id }: { id: string }) => id === ana.userId)
  }
  await vi.waitFor(() => expect(shownNow()).toEqual([trueName]), soon)
  expect((await inside()).name).toBe(trueName)

  for (const [display, name, groupName] of [
    ['group', 'Neighbours', 'Neighbours'],
    ['anonymous', 'Persona sin nombre', undefined],
    ['name', trueName, 'Neighbours'],
  ] as const) {
    expect(await choose(ana, scene.planId, display)).toBe(204)
    await vi.waitFor(() => expect(shownNow()).toEqual([name]), soon)
    expect(await inside()).toMatchObject({ name: display === 'name' ? trueName : '' })
    expect((await inside()).group?.name).toBe(groupName)
  }
  for (const each of [seat, other]) each.leave()
})

test('[PR3] a choice is logged once for each change and never says which', async () => {
  const { planId, people } = await plantScene()
  for (const display of ['name', 'group', 'group', 'name', 'name'] as const) await choose(people.ana, planId, display)
  const events = await database.db
    .selectFrom('membershipEvent')
    .where('planId', '=', planId)
    .where('kind', '=', 'display_changed')
    .select(['userId', 'actorId', 'role', 'groupId'])
    .execute()
  const { userId } = people.ana
  expect(events).toEqual(Array(2).fill({ userId, actorId: userId, role: null, groupId: null }))
})

test('[PR3] who is suspended or has left still chooses; who never had a part finds nothing [T4]', async () => {
  const { planId, people } = await plantScene()
  const stranger = (await plantPlan(database.db, { eva: 'coordinator' })).people.eva
  const { ana } = people
  await database.db.updateTable('member').set({ suspendedAt: new Date() }).where('userId', '=', ana.userId).execute()
  expect(await choose(ana, planId, 'group')).toBe(204)
  await database.db
    .insertInto('membershipEvent')
    .values({ planId, userId: ana.userId, kind: 'removed', actorId: people.cora.userId })
    .execute()
  await database.db.deleteFrom('member').where('userId', '=', ana.userId).execute()
  expect(await choose(ana, planId, 'anonymous')).toBe(204)

  const as = await world.cookieOf(stranger)
  const problems = await Promise.all(
    [planId, 'no-such-plan'].flatMap((plan) => [
      world.ask(`PUT /api/plans/${plan}/display`, { as, body: { display: 'group' } }),
      world.ask(`POST /api/plans/${plan}/consent/withdraw`, { as, body: {} }),
    ]),
  )
  expect(problems.map(({ status }) => status)).toEqual([404, 404, 404, 404])
  const bodies = await Promise.all(problems.map((problem) => problem.json()))
  expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1)
})

test('[PR4] consent taken back: dated, and from then on not shown at all', async () => {
  const scene = await plantScene()
  const as = await world.cookieOf(scene.guest)
  const withdraw = () => world.ask(`POST /api/plans/${scene.planId}/consent/withdraw`, { as, body: {} })
  const seat = await writeAs(scene.guest, scene.documentId, 'Hola ')
  expect((await withdraw()).status).toBe(204)
  const first = await database.db
    .selectFrom('consent')
    .where('userId', '=', scene.guest.userId)
    .select('withdrawnAt')
    .execute()
  expect(first).toEqual([{ withdrawnAt: expect.any(Date) }])
  await vi.waitFor(async () => {
    const forms = formsOf(scene.guest.userId, await everythingSeenBy(scene.reader, scene))
    expect([...forms]).toEqual([JSON.stringify({ name: '', group: null })])
  }, soon)
  expect((await withdraw()).status).toBe(204)
  const again = await database.db
    .selectFrom('consent')
    .where('userId', '=', scene.guest.userId)
    .select('withdrawnAt')
    .execute()
  expect(again).toEqual(first)
  seat.leave()
})
