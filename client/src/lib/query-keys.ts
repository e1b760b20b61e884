import type { NewsTopic } from '@cabildo/protocol/room/messages'

/**
 * The names under which answers are kept, in one place because features share them without knowing each other: a
 * restored version makes the document stale, a new commitment the plan. Invalidating a key invalidates what starts
 * with it.
 */
export const queryKeys = {
  /** What stands beside a document's text, of one topic: its room tells when that changed. */
  beside: (documentId: string, topic: NewsTopic) => ['document', documentId, topic] as const,
  service: ['service'] as const,
  session: ['session'] as const,
  /** What the bell counts. */
  unread: ['news', 'unread'] as const,
  news: (slug: string, mine: boolean) => ['news', slug, mine] as const,
  newsDigest: (slug: string, days: number, language: string) => ['news', slug, 'digest', days, language] as const,
  newsSettings: ['news', 'settings'] as const,
  plans: ['plans'] as const,
  plan: (slug: string) => ['plan', slug] as const,
  /** The own text of every plan with what is known beside it, and of one. */
  allPlanTexts: ['planText'] as const,
  planText: (slug: string) => ['planText', slug] as const,
  planPublication: (slug: string) => ['planText', slug, 'publication'] as const,
  profile: ['profile'] as const,
  sessions: ['sessions'] as const,
  rights: ['rights'] as const,
  /** How the record stands, and who outside signs it too. */
  recordStatus: ['record-status'] as const,
  members: (slug: string) => ['plan', slug, 'members'] as const,
  groups: (slug: string) => ['plan', slug, 'groups'] as const,
  membershipHistory: (slug: string) => ['plan', slug, 'membership-history'] as const,
  factorResets: (slug: string) => ['plan', slug, 'factor-resets'] as const,
  redactions: (slug: string) => ['plan', slug, 'redactions'] as const,
  invitations: (slug: string) => ['plan', slug, 'invitations'] as const,
  endorsements: (slug: string) => ['plan', slug, 'endorsements'] as const,
  exports: (slug: string) => ['plan', slug, 'exports'] as const,
  inputs: (slug: string) => ['plan', slug, 'inputs'] as const,
  meetings: (slug: string) => ['plan', slug, 'meetings'] as const,
  /** The minutes of every meeting, and of one. */
  allMinutes: ['minutes'] as const,
  minutes: (slug: string, number: number) => ['minutes', `${slug}/${number}`] as const,
  planStanding: (slug: string) => ['plan', slug, 'standing'] as const,
  record: (slug: string) => ['plan', slug, 'record'] as const,
  search: (slug: string) => ['plan', slug, 'search'] as const,
  workshops: (slug: string) => ['plan', slug, 'workshops'] as const,
  workshop: (slug: string, workshopId: string) => ['plan', slug, 'workshops', workshopId] as const,
  attendance: (slug: string, workshopId: string) => ['plan', slug, 'workshops', workshopId, 'attendance'] as const,
  /** Who shares this device in a workshop. */
  device: ['device'] as const,
  /** A document without its text: what its editor opens it with. */
  document: (documentId: string) => ['document', documentId] as const,
  /** The document as it is opened for writing; `opening` counts up when it is opened anew. */
  openings: (documentId: string) => ['document', documentId, 'opening'] as const,
  documentAt: (documentId: string, seq: number) => ['document', documentId, 'at', seq] as const,
  authorship: (documentId: string, seq: number | undefined) =>
    ['document', documentId, 'authorship', seq ?? 'now'] as const,
  authoredMoment: (documentId: string, seq: number) => ['document', documentId, 'authorship', 'moment', seq] as const,
  timelineMarks: (documentId: string) => ['document', documentId, 'authorship', 'marks'] as const,
  deletedText: (documentId: string) => ['document', documentId, 'authorship', 'deleted'] as const,
  planAuthorship: (slug: string) => ['plan', slug, 'authorship'] as const,
  history: (documentId: string) => ['document', documentId, 'history'] as const,
  versions: (documentId: string) => ['document', documentId, 'versions'] as const,
  version: (documentId: string, versionId: string) => ['document', documentId, 'versions', versionId] as const,
  diff: (documentId: string, versionId: string, against: string) =>
    ['document', documentId, 'versions', versionId, 'diff', against] as const,
  /** A receipt by its code. */
  receipt: (code: string) => ['receipt', code] as const,
  /** What is kept beside an input. */
  attachments: (planId: string, inputId: string) => ['plan', planId, 'inputs', inputId, 'attachments'] as const,
  progress: (documentId: string) => ['document', documentId, 'progress'] as const,
  drafts: (documentId: string) => ['document', documentId, 'drafts'] as const,
  draft: (documentId: string, draftId: string) => ['document', documentId, 'drafts', draftId] as const,
}
