import { expect, test } from 'vitest'
import { proposalName, proposalsOf } from '../../sync/kept-writing.ts'
import { forgetEarlier } from './forget-earlier.ts'

test('what was written on a text that was replaced goes when the new one is opened, and nothing else', () => {
  const mine = proposalName('doc', 'ana', 2)
  const revising = proposalName('doc', 'ana', 2, 'other')
  const elsewhere = proposalName('doc2', 'ana', 1)
  const theirs = proposalName('doc', 'ben', 1)
  const kept = new Set([mine, revising, proposalName('doc', 'ana', 1), elsewhere, theirs])
  const tab = {
    get length() {
      return kept.size
    },
    key: (at: number) => [...kept][at] ?? null,
    removeItem: (name: string) => void kept.delete(name),
  } as Storage
  forgetEarlier('doc', 'ana', 2, tab)
  expect([...kept]).toEqual([mine, revising, elsewhere, theirs])
  expect([...kept].filter((name) => name.startsWith(proposalsOf('ana')))).toEqual([mine, revising, elsewhere])
})
