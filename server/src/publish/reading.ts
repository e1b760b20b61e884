/**
 * What the public reads of a plan: plain values that hold nothing unpublished, for pages and for files.
 *
 * People stand in it as they let themselves be shown at the moment of reading, and never with a contact. Times are RFC 3339
 * in UTC with milliseconds, days `2026-03-28`, hashes `sha256:<hex>` of canonical JSON, shares from 0 to 1. `Localized` is a
 * text in the languages of the screens; what people wrote stands in the language it was written in.
 */
import type { Party } from '@cabildo/protocol/http/approvals'
import type { CommitmentState, GroupKind, PlanState, Sector } from '@cabildo/protocol/http/common'
import type { LetterSide } from '@cabildo/protocol/http/endorsements'
import type { InputChannel, InputOutcome } from '@cabildo/protocol/http/inputs'
import type { MeetingMode } from '@cabildo/protocol/http/meetings'
import type { Completion, MilestoneStatus } from '@cabildo/protocol/http/progress'
import type { Act, PlanAct } from '@cabildo/protocol/lifecycle'
import type { Content, JsonNode } from '@cabildo/schema/content'
import type { FieldKind, Localized } from '@cabildo/schema/templates/template'

/** Everything that is public of a plan, but its inputs one by one (`PublicInput`), which are paged. */
export interface PublicPlan {
  id: string
  slug: string
  title: string
  place: string
  /** Never `planning`: such a plan is not public. */
  state: PlanState
  demo: boolean
  /** Language in which the plan's texts are written. */
  language: 'es' | 'en'
  /** What a plan is at a glance, in the order in which it is shown; only what is set. */
  facts: PublicFact[]
  /** The plan's own text, as its coordinators published it last; null before they did. */
  text: PublicText | null
  /** The time in which everybody can say what they think that is under way; null for none. */
  window: { state: 'gathering' | 'consultation'; opensAt: string; closesAt: string } | null
  /** The clauses of that text, in order; none before it is public. */
  sections: PublicSection[]
  /** Those that are public, in the order of their numbers. */
  commitments: PublicCommitment[]
  /** In the order in which they were given; none that was withdrawn. */
  endorsements: PublicEndorsement[]
  /** Files for everybody: letters of support. */
  files: PublicFile[]
  /** Stakeholder groups, by name. */
  groups: PublicGroup[]
  /** Meetings that were held and open to everybody, and workshops that are over, oldest first. */
  meetings: PublicMeeting[]
  inputs: InputCounts
  /** Of the public texts together. */
  shares: PublicShares
  /** What happened since the first text was public, oldest first. */
  events: PublicEvent[]
  record: PublicRecord
}

/** One fact about a plan or a commitment, with its value in words. */
export interface PublicFact {
  key: string
  label: Localized
  /** As stored: a text, a day, or several. */
  value: string | string[]
  text: Localized
}

/** One field or section of a public text. */
export interface PublicField {
  /** Stable: also the fragment of its address. */
  key: string
  /** Its place in the text, from 1. */
  number: number
  kind: FieldKind
  label: Localized
  question: Localized
  /** A ProseMirror `doc`. */
  content: JsonNode
  /** Safe to serve; headings begin one below level 3. The words around milestones are in the language of the key. */
  html: Localized
  /** Plain text, in the same way. */
  text: Localized
  /** Of `content`. */
  hash: string
  empty: boolean
}

/** A clause of the plan's own text, with the version it stands in, and the part of the form that it belongs to. */
export interface PublicSection extends PublicField {
  version: PublicVersion
  section: { id: string; label: Localized }
}

/** The plan's own text as it was published. */
export interface PublicText {
  version: PublicVersion
  publishedAt: string
  entry: number
  /** The canonical JSON of the text as it reads now: its SHA-256 is `version.contentHash`. */
  canonical: string
  /** Words were taken out of it after it was published, so that the hash is not the published one any more. */
  redacted: boolean
}

/** Which exact text something is. */
export interface PublicVersion {
  documentId: string
  /** Null for a text in consultation that nobody gave a number. */
  id: string | null
  number: number | null
  name: string | null
  /** The row of the document's log after which it reads so. */
  seq: number
  /** Of the text as it reads now. */
  contentHash: string
}

