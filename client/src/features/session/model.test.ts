import { expect, test } from 'vitest'
import { demoAccounts, minutesToWait } from './model.ts'

test('a wait is told in whole minutes, never zero', () => {
  expect([undefined, 0.5, 60, 61, 900].map(minutesToWait)).toEqual([undefined, 1, 1, 2, 15])
})

test('the demo offers its nine accounts, the two that write together first', () => {
  expect(demoAccounts.map(({ email }) => email)).toEqual([
    'gobierno@demo.cabildo.test',
    'sociedad@demo.cabildo.test',
    'coordinacion@demo.cabildo.test',
    'facilitacion@demo.cabildo.test',
    'revision@demo.cabildo.test',
    'alcaldia@demo.cabildo.test',
    'aval@demo.cabildo.test',
    'monitoreo@demo.cabildo.test',
    'ajena@demo.cabildo.test',
  ])
})
