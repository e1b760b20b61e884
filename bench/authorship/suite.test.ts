import { expect, test } from 'vitest'
import { renderAuthorship, runAuthorship } from './suite.ts'

test('the suite measures a paper whose every character has an author', () => {
  const outcome = runAuthorship({ repetitions: 1, edits: 2000 })
  expect(outcome.rows).toBe(2000)
  expect(outcome.characters).toBeGreaterThan(500)
  expect(renderAuthorship(outcome)).toContain('from a kept state')
})
