import { consentText } from '@cabildo/protocol/consent'
import type { Role } from '@cabildo/protocol/http/common'
import type { Kysely, Transaction } from 'kysely'
import { stepPlan } from '../approvals/plan/moving.ts'
import type { Passwords } from '../auth/passwords.ts'
import type { Actor, Sessions } from '../auth/sessions.ts'
import { createKeeper } from '../authorship/keeper.ts'
import { addCommitment, type CommitmentDeps } from '../commitments/service.ts'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/types.ts'
import { createContentMemo } from '../documents/content-memo.ts'
import { beginMinutes } from '../meetings/minutes/service.ts'
import { countHeldMeetings } from '../meetings/service.ts'
import { logGroup } from '../people/group-log.ts'
import { logMembership } from '../people/membership-log.ts'
import { insertPlanText } from '../plans/making/service.ts'
import { publishText, readPublication } from '../plans/publication/service.ts'
import { createLeads } from '../plans/text/leads.ts'
import { describePlan } from '../plans/text/service.ts'
import { recordConsent } from '../privacy/consent.ts'
import { appendEntry } from '../record/service.ts'
import { createExaminer } from '../review/inputs/attachments/examining.ts'
import type { InsertDocument, RoomPerson } from '../rooms/ports.ts'
import type { RoomServer } from '../rooms/registry.ts'
import { saveVersion } from '../versions/service.ts'
import { playApproved } from './approved.ts'
import { sitDown } from './desk.ts'
import { groups } from './groups.ts'
import { workshopMeeting } from './meetings/held.ts'
import { demoMinutes } from './meetings/minutes.ts'
import { playMeetings } from './meetings/play.ts'
import { demoAddress, demoDays, demoPassword, demoPlan, otherPlan, people } from './people.ts'
import { playStory, type Stage } from './play.ts'
import { playRound, versionKey } from './round/play.ts'
import { insertGroups, insertMember, insertPlan, insertUser, isEmpty } from './store.ts'
import { answeredReports } from './stories/answered-reports.ts'
import { clearAccounts } from './stories/clear-accounts.ts'
import { festivalCommittee } from './stories/festival-committee.ts'
import { participatoryBudget } from './stories/participatory-budget.ts'
import { planText } from './stories/plan-text.ts'
import { plantSupport } from './support.ts'
import { demoWorkshop } from './workshop/past.ts'
import { plantWorkshop } from './workshop/plant.ts'

/** The commitments of the demo, in the order of their numbers. */
export const stories = [clearAccounts, participatoryBudget, answeredReports, festivalCommittee]

/** What seeding needs. */
export interface SeedDeps extends Omit<CommitmentDeps, 'rooms'> {
  db: Kysely<Database>
  rooms: RoomServer
  sessions: Sessions
  passwords: Passwords
  now: () => Date
}

/**
 * Seeds the demo into a database that has neither a person nor a plan, and answers whether it did; any other database
 * is left as it is. People and plans are stored at once. The commitments are then written by their authors through the
 * real rooms, all at the same time, under sessions that end with it; the meetings with their minutes, what people brought, said
 * and proposed, what they were answered, and who stands behind the plan, follow. One of them is taken all the way before that.
 */
