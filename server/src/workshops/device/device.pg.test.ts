import { consentText } from '@cabildo/protocol/consent'
import { createPhone, newcomer, type Phone } from '@cabildo/testkit/phone'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp, testConfig } from '@cabildo/testkit/test-app'
import { plantWorkshopWorld, type WorkshopWorld } from '@cabildo/testkit/workshop-world'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../db/ids.ts'

let database: FreshDatabase
let app: TestApp
let world: WorkshopWorld
let other: WorkshopWorld
beforeAll(async () => {
  database = await freshDatabase()
  app = createTestApp(database)
  world = await plantWorkshopWorld(database, app.ask, app.cookieOf)
  other = await plantWorkshopWorld(database, app.ask, app.cookieOf)
})
afterAll(() => database.drop())

const codeOf = async (response: Response): Promise<unknown> => [response.status, (await response.json()).code]
const group = () => ({ id: world.groupId, name: 'Neighbours', sector: 'civil_society' })
const whoIs = async (phone: Phone) => (await (await phone.ask('GET /api/session')).json()).user?.name
const deviceOf = async (phone: Phone) => (await phone.ask('GET /api/device')).json()
const namesOn = async (phone: Phone) =>
  (await deviceOf(phone)).people.map(({ person, active }: { person: { name: string }; active: boolean }) =>
    active ? `*${person.name}` : person.name,
  )
const peopleOf = (workshop: { id: string }) =>
  database.db.selectFrom('workshopParticipant').where('workshopId', '=', workshop.id).selectAll().execute()
const liveSessions = (workshop: { id: string }) =>
  database.db
    .selectFrom('session')
    .where('workshopId', '=', workshop.id)
    .where('endedAt', 'is', null)
    .select('userId')
    .execute()

describe('looking [WS10]', () => {
  test('shows what the way leads to, and joins nobody', async () => {
    const workshop = await world.open()
    const phone = createPhone(app.ask)
    const looked = await phone.ask('POST /api/workshops/look', { code: workshop.wayIn?.code.toLowerCase() })

    expect([looked.status, await looked.json()]).toEqual([
      200,
      {
        workshop: {
          id: workshop.id,
          title: 'Workshop of Tortí',
          place: 'School of Tortí',
          heldOn: '2026-11-28',
          planTitle: 'A plan',
          planSlug: world.planId.toLowerCase().replaceAll('_', '-'),
          tables: workshop.tables,
          groups: [group(), { id: world.otherGroupId, name: 'Producers', sector: 'private_sector' }],
          commitments: workshop.commitments,
        },
        here: [],
      },
    ])
    expect(phone.cookie).toBe('')
    expect(await peopleOf(workshop)).toEqual([])
  })

  test('a token or a code, not both and not neither', async () => {
    const { way, wayIn } = await world.open()
    for (const body of [{}, { ...way, code: wayIn?.code }]) {
      expect(await codeOf(await app.ask('POST /api/workshops/look', { body }))).toEqual([400, 'invalid'])
    }
  })
})

