import { createAlikeIndex } from '@cabildo/protocol/alike'
import type { Display } from '@cabildo/protocol/http/common'
import type { InputChannel } from '@cabildo/protocol/http/inputs'
import type { MeetingItem } from '@cabildo/protocol/http/meetings'
import { newKey } from '../../lib/new-key.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { BringBody } from './api.ts'
import type { PastedIdea } from './paste.ts'

/** One idea that is being entered. Its key is made with it, so that it is stored once however often it is sent. */
export interface Row extends PastedIdea {
  key: string
  /** The input that an earlier try stored, before the row was changed: what it says now is not stored. */
  before?: number
}

/** What of a meeting is told of the ideas that it brought. */
export type MeetingFacts = Pick<MeetingItem, 'id' | 'number' | 'title' | 'place' | 'heldOn'>

/** What all ideas of a list have in common. */
export interface Facts {
  channel: Exclude<InputChannel, 'web'>
  place: string
  /** `2026-03-28`. */
  saidOn: string
  language: string
  /** Whether they are the reader's own. */
  own: boolean
  groupId: string
  documentId: string
  /** The meeting at which they were brought, if it is one of the plan's. Lists of an older page do not say. */
  meetingId?: string
  /** How those who are named wish to be shown. */
  display: Display
}

/** A list as the tab keeps it. */
export interface Entry {
  facts: Facts
  rows: Row[]
  /** How many of this list were stored already. */
  stored: number
  /** Whether it was begun as what others said: what stands in it stays so, whatever its writer may do meanwhile. */
  forOthers?: boolean
}

/** Whether nothing was written into a list. */
export const isBlank = (rows: readonly Row[]): boolean =>
  rows.every(({ words, name }) => words.trim() === '' && name.trim() === '')

/**
 * Whether a list is of what others said. A blank one is when its writer may bring for others; from the first letter on
 * it stays what it was begun as. What the server does not take from its writer any more it refuses, as it stands.
 */
export const isForOthers = ({ rows, forOthers }: Entry, bringsFor: boolean): boolean =>
  isBlank(rows) ? bringsFor : (forOthers ?? bringsFor)

/** What a list that is kept was begun as; undefined when that is still to be heard. */
export const begunAs = (kept: Entry | undefined): boolean | undefined =>
  kept && !isBlank(kept.rows) ? kept.forOthers : undefined

/** Most that are sent at once; the server takes a hundred. */
const mostAtOnce = 50

/** A row to write in. */
export const emptyRow = (idea: PastedIdea = { words: '', name: '', consent: false }): Row => ({
  key: newKey(),
  ...idea,
})

/** The rows that say something, in lists that can be sent. */
export function batches(rows: readonly Row[]): Row[][] {
  const filled = rows.filter(({ words }) => words.trim() !== '')
  return Array.from({ length: Math.ceil(filled.length / mostAtOnce) }, (_, at) =>
    filled.slice(at * mostAtOnce, (at + 1) * mostAtOnce),
  )
}

/** Puts pasted ideas where somebody was writing: into that row when it is empty, else after it. */
export function withPasted(rows: readonly Row[], at: number, ideas: readonly PastedIdea[]): Row[] {
  const keepsRow = (rows[at]?.words.trim() ?? '') !== ''
  return [...rows.slice(0, keepsRow ? at + 1 : at), ...ideas.map(emptyRow), ...rows.slice(at + 1)]
}

/**
 * The rows that are left once the server answered for some, and how many of those it has as they were sent. A row goes only
 * when what it says now is stored. One that was changed while it was sent, or after a try whose answer was lost, stays
 * under a new key: its old one is spent, and sent again would be passed over.
 */
export function afterSending(
  rows: readonly Row[],
  sent: readonly Row[],
  answers: readonly { key: string; number: number; same: boolean }[],
): { rows: Row[]; stored: number } {
  const told = new Map(answers.map((answer) => [answer.key, answer]))
  const was = new Map(sent.map((row) => [row.key, row]))
  const left = rows.flatMap((row): Row[] => {
    const [before, answer] = [was.get(row.key), told.get(row.key)]
    if (!before || !answer) return [row]
    const { words, name, consent } = row
    if (answer.same && words === before.words && name === before.name) return []
    return [{ ...emptyRow({ words, name, consent }), before: answer.number }]
  })
  return { rows: left.length > 0 ? left : [emptyRow()], stored: answers.filter(({ same }) => same).length }
}

