import type { Dissent } from '@cabildo/protocol/http/dissents'
import { expect, test } from 'vitest'
import { standingOn } from './model.ts'

const at = (hour: number) => `2026-04-03T${hour}:00:00.000Z`
const one = (number: number, field: string, stated: number, withdrawn?: number) =>
  ({
    ...{ number, field, statedAt: at(stated) },
    withdrawn: withdrawn === undefined ? null : { at: at(withdrawn) },
  }) as unknown as Dissent
const all = [one(1, 'summary', 10), one(2, 'summary', 10, 12), one(3, 'problem', 10), one(4, 'summary', 14)]
const numbers = (list: Dissent[]) => list.map(({ number }) => number)

test('[DI6] now those stand that were not withdrawn; in a version those that stood when it was made', () => {
  expect(numbers(standingOn(all, 'summary'))).toEqual([1, 4])
  expect(numbers(standingOn(all, 'summary', at(11)))).toEqual([1, 2])
  expect(numbers(standingOn(all, 'summary', at(12)))).toEqual([1])
  expect(numbers(standingOn(all, 'problem', at(11)))).toEqual([3])
})