describe('joining [WS11]', () => {
  test('makes a person without an address, who is signed in and in the workshop, with consent and a record', async () => {
    const workshop = await world.open()
    const phone = createPhone(app.ask)
    const joined = await phone.ask('POST /api/workshops/join', {
      ...newcomer(workshop.way, '  Luz Pérez ', world.groupId),
      tableId: workshop.tables[1]?.id,
      gender: 'woman',
      ageBand: '60_plus',
      display: 'group',
    })
    const { user, device } = await joined.json()

    expect([joined.status, user.name]).toEqual([201, 'Luz Pérez'])
    const planSlug = world.planId.toLowerCase().replaceAll('_', '-')
    expect(device).toEqual({
      workshop: { id: workshop.id, title: workshop.title, planSlug, commitments: [1] },
      people: [{ person: { id: user.id, name: 'Luz Pérez', group: group(), unverified: true }, active: true }],
    })
    expect(await (await phone.ask('GET /api/session')).json()).toEqual({
      user,
      workshop: { id: workshop.id, planId: world.planId, planSlug, title: workshop.title },
      secondFactorMissing: false,
    })
    const { db } = database
    const of = { userId: user.id }
    expect(
      await db.selectFrom('userAccount').where('id', '=', user.id).select(['kind', 'email', 'passwordHash']).execute(),
    ).toEqual([{ kind: 'guest', email: null, passwordHash: null }])
    expect(await db.selectFrom('member').where('userId', '=', user.id).select(['role', 'groupId']).execute()).toEqual([
      { role: 'participant', groupId: world.groupId },
    ])
    expect(await peopleOf(workshop)).toMatchObject([
      { ...of, tableId: workshop.tables[1]?.id, gender: 'woman', ageBand: '60_plus', mutedAt: null },
    ])
    expect(await db.selectFrom('consent').where('userId', '=', user.id).selectAll().execute()).toMatchObject([
      { planId: world.planId, workshopId: workshop.id, textVersion: consentText.version, way: 'screen' },
    ])
    expect(await db.selectFrom('displayChoice').where('userId', '=', user.id).select('display').execute()).toEqual([
      { display: 'group' },
    ])
    expect(await db.selectFrom('membershipEvent').where('userId', '=', user.id).selectAll().execute()).toMatchObject([
      { kind: 'joined', actorId: user.id, role: 'participant', groupId: world.groupId, workshopId: workshop.id },
    ])
  })

  test('[WS23] the phone’s cookie carries 256 bits, stored hashed, out of reach of scripts and of other sites', async () => {
    const { way } = await world.open()
    const body = newcomer(way, 'Luz', world.groupId)
    const lines = (await app.ask('POST /api/workshops/join', { body })).headers.getSetCookie()
    const line = lines.find((text) => text.startsWith('device=')) ?? ''
    const secret = /^device=([\w-]{43});/.exec(line)?.[1] ?? ''

    expect(line).toMatch(/; Path=\/; HttpOnly; SameSite=Lax$/)
    const { rows } = await sql<{ row: string }>`select device::text as row from device`.execute(database.db)
    expect(rows.map(({ row }) => row).join()).not.toContain(secret)
    const https = createTestApp(database, { config: { ...testConfig, baseUrl: 'https://cabildo.test' } })
    const safe = (await https.ask('POST /api/workshops/join', { body })).headers.getSetCookie()
    expect(safe.map((text) => text.split('=')[0]).sort()).toEqual(['__Host-device', '__Host-sid'])
    for (const text of safe) expect(text).toMatch(/; Secure/)
  })

  test('[WS15] a group or table of elsewhere, and a consent text that is not in force, are refused whole', async () => {
    const workshop = await world.open()
    const foreign = await other.open()
    const good = newcomer(workshop.way, 'Luz', world.groupId)
    const bad: [object, string][] = [
      [{ ...good, groupId: other.groupId }, '/groupId'],
      [{ ...good, groupId: newId() }, '/groupId'],
      [{ ...good, tableId: foreign.tables[0]?.id }, '/tableId'],
      [{ ...good, tableId: newId() }, '/tableId'],
      [{ ...good, consent: { version: '2020-01', way: 'screen' } }, '/consent'],
    ]
    for (const [body, pointer] of bad) {
      const refused = await app.ask('POST /api/workshops/join', { body })
      expect([refused.status, (await refused.json()).errors]).toMatchObject([400, [{ pointer }]])
      expect(refused.headers.getSetCookie()).toEqual([])
    }
    expect(await peopleOf(workshop)).toEqual([])
  })

  test('[WS12] no more than the workshop takes, also when all come at one moment', async () => {
    const workshop = await world.open()
    await sql`update workshop set most_people = 5 where id = ${workshop.id}`.execute(database.db)
    const answers = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const body = newcomer(workshop.way, `Guest ${index}`, world.groupId)
        const answer = await app.ask('POST /api/workshops/join', { body })
        return answer.status === 201 ? 201 : codeOf(answer)
      }),
    )

    expect(answers.filter((answer) => answer === 201)).toHaveLength(5)
    expect(answers.filter((answer) => answer !== 201)).toEqual(Array(7).fill([409, 'workshop_full']))
    expect(await peopleOf(workshop)).toHaveLength(5)
  })

  test('[T2] [WS11] a session id that was planted on the phone signs nobody in', async () => {
    const { way } = await world.open()
    const planted = 'sid=abcdefghijklmnopqrstuvwxyz2345672345abcd; device=planted'
    const joined = await app.ask('POST /api/workshops/join', {
      as: planted,
      body: newcomer(way, 'Luz', world.groupId),
    })
    const cookies = joined.headers.getSetCookie().join()

    expect(joined.status).toBe(201)
    expect(cookies).not.toContain('planted')
    expect((await app.ask('GET /api/session', { as: planted })).status).toBe(401)
    expect(await (await app.ask('GET /api/device', { as: planted })).json()).toEqual({ workshop: null, people: [] })
  })
})

