import { equalBytes, toHex, utf8 } from '@cabildo/record/bytes'
import { hashLeaf } from '@cabildo/record/merkle'

/** An entry that is not in the tree yet. */
export interface Waiting {
  planId: string
  seq: number
  body: string
  hash: Uint8Array
}

/** Why the record cannot be continued: what is in the database is not what was written there. */
export class RecordDamaged extends Error {
  constructor(planId: string, seq: number, why: string) {
    super(`entry ${seq} of plan ${planId}: ${why}`)
    this.name = 'RecordDamaged'
  }
}

const zeros = Buffer.alloc(32)

/**
 * Looks at entries once more, as they came out of the database, before they are signed for: each text has its hash, and
 * each follows the one before it in its plan. `last` knows the last entry of each plan that is in the tree already.
 * Throws `RecordDamaged`. `digest` is SHA-256.
 */
export function check(
  waiting: readonly Waiting[],
  last: ReadonlyMap<string, { seq: number; hash: Uint8Array }>,
  digest: (bytes: Uint8Array) => Uint8Array,
): void {
  const ends = new Map(last)
  for (const { planId, seq, body, hash } of waiting) {
    const end = ends.get(planId) ?? { seq: 0, hash: zeros }
    if (seq !== end.seq + 1) throw new RecordDamaged(planId, seq, `it follows entry ${end.seq}`)
    if (!equalBytes(hash, hashLeaf(utf8(body), digest)))
      throw new RecordDamaged(planId, seq, 'its text is not the one that was hashed')
    const told = JSON.parse(body) as { plan: unknown; seq: unknown; prev: unknown }
    if (told.plan !== planId || told.seq !== seq) throw new RecordDamaged(planId, seq, 'its text is of another entry')
    if (told.prev !== toHex(end.hash)) {
      throw new RecordDamaged(planId, seq, 'it does not name the entry before it')
    }
    ends.set(planId, { seq, hash })
  }
}
