import { z } from 'zod'
import { CommitmentId, DocumentId, DraftId, PlanId, UserId, VersionId } from '../ids.ts'
import { accountApi } from './account.ts'
import { approvalApi } from './approvals.ts'
import { attachmentApi } from './attachments.ts'
import { authorshipApi } from './authorship.ts'
import {
  CommitmentState,
  Content,
  ContentHash,
  DocumentKind,
  DocumentStatus,
  Group,
  PageQuery,
  Person,
  PlanState,
  page,
  Role,
  Time,
} from './common.ts'
import type { Contract } from './contract.ts'
import { dissentApi } from './dissents.ts'
import { endorsementApi } from './endorsements.ts'
import { exportApi } from './exports.ts'
import { importApi } from './imports.ts'
import { inputApi } from './inputs.ts'
import { meetingApi } from './meetings.ts'
import { newsApi } from './news.ts'
import { peopleApi } from './people.ts'
import { planLifeApi } from './plan-life.ts'
import { planPublicationApi } from './plan-publication.ts'
import { planTextApi } from './plan-text.ts'
import { progressApi } from './progress.ts'
import { proposalApi } from './proposals.ts'
import { receiptApi } from './receipts.ts'
import { recordApi } from './record.ts'
import { redactionApi } from './redactions.ts'
import { searchApi } from './search.ts'
import { threadApi } from './threads.ts'
import { witnessesApi } from './witnesses.ts'
import { workshopApi } from './workshops.ts'

const PlanParams = z.object({ planId: z.string().min(1).max(80) })
const DocumentParams = z.object({ documentId: DocumentId })
const VersionParams = DocumentParams.extend({ versionId: VersionId })

export const CommitmentItem = z.object({
  id: CommitmentId,
  number: z.number().int().positive(),
  title: z.string(),
  state: CommitmentState,
  documentId: DocumentId,
  /** The document's: a device lets go of what it keeps of an earlier one. */
  epoch: z.number().int(),
  changedAt: Time.nullable(),
  changedBy: Person.nullable(),
  /** Who has the document open now. */
  inside: z.array(Person),
})
export type CommitmentItem = z.infer<typeof CommitmentItem>

export const PlanItem = z.object({
  id: PlanId,
  slug: z.string(),
  title: z.string(),
  place: z.string(),
  demo: z.boolean(),
  state: PlanState,
  role: Role,
})
export type PlanItem = z.infer<typeof PlanItem>
export const Plan = PlanItem.extend({
  groups: z.array(Group),
  commitments: z.array(CommitmentItem),
  /** The C2SP verifier key that signs the record of this plan: `name+hash+base64`. */
  recordKey: z.string(),
  may: z.object({
    addCommitment: z.boolean(),
    managePeople: z.boolean(),
    addGroups: z.boolean(),
    runWorkshops: z.boolean(),
    /** Asking that personal data be taken out of a text, and deciding on it. */
    redact: z.boolean(),
    readHistory: z.boolean(),
  }),
})
export type Plan = z.infer<typeof Plan>

/** What the reader may do in this document, read at the moment of asking. Rooms ask again at every write. */
export const DocumentRights = z.object({
  edit: z.boolean(),
  saveVersion: z.boolean(),
  restore: z.boolean(),
  /** Typing for somebody who takes part in an open workshop on it. */
  writeFor: z.boolean(),
  /** Proposing changes of it. */
  propose: z.boolean(),
})

export const Document = z.object({
  id: DocumentId,
  planId: PlanId,
  kind: DocumentKind,
  /** Schema hash; a room wants it as `schema`. */
  schema: z.string(),
  template: z.string(),
  templateVersion: z.number().int(),
  epoch: z.number().int(),
  headSeq: z.number().int(),
  status: DocumentStatus,
  content: Content,
  contentHash: ContentHash,
  may: DocumentRights,
  me: Person,
})
export type Document = z.infer<typeof Document>
/** A document as an editor opens it: all but the text, which the room brings. */
export const DocumentOpening = Document.omit({ content: true, contentHash: true })
export type DocumentOpening = z.infer<typeof DocumentOpening>

export const VersionKind = z.enum(['named', 'automatic', 'before_restore', 'restored'])
export type VersionKind = z.infer<typeof VersionKind>
export const VersionItem = z.object({
  id: VersionId,
  number: z.number().int().positive(),
  kind: VersionKind,
  name: z.string().nullable(),
  note: z.string().nullable(),
  seq: z.number().int(),
  contentHash: ContentHash,
  createdAt: Time,
  /** Who asked for it; null when the server made it by itself. */
  createdBy: Person.nullable(),
  /** Everybody whose edits came since the version before. */
  authors: z.array(Person),
  /** For `restored`: the number of the version that was restored. */
  restoredFrom: z.number().int().nullable(),
})
export type VersionItem = z.infer<typeof VersionItem>
export const Version = VersionItem.extend({ content: Content })
export type Version = z.infer<typeof Version>

