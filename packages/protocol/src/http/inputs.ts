import { z } from 'zod'
import { DocumentId, GroupId, InputId, MeetingId, ProposalId, ThreadId, UserId, VersionId } from '../ids.ts'
import { Display, Key, PageQuery, Person, page, Sector, Time } from './common.ts'
import type { Contract } from './contract.ts'
import { TakenReceipt } from './receipts.ts'
import { TextPlace, TextSpan } from './threads.ts'

/** How something was brought. `web`: by the public, on a page of a text in consultation, without a session. */
export const InputChannel = z.enum(['online', 'meeting', 'paper', 'voice', 'photo', 'mail', 'web'])
export type InputChannel = z.infer<typeof InputChannel>

/** What an answer decides. */
export const InputOutcome = z.enum(['adopted', 'adapted', 'merged', 'not_adopted', 'out_of_scope'])
export type InputOutcome = z.infer<typeof InputOutcome>

/** Whether what the public said is shown to everybody. */
export const ModerationVerdict = z.enum(['shown', 'hidden'])
export type ModerationVerdict = z.infer<typeof ModerationVerdict>

/** A day, `2026-03-28`. */
const Day = z.iso.date().refine((day) => day >= '1900-01-01', 'a day since 1900')
const most = { words: 4000, reason: 2000, atOnce: 100, place: 200, name: 120, spans: 400 }

/**
 * Whose an input is, as its reader may see them: as a person, or (`id` null) somebody without an account, of whom there is
 * a name only where they let it be shown, a group, or nothing.
 */
const InputFrom = Person.extend({ id: UserId.nullable() })

const InputLink = z.object({
  number: z.number().int(),
  document: z.object({ id: DocumentId, number: z.number().int(), title: z.string() }),
  /** Null for the whole commitment. */
  field: z.string().nullable(),
  /** The version in which it shows. */
  version: z.object({ id: VersionId, number: z.number().int() }).nullable(),
  /** The words that it brought about, as they read when they were linked; null for a link on none. */
  quote: z.string().nullable(),
  /** Null where the public said on a text what it is about. */
  by: Person.nullable(),
  linkedAt: Time,
  entry: z.number().int(),
})

/** Words that an input brought about, and where they stand now. */
const Passage = z.object({
  /** The number of the link among those of its input. */
  link: z.number().int(),
  /** `hand`: somebody pointed at them; `proposal`: they came with the proposal that is the input. */
  made: z.enum(['hand', 'proposal']),
  field: z.string(),
  /** How they read when they were linked. */
  quote: z.string(),
  /** Where they stand now, none when they are gone. */
  places: z.array(TextPlace),
  by: Person,
  linkedAt: Time,
  entry: z.number().int(),
})

/** Words that one input changed. */
export const ChangedWords = Passage.extend({
  document: z.object({ id: DocumentId, number: z.number().int(), title: z.string() }),
})
export type ChangedWords = z.infer<typeof ChangedWords>

/** Words of one text, with the input behind them. */
export const WordsFromInput = Passage.extend({
  input: z.object({
    id: InputId,
    number: z.number().int(),
    /** Empty as in the input. */
    words: z.string(),
    from: InputFrom,
    channel: InputChannel,
    /** Of the answer in force; null without one. */
    outcome: InputOutcome.nullable(),
  }),
})
export type WordsFromInput = z.infer<typeof WordsFromInput>

const InputAnswer = z.object({
  number: z.number().int(),
  outcome: InputOutcome,
  reason: z.string(),
  mergedInto: z.object({ id: InputId, number: z.number().int() }).nullable(),
  /** The version that shows it. */
  version: z.object({ id: VersionId, number: z.number().int(), documentId: DocumentId }).nullable(),
  by: Person,
  answeredAt: Time,
  /** The entry of the record that tells of it, and the salt of the reason's hash there; null when words were taken out. */
  entry: z.number().int(),
  salt: z.string().nullable(),
})

