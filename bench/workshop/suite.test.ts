import { expect, test } from 'vitest'
import { type Round, renderWorkshop } from './suite.ts'

const round = (factor: number, refused: Round['refused'] = {}): Round => ({
  joinP50: 10 * factor,
  joinP99: 20 * factor,
  allInside: 1000 * factor,
  ackP50: 4 * factor,
  ackP99: 8 * factor,
  shownP50: 5 * factor,
  shownP99: 9 * factor,
  lost: 0,
  cpu: 100 * factor,
  firstCpu: 60 * factor,
  bareCpu: 20 * factor,
  signIns: Object.keys(refused).length > 0 ? 200 : 0,
  refused,
})

test('the table tells medians, ratios to the calm and to the flood elsewhere, and how the sign-ins were answered', () => {
  const text = renderWorkshop({
    calm: [round(1), round(3), round(2)],
    bare: [round(2.5, { 429: 200 })],
    flood: [round(3, { 401: 10, 429: 190 }), round(3, { 429: 200 })],
  })
  expect(text).toContain('| until all sixty have the document open, ms | 2000.0 | 2500.0 | 3000.0 | 1.50 | 1.20 |')
  expect(text).toContain('200 sign-ins a second, each from another address; ours answered 401 10 times, 429 390 times.')
  expect(text).toContain('the thread of the rooms 0.15 ms, those that are checked included; the bare server 0.25 ms.')
})
