import { expect, test } from 'vitest'
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts'
import { newTotpSecret, totpAddress, totpStep } from './totp.ts'

// RFC 6238, appendix B: the last six digits of its eight.
const secret = Buffer.from('12345678901234567890')
const vectors = [
  [59, '287082'],
  [1111111109, '081804'],
  [1111111111, '050471'],
  [1234567890, '005924'],
  [2000000000, '279037'],
] as const

test.each(vectors)('at second %i the code is %s', (second, code) => {
  expect(totpStep(secret, code, new Date(second * 1000))).toBe(Math.floor(second / 30))
})

test('a code counts one step early and one step late, named by its own step, and no longer', () => {
  const at = (seconds: number) => totpStep(secret, '005924', new Date((1234567890 + seconds) * 1000))
  const step = 1234567890 / 30

  expect([-31, -30, 0, 29, 30, 59, 60].map(at)).toEqual([undefined, step, step, step, step, step, undefined])
})

test('what is no code is none', () => {
  const at = new Date(59_000)
  for (const code of ['', '28708', '2870821', 'abcdef', '287082 ']) expect(totpStep(secret, code, at)).toBeUndefined()
})

test('an authenticator is told the program, the account and a new secret of 160 bits', () => {
  const made = newTotpSecret()
  const { secret: text, uri } = totpAddress(made, 'ana@example.test')

  expect(text).toMatch(/^[A-Z2-7]{32}$/)
  const { protocol, host, pathname, searchParams } = new URL(uri)
  expect([protocol, host, decodeURIComponent(pathname)]).toEqual(['otpauth:', 'totp', '/Cabildo:ana@example.test'])
  expect(Object.fromEntries(searchParams)).toMatchObject({
    issuer: 'Cabildo',
    secret: text,
    digits: '6',
    period: '30',
    algorithm: 'SHA1',
  })
  expect(newTotpSecret().equals(made)).toBe(false)
})

test('ten recovery codes, of 125 bits each, are stored as hashes that forgive how they are typed', () => {
  const codes = newRecoveryCodes()
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){4}[0-9A-HJKMNP-TV-Z]{5}$/)

  const hash = recoveryCodeHash('7QKX2-M4T9W-C1ZBN-8RHDP-6VG0J')
  expect(hash).toMatch(/^[0-9a-f]{64}$/)
  expect(recoveryCodeHash(' 7qkx2 m4t9w clzbn 8rhdp 6vgoj')).toBe(hash)
  expect(recoveryCodeHash('7QKX2-M4T9W-C1ZBN-8RHDP-6VG0K')).not.toBe(hash)
})