describe('guessing [WS13]', () => {
  test('[T14] ten wrong codes from one network, then 429; the real code works from elsewhere, and the QR from there', async () => {
    const { ask } = createTestApp(database)
    const { way, wayIn } = await world.open()
    const code = { code: wayIn?.code }
    const guess = (body: object, address: string) => ask('POST /api/workshops/look', { body, address })
    const wrong = await Promise.all(
      Array.from({ length: 14 }, (_, index) => guess({ code: `0000-000${index.toString(32)}` }, '2001:db8:1:1::5')),
    )

    // Who of them comes first is not theirs to say.
    expect(wrong.map(({ status }) => status).sort()).toEqual([...Array(10).fill(410), ...Array(4).fill(429)])
    const closed = await guess(code, '2001:db8:1:1::6')
    expect(closed.status).toBe(429)
    expect(Number(closed.headers.get('retry-after'))).toBeGreaterThan(30)
    expect((await guess(code, '2001:db8:1:2::5')).status).toBe(200)
    expect((await guess(way, '2001:db8:1:1::5')).status).toBe(200)
    const joining = { body: newcomer({ code: wayIn?.code ?? '' }, 'Luz', world.groupId), address: '2001:db8:1:1::5' }
    expect((await ask('POST /api/workshops/join', joining)).status).toBe(429)
    expect((await ask('POST /api/workshops/join', { ...joining, address: '192.0.2.9' })).status).toBe(201)
  })

  test('a village behind one address: three hundred join by the code within a minute', {
    timeout: 90_000,
  }, async () => {
    const { ask } = createTestApp(database)
    const workshop = await world.open()
    const began = performance.now()
    const joins = Array.from({ length: 300 }, (_, index) =>
      ask('POST /api/workshops/join', {
        body: newcomer({ code: workshop.wayIn?.code ?? '' }, `Guest ${index}`, world.groupId),
        address: '192.0.2.77',
      }),
    )
    const statuses = (await Promise.all(joins)).map(({ status }) => status)

    expect(new Set(statuses)).toEqual(new Set([201]))
    expect(performance.now() - began).toBeLessThan(60_000)
    expect(await peopleOf(workshop)).toHaveLength(300)
  })
})

describe('accounts [WS14]', () => {
  test('a member who scans the QR takes part as who they are, in the session they have', async () => {
    const workshop = await world.open()
    const as = world.as.parti
    const joined = await app.ask('POST /api/workshops/join', {
      as,
      body: newcomer(workshop.way, 'Somebody else', world.otherGroupId),
    })
    const { user, device } = await joined.json()

    const { parti } = world.people
    expect([joined.status, user]).toEqual([201, { id: parti.userId, name: 'parti' }])
    expect(joined.headers.getSetCookie()).toEqual([])
    expect(device.people).toEqual([{ person: { id: parti.userId, name: 'parti', group: group() }, active: true }])
    expect(await peopleOf(workshop)).toMatchObject([{ userId: parti.userId }])
    const documentId = world.commitments[0]?.documentId
    expect(await (await app.ask(`GET /api/documents/${documentId}`, { as })).json()).toMatchObject({
      may: { edit: true },
    })
    // Again: the same seat, one record.
    await app.ask('POST /api/workshops/join', { as, body: newcomer(workshop.way, 'x', world.groupId) })
    const events = await database.db
      .selectFrom('membershipEvent')
      .where('workshopId', '=', workshop.id)
      .select(['kind', 'role', 'groupId'])
      .execute()
    expect(events).toEqual([{ kind: 'joined', role: 'participant', groupId: world.groupId }])
  })

  test('an account of another plan is asked to sign out first, and keeps its session', async () => {
    const { way } = await world.open()
    const as = other.as.ana
    const refused = await app.ask('POST /api/workshops/join', { as, body: newcomer(way, 'Ana', world.groupId) })

    expect(await codeOf(refused)).toEqual([409, 'conflict'])
    expect((await app.ask('GET /api/session', { as })).status).toBe(200)
  })

  test('[WS26] who was taken out does not come back by the QR', async () => {
    const workshop = await world.open()
    const body = newcomer(workshop.way, 'x', world.groupId)
    await app.ask('POST /api/workshops/join', { as: world.as.lector, body })
    await app.ask(
      `PATCH /api/plans/${world.planId}/workshops/${workshop.id}/participants/${world.people.lector.userId}`,
      { as: world.as.carla, body: { removed: true } },
    )
    expect(await codeOf(await app.ask('POST /api/workshops/join', { as: world.as.lector, body }))).toEqual([
      403,
      'taken_out',
    ])
  })

  test('[WS21] an account is never on a phone that is passed round, and passing needs no account signed in', async () => {
    const workshop = await world.open()
    const { phone, userId } = await world.join(workshop.way, 'Luz')
    const both = `${world.as.coco}; ${phone.cookie.split('; ').find((pair) => pair.startsWith('device='))}`
    await app.ask('POST /api/workshops/join', { as: both, body: newcomer(workshop.way, 'x', world.groupId) })

    expect(await namesOn(phone)).toEqual(['*Luz'])
    const { userId: account } = world.people.coco
    expect(await codeOf(await phone.ask('POST /api/device/active', { userId: account }))).toEqual([404, 'not_found'])
    expect(await codeOf(await app.ask('POST /api/device/active', { as: both, body: { userId } }))).toEqual([
      409,
      'conflict',
    ])
    expect((await app.ask('GET /api/session', { as: both })).status).toBe(200)
  })
})

