import { getCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { networkOf } from '../http/address.ts'
import type { HttpEnv } from '../http/env.ts'
import type { KnownDevices } from './known-devices.ts'
import type { Passwords } from './passwords.ts'

/**
 * Stands before sign-ins: while there is no room for another password of this network, they are refused before anything of
 * them is read, their session included, unless their browser is a known one. It takes no place, and `signIn` asks again:
 * what it lets through may yet be refused.
 */
export function signInDoor(
  passwords: Pick<Passwords, 'checkRoom'>,
  devices: Pick<KnownDevices, 'cookieName' | 'read'>,
) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    if (!devices.read(getCookie(c, devices.cookieName))) passwords.checkRoom(networkOf(c.var.address))
    await next()
  })
}