/** One piece of a compared text block. */
export const DiffPiece = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() })
const CellPlace = z.object({
  table: z.number().int().nonnegative(),
  row: z.number().int().nonnegative(),
  column: z.number().int().nonnegative(),
  head: z.boolean(),
})

/**
 * One block of a field, in reading order. `path` names its place (`bulletList/listItem/paragraph`, `table/…`);
 * `changed` carries word-level pieces, `reformatted` kept its words but not its form or marks. `cell` says where in a
 * table of the field it stood and stands, counted from 0.
 */
export const DiffBlock = z.object({
  kind: z.enum(['same', 'added', 'removed', 'changed', 'reformatted', 'moved']),
  path: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  pieces: z.array(DiffPiece),
  cell: z.object({ before: CellPlace.nullable(), after: CellPlace.nullable() }).optional(),
})
export type DiffBlock = z.infer<typeof DiffBlock>
export const Diff = z.object({
  from: VersionItem.nullable(),
  to: VersionItem.nullable(),
  fields: z.array(z.object({ field: z.string(), changed: z.boolean(), blocks: z.array(DiffBlock) })),
  facts: z.array(z.object({ key: z.string(), before: z.unknown(), after: z.unknown() })),
  totals: z.object({ added: z.number().int(), removed: z.number().int() }),
})
export type Diff = z.infer<typeof Diff>

/** A run of edits by one person without a pause of two minutes, for the slider over the log. */
export const HistoryRun = z.object({
  fromSeq: z.number().int(),
  toSeq: z.number().int(),
  startedAt: Time,
  endedAt: Time,
  author: Person,
  /** Who typed it for them, when they did not themselves: a facilitator in a workshop. */
  typedBy: Person.nullable(),
  via: z.enum(['edit', 'template', 'restore', 'repair', 'draft', 'proposal', 'import']),
})
export type HistoryRun = z.infer<typeof HistoryRun>

/** Text somebody wrote that the document could not take: kept whole, shown to its author (docs/spec/security.md, T24). */
export const DraftItem = z.object({
  id: DraftId,
  reason: z.enum(['frozen', 'forbidden', 'restored', 'refused']),
  createdAt: Time,
  author: Person,
  dismissedAt: Time.nullable(),
})
export type DraftItem = z.infer<typeof DraftItem>
export const Draft = DraftItem.extend({ content: Content, diff: Diff })
export type Draft = z.infer<typeof Draft>

