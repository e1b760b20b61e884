/**
 * Plays a round of the demo: what people brought, what they say and propose beside the texts, what was accepted, and what
 * each input was answered. Every act goes through the service that a person's would, so that the record tells of each.
 */
import { applyContent, type Content, contentOf } from '@cabildo/schema/content'
import { hunksOfField } from '@cabildo/schema/hunks/compare'
import type { Hunk, IdSpan } from '@cabildo/schema/hunks/hunk'
import { idsIn } from '@cabildo/schema/hunks/places'
import * as Y from 'yjs'
import type { Actor } from '../../auth/sessions.ts'
import type { Keeper } from '../../authorship/keeper.ts'
import { answerInput } from '../../review/inputs/answering.ts'
import { bringInputs, bringThread } from '../../review/inputs/service.ts'
import type { InputDeps } from '../../review/inputs/tell.ts'
import { accept } from '../../review/proposals/accepting.ts'
import { propose, reject, withdraw } from '../../review/proposals/service.ts'
import type { ProposalDeps } from '../../review/proposals/tell.ts'
import { openThread, react, reply, settle } from '../../review/threads/service.ts'
import { saveVersion, type VersionDeps } from '../../versions/service.ts'
import type { DemoPersonKey } from '../people.ts'
import { stagesOf } from '../play.ts'
import type { Change } from '../story.ts'
import { afterRound, type DemoInput, demoInputs } from './inputs.ts'
import { type DemoProposal, type DemoThread, demoProposals, demoThreads } from './said.ts'

/** What a round is played with. */
export interface RoundDeps extends InputDeps, ProposalDeps, VersionDeps {
  rooms: InputDeps['rooms'] & ProposalDeps['rooms'] & VersionDeps['rooms']
  keeper: Keeper
}

/** Where a round is played, and by whom. */
export interface RoundPlace {
  planId: string
  /** The day and the place of the meeting. */
  heldOn: string
  place: string
  meetingId: string
  /** Documents of the commitments, in the order of their numbers. */
  documentIds: readonly string[]
  groupIds: ReadonlyMap<string, string>
  /** Ids of the workshop's guests by name. */
  guestIds: ReadonlyMap<string, string>
  actorOf: (key: DemoPersonKey) => Actor
  /** Ids of the versions that were kept so far, by document and name. */
  versions: Map<string, string>
}

/** The key of a version in `RoundPlace.versions`. */
export const versionKey = (documentId: string, name: string): string => `${documentId} ${name}`

/**
 * Plays the whole round: inputs first, then what is said and proposed beside each text and the version of it that this
 * leaves, all texts at the same time, then the answers.
 */
export async function playRound(deps: RoundDeps, place: RoundPlace): Promise<void> {
  const inputIds = await bringAll(deps, place)
  await Promise.all(place.documentIds.map((_, at) => playBeside(deps, place, at + 1)))
  for (const [at, input] of demoInputs.entries()) await answer(deps, place, inputIds, at, input)
}

async function playBeside(deps: RoundDeps, place: RoundPlace, commitment: number): Promise<void> {
  const here = (one: { commitment: number }) => one.commitment === commitment
  for (const [at, thread] of demoThreads.entries())
    if (here(thread)) await playThread(deps, place, thread, keyOf('thread', at))
  for (const [at, proposal] of demoProposals.entries())
    if (here(proposal)) await playProposal(deps, place, proposal, keyOf('proposal', at))
  if (!demoProposals.some((one) => here(one) && isAccepted(one.decided))) return
  const documentId = documentOf(place, commitment)
  const { id } = await saveVersion(deps, place.actorOf('coordinacion'), { documentId, ...afterRound })
  place.versions.set(versionKey(documentId, afterRound.name), id)
}

const isAccepted = (decided: DemoProposal['decided']) => typeof decided === 'object' && decided.step === 'accept'

/** As a client would make it; the same for the same one each time. */
const keyOf = (what: string, at: number): string => `demo-${what}-${String(at + 1).padStart(8, '0')}`

function documentOf({ documentIds }: RoundPlace, commitment: number): string {
  const documentId = documentIds[commitment - 1]
  if (documentId === undefined) throw new Error(`the demo has no commitment ${commitment}`)
  return documentId
}

function known(ids: ReadonlyMap<string, string>, name: string): string {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`the demo has nothing called ${name}`)
  return id
}

/** Brings every input, in the order of their numbers: the facilitator types what is not of somebody with an account. */
async function bringAll(deps: InputDeps, place: RoundPlace): Promise<string[]> {
  const brought = demoInputs.map((input, at) => ({ by: typistOf(input), input: sentAs(place, input, at) }))
  const ids: string[] = []
  for (let at = 0; at < brought.length; ) {
    const by = brought[at]?.by ?? 'facilitacion'
    const rest = brought.slice(at)
    const until = rest.findIndex((one) => one.by !== by)
    const together = (until < 0 ? rest : rest.slice(0, until)).map(({ input }) => input)
    const stored = await bringInputs(deps, place.actorOf(by), place.planId, together)
    ids.push(...stored.map(({ id }) => id))
    at += together.length
  }
  return ids
}

const typistOf = ({ from }: DemoInput): DemoPersonKey => ('member' in from ? from.member : 'facilitacion')

