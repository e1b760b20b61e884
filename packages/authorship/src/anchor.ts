/**
 * Text that somebody pointed at, found again however it was moved: by the original ids of its units, which splitting,
 * joining, moving, turning into a heading and undoing leave as they were (AU5). docs/spec/authorship.md, AU14 and AU15.
 */
import { type Branch, type Piece, sourceClient, sourceClock } from './piece.ts'
import { deepest } from './read-field.ts'
import { shapeOfTree, type Tree } from './tree.ts'
import { addSpan, type Span } from './words.ts'

/** Text that stands, and the original ids of its units: what a comment keeps. */
export interface Traced {
  field: string
  text: string
  origins: Span[]
}

/** Where such text stands now: together, in one field. */
export interface Place {
  field: string
  text: string
  /** The ids under which its units stand now. */
  ids: Span[]
  /** Units of the field's words before it, layout left out. */
  start: number
}

/**
 * The text that stands under these ids, in the order given, with its original ids. What is deleted is left out; undefined
 * when nothing is left, when an id is not there (yet), or when the ids lie in more than one field.
 */
export function traceText(tree: Tree, ids: readonly Span[]): Traced | undefined {
  let field: string | undefined
  let text = ''
  const origins: Span[] = []
  for (const { client, clock, length } of ids) {
    const pieces = tree.clients.get(client)
    if (!pieces || clock < 0 || length < 1 || clock + length > pieces.end) return undefined
    for (let at = clock; at < clock + length; ) {
      const piece = pieces.find(at)
      const offset = at - piece.clock
      const size = Math.min(piece.length - offset, clock + length - at)
      at += size
      if (piece.deleted || piece.kind !== 'text' || !piece.parent) continue
      field ??= piece.parent.field
      if (field !== piece.parent.field) return undefined
      text += piece.text.slice(offset, offset + size)
      addSpan(origins, { length: size, client: sourceClient(piece), clock: sourceClock(piece) + offset })
    }
  }
  return field === undefined || text === '' ? undefined : { field, text, origins }
}

/** Finds each of these texts, by the key it is asked under, in the order of the template and of the text. */
export function locateText<Key>(
  tree: Tree,
  wanted: Iterable<readonly [Key, readonly Span[]]>,
): Map<Key, readonly Place[]> {
  const found = new Map<Key, Place[]>()
  const keysOf = indexOf(tree, wanted, found)
  for (const { name: field } of shapeOfTree(tree).fields) {
    const root = tree.roots.get(field)
    let start = 0
    for (const piece of root ? standingText(root) : []) {
      const clock = sourceClock(piece)
      for (const { key, from, to } of keysOf(sourceClient(piece), clock, clock + piece.length)) {
        const [first, last] = [from - clock, to - clock]
        const ids = { client: piece.client, clock: piece.clock + first, length: last - first }
        addPlace(found.get(key) ?? [], { field, text: piece.text.slice(first, last), ids: [ids], start: start + first })
      }
      start += piece.length
    }
  }
  return found
}

/** Joins a place with the one it goes on from. */
function addPlace(places: Place[], place: Place): void {
  const last = places.at(-1)
  if (!last || last.field !== place.field || last.start + last.text.length !== place.start) {
    places.push(place)
    return
  }
  last.text += place.text
  for (const span of place.ids) addSpan(last.ids, span)
}

interface Hit<Key> {
  key: Key
  from: number
  to: number
}

/** Answers who wants units of a client between two clocks, by clock. Every key gets a list in `found`. */
function indexOf<Key>(
  tree: Tree,
  wanted: Iterable<readonly [Key, readonly Span[]]>,
  found: Map<Key, Place[]>,
): (client: number, from: number, to: number) => Hit<Key>[] {
  const clients = new Map<number, { hits: Hit<Key>[]; longest: number }>()
  for (const [key, spans] of wanted) {
    found.set(key, [])
    for (const { client, clock, length } of united(spans.flatMap((span) => [...sourcesOf(tree, span)]))) {
      const list = clients.get(client) ?? { hits: [], longest: 0 }
      clients.set(client, list)
      list.hits.push({ key, from: clock, to: clock + length })
      list.longest = Math.max(list.longest, length)
    }
  }
  for (const { hits } of clients.values()) hits.sort((one, other) => one.from - other.from)
  return (client, from, to) => {
    const list = clients.get(client)
    if (!list) return []
    const { hits, longest } = list
    const among: Hit<Key>[] = []
    // Nothing that begins further before can reach here.
    for (let at = firstFrom(hits, from - longest); at < hits.length; at++) {
      const hit = hits[at] as Hit<Key>
      if (hit.from >= to) break
      if (hit.to > from) among.push({ key: hit.key, from: Math.max(from, hit.from), to: Math.min(to, hit.to) })
    }
    return among
  }
}

/** The same units, each once: of words that were copied two places have the same original ids. */
function united(spans: readonly Span[]): Span[] {
  const once: Span[] = []
  for (const { client, clock, length } of spans.toSorted(
    (one, other) => one.client - other.client || one.clock - other.clock,
  )) {
    const last = once.at(-1)
    if (last?.client !== client || last.clock + last.length < clock) once.push({ client, clock, length })
    else last.length = Math.max(last.length, clock + length - last.clock)
  }
  return once
}

/**
 * The original ids of units. What was traced by an earlier algorithm may name units as original that are known by now to
 * have been written before. A span that goes beyond what its client has written is taken at its word: so all that a client
 * wrote first is asked for, and what it only moved is not.
 */
function* sourcesOf(tree: Tree, { client, clock, length }: Span): Generator<Span> {
  const pieces = tree.clients.get(client)
  const end = clock + length
  if (!pieces || clock < 0 || end > pieces.end) return yield { client, clock, length }
  for (let at = clock; at < end; ) {
    const piece = pieces.find(at)
    const offset = at - piece.clock
    const size = Math.min(piece.length - offset, end - at)
    yield { client: sourceClient(piece), clock: sourceClock(piece) + offset, length: size }
    at += size
  }
}

/** The place of the first hit that begins at this clock or after. */
function firstFrom<Key>(hits: readonly Hit<Key>[], clock: number): number {
  let low = 0
  let high = hits.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((hits[middle] as Hit<Key>).from < clock) low = middle + 1
    else high = middle
  }
  return low
}

/** All text that stands in a field, in reading order. */
function* standingText(branch: Branch, depth = 0): Generator<Piece> {
  if (depth > deepest) return
  for (let piece = branch.start; piece; piece = piece.right) {
    if (piece.deleted) continue
    if (piece.kind === 'text') yield piece
    else if (piece.node) yield* standingText(piece.node, depth + 1)
  }
}
