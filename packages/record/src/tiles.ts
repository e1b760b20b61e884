/**
 * Tiles (c2sp.org/tlog-tiles): the tree in pieces that never change. A tile of level l holds up to 256 hashes, each over
 * 256^l leaves; it is full with 256 and partial before. Entries come in bundles of up to 256, each after its length in two
 * bytes.
 */
import { concat } from './bytes.ts'
import { hashNode, type ReadNode } from './merkle.ts'

/** Hashes in a full tile. */
export const tileWidth = 256

/** A tile's place. `entries` instead of a level: the bundle of entries below a tile of level 0. */
export interface Tile {
  readonly level: number | 'entries'
  readonly index: number
  /** Hashes or entries in it, 1 to 256. */
  readonly width: number
}

/** Where a tile is served, below the log's address: `tile/0/x001/234/067`, with `.p/<width>` while it is partial. */
export function tilePath({ level, index, width }: Tile): string {
  const digits = String(index)
  const parts = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g) ?? []
  const path = parts.map((part, at) => (at < parts.length - 1 ? `x${part}` : part)).join('/')
  return `tile/${level}/${path}${width === tileWidth ? '' : `.p/${width}`}`
}

const tilePattern =
  /^tile\/(entries|0|[1-9]|[1-5][0-9]|6[0-3])\/((?:x[0-9]{3}\/)*)([0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/

/** The tile of a path, or `undefined` where {@link tilePath} would not have written it. */
export function parseTilePath(path: string): Tile | undefined {
  const match = tilePattern.exec(path)
  if (!match) return undefined
  const [, level = '', upper = '', last = '', width] = match
  const index = Number(upper.replaceAll(/[x/]/g, '') + last)
  const tile: Tile = {
    level: level === 'entries' ? 'entries' : Number(level),
    index,
    width: width === undefined ? tileWidth : Number(width),
  }
  // Writing it again refuses more zeros than needed, and a partial width that is none.
  return Number.isSafeInteger(index) && tile.width <= tileWidth && tilePath(tile) === path ? tile : undefined
}

/** Every tile that a tree of `size` has and one of `before` had not, bundles of entries included. */
export function* newTiles(before: number, size: number): Generator<Tile> {
  for (let level = 0, span = 1; span <= size; level += 1, span *= tileWidth) {
    const had = Math.floor(before / span)
    const has = Math.floor(size / span)
    if (has === had) continue
    for (let index = Math.floor(had / tileWidth); index * tileWidth < has; index += 1) {
      const width = Math.min(tileWidth, has - index * tileWidth)
      yield { level, index, width }
      if (level === 0) yield { level: 'entries', index, width }
    }
  }
}

/** The bytes of a tile of hashes, from the tree's full subtrees. */
export function encodeTile(level: number, index: number, width: number, read: ReadNode): Uint8Array {
  return concat(...Array.from({ length: width }, (_, at) => read(level * 8, index * tileWidth + at)))
}

/** The hashes of a tile's bytes, or `undefined` where they are not 1 to 256 of them. */
export function decodeTile(bytes: Uint8Array): Uint8Array[] | undefined {
  if (bytes.length === 0 || bytes.length % 32 !== 0 || bytes.length > tileWidth * 32) return undefined
  return Array.from({ length: bytes.length / 32 }, (_, at) => bytes.subarray(at * 32, at * 32 + 32))
}

/** Reads any full subtree's root out of tiles: the hash of `tile` at `position`, whatever width it has by now. */
export function readFromTiles(
  hashAt: (tile: { level: number; index: number }, position: number) => Uint8Array,
): ReadNode {
  const read: ReadNode = (level, index) => {
    const below = level % 8
    const inTile = index * 2 ** below
    if (below === 0) {
      return hashAt({ level: level / 8, index: Math.floor(inTile / tileWidth) }, inTile % tileWidth)
    }
    return hashNode(read(level - 1, index * 2), read(level - 1, index * 2 + 1))
  }
  return read
}

/** Bytes that one entry may have at most, since a bundle gives its length in two. */
export const maxEntryLength = 0xffff

/** The bytes of a bundle of entries. Throws RangeError for one that is too long. */
export function encodeEntryBundle(entries: readonly Uint8Array[]): Uint8Array {
  const parts: Uint8Array[] = []
  for (const entry of entries) {
    if (entry.length > maxEntryLength) throw new RangeError('an entry has at most 65535 bytes')
    parts.push(Uint8Array.of(entry.length >> 8, entry.length & 255), entry)
  }
  return concat(...parts)
}

/** The entries of a bundle's bytes, or `undefined` where they do not come out even or are more than 256. */
export function decodeEntryBundle(bytes: Uint8Array): Uint8Array[] | undefined {
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    const [high, low] = bytes.subarray(at, at + 2)
    if (high === undefined || low === undefined || entries.length === tileWidth) return undefined
    const end = at + 2 + high * 256 + low
    if (end > bytes.length) return undefined
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return entries
}
