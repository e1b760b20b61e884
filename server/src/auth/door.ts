import { createMiddleware } from 'hono/factory'
import { networkOf } from '../http/address.ts'
import type { HttpEnv } from '../http/env.ts'
import type { Passwords } from './passwords.ts'

/**
 * Stands before sign-ins: while there is no room for another password of this network, they are refused before anything of
 * them is read, their cookie included. It takes no place, and `signIn` asks again: what it lets through may yet be refused.
 */
export function signInDoor(passwords: Pick<Passwords, 'checkRoom'>) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    passwords.checkRoom(networkOf(c.var.address))
    await next()
  })
}
