import type { Piece } from './piece.ts'
import { RowTable } from './row-table.ts'

/** So many pieces at most in one chunk: splitting one moves no more than these. */
const chunkSize = 256

/** All pieces of one client by clock, without a gap from 0, and the rows that brought them. */
export class ClientPieces {
  readonly rows = new RowTable()
  /** The clock after the last. */
  end = 0
  private readonly chunks: Piece[][] = [[]]
  private last: Piece | null = null

  /** The piece with this clock. The clock must be below `end`. */
  find(clock: number): Piece {
    const { last } = this
    if (last && clock >= last.clock && clock < last.clock + last.length) return last
    const chunk = this.chunks[this.chunkOf(clock)] as Piece[]
    const found = chunk[indexIn(chunk, clock)] as Piece
    this.last = found
    return found
  }

  /** The last piece; undefined when there is none. */
  newest(): Piece | undefined {
    return this.chunks.at(-1)?.at(-1)
  }

  /** Adds a piece that begins at `end`. */
  push(piece: Piece): void {
    let chunk = this.chunks.at(-1) as Piece[]
    if (chunk.length >= chunkSize) {
      chunk = []
      this.chunks.push(chunk)
    }
    chunk.push(piece)
    this.end = piece.clock + piece.length
  }

  /** Adds what was split off the end of the piece before it. */
  insert(piece: Piece): void {
    const at = this.chunkOf(piece.clock)
    const chunk = this.chunks[at] as Piece[]
    chunk.splice(indexIn(chunk, piece.clock) + 1, 0, piece)
    if (chunk.length > chunkSize) this.chunks.splice(at + 1, 0, chunk.splice(chunkSize >> 1))
    this.last = null
  }

  /** Takes out a piece whose ids the piece before it has taken over already. */
  remove(piece: Piece): void {
    const at = this.chunkOf(piece.clock)
    const chunk = this.chunks[at] as Piece[]
    chunk.splice(indexIn(chunk, piece.clock), 1)
    if (chunk.length === 0 && this.chunks.length > 1) this.chunks.splice(at, 1)
    this.last = null
  }

  /** The piece right before this one by clock. */
  before(piece: Piece): Piece | undefined {
    return piece.clock === 0 ? undefined : this.find(piece.clock - 1)
  }

  /** All pieces by clock. */
  *[Symbol.iterator](): Iterator<Piece> {
    for (const chunk of this.chunks) yield* chunk
  }

  private chunkOf(clock: number): number {
    const { chunks } = this
    let low = 0
    let high = chunks.length - 1
    if (((chunks[high] as Piece[])[0]?.clock ?? 0) <= clock) return high
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (((chunks[middle] as Piece[])[0] as Piece).clock <= clock) low = middle
      else high = middle - 1
    }
    return low
  }
}

/** The place of the last piece that begins at this clock or before. */
function indexIn(chunk: readonly Piece[], clock: number): number {
  let low = 0
  let high = chunk.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((chunk[middle] as Piece).clock <= clock) low = middle
    else high = middle - 1
  }
  return low
}
