/**
 * Which words came from which inputs.
 * 1. Somebody points at words, or a proposal that is an input is accepted: then they are those that its edit wrote.
 * 2. They are kept by the original ids of their units, as words that threads are on, and so followed wherever they go.
 * 3. From a text one reads the inputs behind its words, from an input the words it changed.
 */
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { ChangedWords, WordsFromInput } from '@cabildo/protocol/http/inputs'
import type { TextPlace, TextSpan } from '@cabildo/protocol/http/threads'
import type { Transaction } from 'kysely'
import { may } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import { findEpoch } from '../../db/document-epoch.ts'
import type { Database } from '../../db/types.ts'
import { enterDocument, enterPlan, groupsOf, peopleOf } from '../../people/service.ts'
import { appendEntries } from '../../record/service.ts'
import { findClientOfRow } from '../proposals/store.ts'
import { findHeadSeq } from '../threads/read-store.ts'
import { longestQuote, placeOf, type Span, spanOf, tupleOf } from '../threads/rules.ts'
import { findAnswers, findInputs, findPassages, isDocumentOf } from './read-store.ts'
import { mostLinks, type Passage, type PassageRow, shownFrom } from './rules.ts'
import { countLinks, insertLink } from './store.ts'
import { type InputAddress, type InputDeps, known } from './tell.ts'

/** What reading words takes. */
type Reading = Pick<InputDeps, 'db' | 'keeper'>

/** Passages, and the epoch of the document in which they were read: in another one they must be read anew. */
export interface WordsRead {
  epoch: number
  passages: Passage[]
}

/**
 * Words that somebody points at by the ids under which they stand. Throws `forbidden`, `invalid`, and `conflict` where
 * they are not (all) in the log, or not in one field.
 */
export async function pointedAt(
  { db, keeper }: Reading,
  actor: Actor,
  plan: string,
  documentId: string,
  ids: readonly TextSpan[],
): Promise<{ epoch: number; passage: Passage }> {
  const { planId } = await enterPlan(db, actor, plan, 'input.link')
  if (!(await isDocumentOf(db, planId, documentId)))
    throw refuseField('/documentId', 'The plan has no such commitment.')
  // Before the words are read: what is taken out since raises it.
  const epoch = await findEpoch(db, documentId)
  const seq = await findHeadSeq(db, documentId)
  const traced = await keeper.look(documentId, seq, (held) => held.trace(ids.map(spanOf)))
  if (!traced)
    throw new AppError('conflict', { detail: 'These words are not in the stored text, or not in one field.' })
  if (traced.text.length > longestQuote) throw refuseField('/ids', `At most ${longestQuote} letters can be pointed at.`)
  return {
    epoch,
    passage: { field: traced.field, origins: traced.origins.map(tupleOf), quote: plain(traced.text), seq },
  }
}

/** The words that one edit wrote itself, under a client id that it alone had: those it moved are not its own. */
export async function wordsOfRow({ db, keeper }: Reading, documentId: string, row: number): Promise<WordsRead> {
  const epoch = await findEpoch(db, documentId)
  const client = await findClientOfRow(db, documentId, row)
  if (client === undefined) return { epoch, passages: [] }
  const own: Span[] = [{ client, clock: 0, length: mostClock }]
  const { seq, found } = await keeper.lookAtLeast(documentId, row, (held) => {
    const places = held.locate([['own', own]]).get('own') ?? []
    const fields = Map.groupBy(places, ({ field }) => field)
    return [...fields.values()].flatMap((there) => held.trace(there.flatMap(({ ids }) => ids)) ?? [])
  })
  return { epoch, passages: found.map(({ field, text, origins }) => cutLong({ field, quote: text, seq }, origins)) }
}

/** No clock of Yjs comes near. */
const mostClock = 2 ** 40
/** Longest quote that a link keeps, and most spans of it. */
const longest = 20_000
const mostSpans = 2000

/** A passage as far as a link can keep it: what goes on after that is left out of words and ids alike. */
function cutLong(words: Omit<Passage, 'origins'>, spans: readonly Span[]): Passage {
  const origins: TextSpan[] = []
  let units = 0
  for (const { client, clock, length } of spans.slice(0, mostSpans)) {
    const size = Math.min(length, longest - units)
    if (size <= 0) break
    origins.push([client, clock, size])
    units += size
  }
  return { ...words, origins, quote: plain(words.quote.slice(0, units)) }
}

/** The database holds no U+0000; each unit stays one, as its id is. */
const plain = (text: string) => text.replaceAll('\u0000', '\ufffd')

/**
 * Links an input, which is held, to words that an accepted proposal wrote. An input that was taken back gets no links, and
 * none more than it may have.
 */
export async function linkWritten(
  trx: Transaction<Database>,
  { planId, documentId, inputId, byId }: { planId: string; documentId: string; inputId: string; byId: string },
  passages: readonly Passage[],
): Promise<void> {
  const [input] = await findInputs(trx, planId, { id: inputId })
  if (!input || input.takenBackAt) return
  const before = await countLinks(trx, inputId)
  const fitting = passages.slice(0, Math.max(0, mostLinks - before))
  if (fitting.length === 0) return
  const entries = await appendEntries(
    trx,
    planId,
    fitting.map(({ field, origins }) => ({
      ...{ type: 'contribution', userId: byId, documentId, refs: [input.entry] },
      payload: {
        ...{ kind: 'input', input: input.number, act: 'linked', document: documentId, field, passage: origins },
        ...(input.proposal && { proposal: input.proposal.number }),
      },
    })),
  )
  for (const [at, passage] of fitting.entries()) {
    const entry = entries[at]?.seq ?? 0
    const link = { inputId, number: before + at + 1, planId, documentId, field: passage.field, versionId: null, byId }
    await insertLink(trx, { ...link, entry }, { passage, made: 'proposal' })
  }
}

