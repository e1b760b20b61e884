import { expect, test } from 'vitest'
import { renderReview, type Side } from './suite.ts'

const side = (factor: number): Side => {
  const opened = { editable: 1000 * factor, cards: 1500 * factor, settled: 2000 * factor, cpu: 900 * factor }
  const typed = {
    ...{ frames: 600, perSecond: 60 / factor, p50: 16.7 * factor, p95: 17 * factor, most: 20 * factor },
    ...{ longTasks: 2, longest: 60 * factor, cpuOfKey: 8 * factor },
  }
  return { first: [opened], again: [opened], typing: [typed], together: [typed] }
}

test('the table tells medians of both commitments and their ratio, and how soon a comment was elsewhere', () => {
  const text = renderReview({
    ...{ threads: 500, proposals: 200, slowdown: 4, bare: side(1), full: side(1.25), plain: side(0.5).typing },
    comments: { count: 50, answered: { p50: 20, p95: 40 }, shown: { p50: 60, p95: 120.04, most: 150 } },
  })
  expect(text).toContain('| CPU slowed down 4 times | nothing beside it | 500 threads, 200 proposals | ratio |')
  expect(text).toContain('| opened again: all there and quiet, ms | 2000 | 2500 | 1.25 |')
  expect(text).toContain('| ten keys a second: frames a second | 60.0 | 48.0 | 0.80 |')
  expect(text).toContain('| ten keys a second: CPU of the page for a key, ms | 8.0 | 10.0 | 1.25 |')
  expect(text).toContain('120.0 frames a second, 4.0 ms of CPU for a key')
  expect(text).toContain('60.0 ms (p50), 120.0 ms (p95), 150.0 ms at most')
})
