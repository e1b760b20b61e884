import { createHash } from 'node:crypto'
import type { Keys } from '../keys.ts'
import { codeBytes, codeOf, readCode } from './rules.ts'

/** What leads into a workshop: the token of its QR, and its spoken code without the dash. */
export interface WayIn {
  token: string
  code: string
}

/** What the database keeps of a way in, to find a workshop by it. */
export type WayInHash = { linkHash: string } | { codeHash: string }

/** Makes and recognises the ways into workshops. */
export interface WaysIn {
  /** The way into a workshop; another `version` gives another one. */
  of(workshopId: string, version: number): WayIn
  /** What is stored of it. */
  hashesOf(way: WayIn): { linkHash: string; codeHash: string }
  /** What to look for when somebody shows this; undefined when it cannot be a token or a code. */
  hashOf(shown: { token?: string | undefined; code?: string | undefined }): WayInHash | undefined
}

const tokenBytes = 16

/**
 * Ways in that are derived from the installation's key, so that they can be shown as often as needed and the database
 * cannot tell them. A token has 128 bits: its SHA-256 says nothing. A code has 40, few enough to try them all, so its hash
 * is keyed too.
 */
export function createWaysIn(keys: Keys): WaysIn {
  const hashOfToken = (token: string) => createHash('sha256').update(token).digest('hex')
  const hashOfCode = (code: string) => keys.derive('workshop code hash', code, 32).toString('hex')

  return {
    of(workshopId, version) {
      const words = `${workshopId} ${version}`
      return {
        token: keys.derive('workshop link', words, tokenBytes).toString('base64url'),
        code: codeOf(keys.derive('workshop code', words, codeBytes)),
      }
    },
    hashesOf: ({ token, code }) => ({ linkHash: hashOfToken(token), codeHash: hashOfCode(code) }),
    hashOf({ token, code }) {
      if (token !== undefined) return /^[\w-]{22}$/.test(token) ? { linkHash: hashOfToken(token) } : undefined
      const read = code === undefined ? undefined : readCode(code)
      return read === undefined ? undefined : { codeHash: hashOfCode(read) }
    },
  }
}
