/**
 * A plan as every exported form of it is made from: plain values of its own, so that what the public pages show may grow
 * without a file changing.
 */

import type { CommitmentState, PlanState, Sector } from '@cabildo/protocol/http/common'
import type { LetterSide } from '@cabildo/protocol/http/endorsements'
import type { Meeting } from '@cabildo/protocol/http/meetings'
import type { MilestoneStatus } from '@cabildo/protocol/http/progress'
import type { WrittenLanguage } from '@cabildo/protocol/names'
import type { PlanDays } from '@cabildo/schema/plan-known'
import type {
  InputCounts,
  PublicCommitment,
  PublicFact,
  PublicField,
  PublicInput,
  PublicMilestone,
  PublicPlan,
  PublicVersion,
} from '../publish/reading.ts'

/** A plan as it is exported. */
export interface PlanText
  extends Pick<PublicPlan, 'slug' | 'title' | 'place' | 'language' | 'groups' | 'shares' | 'record'> {
  state: PlanState
  /** What the program knows of the plan, by the keys of the plan's form. */
  facts: PublicFact[]
  /** The plan's own text; none where nothing of it is told. */
  sections: SectionText[]
  commitments: CommitmentText[]
  endorsements: EndorsementText[]
  /** Letters and other files that stand beside the plan. */
  files: FileText[]
  /** Meetings that were held and workshops that are over, oldest first. */
  meetings: MeetingText[]
  inputs: InputCounts
}

/** A part of the plan's own text, with the version it stands in. */
export interface SectionText
  extends Pick<PublicField, 'key' | 'number' | 'label' | 'question' | 'content' | 'text' | 'hash' | 'empty'> {
  version: PublicVersion
}

/** A commitment as it is exported: published, or (`working`) as it stands for who takes part in the plan. */
export interface CommitmentText
  extends Pick<
    PublicCommitment,
    'number' | 'title' | 'version' | 'content' | 'facts' | 'approvals' | 'dissents' | 'inputs'
  > {
  state: CommitmentState
  standing: PublicCommitment['standing'] | 'working'
  fields: Pick<PublicField, 'key' | 'number' | 'label' | 'question' | 'content' | 'text' | 'hash' | 'empty'>[]
  milestones: MilestoneText[]
}

/** A milestone, with what was reported of it, oldest first. */
export interface MilestoneText extends Omit<PublicMilestone, 'progress'> {
  progress: { status: MilestoneStatus; note: string; link: string | null; day: string; at: string; entry: number }[]
}

/** A stakeholder's endorsement of exact texts, by the numbers of their commitments. */
export interface EndorsementText {
  name: string
  role: string
  organisation: string
  sector: Sector | null
  texts: { number: number; contentHash: string }[]
  at: string
  entry: number
}

/** A file, without its bytes. */
export interface FileText {
  name: string
  mediaType: string
  size: number
  sha256: string
  entry: number | null
}

/** A meeting or a workshop. */
export interface MeetingText {
  kind: 'meeting' | 'workshop'
  title: string
  heldOn: string
  place: string
  /** Null where nobody counted, and where fewer would be told of than may be. */
  attended: number | null
  groups: { name: string; sector: Sector }[]
  /** What else is told of it. */
  facts: PublicFact[]
}

/** What surrounds a plan when it is exported. */
export interface Exporting {
  language: WrittenLanguage
  /** When. */
  at: Date
  /** Where the plan is read; null when it is nowhere public. */
  address: string | null
}

/** A plan with what was brought to it, one by one. */
export interface PlanWithInputs {
  plan: PlanText
  /** By number. */
  inputs: readonly PublicInput[]
}

/** How a plan came about, as far as its own rows tell. */
export interface Process {
  /** Every one that was held, the first first. */
  meetings: readonly Meeting[]
  /** The states the plan came to, oldest first. */
  steps: readonly { state: PlanState; at: Date }[]
  /** When something happened that the public is told of. */
  told: readonly string[]
  days: PlanDays
  letters: readonly { number: number; side: LetterSide; organisation: string; mediaType: string }[]
  /** Whether somebody said how to reach the monitoring body. What it is is in no file. */
  hasMonitorContact: boolean
}

/** A plan as somebody who takes part in it exports it. */
export interface MemberPlan extends PlanWithInputs {
  process: Process
}
