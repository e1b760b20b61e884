import { type Api, api } from '@cabildo/protocol/http/api'
import type { Contract } from '@cabildo/protocol/http/contract'

const usual = 64 << 10
/** Operations that may carry more than the usual 64 KB. A draft is at most 4 MB of base64 (see its contract). */
const larger: Partial<Record<keyof Api, number>> = {
  'POST /api/documents/:documentId/drafts': 6 << 20,
  // A hundred of four thousand letters each, of up to three bytes.
  'POST /api/plans/:planId/inputs': 2 << 20,
  'POST /api/plans/:planId/inputs/alike': 2 << 20,
  // A text of a hundred thousand letters with its marks and nodes.
  'POST /api/documents/:documentId/imports/apply': 2 << 20,
}

/** The largest body an operation takes, in bytes. Counted while reading, so that chunking cannot pass it. */
export function bodyLimitOf(key: keyof Api): number {
  const { upload }: Contract = api[key]
  // Beside the file there is what separates the parts of a form.
  return upload ? upload.bytes + usual : (larger[key] ?? usual)
}
