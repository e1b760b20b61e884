import { plantDocument, plantPlan, type Someone } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { newId } from '../db/ids.ts'
import { createAccessReader } from './access.ts'

let database: FreshDatabase
let world: TestApp
let planId: string
let people: Record<'cora' | 'fina' | 'ana' | 'ben' | 'mona', Someone>

beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
})
afterAll(() => database.drop())
beforeEach(async () => {
  const roles = { cora: 'coordinator', fina: 'facilitator', ana: 'drafter', ben: 'reviewer', mona: 'monitor' } as const
  ;({ planId, people } = await plantPlan(database.db, roles))
})

/** What somebody is answered: the status, and the body where there is one. */
async function ask(who: Someone, key: string, body?: unknown) {
  const response = await world.ask(key.replace(' /', ` /api/plans/${planId}/`), { as: await world.cookieOf(who), body })
  const text = await response.text()
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) }
}
const change = (who: Someone, whom: Someone, body: object) => ask(who, `PATCH /members/${whom.userId}`, body)
const nameless = async (someone: Someone, display: 'group' | 'anonymous') => {
  await database.db.insertInto('displayChoice').values({ planId, userId: someone.userId, display }).execute()
}
const suspendAccount = (someone: Someone) =>
  database.db.updateTable('userAccount').set({ suspendedAt: new Date() }).where('id', '=', someone.userId).execute()
const events = () =>
  database.db
    .selectFrom('membershipEvent')
    .where('planId', '=', planId)
    .select(['kind', 'userId', 'actorId', 'role', 'wasRole', 'groupId', 'wasGroupId'])
    .orderBy('id')
    .execute()
const event = (kind: string, someone: Someone, actor: Someone, values = {}) => ({
  kind,
  userId: someone.userId,
  actorId: actor.userId,
  role: null,
  wasRole: null,
  groupId: null,
  wasGroupId: null,
  ...values,
})
const invalid = (pointer: string) => ({
  status: 400,
  body: expect.objectContaining({ code: 'invalid', errors: [expect.objectContaining({ pointer })] }),
})
async function otherGroup() {
  const there = await plantPlan(database.db, { eva: 'coordinator' })
  return there.people.eva.groupId
}
const add = async (name: string) => {
  const { status, body } = await ask(people.cora, 'POST /groups', { name, sector: 'community', kind: 'seniors' })
  expect(status).toBe(201)
  return body.id as string
}

