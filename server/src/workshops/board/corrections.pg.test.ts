import { consentText } from '@cabildo/protocol/consent'
import type { Attendance, ParticipantItem, Workshop } from '@cabildo/protocol/http/workshops'
import { createPhone, newcomer } from '@cabildo/testkit/phone'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld, type WorkshopWorld } from '@cabildo/testkit/workshop-world'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../db/ids.ts'
import { peopleOf } from '../../people/service.ts'

let database: FreshDatabase
let app: TestApp
let world: WorkshopWorld
beforeAll(async () => {
  database = await freshDatabase()
  app = createTestApp(database)
  world = await plantWorkshopWorld(database, app.ask, app.cookieOf)
})
afterAll(() => database.drop())

type Opened = Awaited<ReturnType<WorkshopWorld['open']>>
const at = (workshop: { id: string }, rest = '') => `/api/plans/${world.planId}/workshops/${workshop.id}${rest}`
const codeOf = async (response: Response): Promise<unknown> => [response.status, (await response.json()).code]
const as = () => world.as.carla
const merge = (workshop: Opened, userId: string, into: string) =>
  app.ask(`POST ${at(workshop, `/participants/${userId}/merge`)}`, { as: as(), body: { into } })
const unmerge = (workshop: Opened, userId: string, who = as()) =>
  app.ask(`DELETE ${at(workshop, `/participants/${userId}/merge`)}`, { as: who, body: {} })
const close = (workshop: Opened) => app.ask(`POST ${at(workshop, '/close')}`, { as: as(), body: {} })
const board = async (workshop: Opened): Promise<ParticipantItem[]> => {
  const view: Workshop = await (await app.ask(`GET ${at(workshop)}`, { as: as() })).json()
  return view.participants
}
const intoOf = async (workshop: Opened) => (await board(workshop)).map(({ mergedInto }) => mergedInto)
const lastEvent = (userId: string) =>
  database.db
    .selectFrom('membershipEvent')
    .where('userId', '=', userId)
    .orderBy('id', 'desc')
    .select(['kind', 'actorId', 'intoUserId', 'workshopId', 'groupId', 'role'])
    .executeTakeFirst()

describe('a merge taken back [WS36]', () => {
  test('both stand as before, on the phone too, and it is recorded', async () => {
    const workshop = await world.open()
    const { phone, userId: luz } = await world.join(workshop.way, 'Luz')
    const { phone: hers, userId: lucia } = await world.join(workshop.way, 'Lucía')
    await merge(workshop, luz, lucia)
    expect((await phone.ask('POST /api/device/active', { userId: lucia })).status).toBe(200)

    const view: Workshop = await (await unmerge(workshop, luz)).json()
    expect([view.people, view.participants.map(({ mergedInto }) => mergedInto)]).toEqual([2, [null, null]])
    expect(await lastEvent(luz)).toMatchObject({
      kind: 'unmerged',
      intoUserId: lucia,
      actorId: world.people.carla.userId,
      workshopId: workshop.id,
    })
    // On the first phone the other one is no more, and whoever joined from it is one tap away; hers goes on as it was.
    expect((await phone.ask('GET /api/session')).status).toBe(401)
    expect(await codeOf(await phone.ask('POST /api/device/active', { userId: lucia }))).toEqual([404, 'not_found'])
    expect((await phone.ask('POST /api/device/active', { userId: luz })).status).toBe(200)
    expect((await hers.ask('GET /api/session')).status).toBe(200)
    const people = await peopleOf(database.db, world.planId, [luz, lucia])
    expect([people.get(luz)?.name, people.get(lucia)?.name]).toEqual(['Luz', 'Lucía'])
  })

  test('of a chain, whoever was said to be them goes with them; the others stay', async () => {
    const workshop = await world.open()
    const ids: string[] = []
    for (const name of ['A', 'B', 'C']) ids.push((await world.join(workshop.way, name)).userId)
    const [a, b, c] = ids as [string, string, string]
    await merge(workshop, a, b)
    await merge(workshop, b, c)
    expect(await intoOf(workshop)).toEqual([c, c, null])
    await unmerge(workshop, b)
    expect(await intoOf(workshop)).toEqual([b, null, null])
    await merge(workshop, b, c)
    await unmerge(workshop, a)
    expect(await intoOf(workshop)).toEqual([null, c, null])
  })

  test('a phone that both joined from keeps both', async () => {
    const workshop = await world.open()
    const { phone, userId: luz } = await world.join(workshop.way, 'Luz')
    const { userId: lucia } = await world.join(workshop.way, 'Lucía', phone)
    await merge(workshop, luz, lucia)
    await unmerge(workshop, luz)
    expect((await phone.ask('POST /api/device/active', { userId: luz })).status).toBe(200)
    expect((await phone.ask('POST /api/device/active', { userId: lucia })).status).toBe(200)
  })

  test('not who is nobody else, not when closed, not by others', async () => {
    const workshop = await world.open()
    const { userId: a } = await world.join(workshop.way, 'A')
    const { userId: b } = await world.join(workshop.way, 'B')
    expect(await codeOf(await unmerge(workshop, a))).toEqual([409, 'conflict'])
    expect(await codeOf(await unmerge(workshop, newId()))).toEqual([404, 'not_found'])
    await merge(workshop, a, b)
    expect(await codeOf(await unmerge(workshop, a, world.as.ana))).toEqual([403, 'forbidden'])
    await close(workshop)
    expect(await codeOf(await unmerge(workshop, a))).toEqual([410, 'link_gone'])
    expect(await intoOf(workshop)).toEqual([b, null])
  })
})

