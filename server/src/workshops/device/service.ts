/**
 * Coming into a workshop with a phone, and passing the phone.
 * 1. Whoever shows a way in sees what it leads to, and who joined from this phone before.
 * 2. Joining makes a person and begins their session, bounded by the workshop; an account that is a member comes in as itself.
 * 3. On one phone one person is active: whoever takes it over gets a new session, and the one before ends with its sockets.
 */
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Display } from '@cabildo/protocol/http/common'
import type { AgeBand, Gender } from '@cabildo/protocol/http/workshops'
import type { Kysely, Transaction } from 'kysely'
import type { Guesses } from '../../auth/guesses.ts'
import { type Actor, createSessions } from '../../auth/sessions.ts'
import { holdPerson } from '../../db/holding.ts'
import { newId } from '../../db/ids.ts'
import type { Database } from '../../db/types.ts'
import { logMembership } from '../../people/membership-log.ts'
import { groupsOf, partIn } from '../../people/service.ts'
import { recordConsent } from '../../privacy/consent.ts'
import type { Rooms } from '../../rooms/ports.ts'
import { createTurns } from '../../turns.ts'
import { mostOnDevice } from '../rules.ts'
import { findCommitments, findTables } from '../store.ts'
import type { WayInHash, WaysIn } from '../ways-in.ts'
import type { DeviceBounds } from './bounds.ts'
import { hashOfSecret, newDeviceSecret } from './cookie.ts'
import {
  addToDevice,
  countPeople,
  type DeviceRow,
  endDeviceSessions,
  findByWayIn,
  findDevicePeople,
  findSeats,
  hasRemoved,
  insertDevice,
  insertGuest,
  insertParticipant,
  lockByWayIn,
  lockOpen,
  type OpenWorkshop,
  touchDevice,
  wasOnDevice,
  wasRemoved,
} from './store.ts'
import { type DeviceView, deviceBy, numbersIn, personOf, viewOf } from './view.ts'

/** What phones in workshops need. */
export interface DeviceDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'recheck'>
  ways: WaysIn
  guesses: Guesses
  bounds: DeviceBounds
  /** People come over HTTPS: cookies are marked so. */
  secure: boolean
}

/** What a request says of where it comes from. */
export interface Caller {
  actor: Actor | undefined
  network: string
  /** The secrets of the cookies it showed. */
  device: string | undefined
  session: string | undefined
}

/** A token or a code. */
export interface ShownWayIn {
  token?: string | undefined
  code?: string | undefined
}

/** Somebody who comes in. */
export interface Newcomer extends ShownWayIn {
  name: string
  groupId: string
  tableId?: string | undefined
  gender?: Gender | undefined
  ageBand?: AgeBand | undefined
  display: Display
  consent: { version: string; way: 'screen' | 'paper' | 'spoken' }
}

/** Those who join one workshop wait here for each other, not with a connection of the database in their hands. */
const inTurn = createTurns()

/** Who is active on a device from now on, and the cookies that say so: what is undefined stays as it is. */
export interface Seated {
  user: { id: string; name: string }
  device: DeviceView
  sessionCookie: string | undefined
  deviceSecret: string | undefined
}

/** What a way in leads to. Joins nobody. */
export async function look(deps: DeviceDeps, { network, device: secret }: Caller, shown: ShownWayIn) {
  const { db, guesses } = deps
  const { id, planId, ...workshop } = await guesses.look(network, hashOf(deps, shown), (hash) => findByWayIn(db, hash))
  const device = await deviceBy(db, secret)
  const [tables, groups, commitments, here] = await Promise.all([
    findTables(db, id),
    groupsOf(db, planId),
    findCommitments(db, id),
    device ? findDevicePeople(db, { deviceId: device.id, workshopId: id }) : [],
  ])
  return { workshop: { ...workshop, id, tables, groups, commitments }, here: here.map(personOf) }
}

/**
 * Joins a workshop. A guest becomes a person of the plan and the active one on this device. An account that is a member
 * of the plan takes part as itself and keeps its session; any other account is asked to sign out first (`conflict`), since
 * a guest's session would take its place.
 */
