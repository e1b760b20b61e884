/** Enters the meetings of the demo through the services that a person's acts go through, so that the record tells of each. */
import type { MeetingFacts } from '@cabildo/protocol/http/meetings'
import type { Actor } from '../../auth/sessions.ts'
import { addMeeting, countMeeting, type MeetingDeps, moveMeeting } from '../../meetings/service.ts'
import { townDay } from '../../town-time.ts'
import { type DemoMeeting, demoMeetings, workshopMeeting } from './held.ts'

/** Where the meetings of the demo are entered, and by whom. */
export interface MeetingPlace {
  planId: string
  workshopId: string
  groupIds: ReadonlyMap<string, string>
  by: Actor
}

const day = 24 * 60 * 60 * 1000

/** Enters every meeting, with who came, as held; answers their ids in their order. The workshop's counts are taken from it. */
export async function playMeetings(deps: MeetingDeps, place: MeetingPlace, now: Date): Promise<string[]> {
  const { planId, by } = place
  const ids: string[] = []
  for (const [at, meeting] of demoMeetings.entries()) {
    const workshopId = at === workshopMeeting ? place.workshopId : null
    const key = `demo-meeting-${String(at + 1).padStart(8, '0')}`
    const { id } = await addMeeting(deps, by, planId, { ...factsOf(meeting, workshopId, now), key })
    const address = { planId, meetingId: id }
    const counted = await countMeeting(deps, by, address, { ...countsOf(meeting, place.groupIds), after: 1 })
    await moveMeeting(deps, by, address, { after: counted.revision, state: 'held' })
    ids.push(id)
  }
  return ids
}

function factsOf(meeting: DemoMeeting, workshopId: string | null, now: Date): MeetingFacts {
  const { title, place, daysAgo, starts, ends, mode = 'in_person', agenda, sent, results } = meeting
  const dayAgo = (days: number) => townDay(new Date(now.getTime() - days * day))
  const [name, daysBefore = 0, sentTo = null] = sent ?? []
  return {
    ...{ title, heldOn: dayAgo(daysAgo), starts, ends, mode, place: `${place} (demostración)`, link: null },
    ...{ isPublic: true, isFollowUp: false, results },
    agenda: [...agenda.map((item, at) => `${at + 1}. ${item}`), '', 'Datos inventados para la demostración.'].join(
      '\n',
    ),
    materials: name
      ? [{ title: name, link: null, attachment: null, sentOn: dayAgo(daysAgo + daysBefore), sentTo }]
      : [],
    // The demo's own workshop.
    workshopId: workshopId as MeetingFacts['workshopId'],
  }
}

function countsOf({ came, genders }: DemoMeeting, groupIds: ReadonlyMap<string, string>) {
  const groups = Object.entries(came).map(([key, [registered, attended]]) => ({
    ...{ groupId: key === 'none' ? null : (groupIds.get(key) ?? ''), registered, attended },
  }))
  const [woman = 0, man = 0, other = 0] = genders ?? []
  return { groups, byGender: { woman, man, other }, byAge: {} }
}
