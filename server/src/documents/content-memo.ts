import { contentHash } from '@cabildo/schema/canonical'
import { type Content, contentOfState } from '@cabildo/schema/content'

/** Content with its hash. */
export interface HashedContent {
  content: Content
  contentHash: string
}

/** Reads what a document says after row `seq`, whose state is given. Do not change the answer: others get it too. */
export type ContentMemo = (documentId: string, seq: number, state: Uint8Array) => HashedContent

/**
 * Remembers the newest content of the documents read last, `most` of them: reading and hashing one takes some 10 ms,
 * and when a workshop begins sixty people open the same text at once.
 */
export function createContentMemo(most: number): ContentMemo {
  const known = new Map<string, HashedContent & { seq: number }>()
  return (documentId, seq, state) => {
    const before = known.get(documentId)
    known.delete(documentId)
    const content = before?.seq === seq ? before.content : contentOfState(state)
    const entry = before?.seq === seq ? before : { seq, content, contentHash: contentHash(content) }
    known.set(documentId, entry)
    const [oldest] = known.keys()
    if (known.size > most && oldest !== undefined) known.delete(oldest)
    return entry
  }
}
