import type { ProposalHunk } from '@cabildo/protocol/http/proposals'
import type { JsonNode } from '@cabildo/schema/content'
import { diffText } from '@cabildo/schema/diff'
import { wordsOf } from '@cabildo/schema/hunks/hunk'
import { labelNamed } from '@cabildo/schema/templates/labels'
import type * as Y from 'yjs'
import type { Language } from '../../lib/language.ts'
import { type Around, piecesOf, wordsAround } from '../../sync/anchors.ts'

/** The fields of some of all parts, each once; where others are in the same field, with what each was to change there. */
export function placesTold(all: readonly ProposalHunk[], some: readonly number[], language: Language): string {
  return [...Map.groupBy(all, ({ field }) => field)]
    .flatMap(([field, parts]) => {
      const meant = parts.filter(({ number }) => some.includes(number))
      if (meant.length === 0) return []
      const said = meant.length < parts.length ? meant.flatMap((part) => saidBy(part)) : []
      return [[labelNamed(field)?.[language] ?? field, ...said.map((words) => `«${words}»`)].join(' ')]
    })
    .join(', ')
}

/** What stands beside the words that a proposal would change, by the numbers of its parts. */
export function aroundOf(doc: Y.Doc, hunks: readonly ProposalHunk[]): ReadonlyMap<number, Around> {
  const around = new Map<number, Around>()
  for (const { number, kind, target, field, state, fits, places } of hunks) {
    if (kind !== 'text' || target !== 'words' || state !== 'open' || !fits) continue
    const ids = places.flatMap((place) => place.ids)
    const beside = wordsAround(
      piecesOf(doc.getXmlFragment(field), () => false),
      ids,
      letters,
    )
    if (beside) around.set(number, beside)
  }
  return around
}

/** Letters that are told on either side of what changes. */
const letters = 40

/** What words of a text a part would bring, or take away, cut where they are many. */
function saidBy({ target, blank, before, after }: ProposalHunk): string[] {
  if (target !== 'words' || blank) return []
  // What the server sends had been read through the schema.
  const pieces = diffText(wordsOf(before as JsonNode[]), wordsOf(after as JsonNode[]))
  const first = (sought: 'added' | 'removed') => pieces.find(({ kind, text }) => kind === sought && text.trim() !== '')
  const words = (first('added') ?? first('removed'))?.text.trim()
  if (words === undefined) return []
  return [words.length > letters ? `${words.slice(0, letters).trimEnd()}…` : words]
}
