import { formRoot, shapeSaid } from '@cabildo/schema/templates/shapes'
import type { TemplateShape } from '@cabildo/schema/templates/template'
import { ClientPieces } from './client-pieces.ts'
import { Branch, Piece } from './piece.ts'
import type { Incoming, ReadUpdate } from './read-update.ts'

/**
 * A document as its pieces. It takes updates exactly as Yjs 13 does (the order of concurrent pieces is Yjs's), but keeps
 * of each piece where its words come from, and only the words that stand or were deleted lately.
 */
export interface Tree {
  readonly clients: Map<number, ClientPieces>
  readonly roots: Map<string, Branch>
  /** What the row at work has brought and taken away so far, split as it now stands. */
  brought: Piece[]
  taken: Piece[]
  /** The row at work; 0 between rows. */
  seq: number
  /** The roots that changed since somebody looked. */
  readonly changed: Set<string>
}

/** A document that nobody has written in. */
export function createTree(): Tree {
  return { clients: new Map(), roots: new Map(), brought: [], taken: [], seq: 0, changed: new Set() }
}

/** The form that the document says it is of. */
export function shapeOfTree({ roots }: Tree): TemplateShape {
  const said = roots.get(formRoot)?.keys
  return shapeSaid(said?.get('template')?.value, said?.get('version')?.value)
}

/** The pieces of a client, none for a new one. */
export function clientOf(tree: Tree, client: number): ClientPieces {
  let pieces = tree.clients.get(client)
  if (!pieces) {
    pieces = new ClientPieces()
    tree.clients.set(client, pieces)
  }
  return pieces
}

/** The root of this name. */
export function rootOf(tree: Tree, name: string): Branch {
  let root = tree.roots.get(name)
  if (!root) {
    root = new Branch('root', name, null)
    tree.roots.set(name, root)
  }
  return root
}

/** How far a client's ids reach. */
export const endOf = (tree: Tree, client: number): number => tree.clients.get(client)?.end ?? 0

/** Cuts a piece in two and answers the second; a pair of surrogates is torn as Yjs tears it. */
export function splitPiece(tree: Tree, piece: Piece, offset: number): Piece {
  const rest = new Piece(piece.client, piece.clock + offset, piece.length - offset, piece.kind)
  rest.originClient = piece.client
  rest.originClock = rest.clock - 1
  rest.rightClient = piece.rightClient
  rest.rightClock = piece.rightClock
  rest.parent = piece.parent
  rest.key = piece.key
  rest.deleted = piece.deleted
  rest.value = piece.value
  rest.cameIn = piece.cameIn
  rest.goneIn = piece.goneIn
  rest.goneBy = piece.goneBy
  if (piece.fromClient >= 0) {
    rest.fromClient = piece.fromClient
    rest.fromClock = piece.fromClock + offset
  }
  if (piece.text !== '') {
    rest.text = piece.text.slice(offset)
    piece.text = piece.text.slice(0, offset)
    const code = piece.text.charCodeAt(offset - 1)
    if (code >= 0xd800 && code <= 0xdbff) {
      piece.text = `${piece.text.slice(0, offset - 1)}\ufffd`
      rest.text = `\ufffd${rest.text.slice(1)}`
    }
  }
  piece.length = offset
  rest.left = piece
  rest.right = piece.right
  if (rest.right) rest.right.left = rest
  else if (rest.key !== null) rest.parent?.keys?.set(rest.key, rest)
  piece.right = rest
  clientOf(tree, piece.client).insert(rest)
  if (tree.seq > 0 && piece.cameIn === tree.seq) tree.brought.push(rest)
  if (tree.seq > 0 && piece.goneIn === tree.seq) tree.taken.push(rest)
  return rest
}

/** The piece that begins with this id: where it begins in the middle of one, that is cut. */
export function startingAt(tree: Tree, client: number, clock: number): Piece {
  const piece = clientOf(tree, client).find(clock)
  return piece.clock === clock ? piece : splitPiece(tree, piece, clock - piece.clock)
}

/** The piece that ends with this id. */
function endingAt(tree: Tree, client: number, clock: number): Piece {
  const piece = clientOf(tree, client).find(clock)
  if (clock !== piece.clock + piece.length - 1) splitPiece(tree, piece, clock - piece.clock + 1)
  return piece
}

/** Takes a read update in. False when part of it refers to what is not there; the rest was taken. */
export function takeUpdate(tree: Tree, { groups, deletions }: ReadUpdate): boolean {
  let whole = true
  const places = groups.map(() => 0)
  for (let moved = true; moved; ) {
    moved = false
    for (const [index, group] of groups.entries()) {
      let at = places[index] ?? 0
      for (let next = group[at]; next && isReady(tree, next); next = group[at]) {
        takePiece(tree, next)
        at++
        moved = true
      }
      places[index] = at
    }
  }
  for (const [index, group] of groups.entries()) if ((places[index] ?? 0) < group.length) whole = false
  for (const { client, clock, length } of deletions) {
    const end = Math.min(clock + length, endOf(tree, client))
    if (end < clock + length) whole = false
    if (clock < end) deleteRange(tree, client, clock, end)
  }
  return whole
}

function isReady(tree: Tree, { piece, holderClient, holderClock }: Incoming): boolean {
  const knows = (client: number, clock: number): boolean => client < 0 || clock < endOf(tree, client)
  return (
    piece.clock <= endOf(tree, piece.client) &&
    knows(piece.originClient, piece.originClock) &&
    knows(piece.rightClient, piece.rightClock) &&
    knows(holderClient, holderClock)
  )
}