describe('passing the phone [WS20]', () => {
  test('[T2] whoever takes over gets a session of their own, and the one before is over', async () => {
    const workshop = await world.open()
    const { phone, userId: luz } = await world.join(workshop.way, 'Luz')
    const first = phone.cookie
    await world.join(workshop.way, 'Beto', phone)
    const second = phone.cookie
    expect(await namesOn(phone)).toEqual(['Luz', '*Beto'])
    expect((await app.ask('GET /api/session', { as: first })).status).toBe(401)

    const passed = await phone.ask('POST /api/device/active', { userId: luz })
    const { user, device } = await passed.json()
    expect([passed.status, user]).toEqual([200, { id: luz, name: 'Luz' }])
    expect(device.people.map(({ active }: { active: boolean }) => active)).toEqual([true, false])
    expect(await whoIs(phone)).toBe('Luz')
    expect((await app.ask('GET /api/session', { as: second })).status).toBe(401)
    expect(await liveSessions(workshop)).toEqual([{ userId: luz }])
  })

  test('of many takes at one moment one person is active in the end', async () => {
    const workshop = await world.open()
    const { phone, userId: luz } = await world.join(workshop.way, 'Luz')
    const { userId: beto } = await world.join(workshop.way, 'Beto', phone)
    const as = phone.cookie
    await Promise.all(
      [luz, beto, luz, beto, luz].map((userId) => app.ask('POST /api/device/active', { as, body: { userId } })),
    )
    expect(await liveSessions(workshop)).toHaveLength(1)
  })

  test('[WS22] a phone that lost its session is recognised, and comes back with one tap', async () => {
    const workshop = await world.open()
    const { phone, userId } = await world.join(workshop.way, 'Luz')
    phone.forget('sid')
    expect(await whoIs(phone)).toBeUndefined()
    const looked = await (await phone.ask('POST /api/workshops/look', workshop.way)).json()

    expect(looked.here).toEqual([{ id: userId, name: 'Luz', group: group(), unverified: true }])
    expect((await phone.ask('POST /api/device/active', { userId })).status).toBe(200)
    expect(await whoIs(phone)).toBe('Luz')
  })

  test('[WS21] only who joined from this phone in this workshop, and was not removed', async () => {
    const workshop = await world.open()
    const { phone, userId: luz } = await world.join(workshop.way, 'Luz')
    const { phone: another, userId: beto } = await world.join(workshop.way, 'Beto')
    const elsewhere = await other.join((await other.open()).way, 'Eva')
    const take = async (on: Phone, userId: string) => codeOf(await on.ask('POST /api/device/active', { userId }))

    expect(await take(another, luz)).toEqual([404, 'not_found'])
    expect(await take(phone, beto)).toEqual([404, 'not_found'])
    expect(await take(phone, elsewhere.userId)).toEqual([404, 'not_found'])
    expect(await take(phone, newId())).toEqual([404, 'not_found'])
    expect(await take(createPhone(app.ask), luz)).toEqual([404, 'not_found'])
    await app.ask(`PATCH /api/plans/${world.planId}/workshops/${workshop.id}/participants/${luz}`, {
      as: world.as.carla,
      body: { removed: true },
    })
    expect(await take(phone, luz)).toEqual([404, 'not_found'])
    expect(await namesOn(phone)).toEqual([])
    await app.ask(`POST /api/plans/${world.planId}/workshops/${workshop.id}/close`, { as: world.as.carla, body: {} })
    expect(await take(another, beto)).toEqual([410, 'link_gone'])
  })

  test('[WS23] in another workshop a phone begins anew', async () => {
    const { way } = await world.open()
    const { phone } = await world.join(way, 'Luz')
    const before = phone.cookie.split('; ').find((pair) => pair.startsWith('device='))
    await world.join((await world.open()).way, 'Beto', phone)
    expect(phone.cookie).not.toContain(before)
    expect(await namesOn(phone)).toEqual(['*Beto'])
  })

  test('[WS24] at most twenty people share a phone', async () => {
    const { way } = await world.open()
    const { phone } = await world.join(way, 'Guest 1')
    for (let index = 2; index <= 20; index += 1) await world.join(way, `Guest ${index}`, phone)
    const joined = await phone.ask('POST /api/workshops/join', newcomer(way, 'One more', world.groupId))
    expect(await codeOf(joined)).toEqual([409, 'conflict'])
    expect(await whoIs(phone)).toBe('Guest 20')
  })
})
