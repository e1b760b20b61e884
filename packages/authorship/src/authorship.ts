/**
 * Who wrote every character of a document: a function of the rows of its log and of nothing else, so that anybody who has
 * the rows can compute it again. docs/spec/authorship.md says how (AU1…).
 *
 *   const authorship = createAuthorship()
 *   for (const row of rows) authorship.apply(row)
 *   authorship.view().fields.problem.runs
 */
import { factsRoot } from '@cabildo/schema/rules'
import { locateText, type Place, type Traced, traceText } from './anchor.ts'
import { appendTyped } from './append-typed.ts'
import { carryText } from './carry.ts'
import { type AuthoredRun, type Credit, type CreditOf, type FieldRuns, fieldRuns } from './field-runs.ts'
import { type LostRun, loseRun } from './memory.ts'
import type { Piece } from './piece.ts'
import { sourceClient, sourceClock } from './piece.ts'
import { readUpdate } from './read-update.ts'
import type { Deletion, LogRow } from './row.ts'
import { seqOf } from './row-table.ts'
import { type Run, reaches, runsInVain, runsTaken, slid } from './runs.ts'
import { createState, personOf, propose, readState, type State, writeState } from './state.ts'
import { endRow } from './tidy.ts'
import { clientOf, endOf, shapeOfTree, takeUpdate } from './tree.ts'
import { carryValues } from './values.ts'
import type { Span } from './words.ts'

/** Raise it with any change that could give another answer for the same rows. */
export const authorshipAlgorithm = 6

/** How many characters (code points) somebody brought in, and how many of what they wrote stand now. */
export interface Tally {
  proposed: number
  written: number
}

/** A field of the document. */
export interface AuthoredField {
  /** Joined they are `fieldText` of the field, to the letter. */
  runs: readonly AuthoredRun[]
  /** By author. Text that moved here from another field was proposed there. */
  people: ReadonlyMap<string, Tally>
}

/** The authorship of a document after row `seq`. */
export interface AuthorshipView {
  algorithm: number
  seq: number
  /** Every text field of the document's form, in its order. */
  fields: Readonly<Record<string, AuthoredField>>
  /** Who gave each fact that is set its value. */
  facts: Readonly<Record<string, Credit>>
  /** All fields together, by author. */
  people: ReadonlyMap<string, Tally>
  /** The first hundred rows that could not be taken whole, which a room never stores. */
  unreadable: readonly number[]
}

/** A document's authorship up to some row, to be continued. */
export interface Authorship {
  /** The last row applied; 0 before the first. */
  readonly seq: number
  /**
   * Takes the next row. Rows that were applied already change nothing. `tell` hears of all text that the row deleted.
   * Never throws, whatever the bytes.
   */
  apply(row: LogRow, tell?: (deletion: Deletion) => void): void
  /** The same for a row among others, whose bytes are those from `from` to `end`. */
  applyWithin(row: LogRow, from: number, end: number): void
  /** The authorship now. Fields that did not change since the last call are not looked at again. */
  view(): AuthorshipView
  /** The text that stands under ids of Yjs, with the original ids it is found by later; see `traceText`. */
  trace(ids: readonly Span[]): Traced | undefined
  /** Where texts stand now, by their original ids and under the keys given; see `locateText`. */
  locate<Key>(wanted: Iterable<readonly [Key, readonly Span[]]>): Map<Key, readonly Place[]>
  /** All of it as bytes, to continue from with `decodeAuthorship`. */
  encode(): Uint8Array
}

/** The authorship of a document without any row. */
export function createAuthorship(): Authorship {
  return authorshipOf(createState())
}

/** Continues from `encode`. Undefined when the bytes are of another algorithm, or none: begin again from the rows. */
export function decodeAuthorship(bytes: Uint8Array): Authorship | undefined {
  const state = readState(bytes, authorshipAlgorithm)
  return state && authorshipOf(state)
}

function authorshipOf(state: State): Authorship {
  const seen = new Map<string, FieldRuns>()
  return {
    get seq() {
      return state.seq
    },
    apply: (row, tell) => applyRow(state, row, 0, row.bytes.length, tell),
    applyWithin: (row, from, end) => applyRow(state, row, from, end),
    view: () => viewOf(state, seen),
    trace: (ids) => traceText(state.tree, ids),
    locate: (wanted) => locateText(state.tree, wanted),
    encode: () => writeState(state, authorshipAlgorithm),
  }
}

function applyRow(state: State, within: LogRow, from: number, end: number, tell?: (deletion: Deletion) => void): void {
  const { seq, bytes } = within
  if (!(seq > state.seq)) return
  state.seq = seq
  const sender = personOf(state, within.author)
  const author = within.writtenBy === undefined ? sender : personOf(state, within.writtenBy)
  if (within.via !== 'restore' && appendTyped(state, { bytes, from, end }, author, sender)) return
  const isAlone = from === 0 && end === bytes.length
  const row = isAlone ? within : { ...within, bytes: bytes.subarray(from, end) }
  const { tree, memory } = state
  tree.seq = row.seq
  try {
    if (!takeBytes(state, row, author, sender)) noteUnreadable(state)
    const by = { number: sender, restores: row.via === 'restore' }
    const taken = runsTaken(tree.taken, row.seq)
    carryValues(tree, memory, by)
    for (const { text, field } of carryText(tree, memory, by, taken)) propose(state, author, field, text)
    const lost = [...taken, ...runsInVain(tree.taken, row.seq)]
    for (const run of lost)
      loseRun(memory, lostRun(run), sender, lost.length === 1 ? joining(state, run, sender) : null)
    if (tell) for (const run of lost) report(state, row, run, tell)
  } catch {
    // Nothing that passed a room's gate comes here.
    noteUnreadable(state)
  }
  endRow(tree, memory.gone, sender)
}