export async function join(deps: DeviceDeps, caller: Caller, newcomer: Newcomer): Promise<Seated> {
  const { db, guesses, bounds, rooms } = deps
  const hash = hashOf(deps, newcomer)
  const { id } = await guesses.look(caller.network, hash, (known) => findByWayIn(db, known))
  const known = await deviceBy(db, caller.device)
  if (known) await bounds.join(known.id)
  const seated = await inTurn(id, () =>
    db.transaction().execute(async (trx) => {
      const { actor } = caller
      const account = actor?.workshopId === null ? actor : undefined
      if (account && !(await holdPerson(trx, account.userId))) throw new AppError('signed_out')
      const workshop = hash && (await lockByWayIn(trx, hash))
      if (!workshop) throw new AppError('link_gone')
      return account
        ? joinAsAccount(trx, workshop, account, newcomer)
        : joinAsGuest(trx, deps, workshop, caller, newcomer)
    }),
  )
  // An account may write now where it could not, and whoever was active on this phone is not any more. A phone that
  // comes for the first time changes nobody's rights: a village that joins at once is not looked at sixty times.
  if (caller.session !== undefined || caller.device !== undefined) rooms.recheck()
  return seated
}

/** The workshop a device is in, and the people who share it. */
export async function readDevice({ db }: Pick<DeviceDeps, 'db'>, { actor, device }: Caller): Promise<DeviceView> {
  const row = await deviceBy(db, device)
  return row ? viewOf(db, row, actor?.userId) : { workshop: null, people: [] }
}

/**
 * Passes the phone: somebody who joined from it is the active one from now on, under a new session (T2). Every other
 * session on it ends, and so do its sockets.
 */
export async function pass(deps: DeviceDeps, { actor, device: secret }: Caller, userId: string): Promise<Seated> {
  if (actor && actor.workshopId === null) {
    throw new AppError('conflict', { detail: 'An account is signed in here: sign out to pass the phone to a guest.' })
  }
  const { db, bounds, rooms, secure } = deps
  const known = await deviceBy(db, secret)
  if (known) await bounds.pass(known.id)
  const seated = await db.transaction().execute(async (trx) => {
    const device = await deviceBy(trx, secret)
    if (!device) throw new AppError('not_found')
    // Looked at first, so that nobody can hold people who are not on their phone.
    if (await wasOnDevice(trx, device.id, userId)) await holdPerson(trx, userId)
    const workshop = device.workshop && (await lockOpen(trx, device.workshop.id))
    if (!workshop) {
      throw new AppError((await wasOnDevice(trx, device.id, userId)) ? 'link_gone' : 'not_found')
    }
    await touchDevice(trx, device.id)
    const people = await findDevicePeople(trx, { deviceId: device.id, workshopId: workshop.id })
    const person = people.find(({ id }) => id === userId)
    if (!person) throw new AppError('not_found')
    await endDeviceSessions(trx, device.id)
    const { cookie } = await createSessions(trx, { secure }).begin(userId, { workshop, deviceId: device.id })
    return {
      user: { id: userId, name: person.name },
      device: await viewOf(trx, device, userId),
      sessionCookie: cookie,
      deviceSecret: secret,
    }
  })
  rooms.recheck()
  return seated
}

const signOutFirst = 'An account without a part in this plan is signed in here: sign out to come in as a guest.'

async function joinAsGuest(
  trx: Transaction<Database>,
  { secure }: DeviceDeps,
  workshop: OpenWorkshop,
  { device: shownDevice, session: shownSession }: Caller,
  newcomer: Newcomer,
): Promise<Seated> {
  const { name, groupId, tableId = null, gender = null, ageBand = null, display } = newcomer
  const { id: workshopId, planId, endsAt } = workshop
  const seats = await findSeats(trx, { planId, workshopId, groupId, tableId })
  if (!seats.group) throw refuseField('/groupId', 'The plan has no such group.')
  if (!seats.table) throw refuseField('/tableId', 'The workshop has no such table.')
  await makeRoom(trx, workshop)
  const { device, secret, known } = await deviceIn(trx, shownDevice, workshopId)

  const userId = newId()
  await insertGuest(trx, { userId, name, planId, groupId, display })
  await insertParticipant(trx, { workshopId, userId, tableId, gender, ageBand })
  await giveConsent(trx, workshop, userId, newcomer)
  await logMembership(trx, {
    planId,
    userId,
    kind: 'joined',
    actorId: userId,
    role: 'participant',
    groupId,
    workshopId,
  })
  await addToDevice(trx, { deviceId: device.id, workshopId, userId })

  const sessions = createSessions(trx, { secure })
  if (known) await endDeviceSessions(trx, device.id)
  if (shownSession !== undefined) await sessions.end(shownSession)
  const { cookie } = await sessions.begin(userId, { workshop: { id: workshopId, endsAt }, deviceId: device.id })
  const { title, planSlug } = workshop
  const here: DeviceRow = { id: device.id, workshop: { id: workshopId, planId, title, planSlug, endsAt } }
  return {
    user: { id: userId, name },
    device: await viewOf(trx, here, userId),
    sessionCookie: cookie,
    deviceSecret: secret,
  }
}

