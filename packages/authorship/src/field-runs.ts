import type { FieldKind } from '@cabildo/schema/templates/template'
import { layOut, wordsOf } from './lay-out.ts'
import { type Branch, type Piece, sourceClient, sourceClock } from './piece.ts'
import { readField } from './read-field.ts'
import { countCharacters } from './words.ts'

/** Who wrote something, who put it where it stands, and the row that first brought it. */
export interface Credit {
  author: string
  /** The sender of the row that brought it as it stands: another than the author when text was moved or brought back. */
  editedBy: string
  seq: number
}

/** A stretch of a field's plain text. */
export interface AuthoredRun {
  text: string
  /** Null only in a field that has layout (a bullet) and no words. */
  author: string | null
  editedBy: string | null
  /** The row that first brought the run's first character; null as `author`. */
  seq: number | null
}

/** A field's plain text by who wrote it. */
export interface FieldRuns {
  /** Joined they are `fieldText` of the field. What the layout adds goes with the words before it, or else after it. */
  runs: AuthoredRun[]
  /** How many characters (code points) of its words each author has standing; layout is nobody's. */
  written: Map<string, number>
}

/** Tells who wrote the unit of a piece at an offset and who put it there, and for how many units that holds. */
export type CreditOf = (piece: Piece, offset: number) => { credit: Credit; length: number }

/** The runs of a field. */
export function fieldRuns(root: Branch | undefined, kind: FieldKind, creditOf: CreditOf): FieldRuns {
  const written = new Map<string, number>()
  if (!root) return { runs: [], written }
  const field = readField(root, kind)
  const words = wordsOf(field.doc)
  const { text, words: places, values, shown } = layOut(field.doc, words)
  const placeIn = alignment(field.text, words)
  const stretches = stretchesOf(field.pieces, creditOf)
  const runs: AuthoredRun[] = []
  let open: { start: number; stretch: unknown; credit: Credit } | undefined
  const close = (end: number): void => {
    if (open) runs.push({ text: text.slice(open.start, end), ...open.credit })
  }
  let at = 0
  for (let unit = 0; unit < text.length; unit++) {
    const place = places[unit] ?? -1
    const value = values[unit] ?? 0
    if (place < 0 && value === 0) continue
    let stretch: unknown
    let credit: Credit | undefined
    if (value > 0) {
      const of = shown[value - 1]
      stretch = of
      const piece = of && field.milestones[of.milestone]?.keys?.get(of.key)
      credit = piece && !piece.deleted ? creditOf(piece, 0).credit : undefined
    } else {
      const source = placeIn(place)
      while (source >= (stretches[at]?.end ?? Number.POSITIVE_INFINITY)) at++
      stretch = stretches[at]
      credit = stretches[at]?.credit
    }
    if (!credit || open?.stretch === stretch) continue
    close(unit)
    open = { start: open ? unit : 0, stretch, credit }
  }
  close(text.length)
  if (!open && text !== '') runs.push({ text, author: null, editedBy: null, seq: null })
  count(written, words, stretches, placeIn)
  return { runs, written }
}

/** Counts the characters that show, each for whoever wrote it. */
function count(
  written: Map<string, number>,
  words: string,
  stretches: readonly Stretch[],
  placeIn: (place: number) => number,
): void {
  let from = 0
  for (const { end, credit } of stretches) {
    let to = from
    while (to < words.length && placeIn(to) < end) to++
    if (to > from)
      written.set(credit.author, (written.get(credit.author) ?? 0) + countCharacters(words.slice(from, to)))
    from = to
  }
}

interface Stretch {
  end: number
  credit: Credit
}

/** Words that were written one after another, of one author and one editor. */
function stretchesOf(pieces: readonly Piece[], creditOf: CreditOf): Stretch[] {
  const stretches: Stretch[] = []
  let start = 0
  let client = -1
  let clock = 0
  for (const piece of pieces) {
    for (let offset = 0; offset < piece.length; ) {
      const { credit, length: most } = creditOf(piece, offset)
      const length = Math.min(most, piece.length - offset)
      const last = stretches.at(-1)
      const goesOn =
        sourceClient(piece) === client &&
        sourceClock(piece) + offset === clock &&
        last?.credit.author === credit.author &&
        last.credit.editedBy === credit.editedBy
      if (last && goesOn) last.end += length
      else stretches.push({ end: start + length, credit })
      start += length
      offset += length
      client = sourceClient(piece)
      clock = sourceClock(piece) + offset
    }
  }
  return stretches
}

/** Where the schema left nodes out, their words are missing from what shows: finds each unit's place among all words. */
function alignment(all: string, shown: string): (place: number) => number {
  if (all.length === shown.length) return (place) => place
  const places = new Int32Array(shown.length)
  let at = 0
  for (let place = 0; place < shown.length; place++) {
    const code = shown.charCodeAt(place)
    const found = all.indexOf(String.fromCharCode(code), at)
    if (found >= 0) at = found + 1
    places[place] = found >= 0 ? found : Math.max(0, at - 1)
  }
  return (place) => places[place] ?? 0
}
