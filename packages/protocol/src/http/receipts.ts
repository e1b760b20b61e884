import { z } from 'zod'
import { DocumentId } from '../ids.ts'
import { CommitmentState, DocumentStatus, RecordHash, Time } from './common.ts'
import type { Contract } from './contract.ts'

/** A receipt as whoever takes it gets it. The code is shown to nobody else. */
export const TakenReceipt = z.object({
  /** Twelve of Crockford's 32 signs in fours: `7QKX-2M4T-9HJ3`. */
  code: z.string(),
  /** Where it is read, with the code in the part of the address that reaches no server. */
  url: z.string(),
  /** The entry of the plan's record that it stands on. */
  seq: z.number().int().positive(),
})
export type TakenReceipt = z.infer<typeof TakenReceipt>

/** What became of what somebody wrote, as the document stands now. */
export const Became = z.object({
  /** How many characters they had brought in when the receipt was taken; null when that was erased from the record. */
  brought: z.number().int().nullable(),
  /** How many of them stand now, by field of the template, with the words themselves: their own and no others. */
  fields: z.array(z.object({ field: z.string(), characters: z.number().int(), words: z.array(z.string()) })),
  /** Versions that hold some of them, newest first, at most twenty. */
  versions: z.array(z.object({ number: z.number().int(), characters: z.number().int(), createdAt: Time })),
  /** Of the commitment; null for texts that are none. */
  state: CommitmentState.nullable(),
  status: DocumentStatus,
})
export type Became = z.infer<typeof Became>

/** What became of an input: what it said, and every answer, the last in force. */
const BecameInput = z.object({
  number: z.number().int().positive(),
  /** Empty once it was taken back or whose it was was erased. */
  words: z.string(),
  /** Of the words (BCP 47); missing in receipts that were kept before it was told. */
  language: z.string().optional(),
  takenBack: z.boolean(),
  /**
   * The text in consultation that a comment of the public is about, under its public title, or null while none is; null for
   * other inputs. Missing in receipts that were kept before it was told, as is what was ruled.
   */
  about: z
    .object({ commitment: z.number().int(), title: z.string().nullable(), field: z.string().nullable() })
    .nullish(),
  /** Of a comment of the public: whether it is shown to everybody and why not, `ruling` null while it waits. Who ruled so is not told. */
  moderation: z
    .object({
      ruling: z.object({ verdict: z.enum(['shown', 'hidden']), reason: z.string(), at: Time }).nullable(),
    })
    .nullish(),
  /** Until when an answer is promised. */
  dueOn: z.iso.date(),
  answers: z.array(
    z.object({
      outcome: z.enum(['adopted', 'adapted', 'merged', 'not_adopted', 'out_of_scope']),
      reason: z.string(),
      answeredAt: Time,
      /** The number of the input it was merged into. */
      mergedInto: z.number().int().nullable(),
      /** The commitment's version that shows it. */
      version: z.object({ number: z.number().int(), commitment: z.number().int(), title: z.string() }).nullable(),
    }),
  ),
  /** The words of commitments that it changed; missing in receipts that were kept before these were told. */
  changed: z
    .array(
      z.object({
        commitment: z.number().int(),
        title: z.string(),
        field: z.string(),
        /** How they read when they were linked to it, and the pieces of them that stand now. */
        quote: z.string(),
        now: z.array(z.string()),
      }),
    )
    .optional(),
})
export type BecameInput = z.infer<typeof BecameInput>

/** A receipt as whoever has its code reads it. It names nobody. */
export const Receipt = z.object({
  plan: z.object({ title: z.string(), place: z.string() }),
  /** A commitment by its number, 0 for the plan's own text, below 0 for the minutes of the meeting of that number. Null for an input, which need not be about one commitment. */
  document: z.object({ number: z.number().int(), title: z.string() }).nullable(),
  takenAt: Time,
  /** The C2SP verifier key that signs the record. */
  recordKey: z.string(),
  /** The text that was hashed: canonical JSON (RFC 8785). */
  entry: z.string(),
  hash: RecordHash,
  /** What the entry commits to, with its salt (base64); null when it was erased. */
  sealed: z.object({ payload: z.string(), salt: z.string() }).nullable(),
  /** C2SP tlog-proof; null for the second before it is in a signed tree. */
  proof: z.string().nullable(),
  /** Null when who wrote it asked to be forgotten: nobody can tell any more which words were theirs. And for an input. */
  became: Became.nullable(),
  /** Missing in receipts that were kept before there were inputs. */
  input: BecameInput.nullish(),
})
export type Receipt = z.infer<typeof Receipt>

export const receiptApi = {
  'POST /api/documents/:documentId/receipts': {
    summary: 'Take a receipt for what you wrote in a document. The same again until you write more',
    tag: 'record',
    params: z.object({ documentId: DocumentId }),
    status: 201,
    response: TakenReceipt,
    refusals: ['signed_out', 'not_found', 'nothing_written'],
  },
  'POST /api/device/receipts': {
    summary: 'Receipts for the guest who had this phone last, for two days after their workshop is over',
    tag: 'record',
    status: 200,
    response: z.object({
      items: z.array(
        TakenReceipt.extend({
          /** As they gave it, so that whoever holds the phone sees whose they are. */
          name: z.string(),
          document: z.object({ number: z.number().int().positive(), title: z.string() }),
        }),
      ),
    }),
    refusals: ['throttled'],
  },
  'POST /api/receipts/look': {
    summary: 'Read a receipt by its code, without a session: its proof, and what became of what it is for',
    tag: 'record',
    body: z.object({ code: z.string().trim().min(1).max(40) }),
    status: 200,
    response: Receipt,
    refusals: ['invalid', 'not_found', 'throttled'],
  },
} as const satisfies Record<string, Contract>
