import type { CommitmentItem } from '@cabildo/protocol/http/api'

/**
 * The commitments that something new can be about, in the order given: none that was withdrawn, or goes on inside another.
 * `keep`: the document of one that was chosen before, which stays among them whatever became of it.
 */
export const standingCommitments = <One extends Pick<CommitmentItem, 'state' | 'documentId'>>(
  commitments: readonly One[],
  keep?: string,
): One[] =>
  commitments.filter(({ state, documentId }) => (state !== 'withdrawn' && state !== 'merged') || documentId === keep)
