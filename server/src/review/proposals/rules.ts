import type { Place } from '@cabildo/authorship/anchor'
import { AppError, type FieldProblem } from '@cabildo/protocol/errors'
import type { Proposal, ProposalHunk, ProposalState, ProposedHunk } from '@cabildo/protocol/http/proposals'
import type { TextSpan } from '@cabildo/protocol/http/threads'
import { canonicalJson } from '@cabildo/schema/canonical'
import type { JsonNode } from '@cabildo/schema/content'
import { fits } from '@cabildo/schema/hunks/apply'
import { type Hunk, tidyHunk } from '@cabildo/schema/hunks/hunk'
import { findBlocks, idsInBlocks } from '@cabildo/schema/hunks/places'
import { shapeOf } from '@cabildo/schema/templates/shapes'
import type { Doc } from 'yjs'

/** Bounds of what one document carries; a broken client knows no end by itself. */
export const mostProposals = 2000

/** So many of one person's wait to be decided on, in one document. */
export const mostOpen = 100
/** Most units of text in one place. */
const longestPlace = 20_000
/** Most characters of a hunk's content, as JSON, on either side. */
const longestContent = 100_000

/** A proposal as it is kept. */
export interface ProposalRow {
  id: string
  number: number
  revises: string | null
  authorId: string
  groupId: string | null
  note: string
  salt: Uint8Array
  entry: number
  baseSeq: number
  madeAt: Date
  changedAt: Date
}

/** A hunk as it is kept: what it changes as canonical JSON. `origins` is null for a fact and for a whole field. */
export interface HunkRow {
  proposalId: string
  number: number
  kind: ProposalHunk['kind']
  target: Hunk['target']
  field: string
  origins: TextSpan[] | null
  before: string
  after: string
  blank: boolean
  state: ProposalState
}

/** A step of a proposal. */
export interface StepRow {
  proposalId: string
  step: Proposal['steps'][number]['step']
  hunks: number[]
  reason: string
  salt: Uint8Array
  byId: string
  seq: number | null
  at: Date
  entry: number
}

/** An edit on its way into the log. */
export interface AcceptingRow {
  proposalId: string
  clientId: number
  hunks: number[]
  reason: string
  byId: string
}

/**
 * The hunks that somebody sent, as the form can hold them. Throws `invalid`, naming the hunk, where it cannot, and
 * `too_large`.
 */
export function demandHunks(sent: readonly ProposedHunk[], limits: { depth: number }): Hunk[] {
  return sent.map((hunk, at) => {
    for (const side of [hunk.before, hunk.after]) {
      if (depthOf(side) > 2 * limits.depth) throw refuse(at, 'It is nested too deeply.')
      if (JSON.stringify(side).length > longestContent) throw new AppError('too_large')
    }
    // Only the types differ: what is looked at here is whether it is what they say.
    const tidied = tidyHunk(hunk as Hunk)
    if (!tidied) throw refuse(at, 'The form cannot hold it, or it changes nothing.')
    return tidied
  })
}

/** How many arrays and objects lie in each other, without going down in calls. */
function depthOf(value: unknown): number {
  let level: unknown[] = [value]
  for (let depth = 0; ; depth += 1) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []))
    if (level.length === 0) return depth
  }
}

const problemOf = (at: number, detail: string): FieldProblem => ({ pointer: `/hunks/${at}`, detail })
const refuse = (at: number, detail: string) => new AppError('invalid', { detail, errors: [problemOf(at, detail)] })

/** The refusal of hunks, by their places in what was asked, whose places say something else by now. */
export function movedOn(hunks: readonly number[]): AppError {
  const detail = 'What stands there has changed since.'
  return new AppError('conflict', { detail, errors: hunks.map((at) => problemOf(at, detail)) })
}

/**
 * The units that each hunk replaces, as they stand in `doc`; none for a fact and for a whole field. Throws `conflict` where
 * a place says something else, `too_large`, and `invalid` where two hunks are in one place, or one is of another form.
 */
