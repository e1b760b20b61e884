/** Reading a log that serves tiles (c2sp.org/tlog-tiles), with whatever can fetch its files. */
import { equalBytes } from './bytes.ts'
import { type Checkpoint, parseCheckpoint } from './checkpoint.ts'
import type { NoteKey } from './keys.ts'
import { consistencyProof, type ReadNode, rootAt } from './merkle.ts'
import { formatNote, parseNote, verifyNote } from './note.ts'
import { portableVerifiers, type Verifiers } from './signatures.ts'
import { decodeTile, readFromTiles, tilePath, tileWidth } from './tiles.ts'

/** Fetches a file below the log's address, such as `checkpoint`; `undefined` where there is none. Throws when it cannot tell. */
export type FetchFile = (path: string) => Promise<Uint8Array | undefined>

/** A checkpoint of a known log. */
export interface SignedHead extends Checkpoint {
  /** With the signatures in the log's name alone. */
  readonly note: string
}

/** A note as a checkpoint of this log, or `undefined` where it is none, or none that the log signed. */
export function readHead(note: string, log: NoteKey, verifiers: Verifiers = portableVerifiers): SignedHead | undefined {
  const parsed = parseNote(note)
  const checkpoint = parsed && parseCheckpoint(parsed.text)
  if (!parsed || checkpoint?.origin !== log.name) return undefined
  const { signed, forged } = verifyNote(parsed, [log], verifiers)
  if (signed.length === 0 || forged.length > 0) return undefined
  const signatures = parsed.signatures.filter(({ name }) => name === log.name)
  return { ...checkpoint, note: formatNote({ text: parsed.text, signatures }) }
}

/** How many hashes a tile has in a tree of this size. */
function widthIn(size: number, level: number, index: number): number {
  return Math.min(tileWidth, Math.floor(size / tileWidth ** level) - index * tileWidth)
}

/**
 * Answers what `ask` makes of the nodes of a log's tree of `size` leaves: it is run once to learn which tiles it wants,
 * and again with them. Throws an Error where a tile is missing or has another width. What the log serves may be anything:
 * compare the root.
 */
async function withTiles<Result>(fetchFile: FetchFile, size: number, ask: (read: ReadNode) => Result): Promise<Result> {
  const wanted = new Map<string, { level: number; index: number }>()
  ask(
    readFromTiles((tile) => {
      wanted.set(`${tile.level}/${tile.index}`, tile)
      return new Uint8Array(32)
    }),
  )
  const tiles = new Map<string, Uint8Array[]>()
  for (const [key, { level, index }] of wanted) {
    const width = widthIn(size, level, index)
    const path = tilePath({ level, index, width })
    // A log may drop a partial tile once it has become full.
    const bytes = (await fetchFile(path)) ?? (await fetchFile(tilePath({ level, index, width: tileWidth })))
    const hashes = bytes && decodeTile(bytes)
    if (!hashes || hashes.length < width) throw new Error(`the log does not serve ${path}`)
    tiles.set(key, hashes)
  }
  return ask(readFromTiles(({ level, index }, position) => tiles.get(`${level}/${index}`)?.[position] ?? nothing))
}

const nothing = new Uint8Array(32)

/** How one head of a log stands to an earlier, smaller one, as the log's own tiles show it. */
export interface Continuation {
  /** From the earlier size to the head's. */
  readonly proof: readonly Uint8Array[]
  /** What the root of the first leaves is in the head's tree. */
  readonly rootBefore: Uint8Array
}

/**
 * Reads how a head continues the first `before` leaves. Throws an Error where the tiles do not give the head's root: then
 * they show nothing. Otherwise `rootBefore` is what the head's own tree begins with, and a log that signed another root
 * at that size has signed two histories.
 */
export async function readContinuation(fetchFile: FetchFile, head: Checkpoint, before: number): Promise<Continuation> {
  const { root, ...found } = await withTiles(fetchFile, head.size, (read) => ({
    root: rootAt(head.size, read),
    rootBefore: rootAt(before, read),
    proof: consistencyProof(before, head.size, read),
  }))
  if (!equalBytes(root, head.root)) throw new Error('the log’s tiles do not give the root that it signed')
  return found
}
