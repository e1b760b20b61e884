import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toHex, utf8 } from './bytes.ts'
import { formatCheckpoint } from './checkpoint.ts'
import {
  appendLeaf,
  consistencyProof,
  emptyFrontier,
  hashLeaf,
  inclusionProof,
  type ReadNode,
  rootAt,
} from './merkle.ts'
import { signNote } from './note.ts'
import { ed25519Cosigner, ed25519Signer } from './signatures.ts'
import {
  decodeEntryBundle,
  decodeTile,
  encodeEntryBundle,
  encodeTile,
  newTiles,
  parseTilePath,
  readFromTiles,
  type Tile,
  tilePath,
} from './tiles.ts'
import { formatTlogProof, parseTlogProof, verifyTlogProof } from './tlog-proof.ts'

const entries = Array.from({ length: 700 }, (_, at) => utf8(`entry ${at}`))
const stored = new Map<string, Uint8Array>()
let tree = emptyFrontier
for (const entry of entries) {
  const grown = appendLeaf(tree, hashLeaf(entry))
  tree = grown.tree
  for (const node of grown.added) stored.set(`${node.level}/${node.index}`, node.hash)
}
const read: ReadNode = (level, index) => {
  const hash = stored.get(`${level}/${index}`)
  if (!hash) throw new Error(`${level}/${index} is not full`)
  return hash
}

describe('tiles (c2sp.org/tlog-tiles)', () => {
  test.each<[string, Tile]>([
    ['tile/0/x001/x234/067', { level: 0, index: 1_234_067, width: 256 }],
    ['tile/63/000', { level: 63, index: 0, width: 256 }],
    ['tile/1/001.p/17', { level: 1, index: 1, width: 17 }],
    ['tile/entries/x001/000.p/255', { level: 'entries', index: 1000, width: 255 }],
  ])('RC7: %s', (path, tile) => {
    expect(tilePath(tile)).toBe(path)
    expect(parseTilePath(path)).toEqual(tile)
  })

  test.each([
    'tile/0/1',
    'tile/00/001',
    'tile/64/001',
    'tile/0/x000/001',
    'tile/0/001.p/0',
    'tile/0/001.p/256',
    'tile/0/001/002',
    'tile/0/x001',
    'tile/0/../001',
    'tile/data/001',
  ])('RC7: %s is no tile', (path) => {
    expect(parseTilePath(path)).toBeUndefined()
  })

  test('RC7: a tree of 70,000 has the tiles of the specification', () => {
    const tiles = [...newTiles(0, 70_000)].filter(({ level }) => level !== 'entries')
    expect(tiles.filter(({ level, width }) => level === 0 && width === 256)).toHaveLength(273)
    expect(tiles.filter(({ level, width }) => level !== 0 || width !== 256)).toEqual([
      { level: 0, index: 273, width: 112 },
      { level: 1, index: 0, width: 256 },
      { level: 1, index: 1, width: 17 },
      { level: 2, index: 0, width: 1 },
    ])
    expect([...newTiles(0, 256)].map(tilePath)).toEqual(['tile/0/000', 'tile/entries/000', 'tile/1/000.p/1'])
    expect([...newTiles(255, 257)].map(tilePath)).toEqual([
      'tile/0/000',
      'tile/entries/000',
      'tile/0/001.p/1',
      'tile/entries/001.p/1',
      'tile/1/000.p/1',
    ])
    expect([...newTiles(256, 256)]).toEqual([])
  })

  test('RC7: any proof can be made from tiles alone, and of tiles alone that were published on the way', () => {
    const sizes = fc.uniqueArray(fc.integer({ min: 1, max: entries.length }), { minLength: 2, maxLength: 6 })
    fc.assert(
      fc.property(sizes, (unordered) => {
        const tiles = new Map<string, Uint8Array[]>()
        let before = 0
        for (const size of unordered.toSorted((a, b) => a - b)) {
          for (const { level, index, width } of newTiles(before, size)) {
            if (level === 'entries') continue
            tiles.set(`${level}/${index}`, decodeTile(encodeTile(level, index, width, read)) ?? [])
          }
          before = size
          const fromTiles = readFromTiles((tile, position) => {
            const hash = tiles.get(`${tile.level}/${tile.index}`)?.[position]
            if (!hash) throw new Error('not published')
            return hash
          })
          const half = Math.floor(size / 2)
          expect(rootAt(size, fromTiles)).toEqual(rootAt(size, read))
          expect(inclusionProof(half, size, fromTiles)).toEqual(inclusionProof(half, size, read))
          expect(consistencyProof(half, size, fromTiles)).toEqual(consistencyProof(half, size, read))
        }
      }),
      { numRuns: 20 },
    )
  })

  test('RC7: bundles of entries come back whole', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { maxLength: 256 }), fc.nat(), (parts, cut) => {
        const bytes = encodeEntryBundle(parts)
        expect(decodeEntryBundle(bytes)).toEqual(parts)
        const shorter = decodeEntryBundle(bytes.subarray(0, cut % (bytes.length + 1)))
        if (shorter) expect(parts.slice(0, shorter.length)).toEqual(shorter)
      }),
      { numRuns: 50 },
    )
    expect(() => encodeEntryBundle([new Uint8Array(65_536)])).toThrow(RangeError)
    expect(decodeEntryBundle(new Uint8Array(2 * 257))).toBeUndefined()
  })
})

