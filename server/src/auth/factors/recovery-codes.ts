import { createHash, randomInt } from 'node:crypto'
import { crockford } from '@cabildo/protocol/crockford'

const groups = 5
const groupLength = 5
const howMany = 10

/** Ten new recovery codes of 125 random bits each, such as `7QKX2-M4T9W-C1ZBN-8RHDP-6VG0J`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: howMany }, () => Array.from({ length: groups }, group).join('-'))
}

function group(): string {
  return Array.from({ length: groupLength }, () => crockford[randomInt(crockford.length)]).join('')
}

/**
 * What is stored of a recovery code: the SHA-256 of its letters, however they were typed. So many random bits need no
 * slow hash.
 */
export function recoveryCodeHash(code: string): string {
  const plain = code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/[IL]/g, '1')
    .replaceAll('O', '0')
  return createHash('sha256').update(plain).digest('hex')
}
