import { z } from 'zod'
import { ApprovalId, DocumentId, VersionId } from '../ids.ts'
import { type Act, actNames } from '../lifecycle.ts'
import { CommitmentState, ContentHash, Person, Role, Time, WebAuthnJson } from './common.ts'
import type { Contract } from './contract.ts'

/** An act of the table in `lifecycle.ts`. */
// The names are read from that very table.
const ActName = z.enum(actNames as [Act, ...Act[]])

/** The sides that decide: the mayor's office, and civil society. */
export const Party = z.enum(['government', 'civil_society'])
export type Party = z.infer<typeof Party>

/** What one of those asked says of the text. */
export const Verdict = z.enum(['approve', 'return'])
export type Verdict = z.infer<typeof Verdict>

/** What a request can become. `voided`: an amendment opened the approved text again. */
export const RequestState = z.enum(['open', 'approved', 'returned', 'withdrawn', 'voided'])
export type RequestState = z.infer<typeof RequestState>

/** How somebody proved afresh who they are. `passkey`: it signed the decision. */
export const FreshProof = z.enum(['password', 'code', 'sign_in', 'passkey'])
export type FreshProof = z.infer<typeof FreshProof>

/** What stands in the way of asking for an approval. */
export const Missing = z.enum(['final_state', 'request_open', 'inputs', 'government', 'civil_society'])
export type Missing = z.infer<typeof Missing>

const most = { reason: 2000 }
/** Why something is done; empty for nothing. */
export const Reason = z.string().trim().max(most.reason)
const GivenReason = Reason.min(1)

/** What a step of a commitment and one of a plan have in common. */
export const stepFields = {
  number: z.number().int(),
  /** Null where none was given; what decisions brought about has its reason there. */
  reason: z.string().nullable(),
  /** When the window ends that it opened or prolonged; null for every other act. */
  closesAt: Time.nullable(),
  /** Null for what the program did on the last day of a window. */
  by: Person.nullable(),
  at: Time,
  /** The entry of the record, and the salt of the reason's hash there. */
  entry: z.number().int(),
  salt: z.string().nullable(),
}

/** What an act that comes next has in common, of a commitment and of a plan. */
export const nextFields = {
  roles: z.array(Role),
  /** Whether it owes a reason. */
  reason: z.boolean(),
  /** Leads back, or off the way. */
  back: z.boolean(),
  /** Whether it opens a window, which ends on a day, or moves that day. */
  window: z.enum(['opens', 'extends']).nullable(),
  /** Whether the reader may do it now. */
  mine: z.boolean(),
}

/** A time in which everybody can say what they think, which is under way or was announced. */
export const ConsultationWindow = z.object({
  number: z.number().int(),
  opensAt: Time,
  closesAt: Time,
  /** `over`: its day has come, and the program ends it at any moment. */
  phase: z.enum(['ahead', 'open', 'over']),
  /** Days until it ends, counted up: 1 on the last one, 0 when it is over. */
  daysLeft: z.number().int(),
})
export type ConsultationWindow = z.infer<typeof ConsultationWindow>

/** From when until when a window is wished: now, and the usual number of days, unless said. */
export const WindowWish = z.object({ opensAt: Time.optional(), closesAt: Time.optional() })
export type WindowWish = z.infer<typeof WindowWish>

/** How many inputs have an answer, and which share of them the plan promises. */
export const AnsweredInputs = z.object({
  total: z.number().int(),
  unanswered: z.number().int(),
  share: z.number().int(),
  needed: z.number().int(),
})

const CommitmentStep = z.object({
  ...stepFields,
  act: ActName,
  was: CommitmentState,
  state: CommitmentState,
  /** The commitment it was merged into. */
  into: z.object({ documentId: DocumentId, number: z.number().int(), title: z.string() }).nullable(),
})

/** A clause of a text, by the name of its field or fact in the form, and what it says there. */
const ClauseSeen = z.object({ clause: z.string().min(1).max(60), hash: ContentHash })

const ApprovalDecision = z.object({
  verdict: Verdict,
  contentHash: ContentHash,
  /** The clauses it is about; null for the whole text, or for what its maker had not decided yet. */
  clauses: z.array(z.string()).nullable(),
  reason: z.string(),
  fresh: FreshProof,
  /** The short name of the key that signed it, where one did: half of the SHA-256 of its bytes. */
  signingKey: z.string().nullable(),
  decidedAt: Time,
  entry: z.number().int(),
  salt: z.string().nullable(),
})

/** A request that an exact text be approved. */
const ApprovalRequest = z.object({
  id: ApprovalId,
  number: z.number().int(),
  version: z.object({
    id: VersionId,
    number: z.number().int(),
    name: z.string().nullable(),
    seq: z.number().int(),
    contentHash: ContentHash,
  }),
  state: RequestState,
  note: z.string(),
  requestedBy: Person,
  requestedAt: Time,
  closedAt: Time.nullable(),
  /** Who withdrew it, and why. */
  end: z.object({ by: Person, reason: z.string(), salt: z.string().nullable() }).nullable(),
  entry: z.number().int(),
  salt: z.string().nullable(),
  /** Everybody asked, the mayor's office first. All must approve. */
  deciders: z.array(
    z.object({
      person: Person,
      party: Party,
      you: z.boolean(),
      /** What they said, oldest first: of the whole, or clause by clause. */
      decisions: z.array(ApprovalDecision),
      /** What that comes to: null while they have something to decide. */
      verdict: Verdict.nullable(),
      /** They cannot decide any more: suspended, gone, or of another side. The request waits until it is withdrawn. */
      blocked: z.boolean(),
    }),
  ),
  /** Words were taken out of its text: it is decided no more, but withdrawn and made again. */
  stale: z.boolean(),
  /**
   * The clauses of the text, by the names of their fields and facts in the form. `approved`: it says what it said when it
   * was approved with an earlier version, and that still holds; null for one that is to be decided. `yours`: the reader may
   * decide on it, and has not.
   */
  clauses: z.array(
    ClauseSeen.extend({
      yours: z.boolean(),
      approved: z.object({ version: z.number().int(), at: Time }).nullable(),
    }),
  ),
  /** The version the reader last decided on, else the last approved one: what to compare with. Null for none. */
  since: z.object({ id: VersionId, number: z.number().int() }).nullable(),
  may: z.object({
    decide: z.boolean(),
    /** False for who alone wrote what is new. */
    approve: z.boolean(),
    withdraw: z.boolean(),
  }),
})
export type ApprovalRequest = z.infer<typeof ApprovalRequest>

