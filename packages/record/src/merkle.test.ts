import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { concat, fromHex, toHex, utf8 } from './bytes.ts'
import { sha256 } from './hash.ts'
import {
  appendLeaf,
  consistencyProof,
  createGrowingTree,
  emptyFrontier,
  frontierRoot,
  hashLeaf,
  hashLeafText,
  hashNode,
  inclusionProof,
  nodesNeeded,
  type ReadNode,
  readFrontier,
  rootAt,
} from './merkle.ts'
import { verifyConsistency, verifyInclusion } from './merkle-verify.ts'

const bytesOf = (hex: string) => fromHex(hex) ?? new Uint8Array()

/** Leaves of the test data of Certificate Transparency. */
const leaves = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(
  (hex) => hashLeaf(bytesOf(hex)),
)

const roots = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]

/** Proofs of the same test data: leaf (from 1), size, hashes. */
const paths: [number, number, string[]][] = [
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [3, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
]

const growths: [number, number, string[]][] = [
  [1, 1, []],
  [
    1,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
]

/** The definition of RFC 6962, word for word: slow, and plainly right. */
function definedRoot(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return sha256(new Uint8Array())
  const [only] = hashes
  if (hashes.length === 1 && only) return only
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return hashNode(definedRoot(hashes.slice(0, split)), definedRoot(hashes.slice(split)))
}

function grow(hashes: readonly Uint8Array[]) {
  const stored = new Map<string, Uint8Array>()
  let tree = emptyFrontier
  for (const hash of hashes) {
    const grown = appendLeaf(tree, hash)
    tree = grown.tree
    for (const node of grown.added) stored.set(`${node.level}/${node.index}`, node.hash)
  }
  const read: ReadNode = (level, index) => {
    const hash = stored.get(`${level}/${index}`)
    if (!hash) throw new Error(`asked for ${level}/${index}, which is not full`)
    return hash
  }
  return { tree, read }
}

const manyLeaves = (count: number) =>
  Array.from({ length: count }, (_, at) => hashLeaf(Uint8Array.of(at >> 8, at & 255)))
const size = fc.integer({ min: 0, max: 600 })

test('RC3: a tree that only grows has the root of its frontier at every size', () => {
  const growing = createGrowingTree()
  let tree = emptyFrontier
  expect(growing.root()).toEqual(frontierRoot(tree))
  for (const hash of manyLeaves(130)) {
    growing.append(hash)
    tree = appendLeaf(tree, hash).tree
    expect([growing.size, growing.root()]).toEqual([tree.size, frontierRoot(tree)])
  }
})

test('RC3: a leaf that is a text has the hash of its UTF-8, however long it is', () => {
  for (const text of ['', 'á', '😀'.repeat(10_000), 'ñ'.repeat(70_000), 'x'.repeat(65_535)]) {
    expect(hashLeafText(text)).toEqual(hashLeaf(utf8(text)))
  }
})

describe('the tree (RFC 6962, section 2.1)', () => {
  test.each(roots.map((root, count) => [count, root] as const))('RC3: %i leaves of the CT test data', (count, root) => {
    const { tree, read } = grow(leaves.slice(0, count))
    expect(toHex(frontierRoot(tree))).toBe(root)
    expect(toHex(rootAt(count, read))).toBe(root)
  })

  test.each(paths)('RC3: path of leaf %i in %i of the CT test data', (leaf, count, hashes) => {
    expect(inclusionProof(leaf - 1, count, grow(leaves.slice(0, count)).read).map(toHex)).toEqual(hashes)
  })

  test.each(growths)('RC3: growth from %i to %i of the CT test data', (first, count, hashes) => {
    expect(consistencyProof(first, count, grow(leaves.slice(0, count)).read).map(toHex)).toEqual(hashes)
  })

  test('RC3: a frontier has the root of the definition, and can be read back', () => {
    fc.assert(
      fc.property(size, (count) => {
        const hashes = manyLeaves(count)
        const { tree, read } = grow(hashes)
        expect(frontierRoot(tree)).toEqual(definedRoot(hashes))
        expect(readFrontier(count, read)).toEqual(tree)
      }),
      { numRuns: 60 },
    )
  })

  test('RC3: inclusion verifies for its own leaf, place, size and root only', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 300 }).chain((count) => fc.tuple(fc.constant(count), fc.nat(count - 1), fc.nat(40))),
        ([count, index, twist]) => {
          const hashes = manyLeaves(count)
          const { tree, read } = grow(hashes)
          const root = frontierRoot(tree)
          const leaf = hashes[index] ?? new Uint8Array()
          const proof = inclusionProof(index, count, read)
          expect(verifyInclusion(index, count, leaf, proof, root)).toBe(true)
          expect(verifyInclusion(index, count, sha256(leaf), proof, root)).toBe(false)
          expect(verifyInclusion(index, count, leaf, proof, sha256(root))).toBe(false)
          expect(verifyInclusion(index, count, leaf, [...proof, root], root)).toBe(false)
          expect(verifyInclusion(index, count, leaf, proof.slice(1), root)).toBe(count === 1)
          if (count > 1) expect(verifyInclusion((index + 1) % count, count, leaf, proof, root)).toBe(false)
          const changed = proof.map((hash, at) => (at === twist % proof.length ? sha256(hash) : hash))
          expect(verifyInclusion(index, count, leaf, changed, root)).toBe(proof.length === 0)
        },
      ),
    )
  })

  test('RC3: consistency verifies for a true beginning only', () => {
    fc.assert(
      fc.property(
        size.chain((count) => fc.tuple(fc.constant(count), fc.nat(count), fc.nat(40))),
        ([count, first, twist]) => {
          const hashes = manyLeaves(count)
          const { read } = grow(hashes)
          const [before, after] = [rootAt(first, read), rootAt(count, read)]
          const proof = consistencyProof(first, count, read)
          expect(verifyConsistency(first, count, before, after, proof)).toBe(true)
          expect(verifyConsistency(first, count, before, after, [...proof, after])).toBe(false)
          expect(verifyConsistency(first, count, sha256(before), after, proof)).toBe(false)
          if (first > 0) expect(verifyConsistency(first, count, before, sha256(after), proof)).toBe(false)
          if (proof.length === 0) return
          const changed = proof.map((hash, at) => (at === twist % proof.length ? sha256(hash) : hash))
          expect(verifyConsistency(first, count, before, after, changed)).toBe(false)
          expect(verifyConsistency(first, count, before, after, proof.slice(1))).toBe(false)
        },
      ),
    )
  })

  test('RC3: a node never passes for a leaf, with a proof that is short by its level', () => {
    const hashes = manyLeaves(8)
    const { tree, read } = grow(hashes)
    const [sibling = new Uint8Array(), ...rest] = inclusionProof(0, 8, read)
    const node = hashNode(hashes[0] ?? new Uint8Array(), sibling)
    expect(verifyInclusion(0, 4, node, rest, frontierRoot(tree))).toBe(true)
    expect(verifyInclusion(0, 8, node, rest, frontierRoot(tree))).toBe(false)
  })

  test('RC3: what a proof is made from can be fetched before', () => {
    expect(nodesNeeded((read) => inclusionProof(5, 7, read))).toEqual([
      { level: 2, index: 0 },
      { level: 0, index: 6 },
      { level: 0, index: 4 },
    ])
    fc.assert(
      fc.property(
        size.chain((count) => fc.tuple(fc.constant(count), fc.nat(count))),
        ([count, first]) => {
          const { read } = grow(manyLeaves(count))
          const make = (from: ReadNode) => [rootAt(count, from), ...consistencyProof(first, count, from)]
          const places = nodesNeeded(make)
          const fetched = new Map(places.map(({ level, index }) => [`${level}/${index}`, read(level, index)]))
          expect(make((level, index) => fetched.get(`${level}/${index}`) ?? new Uint8Array())).toEqual(make(read))
          expect(places.length).toBeLessThanOrEqual(40)
        },
      ),
      { numRuns: 40 },
    )
  })

  test('RC3: a leaf never passes for a node', () => {
    const [a, b] = [leaves[0] ?? new Uint8Array(), leaves[1] ?? new Uint8Array()]
    expect(hashLeaf(concat(a, b))).not.toEqual(hashNode(a, b))
  })
})
