import type { MembershipEvent } from '@cabildo/protocol/http/people'
import type { RecordItem } from '@cabildo/protocol/http/record'
import { type MembershipKey, membershipKey } from '../../lib/membership-words.ts'
import { updatesOf } from './model.ts'

/** How what an entry names is called in the reader's language. */
export interface Names {
  /** Somebody who did something, at the start of a sentence; null: the program. */
  who: (actor: RecordItem['actor']) => string
  /** Somebody whom details name by pseudonym; `inside` a sentence, or at its start. */
  person: (pid: unknown, inside?: boolean) => string
  /** Somebody for whom somebody else typed, inside a sentence. */
  behalf: (behalf: NonNullable<RecordItem['behalf']>) => string
  /** A group by its id; nothing for none. */
  group: (id: unknown) => string
  role: (role: unknown) => string
  /** A state of a commitment, and one of the plan. */
  state: (state: unknown) => string
  planState: (state: unknown) => string
  sector: (sector: unknown) => string
  /** A text, in quotation marks. */
  text: (document: RecordItem['document']) => string
  /** A kind of entry. */
  type: (type: string) => string
  noBasis: string
}

/** Every change of membership; a new one does not compile until it is here, and so has its words. */
const membershipKinds = {
  joined: true,
  role_changed: true,
  group_changed: true,
  suspended: true,
  resumed: true,
  removed: true,
  left: true,
  renamed: true,
  merged: true,
  unmerged: true,
  muted: true,
  unmuted: true,
  display_changed: true,
  recovered: true,
  factor_reset_asked: true,
  factor_reset_refused: true,
  factor_reset: true,
  erased: true,
} as const satisfies Record<MembershipEvent['kind'], true>

const isMembershipKind = (kind: unknown): kind is MembershipEvent['kind'] =>
  typeof kind === 'string' && Object.hasOwn(membershipKinds, kind)

/** A sentence by its key and what fills its gaps. */
export interface Telling {
  /** Words of the page of people serve for changes of who takes part. */
  words: 'record' | 'people'
  key: RecordKey | MembershipKey
  values: Record<string, string | number>
}

type RecordKey = `tell.${
  | 'plan'
  | 'planChanged'
  | 'group'
  | 'memberOther'
  | 'workshopOpened'
  | 'workshopChanged'
  | 'workshopClosed'
  | 'wrote'
  | 'wroteFor'
  | 'wroteAccepted'
  | 'versionNamed'
  | 'versionAutomatic'
  | 'versionBeforeRestore'
  | 'versionRestored'
  | 'versionErased'
  | 'redaction'
  | 'erasure'
  | 'keyRotation'
  | `contribution${'' | 'Input' | 'InputTakenBack' | 'InputLinked' | 'InputUnlinked' | 'InputAttached' | 'InputDetached' | 'InputShown' | 'InputHidden' | 'InputPublic'}`
  | 'answer'
  | 'planAnswers'
  | 'planDays'
  | `comment${'' | 'Opened' | 'Replied' | 'Reworded' | 'TakenBack' | 'Resolved' | 'Reopened'}`
  | `proposal${'' | 'Proposed' | 'Accepted' | 'Rejected' | 'Withdrawn' | 'Revised'}`
  | `dissent${'' | 'Stated' | 'Withdrawn'}`
  | `meeting${'' | 'Created' | 'Changed' | 'Held' | 'Cancelled' | 'Planned' | 'Counted' | 'Inputs' | 'Minutes' | 'Attached' | 'Detached' | 'File'}`
  | `state${'' | 'Moved' | 'Prolonged'}`
  | `plan${'Moved' | 'Prolonged' | 'Published'}`
  | `approval${'' | 'Requested' | 'Approved' | 'Returned' | 'Withdrawn' | 'Voided'}`
  | `endorsement${'' | 'Given' | 'Withdrawn' | 'Letter' | 'LetterWithdrawn'}`
  | `progress${'' | 'Reported' | 'Assessed'}`
  | 'recovery'
  | 'erased'
  | 'unknown'}`

const known = ['plan', 'group', 'membership', 'workshop', 'contribution', 'answer', 'recovery']

