/** A key for something that is said: sent again with the same one, it is said once. 128 bits, as the contract takes them. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