describe('groups', () => {
  test('one is added, changed and listed by name, as Spanish orders them', async () => {
    const given = {
      name: ' Ñatos ',
      sector: 'community',
      kind: 'youth',
      territory: 'Las Margaritas',
      contact: '6000-0000',
    }
    const added = await ask(people.cora, 'POST /groups', given)
    const detail = { ...given, id: expect.stringMatching(/^[\w-]{22}$/), name: 'Ñatos', members: 0 }
    expect(added).toEqual({ status: 201, body: detail })
    await add('Ábrego')
    await add('Zonas altas')
    const changed = await ask(people.cora, `PATCH /groups/${added.body.id}`, {
      name: 'Ñopos',
      contact: '',
      territory: null,
    })
    const after = { ...detail, name: 'Ñopos', contact: null, territory: null }
    expect(changed).toEqual({ status: 200, body: after })
    const { body } = await ask(people.ana, 'GET /groups')
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual([
      'Ábrego',
      'Neighbours',
      'Ñopos',
      'Zonas altas',
    ])
    expect(body.items[2]).toEqual(after)
  })

  test('[PE1] a name that is taken is a conflict, in any letters; its own name is not, nor one of another plan', async () => {
    const id = await add('Mayores de Chepo')
    const taken = {
      status: 409,
      body: expect.objectContaining({ code: 'conflict', errors: [expect.objectContaining({ pointer: '/name' })] }),
    }
    const body = { name: 'MAYORES de chepo', sector: 'community', kind: 'seniors' }
    expect(await ask(people.cora, 'POST /groups', body)).toEqual(taken)
    expect(await ask(people.cora, `PATCH /groups/${people.cora.groupId}`, { name: body.name })).toEqual(taken)
    expect((await ask(people.cora, `PATCH /groups/${id}`, { name: body.name })).status).toBe(200)
    const there = await plantPlan(database.db, { eva: 'coordinator' })
    planId = there.planId
    expect((await ask(there.people.eva, 'POST /groups', body)).status).toBe(201)
  })

  test('[PE1] of many who add one name at once, one does', async () => {
    const body = { name: 'Only one', sector: 'academia', kind: 'academia' }
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(people.cora, 'POST /groups', body)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, ...Array(7).fill(409)])
  })

  test('[PE2] how to reach a group is told to those who run the plan', async () => {
    const contact = 'vecinos@example.test'
    await ask(people.cora, `PATCH /groups/${people.cora.groupId}`, { contact })
    const told = async (who: Someone) => (await ask(who, 'GET /groups')).body.items[0].contact
    expect(await told(people.cora)).toBe(contact)
    expect(await told(people.fina)).toBe(contact)
    for (const who of [people.ana, people.ben, people.mona]) expect(await told(who)).toBeNull()
  })

  test('[PE14] who runs a workshop adds a group that is missing, and says neither how to reach it nor changes it', async () => {
    const given = { name: 'Pescadores de Chepo', sector: 'private_sector', kind: 'producers', territory: 'Coquira' }
    const { status, body: added } = await ask(people.fina, 'POST /groups', { ...given, contact: '' })
    expect({ status, added }).toEqual({ status: 201, added: { ...given, id: added.id, contact: null, members: 0 } })
    await world.recorder.catchUp()
    const { body: told } = await ask(people.ana, 'GET /record?type=group')
    expect(told.items[0]).toMatchObject({
      actor: { person: { id: people.fina.userId } },
      details: { group: added.id, ...given },
    })

    const forbidden = (pointer?: string) => ({
      status: 403,
      body: expect.objectContaining({
        code: 'forbidden',
        ...(pointer && { errors: [expect.objectContaining({ pointer })] }),
      }),
    })
    const reached = { ...given, name: 'Otro', contact: '6000-0000' }
    expect(await ask(people.fina, 'POST /groups', reached)).toEqual(forbidden('/contact'))
    expect(await ask(people.fina, `PATCH /groups/${added.id}`, { name: 'Otro' })).toEqual(forbidden())
    expect(await ask(people.ana, 'POST /groups', { ...given, name: 'Otro' })).toEqual(forbidden())
    const { body } = await ask(people.ana, 'GET /groups')
    expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['Neighbours', given.name])
  })

  test('[PE4] nobody suspended is counted', async () => {
    const count = async () => (await ask(people.ana, 'GET /groups')).body.items[0].members
    expect(await count()).toBe(5)
    await change(people.cora, people.ben, { suspended: true })
    expect(await count()).toBe(4)
    await suspendAccount(people.mona)
    expect(await count()).toBe(3)
  })
})

