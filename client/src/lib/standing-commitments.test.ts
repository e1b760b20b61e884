import type { CommitmentState } from '@cabildo/protocol/http/common'
import { expect, test } from 'vitest'
import { standingCommitments } from './standing-commitments.ts'

const one = (number: number, state: CommitmentState) => ({ number, state, documentId: `d${number}` as never })
const all = [one(1, 'drafting'), one(2, 'withdrawn'), one(3, 'merged'), one(4, 'approved')]
const numbers = (some: readonly { number: number }[]) => some.map(({ number }) => number)

test('nothing new is about a commitment that was withdrawn or merged', () => {
  expect(numbers(standingCommitments(all))).toEqual([1, 4])
})

test('one that was chosen before stays among them', () => {
  expect(numbers(standingCommitments(all, 'd2'))).toEqual([1, 2, 4])
  expect(numbers(standingCommitments(all, 'd1'))).toEqual([1, 4])
})
