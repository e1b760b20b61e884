import { randomBytes } from 'node:crypto'

/** A new id: 128 random bits as 22 base64url characters, so that nobody can guess one or learn an order from it. */
export function newId(): string {
  return randomBytes(16).toString('base64url')
}
