import { consentText } from '@cabildo/protocol/consent'
import { Role } from '@cabildo/protocol/http/common'
import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { createMembershipModel, type MembershipModel, type ModelSession } from '@cabildo/testkit/membership-model'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createRandom, type Random } from '@cabildo/testkit/random'
import { type RoomSeat, takeSeat } from '@cabildo/testkit/room-seat'
import { createTestApp, type TestApp } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { may } from '../auth/rules.ts'
import { createSessions } from '../auth/sessions.ts'
import type { AccessReader } from '../rooms/ports.ts'
import { createAccessReader } from './access.ts'

const long = process.env.LONG === '1'
const rounds = long ? 30 : 3
const steps = 80

/** How often each thing is done: what brings people in more often than what puts them out, or soon nobody is left. */
const weights: Readonly<Record<string, number>> = {
  ...{ 'sit down': 10, 'sign in': 6, invite: 6, 'join a workshop': 8, 'open a workshop': 4, 'change a role': 6 },
  ...{ suspend: 6, remove: 2, leave: 2, erase: 1, 'sign out': 2, 'sign out everywhere': 1, recover: 2 },
  ...{ 'mute or remove': 6, merge: 3, 'close a workshop': 2 },
}
const bag = Object.entries(weights).flatMap(([what, times]) => Array<string>(times).fill(what))

let database: FreshDatabase
let world: TestApp
let access: AccessReader
beforeAll(async () => {
  database = await freshDatabase()
  world = createTestApp(database)
  access = createAccessReader(database.db)
})
afterAll(() => database.drop())

