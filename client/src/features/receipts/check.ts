/**
 * Checks a receipt on the device itself, with the program of the record and nothing else: no question goes anywhere, so
 * that it works without a connection and whatever the server would say.
 */
import type { Receipt } from '@cabildo/protocol/http/receipts'
import { fromBase64, toHex } from '@cabildo/record/bytes'
import { parseEntry, type SealedEntry } from '@cabildo/record/entry'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'
import { parseVkey } from '@cabildo/record/keys'
import { parseTlogProof, verifyTlogProof } from '@cabildo/record/tlog-proof'

/** What one step showed. `missing`: there is nothing to look at. */
export type Found = 'sound' | 'false' | 'missing'

/** What checking showed, step by step. */
export interface Verdict {
  /** What the receipt says: the text that was hashed and what it commits to. */
  text: Found
  /** That it is in the tree under the signed root. */
  tree: Found
  /** That the root is signed by the key of the record. */
  signature: Found
  /** `waiting`: nothing is wrong, and it is not signed yet. */
  whole: 'sound' | 'false' | 'waiting'
  /** Who signs, by name; the key's whole text when it is none. */
  signer: string
  /** The entry's place in the log, counted from 1. */
  place: number | undefined
}

/** Checks a receipt. Never throws, whatever it holds. */
export function checkReceipt(receipt: Receipt): Verdict {
  const key = parseVkey(receipt.recordKey)
  const signer = key?.name ?? receipt.recordKey
  const sealed = read(receipt.entry)
  const text = sealed ? textOf(sealed, receipt) : 'false'
  if (receipt.proof === null) {
    const whole = text === 'false' ? 'false' : 'waiting'
    return { text, tree: 'missing', signature: 'missing', whole, signer, place: undefined }
  }
  const proof = parseTlogProof(receipt.proof)
  const report = proof && key && sealed && verifyTlogProof(proof, sealed.hash, key)
  // Where the entry is none, or the proof is none, no signature says anything of it.
  const isUnsigned = !report || (!report.sound && report.reason !== 'not-included')
  const tree = isUnsigned ? 'missing' : report.sound ? 'sound' : 'false'
  const signature = isUnsigned ? 'false' : 'sound'
  const whole = text !== 'false' && tree === 'sound' ? 'sound' : 'false'
  return { text, tree, signature, whole, signer, place: proof && proof.index + 1 }
}

function read(entry: string): SealedEntry | undefined {
  try {
    const sealed = parseEntry(entry)
    return sealed.entry.type === 'contribution' ? sealed : undefined
  } catch {
    return undefined
  }
}

/** Also that what stands beside the proof, when and how much, is what was hashed. */
function textOf({ entry, hash }: SealedEntry, { hash: told, sealed, takenAt, became }: Receipt): Found {
  if (toHex(hash) !== told || entry.at !== takenAt) return 'false'
  if (sealed === null) return 'missing'
  const salt = fromBase64(sealed.salt)
  if (salt?.length !== saltLength) return 'false'
  if (payloadCommitment(salt, sealed.payload) !== entry.commit?.payload) return 'false'
  const { characters } = JSON.parse(sealed.payload) as { characters?: unknown }
  return became === null || became.brought === characters ? 'sound' : 'false'
}
