/**
 * The Merkle tree of RFC 6962, section 2.1 (RFC 9162 keeps it). A leaf is SHA-256(0x00 ‖ bytes), a node
 * SHA-256(0x01 ‖ left ‖ right), and a tree of n leaves splits at the largest power of two below n.
 *
 * Everything works from the roots of *full* subtrees, which never change once they exist: level L, index N is the root
 * over the leaves N·2^L to (N+1)·2^L - 1. Whoever can read those can make any root or proof in O(log n) readings.
 */
import { hashJoined, hashText, sha256 } from './hash.ts'

const leafPrefix = Uint8Array.of(0)
const nodePrefix = Uint8Array.of(1)

/** The hash of a leaf's bytes. `digest` may be a faster SHA-256, here and below. */
export function hashLeaf(bytes: Uint8Array, digest: typeof sha256 = sha256): Uint8Array {
  return hashJoined([leafPrefix, bytes], digest)
}

/** The hash of a leaf that is a text. */
export function hashLeafText(text: string, digest: typeof sha256 = sha256): Uint8Array {
  return hashText([leafPrefix], text, digest)
}

/** The hash over two hashes. */
export function hashNode(left: Uint8Array, right: Uint8Array, digest: typeof sha256 = sha256): Uint8Array {
  return hashJoined([nodePrefix, left, right], digest)
}

/** The root of a tree without leaves. */
export function emptyRoot(): Uint8Array {
  return sha256(new Uint8Array())
}

/** The root over 2^level leaves, the first of them index·2^level. Asked only for subtrees that are full. */
export type ReadNode = (level: number, index: number) => Uint8Array

/** A full subtree's root, with its place. */
export interface TreeNode {
  readonly level: number
  readonly index: number
  readonly hash: Uint8Array
}

/** A tree that only grows, held as the roots of its full subtrees: at most one for each bit of its size. */
export interface Frontier {
  readonly size: number
  /** The largest subtree first. */
  readonly nodes: readonly Uint8Array[]
}

/** A tree without leaves. */
export const emptyFrontier: Frontier = { size: 0, nodes: [] }

/** The tree with one leaf more, and every full subtree that this leaf completes, itself first. */
export function appendLeaf(
  tree: Frontier,
  leafHash: Uint8Array,
  digest: typeof sha256 = sha256,
): { tree: Frontier; added: TreeNode[] } {
  const nodes = [...tree.nodes]
  let hash = leafHash
  let index = tree.size
  const added: TreeNode[] = [{ level: 0, index, hash }]
  for (let level = 1; index % 2 === 1; level += 1) {
    const left = nodes.pop()
    if (!left) throw new RangeError('a frontier has a node for each bit of its size')
    hash = hashNode(left, hash, digest)
    index = (index - 1) / 2
    added.push({ level, index, hash })
  }
  nodes.push(hash)
  return { tree: { size: tree.size + 1, nodes }, added }
}

function fold(nodes: readonly Uint8Array[], digest: typeof sha256 = sha256): Uint8Array {
  return nodes.length === 0 ? emptyRoot() : nodes.reduceRight((right, left) => hashNode(left, right, digest))
}

/** The root of the tree as it stands. */
export function frontierRoot(tree: Frontier, digest: typeof sha256 = sha256): Uint8Array {
  return fold(tree.nodes, digest)
}

/** A tree that leaves are put into one after another, and whose root is asked for now and then. */
export interface GrowingTree {
  readonly size: number
  append(leafHash: Uint8Array): void
  root(): Uint8Array
}

/** What {@link appendLeaf} and {@link frontierRoot} give, without a copy of the frontier for each leaf. */
export function createGrowingTree(digest: typeof sha256 = sha256): GrowingTree {
  const nodes: Uint8Array[] = []
  let size = 0
  return {
    get size() {
      return size
    },
    append(leafHash) {
      let hash = leafHash
      for (let index = size; index % 2 === 1; index = (index - 1) / 2) {
        const left = nodes.pop()
        if (!left) throw new RangeError('a frontier has a node for each bit of its size')
        hash = hashNode(left, hash, digest)
      }
      nodes.push(hash)
      size += 1
    },
    root: () => fold(nodes, digest),
  }
}

/** Places of the full subtrees that a range of leaves falls into. `start` is a multiple of every power used before it. */
function* fullSubtrees(start: number, end: number): Generator<{ level: number; index: number }> {
  let at = start
  while (at < end) {
    let level = 0
    let span = 1
    while (at % (span * 2) === 0 && at + span * 2 <= end) {
      span *= 2
      level += 1
    }
    yield { level, index: at / span }
    at += span
  }
}

function rangeRoot(start: number, end: number, read: ReadNode): Uint8Array {
  return fold(Array.from(fullSubtrees(start, end), ({ level, index }) => read(level, index)))
}

/** A tree of the given size, from its full subtrees. */
export function readFrontier(size: number, read: ReadNode): Frontier {
  return { size, nodes: Array.from(fullSubtrees(0, size), ({ level, index }) => read(level, index)) }
}

/** The root of a tree of the given size. */
export function rootAt(size: number, read: ReadNode): Uint8Array {
  return rangeRoot(0, size, read)
}

/** The largest power of two below a number above one. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/** The hashes from a leaf's sibling up to the root's child (RFC 6962, section 2.1.1). Needs 0 <= index < size. */
export function inclusionProof(index: number, size: number, read: ReadNode): Uint8Array[] {
  if (!(index >= 0 && index < size)) throw new RangeError('no such leaf')
  const proof: Uint8Array[] = []
  let start = 0
  let end = size
  while (end - start > 1) {
    const middle = start + splitOf(end - start)
    if (index < middle) {
      proof.push(rangeRoot(middle, end, read))
      end = middle
    } else {
      proof.push(rangeRoot(start, middle, read))
      start = middle
    }
  }
  return proof.reverse()
}

/** What shows that a tree of `size` leaves begins with the one of `first` (RFC 6962, section 2.1.2). */
export function consistencyProof(first: number, size: number, read: ReadNode): Uint8Array[] {
  if (!(first >= 0 && first <= size)) throw new RangeError('no such tree')
  const proof: Uint8Array[] = []
  if (first === 0 || first === size) return proof
  let start = 0
  let end = size
  let whole = true
  while (first !== end) {
    const middle = start + splitOf(end - start)
    if (first <= middle) {
      proof.push(rangeRoot(middle, end, read))
      end = middle
    } else {
      proof.push(rangeRoot(start, middle, read))
      start = middle
      whole = false
    }
  }
  if (!whole) proof.push(rangeRoot(start, end, read))
  return proof.reverse()
}

/**
 * The full subtrees that a root or a proof is made from, such as `nodesNeeded((read) => inclusionProof(5, 9, read))`, so
 * that they can be fetched at once where reading takes waiting. Which ones never depends on the hashes.
 */
export function nodesNeeded(make: (read: ReadNode) => unknown): { readonly level: number; readonly index: number }[] {
  const places = new Map<string, { level: number; index: number }>()
  const nothing = new Uint8Array(32)
  make((level, index) => {
    places.set(`${level}/${index}`, { level, index })
    return nothing
  })
  return [...places.values()]
}
