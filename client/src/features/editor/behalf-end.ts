import type { DraftReason } from '../../sync/settle.ts'

/**
 * Whether typing for somebody is over when a text is opened anew for this reason: only the right to do it can end. Whatever
 * else happened to the text, the next words are still theirs.
 */
export const endsBehalf = (reason: DraftReason): boolean => reason === 'forbidden'