describe('somebody without a phone [WS37]', () => {
  const add = (workshop: Opened, values: object = {}, who = as()) =>
    app.ask(`POST ${at(workshop, '/participants')}`, {
      as: who,
      body: {
        name: 'R. H.',
        groupId: world.groupId,
        consent: { version: consentText.version, way: 'spoken' },
        ...values,
      },
    })

  test.each(['paper', 'spoken'] as const)(
    'is on the list with a consent given that way (%s), and recorded',
    async (way) => {
      const workshop = await world.open()
      const tableId = workshop.tables[0]?.id
      const consent = { version: consentText.version, way }
      const added = await add(workshop, { tableId, display: 'group', consent })
      const view: Workshop = await added.json()
      expect([added.status, view.people]).toEqual([201, 1])
      const [person] = view.participants
      expect(person).toMatchObject({ name: 'R. H.', tableId, display: 'group', device: null, inside: false })
      const userId = person?.userId ?? ''
      const consents = await database.db.selectFrom('consent').where('userId', '=', userId).selectAll().execute()
      expect(consents).toMatchObject([
        { planId: world.planId, workshopId: workshop.id, textVersion: consentText.version, way, withdrawnAt: null },
      ])
      expect(await lastEvent(userId)).toMatchObject({
        kind: 'joined',
        actorId: world.people.carla.userId,
        role: 'participant',
        groupId: world.groupId,
        workshopId: workshop.id,
      })
      const sessions = await database.db.selectFrom('session').where('userId', '=', userId).select('id').execute()
      expect(sessions).toEqual([])
      const totals: Attendance = await (await app.ask(`GET ${at(workshop, '/attendance')}`, { as: as() })).json()
      expect(totals.people).toBe(1)
    },
  )

  test('may turn out to be somebody who came in by phone after all', async () => {
    const workshop = await world.open()
    const view: Workshop = await (await add(workshop)).json()
    const added = view.participants[0]?.userId ?? ''
    const { userId } = await world.join(workshop.way, 'Rosa Him')
    expect((await merge(workshop, added, userId)).status).toBe(200)
    expect(await intoOf(workshop)).toEqual([userId, null])
  })

  test('is refused with another text, of elsewhere, by others, when closed and when full', async () => {
    const workshop = await world.open()
    const consent = { version: '2020-01', way: 'paper' }
    for (const values of [{ consent }, { groupId: newId() }, { tableId: newId() }, { name: ' ' }])
      expect(await codeOf(await add(workshop, values))).toEqual([400, 'invalid'])
    // What is read on a screen is agreed to on that screen, by its reader.
    const onScreen = { consent: { version: consentText.version, way: 'screen' } }
    expect(await codeOf(await add(workshop, onScreen))).toEqual([400, 'invalid'])
    expect(await codeOf(await add(workshop, {}, world.as.ana))).toEqual([403, 'forbidden'])
    const guest = createPhone(app.ask)
    await guest.ask('POST /api/workshops/join', newcomer(workshop.way, 'Guest', world.groupId))
    await database.db.updateTable('workshop').set({ mostPeople: 1 }).where('id', '=', workshop.id).execute()
    expect((await codeOf(await add(workshop))) as unknown[]).toContain('workshop_full')
    expect(await board(workshop)).toHaveLength(1)
    await close(workshop)
    expect(await codeOf(await add(workshop))).toEqual([410, 'link_gone'])
  })
})
