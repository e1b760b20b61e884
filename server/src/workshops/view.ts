import type { ParticipantItem, Workshop, WorkshopItem } from '@cabildo/protocol/http/workshops'
import type { Kysely } from 'kysely'
import type { z } from 'zod'
import type { Database } from '../db/types.ts'
import type { Rooms } from '../rooms/ports.ts'
import { findParticipants, type ParticipantRow } from './board/store.ts'
import { showCode } from './rules.ts'
import { findCommitments, findTables, type WorkshopRow } from './store.ts'
import type { WaysIn } from './ways-in.ts'

/** What running workshops needs. */
export interface RunDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'inside' | 'recheck'>
  ways: WaysIn
  config: { readonly baseUrl: string }
}

/** Where people who were given a code type it in. */
const joinPath = '/unirse'

/** A workshop as lists show it. */
export function itemOf(row: WorkshopRow): z.input<typeof WorkshopItem> {
  return {
    ...row,
    openedAt: row.openedAt.toISOString(),
    endsAt: row.endsAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  }
}

/** A workshop as those who run it see it. A closed one has no way in. */
export async function viewOf(
  { db, rooms, ways, config }: RunDeps,
  row: WorkshopRow,
): Promise<z.input<typeof Workshop>> {
  const [tables, commitments, participants] = await Promise.all([
    findTables(db, row.id),
    findCommitments(db, row.id),
    findParticipants(db, { planId: row.planId, workshopId: row.id }),
  ])
  const inside = insideOf(rooms, commitments)
  const way = ways.of(row.id, row.linkVersion)
  const address = `${config.baseUrl}${joinPath}`
  return {
    ...itemOf(row),
    tables,
    commitments,
    wayIn: row.closedAt
      ? null
      : { url: `${address}#${way.token}`, address: address.replace(/^https?:\/\//, ''), code: showCode(way.code) },
    participants: participants.map((participant) => participantOf(participant, inside)),
  }
}

/** Who has one of these documents open now. */
export function insideOf(
  rooms: Pick<Rooms, 'inside'>,
  documents: readonly { documentId: string }[],
): ReadonlySet<string> {
  const rows = rooms.inside(documents.map(({ documentId }) => documentId))
  return new Set([...rows.values()].flat().map(({ userId }) => userId))
}

/** A participant as the board shows them. */
export function participantOf(row: ParticipantRow, inside: ReadonlySet<string>): z.input<typeof ParticipantItem> {
  const { userId, name, kind, groupId, groupName, sector, tableId, display, mergedInto, device } = row
  const group = groupId && groupName && sector ? { id: groupId, name: groupName, sector } : null
  return {
    userId,
    name,
    guest: kind === 'guest',
    // A check in the database holds the column to the sectors there are.
    group: group as z.input<typeof ParticipantItem>['group'],
    tableId,
    display,
    joinedAt: row.joinedAt.toISOString(),
    inside: inside.has(userId),
    mutedAt: row.mutedAt?.toISOString() ?? null,
    removedAt: row.removedAt?.toISOString() ?? null,
    mergedInto,
    device,
  }
}
