import { fold } from '@cabildo/protocol/fold'
import type { SearchKind, SearchPiece } from '@cabildo/protocol/http/search'
import type { Content } from '@cabildo/schema/content'
import { shapeNamed } from '@cabildo/schema/templates/shapes'
import { factText, fieldText } from '@cabildo/schema/text'

/** The kinds in the order in which they are shown. */
export const searchKinds: readonly SearchKind[] = ['text', 'comment', 'input', 'version']

/**
 * How many texts of one kind are compared at most: the newest of those that hold the words. A word that stands in every
 * second text finds no better one by comparing all of them.
 */
export const mostCompared = 500

/** How many of each kind are told when all are asked for, and of one kind by itself. */
export const usualInGroup = 5
export const usualAlone = 20

/** Letters of one row of the index: a tsvector holds 1 MB. */
export const longestPart = 20_000

/** Letters of an excerpt, and how many of them come before the first word that was found. */
const excerptLength = 240
const lead = 60

/** What a search asks for. */
export interface Wanted {
  kind?: SearchKind | undefined
  documentId?: string | undefined
  from?: string | undefined
  to?: string | undefined
}

/** What a search means: its words as PostgreSQL compares them, and those of them that a text should hold. */
export interface Meaning {
  query: string
  lexemes: string[]
}

/** A text that was found, by where its words are kept. */
export interface Found {
  kind: SearchKind
  sourceId: string
  field: string
  number: number
  documentId: string | null
  at: Date
  body: string | null
}

/** What was found of one kind: a page of it, and how many were compared. */
export interface FoundGroup {
  kind: SearchKind
  found: number
  items: Found[]
}

/** A comment, or the reason of a step of a thread. */
export interface CommentText {
  sourceId: string
  number: number
  body: string
  quote: string | null
  byId: string
  threadId: string
  thread: number
  comment: number | null
  field: string | null
}

/** A version that was found. */
export interface VersionText {
  id: string
  number: number
  name: string | null
  note: string | null
  content: string
  byId: string | null
}

/** A document with its number (`textNumber`). */
export interface DocumentTitle {
  documentId: string
  number: number
  title: string
}

/** A part of a document's text, as it is looked through. */
export interface TextPart {
  field: string
  number: number
  body: string
}

/** What people wrote in a field, or said by a fact that is no date, by field: empty ones left out. */
export function textsOf(content: Content): { field: string; text: string }[] {
  const { fields, facts } = content
  const shape = shapeNamed(content)
  return [
    ...shape.fields.map(({ name }) => ({ field: name, text: fieldText(fields[name]) })),
    ...shape.facts
      .filter(({ kind }) => kind !== 'date')
      .map((fact) => ({ field: fact.key as string, text: factText(fact, facts[fact.key]) })),
  ].filter(({ text }) => text !== '')
}

/** A content in the parts that the index holds; a field that is very long in several, cut between words where it can be. */
export function partsOf(content: Content): TextPart[] {
  return textsOf(content).flatMap(({ field, text }) => cut(text).map((body, number) => ({ field, number, body })))
}

function cut(text: string): string[] {
  const parts: string[] = []
  let from = 0
  while (text.length - from > longestPart) {
    const blank = text.slice(from, from + longestPart).search(/\s\S*$/)
    const length = blank > longestPart / 2 ? blank + 1 : longestPart
    parts.push(text.slice(from, from + length).toWellFormed())
    from += length
  }
  parts.push(text.slice(from).toWellFormed())
  return parts
}

const wordPattern = /[\p{L}\p{M}\p{N}]+/gu

/**
 * The words of some texts that may be among those looked for, each once: they begin like one of them. Whether they are is
 * for PostgreSQL to say, which knows the stems.
 */
export function likelyWords(texts: readonly string[], lexemes: readonly string[]): string[] {
  const starts = new Set(lexemes.map((lexeme) => start(lexeme)))
  const shortest = new Set(lexemes.map((lexeme) => start(lexeme).slice(0, 1)))
  const words = new Set<string>()
  for (const text of texts)
    for (const [word] of text.matchAll(wordPattern)) {
      const begins = start(word)
      if (starts.has(begins) || (shortest.has(begins.slice(0, 1)) && starts.has(begins.slice(0, 1)))) words.add(word)
    }
  return [...words]
}

const start = (word: string): string => fold(word.slice(0, 8)).slice(0, 2)

/**
 * The part of a text around the words that were found, where most of them stand together, in pieces. Where none was, its
 * beginning. Line breaks are spaces.
 */
export function excerptOf(text: string, hits: ReadonlySet<string>): SearchPiece[] {
  const flat = text.replace(/\s+/g, ' ').trim()
  const places = [...flat.matchAll(wordPattern)].flatMap(({ 0: word, index }) =>
    hits.has(word) ? [{ from: index, to: index + word.length }] : [],
  )
  const from = beginning(flat, places)
  const to = ending(flat, from)
  const pieces: SearchPiece[] = []
  const add = (text: string, hit: boolean): void => {
    if (text !== '') pieces.push({ text, hit })
  }
  let at = from
  if (from > 0) add('…', false)
  for (const place of places) {
    if (place.from < from || place.to > to) continue
    add(flat.slice(at, place.from), false)
    add(flat.slice(place.from, place.to), true)
    at = place.to
  }
  add(flat.slice(at, to), false)
  if (to < flat.length) add('…', false)
  return joined(pieces)
}

function beginning(flat: string, places: readonly { from: number }[]): number {
  if (flat.length <= excerptLength) return 0
  let best = { from: 0, held: 0 }
  for (const [index, { from }] of places.entries()) {
    let held = 0
    while ((places[index + held]?.from ?? Number.POSITIVE_INFINITY) < from + excerptLength - lead) held += 1
    if (held > best.held) best = { from, held }
  }
  const wanted = Math.max(0, best.from - lead)
  if (wanted === 0) return 0
  const blank = flat.indexOf(' ', wanted)
  return blank >= 0 && blank < best.from ? blank + 1 : best.from
}

function ending(flat: string, from: number): number {
  if (flat.length - from <= excerptLength) return flat.length
  const blank = flat.lastIndexOf(' ', from + excerptLength)
  return blank > from ? blank : from + excerptLength
}

/** Neighbours that are alike as one. */
function joined(pieces: readonly SearchPiece[]): SearchPiece[] {
  const one: SearchPiece[] = []
  for (const piece of pieces) {
    const last = one.at(-1)
    if (last?.hit === piece.hit) last.text += piece.text
    else one.push({ ...piece })
  }
  return one
}
