import { expect, test } from 'vitest'
import { toHex, utf8 } from './bytes.ts'
import { formatCheckpoint } from './checkpoint.ts'
import { appendLeaf, emptyFrontier, hashLeaf, type ReadNode, rootAt } from './merkle.ts'
import { verifyConsistency } from './merkle-verify.ts'
import { signNote } from './note.ts'
import { ed25519Signer } from './signatures.ts'
import { readContinuation, readHead } from './tile-client.ts'
import { encodeTile, parseTilePath } from './tiles.ts'

const stored = new Map<string, Uint8Array>()
let tree = emptyFrontier
for (let at = 0; at < 66_000; at += 1) {
  const grown = appendLeaf(tree, hashLeaf(utf8(`entry ${at}`)))
  tree = grown.tree
  for (const { level, index, hash } of grown.added) stored.set(`${level}/${index}`, hash)
}
const read: ReadNode = (level, index) => stored.get(`${level}/${index}`) ?? new Uint8Array(32)
const asked: string[] = []

/** A log of this size; `gone` are paths that it does not serve. */
function serve(gone: readonly string[] = []) {
  return async (path: string) => {
    asked.push(path)
    const tile = parseTilePath(path)
    if (!tile || tile.level === 'entries' || gone.includes(path)) return undefined
    return encodeTile(tile.level, tile.index, tile.width, read)
  }
}

const headOf = (size: number) => ({ origin: 'log.example/l', size, root: rootAt(size, read) })

test.each([
  [1, 1],
  [1, 300],
  [255, 256],
  [256, 257],
  [300, 65_536],
  [65_000, 66_000],
  [65_536, 66_000],
  [65_700, 65_999],
])('RC73: tiles show that a tree of %i leaves is continued by one of %i, in a few readings', async (before, size) => {
  asked.length = 0
  const head = headOf(size)
  const { proof, rootBefore } = await readContinuation(serve(), head, before)
  expect(toHex(rootBefore)).toBe(toHex(rootAt(before, read)))
  expect(verifyConsistency(before, size, rootBefore, head.root, proof)).toBe(true)
  expect(asked.length).toBeLessThanOrEqual(7)
})

test('RC73: a partial tile that is gone is read from the full one', async () => {
  const head = headOf(300)
  const found = await readContinuation(serve(['tile/0/001.p/44']), head, 257)
  expect(toHex(found.rootBefore)).toBe(toHex(rootAt(257, read)))
})

test('RC73: tiles that are missing, or that do not give the signed root, show nothing', async () => {
  const head = headOf(300)
  await expect(readContinuation(async () => undefined, head, 257)).rejects.toThrow('does not serve tile/')
  const forged = { ...head, root: new Uint8Array(32) }
  await expect(readContinuation(serve(), forged, 257)).rejects.toThrow('do not give the root')
})

test('RC73: a head is one only with the log’s own signature', () => {
  const log = ed25519Signer('log.example/l', new Uint8Array(32).fill(1))
  const stranger = ed25519Signer('log.example/l', new Uint8Array(32).fill(2))
  const text = formatCheckpoint(headOf(300))
  expect(readHead(signNote(text, [log]), log.key)).toMatchObject({ size: 300 })
  expect(readHead(signNote(text, [stranger]), log.key)).toBeUndefined()
  expect(readHead(signNote(text, [stranger, log]), log.key)).toMatchObject({ size: 300 })
  expect(readHead('hello\n', log.key)).toBeUndefined()
})
