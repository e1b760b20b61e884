/**
 * Proposed changes of a document: a small set of hunks, each of which puts other content in one place. A place is words
 * inside one block, whole blocks of a field, a whole field, or a fact; it is named by the ids of the units that stand
 * there, and by what it says. Nothing here guesses: a place that says something else is not the place.
 */
import { canonicalJson } from '../canonical.ts'
import { type JsonNode, tidyFactNamed, tidyField } from '../content.ts'
import { factAllowed, fieldKind } from '../rules.ts'
import { textOf } from '../text.ts'

/** Units of text by their ids: client, first clock, how many (UTF-16 units, as in Yjs). */
export type IdSpan = [client: number, clock: number, length: number]

/** Other words for words inside one block. Both are text nodes with their marks. */
export interface WordsHunk {
  target: 'words'
  field: string
  /** Of every unit it replaces, in order. */
  ids: IdSpan[]
  before: JsonNode[]
  after: JsonNode[]
}

/** Other blocks for a run of blocks that stand at the top of a field. */
export interface BlocksHunk {
  target: 'blocks'
  field: string
  /** Some unit of the first block and some unit of the last one, at least; none: all blocks of the field. */
  ids: IdSpan[]
  before: JsonNode[]
  after: JsonNode[]
}

/** Another value for a fact; null: none. */
export interface FactHunk {
  target: 'fact'
  key: string
  before: unknown
  after: unknown
}

/** One place with what it says and what it is to say. */
export type Hunk = WordsHunk | BlocksHunk | FactHunk

/** What a hunk changes, in people's words. */
export type HunkKind = 'text' | 'formatting' | 'block' | 'milestone' | 'fact'

/** What kind of change a hunk is. */
export function kindOf(hunk: Hunk): HunkKind {
  if (hunk.target === 'fact') return 'fact'
  if (hunk.target === 'words') return wordsOf(hunk.before) === wordsOf(hunk.after) ? 'formatting' : 'text'
  return fieldKind(hunk.field) === 'milestones' ? 'milestone' : 'block'
}

/** All text of nodes, without layout. */
export function wordsOf(nodes: readonly JsonNode[]): string {
  return nodes.map((node) => textOf(node)).join('')
}

/** Whether two contents are the same to the letter. */
export function saysSame(one: unknown, other: unknown): boolean {
  return canonicalJson(one) === canonicalJson(other)
}

/** Text nodes as a document would hold them, whatever they were. */
export function tidyWords(nodes: readonly JsonNode[]): JsonNode[] {
  const { content = [] } = tidyField({ content: [{ type: 'paragraph', content: nodes }] }, 'rich')
  return content[0]?.content ?? []
}

/**
 * A hunk from anywhere, as a document would hold what it says; undefined when the form cannot hold it, when it names no
 * place, or changes nothing.
 */
export function tidyHunk(hunk: Hunk): Hunk | undefined {
  const tidied = hunk.target === 'fact' ? tidyFactHunk(hunk) : tidyTextHunk(hunk)
  return tidied && !saysSame(tidied.before, tidied.after) ? tidied : undefined
}

function tidyFactHunk({ key, before, after }: FactHunk): FactHunk | undefined {
  if (!factAllowed(key, before) || !factAllowed(key, after)) return undefined
  return { target: 'fact', key, before: tidyFactNamed(key, before), after: tidyFactNamed(key, after) }
}

function tidyTextHunk(hunk: WordsHunk | BlocksHunk): Hunk | undefined {
  const kind = fieldKind(hunk.field)
  if (kind === undefined) return undefined
  const { target, field, ids } = hunk
  const tidy = (nodes: readonly JsonNode[]): JsonNode[] | undefined => {
    const tidied = target === 'words' ? tidyWords(nodes) : (tidyField({ content: nodes }, kind).content ?? [])
    try {
      return saysSame(tidied, nodes) ? tidied : undefined
    } catch {
      // Half a character, or a number without end: no canonical form, and so no text of ours.
      return undefined
    }
  }
  const [before, after] = [tidy(hunk.before), tidy(hunk.after)]
  if (!before || !after) return undefined
  const onlyText = [...before, ...after].every(({ type }) => type === 'text')
  if (target === 'words' && (!onlyText || ids.length === 0 || before.length === 0)) return undefined
  return { target, field, ids, before, after }
}
