import { type KeptIndex, type LocalName, sumOf } from './kept-index.ts'
import { clearLocal } from './offline.ts'
import { openDocuments } from './open-documents.ts'

/**
 * Clears copies of texts that were replaced, each by itself: what was written in one since it was found, or is open in
 * this page, stays, and so does what cannot be cleared now. A later answer finds them again.
 */
export async function letGo(
  copies: readonly LocalName[],
  index: KeptIndex,
  isOpen: (documentId: string) => boolean = openDocuments.isOpen,
  clear: typeof clearLocal = clearLocal,
): Promise<void> {
  for (const copy of copies) {
    if (sumOf(index.pending(copy)) > 0 || isOpen(copy.documentId)) continue
    try {
      await clear(copy, index)
    } catch {
      // As above: the others are cleared all the same.
    }
  }
}