/** Takes the row's pieces and deletions into the tree, and notes who brought them. False when not all of it could be. */
function takeBytes({ tree }: State, { bytes, seq }: LogRow, author: number, sender: number): boolean {
  const update = readUpdate(bytes)
  const clients = new Map(
    update.groups.flatMap(([first]) => (first ? [[first.piece.client, 0] as [number, number]] : [])),
  )
  for (const client of clients.keys()) clients.set(client, endOf(tree, client))
  const whole = takeUpdate(tree, update)
  for (const [client, before] of clients) {
    const end = endOf(tree, client)
    if (end > before) clientOf(tree, client).rows.add(before, end - before, seq, author, sender)
  }
  return whole
}

function noteUnreadable({ unreadable, seq }: State): void {
  if (unreadable.length < 100 && unreadable.at(-1) !== seq) unreadable.push(seq)
}

function lostRun(run: Run): LostRun {
  const { text, spans, pieces } = run
  const wider = slid(run)
  // A run has a piece.
  const first = pieces[0] as Piece
  const last = pieces.at(-1) as Piece
  return {
    words: { text, spans },
    slid: wider === run ? null : wider,
    firstClient: first.client,
    firstClock: first.clock,
    lastClient: last.client,
    lastClock: last.clock + last.length - 1,
  }
}

/** On which side of what the same person deleted last this run stood. */
function joining({ memory: { last } }: State, { pieces }: Run, by: number): 'before' | 'after' | null {
  const end = pieces.at(-1)
  const [first] = pieces
  if (!last || last.by !== by || last.kept || !first || !end) return null
  if (reaches(end, 'right', last.firstClient, last.firstClock)) return 'before'
  return reaches(first, 'left', last.lastClient, last.lastClock) ? 'after' : null
}

function report(state: State, row: LogRow, run: Run, tell: (deletion: Deletion) => void): void {
  const field = run.pieces[0]?.parent?.field ?? ''
  let at = 0
  for (const { client, clock, length } of run.spans) {
    for (let done = 0; done < length; ) {
      const stretch = clientOf(state.tree, client).rows.find(clock + done)
      const size = Math.min(length - done, stretch.clock + stretch.length - clock - done)
      tell({
        seq: row.seq,
        by: row.author,
        via: row.via,
        field,
        text: run.text.slice(at, at + size),
        author: state.people[stretch.author] ?? '',
        written: seqOf(stretch, clock + done),
      })
      at += size
      done += size
    }
  }
}

/** Who wrote a unit of a piece and who put it where it stands, and for how many units that holds. */
function creditOf({ tree, people }: State, piece: Piece, offset: number): ReturnType<CreditOf> {
  const client = sourceClient(piece)
  const clock = sourceClock(piece) + offset
  const own = piece.clock + offset
  const source = clientOf(tree, client).rows.find(clock)
  const standing = piece.fromClient < 0 ? source : clientOf(tree, piece.client).rows.find(own)
  const credit = {
    author: people[source.author] ?? '',
    editedBy: people[standing.sender] ?? '',
    seq: seqOf(source, clock),
  }
  const length = Math.min(source.clock + source.length - clock, standing.clock + standing.length - own)
  return { credit, length: Math.max(1, length) }
}

function viewOf(state: State, seen: Map<string, FieldRuns>): AuthorshipView {
  const { tree, proposed } = state
  const fields: Record<string, AuthoredField> = {}
  const all = new Map<string, Tally>()
  for (const { name, kind } of shapeOfTree(tree).fields) {
    let found = tree.changed.has(name) ? undefined : seen.get(name)
    found ??= fieldRuns(tree.roots.get(name), kind, (piece, offset) => creditOf(state, piece, offset))
    seen.set(name, found)
    const people = new Map<string, Tally>()
    for (const [author, written] of found.written) tally(people, author).written += written
    for (const [author, count] of proposed.get(name)?.entries() ?? []) {
      if (count > 0) tally(people, state.people[author] ?? '').proposed += count
    }
    for (const [author, { written, proposed: brought }] of people) {
      const sum = tally(all, author)
      sum.written += written
      sum.proposed += brought
    }
    fields[name] = { runs: found.runs, people }
  }
  tree.changed.clear()
  const facts: Record<string, Credit> = {}
  for (const [key, piece] of tree.roots.get(factsRoot)?.keys ?? []) {
    if (!piece.deleted && isSet(piece.value)) facts[key] = creditOf(state, piece, 0).credit
  }
  return {
    algorithm: authorshipAlgorithm,
    seq: state.seq,
    fields,
    facts,
    people: all,
    unreadable: [...state.unreadable],
  }
}

const isSet = (value: unknown): boolean =>
  value !== null && value !== '' && value !== undefined && !(Array.isArray(value) && value.length === 0)

function tally(people: Map<string, Tally>, author: string): Tally {
  let found = people.get(author)
  if (!found) {
    found = { proposed: 0, written: 0 }
    people.set(author, found)
  }
  return found
}
