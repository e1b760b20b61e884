/** What the public reads of a plan, as it is exported: the one place that knows both. */
import { type PlanKnownKey, planRows } from '@cabildo/schema/templates/ogp-plan'
import type { PublicCommitment, PublicFact, PublicFile, PublicMeeting, PublicPlan } from '../publish/reading.ts'
import { meetingFacts } from './meeting-text.ts'
import type { CommitmentText, FileText, MeetingText, PlanText } from './plan-text.ts'
import { letterWords } from './words.ts'

/** A public plan as it is exported. */
export function fromPublic(plan: PublicPlan): PlanText {
  const { facts, groups, meetings, commitments, endorsements, files } = plan
  return {
    ...plan,
    // The pages tell of both with their own lists; the form asks for the counts.
    facts: [...facts, countOf('groups', groups.length), countOf('meetings', meetings.filter(isMeeting).length)],
    commitments: commitments.map(commitmentFromPublic),
    endorsements: endorsements.map(({ name, role, organisation, sector, texts, at, entry }) => ({
      ...{ name, role, organisation, sector, at, entry },
      // A draft's hash is not public, and the file's form has no text without one.
      texts: texts.flatMap(({ number, contentHash }) => (contentHash === null ? [] : [{ number, contentHash }])),
    })),
    files: files.map(fileText),
    meetings: meetings.map(meetingFromPublic),
  }
}

const isMeeting = ({ kind }: PublicMeeting): boolean => kind === 'meeting'

function countOf(key: PlanKnownKey, count: number): PublicFact {
  const row = planRows.find((one) => one.by === 'known' && one.known === key)
  const text = String(count)
  return {
    key,
    label: row?.by === 'known' ? row.label : { es: key, en: key },
    value: text,
    text: { es: text, en: text },
  }
}

/** A public commitment as it is exported. */
export function commitmentFromPublic(commitment: PublicCommitment): CommitmentText {
  return {
    ...commitment,
    milestones: commitment.milestones.map((milestone) => ({
      ...milestone,
      progress: milestone.progress.map(({ status, note, link, day, at, entry }) => ({
        ...{ status, note, link, day, at, entry },
      })),
    })),
  }
}

function fileText({ name, mediaType, size, sha256, entry, letter }: PublicFile): FileText {
  const said = letter ? `${letterWords[letter.side].es}: ${letter.organisation}` : name
  return { name: said, mediaType, size, sha256, entry }
}

function meetingFromPublic(meeting: PublicMeeting): MeetingText {
  const { kind, title, heldOn, place, attended, groups } = meeting
  return {
    ...{ kind, title, heldOn, place, attended, facts: meetingFacts(meeting) },
    groups: groups.map(({ name, sector }) => ({ name, sector })),
  }
}
