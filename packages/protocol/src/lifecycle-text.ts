import type { CommitmentState } from './http/common.ts'

/**
 * Whether the text of a commitment takes edits in a state. A frozen one is still commented, and changes are proposed.
 * An open request for approval freezes it whatever its state. Apart from the lives themselves, so that a page that asks for
 * this alone fetches nothing else.
 */
export const textIn = {
  proposed: 'open',
  drafting: 'open',
  review: 'open',
  consultation: 'frozen',
  response: 'open',
  final: 'open',
  endorsed: 'frozen',
  approved: 'frozen',
  submitted: 'frozen',
  implementing: 'frozen',
  completed: 'frozen',
  assessed: 'frozen',
  amending: 'open',
  merged: 'frozen',
  withdrawn: 'frozen',
} as const satisfies Record<CommitmentState, 'open' | 'frozen'>
