/** What a redaction makes of stored texts. Decides from its arguments alone. */
import { canonicalText, type Json } from '@cabildo/record/canonical-json'
import { canonicalJson, contentHash } from '@cabildo/schema/canonical'
import { contentOf } from '@cabildo/schema/content'
import { contentHtml } from '@cabildo/schema/html'
import { titleOf } from '@cabildo/schema/title'
import { findText } from '@cabildo/verify/find-text'
import { maskValue, redactUpdate, type TextRange } from '@cabildo/verify/redact'
import * as Y from 'yjs'

/** A row of a document's log. */
export interface Row {
  seq: number
  bytes: Uint8Array
}

/** The rows that change, by number. */
export function changedRows(rows: readonly Row[], ranges: readonly TextRange[]): Map<number, Uint8Array> {
  const changed = new Map<number, Uint8Array>()
  for (const { seq, bytes } of rows) {
    const redacted = redactUpdate(bytes, ranges)
    if (redacted !== bytes) changed.set(seq, redacted)
  }
  return changed
}

/** A version's text as it is kept. */
export interface VersionText {
  id: string
  number: number
  seq: number
  content: string
}

/** A version's text from now on. */
export interface NewText {
  id: string
  number: number
  content: string
  contentHash: string
  html: string
}

/** Letters of a title in lists, as the rooms store it. */
const longestTitle = 300

/** What versions say, and the whole document with its title for lists, once rows are others. `versions` ascend by `seq`. */
export function textsAfter(
  rows: readonly Row[],
  changed: ReadonlyMap<number, Uint8Array>,
  versions: readonly VersionText[],
): { texts: NewText[]; state: Uint8Array; title: string } {
  const doc = new Y.Doc()
  const texts: NewText[] = []
  let at = 0
  const upTo = (seq: number) => {
    for (let row = rows[at]; row && row.seq <= seq; row = rows[at]) {
      Y.applyUpdate(doc, changed.get(row.seq) ?? row.bytes)
      at += 1
    }
  }
  for (const { id, number, seq, content } of versions) {
    upTo(seq)
    const now = contentOf(doc)
    const text = canonicalJson(now)
    if (text !== content)
      texts.push({ id, number, content: text, contentHash: contentHash(now), html: contentHtml(now) })
  }
  upTo(Number.POSITIVE_INFINITY)
  const state = Y.encodeStateAsUpdate(doc)
  const title = titleOf(doc).replaceAll('\u0000', '').slice(0, longestTitle)
  doc.destroy()
  return { texts, state, title }
}

/** A draft without the words, on the rows it was written upon; also where it cannot be laid upon them. */
export function draftWithout(
  rows: readonly Row[],
  draft: Uint8Array,
  quote: string | null,
  ranges: readonly TextRange[],
): Uint8Array {
  const own = quote === null ? [] : [...findText([...rows.map(({ bytes }) => bytes), draft], quote).ranges]
  return redactUpdate(draft, [...ranges, ...own])
}

/** The payload of an `update-batch` with other bytes; undefined when none of its rows changes. */
export function batchWith(payload: string, changed: ReadonlyMap<number, Uint8Array>): string | undefined {
  const batch = JSON.parse(payload) as { updates: { seq: number; bytes: string }[] }
  let touched = false
  for (const update of batch.updates) {
    const bytes = changed.get(update.seq)
    if (!bytes) continue
    update.bytes = Buffer.from(bytes).toString('base64')
    touched = true
  }
  return touched ? canonicalText(batch as unknown as Json) : undefined
}

/** Any other payload, with filler for the words in its texts; undefined where they stand in none of them. */
export function payloadWithout(payload: string, quote: string): string | undefined {
  // What people wrote of it; ids and the rest are facts.
  const { name, note, ...facts } = JSON.parse(payload) as { [key: string]: Json }
  const without = canonicalText({ ...facts, ...(maskValue({ name, note }, quote) as { [key: string]: Json }) })
  return without === payload ? undefined : without
}

/** The words as they would stand in a canonical payload. */
export function asStored(quote: string): string {
  return JSON.stringify(quote).slice(1, -1)
}
