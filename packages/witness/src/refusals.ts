/** What a witness that is asked keeps of heads that it refused, within bounds that strangers cannot use up. */
import { createHash } from 'node:crypto'
import { toBase64, toHex } from '@cabildo/record/bytes'
import { whatIs } from './follow.ts'
import type { Refused } from './serve.ts'
import type { Shelf } from './shelf.ts'

/** What is kept of a head that was refused, or undefined when it is one too many. */
export interface KeptRefusal {
  path: string
  /** Whether it was not there before. */
  fresh: boolean
}

/** Files of each kind that one run makes for one log: whoever has its key could sign endlessly many heads. */
export const mostRefusals = 100

/**
 * Keeps refused heads as evidence, one file for each head, so that an earlier one never stands in the way of another.
 * `keysOf`: the vkeys of the log with this origin; `now` in RFC 3339.
 */
export function createRefusals(
  shelf: Pick<Shelf, 'load' | 'keepEvidence'>,
  { keysOf, now, most = mostRefusals }: { keysOf: (origin: string) => string[]; now: () => string; most?: number },
): (refused: Refused) => Promise<KeptRefusal | undefined> {
  const made = new Map<string, number>()
  return async ({ reason, origin, size, root, note, proof }) => {
    const bound = `${reason} ${origin}`
    const before = made.get(bound) ?? 0
    if (before >= most) return undefined
    // Counted before it is written, so that many at once make no more; given back when the file was there.
    made.set(bound, before + 1)
    let fresh = false
    try {
      const seen = await shelf.load(origin)
      const kept = { log: keysOf(origin), at: now(), notes: [...(seen ? [seen.note] : []), note] }
      const forked = reason === 'forked'
      const head = createHash('sha256')
        .update(`${origin}\n${size}\n${toHex(root)}`)
        .digest('hex')
        .slice(0, 16)
      const file = await shelf.keepEvidence(
        `${forked ? '' : 'refused-'}${size}-${head}`,
        forked ? { what: whatIs.twoHistories, ...kept } : { what: whatIs.open, ...kept, proof: proof.map(toBase64) },
      )
      fresh = file.fresh
      return file
    } finally {
      if (!fresh) made.set(bound, (made.get(bound) ?? 1) - 1)
    }
  }
}
