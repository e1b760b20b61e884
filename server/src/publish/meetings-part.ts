/** The meetings of a plan as the public is told: those that were held and open to everybody, and workshops. */
import type { MeetingState } from '@cabildo/protocol/http/meetings'
import type { Kysely } from 'kysely'
import type { Database } from '../db/types.ts'
import { readShownFiles, type ShownFile } from '../meetings/files/service.ts'
import { listPublicMinutes } from '../meetings/minutes/service.ts'
import { readMeetings } from '../meetings/service.ts'
import { enough } from './public-text.ts'
import type { PublicFile, PublicMeeting } from './reading.ts'
import { findWorkshops } from './store.ts'

/** Where anybody reads a file beside a meeting that its people showed. */
const meetingFilePath = (slug: string, meeting: number, file: number): string =>
  `/p/${slug}/meetings/${meeting}/files/${file}`

/** Reads the meetings that are public, oldest first. A workshop that was a meeting is told of once, as the meeting. */
export async function readPublicMeetings(
  db: Kysely<Database>,
  { id, slug }: { id: string; slug: string },
): Promise<PublicMeeting[]> {
  const [meetings, workshops, files, minutes] = await Promise.all([
    readMeetings(db, id),
    findWorkshops(db, id),
    readShownFiles(db, id),
    listPublicMinutes(db, [id]),
  ])
  const withMinutes = new Set<string>(minutes.map(({ meetingId }) => meetingId))
  const apart = workshopsOf(meetings)
  const shown = meetings
    .filter(({ state, isPublic }) => state === 'held' && isPublic)
    .map((meeting) => {
      const { id, number, title, heldOn, starts, ends, mode, place, agenda, results, materials, attendance } = meeting
      const own = files.filter(({ meeting }) => meeting === number)
      const counts = attendance.byGroup.filter(({ attended }) => attended > 0)
      const { attended, told } = tellCounts(counts.map(({ attended }) => attended))
      const groups = counts.flatMap(({ group }, at) =>
        group ? [{ name: group.name, sector: group.sector, attended: told[at] ?? null }] : [],
      )
      return {
        ...{ id, number, title, heldOn, starts, ends, mode, place: place ?? '', agenda, results },
        kind: 'meeting' as const,
        isFollowUp: meeting.isFollowUp,
        materials: materials.map(({ title, link, attachment, sentOn, sentTo }) => ({
          ...{ title, link, sentOn, sentTo },
          href: own.some((file) => file.number === attachment) ? meetingFilePath(slug, number, attachment ?? 0) : null,
        })),
        attended,
        // Largest first; those without a number by name, since their order would tell which is the larger.
        groups: [
          ...groups.filter((group) => group.attended !== null),
          ...groups.filter((group) => group.attended === null).sort((a, b) => a.name.localeCompare(b.name, 'es')),
        ],
        minutes: withMinutes.has(id) ? `/p/${slug}/minutes/${number}` : null,
        files: own.map((file) => fileOf(slug, file)),
      }
    })
  const others = workshops
    .filter((workshop) => !apart.has(workshop.id))
    .map(({ id, title, heldOn, place, people }) => ({
      ...{ id, number: null, title, heldOn, starts: null, ends: null, place, agenda: '', results: '' },
      ...{
        kind: 'workshop' as const,
        isFollowUp: false,
        mode: 'in_person' as const,
        materials: [],
        attended: enough(people),
      },
      ...{ groups: [], minutes: null, files: [] },
    }))
  return [...shown, ...others].sort((a, b) => (a.heldOn < b.heldOn ? -1 : a.heldOn > b.heldOn ? 1 : 0))
}

function fileOf(slug: string, { meeting, number, caption, mediaType, size, sha256, entry }: ShownFile): PublicFile {
  return { name: caption, mediaType, size, sha256, href: meetingFilePath(slug, meeting, number), entry, letter: null }
}

/**
 * The workshops that are not told of by themselves: those of meetings that were held, which tell of them, and those of meetings
 * that are not open to everybody, of which nothing is told.
 */
export function workshopsOf(
  meetings: readonly { state: MeetingState; isPublic: boolean; workshop: { id: string } | null }[],
): Set<string> {
  const apart = meetings.filter(({ state, isPublic }) => state === 'held' || !isPublic)
  return new Set(apart.flatMap(({ workshop }) => workshop?.id ?? []))
}

/**
 * How many of each group came, each one at least, and how many in all, as it is told. No number below three; nor the smallest
 * of the others, where the sum would give single people away: one number alone is left out, or all of those left out are one.
 * Where there is no other, the sum is not told.
 */
export function tellCounts(counts: readonly number[]): { attended: number | null; told: (number | null)[] } {
  const told = counts.map(enough)
  const attended = enough(counts.reduce((sum, count) => sum + count, 0))
  const few = counts.filter((count) => enough(count) === null)
  if (few.length === 0 || (few.length > 1 && few.some((count) => count > 1))) return { attended, told }
  const others = told.flatMap((count) => count ?? [])
  if (others.length === 0) return { attended: null, told }
  const at = told.indexOf(Math.min(...others))
  return { attended, told: told.map((count, place) => (place === at ? null : count)) }
}
