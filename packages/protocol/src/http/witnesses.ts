import { z } from 'zod'
import { Time } from './common.ts'
import type { Contract } from './contract.ts'

const Size = z.number().int().positive()

/** How the record stands: its last head, who signed it too, and what is wrong. */
export const RecordStatus = z.object({
  /** The C2SP verifier key of this installation: `name+hash+base64`. */
  key: z.string(),
  /** Null before anything is signed. */
  head: z.object({ size: Size, root: z.string().regex(/^[0-9a-f]{64}$/), at: Time }).nullable(),
  /** Those whom the operator knows, in their order; `last` is the largest head each of them signed, and when it says so. */
  witnesses: z.array(
    z.object({ name: z.string(), vkey: z.string(), last: z.object({ size: Size, at: Time }).nullable() }),
  ),
  /**
   * `forked`: the key has signed another record of `size` entries than this one. `lost`: it has signed a larger one, which
   * is not here. `stopped`: what is stored is not what was published, and nothing is signed any more.
   */
  alarm: z
    .object({ kind: z.enum(['forked', 'lost', 'stopped']), size: Size.nullable(), at: Time.nullable() })
    .nullable(),
})
export type RecordStatus = z.infer<typeof RecordStatus>

/** A cosignature that was kept. */
const CosignatureTaken = z.object({ size: Size, witnesses: z.array(z.string()) })
export type CosignatureTaken = z.infer<typeof CosignatureTaken>

/** Evidence that was kept. */
const EvidenceTaken = z.object({ kind: z.enum(['forked', 'lost']), size: Size })
export type EvidenceTaken = z.infer<typeof EvidenceTaken>

export const witnessesApi = {
  'GET /api/record/status': {
    summary: 'How the record stands: its last head, its witnesses, and what is wrong',
    tag: 'record',
    status: 200,
    response: RecordStatus,
    refusals: [],
  },
  'POST /tlog/cosignatures': {
    summary: 'Hand in what a witness signed of a published head. For programs: no session, and no `Origin` needed',
    tag: 'record',
    /** One signature line or several, each with its line end. */
    body: z.object({ size: Size, cosignature: z.string().min(1).max(32_768) }),
    status: 200,
    response: CosignatureTaken,
    refusals: ['forbidden', 'not_found', 'throttled'],
  },
  'POST /tlog/evidence': {
    summary: 'Show that the key of this record signed a head which is not of it. For programs, as above',
    tag: 'record',
    /** Signed heads as they were served. */
    body: z.object({ notes: z.array(z.string().min(1).max(16_384)).min(1).max(2) }),
    status: 200,
    response: EvidenceTaken,
    refusals: ['conflict', 'throttled'],
  },
} as const satisfies Record<string, Contract>
