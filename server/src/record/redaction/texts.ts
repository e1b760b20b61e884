/** What a redaction makes of stored texts. Decides from its arguments alone. */
import { canonicalText, type Json } from '@cabildo/record/canonical-json'
import { maskValue } from '@cabildo/verify/redact'

/** A row of a document's log. */
export interface Row {
  seq: number
  bytes: Uint8Array
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
