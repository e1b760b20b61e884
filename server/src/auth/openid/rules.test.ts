import { expect, test } from 'vitest'
import { showsSecondFactor } from './rules.ts'

test.each([
  { amr: ['mfa'] },
  { amr: ['pwd', 'otp'] },
  { amr: ['pin', 'hwk'] },
  { amr: ['fpt', 'swk'] },
  { acr: 'https://refeds.org/profile/mfa' },
  { amr: ['pwd'], acr: 'http://eidas.europa.eu/LoA/high' },
])('%o is a second factor', (claims) => {
  expect(showsSecondFactor(claims)).toBe(true)
})

test.each([
  {},
  { amr: [] },
  { amr: ['pwd'] },
  { amr: ['pwd', 'pin'] },
  { amr: ['otp', 'sms'] },
  { amr: 'mfa' },
  { amr: { includes: 'mfa' } },
  { amr: ['MFA'] },
  { acr: '0' },
  { acr: 'https://refeds.org/profile/mfa/not' },
  { acr: ['mfa'] },
])('%o is none', (claims) => {
  expect(showsSecondFactor(claims)).toBe(false)
})

test('where classes are named, one of them alone is a second factor', () => {
  const accepted = ['nivel-3']
  expect(showsSecondFactor({ acr: 'nivel-3' }, accepted)).toBe(true)
  for (const claims of [{ acr: 'mfa', amr: ['mfa'] }, { acr: ['nivel-3'] }, { acr: 'nivel-33' }, {}]) {
    expect(showsSecondFactor(claims, accepted)).toBe(false)
  }
})
