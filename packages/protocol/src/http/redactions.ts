import { z } from 'zod'
import { DocumentId, RedactionId } from '../ids.ts'
import { Person, Time } from './common.ts'
import type { Contract } from './contract.ts'

const PlanParams = z.object({ planId: z.string().min(1).max(80) })
const OneParams = PlanParams.extend({ redactionId: RedactionId })

/** Personal data that somebody asks to take out of a text, or that was taken out. */
export const Redaction = z.object({
  id: RedactionId,
  document: z.object({ id: DocumentId, number: z.number().int(), title: z.string() }),
  /** The words, as long as nobody has decided. */
  quote: z.string().nullable(),
  /** The rule it rests on: part of the public record. */
  basis: z.string(),
  reason: z.string(),
  /** Where the words stood in the text when it was asked: places that show, deleted ones and copies. */
  places: z.number().int(),
  /** Null for who is no longer known, or for the program, after an older copy of the database was brought back. */
  askedBy: Person.nullable(),
  askedAt: Time,
  outcome: z.enum(['approved', 'refused', 'taken_back', 'expired']).nullable(),
  endedBy: Person.nullable(),
  endedAt: Time.nullable(),
  /** The entry of the record that tells of it. */
  entry: z.number().int().nullable(),
  /** Whether the reader asked for it, and so cannot approve it. */
  own: z.boolean(),
})
export type Redaction = z.infer<typeof Redaction>

const AskBody = z.object({
  documentId: DocumentId,
  /** Exactly as it stands, capitals and spaces too. */
  quote: z.string().trim().min(2).max(300),
  basis: z.string().trim().min(1).max(200),
  reason: z.string().trim().max(500).default(''),
})

export const redactionApi = {
  'GET /api/plans/:planId/redactions': {
    summary: 'Requests to take personal data out of a text, newest first, with what became of them',
    tag: 'record',
    params: PlanParams,
    status: 200,
    response: z.object({ items: z.array(Redaction) }),
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'POST /api/plans/:planId/redactions': {
    summary: 'Ask that words be taken out of a document, its history and the record. Another person must approve it',
    tag: 'record',
    params: PlanParams,
    body: AskBody,
    status: 201,
    response: Redaction,
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found', 'conflict', 'too_large', 'unavailable'],
  },
  'POST /api/plans/:planId/redactions/:redactionId/approve': {
    summary: 'Take the words out, for good. Never by who asked for it',
    tag: 'record',
    params: OneParams,
    body: z.object({}),
    status: 200,
    response: Redaction,
    refusals: ['signed_out', 'forbidden', 'not_found', 'conflict', 'too_large', 'unavailable'],
  },
  'DELETE /api/plans/:planId/redactions/:redactionId': {
    summary: 'Refuse a request, or take back your own',
    tag: 'record',
    params: OneParams,
    status: 204,
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
} as const satisfies Record<string, Contract>
