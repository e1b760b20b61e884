import { concat } from '@cabildo/record/bytes'
import { hashNode, type ReadNode } from '@cabildo/record/merkle'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import { findTile, readLeaves } from './store.ts'

/** Levels of the tree that one level of tiles spans, and how many hashes a full tile holds (C2SP tlog-tiles). */
const height = 8
const width = 2 ** height
const hashBytes = 32

/** Full tiles that are kept at hand: 4 MB. */
const mostTiles = 512

/** Roots of full tiles that are kept: an unfinished tile of the level above needs up to 255 of them for each proof. */
const mostRoots = 4096

/** Reads the stored tree. */
export interface Nodes {
  /**
   * The first `count` hashes of a tile (1 to 256); all of them must be full subtrees of the tree as stored. Throws when
   * they are not there.
   */
  tile(level: number, index: number, count: number): Promise<Uint8Array>
  /**
   * Answers what `ask` makes of the tree's nodes: it is run once to learn which it wants, and again with them. It must
   * ask for the same ones whatever they hold.
   */
  with<Result>(ask: (read: ReadNode) => Result): Promise<Result>
}

/** The tree as it is stored in a database. Full tiles never change, so they are kept. */
export function createNodes(db: Kysely<Database>): Nodes {
  const full = new Map<string, Uint8Array>()
  const roots = new Map<string, Uint8Array>()

  async function tile(level: number, index: number, count: number): Promise<Uint8Array> {
    const key = `${level}/${index}`
    const known = full.get(key) ?? (await findTile(db, level, index))
    if (known) {
      full.delete(key)
      full.set(key, known)
      if (full.size > mostTiles) full.delete(full.keys().next().value ?? '')
      return known.subarray(0, count * hashBytes)
    }
    if (level === 0) return readLeaves(db, index * width, count)
    const below: Uint8Array[] = []
    for (let place = 0; place < count; place += 1) {
      below.push(await rootOfTile(level - 1, index * width + place))
    }
    return concat(...below)
  }

  async function rootOfTile(level: number, index: number): Promise<Uint8Array> {
    const key = `${level}/${index}`
    const known = roots.get(key)
    if (known) return known
    const root = rootOf(await tile(level, index, width))
    // Only what is stored as a full tile never changes.
    if (full.has(key)) {
      if (roots.size >= mostRoots) roots.clear()
      roots.set(key, root)
    }
    return root
  }

  async function node(level: number, index: number): Promise<Uint8Array> {
    const tileLevel = Math.floor(level / height)
    const span = 2 ** (level % height)
    const first = index * span
    const place = first % width
    const hashes = await tile(tileLevel, Math.floor(first / width), place + span)
    return rootOf(hashes.subarray(place * hashBytes, (place + span) * hashBytes))
  }

  return {
    tile,
    async with(ask) {
      const wanted = new Map<string, readonly [level: number, index: number]>()
      ask((level, index) => {
        wanted.set(`${level}/${index}`, [level, index])
        return new Uint8Array(hashBytes)
      })
      const found = new Map<string, Uint8Array>()
      for (const [key, [level, index]] of wanted) found.set(key, await node(level, index))
      return ask((level, index) => {
        const hash = found.get(`${level}/${index}`)
        if (!hash) throw new Error('the tree was asked for other nodes the second time')
        return hash
      })
    },
  }
}

/** The root over hashes put one behind another; their number is a power of two. */
export function rootOf(hashes: Uint8Array): Uint8Array {
  let row: Uint8Array[] = []
  for (let at = 0; at < hashes.length; at += hashBytes) row.push(hashes.subarray(at, at + hashBytes))
  while (row.length > 1) {
    const above: Uint8Array[] = []
    for (let at = 0; at < row.length; at += 2) above.push(hashNode(row[at] ?? empty, row[at + 1] ?? empty))
    row = above
  }
  return row[0] ?? empty
}

const empty = new Uint8Array(hashBytes)