describe('the list of members', () => {
  const names = ['Álvaro', 'ana', 'Beatriz', 'Ñeco', 'Zoila']
  const rename = async () => {
    for (const [index, who] of Object.values(people).entries()) {
      const name = names[index] ?? ''
      await database.db.updateTable('userAccount').set({ name }).where('id', '=', who.userId).execute()
    }
  }
  /** All pages of a list, one after another. */
  async function pages(who: Someone, query = '') {
    const items: { person: { id: string; name: string }; known: { name: string } | null }[] = []
    let cursor: string | null = ''
    for (let left = 20; cursor !== null && left > 0; left--) {
      const { status, body }: { status: number; body?: { items: typeof items; nextCursor: string | null } } = await ask(
        who,
        `GET /members?limit=2${query}${cursor === '' ? '' : `&cursor=${cursor}`}`,
      )
      expect(status).toBe(200)
      if (!body) throw new Error('no page')
      expect(body.items.length).toBeLessThanOrEqual(2)
      items.push(...body.items)
      cursor = body.nextCursor
    }
    return items
  }

  test('it goes by name whatever the accents, page by page, each once; equal names by id', async () => {
    await rename()
    expect((await pages(people.ana)).map(({ person }) => person.name)).toEqual(names)
    await sql`update user_account set name = 'same' where id in (select user_id from member where plan_id = ${planId})`.execute(
      database.db,
    )
    const ids = (await pages(people.ana)).map(({ person }) => person.id)
    expect(ids).toEqual(
      Object.values(people)
        .map(({ userId }) => userId)
        .sort(),
    )
  })

  test('a member is told with role and group, and to those who may know, who it is', async () => {
    const email = `${people.ana.userId}@example.test`
    await database.db
      .insertInto('totp')
      .values({ userId: people.ana.userId, secret: Buffer.from('x'), confirmedAt: new Date() })
      .execute()
    const group = { id: people.ana.groupId, name: 'Neighbours', sector: 'civil_society' }
    const shown = {
      person: { id: people.ana.userId, name: 'ana', group },
      role: 'drafter',
      guest: false,
      suspendedAt: null,
      joinedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/),
      known: null,
    }
    const found = async (who: Someone) => (await ask(who, 'GET /members?role=drafter')).body
    expect(await found(people.ben)).toEqual({ items: [shown], nextCursor: null })
    const known = { name: 'ana', email, group, display: 'name', secondFactor: true }
    for (const who of [people.cora, people.fina]) {
      expect(await found(who)).toEqual({ items: [{ ...shown, known }], nextCursor: null })
    }
  })

  test('[PE5] a hidden name neither shows nor orders, and a hidden group does not filter, but for those who may know', async () => {
    await rename()
    await nameless(people.fina, 'group')
    await nameless(people.mona, 'anonymous')
    const seen = await pages(people.ben)
    expect(seen.map(({ person }) => person.name)).toEqual(['', '', 'Álvaro', 'Beatriz', 'Ñeco'])
    expect(seen.slice(0, 2).map(({ person }) => person.id)).toEqual([people.fina.userId, people.mona.userId].sort())
    expect(seen.every(({ known }) => known === null)).toBe(true)
    const ofGroup = `&groupId=${people.mona.groupId}`
    expect((await pages(people.ben, ofGroup)).map(({ person }) => person.id)).not.toContain(people.mona.userId)
    expect(await pages(people.ben, ofGroup)).toHaveLength(4)

    const known = await pages(people.cora, ofGroup)
    expect(known.map((item) => item.known?.name)).toEqual(names)
    expect(known.map(({ person }) => person.name)).toEqual(['Álvaro', '', 'Beatriz', 'Ñeco', ''])
  })

  test('the longest names, of signs of four bytes each, lead from page to page like any other', async () => {
    for (const who of Object.values(people)) {
      await database.db
        .updateTable('userAccount')
        .set({ name: '𠮷'.repeat(80) })
        .where('id', '=', who.userId)
        .execute()
    }
    const found = (await pages(people.ana)).map(({ person }) => person.id)
    expect(found.toSorted()).toEqual(
      Object.values(people)
        .map(({ userId }) => userId)
        .toSorted(),
    )
  })

  test('[PE12] that somebody who is not shown is a guest is told to those who may know alone', async () => {
    await database.db.updateTable('userAccount').set({ kind: 'guest' }).where('id', '=', people.ben.userId).execute()
    const guestTo = async (who: Someone) => {
      const { items } = (await ask(who, 'GET /members')).body
      return items.find(({ person }: { person: { id: string } }) => person.id === people.ben.userId).guest
    }
    expect([await guestTo(people.cora), await guestTo(people.ana)]).toEqual([true, true])
    await database.db
      .insertInto('displayChoice')
      .values({ planId, userId: people.ben.userId, display: 'anonymous' })
      .execute()
    expect([await guestTo(people.cora), await guestTo(people.ana)]).toEqual([true, false])
  })

  test('[PE5] who is suspended is listed for those who may know alone', async () => {
    await change(people.cora, people.ben, { suspended: true })
    await suspendAccount(people.mona)
    expect((await pages(people.ana)).map(({ person }) => person.name).sort()).toEqual(['ana', 'cora', 'fina'])
    const { items } = (await ask(people.cora, 'GET /members')).body
    const suspended = items.filter(({ suspendedAt }: { suspendedAt: string | null }) => suspendedAt !== null)
    expect(suspended.map(({ person }: { person: { name: string } }) => person.name)).toEqual(['ben', 'mona'])
  })

  test('[PE3] filters of another plan find nothing; what is no cursor is refused', async () => {
    expect((await ask(people.cora, `GET /members?groupId=${await otherGroup()}`)).body.items).toEqual([])
    for (const cursor of ['x', Buffer.from('["a"]').toString('base64url'), Buffer.from('7').toString('base64url')]) {
      expect(await ask(people.cora, `GET /members?cursor=${cursor}`)).toEqual(invalid('/cursor'))
    }
  })
})

