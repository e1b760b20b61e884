import type { WordsFromInput } from '@cabildo/protocol/http/inputs'
import type { JsonNode } from '@cabildo/schema/content'

/** Words that stand together and came from the same inputs. */
export interface OriginStretch {
  field: string
  text: string
  /** What they came from, by the order of linking. */
  passages: WordsFromInput[]
}

/** The mark that `reading/rich-text.tsx` leaves to the page. */
const dressedMark = 'dressed'

/** Where words of one passage stand in the letters of a field, `to` being the first after. */
interface Stand {
  from: number
  to: number
  passage: WordsFromInput
}

/**
 * Marks the words that came from inputs with the number of their stretch: answers the fields, and the stretches in the
 * order of the text. A place whose words are not where it says (the text and the places are of two moments) is left out.
 * Links lose their address here: what is pressed tells where it came from.
 */
export function dressOrigins(
  fields: Readonly<Record<string, JsonNode>>,
  passages: readonly WordsFromInput[],
): { fields: Record<string, JsonNode>; stretches: OriginStretch[] } {
  const stretches: OriginStretch[] = []
  const dressed = Object.entries(fields).map(([field, doc]): [string, JsonNode] => {
    const letters = lettersOf(doc)
    const stands = passages.flatMap((passage) =>
      passage.places.flatMap(({ field: where, start, text }): Stand[] =>
        where === field && letters.startsWith(text, start) ? [{ from: start, to: start + text.length, passage }] : [],
      ),
    )
    if (stands.length === 0) return [field, doc]
    let at = 0
    const place = (text: string, from: number): number => {
      const on = stands.filter((stand) => stand.from <= from && from < stand.to).map(({ passage }) => passage)
      if (on.length === 0) return -1
      const last = stretches.at(-1)
      const goesOn =
        last?.field === field &&
        last.passages.length === on.length &&
        on.every((one, index) => one === last.passages[index])
      if (last && goesOn) last.text += text
      else stretches.push({ field, text, passages: on })
      return stretches.length - 1
    }
    const cuts = [...new Set(stands.flatMap(({ from, to }) => [from, to]))].sort((one, other) => one - other)
    const dress = (node: JsonNode): JsonNode[] => {
      if (node.type !== 'text') return [node.content ? { ...node, content: node.content.flatMap(dress) } : node]
      const text = node.text ?? ''
      const marks = node.marks?.filter(({ type }) => type !== 'link') ?? []
      const start = at
      at += text.length
      const ends = [...cuts.filter((cut) => start < cut && cut < at), at]
      let from = start
      return ends.map((end) => {
        const piece = text.slice(from - start, end - start)
        const stretch = place(piece, from)
        from = end
        const mark = { type: dressedMark, attrs: { at: stretch } }
        return { ...node, text: piece, marks: stretch < 0 ? (node.marks ?? []) : [mark, ...marks] }
      })
    }
    return [field, dress(doc)[0] ?? doc]
  })
  return { fields: Object.fromEntries(dressed), stretches }
}

/** The letters of a field, one after another, without layout. */
export function lettersOf(node: JsonNode): string {
  if (node.type === 'text') return node.text ?? ''
  return (node.content ?? []).map(lettersOf).join('')
}

/** Where words stand in the letters of a field: there, or else the nearest place; undefined where they stand nowhere. */
export function findNear(letters: string, words: string, near: number): number | undefined {
  // No words stand everywhere, without an end.
  if (words === '') return undefined
  let best: number | undefined
  for (let at = letters.indexOf(words); at >= 0; at = letters.indexOf(words, at + 1)) {
    if (best === undefined || Math.abs(at - near) < Math.abs(best - near)) best = at
  }
  return best
}

/** The inputs behind words, each once. */
export function inputsOf(passages: readonly WordsFromInput[]): WordsFromInput['input'][] {
  return [...new Map(passages.map(({ input }) => [input.id, input])).values()]
}
