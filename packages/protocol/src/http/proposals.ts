import { z } from 'zod'
import { DocumentId, ProposalId } from '../ids.ts'
import { Key, PageQuery, Person, page, Time } from './common.ts'
import type { Contract } from './contract.ts'
import { TextPlace, TextSpan } from './threads.ts'

/** What a hunk changes, as people call it. */
export const HunkKind = z.enum(['text', 'formatting', 'block', 'milestone', 'fact'])
export type HunkKind = z.infer<typeof HunkKind>

/** What became of a hunk, or of a proposal as a whole. */
export const ProposalState = z.enum(['open', 'accepted', 'rejected', 'withdrawn', 'superseded'])
export type ProposalState = z.infer<typeof ProposalState>

const most = { hunks: 100, nodes: 400, spans: 400, note: 2000, reason: 1000, together: 100 }

/** A node of ProseMirror's JSON; which ones there are says the document's schema. */
const Node = z.looseObject({ type: z.string().min(1).max(40) })
const Nodes = z.array(Node).max(most.nodes)
const Field = z.string().min(1).max(40)
const FactValue = z.union([z.string().max(2000), z.array(z.string().max(2000)).max(100)]).nullable()

/** Other text nodes for the words that these units are, which stand together inside one block. */
const WordsHunk = z.object({
  target: z.literal('words'),
  field: Field,
  ids: z.array(TextSpan).min(1).max(most.spans),
  before: Nodes,
  after: Nodes,
})
/** Other blocks for those from the first to the last in which one of these units stands; no ids: for the whole field. */
const BlocksHunk = z.object({
  target: z.literal('blocks'),
  field: Field,
  ids: z.array(TextSpan).max(most.spans),
  before: Nodes,
  after: Nodes,
})
/** Another value for a fact; null for none. */
const FactHunk = z.object({
  target: z.literal('fact'),
  key: Field,
  before: FactValue,
  after: FactValue,
})
/** A place, what it says, and what it is to say. `before` must be what stands there: `conflict` otherwise. */
export const ProposedHunk = z.discriminatedUnion('target', [WordsHunk, BlocksHunk, FactHunk])
export type ProposedHunk = z.infer<typeof ProposedHunk>

/** A hunk as it is kept. */
export const ProposalHunk = z.object({
  number: z.number().int(),
  kind: HunkKind,
  target: z.enum(['words', 'blocks', 'fact']),
  /** The field, or the fact's key. */
  field: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  /** Its words are gone: their author was erased, or some were taken out. It cannot be accepted any more. */
  blank: z.boolean(),
  state: ProposalState,
  /** For an open one: whether its place still says `before`, so that it can be accepted. */
  fits: z.boolean(),
  /** Where the units that it replaces stand now; none for a fact and for a whole field. */
  places: z.array(TextPlace),
})
export type ProposalHunk = z.infer<typeof ProposalHunk>

const ProposalStep = z.object({
  step: z.enum(['accepted', 'rejected', 'withdrawn', 'revised']),
  hunks: z.array(z.number().int()),
  reason: z.string(),
  by: Person,
  at: Time,
  /** For accepted hunks: the row of the log that holds the edit. */
  seq: z.number().int().nullable(),
  /** The entry of the record that tells of it, and the salt of the reason's hash there; null without a reason, or once it is blank. */
  entry: z.number().int(),
  salt: z.string().nullable(),
})

/** A proposed change of a text, which is never part of it until it is accepted. */
export const Proposal = z.object({
  id: ProposalId,
  number: z.number().int(),
  author: Person,
  own: z.boolean(),
  note: z.string(),
  state: ProposalState,
  /** The number of the proposal that this one was put in place of. */
  revises: z.number().int().nullable(),
  /** The row of the log on which it was written. */
  baseSeq: z.number().int(),
  madeAt: Time,
  changedAt: Time,
  hunks: z.array(ProposalHunk),
  steps: z.array(ProposalStep),
  /** The entry of the record that tells of it, and the salt of the hash there of note and hunks; null once they are blank. */
  entry: z.number().int(),
  salt: z.string().nullable(),
  may: z.object({ decide: z.boolean(), withdraw: z.boolean() }),
})
export type Proposal = z.infer<typeof Proposal>

const DocumentParams = z.object({ documentId: DocumentId })
const ProposalParams = DocumentParams.extend({ proposalId: ProposalId })

const ProposeBody = z.object({
  key: Key,
  note: z.string().trim().max(most.note).default(''),
  hunks: z.array(ProposedHunk).min(1).max(most.hunks),
  /** One's own open proposal that this one takes the place of; it is kept as superseded. */
  revises: ProposalId.optional(),
})
/** Left out: all that are open. */
const Chosen = z.array(z.number().int().min(1)).min(1).max(most.hunks).optional()
const Reason = z.string().trim().max(most.reason)

const refusals = ['invalid', 'signed_out', 'forbidden', 'not_found', 'conflict', 'too_large', 'frozen'] as const

export const proposalApi = {
  'GET /api/documents/:documentId/proposals': {
    summary: 'The changes proposed for a document, in the order of their numbers, and where their places stand now',
    tag: 'review',
    params: DocumentParams,
    query: PageQuery,
    status: 200,
    response: page(Proposal).extend({ seq: z.number().int() }),
    refusals: ['invalid', 'signed_out', 'not_found'],
  },
  'POST /api/documents/:documentId/proposals': {
    summary: 'Propose a change, or put another in place of one of your own',
    tag: 'review',
    params: DocumentParams,
    body: ProposeBody,
    status: 201,
    response: Proposal,
    refusals: [...refusals, 'unavailable'],
  },
  'POST /api/documents/:documentId/proposals/:proposalId/accept': {
    summary: 'Accept a proposal or some of its hunks: one edit, whose words are the proposer’s',
    tag: 'review',
    params: ProposalParams,
    body: z.object({ hunks: Chosen, reason: Reason.default('') }),
    status: 200,
    response: Proposal,
    refusals: [...refusals, 'unavailable'],
  },
  'POST /api/documents/:documentId/proposals/:proposalId/reject': {
    summary: 'Reject a proposal or some of its hunks, saying why',
    tag: 'review',
    params: ProposalParams,
    body: z.object({ hunks: Chosen, reason: Reason.min(1, 'A reason is needed.') }),
    status: 200,
    response: Proposal,
    refusals: [...refusals, 'unavailable'],
  },
  'POST /api/documents/:documentId/proposals/:proposalId/withdraw': {
    summary: 'Withdraw what is open of your own proposal',
    tag: 'review',
    params: ProposalParams,
    body: z.object({}),
    status: 200,
    response: Proposal,
    refusals: [...refusals, 'unavailable'],
  },
  'POST /api/documents/:documentId/proposals/accept': {
    summary: 'Accept several proposals, such as all of one person, each as an edit of its own as far as it fits',
    tag: 'review',
    params: DocumentParams,
    body: z.object({ proposals: z.array(ProposalId).min(1).max(most.together), reason: Reason.default('') }),
    status: 200,
    response: z.object({ accepted: z.array(ProposalId), conflicting: z.array(ProposalId) }),
    refusals: [...refusals, 'unavailable'],
  },
} as const satisfies Record<string, Contract>