describe('changing a member', () => {
  test('[PE11] each change is stored and told with who made it, and what stays the same is not', async () => {
    const { cora, ana } = people
    const groupId = await add('Elders')
    const { body } = await change(cora, ana, { role: 'reviewer', groupId })
    expect(body).toMatchObject({ role: 'reviewer', known: { name: 'ana', group: { id: groupId, name: 'Elders' } } })
    expect((await change(cora, ana, { role: 'reviewer', groupId, suspended: false })).status).toBe(200)
    const suspended = (await change(cora, ana, { suspended: true })).body.suspendedAt
    expect(suspended).toEqual(expect.any(String))
    expect((await change(cora, ana, { groupId: null, suspended: true })).body.suspendedAt).toBe(suspended)
    expect((await change(cora, ana, { suspended: false })).body.suspendedAt).toBeNull()
    expect((await ask(cora, `DELETE /members/${ana.userId}`)).status).toBe(204)
    expect((await ask(people.ben, 'DELETE /members/me')).status).toBe(204)

    expect(await events()).toEqual([
      event('role_changed', ana, cora, { role: 'reviewer', wasRole: 'drafter' }),
      event('group_changed', ana, cora, { groupId, wasGroupId: ana.groupId }),
      event('suspended', ana, cora),
      event('group_changed', ana, cora, { wasGroupId: groupId }),
      event('resumed', ana, cora),
      event('removed', ana, cora, { wasRole: 'reviewer' }),
      event('left', people.ben, people.ben, { wasRole: 'reviewer', wasGroupId: people.ben.groupId }),
    ])
  })

  test('[PE3] a group of another plan is as wrong as one that does not exist', async () => {
    expect(await change(people.cora, people.ana, { groupId: await otherGroup() })).toEqual(invalid('/groupId'))
    expect(await change(people.cora, people.ana, { groupId: newId() })).toEqual(invalid('/groupId'))
    expect(await events()).toEqual([])
  })

  test('[PE7] the last coordinator is neither demoted, suspended nor let go, and nothing is stored', async () => {
    const { cora, ana } = people
    const refused = { status: 409, body: expect.objectContaining({ code: 'last_coordinator' }) }
    expect(await change(cora, cora, { role: 'drafter' })).toEqual(refused)
    expect(await change(cora, cora, { suspended: true })).toEqual(refused)
    expect(await ask(cora, 'DELETE /members/me')).toEqual(refused)
    expect(await ask(cora, `DELETE /members/${cora.userId}`)).toEqual(refused)
    expect(await events()).toEqual([])

    await change(cora, ana, { role: 'coordinator' })
    for (const suspend of [() => change(cora, ana, { suspended: true }), () => suspendAccount(ana)]) {
      await suspend()
      expect(await ask(cora, 'DELETE /members/me')).toEqual(refused)
      await change(cora, ana, { suspended: false })
    }
    await database.db.updateTable('userAccount').set({ suspendedAt: null }).where('id', '=', ana.userId).execute()
    expect((await ask(cora, 'DELETE /members/me')).status).toBe(204)
    expect((await ask(cora, 'GET /members')).status).toBe(404)
  })

  test('[PE6] [PE7] of two coordinators who demote each other at once one stays, however often they try', async () => {
    const { cora, fina } = people
    for (let round = 0; round < 10; round++) {
      await sql`update member set role = 'coordinator', suspended_at = null
        where plan_id = ${planId} and user_id in (${cora.userId}, ${fina.userId})`.execute(database.db)
      const by = { 0: { role: 'drafter' }, 1: { suspended: true } }[round % 2] as object
      const answers = await Promise.all([change(cora, fina, by), change(fina, cora, by)])
      const statuses = answers.map(({ status }) => status)
      expect(statuses).toContain(200)
      expect(statuses.every((status) => [200, 403, 404].includes(status))).toBe(true)
      expect(statuses.filter((status) => status === 200)).toHaveLength(1)
      const { rows } = await sql`select from member
        where plan_id = ${planId} and role = 'coordinator' and suspended_at is null`.execute(database.db)
      expect(rows).toHaveLength(1)
    }
  })

  test('[PE6] [PE7] of all coordinators who leave at once one is kept', async () => {
    for (const who of [people.fina, people.ana, people.ben]) await change(people.cora, who, { role: 'coordinator' })
    const four = [people.cora, people.fina, people.ana, people.ben]
    const answers = await Promise.all(four.map((who) => ask(who, 'DELETE /members/me')))
    expect(answers.map(({ status }) => status).sort()).toEqual([204, 204, 204, 409])
  })

  test('[PE8] a guest is given no other role, and may be suspended', async () => {
    const { ben } = people
    await database.db.updateTable('userAccount').set({ kind: 'guest' }).where('id', '=', ben.userId).execute()
    await database.db.updateTable('member').set({ role: 'participant' }).where('userId', '=', ben.userId).execute()
    expect(await change(people.cora, ben, { role: 'coordinator' })).toEqual(invalid('/role'))
    expect(await change(people.cora, ben, { role: 'drafter' })).toEqual(invalid('/role'))
    expect((await change(people.cora, ben, { suspended: true })).body).toMatchObject({ guest: true })
  })

  test('[PE9] [T23] rights go with the change, in rooms that are open too', async () => {
    const { cora, ana } = people
    const documentId = await plantDocument(database.db, planId, cora, 'Cuentas')
    const access = createAccessReader(database.db)
    let looks = 0
    const watched = createTestApp(database, {
      rooms: { ...world.rooms, recheck: () => void looks++ } as typeof world.rooms,
    })
    const as = await watched.cookieOf(cora)
    const path = `/api/plans/${planId}/members/${ana.userId}`
    await watched.ask(`PATCH ${path}`, { as, body: { role: 'reviewer' } })
    expect(await access.check({ ...ana, documentId })).toMatchObject({ kind: 'granted', canWrite: false })
    await watched.ask(`DELETE ${path}`, { as })
    expect(await access.check({ ...ana, documentId })).toEqual({ kind: 'refused', reason: 'not_found' })
    expect(looks).toBe(2)
  })

  test('an id that cannot exist is not found', async () => {
    expect((await ask(people.cora, 'PATCH /members/me', { role: 'drafter' })).status).toBe(404)
    expect((await ask(people.cora, 'DELETE /members/nonsense')).status).toBe(404)
  })
})

