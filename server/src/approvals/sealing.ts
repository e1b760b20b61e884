import { randomBytes } from 'node:crypto'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'

/** Words that stand in a table alone, and what the record holds of them. */
export interface Sealed {
  salt: Uint8Array | null
  told: { reason?: string }
}

/** Seals words for the record; nothing when there are none. */
export function sealWords(words: string): Sealed {
  if (words === '') return { salt: null, told: {} }
  const salt = randomBytes(saltLength)
  return { salt, told: { reason: payloadCommitment(salt, words) } }
}
