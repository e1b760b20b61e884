import { expect, test } from 'vitest'
import { contenders } from './contenders.ts'
import type { Measure } from './row.ts'
import type { Result } from './suite.ts'
import { bestPeer, ratioTo, renderBehind, renderRecordCost, renderTable } from './table.ts'

const time: Measure = { key: 'p99', label: 'p99', unit: 'ms', better: 'lower', digits: 1 }
const rate: Measure = { key: 'rate', label: 'rate', unit: 'updates/s', better: 'higher', digits: 0 }

const result = (measure: Measure, medians: Record<string, number>): Result => ({
  row: 'a-row',
  title: 'some work',
  measure,
  servers: Object.fromEntries(
    Object.entries(medians).map(([name, value]) => [name, { median: value, values: [value] }]),
  ),
})

test('the best peer is the lowest or the highest, and never the relay', () => {
  const medians = { relay: 0.5, 'relay-turn': 99, ywebsocket: 3, 'hocuspocus-pg': 2, cabildo: 1 }
  expect(bestPeer(result(time, medians))).toBe('hocuspocus-pg')
  expect(bestPeer(result(rate, medians))).toBe('ywebsocket')
  expect(bestPeer(result(time, { relay: 1, cabildo: 1 }))).toBeUndefined()
})

test('ahead is below for times, above for rates; never arriving is behind; even is ahead', () => {
  expect(ratioTo(result(time, { cabildo: 1, ywebsocket: 2 }), 'cabildo', 'ywebsocket')).toEqual({
    value: 0.5,
    ahead: true,
  })
  expect(ratioTo(result(rate, { cabildo: 1, ywebsocket: 2 }), 'cabildo', 'ywebsocket')).toEqual({
    value: 0.5,
    ahead: false,
  })
  expect(
    ratioTo(result(time, { cabildo: Number.POSITIVE_INFINITY, ywebsocket: 2 }), 'cabildo', 'ywebsocket')?.ahead,
  ).toBe(false)
  expect(ratioTo(result(time, { cabildo: 0, ywebsocket: 0 }), 'cabildo', 'ywebsocket')).toEqual({
    value: 1,
    ahead: true,
  })
  expect(ratioTo(result(time, { cabildo: 1 }), 'cabildo', 'ywebsocket')).toBeUndefined()
})

test('the table says where we are behind, and leaves out what is kept aside', () => {
  const taking = contenders.filter(({ name }) => ['ywebsocket', 'cabildo'].includes(name))
  const table = renderTable(
    [
      result(time, { ywebsocket: 2, cabildo: 3 }),
      result(rate, { ywebsocket: 12_000, cabildo: 24_000 }),
      result({ ...time, aside: true }, { ywebsocket: 1, cabildo: 1 }),
      result(time, { ywebsocket: Number.POSITIVE_INFINITY }),
    ],
    taking,
  )
  expect(table.split('\n')).toEqual([
    '| work                       | ywebsocket | cabildo |           ours / best peer |',
    '| -------------------------- | ---------: | ------: | -------------------------: |',
    '| some work: p99, ms         |        2.0 |     3.0 | 1.50 **behind** ywebsocket |',
    '| some work: rate, updates/s |     12,000 |  24,000 |   2.00 ahead of ywebsocket |',
    '| some work: p99, ms         |      never |       – |                          – |',
  ])
})

test('every measure on which we are behind is said', () => {
  const ahead = result(time, { ywebsocket: 2, cabildo: 1 })
  const behind = result(rate, { ywebsocket: 20, cabildo: 10 })
  expect(renderBehind([ahead, behind], 'cabildo')).toBe(
    'Behind the best peer:\n\n- some work: rate, 0.50 times that of ywebsocket',
  )
  expect(renderBehind([ahead], 'cabildo')).toBe('Behind the best peer: nowhere.')
})

test('what the record adds is said in per cent where both were measured', () => {
  const both = result({ ...time, unit: 'µs', label: 'CPU' }, { cabildo: 69, 'cabildo-unrecorded': 60 })
  expect(renderRecordCost([both, result(rate, { cabildo: 1 })])).toBe(
    'What the record adds:\n\n- some work: CPU, 69.0 µs with the record, 60.0 without: 15 % more',
  )
  expect(renderRecordCost([result(rate, { cabildo: 1 })])).toBeUndefined()
})