/** Puts one piece in its place, without what is known of it already. */
function takePiece(tree: Tree, { piece, root, holderClient, holderClock }: Incoming): void {
  const pieces = clientOf(tree, piece.client)
  const known = pieces.end - piece.clock
  if (known >= piece.length) return
  if (known > 0) {
    piece.originClient = piece.client
    piece.originClock = pieces.end - 1
    piece.clock += known
    piece.length -= known
    if (piece.text !== '') piece.text = piece.text.slice(known)
  }
  piece.cameIn = tree.seq
  tree.brought.push(piece)
  const left = piece.originClient < 0 ? null : endingAt(tree, piece.originClient, piece.originClock)
  const right = piece.rightClient < 0 ? null : startingAt(tree, piece.rightClient, piece.rightClock)
  if (piece.kind !== 'nowhere' && left?.kind !== 'nowhere' && right?.kind !== 'nowhere') {
    if (left || right) {
      piece.parent = (left ?? right)?.parent ?? null
      piece.key = (left ?? right)?.key ?? null
    } else if (root !== null) piece.parent = rootOf(tree, root)
    else piece.parent = clientOf(tree, holderClient).find(holderClock).node
  }
  pieces.push(piece)
  if (piece.parent === null) {
    piece.kind = 'nowhere'
    piece.deleted = true
    piece.text = ''
    return
  }
  if (piece.node) piece.node.field = piece.parent.field
  link(tree, piece, piece.parent, left, right)
  tree.changed.add(piece.parent.field)
  if (piece.kind === 'gap') piece.deleted = true
  if (piece.parent.item?.deleted || (piece.key !== null && piece.right !== null)) deletePiece(tree, piece)
}

/** The first piece of a branch's sequence, or of the chain under a key. */
function firstOf(parent: Branch, key: string | null): Piece | null {
  if (key === null) return parent.start
  let piece = parent.keys?.get(key) ?? null
  while (piece?.left) piece = piece.left
  return piece
}

/** Finds the piece's place between its neighbours of old and links it in, as `Item.integrate` of Yjs 13. */
function link(tree: Tree, piece: Piece, parent: Branch, origin: Piece | null, right: Piece | null): void {
  let left = origin
  if ((left === null && (right === null || right.left !== null)) || (left !== null && left.right !== right)) {
    left = afterConcurrent(tree, piece, parent, left, right)
  }
  piece.left = left
  if (left !== null) {
    piece.right = left.right
    left.right = piece
  } else {
    piece.right = firstOf(parent, piece.key)
    if (piece.key === null) parent.start = piece
  }
  if (piece.right !== null) piece.right.left = piece
  else if (piece.key !== null) {
    parent.keys ??= new Map()
    parent.keys.set(piece.key, piece)
    if (piece.left !== null) deletePiece(tree, piece.left)
  }
}

/** The piece to stand after, when others were put between the same neighbours at the same time. */
function afterConcurrent(
  tree: Tree,
  piece: Piece,
  parent: Branch,
  origin: Piece | null,
  right: Piece | null,
): Piece | null {
  let left = origin
  const conflicting = new Set<Piece>()
  const beforeOrigin = new Set<Piece>()
  for (let other = left ? left.right : firstOf(parent, piece.key); other && other !== right; other = other.right) {
    beforeOrigin.add(other)
    conflicting.add(other)
    if (
      other.originClient === piece.originClient &&
      (piece.originClient < 0 || other.originClock === piece.originClock)
    ) {
      if (other.client < piece.client) {
        left = other
        conflicting.clear()
      } else if (
        other.rightClient === piece.rightClient &&
        (piece.rightClient < 0 || other.rightClock === piece.rightClock)
      ) {
        break
      }
    } else if (other.originClient >= 0) {
      const source = clientOf(tree, other.originClient).find(other.originClock)
      if (!beforeOrigin.has(source)) break
      if (!conflicting.has(source)) {
        left = other
        conflicting.clear()
      }
    } else break
  }
  return left
}

function deleteRange(tree: Tree, client: number, from: number, to: number): void {
  const pieces = clientOf(tree, client)
  for (let clock = from; clock < to; ) {
    let piece = pieces.find(clock)
    if (!piece.deleted) {
      if (piece.clock < clock) piece = splitPiece(tree, piece, clock - piece.clock)
      if (piece.clock + piece.length > to) splitPiece(tree, piece, to - piece.clock)
      deletePiece(tree, piece)
    }
    clock = piece.clock + piece.length
  }
}

/** Takes a piece away, with all that stands in it. */
function deletePiece(tree: Tree, first: Piece): void {
  const waiting = [first]
  for (let piece = waiting.pop(); piece; piece = waiting.pop()) {
    if (piece.deleted) continue
    piece.deleted = true
    piece.goneIn = tree.seq
    tree.taken.push(piece)
    if (piece.parent) tree.changed.add(piece.parent.field)
    if (!piece.node) continue
    const inside: Piece[] = []
    for (let child = piece.node.start; child; child = child.right) if (!child.deleted) inside.push(child)
    for (const child of piece.node.keys?.values() ?? []) if (!child.deleted) inside.push(child)
    // One by one: of very many the machine's stack would not hold the list.
    for (const one of inside.reverse()) waiting.push(one)
  }
}
