/**
 * The one tree of the installation.
 * 1. What waits is read from the database once more and hashed again; only what is as it was written goes in.
 * 2. Leaves, full tiles and a signed head are stored in one transaction.
 * 3. The head is noted outside the database, and published only then. A database that does not hold what was published,
 *    because it is an older copy or was changed, is never signed for.
 */

import { AppError } from '@cabildo/protocol/errors'
import { concat, toHex } from '@cabildo/record/bytes'
import { formatCheckpoint } from '@cabildo/record/checkpoint'
import {
  appendLeaf,
  type Frontier,
  frontierRoot,
  inclusionProof,
  type ReadNode,
  readFrontier,
  rootAt,
} from '@cabildo/record/merkle'
import { formatTlogProof } from '@cabildo/record/tlog-proof'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { Logger } from '../../log.ts'
import { digest } from '../digest.ts'
import type { Journal, Signed } from './journal.ts'
import { createNodes, rootOf } from './nodes.ts'
import { check, RecordDamaged } from './rules.ts'
import type { Signer } from './signer.ts'
import {
  countLeaves,
  type FullTile,
  findCheckpoint,
  findLastLeaves,
  findWaiting,
  holdTree,
  insertCheckpoint,
  insertLeaves,
  insertTiles,
  isWaiting,
  readLeaves,
} from './store.ts'

/** What the tree stands on. */
export interface TreeDeps {
  db: Kysely<Database>
  signer: Signer
  journal: Journal
  logger: Pick<Logger, 'error' | 'info'>
}

/** The tree and its signed heads. */
export interface Tree {
  /** Takes in every entry that waits and signs the result. Throws when the record cannot be continued. */
  grow(): Promise<void>
  /** The last published head, as a C2SP note. Undefined before the first. */
  checkpoint(): Signed | undefined
  /** Why nothing is signed any more; undefined while all is well. */
  alarm(): string | undefined
  /** A C2SP tlog-proof of a leaf against the last published head; null while it is not under one. */
  proofOf(index: number): Promise<string | null>
  /** The first `count` hashes of a tile under the published head; `not_found` when it does not reach that far. */
  tile(level: number, index: number, count: number): Promise<Uint8Array>
  /**
   * Answers what `ask` makes of the nodes of the first `size` leaves; `not_found` when the published head does not reach
   * that far. `ask` is run twice and must ask for the same nodes whatever they hold.
   */
  read<Result>(size: number, ask: (read: ReadNode) => Result): Promise<Result>
  /** The verifier keys of this installation. */
  verifierKeys: readonly string[]
}

/** Leaves that one transaction takes in at most. */
const mostLeaves = 4096
const tileWidth = 256

