/**
 * The proof of a receipt in an address: what the second QR on paper holds. It stands behind the #, so that opening it
 * tells nobody anything, and the page checks it without asking anybody.
 */
import type { Receipt } from '@cabildo/protocol/http/receipts'
import { receiptCodeLength } from '@cabildo/protocol/receipt-code'
import { toHex } from '@cabildo/record/bytes'
import { type Entry, parseEntry } from '@cabildo/record/entry'
import { formatVkey, parseVkey } from '@cabildo/record/keys'
import { formatPaperProof, parsePaperProof } from '@cabildo/record/paper-proof'
import { parseTlogProof, verifyTlogProof } from '@cabildo/record/tlog-proof'

/** More signs than anybody types for a code, with whatever stands between them. */
const longestCode = 4 * receiptCodeLength

/** Where the proof of a receipt is read; `undefined` for one that is not signed yet, or is too long for a QR. */
export function proofAddressOf({ recordKey, proof: text, entry }: Receipt, origin: string): string | undefined {
  const key = parseVkey(recordKey)
  const proof = text === null ? undefined : parseTlogProof(text)
  try {
    const digits = key && proof && formatPaperProof(proof, key, entry)
    return digits && `${origin}/recibo#${digits}`
  } catch {
    return undefined
  }
}

/** What somebody scanned, pasted or typed: all of it, or of an address what stands behind the #. */
export function givenOf(text: string): string {
  return text.slice(text.lastIndexOf('#') + 1).trim()
}

/** Whether what was given is meant as a proof, sound or not, and not as the code of a receipt. */
export function isMeantAsProof(given: string): boolean {
  return given.length > longestCode
}

/** What a proof showed. */
export type PaperVerdict =
  /** It was not read whole: a digit is missing or another. */
  | { whole: 'unread' }
  | {
      whole: 'sound' | 'false'
      signer: string
      /** The key as text, to compare. */
      key: string
      /** The entry's place in the log, counted from 1. */
      place: number
      hash: string
      /** What the entry says; undefined where only its hash had room. Proven when the whole is sound. */
      entry: Entry | undefined
    }

/** Checks a proof. Never throws, whatever it holds. */
export function checkPaperProof(given: string): PaperVerdict {
  // Addresses are broken into lines where they are sent on.
  const read = parsePaperProof(given.replaceAll(/\s/g, ''))
  if (!read) return { whole: 'unread' }
  const { proof, key, leafHash } = read
  const entry = read.entry === undefined ? undefined : parseEntry(read.entry).entry
  const isReceipt = entry === undefined || entry.type === 'contribution'
  const { sound } = verifyTlogProof(proof, leafHash, key)
  return {
    whole: sound && isReceipt ? 'sound' : 'false',
    signer: key.name,
    key: formatVkey(key),
    place: proof.index + 1,
    hash: toHex(leafHash),
    entry,
  }
}
