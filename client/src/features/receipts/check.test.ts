import type { Receipt } from '@cabildo/protocol/http/receipts'
import { toBase64, toHex } from '@cabildo/record/bytes'
import { formatCheckpoint } from '@cabildo/record/checkpoint'
import { sealEntry } from '@cabildo/record/entry'
import { payloadCommitment } from '@cabildo/record/hash'
import { formatVkey, keyTypes, makeKey } from '@cabildo/record/keys'
import { hashLeaf, hashNode } from '@cabildo/record/merkle'
import { signNote } from '@cabildo/record/note'
import { ed25519Signer } from '@cabildo/record/signatures'
import { formatTlogProof } from '@cabildo/record/tlog-proof'
import { expect, test } from 'vitest'
import { checkReceipt } from './check.ts'
import { keptOf, patience, readKept, standingOf } from './model.ts'

const origin = 'chepo.example/cocreacion'
const signer = ed25519Signer(origin, new Uint8Array(32).fill(7))
const { key } = signer

const salt = new Uint8Array(32).fill(3)
const payload = '{"characters":24,"document":"d","from":2,"kind":"written","to":5,"updates":4}'
const at = '2026-03-28T15:04:05.000Z'
const { text: entry, hash } = sealEntry({
  v: 1,
  type: 'contribution',
  plan: 'plan',
  seq: 2,
  prev: 'a'.repeat(64),
  at,
  actor: { pid: 'p'.repeat(16), side: 'community', role: 'participant' },
  commit: { payload: payloadCommitment(salt, payload), public: true },
  refs: [1],
})
const sibling = hashLeaf(new Uint8Array([1]))
const checkpoint = signNote(formatCheckpoint({ origin, size: 2, root: hashNode(sibling, hash) }), [signer])
const receipt: Receipt = {
  plan: { title: 'Plan', place: 'Chepo' },
  document: { number: 1, title: 'Agua' },
  takenAt: at,
  recordKey: formatVkey(key),
  entry,
  hash: toHex(hash),
  sealed: { payload, salt: toBase64(salt) },
  proof: formatTlogProof({ index: 1, hashes: [sibling], checkpoint }),
  became: {
    brought: 24,
    fields: [
      { field: 'problem', characters: 20, words: ['…'] },
      { field: 'causes', characters: 4, words: ['…'] },
    ],
    versions: [],
    state: 'drafting',
    status: 'open',
  },
}
const changed = (changes: Partial<Receipt>) => checkReceipt({ ...receipt, ...changes })

test('[RC93] a true receipt is found true, step by step', () => {
  expect(checkReceipt(receipt)).toEqual({
    text: 'sound',
    tree: 'sound',
    signature: 'sound',
    whole: 'sound',
    signer: origin,
    place: 2,
  })
})

test('[RC93] whatever is changed in it makes it false, and the step says where', () => {
  const another = formatVkey(makeKey(origin, keyTypes.ed25519, new Uint8Array(32).fill(9)))
  const { became } = receipt
  const forgeries: [Partial<Receipt>, object][] = [
    [{ entry: entry.replace('"seq":2', '"seq":3') }, { text: 'false', tree: 'false' }],
    [{ entry: entry.replace('contribution', 'plan') }, { text: 'false' }],
    [{ entry: 'none' }, { text: 'false' }],
    [{ takenAt: '2026-03-29T15:04:05.000Z' }, { text: 'false', tree: 'sound' }],
    [{ sealed: { payload: payload.replace('24', '99'), salt: toBase64(salt) } }, { text: 'false' }],
    [{ sealed: { payload, salt: 'AAAA' } }, { text: 'false' }],
    [{ became: became && { ...became, brought: 25 } }, { text: 'false' }],
    [{ proof: receipt.proof?.replace('index 1', 'index 0') ?? '' }, { tree: 'false', signature: 'sound' }],
    [{ proof: receipt.proof?.replace(/\n2\n/, '\n3\n') ?? '' }, { tree: 'missing', signature: 'false' }],
    [{ proof: 'none' }, { signature: 'false' }],
    [{ recordKey: another }, { signature: 'false' }],
    [{ recordKey: 'none' }, { signature: 'false' }],
  ]
  for (const [forgery, found] of forgeries) {
    expect([forgery, changed(forgery)]).toEqual([forgery, expect.objectContaining({ ...found, whole: 'false' })])
  }
})

test('[RC89] [RC93] what was erased is missing, not false; what is not signed yet is waited for', () => {
  expect(changed({ sealed: null, became: null })).toMatchObject({ text: 'missing', whole: 'sound' })
  expect(changed({ proof: null })).toMatchObject({ text: 'sound', tree: 'missing', whole: 'waiting' })
})

test('[RC94] what is kept is read again whole, and what is none is not', () => {
  const kept = keptOf('7QKX2M4T9HJ3', receipt, 'https://chepo.example', new Date(at))
  expect(kept).toMatchObject({ code: '7QKX-2M4T-9HJ3', address: 'https://chepo.example/recibo#7QKX-2M4T-9HJ3' })
  expect(readKept(JSON.stringify(kept))).toEqual(kept)
  const strange = [
    { ...kept, v: 2 },
    { ...kept, code: 'short' },
    { ...kept, receipt: { ...receipt, plan: null } },
  ]
  for (const one of [...strange, { ...kept, receipt: { ...receipt, became: 'all' } }, null, [], 7]) {
    expect(readKept(JSON.stringify(one))).toBeUndefined()
  }
  expect(readKept('{')).toBeUndefined()
  expect(standingOf(receipt)).toBe(24)
})

test('[RC85] a receipt that is not signed yet is asked for ten times at most', () => {
  expect(Array.from({ length: 12 }, (_, asked) => patience(asked)).filter((wait) => wait !== undefined)).toHaveLength(
    10,
  )
})

test('[IN31] a receipt for an input is kept and read again, without a document, with its answers', () => {
  const answer = {
    outcome: 'not_adopted' as const,
    reason: 'No alcanza.',
    answeredAt: at,
    mergedInto: null,
    version: null,
  }
  const input = { number: 17, words: 'Luz', takenBack: false, dueOn: '2026-04-12', answers: [answer] }
  const forInput = { ...receipt, document: null, became: null, input }
  const kept = keptOf('7QKX2M4T9HJ3', forInput, 'https://chepo.example', new Date(at))
  expect(readKept(JSON.stringify(kept))).toEqual(kept)
  for (const strange of [null, { ...input, answers: [{ ...answer, reason: 7 }] }, { ...input, number: 'x' }])
    expect(readKept(JSON.stringify({ ...kept, receipt: { ...forInput, input: strange } }))).toBeUndefined()
})