function sentAs(place: RoundPlace, { channel, from, words, about }: DemoInput, at: number) {
  const [commitment, field] = about ?? []
  return {
    ...{ key: keyOf('input', at), channel, words, place: place.place, saidOn: place.heldOn, language: 'es' },
    ...(commitment !== undefined && { documentId: documentOf(place, commitment) }),
    ...(field !== undefined && { field }),
    consent: true,
    ...(!('member' in from) && { from: broughtFor(place, from), meetingId: place.meetingId }),
    // Ids come from columns of ids.
  } as Parameters<typeof bringInputs>[3][number]
}

function broughtFor(place: RoundPlace, from: Exclude<DemoInput['from'], { member: unknown }>) {
  if ('guest' in from) return { userId: known(place.guestIds, from.guest), display: 'name' }
  const { name, display = 'group', group } = from
  return { ...(name !== undefined && { name }), display, groupId: known(place.groupIds, group) }
}

async function answer(
  deps: InputDeps,
  place: RoundPlace,
  inputIds: readonly string[],
  at: number,
  { answers = [] }: DemoInput,
): Promise<void> {
  for (const [after, { by, outcome, reason, shown, into }] of answers.entries()) {
    const documentId = shown && documentOf(place, shown[0])
    await answerInput(
      deps,
      place.actorOf(by),
      { planId: place.planId, inputId: inputIds[at] ?? '' },
      {
        ...{ after, outcome, reason, documentId },
        versionId: shown && documentId && known(place.versions, versionKey(documentId, shown[1])),
        mergedInto: into === undefined ? undefined : inputIds[into - 1],
      },
    )
  }
}

async function playThread(deps: RoundDeps, place: RoundPlace, thread: DemoThread, key: string): Promise<void> {
  const { by, kind, on, body, calls, replies = [], reactions = [], steps = [] } = thread
  const documentId = documentOf(place, thread.commitment)
  const called = calls && place.actorOf(calls).userId
  const ids = on?.words === undefined ? undefined : await idsOf(deps, documentId, on.in, on.words)
  const opened = await openThread(deps, place.actorOf(by), documentId, {
    ...{ key, kind, body: called ? `@[${called}] ${body}` : body, mentions: called ? [called] : [] },
    ...(ids ? { ids } : on && { field: on.in }),
  })
  const address = { documentId, threadId: opened.id }
  for (const [at, said] of replies.entries())
    await reply(deps, place.actorOf(said.by), address, { key: `${key}-${at}`, body: said.body, mentions: [] })
  const commentId = opened.comments[0]?.id ?? ''
  for (const { by, kind } of reactions) await react(deps, place.actorOf(by), { ...address, commentId }, kind, true)
  for (const { by, ...step } of steps) await settle(deps, place.actorOf(by), address, step)
  if (thread.input) await bringThread(deps, place.actorOf(by), address)
}

async function playProposal(deps: RoundDeps, place: RoundPlace, proposal: DemoProposal, key: string): Promise<void> {
  const { by, note, changes, decided } = proposal
  const documentId = documentOf(place, proposal.commitment)
  const hunks = hunksOf(await committed(deps, documentId), changes)
  // Of the same shapes as what is sent, which says more of its ids than the one that compares.
  const sent = hunks as unknown as Parameters<typeof propose>[3]['hunks']
  const { id } = await propose(deps, place.actorOf(by), documentId, { key, note, hunks: sent })
  const address = { documentId, proposalId: id }
  if (decided === 'withdrawn') await withdraw(deps, place.actorOf(by), address)
  else if (decided) {
    const act = decided.step === 'accept' ? accept : reject
    await act(deps, place.actorOf(decided.by), address, { reason: decided.reason })
  }
}

async function committed({ rooms }: Pick<RoundDeps, 'rooms'>, documentId: string): Promise<Y.Doc> {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await rooms.read(documentId))?.state ?? new Uint8Array([0, 0]))
  return doc
}

/** What changes make of a document, as the hunks that a client would send. */
function hunksOf(doc: Y.Doc, changes: readonly Change[]): Hunk[] {
  const before = contentOf(doc)
  const after = changes.reduce<Content>((content, change) => stagesOf(content, change).at(-1) ?? content, before)
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  applyContent(copy, after)
  // Through the form, which fills in what a story leaves out.
  const { fields, facts } = contentOf(copy)
  const changed = <Values extends object>(one: Values, other: Values) =>
    Object.keys(one).filter(
      (name) => JSON.stringify(Reflect.get(one, name)) !== JSON.stringify(Reflect.get(other, name)),
    )
  return [
    ...changed(fields, before.fields).flatMap((field) => {
      const wanted = fields[field]
      return wanted ? hunksOfField(doc, field, wanted) : []
    }),
    ...changed(facts, before.facts).map((key): Hunk => {
      return { target: 'fact', key, before: before.facts[key] ?? null, after: facts[key] ?? null }
    }),
  ]
}

/** The ids of words that stand in one text of a field. */
async function idsOf(deps: RoundDeps, documentId: string, field: string, words: string): Promise<IdSpan[]> {
  const doc = await committed(deps, documentId)
  for (const node of doc.getXmlFragment(field).createTreeWalker((one) => one instanceof Y.XmlText)) {
    if (!(node instanceof Y.XmlText)) continue
    const text = node
      .toDelta()
      .map(({ insert }: { insert: unknown }) => (typeof insert === 'string' ? insert : '\ufffc'))
      .join('')
    const from = text.indexOf(words)
    if (from >= 0) return idsIn(node, from, from + words.length)
  }
  throw new Error(`the demo's ${field} does not say: ${words}`)
}
