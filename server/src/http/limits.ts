import type { OperationKey } from './operation.ts'

const usual = 64 << 10
/** Operations that may carry more than the usual 64 KB. A draft is at most 4 MB of base64 (see its contract). */
const larger: Partial<Record<OperationKey, number>> = {
  'POST /api/documents/:documentId/drafts': 6 << 20,
}

/** The largest body an operation takes, in bytes. Counted while reading, so that chunking cannot pass it. */
export function bodyLimitOf(key: OperationKey): number {
  return larger[key] ?? usual
}
