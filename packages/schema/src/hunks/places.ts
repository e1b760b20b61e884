import * as Y from 'yjs'
import { fieldOf, type JsonNode } from '../content.ts'
import { fieldKind } from '../rules.ts'
import { type IdSpan, tidyWords } from './hunk.ts'

/** Words that stand together in one text. */
export interface Words {
  text: Y.XmlText
  from: number
  to: number
}

/** Blocks that stand together at the top of a field: from `from` up to `to`, not included. */
export interface Blocks {
  field: string
  from: number
  to: number
}

/** A stretch of text that stands in a text, from `at` on. */
interface Stretch {
  client: number
  clock: number
  length: number
  at: number
}

/** What stands in a text, in reading order. */
function stretchesOf(text: Y.XmlText): Stretch[] {
  const found: Stretch[] = []
  let at = 0
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !item.countable) continue
    const { client, clock } = item.id
    found.push({ client, clock, length: item.length, at })
    at += item.length
  }
  return found
}

/** The ids of the units from `from` up to `to` of a text. */
export function idsIn(text: Y.XmlText, from: number, to: number): IdSpan[] {
  const ids: IdSpan[] = []
  for (const { client, clock, length, at } of stretchesOf(text)) {
    const [first, last] = [Math.max(from, at), Math.min(to, at + length)]
    if (first >= last) continue
    const before = ids.at(-1)
    if (before && before[0] === client && before[1] + before[2] === clock + first - at) before[2] += last - first
    else ids.push([client, clock + first - at, last - first])
  }
  return ids
}

/** The words that these units are, when they stand together, in this order, in one text of the field, and nothing else. */
export function findWords(doc: Y.Doc, field: string, ids: readonly IdSpan[]): Words | undefined {
  // Asked for first: a root gets its type when it is.
  const fragment: unknown = doc.getXmlFragment(field)
  const first = ids[0] && standingAt(doc, ids[0][0], ids[0][1])
  const text = first?.parent
  if (!first || !(text instanceof Y.XmlText) || rootOf(first) !== fragment) return undefined
  const stretches = stretchesOf(text)
  let from: number | undefined
  let to = 0
  for (const [client, clock, length] of ids) {
    for (let next = clock; next < clock + length; ) {
      const held = stretches.find((one) => one.client === client && one.clock <= next && next < one.clock + one.length)
      if (!held) return undefined
      const at = held.at + next - held.clock
      if (from !== undefined && at !== to) return undefined
      from ??= at
      const size = Math.min(held.clock + held.length, clock + length) - next
      to = at + size
      next += size
    }
  }
  return from === undefined ? undefined : { text, from, to }
}

/** What words say, as text nodes with their marks. */
export function readWords({ text, from, to }: Words): JsonNode[] {
  const nodes: JsonNode[] = []
  let at = 0
  for (const { insert, attributes } of text.toDelta() as { insert: unknown; attributes?: Record<string, unknown> }[]) {
    const length = typeof insert === 'string' ? insert.length : 1
    const [first, last] = [Math.max(from, at), Math.min(to, at + length)]
    if (typeof insert === 'string' && first < last) {
      const marks = Object.entries(attributes ?? {}).map(([type, attrs]) => ({
        type,
        ...(typeof attrs === 'object' && attrs !== null && { attrs: attrs as Record<string, unknown> }),
      }))
      nodes.push({ type: 'text', text: insert.slice(first - at, last - at), ...(marks.length > 0 && { marks }) })
    }
    at += length
  }
  return tidyWords(nodes)
}

/** The run of blocks from the first in which one of these units stands to the last; no ids: all blocks of the field. */
export function findBlocks(doc: Y.Doc, field: string, ids: readonly IdSpan[]): Blocks | undefined {
  const fragment = doc.getXmlFragment(field)
  if (ids.length === 0) return { field, from: 0, to: fragment.length }
  const places = new Map(fragment.toArray().map((block, index) => [block as unknown, index]))
  let [from, to] = [Number.POSITIVE_INFINITY, 0]
  for (const [client, clock, length] of ids) {
    for (let next = clock; next < clock + length; ) {
      const item = standingAt(doc, client, next)
      const block = item && topOf(item, fragment)
      const index = block && places.get(block)
      if (item === undefined || index === undefined) return undefined
      from = Math.min(from, index)
      to = Math.max(to, index + 1)
      next = item.id.clock + item.length
    }
  }
  return { field, from, to }
}

/**
 * What blocks say; undefined when the field holds something that its readers do not see, so that places cannot be told by
 * counting.
 */
export function readBlocks(doc: Y.Doc, { field, from, to }: Blocks): JsonNode[] | undefined {
  const kind = fieldKind(field)
  const all = kind && (fieldOf(doc, field, kind).content ?? [])
  if (all?.length !== doc.getXmlFragment(field).length) return undefined
  return all.slice(from, to)
}

/** The ids of every unit of text in blocks, in reading order. */
export function idsInBlocks(doc: Y.Doc, { field, from, to }: Blocks): IdSpan[] {
  const ids: IdSpan[] = []
  const visit = (node: unknown): void => {
    if (node instanceof Y.XmlText) ids.push(...idsIn(node, 0, Number.POSITIVE_INFINITY))
    else if (node instanceof Y.XmlFragment) for (const child of node.toArray()) visit(child)
  }
  for (const block of doc.getXmlFragment(field).toArray().slice(from, to)) visit(block)
  return ids
}

/** The piece of text that holds a unit, when that stands. */
function standingAt(doc: Y.Doc, client: number, clock: number): Y.Item | undefined {
  if (clock < 0 || clock >= Y.getState(doc.store, client)) return undefined
  const item = Y.getItem(doc.store, Y.createID(client, clock))
  return item instanceof Y.Item && !item.deleted && item.content instanceof Y.ContentString ? item : undefined
}

type Branch = NonNullable<Exclude<Y.Item['parent'], Y.ID | string>>

// A parent is a string or an id only until its item is integrated.
const parentOf = ({ parent }: Y.Item): Branch | undefined => (parent instanceof Y.AbstractType ? parent : undefined)

function rootOf(item: Y.Item): Branch | undefined {
  let root = parentOf(item)
  while (root?._item) root = parentOf(root._item)
  return root
}

/** The block at the top of a field in which an item stands. */
function topOf(item: Y.Item, fragment: unknown): Branch | undefined {
  let branch = parentOf(item)
  while (branch) {
    const above: Branch | undefined = branch._item ? parentOf(branch._item) : undefined
    if (above === fragment) return branch
    branch = above
  }
  return undefined
}