export async function seedDemo(deps: SeedDeps): Promise<boolean> {
  const { db, rooms, sessions } = deps
  const hashes = (await isEmpty(db)) ? await hashPasswords(deps.passwords) : undefined
  const planted = hashes && (await db.transaction().execute((trx) => plantPeople(trx, deps.insertDocument, hashes)))
  if (!planted) return false

  const actors = new Map<string, Actor>()
  for (const { key, userId, name } of [...planted.cast.values(), planted.stranger]) {
    const { sessionId } = await sessions.begin(userId)
    actors.set(key, { userId, sessionId, name, workshopId: null, secondFactor: true })
  }
  const actorOf = (key: string): Actor => {
    const actor = actors.get(key)
    if (!actor) throw new Error(`nobody in the demo is called ${key}`)
    return actor
  }

  // It was announced, and what people bring was asked for: its commitments are being drafted.
  const moved = (step: Parameters<typeof stepPlan>[3]) => stepPlan(deps, actorOf('coordinacion'), demoPlan.slug, step)
  await moved({ act: 'announce', from: 'planning' })
  await moved({ act: 'gather', from: 'outreach' })
  await moved({ act: 'draft', from: 'gathering', reason: 'Los talleres terminaron antes de lo previsto.' })

  const scenes: { story: (typeof stories)[number]; documentId: string }[] = []
  for (const story of stories) {
    const { title, state, steps } = story
    const { documentId } = await addCommitment(deps, actorOf(steps[0].by), { plan: demoPlan.slug, title, state })
    scenes.push({ story, documentId })
  }
  const written = { story: planText, documentId: planted.documentId }
  const strange = { plan: otherPlan.slug, title: otherPlan.commitment }
  await addCommitment(deps, actorOf(otherPlan.person.key), strange)

  const versions = new Map<string, string>()
  const stageOf = (documentId: string): Stage => ({
    async sitDown(author) {
      const { userId, sessionId } = actorOf(author)
      const person = planted.cast.get(author)?.person
      if (!person) throw new Error(`${author} has no part in the demo's plan`)
      return sitDown(rooms, documentId, { userId, sessionId, person })
    },
    async keep(author, version) {
      const { id } = await saveVersion(deps, actorOf(author), { documentId, ...version })
      versions.set(versionKey(documentId, version.name), id)
    },
  })
  await Promise.all([...scenes, written].map(({ story, documentId }) => playStory(stageOf(documentId), story)))
  const approved = scenes.find(({ story }) => story === festivalCommittee)
  if (approved) await playApproved(deps, { documentId: approved.documentId, actorOf })
  const { planId, groupIds } = planted
  const { workshopId, ...workshop } = await plantWorkshop(
    db,
    {
      planId,
      openedBy: actorOf('facilitacion').userId,
      documentIds: demoWorkshop.commitments.flatMap((number) => scenes[number - 1]?.documentId ?? []),
      groupIds,
    },
    deps.now(),
  )
  const planTexts = { contentAt: createContentMemo(1), leadsOf: createLeads(deps.rooms) }
  await describePlan(
    { ...deps, ...planTexts, countMeetings: countHeldMeetings },
    actorOf('coordinacion'),
    demoPlan.slug,
    { ...demoDays, monitorContact: 'monitoreo@example.test (inventado)' },
  )
  await publishNewest(db, actorOf('coordinacion'))
  const meetingIds = await playMeetings(deps, { planId, workshopId, groupIds, by: actorOf('facilitacion') }, deps.now())
  await Promise.all(
    demoMinutes.map(async ({ meeting, story }) => {
      const address = { planId, meetingId: meetingIds[meeting] ?? '' }
      const { documentId } = await beginMinutes(deps, actorOf('facilitacion'), address)
      await playStory(stageOf(documentId), story)
    }),
  )
  const documentIds = scenes.map(({ documentId }) => documentId)
  const place = `${demoWorkshop.place} (demostración)`
  await playRound(
    { ...deps, keeper: createKeeper(db) },
    {
      planId,
      groupIds,
      ...workshop,
      meetingId: meetingIds[workshopMeeting] ?? '',
      place,
      documentIds,
      actorOf,
      versions,
    },
  )
  await plantSupport({ db, examiner: createExaminer() }, { plan: demoPlan.slug, actorOf, at: deps.now() })
  for (const { userId } of actors.values()) await sessions.endAllOf(userId)
  return true
}

/** Publishes the text of the demo's plan, so that the public pages show it. */
async function publishNewest(db: Kysely<Database>, by: Actor): Promise<void> {
  const { newest } = await readPublication(db, by, demoPlan.slug)
  if (!newest) throw new Error('the plan of the demo has no version')
  await publishText(db, by, demoPlan.slug, newest)
}