/** Who has an account and a part in the plan is nobody new: they take part as themselves, in their role and group. */
async function joinAsAccount(
  trx: Transaction<Database>,
  workshop: OpenWorkshop,
  { userId, name }: Actor,
  newcomer: Newcomer,
): Promise<Seated> {
  const { id: workshopId, planId, title, planSlug } = workshop
  const { tableId = null, gender = null, ageBand = null } = newcomer
  const part = await partIn(trx, userId, planId)
  if (!part) throw new AppError('conflict', { detail: signOutFirst })
  const seats = await findSeats(trx, { planId, workshopId, groupId: newcomer.groupId, tableId })
  if (!seats.table) throw refuseField('/tableId', 'The workshop has no such table.')
  if (await wasRemoved(trx, workshopId, userId)) throw new AppError('taken_out')
  if (await insertParticipant(trx, { workshopId, userId, tableId, gender, ageBand })) {
    await makeRoom(trx, workshop, 1)
    await giveConsent(trx, workshop, userId, newcomer)
    const { role, groupId } = part
    await logMembership(trx, { planId, userId, kind: 'joined', actorId: userId, role, groupId, workshopId })
  }
  const commitments = await numbersIn(trx, workshopId)
  return {
    user: { id: userId, name },
    device: {
      workshop: { id: workshopId, title, planSlug, commitments },
      people: [{ person: { ...part.person, name }, active: true }],
    },
    sessionCookie: undefined,
    deviceSecret: undefined,
  }
}

/** Holds the bound on how many take part; `counted` of them are the newcomer already. */
async function makeRoom(trx: Transaction<Database>, { id, mostPeople }: OpenWorkshop, counted = 0): Promise<void> {
  if ((await countPeople(trx, id)) - counted >= mostPeople) throw new AppError('workshop_full')
}

function giveConsent(
  trx: Transaction<Database>,
  { id: workshopId, planId }: OpenWorkshop,
  userId: string,
  { consent }: Newcomer,
): Promise<void> {
  return recordConsent(trx, { userId, planId, workshopId, textVersion: consent.version, way: consent.way })
}

/**
 * The device somebody joins from: the one it showed, when people of this workshop are on it, else a new one. A cookie that
 * was planted before anybody joined is so worth nothing. One from which somebody was removed lets nobody new in (WS26):
 * nobody can tell whether it is the same one under another name.
 */
async function deviceIn(
  trx: Transaction<Database>,
  shown: string | undefined,
  workshopId: string,
): Promise<{ device: { id: string }; secret: string; known: boolean }> {
  const known = await deviceBy(trx, shown)
  if (shown !== undefined && known?.workshop?.id === workshopId) {
    const people = await findDevicePeople(trx, { deviceId: known.id, workshopId })
    if (await hasRemoved(trx, { deviceId: known.id, workshopId })) throw new AppError('taken_out')
    if (people.length >= mostOnDevice) {
      throw new AppError('conflict', { detail: `At most ${mostOnDevice} people share a device.` })
    }
    await touchDevice(trx, known.id)
    return { device: known, secret: shown, known: true }
  }
  const device = { id: newId() }
  const secret = newDeviceSecret()
  await insertDevice(trx, { id: device.id, secretHash: hashOfSecret(secret) })
  return { device, secret, known: false }
}

/** Exactly one of the two must be shown. */
function hashOf({ ways }: DeviceDeps, shown: ShownWayIn): WayInHash | undefined {
  if ((shown.token === undefined) === (shown.code === undefined)) {
    throw new AppError('invalid', { detail: 'Either a token or a code.' })
  }
  return ways.hashOf(shown)
}
