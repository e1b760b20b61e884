import { expect, test } from 'vitest'
import { renderSite } from './suite.ts'

test('the table puts our pages beside plain ones, and tells how they were answered', () => {
  const round = {
    ackP50: 4,
    ackP99: 20,
    pageP50: 2,
    pageP95: 8,
    pageP99: 12,
    perSecond: 199.6,
    statuses: {},
    largest: 0,
  }
  const none = { ...round, pageP50: Number.NaN, pageP95: Number.NaN, pageP99: Number.NaN }
  const ours = { ...round, pageP95: 16, statuses: { '200': 4000 }, largest: 14_321 }
  const text = renderSite({ alone: none, plain: round, ours })
  expect(text).toContain('| the same: p95 |  | 8.0 | 16.0 | 2.00 |')
  expect(text).toContain(
    '200 requests a second, answered 200 4000 times; the largest page was 14,321 bytes on the wire.',
  )
})
