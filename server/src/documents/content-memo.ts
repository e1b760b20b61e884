import { contentHash } from '@cabildo/schema/canonical'
import { type Content, contentOfState } from '@cabildo/schema/content'
import type { Committed } from '../rooms/ports.ts'

/** Content with its hash. */
export interface HashedContent {
  content: Content
  contentHash: string
}

/**
 * Reads what a document says, whose committed state is given. What was taken out of its rows raised its epoch, and is
 * not remembered. Do not change the answer: others get it too.
 */
export type ContentMemo = (
  documentId: string,
  committed: Pick<Committed, 'headSeq' | 'epoch' | 'state'>,
) => HashedContent

/**
 * Remembers the newest content of the documents read last, `most` of them: reading and hashing one takes some 10 ms,
 * and when a workshop begins sixty people open the same text at once.
 */
export function createContentMemo(most: number): ContentMemo {
  const known = new Map<string, HashedContent & { headSeq: number; epoch: number }>()
  return (documentId, { headSeq, epoch, state }) => {
    const before = known.get(documentId)
    known.delete(documentId)
    const same = before?.headSeq === headSeq && before.epoch === epoch
    const content = same ? before.content : contentOfState(state)
    const entry = same ? before : { headSeq, epoch, content, contentHash: contentHash(content) }
    known.set(documentId, entry)
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    return entry
  }
}
