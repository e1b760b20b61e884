import { expect, test } from 'vitest'
import { renderRecord } from './suite.ts'

test('the tables tell how long answers took, the slowest of 95 in a hundred, and what a bundle asks for', () => {
  const text = renderRecord({
    entries: 1_000_000,
    looked: 800_000,
    bundled: 100_000,
    planting: 60,
    growing: 45.4,
    comparing: 80.2,
    answers: [{ label: 'the newest page', first: 30, p50: 4.04, p95: 6.16, most: 12 }],
    bundle: { milliseconds: 4200, bytes: 64 * 2 ** 20, before: 102_400, peak: 512_000, longest: 31.4 },
  })
  expect(text).toContain('| a plan with 800,000 of 1,000,000 entries; ms | first | p50 | p95 | most |')
  expect(text).toContain('| the newest page | 30.0 | 4.0 | 6.2 | 12.0 |')
  expect(text).toContain('| memory of the server before, and at most | 100 MiB, 500 MiB |')
  expect(text).toContain('signed in 45 s.')
  expect(text).toContain('took 80 s more.')
})
