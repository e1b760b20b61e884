import { expect, test } from 'vitest'
import { wordsOfProposal } from './rules.ts'

test('[IN11] what a proposal says is cut between signs, and never within one', () => {
  const words = (note: string) => wordsOfProposal(note, [])
  const sign = '\u{1f333}'
  expect(words(`${'x'.repeat(3999)}${sign}`)).toBe('x'.repeat(3999))
  expect(words(`${'x'.repeat(3998)}${sign}`)).toBe(`${'x'.repeat(3998)}${sign}`)
  expect(words('a\ud83cb').isWellFormed()).toBe(true)
})
