import { z } from 'zod'
import { DocumentId, GroupId } from '../ids.ts'
import { Group, PageQuery, Person, page, RecordHash, Time } from './common.ts'
import type { Contract } from './contract.ts'

const PlanParams = z.object({ planId: z.string().min(1).max(80) })

/** How somebody stands in the record: a pseudonym of this plan, that leads to nobody once they are erased. */
const Pid = z.string().regex(/^[A-Za-z0-9_-]{16}$/)

/** One entry of a plan's record, as readers look through it. */
export const RecordItem = z.object({
  seq: z.number().int().positive(),
  type: z.string(),
  at: Time,
  /** Who did it: null when it was the program. `person` is null for somebody who is no longer known. */
  actor: z
    .object({ pid: Pid, person: Person.nullable(), role: z.string().nullable(), side: z.string().nullable() })
    .nullable(),
  /** On whose behalf they did it: a facilitator typed for them. Null when it was for themselves. */
  behalf: z.object({ pid: Pid, person: Person.nullable() }).nullable(),
  group: Group.nullable(),
  document: z.object({ id: DocumentId, number: z.number().int(), title: z.string() }).nullable(),
  /** What happened; null for one without details, or whose details were erased. Of typed text only how much. */
  details: z.record(z.string(), z.unknown()).nullable(),
  /** The details were there and have been erased, by a later entry that says why. */
  erased: z.boolean(),
  hash: RecordHash,
  /** Its place in the tree; null in the moment before it is put there. */
  index: z.number().int().nullable(),
})
export type RecordItem = z.infer<typeof RecordItem>

/** One entry with all that is needed to prove it. */
export const RecordProof = z.object({
  seq: z.number().int().positive(),
  /** The text that was hashed: canonical JSON (RFC 8785). */
  entry: z.string(),
  hash: RecordHash,
  index: z.number().int().nullable(),
  /** What the entry commits to, with its salt (base64): null when it commits to nothing, or this was erased. */
  sealed: z.object({ payload: z.string(), salt: z.string() }).nullable(),
  /** C2SP tlog-proof: index, inclusion proof and a checkpoint; null before it is in a signed tree. */
  proof: z.string().nullable(),
})
export type RecordProof = z.infer<typeof RecordProof>

/** Somebody in a plan's record. `person` is null for who is no longer known. */
export const RecordPerson = z.object({ pid: Pid, person: Person.nullable() })
export type RecordPerson = z.infer<typeof RecordPerson>

/** How far a plan's record is signed. */
export const RecordHead = z.object({
  /** The verifier key that signs, as C2SP writes it. */
  key: z.string(),
  /** Leaves in the last signed tree, which holds the entries of every plan, and when it was signed; null before the first. */
  signed: z.object({ size: z.number().int().positive(), at: Time }).nullable(),
  /** The plan's last entry that is in that tree; 0 for none. */
  seq: z.number().int().nonnegative(),
  /** Its leaf hash, in hex: with `seq` what a bundle or the next look must hold; null for none. */
  hash: RecordHash.nullable(),
  /** The plan's last entry; 0 for none. */
  last: z.number().int().nonnegative(),
  /**
   * What the daily comparison found to be something else in the database than in the record, first of all, and since when;
   * null while they agree. `entry` holds what it should be; null where none does: a log or a chain has another end, or
   * there is a version that nobody kept.
   */
  disagreement: z
    .object({
      since: Time,
      kind: z.enum(['entry', 'contents', 'row', 'version', 'head']),
      entry: z.number().int().positive().nullable(),
      documentId: DocumentId.nullable(),
    })
    .nullable(),
})
export type RecordHead = z.infer<typeof RecordHead>

const RecordQuery = PageQuery.extend({
  who: Pid.optional(),
  group: GroupId.optional(),
  type: z.string().max(40).optional(),
  document: DocumentId.optional(),
  /** The version with this number, of every document unless one is asked for. */
  version: z.coerce.number().int().positive().max(2_147_483_647).optional(),
  /** Not before this moment. */
  from: Time.optional(),
  /** Before this moment. */
  to: Time.optional(),
})

export const recordApi = {
  'GET /api/plans/:planId/record': {
    summary: 'The record of a plan, newest first',
    tag: 'record',
    params: PlanParams,
    query: RecordQuery,
    status: 200,
    response: page(RecordItem),
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found'],
  },
  'GET /api/plans/:planId/record/people': {
    summary: 'Who stands in the record of a plan, by pseudonym',
    tag: 'record',
    params: PlanParams,
    status: 200,
    response: z.object({ items: z.array(RecordPerson) }),
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'GET /api/plans/:planId/record/head': {
    summary: 'How far the record of a plan is signed, and by which key',
    tag: 'record',
    params: PlanParams,
    status: 200,
    response: RecordHead,
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'GET /api/plans/:planId/record/entries/:seq': {
    summary: 'One entry of the record with its proof',
    tag: 'record',
    params: PlanParams.extend({ seq: z.coerce.number().int().positive() }),
    status: 200,
    response: RecordProof,
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
} as const satisfies Record<string, Contract>