async function hashPasswords(passwords: Passwords): Promise<Map<string, string>> {
  const keys = [...people.map(({ key }) => key), otherPlan.person.key]
  return new Map(await Promise.all(keys.map(async (key) => [key, await passwords.hash(demoPassword)] as const)))
}

interface Cast {
  key: string
  userId: string
  name: string
  person: RoomPerson
}

interface Planted {
  planId: string
  /** Of the plan's own text. */
  documentId: string
  groupIds: ReadonlyMap<string, string>
  cast: Map<string, Cast>
  stranger: Omit<Cast, 'person'>
}

/** Stores people, groups and plans. Undefined, storing nothing, when somebody else was faster. */
async function plantPeople(
  trx: Transaction<Database>,
  insertDocument: InsertDocument,
  hashes: ReadonlyMap<string, string>,
): Promise<Planted | undefined> {
  if (!(await isEmpty(trx, { alone: true }))) return undefined
  const planId = newId()
  await plantPlan(trx, { id: planId, ...demoPlan })
  const groupIds = new Map(Object.keys(groups).map((key) => [key, newId()]))
  await plantGroups(
    trx,
    Object.entries(groups).map(([key, group]) => ({ ...group, id: groupIds.get(key) ?? newId(), planId })),
  )
  const plantPerson = async (key: string, name: string) => {
    const userId = newId()
    await insertUser(trx, { id: userId, email: demoAddress(key), name, passwordHash: hashes.get(key) ?? null })
    return userId
  }

  const cast = new Map<string, Cast>()
  for (const { key, name, role, group } of people) {
    const userId = await plantPerson(key, name)
    const groupId = groupIds.get(group) ?? null
    await join(trx, { planId, userId, groupId, role })
    const { name: groupName, sector } = groups[group]
    cast.set(key, { key, userId, name, person: { userId, name, groupId, groupName, sector } })
  }

  const coordinator = cast.get('coordinacion')
  if (!coordinator) throw new Error('nobody coordinates the demo')
  const documentId = await insertPlanText(trx, insertDocument, {
    ...{ planId, title: demoPlan.title },
    writer: { userId: coordinator.userId, sessionId: null, groupId: coordinator.person.groupId },
  })

  const { slug, title, place, group, person } = otherPlan
  const [otherId, groupId] = [newId(), newId()]
  await plantPlan(trx, { id: otherId, slug, title, place })
  await plantGroups(trx, [{ id: groupId, planId: otherId, ...group }])
  const userId = await plantPerson(person.key, person.name)
  await join(trx, { planId: otherId, userId, groupId, role: person.role })
  const writer = { userId, sessionId: null, groupId }
  await insertPlanText(trx, insertDocument, { planId: otherId, title, writer })
  return { planId, documentId, groupIds, cast, stranger: { key: person.key, userId, name: person.name } }
}

async function plantPlan(
  trx: Transaction<Database>,
  { id, ...plan }: { id: string; slug: string; title: string; place: string },
): Promise<void> {
  await insertPlan(trx, { id, ...plan, demo: true })
  await appendEntry(trx, id, { type: 'plan', userId: null, payload: { ...plan, demo: true } })
}

async function plantGroups(trx: Transaction<Database>, groups: Parameters<typeof insertGroups>[1]): Promise<void> {
  await insertGroups(trx, groups)
  for (const group of groups) await logGroup(trx, group.planId, null, group)
}

/** A part in a plan with what belongs to it: the event, and the consent somebody gives who comes in. */
async function join(
  trx: Transaction<Database>,
  member: { planId: string; userId: string; groupId: string | null; role: Role },
): Promise<void> {
  const { planId, userId } = member
  await insertMember(trx, member)
  await logMembership(trx, { ...member, kind: 'joined', actorId: null })
  await recordConsent(trx, { planId, userId, textVersion: consentText.version, way: 'screen' })
}
