import { z } from 'zod'
import { DocumentId, EndorsementId, VersionId } from '../ids.ts'
import { ContentHash, Group, Key, Person, Time } from './common.ts'
import type { Contract } from './contract.ts'

/** The largest letter, in bytes. */
export const largestLetter = 10 << 20

/** Whose letter it is: of the government, as the mayor's, or of those beside it. */
export const LetterSide = z.enum(['government', 'partner'])
export type LetterSide = z.infer<typeof LetterSide>

/** An exact text of a commitment. */
const EndorsedText = z.object({
  documentId: DocumentId,
  /** Of the commitment. */
  number: z.number().int(),
  title: z.string(),
  version: z.object({ id: VersionId, number: z.number().int(), contentHash: ContentHash }),
})
export type EndorsedText = z.infer<typeof EndorsedText>

/**
 * That something was withdrawn, by whom and why; `salt` opens the reason's hash in the record, and is null when words were taken
 * out of it.
 */
const Withdrawn = z.object({
  ...{ by: Person, at: Time, reason: z.string(), entry: z.number().int() },
  salt: z.string().nullable(),
})

/** That somebody, for an organisation, stands behind exact texts. */
const Endorsement = z.object({
  id: EndorsementId,
  number: z.number().int(),
  group: Group,
  /** Who signs for the organisation, and as what; empty once they were erased. */
  name: z.string(),
  office: z.string(),
  organisation: z.string(),
  texts: z.array(EndorsedText),
  by: Person,
  at: Time,
  entry: z.number().int(),
  /** Of the hash of name, office and organisation in the record; null once they were erased. */
  salt: z.string().nullable(),
  withdrawn: Withdrawn.nullable(),
  may: z.object({ withdraw: z.boolean() }),
})
export type Endorsement = z.infer<typeof Endorsement>

/** A letter of support. Its bytes are at `…/letters/<number>`. */
const Letter = z.object({
  number: z.number().int(),
  side: LetterSide,
  organisation: z.string(),
  mediaType: z.string(),
  /** Bytes, as it is kept. */
  size: z.number().int(),
  /** Hexadecimal, of the bytes as they are kept; null once it was withdrawn, as is the salt of its hash in the record. */
  sha256: z.string().nullable(),
  salt: z.string().nullable(),
  by: Person,
  at: Time,
  entry: z.number().int(),
  withdrawn: Withdrawn.nullable(),
  may: z.object({ withdraw: z.boolean() }),
})
export type Letter = z.infer<typeof Letter>

/** Who stands behind a plan, in the order in which it was said. */
export const EndorsementList = z.object({
  endorsements: z.array(Endorsement),
  letters: z.array(Letter),
  /** What can be endorsed: of each commitment the approved version, else the newest. */
  texts: z.array(EndorsedText),
  may: z.object({
    /** The group that the reader may endorse for; null for none. */
    endorseFor: Group.nullable(),
    keepLetters: z.boolean(),
  }),
})
export type EndorsementList = z.infer<typeof EndorsementList>

const plan = z.object({ planId: z.string().min(1).max(80) })
const reason = z.object({ reason: z.string().trim().min(1).max(2000) })
const name = z.string().trim().min(1)
const writing = ['invalid', 'signed_out', 'forbidden', 'not_found', 'conflict', 'too_large'] as const

export const endorsementApi = {
  'GET /api/plans/:planId/endorsements': {
    summary: 'Who stands behind a plan: endorsements of exact texts, and letters of support',
    tag: 'approvals',
    params: plan,
    status: 200,
    response: EndorsementList,
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'POST /api/plans/:planId/endorsements': {
    summary: 'Endorse exact texts for an organisation that is not of the government. The same key again writes nothing',
    tag: 'approvals',
    params: plan,
    body: z.object({
      key: Key,
      name: name.max(120),
      office: name.max(120),
      organisation: name.max(200),
      texts: z
        .array(z.object({ versionId: VersionId, contentHash: ContentHash }))
        .min(1)
        .max(100),
    }),
    status: 201,
    response: EndorsementList,
    refusals: [...writing, 'stale_version'],
  },
  'POST /api/plans/:planId/endorsements/:endorsementId/withdrawal': {
    summary: 'Withdraw an endorsement of your group, with a reason: that it stood until then stays to be read',
    tag: 'approvals',
    params: plan.extend({ endorsementId: EndorsementId }),
    body: reason,
    status: 201,
    response: EndorsementList,
    refusals: writing,
  },
  'POST /api/plans/:planId/letters': {
    summary: 'Keep a letter of support: a PDF, or a photo of one (JPEG, PNG, WebP), of at most 10 MB',
    tag: 'approvals',
    params: plan,
    query: z.object({ side: LetterSide, organisation: name.max(200) }),
    upload: { bytes: largestLetter },
    status: 201,
    response: EndorsementList,
    refusals: [...writing, 'unavailable'],
  },
  'POST /api/plans/:planId/letters/:number/withdrawal': {
    summary: 'Withdraw a letter, with a reason: its bytes go, that there was one stays',
    tag: 'approvals',
    params: plan.extend({ number: z.coerce.number().int().min(1).max(100_000) }),
    body: reason,
    status: 201,
    response: EndorsementList,
    refusals: writing,
  },
} as const satisfies Record<string, Contract>
