import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { readList, writeList } from './list-bytes.ts'
import { Branch, Piece, type PieceKind } from './piece.ts'
import type { RowStretch } from './row-table.ts'
import { clientOf, createTree, rootOf, type Tree } from './tree.ts'

const kinds: readonly PieceKind[] = ['text', 'format', 'gap', 'node', 'value', 'nowhere']
/** The low three bits of a piece's flags are its kind; these say what else is written. */
const flag = { deleted: 8, origin: 16, originBefore: 32, right: 64, from: 128, gone: 256 }

/**
 * Writes a tree: clients with their rows, then every branch, parents before children, each with its pieces in the order in
 * which they stand. A branch and a client go by the number of their turn.
 */
export function writeTree(encoder: encoding.Encoder, tree: Tree): void {
  const clients = [...tree.clients]
  const numbers = new Map(clients.map(([client], index) => [client, index]))
  const numberOf = (client: number): number => numbers.get(client) ?? 0
  writeList(encoder, clients, ([client, { rows }]) => {
    encoding.writeVarUint(encoder, client)
    writeList(encoder, rows.stretches, (stretch) => writeStretch(encoder, stretch))
  })
  writeList(encoder, [...tree.roots.keys()], (name) => encoding.writeVarString(encoder, name))
  const branches = [...tree.roots.values()]
  const write = (piece: Piece): void => {
    writePiece(encoder, piece, numberOf)
    if (!piece.node) return
    encoding.writeVarString(encoder, piece.node.name)
    branches.push(piece.node)
  }
  for (const branch of branches) {
    writeList(encoder, chainFrom(branch.start), write)
    writeList(encoder, [...(branch.keys ?? [])], ([key, newest]) => {
      encoding.writeVarString(encoder, key)
      writeList(encoder, chainTo(newest), write)
    })
  }
  const nowhere = clients.flatMap(([, pieces]) => [...pieces].filter(({ kind }) => kind === 'nowhere'))
  writeList(encoder, nowhere, ({ client, clock, length }) => {
    for (const value of [numberOf(client), clock, length]) encoding.writeVarUint(encoder, value)
  })
}

/** Reads what `writeTree` wrote. */
export function readTree(decoder: decoding.Decoder): Tree {
  const tree = createTree()
  const clients = readList(decoder, () => {
    const client = decoding.readVarUint(decoder)
    for (const stretch of readList(decoder, readStretch)) clientOf(tree, client).rows.stretches.push(stretch)
    return client
  })
  const clientAt = (index: number): number => clients[index] ?? 0
  const branches = readList(decoder, (from) => rootOf(tree, decoding.readVarString(from)))
  const pieces: Piece[] = []
  const readChain = (parent: Branch, key: string | null): Piece[] => {
    let before: Piece | null = null
    return readList(decoder, () => {
      const piece = readPiece(decoder, clientAt, before)
      piece.parent = parent
      piece.key = key
      piece.left = before
      if (before) before.right = piece
      before = piece
      if (piece.kind === 'node') {
        piece.node = new Branch(decoding.readVarString(decoder), parent.field, piece)
        branches.push(piece.node)
      }
      pieces.push(piece)
      return piece
    })
  }
  for (const branch of branches) {
    branch.start = readChain(branch, null)[0] ?? null
    for (let left = decoding.readVarUint(decoder); left > 0; left--) {
      const key = decoding.readVarString(decoder)
      const newest = readChain(branch, key).at(-1)
      branch.keys ??= new Map()
      if (newest) branch.keys.set(key, newest)
    }
  }
  for (const piece of readList(decoder, () => readNowhere(decoder, clientAt))) pieces.push(piece)
  pieces.sort((a, b) => a.clock - b.clock)
  for (const piece of pieces) clientOf(tree, piece.client).push(piece)
  return tree
}

function chainFrom(first: Piece | null): Piece[] {
  const chain: Piece[] = []
  for (let piece = first; piece; piece = piece.right) chain.push(piece)
  return chain
}

