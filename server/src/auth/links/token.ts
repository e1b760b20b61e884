import { createHash, randomBytes } from 'node:crypto'

/** The secret of a one-time link: 128 random bits as 22 characters of base64url. Shown once, kept nowhere. */
export function newToken(): string {
  return randomBytes(16).toString('base64url')
}

/** What is kept of a secret. 128 random bits need no slow hash; looking up by the hash leaves no timing to learn from. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** The address that carries a secret in its fragment, which browsers send to nobody and which so reaches no log. */
export function urlOf(baseUrl: string, token: string): string {
  return `${baseUrl}/link#${token}`
}