/** Something that somebody brought to a plan, and what was answered. */
export const Input = z.object({
  id: InputId,
  number: z.number().int(),
  channel: InputChannel,
  place: z.string().nullable(),
  saidOn: Day,
  /** BCP 47. */
  language: z.string(),
  /** Empty once it was taken back, or whose it was was erased. */
  words: z.string(),
  from: InputFrom,
  /** The side their group was on then; null with it. */
  side: Sector.nullable(),
  /** Who typed it for them; null when they did themselves, and for what the public said. */
  typedBy: Person.nullable(),
  /** Whether the reader brought or typed it. */
  own: z.boolean(),
  consent: z.boolean(),
  /** The comment that was made an input. */
  thread: z.object({ id: ThreadId, documentId: DocumentId, number: z.number().int() }).nullable(),
  /** The proposal that was made an input. */
  proposal: z.object({ id: ProposalId, documentId: DocumentId, number: z.number().int() }).nullable(),
  /** The meeting at which it was brought. */
  meeting: z.object({ id: MeetingId, number: z.number().int(), title: z.string() }).nullable(),
  broughtAt: Time,
  takenBackAt: Time.nullable(),
  /** Until when an answer is promised; `overdue`: there is none, and the day is over. */
  dueOn: Day,
  overdue: z.boolean(),
  links: z.array(InputLink),
  /** Every answer, oldest first: the last is in force. */
  answers: z.array(InputAnswer),
  entry: z.number().int(),
  salt: z.string().nullable(),
  /** Of what the public said: what was ruled last, null while it waits. Null for all else, which nobody holds back. */
  moderation: z
    .object({
      ruling: z.object({ verdict: ModerationVerdict, reason: z.string(), by: Person, at: Time }).nullable(),
    })
    .nullable(),
  may: z.object({
    moderate: z.boolean(),
    answer: z.boolean(),
    link: z.boolean(),
    takeBack: z.boolean(),
    /** Deleting the name of somebody without an account. */
    forgetName: z.boolean(),
    takeReceipt: z.boolean(),
  }),
})
export type Input = z.infer<typeof Input>

const Counted = z.object({
  /** Inputs that were not taken back. */
  total: z.number().int(),
  answered: z.number().int(),
  overdue: z.number().int(),
  /** Percent answered, rounded down, so that 100 is said of all alone; 100 of none. */
  share: z.number().int(),
})

/** How much of what was brought has an answer, and what the plan promises. */
export const InputCoverage = Counted.extend({
  outcomes: z.record(InputOutcome, z.number().int()),
  commitments: z.array(
    Counted.extend({
      documentId: DocumentId,
      number: z.number().int(),
      title: z.string(),
      reached: z.boolean(),
    }),
  ),
  /** The percentage that is needed, and in how many days each answer is promised. */
  answeredShare: z.number().int(),
  answerDays: z.number().int(),
  reached: z.boolean(),
  may: z.object({ bring: z.boolean(), bringFor: z.boolean(), answer: z.boolean(), set: z.boolean() }),
})
export type InputCoverage = z.infer<typeof InputCoverage>

/** An input that says much the same. */
const AlikeInput = z.object({
  id: InputId,
  number: z.number().int(),
  words: z.string(),
  /** Percent of the words that both have. */
  share: z.number().int(),
})
export type AlikeInput = z.infer<typeof AlikeInput>

/**
 * Whose an input is when it is not its sender's: somebody of the plan (`userId`), or somebody without an account, by name, by
 * group, or by neither. A name needs their consent, and is shown as they wish.
 */
const BroughtFor = z.object({
  userId: UserId.optional(),
  name: z.string().trim().min(1).max(most.name).optional(),
  display: Display.default('group'),
  groupId: GroupId.optional(),
})

export const NewInput = z.object({
  key: Key,
  channel: InputChannel.exclude(['web']),
  place: z.string().trim().min(1).max(most.place).optional(),
  /** Today when left out. */
  saidOn: Day.optional(),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/)
    .default('es'),
  words: z.string().trim().min(1).max(most.words),
  from: BroughtFor.optional(),
  /** Whether whose it is agreed that it is published as they wish to be shown. */
  consent: z.boolean().default(false),
  /** The commitment and field it is about. */
  documentId: DocumentId.optional(),
  field: z.string().min(1).max(40).optional(),
  /** The meeting at which it was brought: said by those who run meetings. */
  meetingId: MeetingId.optional(),
})
/** As it was sent, its defaults filled in. */
export type NewInput = z.output<typeof NewInput>

