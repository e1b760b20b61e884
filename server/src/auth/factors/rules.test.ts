import { expect, test } from 'vitest'
import { canGetIn, mayChangeFactors } from './rules.ts'

const yesNo = [true, false]

test('who showed a second factor may change the ways in; nobody goes round one that is there', () => {
  const refused: string[] = []
  for (const hasTotp of yesNo) {
    for (const hasPasskeys of yesNo) {
      for (const showedSecondFactor of yesNo) {
        for (const needsSecondFactor of yesNo) {
          const standing = { hasTotp, hasPasskeys, showedSecondFactor, needsSecondFactor }
          const held = Object.entries(standing).filter(([, yes]) => yes)
          if (!mayChangeFactors(standing)) refused.push(held.map(([name]) => name).join(' '))
        }
      }
    }
  }

  expect(refused.sort()).toEqual([
    'hasPasskeys needsSecondFactor',
    'hasTotp',
    'hasTotp hasPasskeys',
    'hasTotp hasPasskeys needsSecondFactor',
    'hasTotp needsSecondFactor',
  ])
})

test('a password, a passkey or an account elsewhere is a way in', () => {
  expect(canGetIn({ password: false, passkeys: 0, identities: 0 })).toBe(false)
  expect(canGetIn({ password: true, passkeys: 0, identities: 0 })).toBe(true)
  expect(canGetIn({ password: false, passkeys: 1, identities: 0 })).toBe(true)
  expect(canGetIn({ password: false, passkeys: 0, identities: 1 })).toBe(true)
})
