import { randomBytes } from 'node:crypto'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'

/** Words that stand in a table alone, and what the record holds of them. */
export interface Sealed {
  salt: Uint8Array | null
  told: { reason?: string }
}

/** Seals words for the record, with a salt of their own or one that was said before; nothing when there are none. */
export function sealWords(words: string, salt: Uint8Array = randomBytes(saltLength)): Sealed {
  if (words === '') return { salt: null, told: {} }
  return { salt, told: { reason: payloadCommitment(salt, words) } }
}