const PlanParams = z.object({ planId: z.string().min(1).max(80) })
const InputParams = PlanParams.extend({ inputId: InputId })

const InputQuery = PageQuery.extend({
  /** `held`: what the public said and nobody has ruled on yet. */
  state: z.enum(['unanswered', 'answered', 'overdue', 'held']).optional(),
  outcome: InputOutcome.optional(),
  channel: InputChannel.optional(),
  documentId: DocumentId.optional(),
  field: z.string().min(1).max(40).optional(),
  /** Those alone of a meeting. */
  meetingId: MeetingId.optional(),
  /** `true`: those alone that the reader brought or typed. */
  mine: z.enum(['true']).optional(),
  /** Those alone with a larger number: the next one of a queue, or one by its number. A cursor goes before it. */
  above: z.coerce.number().int().min(0).optional(),
})

const writing = ['invalid', 'signed_out', 'forbidden', 'not_found', 'conflict', 'too_large'] as const
const reading = ['signed_out', 'not_found'] as const

export const inputApi = {
  'GET /api/plans/:planId/inputs': {
    summary: 'What people brought, by number, with its answers. The queue of a drafter: `state=unanswered`',
    tag: 'inputs',
    params: PlanParams,
    query: InputQuery,
    status: 200,
    response: page(Input),
    refusals: ['invalid', ...reading],
  },
  'POST /api/plans/:planId/inputs': {
    summary: 'Bring up to 100 inputs at once. The same keys again write nothing and give the same answer',
    tag: 'inputs',
    params: PlanParams,
    body: z.object({ inputs: z.array(NewInput).min(1).max(most.atOnce) }),
    status: 201,
    response: z.object({
      items: z.array(
        z.object({
          key: z.string(),
          id: InputId,
          number: z.number().int(),
          entry: z.number().int(),
          /** Whether what is stored under the key is what was sent now; an earlier try may have stored something else. */
          same: z.boolean(),
          /** Others that say much the same, at most three, the most alike first. */
          alike: z.array(AlikeInput),
        }),
      ),
    }),
    refusals: writing,
  },
  'POST /api/plans/:planId/inputs/alike': {
    summary: 'Which inputs say much the same as these words, before anything is stored',
    tag: 'inputs',
    params: PlanParams,
    body: z.object({ words: z.array(z.string().trim().max(most.words)).min(1).max(most.atOnce) }),
    status: 200,
    response: z.object({ items: z.array(z.object({ alike: z.array(AlikeInput) })) }),
    refusals: ['invalid', 'signed_out', 'not_found'],
  },
  'GET /api/plans/:planId/inputs/coverage': {
    summary: 'How much of what was brought has an answer, for the plan and for each commitment',
    tag: 'inputs',
    params: PlanParams,
    status: 200,
    response: InputCoverage,
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'PUT /api/plans/:planId/inputs/promise': {
    summary: 'Set which share of the inputs must have an answer, and in how many days',
    tag: 'inputs',
    params: PlanParams,
    body: z.object({
      answeredShare: z.number().int().min(0).max(100),
      answerDays: z.number().int().min(1).max(365),
    }),
    status: 200,
    response: InputCoverage,
    refusals: ['invalid', 'signed_out', 'forbidden', 'not_found'],
  },
  'GET /api/plans/:planId/inputs/:inputId': {
    summary: 'One input with its links and every answer',
    tag: 'inputs',
    params: InputParams,
    status: 200,
    response: Input,
    refusals: reading,
  },
  'DELETE /api/plans/:planId/inputs/:inputId': {
    summary: 'Take back what you brought: its words go, that there was an input stays',
    tag: 'inputs',
    params: InputParams,
    status: 200,
    response: Input,
    refusals: writing,
  },
  'DELETE /api/plans/:planId/inputs/:inputId/name': {
    summary: 'Delete the name of somebody without an account, and the files beside their input',
    tag: 'inputs',
    params: InputParams,
    status: 200,
    response: Input,
    refusals: writing,
  },
  'POST /api/plans/:planId/inputs/:inputId/links': {
    summary: 'Say which commitment, field, words and version an input has to do with',
    tag: 'inputs',
    params: InputParams,
    body: z.object({
      documentId: DocumentId,
      field: z.string().min(1).max(40).optional(),
      /** The words it brought about, by the ids under which they stand in the log: then the field is theirs. */
      ids: z.array(TextSpan).min(1).max(most.spans).optional(),
      versionId: VersionId.optional(),
    }),
    status: 201,
    response: Input,
    refusals: writing,
  },
  'DELETE /api/plans/:planId/inputs/:inputId/links/:link': {
    summary: 'Take such a link away',
    tag: 'inputs',
    params: InputParams.extend({ link: z.coerce.number().int().min(1).max(100_000) }),
    status: 200,
    response: Input,
    refusals: writing,
  },
  'POST /api/plans/:planId/inputs/:inputId/moderation': {
    summary: 'Show what the public said to everybody, or hide it with a reason: the last ruling is in force',
    tag: 'inputs',
    params: InputParams,
    body: z.object({
      verdict: ModerationVerdict,
      /** Needed for `hidden`. */
      reason: z.string().trim().max(most.reason).default(''),
    }),
    status: 201,
    response: Input,
    refusals: writing,
  },
  'GET /api/plans/:planId/inputs/:inputId/passages': {
    summary: 'The words that an input changed, and where they stand now',
    tag: 'inputs',
    params: InputParams,
    status: 200,
    response: z.object({ items: z.array(ChangedWords) }),
    refusals: reading,
  },
  'GET /api/documents/:documentId/passages': {
    summary: 'Which words of a text came from which inputs, where they stand after row `seq` of its log',
    tag: 'inputs',
    params: z.object({ documentId: DocumentId }),
    query: PageQuery,
    status: 200,
    response: page(WordsFromInput).extend({ seq: z.number().int(), mayLink: z.boolean() }),
    refusals: ['invalid', ...reading],
  },
  'POST /api/plans/:planId/inputs/:inputId/answers': {
    summary: 'Answer an input, or answer it otherwise: every answer stays to be read, the last is in force',
    tag: 'inputs',
    params: InputParams,
    body: z.object({
      /** The number of the last answer that was read; 0 for none. Somebody else having answered since is a `conflict`. */
      after: z.number().int().min(0),
      outcome: InputOutcome,
      reason: z.string().trim().min(1).max(most.reason),
      /** For `merged` alone, and needed there. */
      mergedInto: InputId.optional(),
      /** The version that shows it: needed for `adopted` and `adapted`. */
      documentId: DocumentId.optional(),
      versionId: VersionId.optional(),
    }),
    status: 201,
    response: Input,
    refusals: writing,
  },
  'POST /api/plans/:planId/inputs/:inputId/receipts': {
    summary: 'Take a receipt for what you brought or typed: its code shows the answer, without an account',
    tag: 'inputs',
    params: InputParams,
    status: 201,
    response: TakenReceipt,
    refusals: ['signed_out', 'forbidden', 'not_found'],
  },
  'POST /api/documents/:documentId/threads/:threadId/input': {
    summary: 'Make the comment that opened a thread an input, of whoever wrote it',
    tag: 'inputs',
    params: z.object({ documentId: DocumentId, threadId: ThreadId }),
    status: 201,
    response: Input,
    refusals: writing,
  },
  'POST /api/documents/:documentId/proposals/:proposalId/input': {
    summary: 'Make a proposal an input, of whoever made it; what is accepted of it is linked to the words it brings',
    tag: 'inputs',
    params: z.object({ documentId: DocumentId, proposalId: ProposalId }),
    status: 201,
    response: Input,
    refusals: writing,
  },
} as const satisfies Record<string, Contract>