/** A commitment with its public text. */
export interface PublicCommitment {
  id: string
  documentId: string
  number: number
  title: string
  state: CommitmentState
  /**
   * What the text is: `draft` stands in a consultation now; `consulted` stood in one that is over, and is being worked on;
   * `approved` was approved by everybody asked and is in force; `amending` was, and is being amended.
   */
  standing: 'draft' | 'consulted' | 'approved' | 'amending'
  /** Since when this text is public. */
  since: string
  version: PublicVersion
  content: Content
  /** The canonical JSON of `content`: its SHA-256 is `version.contentHash`. */
  canonical: string
  /** Words were taken out of it after it was approved, so that the hash is not the approved one any more. */
  redacted: boolean
  facts: PublicFact[]
  /** In the order of the form, without the title; also those that are empty. */
  fields: PublicField[]
  milestones: PublicMilestone[]
  /** That are or were in force, newest first. */
  approvals: PublicApproval[]
  /** Positions that groups reserved, also those withdrawn, by number. */
  dissents: PublicDissent[]
  /** Of this text; null when nobody wrote in it. */
  shares: PublicShares
  inputs: InputCounts
  /** How far the monitoring body found it completed, last; null before it said so. */
  assessment: { level: Completion; reason: string; by: PublicPerson; at: string; entry: number } | null
  /** Why it was withdrawn, or into which it was merged; null while it is neither. */
  ended: { state: 'merged' | 'withdrawn'; reason: string | null; into: { number: number; title: string } | null } | null
  /** From when until when comments are taken; null where there is no consultation, or one that was begun without an end. */
  consultation: { opensAt: string; closesAt: string } | null
  events: PublicEvent[]
}

/** A milestone as the text has it, with what was reported of it. */
export interface PublicMilestone {
  number: number
  title: string
  outputs: string
  start: string | null
  due: string | null
  lead: string
  supportGovernment: string
  supportCivilSociety: string
  supportOther: string
  /** Reports of the institution that answers for it, oldest first; the last is in force. */
  progress: PublicProgress[]
}

/** A report on a milestone of the approved text. */
export interface PublicProgress {
  status: MilestoneStatus
  note: string
  /** Where the evidence is. */
  link: string | null
  /** The day it speaks of. */
  day: string
  at: string
  by: PublicPerson
  entry: number
}

/** Somebody as they let themselves be shown: `name` is empty by group alone, `group` null too for who is not shown. */
export interface PublicPerson {
  name: string
  group: { name: string; sector: Sector } | null
}

/** An approval that came about. */
export interface PublicApproval {
  number: number
  /** Which text, by version and hash. */
  version: { number: number; name: string | null }
  contentHash: string
  /** `voided`: an amendment opened the text again. */
  state: 'approved' | 'voided'
  requestedAt: string
  approvedAt: string
  /** The entry of the record in which it was asked. */
  entry: number
  /** The mayor's office first. */
  decisions: {
    person: PublicPerson
    party: Party
    /** What they said with it; empty for nothing. */
    reason: string
    contentHash: string
    at: string
    entry: number
    /** Whether a passkey signed the entry, and the short name of that key. */
    signed: boolean
    key: string | null
    /** The names of the clauses it is about; null for the whole text. */
    clauses: string[] | null
  }[]
}

/** A stakeholder's endorsement. */
export interface PublicEndorsement {
  name: string
  role: string
  organisation: string
  sector: Sector | null
  /**
   * The texts it names, of commitments that are public, and whether that is the text which is public now. Version and hash
   * are told of that one and of those that were approved, and null for a draft.
   */
  texts: { number: number; title: string; version: number | null; contentHash: string | null; current: boolean }[]
  at: string
  entry: number
}

/** A file for everybody. `href` is a path of this server. */
export interface PublicFile {
  name: string
  mediaType: string
  size: number
  sha256: string
  href: string
  entry: number | null
  /** Whose letter it is, where it is one. */
  letter: { number: number; side: LetterSide; organisation: string; at: string } | null
}

