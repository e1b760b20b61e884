import { z } from 'zod'
import { DissentId, DocumentId } from '../ids.ts'
import { longestPosition } from '../longest-position.ts'
import { Group, PageQuery, Person, page, Time } from './common.ts'
import type { Contract } from './contract.ts'
import { TextPlace, TextSpan } from './threads.ts'

/** A position that a group reserves on a clause. */
export const Dissent = z.object({
  id: DissentId,
  number: z.number().int(),
  group: Group,
  field: z.string(),
  /** The words it is on, as they read then; null for the whole field. */
  quote: z.string().nullable(),
  /** Where they stand now, none when they are gone. */
  places: z.array(TextPlace),
  position: z.string(),
  /** Who stated it for the group, and when. */
  by: Person,
  statedAt: Time,
  entry: z.number().int(),
  /** Null while it stands. */
  withdrawn: z.object({ by: Person, at: Time, entry: z.number().int() }).nullable(),
  may: z.object({ withdraw: z.boolean() }),
})
export type Dissent = z.infer<typeof Dissent>

const DocumentParams = z.object({ documentId: DocumentId })
const writing = ['invalid', 'signed_out', 'forbidden', 'not_found', 'conflict', 'too_large', 'frozen'] as const

export const dissentApi = {
  'GET /api/documents/:documentId/dissents': {
    summary: 'The positions that groups reserve on clauses of a text, those withdrawn too',
    tag: 'review',
    params: DocumentParams,
    query: PageQuery,
    status: 200,
    response: page(Dissent).extend({
      seq: z.number().int(),
      /** The group for which the reader may reserve a position; null for none. */
      speaksFor: Group.nullable(),
    }),
    refusals: ['invalid', 'signed_out', 'not_found'],
  },
  'POST /api/documents/:documentId/dissents': {
    summary: 'Reserve a position of your group on a field, or on words in it. The same key again writes nothing',
    tag: 'review',
    params: DocumentParams,
    body: z.object({
      key: z.string().regex(/^[A-Za-z0-9_-]{16,40}$/),
      field: z.string().min(1).max(40),
      /** The words it is on, by the ids under which they stand in the log. */
      ids: z.array(TextSpan).min(1).max(400).optional(),
      position: z.string().trim().min(1).max(longestPosition),
    }),
    status: 201,
    response: Dissent,
    refusals: writing,
  },
  'POST /api/documents/:documentId/dissents/:dissentId/withdraw': {
    summary: 'Withdraw a position of your group: that it stood until then stays to be read',
    tag: 'review',
    params: DocumentParams.extend({ dissentId: DissentId }),
    status: 200,
    response: Dissent,
    refusals: writing,
  },
} as const satisfies Record<string, Contract>