/** Tells an entry in one sentence. One whose details are gone, or of a kind that is not known here, is told as that. */
export function tell(item: RecordItem, names: Names): Telling {
  const { type, actor, document, details } = item
  const who = names.who(actor)
  const say = (key: RecordKey, values: Telling['values'] = {}): Telling => ({
    words: 'record',
    key,
    values: { who, ...values },
  })
  switch (type) {
    case 'update-batch':
      return say(wroteOf(item), {
        text: names.text(document),
        count: updatesOf(details),
        ...(item.behalf && { behalf: names.behalf(item.behalf) }),
      })
    case 'version':
      return tellVersion(item, names, say)
    case 'redaction':
    case 'erasure':
      return say(`tell.${type}`, { basis: textOf(details?.basis) || names.noBasis })
    case 'key-rotation':
      return say('tell.keyRotation')
    case 'comment':
      return say(`tell.comment${actOf(details, acts)}`, {
        text: names.text(document),
        thread: textOf(details?.thread),
      })
    case 'proposal':
      return say(`tell.proposal${actOf(details, proposalActs)}`, {
        text: names.text(document),
        proposal: textOf(details?.proposal),
      })
    case 'dissent':
      return say(`tell.dissent${actOf(details, dissentActs)}`, {
        text: names.text(document),
        dissent: textOf(details?.dissent),
        group: names.group(details?.group),
      })
    case 'meeting':
      return say(`tell.meeting${meetingActOf(details)}`, {
        meeting: textOf(details?.meeting),
        people: textOf(details?.attended),
      })
    case 'state':
      return tellState(item, names, say)
    case 'approval':
      return say(`tell.approval${approvalActOf(details)}`, {
        text: names.text(document),
        version: textOf(details?.version),
      })
    case 'progress':
      return say(`tell.progress${progressActs[textOf(details?.kind)] ?? ''}`, {
        text: names.text(document),
        number: textOf(details?.milestone),
      })
    case 'endorsement':
      return say(`tell.endorsement${endorsementActOf(details)}`, {
        group: names.group(details?.group),
        number: textOf(details?.endorsement ?? details?.letter),
        count: Array.isArray(details?.texts) ? details.texts.length : 0,
      })
  }
  if (type === 'answer' && details) return say('tell.answer', { input: textOf(details.input) })
  if (!known.includes(type)) return say('tell.unknown', { type })
  if (!details) return item.erased ? say('tell.erased', { type: names.type(type) }) : tellBare(type, say)
  switch (type) {
    case 'plan':
      if (details.kind === 'answers')
        return say('tell.planAnswers', { share: textOf(details.answeredShare), days: textOf(details.answerDays) })
      if (details.kind === 'days') {
        const day = (value: unknown) => textOf(value) || '—'
        return say('tell.planDays', {
          start: day(details.start),
          submitted: day(details.submitted),
          end: day(details.end),
        })
      }
      if (details.kind === 'published') return say('tell.planPublished', { version: textOf(details.version) })
      return say(item.seq === 1 ? 'tell.plan' : 'tell.planChanged', { title: textOf(details.title) })
    case 'group':
      return say('tell.group', { name: textOf(details.name), sector: names.sector(details.sector) })
    case 'membership':
      return tellMembership(details, names)
    case 'workshop':
      if (details.kind === 'opened') return say('tell.workshopOpened', { title: textOf(details.title) })
      return say(details.kind === 'closed' ? 'tell.workshopClosed' : 'tell.workshopChanged')
    case 'contribution':
      if (details.kind === 'input' && details.act === 'brought' && details.channel === 'web')
        return say('tell.contributionInputPublic', { input: textOf(details.input) })
      if (details.kind === 'input')
        return say(`tell.contribution${inputActOf(details)}`, { input: textOf(details.input) })
  }
  return tellBare(type, say)
}

const acts = {
  opened: 'Opened',
  replied: 'Replied',
  reworded: 'Reworded',
  taken_back: 'TakenBack',
  resolved: 'Resolved',
  reopened: 'Reopened',
} as const

const proposalActs = {
  proposed: 'Proposed',
  accepted: 'Accepted',
  rejected: 'Rejected',
  withdrawn: 'Withdrawn',
  revised: 'Revised',
} as const

const dissentActs = { stated: 'Stated', withdrawn: 'Withdrawn' } as const
const meetingActs = {
  created: 'Created',
  changed: 'Changed',
  held: 'Held',
  cancelled: 'Cancelled',
  planned: 'Planned',
  counted: 'Counted',
  inputs: 'Inputs',
  minutes: 'Minutes',
  attached: 'Attached',
  detached: 'Detached',
  file: 'File',
} as const
const approvalActs = { requested: 'Requested', withdrawn: 'Withdrawn', voided: 'Voided' } as const
const progressActs: Readonly<Record<string, 'Reported' | 'Assessed'>> = { reported: 'Reported', assessed: 'Assessed' }
const endorsementActs = {
  given: 'Given',
  withdrawn: 'Withdrawn',
  letter: 'Letter',
  letter_withdrawn: 'LetterWithdrawn',
} as const
const verdicts = { approve: 'Approved', return: 'Returned' } as const

