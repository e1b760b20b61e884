import type { RequestState } from '@cabildo/protocol/http/approvals'
import type { CommitmentState, Group, Person, Sector } from '@cabildo/protocol/http/common'
import { type Act, ruleOf } from '@cabildo/protocol/lifecycle'
import { contentHash } from '@cabildo/schema/canonical'
import type { Content, JsonNode } from '@cabildo/schema/content'
import { fieldHtml } from '@cabildo/schema/html'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import type { Localized } from '@cabildo/schema/templates/template'
import { childrenOf, factText, fieldText, textOf } from '@cabildo/schema/text'
import type {
  PublicCommitment,
  PublicEvent,
  PublicFact,
  PublicField,
  PublicMilestone,
  PublicPerson,
  PublicShares,
} from './reading.ts'

/** A count of fewer people than this would tell of them. */
const fewest = 3

/** A step in the life of a commitment, as far as it decides what is public. */
export interface Step {
  act: Act
  was: CommitmentState
  state: CommitmentState
  reason: string | null
  intoNumber: number | null
  closesAt: Date | null
  entry: number
  at: Date
}

/** A request for approval, as far as it decides what is public. */
export interface Request {
  state: RequestState
  versionId: string
  contentHash: string
  entry: number
  decisions: readonly { decidedAt: Date; entry: number }[]
}

/** Which text of a commitment is public. */
export interface Basis {
  standing: PublicCommitment['standing']
  since: Date
  /** A version by its id, or the document as it stood at a moment. */
  text: { versionId: string } | { at: Date }
}

/**
 * The text of a commitment that is public: the last one that stood in a consultation or was approved, whichever came
 * later. Undefined while there was neither: a draft is its writers' alone.
 */
export function basisOf({
  state,
  steps,
  requests,
}: {
  state: CommitmentState
  /** Oldest first. */
  steps: readonly Step[]
  /** Newest first. */
  requests: readonly Request[]
}): Basis | undefined {
  const consulted = steps.findLast((step) => step.state === 'consultation')
  const request = requests.find((one) => isApproval(one.state))
  const approvedAt = request && lastOf(request.decisions.map(({ decidedAt }) => decidedAt))
  if (request && approvedAt && (!consulted || approvedAt > consulted.at)) {
    const standing = request.state === 'approved' ? 'approved' : 'amending'
    return { standing, since: approvedAt, text: { versionId: request.versionId } }
  }
  if (!consulted) return undefined
  const standing = state === 'consultation' ? 'draft' : 'consulted'
  return { standing, since: consulted.at, text: { at: consulted.at } }
}

/** Whether a request came about as an approval, whatever became of it. */
export function isApproval(state: RequestState): state is 'approved' | 'voided' {
  return state === 'approved' || state === 'voided'
}

/**
 * Whether what the record's entry tells was said of a text that is or was public as it stood: in a consultation, or from the
 * request of an approval that came about until the text was opened again.
 */
export function isOfPublicText(entry: number, steps: readonly Step[], requests: readonly Request[]): boolean {
  if (steps.findLast((step) => step.entry < entry)?.state === 'consultation') return true
  return requests.some((request) => {
    if (!isApproval(request.state) || entry < request.entry) return false
    const decided = Math.max(request.entry, ...request.decisions.map((decision) => decision.entry))
    const opened = steps.find((step) => step.act === 'amend' && step.entry > decided)
    return opened === undefined || entry < opened.entry
  })
}

/** The last of some moments; undefined of none. */
export function lastOf(moments: readonly Date[]): Date | undefined {
  return moments.reduce<Date | undefined>((last, one) => (last && last > one ? last : one), undefined)
}

/**
 * What happened to a commitment since its first text was public, oldest first. Reasons that were owed are told; what led
 * there is not, nor why somebody returned a text that was not public.
 */
export function eventsOf(
  commitment: { number: number; title: string },
  steps: readonly Step[],
  requests: readonly Request[],
): PublicEvent[] {
  const first = steps.findIndex(({ act, state }) => state === 'consultation' || act === 'approve')
  if (first < 0) return []
  const approvals = requests.filter(({ state }) => isApproval(state)).toReversed()
  return steps.slice(first).map(({ act, state, reason, closesAt, entry, at }) => ({
    at: at.toISOString(),
    kind: act === 'approve' ? ('approval' as const) : ('commitment' as const),
    ...{ act, planAct: null, state, number: null, closesAt: closesAt?.toISOString() ?? null },
    commitment,
    title: '',
    reason: ruleOf(act).by === 'step' ? reason : null,
    contentHash: act === 'approve' ? (approvals.shift()?.contentHash ?? null) : null,
    entry,
  }))
}

