import type { Display } from '@cabildo/protocol/http/common'

/** Shortest new password, in letters as a person counts them. */
export const shortestPassword = 12

/** Says what is wrong with a new password before it is sent. */
export const isTooShort = (password: string): boolean => [...password].length < shortestPassword

/** Says whether this may be an e-mail address; the server looks closer. */
export const looksLikeEmail = (text: string): boolean => /^\S+@\S+\.\S+$/.test(text)

/** The ways to be shown, from the most to the least said. */
export const displays: readonly Display[] = ['name', 'group', 'anonymous']

/** The secret of a one-time link from the part of an address behind the #; undefined when it is not whole. */
export function readToken(hash: string): string | undefined {
  const token = hash.replace(/^#/, '')
  return /^[A-Za-z0-9_-]{22}$/.test(token) ? token : undefined
}

/** A secret in groups of four, to be typed from the screen. */
export const inFours = (secret: string): string => secret.match(/.{1,4}/g)?.join(' ') ?? secret

/** Recovery codes as a text to keep: one a line, under a line that says what they are. */
export const codesText = (heading: string, codes: readonly string[]): string => [heading, '', ...codes].join('\n')

/** The host of another sign-on, which says to a reader whose it is. */
export const hostOf = (issuer: string): string => URL.parse(issuer)?.hostname ?? issuer

/** A name for the file of what is about somebody. */
export const exportName = (word: string, time: Date): string =>
  `cabildo-${word}-${time.toISOString().slice(0, 10)}.json`
