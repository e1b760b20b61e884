import { type Piece, sourceClient, sourceClock } from './piece.ts'
import { addSpan, cutSpans, joinWords, type Words } from './words.ts'

/** Text of one row that stands, or stood, together. */
export interface Run extends Words {
  pieces: Piece[]
}

/** So many deleted pieces may lie between text and what was deleted beside it. */
const nearest = 8

/** Whether nothing but what is deleted lies between a piece and the deleted piece with this id. */
export function reaches(piece: Piece, side: 'left' | 'right', client: number, clock: number): boolean {
  let at = piece[side]
  for (let steps = 0; at && steps < nearest && (at.deleted || at.kind === 'format'); steps++) {
    if (at.client === client && at.clock <= clock && clock < at.clock + at.length) return true
    at = at[side]
  }
  return false
}

/** So many invisible pieces may lie between two that stand together. */
const farthest = 64

/** What the row at work brought: pieces with text. */
const isBrought = (piece: Piece, seq: number): boolean => piece.cameIn === seq && piece.text !== ''
/** What it took away of what stood before. */
const isTaken = (piece: Piece, seq: number): boolean =>
  piece.goneIn === seq && piece.cameIn !== seq && piece.text !== ''

/** What nobody sees between two pieces: after the row, and for what it took away, before it. */
const isHiddenNow = (piece: Piece): boolean => piece.deleted || piece.kind === 'format'
const wasHidden = (piece: Piece, seq: number): boolean =>
  piece.cameIn === seq || (piece.deleted && piece.goneIn !== seq) || piece.kind === 'format'

/** Gathers what the row brought and left standing into runs, each in the order of the text. */
export function runsStanding(pieces: readonly Piece[], seq: number): Run[] {
  return runsOf(
    pieces,
    (piece) => isBrought(piece, seq) && !piece.deleted,
    (piece) => isHiddenNow(piece),
  )
}

/** Gathers what the row took away into runs, each as it stood. */
export function runsTaken(pieces: readonly Piece[], seq: number): Run[] {
  return runsOf(
    pieces,
    (piece) => isTaken(piece, seq),
    (piece) => wasHidden(piece, seq),
  )
}

/** Gathers text that the row both brought and took away: it came for a place that was gone already. */
export function runsInVain(pieces: readonly Piece[], seq: number): Run[] {
  const belongs = (piece: Piece): boolean => piece.goneIn === seq && isBrought(piece, seq)
  return runsOf(pieces, belongs, (piece) => isHiddenNow(piece))
}

/** So far a deletion is slid along the text. */
const longestSlide = 64
/** Shorter runs are not slid: what they would gain is not looked for. */
const shortestSlid = 3

/**
 * A deleted run with the text around it that it could just as well have been: of "wo[nderful wo]rld" nobody can tell, and
 * an editor does not say, that "wonderful " was cut. Any stretch as long as the run of what comes back is a way to cut it.
 */
export function slid(run: Run): Words {
  const [first] = run.pieces
  const last = run.pieces.at(-1)
  if (!first || !last || run.text.length < shortestSlid) return run
  const most = Math.min(longestSlide, run.text.length)
  const before = standingBeside(first, 'left', most)
  const after = standingBeside(last, 'right', most)
  let back = 0
  while (back < before.text.length && before.text.at(-1 - back) === run.text.at(-1 - back)) back++
  let on = 0
  while (on < after.text.length && after.text[on] === run.text[on]) on++
  if (back === 0 && on === 0) return run
  const start = before.text.length - back
  const context = { text: before.text.slice(start), spans: cutSpans(before.spans, start, before.text.length) }
  const next = { text: after.text.slice(0, on), spans: cutSpans(after.spans, 0, on) }
  return joinWords(joinWords(context, run), next)
}

/** Up to `most` units of the text that now stands on one side of a piece. */
function standingBeside(piece: Piece, side: 'left' | 'right', most: number): Words {
  let words: Words = { text: '', spans: [] }
  let at = piece[side]
  for (let steps = 0; at && steps < farthest && words.text.length < most; steps++, at = at[side]) {
    if (isHiddenNow(at)) continue
    if (at.kind !== 'text') break
    const spans = [{ length: at.length, client: sourceClient(at), clock: sourceClock(at) }]
    const next = { text: at.text, spans }
    words = side === 'left' ? joinWords(next, words) : joinWords(words, next)
  }
  const { text, spans } = words
  if (text.length <= most) return words
  return side === 'left'
    ? { text: text.slice(-most), spans: cutSpans(spans, text.length - most, text.length) }
    : { text: text.slice(0, most), spans: cutSpans(spans, 0, most) }
}

type Test = (piece: Piece) => boolean

function runsOf(pieces: readonly Piece[], belongs: Test, isHidden: Test): Run[] {
  const runs: Run[] = []
  for (const piece of pieces) {
    if (!belongs(piece) || neighbour(piece, 'left', belongs, isHidden)) continue
    const run: Run = { text: '', spans: [], pieces: [] }
    for (let at: Piece | null = piece; at; at = neighbour(at, 'right', belongs, isHidden)) {
      run.text += at.text
      run.pieces.push(at)
      addSpan(run.spans, { length: at.length, client: sourceClient(at), clock: sourceClock(at) })
    }
    runs.push(run)
  }
  return runs
}

function neighbour(piece: Piece, side: 'left' | 'right', belongs: Test, isHidden: Test): Piece | null {
  let at = piece[side]
  for (let steps = 0; at && steps < farthest; steps++) {
    if (belongs(at)) return at
    if (!isHidden(at)) return null
    at = at[side]
  }
  return null
}