/** Every operation of the program, by method and path. An operation that is not here does not exist. */
export const api = {
  'GET /api/service': {
    summary:
      'What a visitor may know before signing in: whether this is the demo, whose accounts and password are public',
    tag: 'service',
    status: 200,
    response: z.object({
      demo: z.boolean(),
      /** What the button of another sign-on says; null when there is none. */
      openid: z.string().nullable(),
    }),
    refusals: [],
  },
  ...accountApi,
  ...approvalApi,
  ...endorsementApi,
  ...progressApi,
  ...authorshipApi,
  ...peopleApi,
  ...planLifeApi,
  ...receiptApi,
  ...recordApi,
  ...witnessesApi,
  ...redactionApi,
  ...threadApi,
  ...importApi,
  ...inputApi,
  ...meetingApi,
  ...searchApi,
  ...newsApi,
  ...attachmentApi,
  ...dissentApi,
  ...planTextApi,
  ...exportApi,
  ...planPublicationApi,
  ...proposalApi,
  ...workshopApi,
  'GET /api/plans': {
    summary: 'The plans you take part in',
    tag: 'plans',
    query: PageQuery,
    status: 200,
    response: page(PlanItem),
    refusals: ['signed_out'],
  },
  'POST /api/plans': {
    summary:
      'Begin another plan, which you then coordinate; for who coordinates one here already. The first is founded by the operator',
    tag: 'plans',
    body: z.object({
      /** Stands in the plan's address. */
      slug: z.string().regex(/^[a-z0-9-]{1,60}$/),
      title: z.string().trim().min(1).max(200),
      place: z.string().trim().min(1).max(200),
    }),
    status: 201,
    response: PlanItem,
    refusals: ['invalid', 'signed_out', 'second_factor_missing', 'forbidden', 'conflict', 'too_large'],
  },
  'GET /api/plans/:planId': {
    summary: 'One plan with its commitments, by id or slug',
    tag: 'plans',
    params: PlanParams,
    status: 200,
    response: Plan,
    refusals: ['signed_out', 'not_found'],
  },
  'POST /api/plans/:planId/commitments': {
    summary: 'Add a commitment',
    tag: 'plans',
    params: PlanParams,
    body: z.object({ title: z.string().trim().min(1).max(200) }),
    status: 201,
    response: CommitmentItem,
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found'],
  },
  'GET /api/documents/:documentId': {
    summary: 'A document as it stands, committed edits only',
    tag: 'documents',
    params: DocumentParams,
    status: 200,
    response: Document,
    refusals: ['signed_out', 'not_found', 'unavailable'],
  },
  'GET /api/documents/:documentId/opening': {
    summary: 'What an editor needs to enter the document’s room: all but the text, which the room brings',
    tag: 'documents',
    params: DocumentParams,
    status: 200,
    response: DocumentOpening,
    refusals: ['signed_out', 'not_found', 'unavailable'],
  },
  'GET /api/documents/:documentId/at/:seq': {
    summary: 'The document as it stood after one entry of its log',
    tag: 'documents',
    params: DocumentParams.extend({ seq: z.coerce.number().int().min(0) }),
    status: 200,
    response: z.object({
      seq: z.number().int(),
      at: Time.nullable(),
      author: Person.nullable(),
      content: Content,
      contentHash: ContentHash,
    }),
    refusals: ['signed_out', 'not_found'],
  },
  'GET /api/documents/:documentId/history': {
    summary: 'Who wrote when, oldest first',
    tag: 'documents',
    params: DocumentParams,
    query: PageQuery,
    status: 200,
    response: page(HistoryRun),
    refusals: ['signed_out', 'not_found'],
  },
  'GET /api/documents/:documentId/versions': {
    summary: 'The versions, newest first',
    tag: 'versions',
    params: DocumentParams,
    query: PageQuery,
    status: 200,
    response: page(VersionItem),
    refusals: ['signed_out', 'not_found'],
  },
  'POST /api/documents/:documentId/versions': {
    summary: 'Keep the document as it stands under a name',
    tag: 'versions',
    params: DocumentParams,
    body: z.object({ name: z.string().trim().min(1).max(120), note: z.string().trim().max(2000).optional() }),
    status: 201,
    response: VersionItem,
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found', 'unavailable'],
  },
  'GET /api/documents/:documentId/versions/:versionId': {
    summary: 'One version with its content',
    tag: 'versions',
    params: VersionParams,
    status: 200,
    response: Version,
    refusals: ['signed_out', 'not_found'],
  },
  'GET /api/documents/:documentId/versions/:versionId/diff': {
    summary:
      'What changed from `with` to this version; `with=head` or no `with` compares this version with the document as it stands, `with=previous` with the version before',
    tag: 'versions',
    params: VersionParams,
    query: z.object({ with: z.union([VersionId, z.enum(['head', 'previous'])]).optional() }),
    status: 200,
    response: Diff,
    refusals: ['signed_out', 'not_found'],
  },
  'POST /api/documents/:documentId/versions/:versionId/restore': {
    summary: 'Bring a version back as a new edit; nothing is lost',
    tag: 'versions',
    params: VersionParams,
    body: z.object({}).optional(),
    status: 200,
    response: z.object({ version: VersionItem, headSeq: z.number().int() }),
    refusals: ['signed_out', 'forbidden', 'not_found', 'frozen', 'unavailable'],
  },
  'GET /api/documents/:documentId/drafts': {
    summary: 'Your kept drafts of a document',
    tag: 'drafts',
    params: DocumentParams,
    query: PageQuery,
    status: 200,
    response: page(DraftItem),
    refusals: ['signed_out', 'not_found'],
  },
  'POST /api/documents/:documentId/drafts': {
    summary: 'Hand in edits the room would not take; answers `kept: null` when the document already holds them all',
    tag: 'drafts',
    params: DocumentParams,
    body: z.object({
      /** A Yjs update (v1), base64: the whole state of the client, or what it thinks is missing. */
      update: z.base64().max(4 << 20),
      reason: z.enum(['frozen', 'forbidden', 'restored', 'refused']),
      /** Whose page hands them in: `signed_out` when the session is somebody else's by now. */
      author: UserId.optional(),
    }),
    status: 201,
    response: z.object({ kept: DraftItem.nullable() }),
    refusals: ['invalid', 'signed_out', 'not_found', 'too_large', 'foreign_author', 'content_not_allowed'],
  },
  'GET /api/documents/:documentId/drafts/:draftId': {
    summary: 'A kept draft and how it differs from the document as it stands',
    tag: 'drafts',
    params: DocumentParams.extend({ draftId: DraftId }),
    status: 200,
    response: Draft,
    refusals: ['signed_out', 'not_found'],
  },
  'DELETE /api/documents/:documentId/drafts/:draftId': {
    summary: 'Put a kept draft away (it stays in the record)',
    tag: 'drafts',
    params: DocumentParams.extend({ draftId: DraftId }),
    status: 204,
    refusals: ['signed_out', 'not_found'],
  },
} as const satisfies Record<string, Contract>

export type Api = typeof api
