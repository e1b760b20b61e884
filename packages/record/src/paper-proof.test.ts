import fc from 'fast-check'
import { expect, test } from 'vitest'
import { concat, utf8 } from './bytes.ts'
import { formatCheckpoint } from './checkpoint.ts'
import { fromDigits, toDigits } from './digits.ts'
import { sealEntry } from './entry.ts'
import { sha256 } from './hash.ts'
import { keyTypes, makeKey } from './keys.ts'
import { hashLeaf, hashNode } from './merkle.ts'
import { signNote } from './note.ts'
import { formatPaperProof, maxPaperProof, parsePaperProof } from './paper-proof.ts'
import { ed25519Signer } from './signatures.ts'
import { type TlogProof, verifyTlogProof } from './tlog-proof.ts'

const origin = 'chepo.example/cocreacion'
const signer = ed25519Signer(origin, new Uint8Array(32).fill(7))
const { key } = signer

function contribution(refs: number[]) {
  return sealEntry({
    v: 1,
    type: 'contribution',
    plan: 'V1StGXR8Z5jdHi6BmyT',
    seq: 9000,
    prev: 'a7'.repeat(32),
    at: '2026-03-28T15:04:05.000Z',
    actor: { pid: 'p8-_dKe09sLq31Zx', side: 'community', role: 'participant' },
    commit: { payload: `sha256:${'5c'.repeat(32)}`, public: false },
    refs,
  })
}

/** A proof in a tree of 2^depth leaves, with the entry as the first one. */
function proofOf(hash: Uint8Array, depth: number): TlogProof {
  const hashes = Array.from({ length: depth }, (_, level) => hashLeaf(utf8(`sibling ${level}`)))
  const root = hashes.reduce((node, sibling) => hashNode(node, sibling), hash)
  const other = ed25519Signer('witness.example', new Uint8Array(32).fill(8))
  const checkpoint = signNote(formatCheckpoint({ origin, size: 2 ** depth, root }), [other, signer])
  return { index: 0, hashes, checkpoint }
}

const sealed = contribution([17, 204, 8999])
const digits = formatPaperProof(proofOf(sealed.hash, 20), key, sealed.text) ?? ''

test('any bytes are read back from their digits, and nothing else is read', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      expect(fromDigits(toDigits(bytes))).toEqual(bytes)
    }),
  )
  for (const none of ['1', '12', '999', '99999999999999999', '12a', '-12', '1.3', ' 012']) {
    expect(fromDigits(none), none).toBeUndefined()
  }
})

test('[RC160] a proof in a log of a million entries fits, is read back with its entry, and verifies', () => {
  expect(digits.length).toBeLessThan(2300)
  const read = parsePaperProof(digits)
  expect(read).toMatchObject({ key, entry: sealed.text, leafHash: sealed.hash })
  expect(read && verifyTlogProof(read.proof, read.leafHash, read.key)).toMatchObject({ sound: true })
})

test('[RC160] an entry too long for paper is proven by its hash alone; a log of more than it can hold is not', () => {
  const long = contribution(Array.from({ length: 900 }, (_, at) => 3 * at + (at % 7) + 1).sort((a, b) => a - b))
  const read = parsePaperProof(formatPaperProof(proofOf(long.hash, 20), key, long.text) ?? '')
  expect(read).toMatchObject({ entry: undefined, leafHash: long.hash })
  expect(read && verifyTlogProof(read.proof, read.leafHash, read.key)).toMatchObject({ sound: true })
  expect(formatPaperProof(proofOf(sealed.hash, 40), key, sealed.text)).toBeUndefined()
})

test('[RC160] a checkpoint that the key did not sign makes no proof', () => {
  const stranger = makeKey(origin, keyTypes.ed25519, new Uint8Array(32).fill(1))
  expect(formatPaperProof(proofOf(sealed.hash, 3), stranger, sealed.text)).toBeUndefined()
})

test('[RC161] one digit misread anywhere, left out or doubled, is noticed', () => {
  for (let at = 0; at < digits.length; at += 1) {
    const digit = (Number(digits[at]) + 1 + (at % 9)) % 10
    const others = [`${digit}`, '', `${digits[at]}${digits[at]}`].map(
      (put) => digits.slice(0, at) + put + digits.slice(at + 1),
    )
    for (const other of others) if (other !== digits) expect(parsePaperProof(other), `digit ${at}`).toBeUndefined()
  }
})

test('[RC161] whatever is forged with a new check is none, or does not verify', () => {
  const bytes = fromDigits(digits) ?? new Uint8Array()
  for (let at = 0; at < bytes.length - 4; at += 3) {
    const forged = reseal(bytes, (body) => {
      body[at] = (body[at] ?? 0) ^ 1
    })
    const read = parsePaperProof(forged)
    const isSound = read && verifyTlogProof(read.proof, read.leafHash, read.key).sound
    // Deflated text has a few bits that mean nothing; what is then proven is still the entry's own text.
    if (isSound) expect(read.entry, `byte ${at}`).toBe(sealed.text)
  }
})

test('[RC161] strange bytes are no proof, whatever they claim', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: maxPaperProof }), (bytes) => {
      expect(parsePaperProof(reseal(bytes, () => {}))).toBeUndefined()
    }),
  )
  expect(parsePaperProof('0'.repeat(100_000))).toBeUndefined()
  expect(parsePaperProof('')).toBeUndefined()
})

/** The digits of other bytes, with the check that fits them. */
function reseal(bytes: Uint8Array, change: (body: Uint8Array) => void): string {
  const body = bytes.slice(0, Math.max(0, bytes.length - 4))
  change(body)
  return toDigits(concat(body, sha256(body).subarray(0, 4)))
}