function chainTo(newest: Piece): Piece[] {
  const chain: Piece[] = []
  for (let piece: Piece | null = newest; piece; piece = piece.left) chain.push(piece)
  return chain.reverse()
}

function writePiece(encoder: encoding.Encoder, piece: Piece, numberOf: (client: number) => number): void {
  const { left, originClient, originClock } = piece
  const before = left !== null && left.client === originClient && left.clock + left.length - 1 === originClock
  const flags =
    kinds.indexOf(piece.kind) +
    (piece.deleted ? flag.deleted : 0) +
    (originClient >= 0 ? (before ? flag.originBefore : flag.origin) : 0) +
    (piece.rightClient >= 0 ? flag.right : 0) +
    (piece.fromClient >= 0 ? flag.from : 0) +
    (piece.goneBy >= 0 ? flag.gone : 0)
  encoding.writeVarUint(encoder, flags)
  const write = (client: number, clock: number): void => {
    encoding.writeVarUint(encoder, numberOf(client))
    encoding.writeVarUint(encoder, clock)
  }
  write(piece.client, piece.clock)
  encoding.writeVarUint(encoder, piece.length)
  if ((flags & flag.origin) !== 0) write(originClient, originClock)
  if ((flags & flag.right) !== 0) write(piece.rightClient, piece.rightClock)
  if ((flags & flag.from) !== 0) write(piece.fromClient, piece.fromClock)
  if (piece.goneBy >= 0) {
    encoding.writeVarUint(encoder, piece.goneBy)
    encoding.writeVarString(encoder, piece.text)
  }
  if (piece.deleted) return
  if (piece.kind === 'text') encoding.writeVarString(encoder, piece.text)
  // Values came from `readAny` or JSON, and go back the same way.
  if (piece.kind === 'value') encoding.writeAny(encoder, piece.value as never)
}

function readPiece(decoder: decoding.Decoder, clientAt: (index: number) => number, before: Piece | null): Piece {
  const next = (): number => decoding.readVarUint(decoder)
  const flags = next()
  const [client, clock, length] = [clientAt(next()), next(), next()]
  const piece = new Piece(client, clock, length, kinds[flags & 7] ?? 'gap')
  if ((flags & flag.originBefore) !== 0 && before) {
    piece.originClient = before.client
    piece.originClock = before.clock + before.length - 1
  }
  if ((flags & flag.origin) !== 0) [piece.originClient, piece.originClock] = [clientAt(next()), next()]
  if ((flags & flag.right) !== 0) [piece.rightClient, piece.rightClock] = [clientAt(next()), next()]
  if ((flags & flag.from) !== 0) [piece.fromClient, piece.fromClock] = [clientAt(next()), next()]
  if ((flags & flag.gone) !== 0) {
    piece.goneBy = next()
    piece.text = decoding.readVarString(decoder)
  }
  piece.deleted = (flags & flag.deleted) !== 0
  if (!piece.deleted && piece.kind === 'text') piece.text = decoding.readVarString(decoder)
  if (!piece.deleted && piece.kind === 'value') piece.value = decoding.readAny(decoder)
  return piece
}

function readNowhere(decoder: decoding.Decoder, clientAt: (index: number) => number): Piece {
  const client = clientAt(decoding.readVarUint(decoder))
  const piece = new Piece(client, decoding.readVarUint(decoder), decoding.readVarUint(decoder), 'nowhere')
  piece.deleted = true
  return piece
}

function writeStretch(encoder: encoding.Encoder, { clock, length, seq, step, author, sender }: RowStretch): void {
  for (const value of [clock, length, seq, step, author, sender]) encoding.writeVarUint(encoder, value)
}

function readStretch(decoder: decoding.Decoder): RowStretch {
  const next = (): number => decoding.readVarUint(decoder)
  return { clock: next(), length: next(), seq: next(), step: next(), author: next(), sender: next() }
}
