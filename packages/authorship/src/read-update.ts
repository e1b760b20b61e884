import * as decoding from 'lib0/decoding'
import { Branch, Piece } from './piece.ts'

/** A piece as an update brings it, before its place is known. */
export interface Incoming {
  piece: Piece
  /** The name of the root that it stands in, or the id of the piece whose node it stands in; else its neighbours say. */
  root: string | null
  holderClient: number
  holderClock: number
}

/** An update: pieces by client in clock order, and the ids it deletes. */
export interface ReadUpdate {
  groups: Incoming[][]
  deletions: { client: number; clock: number; length: number }[]
}

/** Reads a Yjs v1 update (struct blocks, then the delete set). Throws when the bytes are none. */
export function readUpdate(bytes: Uint8Array): ReadUpdate {
  const decoder = decoding.createDecoder(bytes)
  const groups: Incoming[][] = []
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
    const group: Incoming[] = []
    let structs = decoding.readVarUint(decoder)
    const client = decoding.readVarUint(decoder)
    let clock = decoding.readVarUint(decoder)
    for (; structs > 0; structs--) {
      const incoming = readStruct(decoder, client, clock)
      clock += incoming.piece.length
      group.push(incoming)
    }
    groups.push(group)
  }
  return { groups, deletions: readDeletions(decoder) }
}

function readDeletions(decoder: decoding.Decoder): ReadUpdate['deletions'] {
  const deletions: ReadUpdate['deletions'] = []
  for (let clients = decoding.readVarUint(decoder); clients > 0; clients--) {
    const client = decoding.readVarUint(decoder)
    for (let ranges = decoding.readVarUint(decoder); ranges > 0; ranges--) {
      const clock = decoding.readVarUint(decoder)
      deletions.push({ client, clock, length: decoding.readVarUint(decoder) })
    }
  }
  return deletions
}

function readStruct(decoder: decoding.Decoder, client: number, clock: number): Incoming {
  const info = decoding.readUint8(decoder)
  if (info === undefined) throw new Error('the update ends early')
  const piece = new Piece(client, clock, 0, 'nowhere')
  const incoming: Incoming = { piece, root: null, holderClient: -1, holderClock: 0 }
  if (info === 0) {
    piece.length = decoding.readVarUint(decoder)
    return incoming
  }
  if (info === 10) throw new Error('the update has a gap')
  if ((info & 0x80) !== 0) {
    piece.originClient = decoding.readVarUint(decoder)
    piece.originClock = decoding.readVarUint(decoder)
  }
  if ((info & 0x40) !== 0) {
    piece.rightClient = decoding.readVarUint(decoder)
    piece.rightClock = decoding.readVarUint(decoder)
  }
  if ((info & 0xc0) === 0) {
    if (decoding.readVarUint(decoder) === 1) incoming.root = decoding.readVarString(decoder)
    else {
      incoming.holderClient = decoding.readVarUint(decoder)
      incoming.holderClock = decoding.readVarUint(decoder)
    }
    if ((info & 0x20) !== 0) piece.key = decoding.readVarString(decoder)
  }
  readContent(decoder, info & 0x1f, piece)
  return incoming
}

function readContent(decoder: decoding.Decoder, kind: number, piece: Piece): void {
  piece.length = 1
  switch (kind) {
    case 1:
      piece.kind = 'gap'
      piece.length = decoding.readVarUint(decoder)
      return
    case 2:
      readValues(piece, decoding.readVarUint(decoder), () => readJson(decoder))
      return
    case 3:
      readValues(piece, 1, () => decoding.readVarUint8Array(decoder).slice())
      return
    case 4:
      piece.kind = 'text'
      piece.text = decoding.readVarString(decoder)
      piece.length = piece.text.length
      return
    case 5:
      readValues(piece, 1, () => readJson(decoder))
      return
    case 6:
      piece.kind = 'format'
      decoding.readVarString(decoder)
      decoding.readVarString(decoder)
      return
    case 7:
      piece.kind = 'node'
      piece.node = new Branch(readTypeName(decoder), '', piece)
      return
    case 8:
      readValues(piece, decoding.readVarUint(decoder), () => decoding.readAny(decoder))
      return
    case 9:
      decoding.readVarString(decoder)
      readValues(piece, 1, () => decoding.readAny(decoder))
      return
    default:
      throw new Error(`there is no content ${kind}`)
  }
}

/** The name of an element, `#text` for a text; types that our documents never have go by no name. */
function readTypeName(decoder: decoding.Decoder): string {
  const type = decoding.readVarUint(decoder)
  if (type === 3) return decoding.readVarString(decoder)
  if (type === 5) decoding.readVarString(decoder)
  if (type > 6) throw new Error(`there is no type ${type}`)
  return type === 6 ? '#text' : ''
}

function readJson(decoder: decoding.Decoder): unknown {
  const json = decoding.readVarString(decoder)
  return json === 'undefined' ? undefined : JSON.parse(json)
}

/** Only the last of several values under a key shows. */
function readValues(piece: Piece, count: number, read: () => unknown): void {
  piece.kind = 'value'
  piece.length = count
  for (let left = count; left > 0; left--) piece.value = read()
}
