/** What a piece of a document is. Text and formatting become `gap` when they are deleted. */
export type PieceKind = 'text' | 'format' | 'gap' | 'node' | 'value' | 'nowhere'

/**
 * A stretch of consecutive ids of one client that stands together: an item of Yjs. The ids of its neighbours when it was
 * written (`origin…`, `right…`, client -1 for none) decide where it stands.
 */
export class Piece {
  client: number
  clock: number
  length: number
  kind: PieceKind
  left: Piece | null = null
  right: Piece | null = null
  originClient = -1
  originClock = 0
  rightClient = -1
  rightClock = 0
  /** Null for what stands nowhere, for its place is gone. */
  parent: Branch | null = null
  key: string | null = null
  /** The characters of `text`; of what was deleted lately, too, which is a `gap` then (`gone.ts`). */
  text = ''
  /** The number of who deleted it, while its characters are kept; else -1. */
  goneBy = -1
  node: Branch | null = null
  value: unknown = undefined
  deleted = false
  /** The id under which the first unit was originally written; client -1: this one. */
  fromClient = -1
  fromClock = 0
  /** The rows that brought it and took it away, as far as they are the row at work; else 0. */
  cameIn = 0
  goneIn = 0

  constructor(client: number, clock: number, length: number, kind: PieceKind) {
    this.client = client
    this.clock = clock
    this.length = length
    this.kind = kind
  }
}

/** What holds pieces: a field, an element, a text, the facts. */
export class Branch {
  /** `root`, a node's name, `#text`, or empty for what a document of ours never has. */
  name: string
  /** The root it belongs to. */
  field: string
  /** The piece that put it there; null for a root. */
  item: Piece | null
  start: Piece | null = null
  /** The latest piece under each key. */
  keys: Map<string, Piece> | null = null

  constructor(name: string, field: string, item: Piece | null) {
    this.name = name
    this.field = field
    this.item = item
  }
}

/** The original client of a piece's first unit. */
export const sourceClient = (piece: Piece): number => (piece.fromClient < 0 ? piece.client : piece.fromClient)
/** The original clock of a piece's first unit. */
export const sourceClock = (piece: Piece): number => (piece.fromClient < 0 ? piece.clock : piece.fromClock)
