import type { RecordProof } from '@cabildo/protocol/http/record'
import { toBase64, toHex } from '@cabildo/record/bytes'
import { formatCheckpoint } from '@cabildo/record/checkpoint'
import { noPrevious, sealEntry } from '@cabildo/record/entry'
import { payloadCommitment } from '@cabildo/record/hash'
import { formatVkey } from '@cabildo/record/keys'
import { hashNode } from '@cabildo/record/merkle'
import { signNote } from '@cabildo/record/note'
import { ed25519Signer } from '@cabildo/record/signatures'
import { formatTlogProof } from '@cabildo/record/tlog-proof'
import { describe, expect, test } from 'vitest'
import { checkEntry } from './check-entry.ts'

const signer = ed25519Signer('town.example/record', new Uint8Array(32).fill(7))
const other = ed25519Signer('town.example/record', new Uint8Array(32).fill(8))
const salt = new Uint8Array(32).fill(3)
const payload = '{"title":"Chepo"}'
const commit = { payload: payloadCommitment(salt, payload), public: true }
const head = { v: 1, plan: 'p1', at: '2026-03-28T15:04:05.000Z', actor: null } as const
const sealed = sealEntry({ ...head, type: 'plan', seq: 1, prev: noPrevious, commit })
const neighbour = new Uint8Array(32).fill(9)
const tree = { origin: signer.key.name, size: 2, root: hashNode(sealed.hash, neighbour) }
const proofBy = (by: typeof signer, hashes = [neighbour]) =>
  formatTlogProof({ index: 0, hashes, checkpoint: signNote(formatCheckpoint(tree), [by]) })

const answer: RecordProof = {
  seq: 1,
  entry: sealed.text,
  hash: toHex(sealed.hash),
  index: 0,
  sealed: { payload, salt: toBase64(salt) },
  proof: proofBy(signer),
}
const expected = { key: formatVkey(signer.key), planId: 'p1', seq: 1 }

test('[RC132] an entry that is as it was sealed is sound in every step', () => {
  expect(checkEntry(answer, expected)).toEqual({
    verdict: 'sound',
    found: { text: 'sound', content: 'sound', tree: 'sound', signature: 'sound' },
    tree: { size: 2, name: 'town.example/record' },
  })
})

test('without its content, which may be taken out, it still is', () => {
  expect(checkEntry({ ...answer, sealed: null }, expected)).toMatchObject({
    verdict: 'sound',
    found: { content: 'erased' },
  })
})

test('[RC132] one that is not signed yet waits', () => {
  expect(checkEntry({ ...answer, proof: null, index: null }, expected)).toMatchObject({
    verdict: 'pending',
    found: { text: 'sound', content: 'sound', tree: 'missing', signature: 'missing' },
  })
})

describe('[RC132] what was changed is named', () => {
  const changes: [string, Partial<RecordProof>, Record<string, string>][] = [
    ['a byte of the text', { entry: sealed.text.replace('15:04', '15:05') }, { text: 'wrong' }],
    ['a text that is none', { entry: 'nothing' }, { text: 'wrong' }],
    ['the content', { sealed: { payload: '{"title":"Chepa"}', salt: toBase64(salt) } }, { content: 'wrong' }],
    ['the salt', { sealed: { payload, salt: 'AAAA' } }, { content: 'wrong' }],
    ['a hash of the proof', { proof: proofBy(signer, [salt]) }, { tree: 'wrong', signature: 'sound' }],
    ['the signature', { proof: proofBy(other) }, { signature: 'wrong' }],
    ['a proof that is none', { proof: 'c2sp.org' }, { tree: 'wrong' }],
    ['the place', { index: 1 }, { tree: 'wrong' }],
  ]
  test.each(changes)('%s', (_, change, found) => {
    expect(checkEntry({ ...answer, ...change }, expected)).toMatchObject({ verdict: 'wrong', found })
  })

  test('an entry of another plan, or with another number, is not the one that was asked for', () => {
    expect(checkEntry(answer, { ...expected, planId: 'p2' }).verdict).toBe('wrong')
    expect(checkEntry(answer, { ...expected, seq: 2 }).verdict).toBe('wrong')
  })
})