/** A stakeholder group. Never with its contact. */
export interface PublicGroup {
  id: string
  name: string
  sector: Sector
  kind: GroupKind
  territory: string | null
}

/** A meeting or workshop that is over. */
export interface PublicMeeting {
  id: string
  kind: 'meeting' | 'workshop'
  /** Whether it follows up on what was approved. */
  isFollowUp: boolean
  /** Of the plan's meetings; null for a workshop. */
  number: number | null
  title: string
  heldOn: string
  /** Clock times at the place, `15:30`. */
  starts: string | null
  ends: string | null
  mode: MeetingMode
  place: string
  agenda: string
  results: string
  /** What people were sent to read for it. */
  materials: { title: string; link: string | null; href: string | null; sentOn: string | null; sentTo: string | null }[]
  /** Null where fewer than three would be told of, and where nobody counted. */
  attended: number | null
  /** Of which groups people came, and how many; null where that would tell of fewer than three. */
  groups: { name: string; sector: Sector; attended: number | null }[]
  /** Path of its minutes without the language (`/p/…`); null where none are public. */
  minutes: string | null
  files: PublicFile[]
}

/** Counts of what was brought and is shown. */
export interface InputCounts {
  total: number
  answered: number
  /** Of the answers in force. */
  outcomes: { outcome: InputOutcome; count: number }[]
}

/** Something that was brought, and every answer to it. */
export interface PublicInput {
  number: number
  channel: InputChannel
  place: string | null
  saidOn: string
  language: string
  /** Empty when it was taken back, or whose it was was erased. */
  words: string
  takenBack: boolean
  /** The public meeting in which it was said. */
  meeting: { number: number; title: string } | null
  from: PublicPerson
  side: Sector | null
  /** Public commitments it has to do with; 0 is the plan's own text. */
  links: { number: number; title: string; field: string | null; label: Localized | null }[]
  /** Oldest first; the last is in force. */
  answers: {
    outcome: InputOutcome
    reason: string
    mergedInto: number | null
    /** The version that shows it, of a public commitment. */
    version: { number: number; commitment: number } | null
    by: PublicPerson
    at: string
    entry: number
  }[]
  /** The entry of the record that tells of it. */
  entry: number
}

/** A position that a group reserved on a clause. */
export interface PublicDissent {
  number: number
  group: { name: string; sector: Sector }
  field: string
  label: Localized
  /** The words it is on, as they read then; null for the whole clause, and for words that are not public. */
  quote: string | null
  /** Empty for one that was stated on a draft: its words are not public. */
  position: string
  statedAt: string
  withdrawnAt: string | null
  entry: number
}

/**
 * What each group wrote of texts that are public: characters that stand, in the order of the groups' names. It measures
 * who typed, not whose ideas they were.
 */
export interface PublicShares {
  groups: {
    name: string
    sector: Sector
    written: number
    share: number
    /** How many people; null where that would tell of fewer than three. */
    people: number | null
  }[]
  /** Of people without a group, or not shown at all. */
  rest: { written: number; share: number }
}

/** Something that happened, for a timeline. */
export interface PublicEvent {
  at: string
  kind: 'plan' | 'text' | 'commitment' | 'approval' | 'endorsement' | 'letter' | 'progress' | 'assessment'
  /** The act of a commitment's life, or of the plan's; null otherwise. */
  act: Act | null
  planAct: PlanAct | null
  /** What it led to: a state, the status of a milestone, or how far it is completed. */
  state: string | null
  /** Of a text, the version; of a milestone, its place. */
  number: number | null
  /** The day on which a time for inputs or comments ends, where one was said. */
  closesAt: string | null
  /** The commitment it is about. */
  commitment: { number: number; title: string } | null
  /** In words, where it has some of its own: an organisation, a milestone. */
  title: string
  /** Why, where a reason was owed. */
  reason: string | null
  contentHash: string | null
  entry: number | null
}

/** How far the plan's record is signed, and by which key. */
export interface PublicRecord {
  /** The C2SP verifier key. */
  key: string
  /** The last published head; null before the first. */
  checkpoint: { size: number; note: string } | null
  /** The last entry of the plan's own record. */
  seq: number
  hash: string | null
  at: string | null
}