/** What became of an approval, likewise. */
function approvalActOf(details: RecordItem['details']) {
  const kind = textOf(details?.kind)
  if (kind === 'decided') return Object.entries(verdicts).find(([name]) => name === details?.verdict)?.[1] ?? ''
  return Object.entries(approvalActs).find(([name]) => name === kind)?.[1] ?? ''
}

/** What was done with a meeting, likewise. */
function meetingActOf(details: RecordItem['details']) {
  const kind = textOf(details?.kind)
  return Object.entries(meetingActs).find(([name]) => name === kind)?.[1] ?? ''
}

/** What was done with an endorsement or a letter, likewise. */
function endorsementActOf(details: RecordItem['details']) {
  const kind = textOf(details?.kind)
  return Object.entries(endorsementActs).find(([name]) => name === kind)?.[1] ?? ''
}

/** How an entry of written text is told: by whom, for whom, or as a proposal that was accepted. */
function wroteOf({ behalf, details }: RecordItem) {
  if (!behalf) return 'tell.wrote'
  return details?.accepted ? 'tell.wroteAccepted' : 'tell.wroteFor'
}

/** What was done, as its sentence is called; nothing for what is not known here, or was erased. */
function actOf<Word extends string>(details: RecordItem['details'], acts: Readonly<Record<string, Word>>): Word | '' {
  const act = textOf(details?.act)
  return Object.entries(acts).find(([name]) => name === act)?.[1] ?? ''
}

const inputActs = {
  brought: 'Input',
  taken_back: 'InputTakenBack',
  linked: 'InputLinked',
  unlinked: 'InputUnlinked',
  attached: 'InputAttached',
  detached: 'InputDetached',
  shown: 'InputShown',
  hidden: 'InputHidden',
} as const

/** What was done with an input, likewise. */
function inputActOf(details: RecordItem['details']) {
  const act = textOf(details?.act)
  return Object.entries(inputActs).find(([name]) => name === act)?.[1] ?? ''
}

type Say = (key: RecordKey, values?: Telling['values']) => Telling

function tellState({ document, details }: RecordItem, names: Names, say: Say): Telling {
  const text = names.text(document)
  if (!details) return say('tell.state', { text })
  const { kind, was, state } = details
  if (kind === 'plan')
    return was === state
      ? say('tell.planProlonged', { state: names.planState(state) })
      : say('tell.planMoved', { was: names.planState(was), state: names.planState(state) })
  return was === state
    ? say('tell.stateProlonged', { text })
    : say('tell.stateMoved', { text, was: names.state(was), state: names.state(state) })
}

function tellBare(type: string, say: Say): Telling {
  if (type === 'contribution' || type === 'recovery') return say(`tell.${type}`)
  if (type === 'answer') return say('tell.answer', { input: '?' })
  return say('tell.unknown', { type })
}

function tellVersion({ document, details }: RecordItem, names: Names, say: Say): Telling {
  const text = names.text(document)
  if (!details) return say('tell.versionErased', { text })
  const number = textOf(details.number)
  switch (details.kind) {
    case 'named':
      return say('tell.versionNamed', { text, number, name: textOf(details.name) })
    case 'restored':
      return say('tell.versionRestored', { text, number, from: textOf(details.restoredFrom) || '?' })
    case 'before_restore':
      return say('tell.versionBeforeRestore', { text, number })
    default:
      return say('tell.versionAutomatic', { text, number })
  }
}

function tellMembership(details: NonNullable<RecordItem['details']>, names: Names): Telling {
  const name = names.person(details.person)
  const { kind } = details
  if (!isMembershipKind(kind))
    return { words: 'record', key: 'tell.memberOther', values: { name: names.person(details.person, true) } }
  return {
    words: 'people',
    key: membershipKey(kind, details.workshop !== undefined),
    values: {
      name,
      role: names.role(details.role),
      was: names.role(details.wasRole),
      group: names.group(details.group),
      wasGroup: names.group(details.wasGroup),
      into: details.into === undefined ? '' : names.person(details.into, true),
    },
  }
}

const textOf = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')
