import { expect, test } from 'vitest'
import { toBase64 } from './bytes.ts'
import { formatCheckpoint } from './checkpoint.ts'
import { nodeVerifiers } from './cli/verifiers.ts'
import { judgeEvidence } from './evidence.ts'
import { sha256 } from './hash.ts'
import { appendLeaf, consistencyProof, emptyFrontier, frontierRoot, hashNode, type ReadNode, rootAt } from './merkle.ts'
import { signNote } from './note.ts'
import { ed25519Signer } from './signatures.ts'

const origin = 'registro.example/cocreacion'
const signer = ed25519Signer(origin, new Uint8Array(32).fill(7))
const other = ed25519Signer(origin, new Uint8Array(32).fill(8))
const leaf = (text: string, at: number) => sha256(new TextEncoder().encode(`${text} ${at}`))

/** A tree whose leaves are told by a text, with what reads its full subtrees. */
function treeOf(text: string, size: number) {
  const read: ReadNode = (level, index) =>
    level === 0 ? leaf(text, index) : hashNode(read(level - 1, index * 2), read(level - 1, index * 2 + 1))
  let tree = emptyFrontier
  for (let at = 0; at < size; at++) tree = appendLeaf(tree, leaf(text, at)).tree
  return { note: signNote(formatCheckpoint({ origin, size, root: frontierRoot(tree) }), [signer]), read }
}

const judge = (value: unknown, keys = [signer.key]) => judgeEvidence(value, keys, nodeVerifiers)

test.each([4, 5])(
  '[RC143] two histories are shown by two heads, %i leaves first, and the way out of the larger tree',
  (first) => {
    const [kept, forked] = [treeOf('a', first), treeOf('b', 11)]
    const rootBefore = toBase64(rootAt(first, forked.read))
    const proof = consistencyProof(first, 11, forked.read).map(toBase64)
    const notes = [kept.note, forked.note]
    expect(judge({ notes, rootBefore, proof })).toBe('two-histories')
    expect(judge({ notes: notes.toReversed(), rootBefore, proof })).toBe('two-histories')
    expect(judge({ notes })).toBe('open')
    expect(judge({ notes, rootBefore, proof: proof.slice(1) })).toBe('open')
    expect(judge({ notes, rootBefore: toBase64(sha256(new Uint8Array())), proof })).toBe('open')
    expect(judge({ notes, rootBefore, proof }, [other.key])).toBe('nothing')
  },
)

test('[RC143] a log that goes on honestly is shown to have done nothing', () => {
  const [small, large] = [treeOf('a', 5), treeOf('a', 11)]
  const rootBefore = toBase64(rootAt(5, large.read))
  const proof = consistencyProof(5, 11, large.read).map(toBase64)
  expect(judge({ notes: [small.note, large.note], rootBefore, proof })).toBe('open')
  expect(judge({ notes: [small.note, small.note] })).toBe('nothing')
  expect(judge({ notes: [treeOf('a', 5).note, treeOf('b', 5).note] })).toBe('two-histories')
  expect([judge(null), judge({}), judge({ notes: ['x', 1] }), judge('x')]).toEqual(Array(4).fill('nothing'))
})