/** Rows that are compared with those above them: a hint may miss what a list longer than this says twice. */
const mostCompared = 500

/** Which row above says much the same as a row, the most alike one: its number, from 1, by the key of the row. */
export function alikeRows(rows: readonly Row[]): ReadonlyMap<string, number> {
  const index = createAlikeIndex<number>()
  const alike = new Map<string, number>()
  for (const [at, { key, words }] of rows.slice(0, mostCompared).entries()) {
    if (words.trim() === '') continue
    const [most] = index.find(words)
    if (most) alike.set(key, most.id)
    index.add(at + 1, words)
  }
  return alike
}

/** Whether a row names somebody who did not agree to it, so that it cannot be sent. */
const lacksConsent = ({ words, name, consent }: Row): boolean => words.trim() !== '' && name.trim() !== '' && !consent

/** The rows of a list of one's own that say whose they are, as pasted ones may: they are not the writer's. */
export const ofOthers = (rows: readonly Row[], { own }: Pick<Facts, 'own'>): Row[] =>
  own ? rows.filter(({ words, name }) => words.trim() !== '' && name.trim() !== '') : []

/** The rows that name somebody who did not agree to it. Of one's own ideas nobody needs to. */
export const withoutConsent = (rows: readonly Row[], { own }: Pick<Facts, 'own'>): Row[] =>
  own ? [] : rows.filter(lacksConsent)

/** The rows with what somebody wrote in one of them. Whoever is named anew has not agreed to anything yet. */
export const withPart = (rows: readonly Row[], key: string, part: Partial<Row>): Row[] =>
  rows.map((row) => {
    if (row.key !== key) return row
    const next = { ...row, ...part }
    return { ...next, consent: next.consent && next.name.trim() !== '' }
  })

/** The rows once everybody who is named agreed, or nobody. */
export const withConsent = (rows: readonly Row[], consent: boolean): Row[] =>
  rows.map((row) => ({ ...row, consent: consent && row.name.trim() !== '' }))

/** The rows without some of them; a list has one row at least. */
export function withoutRows(rows: readonly Row[], gone: readonly Row[]): Row[] {
  const left = rows.filter((row) => !gone.includes(row))
  return left.length > 0 ? left : [emptyRow()]
}

/** A row as it is sent. */
export function bodyOf({ key, words, name, consent }: Row, facts: Facts): BringBody['inputs'][number] {
  const { channel, place, saidOn, language, own, groupId, documentId, meetingId = '', display } = facts
  const named = name.trim()
  return {
    ...{ key, channel, language, words: words.trim() },
    ...(place.trim() !== '' && { place: place.trim() }),
    ...(saidOn !== '' && { saidOn }),
    // All three ids come from the plan itself.
    ...(documentId !== '' && { documentId: documentId as BringBody['inputs'][number]['documentId'] }),
    ...(meetingId !== '' && { meetingId: meetingId as BringBody['inputs'][number]['meetingId'] }),
    ...(!own && {
      from: { ...(named !== '' && { name: named, display }), ...(groupId !== '' && { groupId: groupId as never }) },
      // Of nobody in particular nobody agreed to anything.
      consent: named !== '' && consent,
    }),
  }
}

/** The parts of an input that a refusal may name, as the catalogue has words for them. */
export const faultFields = [
  'words',
  'place',
  'saidOn',
  'language',
  'consent',
  'name',
  'groupId',
  'documentId',
  'key',
] as const
export type FaultField = (typeof faultFields)[number]

/** Which part of which sent row a refusal is about, by the key of the row. */
export function faultsOf(error: unknown, sent: readonly Row[]): ReadonlyMap<string, FaultField | 'other'> {
  const faults = new Map<string, FaultField | 'other'>()
  if (!(error instanceof Refusal)) return faults
  for (const { pointer } of error.errors) {
    const [, place, rest = ''] = /^\/inputs\/(\d+)\/?(.*)$/.exec(pointer) ?? []
    const row = sent[Number(place)]
    const last = rest.split('/').at(-1)
    if (row) faults.set(row.key, faultFields.find((field) => field === last) ?? 'other')
  }
  return faults
}
