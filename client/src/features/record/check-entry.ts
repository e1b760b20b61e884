import type { RecordProof } from '@cabildo/protocol/http/record'
import { fromBase64, toHex } from '@cabildo/record/bytes'
import { CanonicalJsonError } from '@cabildo/record/canonical-json'
import { EntryError, parseEntry, type SealedEntry } from '@cabildo/record/entry'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'
import { parseVkey } from '@cabildo/record/keys'
import { parseTlogProof, verifyTlogProof } from '@cabildo/record/tlog-proof'

/** What is looked at, in this order. */
export const steps = ['text', 'content', 'tree', 'signature'] as const
type Step = (typeof steps)[number]

/** How a step came out. `erased`: the content was taken out, which the entry allows; `missing`: there is nothing to check. */
export type Found = 'sound' | 'wrong' | 'missing' | 'erased'

/** What checking one entry showed. */
export interface EntryCheck {
  verdict: 'sound' | 'pending' | 'wrong'
  /** A step that does not apply, such as the content of an entry without one, is not there. */
  found: Partial<Record<Step, Found>>
  /** Leaves of the tree that it was shown to be in, and whose signature that bears. */
  tree?: { size: number; name: string }
}

/** What the answer must be about. */
interface Expected {
  /** The verifier key of the record. */
  key: string
  planId: string
  seq: number
}

/**
 * Checks one entry from nothing but what the server answered and a key: the text gives the hash, the content is the one
 * that was sealed, the hash is in the tree, and the tree is signed by the key.
 */
export function checkEntry(answer: RecordProof, { key, planId, seq }: Expected): EntryCheck {
  const sealed = readEntry(answer.entry)
  const isIt = sealed && toHex(sealed.hash) === answer.hash
  if (!sealed || !isIt || sealed.entry.plan !== planId || sealed.entry.seq !== seq) {
    return { verdict: 'wrong', found: { text: 'wrong', tree: 'missing', signature: 'missing' } }
  }
  const found: EntryCheck['found'] = { text: 'sound', ...contentOf(sealed, answer) }
  const log = parseVkey(key)
  const proof = answer.proof === null ? null : parseTlogProof(answer.proof)
  if (proof === null || !log) return verdict({ ...found, tree: 'missing', signature: 'missing' })
  if (!proof || proof.index !== answer.index) return verdict({ ...found, tree: 'wrong', signature: 'missing' })
  const report = verifyTlogProof(proof, sealed.hash, log)
  if (report.sound) {
    const { size } = report.checkpoint
    return { ...verdict({ ...found, tree: 'sound', signature: 'sound' }), tree: { size, name: log.name } }
  }
  const isSigned = report.reason === 'not-included'
  return verdict({ ...found, tree: isSigned ? 'wrong' : 'missing', signature: isSigned ? 'sound' : 'wrong' })
}

function verdict(found: EntryCheck['found']): EntryCheck {
  const all = Object.values(found)
  return { verdict: all.includes('wrong') ? 'wrong' : all.includes('missing') ? 'pending' : 'sound', found }
}

function readEntry(text: string): SealedEntry | undefined {
  try {
    return parseEntry(text)
  } catch (error) {
    if (error instanceof EntryError || error instanceof CanonicalJsonError) return undefined
    throw error
  }
}

function contentOf({ entry: { commit } }: SealedEntry, { sealed }: RecordProof): EntryCheck['found'] {
  if (!commit) return sealed ? { content: 'wrong' } : {}
  if (!sealed) return { content: 'erased' }
  const salt = fromBase64(sealed.salt)
  const isIt = salt?.length === saltLength && payloadCommitment(salt, sealed.payload) === commit.payload
  return { content: isIt ? 'sound' : 'wrong' }
}