/** Where a commitment stands, how it came there, and what may come next. */
export const Standing = z.object({
  documentId: DocumentId,
  state: CommitmentState,
  /** Whether its text takes edits now. */
  text: z.enum(['open', 'frozen']),
  /** Every act so far, oldest first. */
  steps: z.array(CommitmentStep),
  next: z.array(z.object({ ...nextFields, act: ActName, to: CommitmentState, by: z.enum(['step', 'decision']) })),
  /** The consultation that is under way, if one is, and how many days one usually lasts. */
  window: ConsultationWindow.nullable(),
  windowDays: z.number().int(),
  /** Newest first. */
  requests: z.array(ApprovalRequest),
  /** Asking for an approval: whether the reader's role may, and what is missing. */
  ask: z.object({ may: z.boolean(), missing: z.array(Missing) }),
  openThreads: z.number().int(),
  /** Of inputs that have to do with this commitment; null for guests of a workshop. */
  inputs: AnsweredInputs.nullable(),
  /** How the reader may prove afresh who they are: `recent` needs nothing more. */
  proof: z.object({ recent: z.boolean(), password: z.boolean(), code: z.boolean(), passkey: z.boolean() }),
})
export type Standing = z.infer<typeof Standing>

const document = z.object({ documentId: DocumentId })
const request = document.extend({ approvalId: ApprovalId })
/** What a decision is about. */
const deciding = {
  contentHash: ContentHash,
  /** The clauses alone, as they were seen; without them the whole, or what the reader had not decided yet. */
  clauses: z.array(ClauseSeen).min(1).max(60).optional(),
  verdict: Verdict,
  /** Needed for `return`. */
  reason: Reason.default(''),
}
const changing = ['invalid', 'signed_out', 'forbidden', 'not_found', 'conflict', 'frozen'] as const

export const approvalApi = {
  'GET /api/documents/:documentId/standing': {
    summary: 'Where a commitment stands, how it came there, what may come next and what is missing',
    tag: 'approvals',
    params: document,
    status: 200,
    response: Standing,
    refusals: ['signed_out', 'not_found'],
  },
  'POST /api/documents/:documentId/steps': {
    summary: 'Move a commitment by an act of its life. Another state than the one named is a `conflict`',
    tag: 'approvals',
    params: document,
    body: z.object({
      act: ActName,
      /** The state that was seen. */
      from: CommitmentState,
      reason: Reason.optional(),
      /** For `merge` alone, and needed there: the commitment it goes on in. */
      into: DocumentId.optional(),
      /** For acts that open a window or move its end; needed for the latter. */
      window: WindowWish.optional(),
    }),
    status: 201,
    response: Standing,
    refusals: changing,
  },
  'POST /api/documents/:documentId/approvals': {
    summary: 'Ask that an exact text be approved by both sides. It is frozen from then on',
    tag: 'approvals',
    params: document,
    body: z.object({ versionId: VersionId, contentHash: ContentHash, note: Reason.default('') }),
    status: 201,
    response: Standing,
    refusals: [...changing, 'stale_version', 'inputs_unanswered', 'unavailable'],
  },
  'POST /api/documents/:documentId/approvals/:approvalId/signing': {
    summary:
      'Begin to sign a decision with a passkey: the challenge for the browser, which is the hash of what is decided',
    tag: 'approvals',
    params: request,
    body: z.object(deciding),
    status: 200,
    response: WebAuthnJson,
    refusals: [...changing, 'wrong_credentials', 'stale_version', 'already_decided', 'request_closed', 'own_text'],
  },
  'POST /api/documents/:documentId/approvals/:approvalId/decisions': {
    summary: 'Approve the text of this hash, or clauses of it, or return it with a reason',
    tag: 'approvals',
    params: request,
    body: z.object({
      ...deciding,
      /** Either proves afresh who decides; neither is needed within five minutes of signing in. */
      password: z.string().min(1).max(1024).optional(),
      code: z.string().min(1).max(64).optional(),
      /** What the browser answered to the challenge of `signing`: then the decision is signed in the record. */
      passkey: WebAuthnJson.optional(),
    }),
    status: 201,
    response: Standing,
    refusals: [
      ...changing,
      'wrong_credentials',
      'wrong_code',
      'throttled',
      'stale_version',
      'already_decided',
      'request_closed',
      'own_text',
    ],
  },
  'POST /api/documents/:documentId/approvals/:approvalId/withdrawal': {
    summary: 'Withdraw an open request, with a reason: the text opens again',
    tag: 'approvals',
    params: request,
    body: z.object({ reason: GivenReason }),
    status: 201,
    response: Standing,
    refusals: [...changing, 'request_closed'],
  },
} as const satisfies Record<string, Contract>
