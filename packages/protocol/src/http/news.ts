import { z } from 'zod'
import { DocumentId, InputId, PlanId, ProposalId, ThreadId, VersionId } from '../ids.ts'
import { CommitmentState, PageQuery, Person, PlanState, page, Time } from './common.ts'
import type { Contract } from './contract.ts'
import { InputOutcome } from './inputs.ts'

/** What happened in a plan. */
export const NewsKind = z.enum([
  'commented',
  'resolved',
  'reopened',
  'proposed',
  'accepted',
  'rejected',
  'brought',
  'answered',
  /** A version shows an input of the reader's. */
  'shown',
  'version',
  /** A commitment, or without a document the plan, went to another state. */
  'moved',
  /** Asked that an exact text be approved; approved; returned; the request withdrawn. */
  'asked',
  'approved',
  'returned',
  'recalled',
  /** A group reserved its position. */
  'dissented',
])
export type NewsKind = z.infer<typeof NewsKind>

/**
 * Why something happened because of the reader: they are named, what they said, proposed or brought was taken up, or they
 * are asked for an approval, or asked for it.
 */
export const NewsCause = z.enum(['mention', 'thread', 'proposal', 'input', 'approval'])
export type NewsCause = z.infer<typeof NewsCause>

/** A text by its number: a commitment's; 0 is the plan's own text; below 0 are the minutes of the meeting of that number. */
const NewsDocument = z.object({ id: DocumentId, number: z.number().int(), title: z.string() })

/** Something that happened and that the reader did not do themselves, with what leads to the place. */
export const NewsItem = z.object({
  /** The entry of the plan's record that tells of it. News come in the order of these numbers. */
  entry: z.number().int(),
  kind: NewsKind,
  /** Null for what happened without the reader. */
  cause: NewsCause.nullable(),
  at: Time,
  /** Null for inputs that were brought, whose people are told with them, and for what the program did. */
  by: Person.nullable(),
  document: NewsDocument.nullable(),
  thread: z.object({ id: ThreadId, number: z.number().int() }).nullable(),
  /** `isPart`: only some of it was accepted, or was not. */
  proposal: z.object({ id: ProposalId, number: z.number().int(), isPart: z.boolean() }).nullable(),
  /** For inputs that were brought in one hour by one person: the last of those that the line stands for. */
  input: z.object({ id: InputId, number: z.number().int() }).nullable(),
  version: z.object({ id: VersionId, number: z.number().int() }).nullable(),
  outcome: InputOutcome.nullable(),
  /** For `moved`: the state it has now. */
  state: z.union([CommitmentState, PlanState]).nullable(),
  /** How many things this line stands for. */
  count: z.number().int(),
  /** The beginning of what was said; empty where nothing was, or it is gone. */
  words: z.string(),
})
export type NewsItem = z.infer<typeof NewsItem>

/** How much somebody has not seen: all of it, and what is because of them. */
const Unread = z.object({ all: z.number().int(), mine: z.number().int() })
export type Unread = z.infer<typeof Unread>

/** How far somebody has seen: opaque, told with a list and handed back. */
const Mark = z.string().regex(/^\d{1,15}\.\d{1,15}$/)

/** A text that others changed since the reader was here last. */
export const ChangedText = z.object({
  document: NewsDocument,
  changedAt: Time,
  /** The row of the log up to which the reader had seen it. */
  since: z.number().int(),
})
export type ChangedText = z.infer<typeof ChangedText>

/** How often somebody is written to: at most daily, at most weekly, never. */
export const NewsMail = z.enum(['daily', 'weekly', 'off'])
export type NewsMail = z.infer<typeof NewsMail>

const settings = {
  mail: NewsMail,
  /** What makes a letter worth sending: only what is because of them, or anything. */
  about: z.enum(['mine', 'all']),
  language: z.enum(['es', 'en']),
}
/** How somebody wishes to be told, and where letters would go. */
export const NewsSettings = z.object({
  ...settings,
  /** Why there are no letters: no address, or no mail set up here. Null where there are. */
  without: z.enum(['address', 'mail']).nullable(),
})
export type NewsSettings = z.infer<typeof NewsSettings>

const PlanParams = z.object({ planId: z.string().min(1).max(80) })

export const newsApi = {
  'GET /api/news': {
    summary: 'How much you have not seen, in each plan you take part in',
    tag: 'news',
    status: 200,
    response: z.object({
      items: z.array(z.object({ planId: PlanId, slug: z.string(), title: z.string(), unread: Unread })),
    }),
    refusals: ['signed_out'],
  },
  'GET /api/plans/:planId/news': {
    summary:
      'What others did in a plan, newest first; with `mine`, only what is because of you. `seen` is the last entry you had seen, `mark` what to say once you have seen these. Hand `seen` back to be shown the list once more with what was new then still apart',
    tag: 'news',
    params: PlanParams,
    query: PageQuery.extend({
      mine: z.enum(['true', 'false']).optional(),
      seen: z.coerce.number().int().min(0).optional(),
    }),
    status: 200,
    response: page(NewsItem).extend({
      unread: Unread,
      seen: z.number().int(),
      mark: Mark,
      /** The texts that others changed since; with the first page alone. */
      texts: z.array(ChangedText),
    }),
    refusals: ['invalid', 'signed_out', 'not_found'],
  },
  'POST /api/plans/:planId/news/seen': {
    summary: 'Say that you have seen what came up to a `mark`; an earlier one than before changes nothing',
    tag: 'news',
    params: PlanParams,
    body: z.object({ mark: Mark }),
    status: 200,
    response: z.object({ unread: Unread }),
    refusals: ['invalid', 'signed_out', 'not_found'],
  },
  'GET /api/plans/:planId/news/digest': {
    summary:
      'What happened in a plan in the last days as plain text, to paste or print. It names nobody and quotes nobody',
    tag: 'news',
    params: PlanParams,
    query: z.object({
      days: z.coerce.number().int().min(1).max(92).optional(),
      language: z.enum(['es', 'en']).optional(),
    }),
    status: 200,
    response: z.object({ text: z.string(), from: Time, to: Time }),
    refusals: ['invalid', 'signed_out', 'not_found', 'forbidden'],
  },
  'GET /api/profile/news': {
    summary: 'How you wish to be told what happened',
    tag: 'news',
    status: 200,
    response: NewsSettings,
    refusals: ['signed_out'],
  },
  'PUT /api/profile/news': {
    summary: 'Say how you wish to be told what happened',
    tag: 'news',
    body: z.object(settings),
    status: 200,
    response: NewsSettings,
    refusals: ['invalid', 'signed_out', 'forbidden'],
  },
  'POST /api/news/stop': {
    summary: 'Have no more letters, by the token of one, without signing in',
    tag: 'news',
    body: z.object({ token: z.string().regex(/^[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{22}$/) }),
    status: 204,
    refusals: ['invalid', 'link_gone'],
  },
} as const satisfies Record<string, Contract>
