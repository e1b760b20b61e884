import { createHash, randomBytes } from 'node:crypto'
import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import type { HttpEnv } from '../../http/env.ts'

/**
 * The cookie by which a phone is recognised while its workshop is open. Whoever holds the phone may take the turn of
 * anybody who joined from it (WS22), and of nobody else.
 */
export interface DeviceCookie {
  read(c: Context<HttpEnv>): string | undefined
  write(c: Context<HttpEnv>, secret: string): void
}

/** Longer than a workshop can last; what it is good for ends with the workshop. */
const keptFor = 2 * 24 * 60 * 60

/** `__Host-device` where people come over HTTPS, else `device`. */
export function createDeviceCookie({ secure }: { secure: boolean }): DeviceCookie {
  const name = secure ? '__Host-device' : 'device'
  return {
    read: (c) => getCookie(c, name),
    write: (c, secret) =>
      setCookie(c, name, secret, { path: '/', httpOnly: true, sameSite: 'Lax', secure, maxAge: keptFor }),
  }
}

/** A new secret of a device: 256 random bits. */
export function newDeviceSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** What is stored of it. Random as it is, it needs no slow hash. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