describe('proofs in a file (c2sp.org/tlog-proof)', () => {
  const log = ed25519Signer('log.example/record', new Uint8Array(32).fill(1))
  const witness = ed25519Cosigner('witness.example', new Uint8Array(32).fill(2), () => 1_700_000_000)
  const checkpointOf = (size: number) =>
    signNote(formatCheckpoint({ origin: 'log.example/record', size, root: rootAt(size, read) }), [log, witness])
  const proof = { index: 300, hashes: inclusionProof(300, 700, read), checkpoint: checkpointOf(700) }
  const leaf = hashLeaf(entries[300] ?? new Uint8Array())

  test('RC8: is read back as it was written, with and without extra data', () => {
    const text = formatTlogProof(proof)
    expect(text.split('\n').slice(0, 3)).toEqual(['c2sp.org/tlog-proof@v1', 'index 300', expect.any(String)])
    expect(parseTlogProof(text)).toEqual(proof)
    const extra = Uint8Array.of(1, 2, 3)
    expect(parseTlogProof(formatTlogProof({ ...proof, extra }))).toEqual({ ...proof, extra })
    const single = { index: 0, hashes: [], checkpoint: checkpointOf(1) }
    expect(parseTlogProof(formatTlogProof(single))).toEqual(single)
  })

  test('RC8: verifies for its leaf in its log, and for nothing else', () => {
    const sound = verifyTlogProof(proof, leaf, log.key, [witness.key])
    expect(sound.sound && toHex(sound.checkpoint.root)).toBe(toHex(rootAt(700, read)))
    expect(sound.sound && sound.signatures.signed).toEqual([log.key, witness.key])
    const other = ed25519Signer('log.example/record', new Uint8Array(32).fill(3)).key
    const elsewhere = ed25519Signer('other.example', new Uint8Array(32).fill(1)).key
    expect(verifyTlogProof(proof, hashLeaf(utf8('other')), log.key)).toEqual({ sound: false, reason: 'not-included' })
    expect(verifyTlogProof({ ...proof, index: 301 }, leaf, log.key)).toEqual({ sound: false, reason: 'not-included' })
    expect(verifyTlogProof(proof, leaf, other)).toEqual({ sound: false, reason: 'unsigned' })
    expect(verifyTlogProof(proof, leaf, elsewhere)).toEqual({ sound: false, reason: 'other-origin' })
    const moved = { ...proof, checkpoint: proof.checkpoint.replace('\n700\n', '\n701\n') }
    expect(verifyTlogProof(moved, leaf, log.key)).toEqual({ sound: false, reason: 'forged' })
  })

  test.each([
    '',
    'c2sp.org/tlog-proof@v1\n\n',
    'c2sp.org/tlog-proof@v2\nindex 0\n\n',
    'c2sp.org/tlog-proof@v1\nindex 01\n\n',
    'c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n',
    'c2sp.org/tlog-proof@v1\nextra *\nindex 0\n\n',
  ])('RC8: %j is no proof', (head) => {
    expect(parseTlogProof(head + checkpointOf(1))).toBeUndefined()
  })
})
