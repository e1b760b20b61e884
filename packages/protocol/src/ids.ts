import { z } from 'zod'

/**
 * Opaque identifiers. Each is 16 random bytes as 22 characters of base64url (RFC 4648 section 5), made by the server
 * alone, so that nobody can guess one.
 */
const id = <Brand extends string>() =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]{22}$/)
    .brand<Brand>()

export const UserId = id<'UserId'>()
export type UserId = z.infer<typeof UserId>
/** Names a session in public and in the record. It is never the secret in the cookie. */
export const SessionId = id<'SessionId'>()
export type SessionId = z.infer<typeof SessionId>
export const PlanId = id<'PlanId'>()
export type PlanId = z.infer<typeof PlanId>
export const GroupId = id<'GroupId'>()
export type GroupId = z.infer<typeof GroupId>
export const CommitmentId = id<'CommitmentId'>()
export type CommitmentId = z.infer<typeof CommitmentId>
export const DocumentId = id<'DocumentId'>()
export type DocumentId = z.infer<typeof DocumentId>
export const VersionId = id<'VersionId'>()
export type VersionId = z.infer<typeof VersionId>
export const DraftId = id<'DraftId'>()
export type DraftId = z.infer<typeof DraftId>
export const LinkId = id<'LinkId'>()
export type LinkId = z.infer<typeof LinkId>
/** Names a request to remove a second factor. */
export const FactorResetId = id<'FactorResetId'>()
export type FactorResetId = z.infer<typeof FactorResetId>
/** Names a request to take personal data out of a text. */
export const RedactionId = id<'RedactionId'>()
export type RedactionId = z.infer<typeof RedactionId>
export const ThreadId = id<'ThreadId'>()
export type ThreadId = z.infer<typeof ThreadId>
export const CommentId = id<'CommentId'>()
export type CommentId = z.infer<typeof CommentId>
/** Names something that somebody brought to a plan. */
export const InputId = id<'InputId'>()
export type InputId = z.infer<typeof InputId>
export const DissentId = id<'DissentId'>()
export type DissentId = z.infer<typeof DissentId>
export const ProposalId = id<'ProposalId'>()
export type ProposalId = z.infer<typeof ProposalId>
/** Names a request that a text be approved. */
export const ApprovalId = id<'ApprovalId'>()
export type ApprovalId = z.infer<typeof ApprovalId>
/** Names a meeting of a plan. */
export const MeetingId = id<'MeetingId'>()
export type MeetingId = z.infer<typeof MeetingId>
/** Names an endorsement of texts of a plan. */
export const EndorsementId = id<'EndorsementId'>()
export type EndorsementId = z.infer<typeof EndorsementId>
export const WorkshopId = id<'WorkshopId'>()
export type WorkshopId = z.infer<typeof WorkshopId>
export const TableId = id<'TableId'>()
export type TableId = z.infer<typeof TableId>
