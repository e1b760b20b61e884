/**
 * A proof that fits in one QR code on paper: that an entry is in the log under a checkpoint which one Ed25519 key signed,
 * with the key and, where there is room, the entry itself. It is a `tlog-proof` without what can be computed (the root,
 * ids and names of the signature) and without other signatures; ML-DSA-44 alone would fill a larger code than phones read.
 *
 * Bytes, then written as digits: a version, 1; index, size, length of the origin (LEB128); origin; public key; signature;
 * number of hashes; hashes; 0 and the leaf hash, or 1 and the entry; the first four bytes of the SHA-256 of all before.
 * An entry is a number of SHA-256 hashes, these hashes, and its text with `#` in their places, deflated (RFC 1951).
 */
import { deflateSync, inflateSync } from 'fflate'
import { concat, equalBytes, fromHex, fromUtf8, toHex, utf8 } from './bytes.ts'
import { formatCheckpoint, parseCheckpoint } from './checkpoint.ts'
import { fromDigits, toDigits } from './digits.ts'
import { parseEntry } from './entry.ts'
import { sha256 } from './hash.ts'
import { isKeyName, keyTypes, makeKey, type NoteKey } from './keys.ts'
import { rootOfInclusion } from './merkle-verify.ts'
import { formatNote, parseNote } from './note.ts'
import type { TlogProof } from './tlog-proof.ts'

const version = 1
const checkLength = 4
/** Bytes that a proof may have: a QR code of version 27 at most, which phones read from paper and from a screen. */
export const maxPaperProof = 1200
/** Words that entries of receipts are made of, so that deflating has them for nothing. Part of the format. */
const dictionary = utf8(
  '"refs":[1,2,3],"actor":null,"side":null,"side":"government","role":"drafter","role":"facilitator","role":"guest"' +
    '{"actor":{"pid":"","role":"participant","side":"community"},"at":"2026-01-01T00:00:00.000Z",' +
    '"commit":{"payload":"sha256:#","public":false},"plan":"","prev":"#","refs":[],"seq":,"type":"contribution","v":1}',
)

/** A proof read from paper. Nothing of it is to be believed before `verifyTlogProof` says so. */
export interface PaperProof {
  readonly proof: TlogProof
  /** The key that it says signs the log. Whoever reads it compares it with the one the log's keeper publishes. */
  readonly key: NoteKey
  readonly leafHash: Uint8Array
  /** The entry's text; `undefined` where there was no room for it. */
  readonly entry: string | undefined
}

/**
 * The digits of a proof that the entry with this text is in the log of `key`; without the entry where it is too long.
 * `undefined` where the checkpoint has no signature of that key, or even the hash alone would not fit.
 */
export function formatPaperProof(proof: TlogProof, key: NoteKey, entry: string): string | undefined {
  const note = parseNote(proof.checkpoint)
  const checkpoint = note && parseCheckpoint(note.text)
  const signature = note?.signatures.find(({ name, keyId }) => name === key.name && keyId === key.id)?.signature
  if (!checkpoint || !signature || checkpoint.origin !== key.name || key.type !== keyTypes.ed25519) return undefined
  const origin = utf8(key.name)
  const head = concat(
    Uint8Array.of(version),
    ...[proof.index, checkpoint.size, origin.length].map(leb128),
    origin,
    key.publicKey,
    signature,
    Uint8Array.of(proof.hashes.length),
    ...proof.hashes,
  )
  const { hash } = parseEntry(entry)
  const leaves = [concat(Uint8Array.of(1), packEntry(entry)), concat(Uint8Array.of(0), hash)]
  const leaf = leaves.find(({ length }) => head.length + length + checkLength <= maxPaperProof)
  if (!leaf) return undefined
  const body = concat(head, leaf)
  return toDigits(concat(body, checkOf(body)))
}

/** Reads the digits of a proof; `undefined` where they are none, or one of them was misread. */
export function parsePaperProof(digits: string): PaperProof | undefined {
  if (digits.length > 3 * maxPaperProof) return undefined
  const bytes = fromDigits(digits)
  if (!bytes || bytes.length < checkLength || bytes.length > maxPaperProof) return undefined
  const body = bytes.subarray(0, -checkLength)
  if (!equalBytes(checkOf(body), bytes.subarray(-checkLength))) return undefined
  try {
    return read(body)
  } catch {
    return undefined
  }
}

function read(body: Uint8Array): PaperProof | undefined {
  let at = 0
  const take = (length: number) => {
    at += length
    if (at > body.length) throw new RangeError('too short')
    return body.subarray(at - length, at)
  }
  const takeByte = () => take(1)[0] ?? 0
  const takeNumber = () => {
    let value = 0
    for (let place = 0; place < 8; place += 1) {
      const byte = takeByte()
      value += (byte & 127) * 128 ** place
      if (byte < 128) return value
    }
    throw new RangeError('too long')
  }
  if (takeByte() !== version) return undefined
  const [index, size, originLength] = [takeNumber(), takeNumber(), takeNumber()]
  const origin = fromUtf8(take(originLength))
  if (origin === undefined || !isKeyName(origin)) return undefined
  const key = makeKey(origin, keyTypes.ed25519, take(32))
  const signature = take(64)
  const hashes = Array.from({ length: takeByte() }, () => take(32))
  const hasEntry = takeByte() === 1
  const rest = take(body.length - at)
  const entry = hasEntry ? unpackEntry(rest) : undefined
  const leafHash = entry === undefined ? rest : parseEntry(entry).hash
  const root = rootOfInclusion(index, size, leafHash, hashes)
  if (leafHash.length !== 32 || !root) return undefined
  const text = formatCheckpoint({ origin, size, root })
  const checkpoint = formatNote({ text, signatures: [{ name: origin, keyId: key.id, signature }] })
  return { proof: { index, hashes, checkpoint }, key, leafHash, entry }
}

/** Throws for what is no text. At most {@link maxPaperProof} bytes come in, and deflating never saves more than 1 in 1032. */
function unpackEntry(bytes: Uint8Array): string {
  const count = bytes[0] ?? 0
  const skeleton = fromUtf8(inflateSync(bytes.subarray(1 + 32 * count), { dictionary })) ?? ''
  let next = 1
  return skeleton.replaceAll('#', () => {
    next += 32
    return toHex(bytes.subarray(next - 32, next))
  })
}

function packEntry(text: string): Uint8Array {
  const hashes = (text.match(/[0-9a-f]{64}/g) ?? []).map((hex) => fromHex(hex) ?? new Uint8Array())
  const skeleton = text.replaceAll(/[0-9a-f]{64}/g, '#')
  return concat(Uint8Array.of(hashes.length), ...hashes, deflateSync(utf8(skeleton), { level: 9, dictionary }))
}

function checkOf(body: Uint8Array): Uint8Array {
  return sha256(body).subarray(0, checkLength)
}

/** A whole number from 0 to 2^53 - 1, seven bits a byte, the lowest first. */
function leb128(value: number): Uint8Array {
  const bytes: number[] = []
  let rest = value
  for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return Uint8Array.of(...bytes, rest)
}
