/**
 * Checking proofs (RFC 9162, sections 2.1.3.2 and 2.1.4.2), with nothing but the proof, the sizes and the roots.
 * Sizes are safe integers, so halving is division.
 */
import { equalBytes } from './bytes.ts'
import { emptyRoot, hashNode } from './merkle.ts'

const half = (value: number) => Math.floor(value / 2)

/** Whether the leaf hash stands at `index` of the tree with this size and root. */
export function verifyInclusion(
  index: number,
  size: number,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
  root: Uint8Array,
): boolean {
  const reached = rootOfInclusion(index, size, leafHash, proof)
  return reached !== undefined && equalBytes(reached, root)
}

/**
 * The one root of a tree of `size` under which this leaf hash and this proof stand at `index`; `undefined` where no such
 * proof has this length. It proves nothing before somebody's signature of that root is checked.
 */
export function rootOfInclusion(
  index: number,
  size: number,
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
): Uint8Array | undefined {
  if (!Number.isSafeInteger(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) return undefined
  let node = index
  let last = size - 1
  let hash = leafHash
  for (const sibling of proof) {
    if (last === 0) return undefined
    if (node % 2 === 1 || node === last) {
      hash = hashNode(sibling, hash)
      while (node % 2 === 0 && node !== 0) {
        node = half(node)
        last = half(last)
      }
    } else {
      hash = hashNode(hash, sibling)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 ? hash : undefined
}

/** Whether the tree of `size` and `root` begins with the leaves of the tree of `first` and `firstRoot`. */
export function verifyConsistency(
  first: number,
  size: number,
  firstRoot: Uint8Array,
  root: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  if (!Number.isSafeInteger(first) || !Number.isSafeInteger(size) || first < 0 || first > size) return false
  if (first === size) return proof.length === 0 && equalBytes(firstRoot, root)
  if (first === 0) return proof.length === 0 && equalBytes(firstRoot, emptyRoot())
  let node = first - 1
  let last = size - 1
  while (node % 2 === 1) {
    node = half(node)
    last = half(last)
  }
  // The first tree is one full subtree: its root is where the proof begins, and is left out of it.
  const path = node === 0 ? [firstRoot, ...proof] : [...proof]
  const start = path.shift()
  if (!start) return false
  let old = start
  let grown = start
  for (const hash of path) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      old = hashNode(hash, old)
      grown = hashNode(hash, grown)
      while (node % 2 === 0 && node !== 0) {
        node = half(node)
        last = half(last)
      }
    } else {
      grown = hashNode(grown, hash)
    }
    node = half(node)
    last = half(last)
  }
  return last === 0 && equalBytes(old, firstRoot) && equalBytes(grown, root)
}