/** The words that an input changed. Throws `not_found`, also to a guest whose it is not. */
export async function listInputPassages(
  deps: Reading,
  actor: Actor,
  { planId: plan, inputId }: InputAddress,
): Promise<ChangedWords[]> {
  const { planId } = await enterPlan(deps.db, actor, plan, 'plan.open')
  const isGuest = actor.workshopId !== null
  const [input] = await findInputs(deps.db, planId, { id: inputId, ownOf: isGuest ? actor.userId : undefined })
  if (!input) throw new AppError('not_found')
  const all = await findPassages(deps.db, planId, { inputId })
  const rows = isGuest ? await openTo(deps, actor, all) : all
  const people = await peopleOf(
    deps.db,
    planId,
    rows.map(({ byId }) => byId),
  )
  const { places } = await whereAre(deps, rows)
  return rows.map(
    (row) =>
      ({
        ...toldOf(row, places.get(row) ?? []),
        by: known(people, row.byId),
        document: { id: row.documentId, number: row.commitment, title: row.title },
        // Ids come from columns of ids.
      }) as ChangedWords,
  )
}

/** The words that an input changed, for whoever holds its receipt: whose they are and who linked them is not told. */
export async function passagesForReceipt(
  deps: Reading,
  planId: string,
  inputId: string,
): Promise<{ commitment: number; title: string; field: string; quote: string; now: string[] }[]> {
  const rows = await findPassages(deps.db, planId, { inputId })
  const { places } = await whereAre(deps, rows)
  return rows.map((row) => ({
    ...{ commitment: row.commitment, title: row.title, field: row.field, quote: row.quote },
    now: (places.get(row) ?? []).map(({ text }) => text),
  }))
}

/** Those in documents that a guest may open. */
async function openTo({ db }: Reading, actor: Actor, rows: readonly PassageRow[]): Promise<PassageRow[]> {
  const open = new Set<string>()
  for (const documentId of new Set(rows.map((row) => row.documentId)))
    await enterDocument(db, actor, documentId, 'document.open').then(
      () => open.add(documentId),
      () => undefined,
    )
  return rows.filter(({ documentId }) => open.has(documentId))
}

/** Words of a text with the inputs behind them, where they stand after row `seq`. A guest sees those of their own inputs. */
export async function listDocumentPassages(
  deps: Reading,
  actor: Actor,
  documentId: string,
  page: { after: number | undefined; limit: number },
): Promise<{ seq: number; mayLink: boolean; items: WordsFromInput[] }> {
  const { db } = deps
  const { planId, role } = await enterDocument(db, actor, documentId, 'document.open')
  const ownOf = actor.workshopId === null ? undefined : actor.userId
  const rows = await findPassages(db, planId, { documentId, ownOf, ...page })
  const ids = [...new Set(rows.map(({ inputId }) => inputId))]
  const [inputs, answers, groups] = await Promise.all([
    findInputs(db, planId, { ids }),
    findAnswers(db, ids),
    groupsOf(db, planId),
  ])
  const people = await peopleOf(db, planId, [
    ...rows.map(({ byId }) => byId),
    ...inputs.flatMap(({ fromId }) => fromId ?? []),
  ])
  const byId = new Map(inputs.map((input) => [input.id, input]))
  const { seq, places } = await whereAre(deps, rows)
  const items = rows.flatMap((row) => {
    const input = byId.get(row.inputId)
    if (!input) return []
    const { id, number, words, channel } = input
    const outcome = answers.findLast(({ inputId }) => inputId === id)?.outcome ?? null
    return {
      ...toldOf(row, places.get(row) ?? []),
      by: known(people, row.byId),
      input: { id, number, words, channel, outcome, from: shownFrom(input, people, groups) },
      // Ids come from columns of ids.
    } as WordsFromInput
  })
  return { seq: seq.get(documentId) ?? (await findHeadSeq(db, documentId)), mayLink: may(role, 'input.link'), items }
}

const toldOf = ({ link, made, field, quote, entry, linkedAt }: PassageRow, places: TextPlace[]) => ({
  ...{ link, made, field, quote, entry, places, linkedAt: linkedAt.toISOString() },
})

/** Where words stand after the last row of each document's log, and which that is. */
async function whereAre(
  { db, keeper }: Reading,
  rows: readonly PassageRow[],
): Promise<{ seq: Map<string, number>; places: Map<PassageRow, TextPlace[]> }> {
  const seqs = new Map<string, number>()
  const places = new Map<PassageRow, TextPlace[]>()
  for (const [documentId, there] of Map.groupBy(rows, (row) => row.documentId)) {
    const wanted = there.map((row) => [row, row.origins.map(spanOf)] as const)
    const head = await findHeadSeq(db, documentId)
    const { seq, found } = await keeper.lookAtLeast(documentId, head, (held) => held.locate(wanted))
    seqs.set(documentId, seq)
    for (const [row, stands] of found) places.set(row, stands.map(placeOf))
  }
  return { seq: seqs, places }
}