/** The tree over a database. Before it grows for the first time it looks whether the database holds what was published. */
export function createTree({ db, signer, journal, logger }: TreeDeps): Tree {
  const nodes = createNodes(db)
  let published: Signed | undefined
  let alarm: string | undefined
  let frontier: Frontier | undefined
  let looked = false

  /** Whether the database still holds what was published. Also picks up a head that was stored and never noted. */
  async function look(): Promise<void> {
    published = await journal.read()
    const size = await countLeaves(db)
    if (published) {
      if (size < published.size) {
        throw refuse(`the database holds ${size} entries, but ${published.size} were published: it is an older copy`)
      }
      const { size: known, root } = published
      const now = toHex(await nodes.with((read) => rootAt(known, read)))
      if (now !== root) throw refuse(`the first ${known} entries are not the ones that were published`)
    }
    const stored = await findCheckpoint(db)
    if (stored && stored.size > (published?.size ?? 0)) {
      const { size: at } = stored
      const root = toHex(await nodes.with((read) => rootAt(at, read)))
      if (root !== toHex(stored.root)) throw refuse(`the first ${at} entries are not the ones that were signed`)
      await publish({ size: at, root, note: stored.note })
    }
    frontier = await nodes.with((read) => readFrontier(size, read))
    looked = true
  }

  function refuse(why: string): Error {
    alarm = why
    logger.error({ why }, 'the record is not signed any more')
    return new Error(why)
  }

  async function publish(signed: Signed): Promise<void> {
    await journal.write(signed)
    published = signed
  }

  async function growSome(trx: Transaction<Database>): Promise<{ signed: Signed; tree: Frontier } | undefined> {
    const size = await holdTree(trx)
    if (size < (published?.size ?? 0)) {
      throw refuse(`the database holds ${size} entries, but ${published?.size} were published: it is an older copy`)
    }
    if (!frontier || frontier.size !== size) {
      frontier = await createNodes(trx).with((read) => readFrontier(size, read))
    }
    const waiting = await findWaiting(trx, mostLeaves)
    if (waiting.length === 0) return undefined
    const plans = [...new Set(waiting.map(({ planId }) => planId))]
    check(waiting, await findLastLeaves(trx, plans), digest)

    let tree = frontier
    const tiles: FullTile[] = []
    await insertLeaves(
      trx,
      waiting.map(({ planId, seq, hash }, at) => ({ index: size + at, planId, seq, hash })),
    )
    for (const { hash } of waiting) {
      const grown = appendLeaf(tree, hash)
      tree = grown.tree
      // A subtree of 256 leaves, 65,536 leaves and so on completes a tile of the level below it.
      for (const { level, index } of grown.added) {
        if (level === 0 || level % 8 !== 0) continue
        tiles.push(await fullTile(trx, tiles, level / 8 - 1, index))
      }
    }
    await insertTiles(trx, tiles)
    const root = frontierRoot(tree)
    const note = signer.sign(formatCheckpoint({ origin: signer.origin, size: tree.size, root }))
    await insertCheckpoint(trx, { size: tree.size, root, note })
    return { signed: { size: tree.size, root: toHex(root), note }, tree }
  }

  /** A tile that has just become full; tiles below it may be as new as itself. */
  async function fullTile(
    trx: Transaction<Database>,
    fresh: readonly FullTile[],
    level: number,
    index: number,
  ): Promise<FullTile> {
    if (level === 0) return { level, index, hashes: await readLeaves(trx, index * tileWidth, tileWidth) }
    const stored = createNodes(trx)
    const hashes: Uint8Array[] = []
    for (let place = 0; place < tileWidth; place += 1) {
      const at = index * tileWidth + place
      const below = fresh.find((tile) => tile.level === level - 1 && tile.index === at)
      hashes.push(rootOf(below?.hashes ?? (await stored.tile(level - 1, at, tileWidth))))
    }
    return { level, index, hashes: concat(...hashes) }
  }

  return {
    verifierKeys: signer.verifierKeys,
    alarm: () => alarm,
    checkpoint: () => published,
    async grow() {
      if (alarm !== undefined) return
      while ((await isWaiting(db)) || !looked) {
        // After any failure too: what is in the database may have become another meanwhile.
        if (!looked) {
          await look()
          continue
        }
        const grown = await db
          .transaction()
          .execute(growSome)
          .catch((error: unknown) => {
            // What was held in memory may be of a transaction that came to nothing.
            frontier = undefined
            looked = false
            throw error instanceof RecordDamaged ? refuse(error.message) : error
          })
        if (!grown) return
        frontier = grown.tree
        await publish(grown.signed)
      }
    },
    async proofOf(index) {
      const head = published
      if (!head || index >= head.size) return null
      const hashes = await nodes.with((read) => inclusionProof(index, head.size, read))
      return formatTlogProof({ index, hashes, checkpoint: head.note })
    },
    async tile(level, index, count) {
      const last = (index * tileWidth + count) * tileWidth ** level
      if (!published || last > published.size) throw new AppError('not_found')
      return nodes.tile(level, index, count)
    },
    async read(size, ask) {
      if (!published || size > published.size) throw new AppError('not_found')
      return nodes.with(ask)
    },
  }
}