export function placesOf(doc: Doc, hunks: readonly Hunk[]): TextSpan[][] {
  const { fields, facts } = shapeOf(doc)
  const foreign = hunks.findIndex((hunk) =>
    hunk.target === 'fact'
      ? !facts.some(({ key }) => key === hunk.key)
      : !fields.some(({ name }) => name === hunk.field),
  )
  if (foreign >= 0) throw refuse(foreign, 'The form has no such field.')
  const misfits = [...hunks.keys()].filter((at) => !fits(doc, hunks[at] as Hunk))
  if (misfits.length > 0) throw movedOn(misfits)
  const places = hunks.map((hunk): TextSpan[] => {
    if (hunk.target === 'words') return hunk.ids
    const blocks = hunk.target === 'blocks' && hunk.ids.length > 0 && findBlocks(doc, hunk.field, hunk.ids)
    return blocks ? idsInBlocks(doc, blocks) : []
  })
  for (const [at, spans] of places.entries()) {
    if (spans.reduce((sum, [, , length]) => sum + length, 0) > longestPlace) throw new AppError('too_large')
    if (sharesPlace(doc, hunks, at)) throw refuse(at, 'Another hunk is in the same place.')
  }
  const all = places.flat().sort(([a, from], [b, other]) => a - b || from - other)
  const overlap = all.findIndex(([client, clock], at) => {
    const before = all[at - 1]
    return before !== undefined && before[0] === client && before[1] + before[2] > clock
  })
  if (overlap >= 0) throw new AppError('invalid', { detail: 'Two hunks are in the same place.' })
  return places
}

/** Whether a fact is changed twice, or a whole field together with something in it, or blocks that another has too. */
function sharesPlace(doc: Doc, hunks: readonly Hunk[], at: number): boolean {
  const hunk = hunks[at] as Hunk
  return hunks.slice(0, at).some((other) => {
    if (hunk.target === 'fact' || other.target === 'fact')
      return hunk.target === 'fact' && other.target === 'fact' && hunk.key === other.key
    if (hunk.field !== other.field) return false
    const whole = (one: Hunk) => one.target === 'blocks' && one.ids.length === 0
    if (whole(hunk) || whole(other)) return true
    if (hunk.target !== 'blocks' || other.target !== 'blocks') return false
    const [mine, theirs] = [findBlocks(doc, hunk.field, hunk.ids), findBlocks(doc, other.field, other.ids)]
    return mine !== undefined && theirs !== undefined && mine.from < theirs.to && theirs.from < mine.to
  })
}

/**
 * A kept hunk with the ids under which its units stand now; undefined when they stand nowhere (so that its place is gone)
 * or its words are.
 */
export function hunkOf(row: HunkRow, places: readonly Place[]): Hunk | undefined {
  if (row.blank || (row.origins !== null && places.length === 0)) return undefined
  const [before, after]: [unknown, unknown] = [JSON.parse(row.before), JSON.parse(row.after)]
  if (row.target === 'fact') return { target: 'fact', key: row.field, before, after }
  const ids = places.flatMap((place) => place.ids.map(({ client, clock, length }): TextSpan => [client, clock, length]))
  // What was stored had been read through the schema.
  return { target: row.target, field: row.field, ids, before: before as JsonNode[], after: after as JsonNode[] }
}

/** What the record holds the hash of. */
export function toldText(note: string, hunks: readonly Pick<HunkRow, 'kind' | 'field' | 'before' | 'after'>[]): string {
  return canonicalJson({
    note,
    hunks: hunks.map(({ kind, field, before, after }) => ({
      ...{ kind, field, before: JSON.parse(before), after: JSON.parse(after) },
    })),
  })
}

/** What became of a proposal as a whole: open while anything is, and then what was decided on most of all. */
export function stateOf(hunks: readonly Pick<HunkRow, 'state'>[]): ProposalState {
  const states = new Set(hunks.map(({ state }) => state))
  const order: readonly ProposalState[] = ['open', 'accepted', 'rejected', 'superseded', 'withdrawn']
  return order.find((state) => states.has(state)) ?? 'withdrawn'
}

/** Of a proposal's hunks those that are chosen by number, all open ones by default. Throws `conflict` when one is decided. */
export function chooseOpen(hunks: readonly HunkRow[], numbers: readonly number[] | undefined): HunkRow[] {
  const wanted = numbers && new Set(numbers)
  const chosen = hunks.filter(({ number, state }) => (wanted ? wanted.has(number) : state === 'open'))
  if (wanted && chosen.length !== wanted.size)
    throw new AppError('invalid', {
      detail: 'The proposal has no such hunk.',
      errors: [{ pointer: '/hunks', detail: 'no such hunk' }],
    })
  if (chosen.length === 0 || chosen.some(({ state }) => state !== 'open'))
    throw new AppError('conflict', { detail: 'Somebody decided on it already.' })
  return chosen
}