describe('the history', () => {
  test('[PE11] it is told newest first, page by page, with people as they are shown today', async () => {
    const { cora, ana, ben, mona } = people
    const groupId = await add('Elders')
    await change(cora, ana, { role: 'reviewer', groupId })
    await nameless(ben, 'anonymous')
    await change(cora, ben, { groupId })
    await ask(cora, `DELETE /members/${ben.userId}`)
    const first = (await ask(mona, 'GET /members/history?limit=3')).body
    const second = (await ask(mona, `GET /members/history?limit=3&cursor=${first.nextCursor}`)).body
    const neighbours = { id: ana.groupId, name: 'Neighbours', sector: 'civil_society' }
    const elders = { id: groupId, name: 'Elders', sector: 'community' }
    const line = (values: object) => ({
      at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/),
      actor: { id: cora.userId, name: 'cora', group: neighbours },
      role: null,
      wasRole: null,
      group: null,
      wasGroup: null,
      into: null,
      workshopId: null,
      ...values,
    })
    const nobody = { id: ben.userId, name: '', group: null }
    const shown = { id: ana.userId, name: 'ana', group: elders }
    expect(first.items).toEqual([
      line({ kind: 'removed', person: nobody, wasRole: 'reviewer' }),
      line({ kind: 'group_changed', person: nobody }),
      line({ kind: 'group_changed', person: shown, group: elders, wasGroup: neighbours }),
    ])
    expect(second).toEqual({
      items: [line({ kind: 'role_changed', person: shown, role: 'reviewer', wasRole: 'drafter' })],
      nextCursor: null,
    })
  })

  test('[PE11] what is written stays: the database refuses to change or remove it', async () => {
    await change(people.cora, people.ana, { role: 'reviewer' })
    const statements = [`update membership_event set kind = 'left'`, 'delete from membership_event']
    for (const statement of statements) await expect(sql.raw(statement).execute(database.db)).rejects.toThrow()
    expect(await events()).toHaveLength(1)
  })
})
