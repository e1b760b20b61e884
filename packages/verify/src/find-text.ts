/**
 * Finds every place where words stand or ever stood in one document, so that they can be taken out of its updates.
 * What it does not see: words across two blocks or a line break, the address behind a link, words whose letters never
 * stood next to each other after any stored update, and parts of them that were copied away alone.
 */
import * as Y from 'yjs'
import type { TextRange } from './redact.ts'

/** What was found. */
export interface FoundText {
  /** Without overlaps, by client and clock. */
  ranges: TextRange[]
  /** Places, copies and deleted ones too. */
  places: number
}

interface Segment {
  client: number
  clock: number
  text: string
}

/** Looks for words in a document that grows. */
export interface TextSearch {
  /** Takes the next update of the document. Throws for bytes that are no update. */
  apply(bytes: Uint8Array): void
  /** What was found so far. */
  found(): FoundText
  /** Where the words stand once this update, which is not the document's, is laid on it. The document stays as it is. */
  besides(bytes: Uint8Array): TextRange[]
}

/**
 * Looks for `quote`, letter by letter as given, after every single update, in what shows and in what is deleted. Throws
 * RangeError for an empty quote.
 */
export function createTextSearch(quote: string): TextSearch {
  if (quote === '') throw new RangeError('nothing to look for')
  const doc = new Y.Doc({ gc: false })
  const found = new Map<string, TextRange[]>()
  searchAlong(doc, quote, found)
  return {
    apply: (bytes) => Y.applyUpdate(doc, bytes),
    found: () => ({ ranges: merge([...found.values()].flat()), places: found.size }),
    besides(bytes) {
      const beside = new Y.Doc({ gc: false })
      Y.applyUpdate(beside, Y.encodeStateAsUpdate(doc))
      const there = new Map<string, TextRange[]>()
      searchAlong(beside, quote, there)
      Y.applyUpdate(beside, bytes)
      beside.destroy()
      return merge([...there.values()].flat())
    },
  }
}

/** Looks for `quote` in all updates of a document, in order, as `createTextSearch` does. */
export function findText(rows: readonly Uint8Array[], quote: string): FoundText {
  const search = createTextSearch(quote)
  for (const bytes of rows) search.apply(bytes)
  return search.found()
}

function searchAlong(doc: Y.Doc, quote: string, found: Map<string, TextRange[]>): void {
  doc.on('afterTransaction', (transaction: Y.Transaction) => {
    for (const type of changedTypes(transaction)) search(type, quote, found)
  })
}

/** What is read of any type. */
type AnyType = Pick<Y.AbstractType<unknown>, '_start' | '_map'>

function changedTypes({ doc, changed, beforeState, afterState }: Y.Transaction): Set<AnyType> {
  const types = new Set<AnyType>()
  const add = (type: unknown) => {
    // Neighbours make one text: the whole block is read.
    const block = type instanceof Y.XmlText && type.parent ? type.parent : type
    if (block instanceof Y.AbstractType) types.add(block)
  }
  for (const type of changed.keys()) add(type)
  for (const [client, end] of afterState) {
    const structs = doc.store.clients.get(client) ?? []
    const start = beforeState.get(client) ?? 0
    if (start >= end) continue
    for (let at = Y.findIndexSS(structs, start); at < structs.length; at++) {
      const struct = structs[at]
      if (struct instanceof Y.Item) add(struct.parent)
    }
  }
  return types
}

function search(type: AnyType, quote: string, found: Map<string, TextRange[]>): void {
  for (const deleted of [false, true]) {
    for (const run of runsOf(type, deleted)) searchRun(run, quote, found)
  }
  for (const first of type._map.values()) {
    for (let item: Y.Item | null = first; item; item = item.left) searchValue(item, quote, found)
  }
}

/** The texts of a block, each up to the next thing that is no text; with what is deleted in its old places, or without. */
function runsOf(type: AnyType, deleted: boolean): Segment[][] {
  let run: Segment[] = []
  const runs = [run]
  const read = (text: AnyType) => {
    for (let item = text._start; item; item = item.right) {
      if ((item.deleted && !deleted) || !(item.content instanceof Y.ContentString)) continue
      run.push({ client: item.id.client, clock: item.id.clock, text: item.content.str })
    }
  }
  for (let item = type._start; item; item = item.right) {
    if ((item.deleted && !deleted) || !(item.content instanceof Y.ContentType)) continue
    if (item.content.type instanceof Y.XmlText) read(item.content.type)
    else {
      run = []
      runs.push(run)
    }
  }
  return runs
}

function searchRun(run: readonly Segment[], quote: string, found: Map<string, TextRange[]>): void {
  const text = run.map((segment) => segment.text).join('')
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    const ranges: TextRange[] = []
    let passed = 0
    for (const segment of run) {
      const from = Math.max(at, passed) - passed
      const to = Math.min(at + quote.length, passed + segment.text.length) - passed
      if (from < to) ranges.push({ client: segment.client, clock: segment.clock + from, length: to - from })
      passed += segment.text.length
    }
    const [first] = ranges
    if (!first) continue
    const place = `${first.client} ${first.clock}`
    // The same place again after a later update, perhaps with other letters behind its first.
    found.set(place, merge([...(found.get(place) ?? []), ...ranges]))
  }
}

function searchValue({ id, content }: Y.Item, quote: string, found: Map<string, TextRange[]>): void {
  if (!(content instanceof Y.ContentAny)) return
  for (const [at, value] of content.arr.entries()) {
    let passed = 0
    for (const text of stringsOf(value)) {
      for (let place = text.indexOf(quote); place >= 0; place = text.indexOf(quote, place + 1)) {
        const units = [passed + place, passed + place + quote.length] as const
        const range = { client: id.client, clock: id.clock + at, length: 1, units }
        found.set(`${id.client} ${range.clock} value ${units[0]}`, [range])
      }
      passed += text.length
    }
  }
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return []
  return Object.values(value).flatMap(stringsOf)
}

function merge(ranges: readonly TextRange[]): TextRange[] {
  const values = new Map<string, TextRange>()
  const merged: TextRange[] = []
  const inOrder = [...ranges].sort((one, other) => one.client - other.client || one.clock - other.clock)
  for (const range of inOrder) {
    const last = merged.at(-1)
    if (range.units) values.set(JSON.stringify(range), range)
    else if (last?.client === range.client && range.clock <= last.clock + last.length) {
      last.length = Math.max(last.length, range.clock + range.length - last.clock)
    } else merged.push({ ...range })
  }
  return [...merged, ...values.values()]
}
