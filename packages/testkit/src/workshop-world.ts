import type { CommitmentItem } from '@cabildo/protocol/http/api'
import type { Workshop } from '@cabildo/protocol/http/workshops'
import { newId } from '../../../server/src/db/ids.ts'
import { type PlantedPlan, plantPlan } from './factories.ts'
import { createPhone, newcomer, type Phone, type Send } from './phone.ts'
import type { FreshDatabase } from './postgres.ts'

/** Who is in every plan of these tests. */
type Role = 'carla' | 'coco' | 'ana' | 'lector' | 'moni' | 'parti'

/** A plan with people and commitments, and workshops opened by its facilitator, all through the program itself. */
export interface WorkshopWorld extends PlantedPlan<Role> {
  groupId: string
  otherGroupId: string
  /** The cookie of a member's session. */
  as: Record<Role, string>
  commitments: CommitmentItem[]
  /** Opens a workshop on the first commitment unless told otherwise. */
  open(changes?: object): Promise<Workshop & { way: { token: string } }>
  /** A phone that joined as a new guest; answers their id too. */
  join(way: { token: string } | { code: string }, name: string, on?: Phone): Promise<{ phone: Phone; userId: string }>
}

/** Plants such a world. Requests go through `send`, to the app or to a server. */
export async function plantWorkshopWorld(
  { db }: FreshDatabase,
  send: Send,
  cookieOf: (someone: { userId: string }) => Promise<string>,
): Promise<WorkshopWorld> {
  const plan = await plantPlan(db, {
    carla: 'facilitator',
    coco: 'coordinator',
    ana: 'drafter',
    lector: 'reviewer',
    moni: 'monitor',
    parti: 'participant',
  })
  const { planId, people } = plan
  const otherGroupId = newId()
  await db
    .insertInto('stakeholderGroup')
    .values({ id: otherGroupId, planId, name: 'Producers', sector: 'private_sector' })
    .execute()
  const as: Partial<Record<Role, string>> = {}
  for (const name of Object.keys(people) as Role[]) as[name] = await cookieOf(people[name])
  const commitments: CommitmentItem[] = []
  for (const title of ['Clear accounts', 'Water', 'Roads']) {
    const added = await send(`POST /api/plans/${planId}/commitments`, { as: as.ana ?? '', body: { title } })
    commitments.push(await added.json())
  }
  return {
    ...plan,
    groupId: people.carla.groupId,
    otherGroupId,
    as: as as Record<Role, string>,
    commitments,
    async open(changes = {}) {
      const opening = {
        title: 'Workshop of Tortí',
        place: 'School of Tortí',
        heldOn: '2026-11-28',
        tables: ['Table 1', 'Table 2'],
        commitmentIds: [commitments[0]?.id],
        ...changes,
      }
      const opened = await send(`POST /api/plans/${planId}/workshops`, { as: as.carla ?? '', body: opening })
      if (opened.status !== 201) throw new Error(`opening was answered ${opened.status}: ${await opened.text()}`)
      const workshop: Workshop = await opened.json()
      return { ...workshop, way: { token: workshop.wayIn?.url.split('#')[1] ?? '' } }
    },
    async join(way, name, on = createPhone(send)) {
      const joined = await on.ask('POST /api/workshops/join', newcomer(way, name, people.carla.groupId))
      if (joined.status !== 201) throw new Error(`joining was answered ${joined.status}: ${await joined.text()}`)
      const { user } = await joined.json()
      return { phone: on, userId: user.id }
    },
  }
}
