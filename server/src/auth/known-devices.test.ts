import { expect, test } from 'vitest'
import { createKeys } from '../keys.ts'
import { createKnownDevices } from './known-devices.ts'
import type { Throttles } from './throttling.ts'

const day = 24 * 60 * 60 * 1000
// Nothing here counts.
const throttles = { bucket: () => ({}) } as unknown as Throttles
const devicesAt = (key: string, now = () => 0) =>
  createKnownDevices({ keys: createKeys(key.repeat(43)), throttles, secure: true, now })

test('[A11] a cookie is known for half a year, to the installation that made it, and as it was made', () => {
  let now = 1_000_000_000_000
  const devices = devicesAt('k', () => now)
  const cookie = devices.cookieFor('user-1')
  const value = /^__Secure-device=([^;]+);/.exec(cookie)?.[1] ?? ''

  expect(cookie).toMatch(/; HttpOnly; Max-Age=15552000; Path=\/api\/session; SameSite=Strict; Secure$/)
  expect(devices.read(value)).toEqual({ userId: 'user-1' })
  expect(devicesAt('o', () => now).read(value)).toBeUndefined()
  expect(devices.read(value.replace('user-1', 'user-2'))).toBeUndefined()
  for (let at = 0; at < value.length; at += 1) {
    const changed = `${value.slice(0, at)}${value[at] === '1' ? '2' : '1'}${value.slice(at + 1)}`
    expect(devices.read(changed), changed).toBeUndefined()
  }
  for (const other of [undefined, '', 'x', '..', `${value}.x`]) expect(devices.read(other)).toBeUndefined()
  now += 180 * day
  expect(devices.read(value)).toBeUndefined()
})
