import { fold } from '@cabildo/protocol/fold'
import type { CommitmentItem } from '@cabildo/protocol/http/api'
import type { CommitmentState, Group } from '@cabildo/protocol/http/common'
import { sectorMarks } from '../../ui/sectors.ts'
import type { StatusTone } from '../../ui/status-chip.tsx'

/** How each state of a commitment looks; its words stand in the catalogue under `state`. */
export const stateTones: Readonly<Record<CommitmentState, StatusTone>> = {
  proposed: 'idle',
  drafting: 'active',
  review: 'waiting',
  consultation: 'waiting',
  response: 'active',
  final: 'waiting',
  endorsed: 'waiting',
  approved: 'done',
  submitted: 'done',
  implementing: 'active',
  completed: 'done',
  assessed: 'done',
  amending: 'problem',
  merged: 'idle',
  withdrawn: 'idle',
}

/** Longest title the server takes, in characters. */
export const longestTitle = 200

/** Says what is wrong with a title before it is sent: nothing written, or more than the server takes. */
export function titleFault(title: string): 'empty' | 'long' | undefined {
  const length = title.trim().length
  if (length === 0) return 'empty'
  return length > longestTitle ? 'long' : undefined
}

/** A word for an address from the name of a place: its first words in small letters without accents. */
export function slugOf(place: string): string {
  const [name = ''] = place.split(',')
  return fold(name)
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-+|-+$/g, '')
}

/** Finds a commitment by the number in the address; `undefined` when there is none, or the address holds no number. */
export function commitmentByNumber(commitments: readonly CommitmentItem[], number: string): CommitmentItem | undefined {
  return commitments.find((commitment) => String(commitment.number) === number)
}

/** Groups by sector in the order of the house, and by name inside each. */
export function inOrder(groups: readonly Group[], language: string): Group[] {
  const sectors = Object.keys(sectorMarks)
  return [...groups].sort(
    (one, other) =>
      sectors.indexOf(one.sector) - sectors.indexOf(other.sector) || one.name.localeCompare(other.name, language),
  )
}