/** How a commitment ended that is merged or withdrawn now; null for others. */
export function endedOf(state: CommitmentState, steps: readonly Step[]): PublicCommitment['ended'] {
  if (state !== 'merged' && state !== 'withdrawn') return null
  const step = steps.findLast((one) => one.state === state)
  const number = step?.intoNumber ?? null
  // Under no title: the one that its document has now may be a draft's.
  return { state, reason: step?.reason ?? null, into: number === null ? null : { number, title: '' } }
}

/** A person as anybody may see them: no id by which they could be followed from place to place. */
export function publicPerson(person: Person | { name: string; group: Group | null } | undefined): PublicPerson {
  if (!person) return { name: '', group: null }
  return { name: person.name, group: person.group && { name: person.group.name, sector: person.group.sector } }
}

/** The facts of a commitment that are set, in the order of the form. */
export function factsOf(content: Content): PublicFact[] {
  return ogpCommitment.facts.flatMap((fact) => {
    const value = content.facts[fact.key]
    const text = { es: factText(fact, value, 'es'), en: factText(fact, value, 'en') }
    return text.es === '' ? [] : [{ key: fact.key, label: fact.label, value: value as string | string[], text }]
  })
}

/** The names of a commitment's clauses in the order of the form: its fields without the title. */
export const clauseNames = ogpCommitment.fields.map(({ name }) => name).filter((name) => name !== 'title')

/** One clause of a commitment, by its place among their names. */
export function clauseOf(content: Content, at: number): PublicField {
  const field = ogpCommitment.fields.find(({ name }) => name === clauseNames[at])
  if (!field) throw new Error(`a commitment has no clause ${at}`)
  const { name, kind, label, question } = field
  const doc = content.fields[name] ?? { type: 'doc' }
  const by = (write: (language: keyof Localized) => string): Localized => ({ es: write('es'), en: write('en') })
  return {
    ...{ key: name, number: at + 1, kind, label, question, content: doc },
    html: by((language) => fieldHtml(doc, { under: 3, language })),
    text: by((language) => fieldText(doc, language)),
    ...{ hash: contentHash(doc), empty: isEmptyDoc(doc) },
  }
}

/** Whether a field says nothing. */
export function isEmptyDoc(doc: JsonNode): boolean {
  return !childrenOf(doc).some((block) => block.type === 'milestone' || textOf(block).trim() !== '')
}

/** The milestones of a commitment, in order. */
export function milestonesOf(content: Content): PublicMilestone[] {
  const nodes = childrenOf(content.fields.milestones).filter(({ type }) => type === 'milestone')
  return nodes.map((node, at) => {
    const said = (name: string): string => {
      const value = node.attrs?.[name]
      return typeof value === 'string' ? value : ''
    }
    return {
      number: at + 1,
      title: partOf(node, 'milestoneTitle'),
      outputs: partOf(node, 'milestoneOutputs'),
      start: said('start') || null,
      due: said('due') || null,
      lead: said('lead'),
      supportGovernment: said('supportGovernment'),
      supportCivilSociety: said('supportCivilSociety'),
      supportOther: said('supportOther'),
      progress: [],
    }
  })
}

const partOf = (node: JsonNode, type: string): string =>
  textOf(childrenOf(node).find((child) => child.type === type)).trim()

/** What is told of who wrote: counts of people only where they are enough that nobody is told by them. */
export function sharesFor({
  groups,
  rest,
}: {
  groups: readonly { name: string; sector: Sector; written: number; share: number; people?: number | null }[]
  rest: { written: number; share: number }
}): PublicShares {
  return {
    groups: groups
      .filter(({ written }) => written > 0)
      .map(({ name, sector, written, share, people = null }) => ({
        ...{ name, sector, written, share },
        people: enough(people),
      })),
    rest: { written: rest.written, share: rest.share },
  }
}

/** A count of people as it is told; null where it would tell of too few. */
export function enough(people: number | null): number | null {
  return people !== null && people >= fewest ? people : null
}

/** Events from the first to the last; of the same moment, in the order of the record. */
export const inOrder = (events: readonly PublicEvent[]): PublicEvent[] =>
  events.toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : (a.entry ?? 0) - (b.entry ?? 0)))

/** The title of a commitment as its text says it, in one line. */
export const titleOf = (content: Content): string => textOf(content.fields.title, ' ').replace(/\s+/g, ' ').trim()