/** Plans without a coordinator who can act, as the database says. */
async function leaderless(): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select p.id from plan p where not exists (
      select from member m join user_account u on u.id = m.user_id
      where m.plan_id = p.id and m.role = 'coordinator' and m.suspended_at is null
        and u.suspended_at is null and u.erased_at is null and u.kind = 'account')`.execute(database.db)
  return rows.map(({ id }) => id)
}

/** A socket, what it was opened for, and whether it must be open still. */
interface Line {
  session: ModelSession
  documentId: string
  edits: boolean
  seat: RoomSeat
  due: boolean
}

/** A town with two plans, what the model knows of it, and everything that can be done there. */
async function plantTown(random: Random) {
  const model = createMembershipModel()
  const lines: Line[] = []
  const done = new Map<string, number>()
  const roles = {
    cora: 'coordinator',
    eva: 'coordinator',
    fede: 'facilitator',
    dora: 'drafter',
    rita: 'reviewer',
  } as const
  const commitments = new Map<string, string>()
  const names = new Map<string, string>()
  let address = 0

  async function begin(userId: string): Promise<void> {
    const { sessionId, cookie } = await createSessions(database.db, { secure: false }).begin(userId)
    model.sessions.push({ userId, sessionId, cookie: cookie.split(';', 1)[0] ?? '', alive: true, workshopId: null })
  }
  const groupOf = new Map<string, string>()
  for (let n = 0; n < 2; n++) {
    const { planId, people } = await plantPlan(database.db, roles)
    model.plans.set(planId, new Map())
    for (const { userId, role, name, groupId } of Object.values(people)) {
      model.plans.get(planId)?.set(userId, { role, suspended: false })
      names.set(userId, name)
      groupOf.set(planId, groupId)
      await begin(userId)
    }
    for (let number = 1; number <= 2; number++) {
      const documentId = await plantDocument(database.db, planId, people.cora, `Document ${number}`)
      const id = documentId.split('').reverse().join('')
      const commitment = { id, planId, documentId, number, createdBy: people.cora.userId }
      await database.db.insertInto('commitment').values(commitment).execute()
      model.documents.set(documentId, planId)
      commitments.set(documentId, id)
    }
  }
  /** One of them, and now and then something that is nowhere. */
  const mostly = (ids: readonly string[]) => (ids.length > 0 && random.chance(0.9) ? random.pick(ids) : 'A'.repeat(22))
  const somebody = (planId: string) => mostly([...(model.plans.get(planId)?.keys() ?? [])])
  const ask = async (key: string, session: ModelSession | undefined, body?: unknown) => {
    address = (address + 1) % 250
    const asking = { address: `198.51.100.${address}`, ...(session && { as: session.cookie }) }
    const response = await world.ask(key, { ...asking, ...(body !== undefined && { body }) })
    const text = await response.text()
    return { ok: response.ok, status: response.status, body: text ? JSON.parse(text) : undefined, response }
  }
  /** Does it, and holds against the model that only whoever may has done it. */
  const demand = (ok: boolean, allowed: boolean, what: string, effect: () => void) => {
    if (!ok) return
    expect(allowed, what).toBe(true)
    done.set(what, (done.get(what) ?? 0) + 1)
    effect()
  }

  const openWorkshop = (planId: string) =>
    [...model.workshops].filter(([, workshop]) => workshop.planId === planId && workshop.open).map(([id]) => id)
  const ways = new Map<string, string>()
  const acts: Record<string, (actor: ModelSession, planId: string) => Promise<void>> = {
    async 'change a role'(actor, planId) {
      const [target, role] = [somebody(planId), random.pick(Role.options)]
      const { ok } = await ask(`PATCH /api/plans/${planId}/members/${target}`, actor, { role })
      demand(ok, model.roleOf(actor, planId) === 'coordinator', 'change a role', () => {
        const member = model.plans.get(planId)?.get(target)
        if (member) member.role = role
      })
    },
    async suspend(actor, planId) {
      const [target, suspended] = [somebody(planId), random.chance(0.5)]
      const { ok } = await ask(`PATCH /api/plans/${planId}/members/${target}`, actor, { suspended })
      demand(ok, model.roleOf(actor, planId) === 'coordinator', 'suspend', () => {
        const member = model.plans.get(planId)?.get(target)
        if (member) member.suspended = suspended
      })
    },
    async remove(actor, planId) {
      const target = somebody(planId)
      const { ok } = await ask(`DELETE /api/plans/${planId}/members/${target}`, actor)
      const allowed = model.roleOf(actor, planId) === 'coordinator' || target === actor.userId
      demand(ok, allowed, 'remove', () => model.plans.get(planId)?.delete(target))
    },
    async leave(actor, planId) {
      const { ok } = await ask(`DELETE /api/plans/${planId}/members/me`, actor)
      demand(ok, model.roleOf(actor, planId) !== undefined, 'leave', () =>
        model.plans.get(planId)?.delete(actor.userId),
      )
    },
    async erase(actor) {
      const name = names.get(actor.userId) ?? ''
      const { ok } = await ask('POST /api/profile/erase', actor, { name, password: 'sin orden ni sentido' })
      demand(ok, actor.alive, 'erase', () => model.erase(actor.userId))
    },
    async 'sign out'(actor) {
      const { ok } = await ask('DELETE /api/session', actor)
      demand(ok, true, 'sign out', () => model.endSessions((session) => session === actor))
    },
    async 'sign out everywhere'(actor) {
      const { ok } = await ask('DELETE /api/sessions', actor)
      demand(ok, actor.alive, 'sign out everywhere', () =>
        model.endSessions((session) => session.userId === actor.userId),
      )
    },
    async 'sign in'() {
      const accounts = [...names.keys()].filter((userId) => !model.erased.has(userId) && !model.guests.has(userId))
      if (accounts.length > 0) await begin(random.pick(accounts))
    },
    async recover(actor, planId) {
      const target = somebody(planId)
      const { ok, body } = await ask(`POST /api/plans/${planId}/members/${target}/recovery`, actor, {})
      demand(ok, model.roleOf(actor, planId) === 'coordinator', 'make a recovery', () => undefined)
      if (!ok) return
      const token = body.url.split('#')[1].split('/').at(-1)
      const used = await ask('POST /api/links/use', undefined, { token, password: 'sin orden ni sentido' })
      demand(used.ok, true, 'recover', () => model.endSessions((session) => session.userId === target))
    },
    async invite(actor, planId) {
      const role = random.pick(Role.options)
      const people = [{ name: 'Somebody', role }]
      const made = await ask(`POST /api/plans/${planId}/invitations`, actor, { people })
      demand(made.ok, model.roleOf(actor, planId) === 'coordinator', 'invite', () => undefined)
      if (!made.ok) return
      const token = made.body.items[0].link.url.split('#')[1].split('/').at(-1)
      const user = random.pick(model.sessions)
      const used = await ask('POST /api/links/use', user, { token, asSelf: true, consent: consentText.version })
      demand(used.ok, user.alive && user.workshopId === null, 'join by invitation', () => {
        model.plans.get(planId)?.set(user.userId, { role, suspended: false })
        // A new session takes the place of the one that was shown.
        model.endSessions((session) => session === user)
      })
      if (used.ok) await adopt(used.response, user.userId, null)
    },
    async 'open a workshop'(actor, planId) {
      const documentIds = [...model.documents].filter(([id, plan]) => plan === planId && random.chance(0.7) && id)
      const ids = documentIds.map(([id]) => id)
      const opening = { title: 'T', place: 'P', heldOn: '2026-11-28', tables: ['Mesa 1'] }
      const commitmentIds = ids.map((id) => commitments.get(id))
      const { ok, body } = await ask(`POST /api/plans/${planId}/workshops`, actor, { ...opening, commitmentIds })
      const role = model.roleOf(actor, planId)
      demand(ok, role !== undefined && may(role, 'workshop.run'), 'open a workshop', () => {
        model.workshops.set(body.id, { planId, documentIds: ids, open: true, participants: new Map() })
        ways.set(body.id, body.wayIn.code)
      })
    },
    async 'join a workshop'(actor, planId) {
      const workshopId = mostly(openWorkshop(planId))
      const asAccount = random.chance(0.3) ? actor : undefined
      const body = {
        ...{ code: ways.get(workshopId) ?? 'ZZZZZZZZ', name: 'Chola', groupId: groupOf.get(planId) },
        consent: { version: consentText.version, way: 'screen' },
      }
      const joined = await ask('POST /api/workshops/join', asAccount, body)
      const userId = joined.body?.user?.id ?? ''
      demand(joined.ok, model.workshops.has(workshopId), 'join a workshop', () => {
        model.workshops.get(workshopId)?.participants.set(userId, { muted: false, removed: false, mergedInto: null })
        if (userId === asAccount?.userId) return
        // Whoever was signed in as a guest on that phone is not any more.
        model.endSessions((session) => session === asAccount)
        model.plans.get(planId)?.set(userId, { role: 'participant', suspended: false })
        model.guests.add(userId)
        names.set(userId, 'Chola')
      })
      if (joined.ok && userId !== asAccount?.userId) await adopt(joined.response, userId, workshopId)
    },
    async 'mute or remove'(actor, planId) {
      const [workshopId, userId] = participant(planId)
      const change = random.pick([{ muted: true }, { muted: false }, { removed: true }, { removed: false }])
      const path = `PATCH /api/plans/${planId}/workshops/${workshopId}/participants/${userId}`
      const { ok } = await ask(path, actor, change)
      const role = model.roleOf(actor, planId)
      demand(ok, role !== undefined && may(role, 'workshop.run'), 'mute or remove', () => {
        const part = model.workshops.get(workshopId)?.participants.get(userId)
        if (part) Object.assign(part, change)
        if ('removed' in change && change.removed)
          model.endSessions((session) => session.userId === userId && session.workshopId === workshopId)
      })
    },
    async merge(actor, planId) {
      const [workshopId, userId] = participant(planId)
      const into = mostly([...(model.workshops.get(workshopId)?.participants.keys() ?? [])])
      const path = `POST /api/plans/${planId}/workshops/${workshopId}/participants/${userId}/merge`
      const { ok } = await ask(path, actor, { into })
      const role = model.roleOf(actor, planId)
      demand(ok, role !== undefined && may(role, 'workshop.run'), 'merge', () => model.merge(workshopId, userId, into))
    },
    async 'close a workshop'(actor, planId) {
      const workshopId = mostly(openWorkshop(planId))
      const { ok } = await ask(`POST /api/plans/${planId}/workshops/${workshopId}/close`, actor, {})
      const role = model.roleOf(actor, planId)
      demand(ok, role !== undefined && may(role, 'workshop.run'), 'close a workshop', () => {
        const workshop = model.workshops.get(workshopId)
        if (workshop) workshop.open = false
        model.endSessions((session) => session.workshopId === workshopId)
      })
    },
    async 'sit down'(actor) {
      const [documentId, edits] = [random.pick([...model.documents.keys()]), random.chance(0.6)]
      const seat = await takeSeat(world.rooms, access, actor, documentId, { edits }).catch(() => undefined)
      const granted = model.accessOf(actor, documentId)
      expect(seat !== undefined, 'sit down').toBe(granted === 'reads' || granted === 'writes')
      if (seat) done.set('sit down', (done.get('sit down') ?? 0) + 1)
      if (seat) lines.push({ session: actor, documentId, edits: edits && granted === 'writes', seat, due: true })
    },
  }
  function participant(planId: string): [workshopId: string, userId: string] {
    const ids = [...model.workshops].filter(([, { planId: its }]) => its === planId).map(([id]) => id)
    const open = openWorkshop(planId)
    const workshopId = mostly(open.length > 0 && random.chance(0.8) ? open : ids)
    return [workshopId, mostly([...(model.workshops.get(workshopId)?.participants.keys() ?? [])])]
  }
  /** A session that the program began by itself. */
  async function adopt(response: Response, userId: string, workshopId: string | null): Promise<void> {
    const cookie = response.headers.getSetCookie().find((each) => each.startsWith('sid='))
    const { id: sessionId } = await database.db
      .selectFrom('session')
      .where('userId', '=', userId)
      .select('id')
      .orderBy('createdAt', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow()
    model.sessions.push({ userId, sessionId, cookie: cookie?.split(';', 1)[0] ?? '', alive: true, workshopId })
  }
  return { model, lines, acts, done }
}

/** Holds the program against the model: what every session may do in every document, and which sockets are open. */
async function compare(model: MembershipModel, lines: readonly Line[]): Promise<void> {
  expect(await leaderless()).toEqual([])
  for (const planId of model.plans.keys()) expect(model.coordinatorsOf(planId)).not.toEqual([])

  const documents = [...model.documents.keys()]
  const asked = model.sessions.flatMap((session) => documents.map((documentId) => ({ session, documentId })))
  const answers = await access.checkMany(
    asked.map(({ session: { userId, sessionId }, documentId }) => ({ userId, sessionId, documentId })),
  )
  const told = answers.map((answer) =>
    answer.kind === 'refused' ? answer.reason : answer.canWrite ? 'writes' : 'reads',
  )
  expect(told).toEqual(asked.map(({ session, documentId }) => model.accessOf(session, documentId)))

  for (const line of lines) {
    const now = model.accessOf(line.session, line.documentId)
    line.due &&= now === 'writes' || (now === 'reads' && !line.edits)
  }
  // Two seconds is what is promised (T23).
  await vi.waitFor(
    () => expect(lines.map(({ seat }) => seat.dismissal === undefined)).toEqual(lines.map(({ due }) => due)),
    { timeout: 2000, interval: 5 },
  )
}

test(
  '[T5] [T23] [PR8] whatever people do to each other’s parts: a plan keeps a coordinator, no socket has more rights than its session',
  async () => {
    const random = createRandom()
    const all = new Map<string, number>()
    for (let round = 0; round < rounds; round++) {
      const { model, lines, acts, done } = await plantTown(random)
      for (const planId of model.plans.keys()) {
        const host = model.sessions.find((session) => model.roleOf(session, planId) === 'facilitator')
        for (const what of ['open a workshop', 'join a workshop', 'join a workshop', 'join a workshop']) {
          if (host) await acts[what]?.(host, planId)
        }
      }
      for (let step = 0; step < steps; step++) {
        const planId = random.pick([...model.plans.keys()])
        // Mostly people who can still act, and half of the time those who run the plan: or else most steps are refusals.
        const live = model.sessions.filter((session) => model.roleOf(session, planId) !== undefined)
        const hosts = live.filter((session) => may(model.roleOf(session, planId) ?? 'participant', 'workshop.run'))
        const actor = random.pick(random.pick([hosts, hosts, live, model.sessions].filter(({ length }) => length > 0)))
        await acts[random.pick(bag)]?.(actor, planId)
        await compare(model, lines)
      }
      for (const { seat } of lines) seat.leave()
      for (const [what, times] of done) all.set(what, (all.get(what) ?? 0) + times)
    }
    // A walk on which nothing could be done would show nothing.
    const times = [...all.values()].reduce((sum, each) => sum + each, 0)
    expect(times).toBeGreaterThan((rounds * steps) / 5)
    expect(all.size).toBeGreaterThan(long ? 14 : 8)
  },
  long ? 900_000 : 120_000,
)

test('[PR8] coordinators who act on each other all at once leave one of them', async () => {
  const random = createRandom()
  for (let round = 0; round < (long ? 60 : 12); round++) {
    const { planId, people } = await plantPlan(database.db, { a: 'coordinator', b: 'coordinator', c: 'coordinator' })
    const all = Object.values(people)
    const acts = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const [actor, target] = [random.pick(all), random.pick(all)]
        const as = await world.cookieOf(actor)
        const member = `/api/plans/${planId}/members/${target.userId}`
        return random.pick([
          () => world.ask(`PATCH ${member}`, { as, body: { role: 'drafter' } }),
          () => world.ask(`PATCH ${member}`, { as, body: { suspended: true } }),
          () => world.ask(`DELETE ${member}`, { as }),
          () => world.ask(`DELETE /api/plans/${planId}/members/me`, { as }),
          () => world.ask('POST /api/profile/erase', { as, body: { name: actor.name } }),
        ])
      }),
    )
    const answers = await Promise.all(acts.map((act) => act()))
    expect(answers.map(({ status }) => status).filter((status) => status >= 500)).toEqual([])
    expect(await leaderless()).toEqual([])
  }
})
