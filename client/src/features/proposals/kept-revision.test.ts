import type { Proposal } from '@cabildo/protocol/http/proposals'
import { expect, test } from 'vitest'
import { proposalName } from '../../sync/kept-writing.ts'
import { keptRevision } from './kept-revision.ts'

test('[PC18] what one was writing in place of a proposal of one’s own is offered again, on the same text alone', () => {
  const proposal = (id: string, own = true, withdraw = true) =>
    ({ id, own, may: { decide: false, withdraw } }) as unknown as Proposal
  const here = { documentId: 'd', userId: 'u', epoch: 2 }
  const kept = new Set([
    proposalName('d', 'u', 2, 'two'),
    proposalName('d', 'u', 1, 'one'),
    proposalName('d', 'u', 2, 'gone'),
  ])
  const tab = { getItem: (name: string) => (kept.has(name) ? 'kept' : null) }
  const found = (...all: Proposal[]) => keptRevision(all, here, tab)?.id
  expect(found(proposal('one'), proposal('two'))).toBe('two')
  expect(found(proposal('one'))).toBeUndefined()
  expect(found(proposal('two', false))).toBeUndefined()
  expect(found(proposal('two', true, false))).toBeUndefined()
})
