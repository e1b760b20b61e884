/**
 * Plays the log of a document to find words in it and to learn what stands once they are gone. It takes the log in parts, so
 * that what was written meanwhile costs no more than itself. Decides from its arguments alone; long logs take seconds, so
 * it is run in a thread of its own (replaying.ts).
 */
import { canonicalJson, contentHash } from '@cabildo/schema/canonical'
import { contentOf } from '@cabildo/schema/content'
import { contentHtml } from '@cabildo/schema/html'
import { shapeOf } from '@cabildo/schema/templates/shapes'
import { titleOf } from '@cabildo/schema/title'
import { createTextSearch } from '@cabildo/verify/find-text'
import { redactUpdate, type TextRange } from '@cabildo/verify/redact'
import * as Y from 'yjs'
import type { NewText, Row, VersionText } from './texts.ts'

/** What is looked for. */
export interface Sought {
  /** The words; null where only the places are known. */
  quote: string | null
  /** Places beside those where the words are found. */
  ranges: readonly TextRange[]
}

/** More of a document: the rows after those that were given before, and all its versions and drafts as they are now. */
export interface Parts {
  rows: readonly Row[]
  /** Ascending by `seq`. */
  versions: readonly VersionText[]
  drafts: readonly { id: string; bytes: Uint8Array }[]
}

/** What is to be written so that the words are gone. */
export interface Replayed {
  /** Places of the words in the log. */
  places: number
  /** Where they stand, in the log and in drafts. */
  ranges: TextRange[]
  /** The rows that change, by number. */
  changed: Map<number, Uint8Array>
  /** The versions that change. */
  texts: NewText[]
  /** The drafts that change, by id. */
  drafts: Map<string, Uint8Array>
  /** The whole document, and its title for lists; null where the text has none. */
  state: Uint8Array
  title: string | null
}

/** Letters of a title in lists, as the rooms store it. */
const longestTitle = 300

/** Plays the log of one document. `read` answers for all parts it was given so far. */
export function createReplay({ quote, ranges: given }: Sought): { read(parts: Parts): Replayed } {
  const search = quote === null ? undefined : createTextSearch(quote)
  const rows: Row[] = []
  let standing = createStanding([])
  let known = '[]'
  return {
    read({ rows: more, versions, drafts }) {
      for (const row of more) {
        search?.apply(row.bytes)
        rows.push(row)
      }
      const { ranges: found, places } = search?.found() ?? { ranges: [], places: 0 }
      const ranges = [...given, ...found]
      // New words may have made old letters part of what is looked for: then everything before is another, too.
      if (JSON.stringify(ranges) !== known || !standing.reaches(versions)) standing = createStanding(ranges)
      known = JSON.stringify(ranges)
      const now = standing.after(rows, versions)
      const inDrafts = search ? drafts.flatMap(({ bytes }) => search.besides(bytes)) : []
      const all = [...ranges, ...inDrafts]
      const redacted = drafts.map(({ id, bytes }) => [id, bytes, redactUpdate(bytes, all)] as const)
      const others = redacted.flatMap(([id, bytes, without]) => (bytes === without ? [] : [[id, without] as const]))
      return { ...now, places, ranges: distinct(all), drafts: new Map(others) }
    },
  }
}

/** What stands in a document without what these ranges hold. */
function createStanding(ranges: readonly TextRange[]) {
  const doc = new Y.Doc()
  const changed = new Map<number, Uint8Array>()
  const told = new Map<string, NewText | undefined>()
  let taken = 0
  let at = 0
  return {
    /** Whether it can still tell what each of these versions says: it only goes forward. */
    reaches: (versions: readonly VersionText[]): boolean => versions.every(({ id, seq }) => told.has(id) || seq >= at),
    after(rows: readonly Row[], versions: readonly VersionText[]) {
      const upTo = (seq: number): void => {
        for (let row = rows[taken]; row && row.seq <= seq; row = rows[taken]) {
          const redacted = redactUpdate(row.bytes, ranges)
          if (redacted !== row.bytes) changed.set(row.seq, redacted)
          Y.applyUpdate(doc, redacted)
          taken += 1
          at = row.seq
        }
      }
      for (const { id, number, seq, content } of versions) {
        if (told.has(id)) continue
        upTo(seq)
        const now = contentOf(doc)
        const text = canonicalJson(now)
        const words = { id, number, content: text, contentHash: contentHash(now), html: contentHtml(now) }
        told.set(id, text === content ? undefined : words)
      }
      upTo(Number.POSITIVE_INFINITY)
      const state = Y.encodeStateAsUpdate(doc)
      // A form without a title has it from elsewhere, and it is not in the text.
      const hasTitle = shapeOf(doc).fields.some(({ name }) => name === 'title')
      const title = hasTitle ? titleOf(doc).replaceAll('\u0000', '').slice(0, longestTitle) : null
      const texts = versions.flatMap(({ id }) => told.get(id) ?? [])
      return { changed, texts, state, title }
    },
  }
}

function distinct(ranges: readonly TextRange[]): TextRange[] {
  return [...new Map(ranges.map((range) => [JSON.stringify(range), range])).values()]
}
