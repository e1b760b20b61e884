import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { createKeys } from './keys.ts'

const keys = createKeys(randomBytes(32).toString('base64url'))

test('what is sealed opens again, with the same words and for the same purpose only', () => {
  const sealed = keys.seal('totp', 'ana', Buffer.from('secret'))
  expect(keys.open('totp', 'ana', sealed).toString()).toBe('secret')
  expect(() => keys.open('totp', 'ben', sealed)).toThrow()
  expect(() => keys.open('other', 'ana', sealed)).toThrow()
  expect(() => createKeys(randomBytes(32).toString('base64url')).open('totp', 'ana', sealed)).toThrow()
  for (let at = 0; at < sealed.length; at++) {
    const damaged = Buffer.from(sealed)
    damaged[at] = (damaged[at] ?? 0) ^ 1
    expect(() => keys.open('totp', 'ana', damaged)).toThrow()
  }
  expect(keys.seal('totp', 'ana', Buffer.from('secret'))).not.toEqual(sealed)
})

test('a derived secret is the same for the same words, and another for any others', () => {
  const one = keys.derive('workshop', 'w1 1', 16)
  expect(one).toHaveLength(16)
  expect(keys.derive('workshop', 'w1 1', 16)).toEqual(one)
  expect(keys.derive('workshop', 'w1 2', 16)).not.toEqual(one)
  expect(keys.derive('code', 'w1 1', 16)).not.toEqual(one)
})
