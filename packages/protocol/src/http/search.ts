import { z } from 'zod'
import { DocumentId, InputId, ThreadId, UserId, VersionId } from '../ids.ts'
import { PageQuery, Person, Time } from './common.ts'
import type { Contract } from './contract.ts'

/**
 * What can be found: the text of a commitment as it stands, what is said beside it, what people brought and were answered,
 * and versions.
 */
export const SearchKind = z.enum(['text', 'comment', 'input', 'version'])
export type SearchKind = z.infer<typeof SearchKind>

/** A stretch of a text; `hit` where it is what was looked for. Plain text: whoever shows it makes the markup. */
const SearchPiece = z.object({ text: z.string(), hit: z.boolean() })
export type SearchPiece = z.infer<typeof SearchPiece>

/** A text that holds what was looked for, and where exactly it stands. */
export const SearchItem = z.object({
  kind: SearchKind,
  /** The commitment it stands in or beside, 0 for the plan's own text, below 0 for the minutes of the meeting of that number; null for an input, which may have to do with several. */
  document: z.object({ id: DocumentId, number: z.number().int(), title: z.string() }).nullable(),
  /**
   * The field, or the key of the fact, in which it stands or which it is about; null for the whole commitment, and of a
   * version where its name or note is what was found.
   */
  field: z.string().nullable(),
  /** The thread. `comment` is null where the reason of a step of it was found. */
  thread: z.object({ id: ThreadId, number: z.number().int(), comment: z.number().int().nullable() }).nullable(),
  /** The input. `answer` is the number of the answer that was found; null for the input itself. */
  input: z.object({ id: InputId, number: z.number().int(), answer: z.number().int().nullable() }).nullable(),
  version: z.object({ id: VersionId, number: z.number().int(), name: z.string().nullable() }).nullable(),
  /**
   * Who said it, as the reader may see them; `id` null for somebody without an account. Null for the text of a commitment,
   * which many wrote, and for a version that the program made.
   */
  by: Person.extend({ id: UserId.nullable() }).nullable(),
  at: Time,
  excerpt: z.array(SearchPiece),
})
export type SearchItem = z.infer<typeof SearchItem>

/** What was found of one kind, the best first. */
const SearchGroup = z.object({
  kind: SearchKind,
  /** How many; `more`: at least so many, of which the newest were compared. */
  found: z.number().int(),
  more: z.boolean(),
  items: z.array(SearchItem),
  nextCursor: z.string().nullable(),
})
export type SearchGroup = z.infer<typeof SearchGroup>

const SearchQuery = PageQuery.extend({
  /** Words in Spanish or English, with or without accents. "Several that follow each other", -without, or. */
  q: z.string().trim().min(1).max(200),
  /** One kind alone: then `cursor` reads on. */
  kind: SearchKind.optional(),
  documentId: DocumentId.optional(),
  from: Time.optional(),
  /** Before this moment. */
  to: Time.optional(),
  limit: z.coerce.number().int().min(1).max(50).optional(),
})

export const searchApi = {
  'GET /api/plans/:planId/search': {
    summary: 'Find texts of a plan by their words: of commitments, comments, inputs and versions, each kind by itself',
    tag: 'plans',
    params: z.object({ planId: z.string().min(1).max(80) }),
    query: SearchQuery,
    status: 200,
    response: z.object({ groups: z.array(SearchGroup) }),
    refusals: ['invalid', 'signed_out', 'not_found', 'throttled'],
  },
} as const satisfies Record<string, Contract>
