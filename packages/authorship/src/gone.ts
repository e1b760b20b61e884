import type { Piece } from './piece.ts'
import { splitPiece, startingAt, type Tree } from './tree.ts'
import type { Span } from './words.ts'

/** When more units of deleted text than `most` have their characters, the oldest lose them until `least` are left. */
const [least, most] = [1 << 14, 1 << 15]

/**
 * The text that was deleted lately by the ids under which it stood, oldest first: its characters are in the pieces still.
 * Part of the algorithm.
 */
export class Gone {
  private readonly spans: Span[]
  private units: number

  /** Goes on from what `list` answered. */
  constructor(spans: Span[] = []) {
    this.spans = spans
    this.units = spans.reduce((sum, { length }) => sum + length, 0)
  }

  /** Takes in a stretch as it was deleted; what goes on from the last one is one with it. */
  push({ client, clock, length }: Span): void {
    this.units += length
    const last = this.spans.at(-1)
    const isBefore = last?.client === client && clock + length === last.clock
    const isAfter = last?.client === client && last.clock + last.length === clock
    if (!isBefore && !isAfter) {
      this.spans.push({ client, clock, length })
      return
    }
    if (isBefore) last.clock = clock
    last.length += length
  }

  /** Takes out what is too much, oldest first. */
  takeExcess(): readonly Span[] {
    if (this.units <= most) return []
    let first = 0
    for (; this.units > least; first++) this.units -= this.spans[first]?.length ?? 0
    return this.spans.splice(0, first)
  }

  /** All of it, oldest first. */
  list(): readonly Span[] {
    return this.spans
  }
}

/** Lets go of the characters of deleted text. Answers the pieces that may have had them. */
export function forget(tree: Tree, { client, clock, length }: Span): Piece[] {
  const forgotten: Piece[] = []
  const end = clock + length
  for (let at = clock; at < end; ) {
    const piece = startingAt(tree, client, at)
    if (piece.clock + piece.length > end) splitPiece(tree, piece, end - piece.clock)
    piece.text = ''
    piece.goneBy = -1
    forgotten.push(piece)
    at += piece.length
  }
  return forgotten
}
