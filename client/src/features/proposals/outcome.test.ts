import type { Proposal } from '@cabildo/protocol/http/proposals'
import type { TFunction } from 'i18next'
import { expect, test } from 'vitest'
import { allTold, outcomeTold, type Wish } from './outcome.ts'

type Step = Proposal['steps'][number]

const step = (kind: Step['step'], by: string, hunks: number[]): Step => ({
  ...{ step: kind, hunks, reason: '', at: '2026-03-29T09:00:00.000Z', seq: null, entry: 1, salt: null },
  by: { id: by, name: by } as Step['by'],
})

/** A proposal of so many parts, with the steps that were taken. */
const proposal = (parts: number, steps: Step[]): Proposal =>
  ({
    id: 'one',
    number: 7,
    hunks: Array.from({ length: parts }, () => ({ state: 'open', fits: true })),
    steps,
  }) as unknown as Proposal

const t = ((key: string, values?: object) =>
  [key, ...Object.values(values ?? {})].join(' ')) as unknown as TFunction<'proposals'>

const wish = (kind: Wish['step'], hunks: number[], after = 0): Wish => ({
  ...{ proposalId: 'one', step: kind, hunks, reason: '', after },
})

const told = (asked: Wish, how: 'done' | 'refused', parts: number, steps: Step[]) =>
  outcomeTold({ wish: asked, how }, [proposal(parts, steps)], 'me', t)

test('[PC19] what was done is told as it was then, whatever others decide afterwards', () => {
  const mine = step('accepted', 'me', [1])
  expect(told(wish('accept', [1]), 'done', 2, [])).toBeUndefined()
  expect(told(wish('accept', [1]), 'done', 2, [mine])).toBe('told.accepted.part 7 1')
  expect(told(wish('accept', [1]), 'done', 2, [mine, step('rejected', 'eva', [2])])).toBe('told.accepted.part 7 1')
  expect(told(wish('reject', [2], 1), 'done', 2, [mine, step('rejected', 'me', [2])])).toBe(
    'told.rejected.part 7 1 told.nothingLeft',
  )
  expect(told(wish('accept', [1, 2]), 'done', 2, [step('accepted', 'me', [1, 2])])).toBe('told.accepted.whole 7')
  expect(told(wish('withdraw', []), 'done', 2, [step('withdrawn', 'me', [])])).toBe('told.withdrawn 7')
})

test('[PC6] somebody else was faster only where they decided on what was asked for, and never when it was oneself', () => {
  const asked = wish('reject', [1])
  expect(told(asked, 'refused', 2, [step('accepted', 'eva', [1])])).toBe('told.faster 7')
  expect(told(asked, 'refused', 2, [step('withdrawn', 'eva', [])])).toBe('told.faster 7')
  // Its words had changed; another part was accepted meanwhile.
  expect(told(asked, 'refused', 2, [step('accepted', 'eva', [2])])).toBeUndefined()
  // Before it was asked.
  expect(told(wish('reject', [1], 1), 'refused', 2, [step('accepted', 'eva', [1])])).toBeUndefined()
  // The answer was lost on its way.
  expect(told(asked, 'refused', 1, [step('rejected', 'me', [1])])).toBe('told.rejected.whole 7')
  // In another tab.
  expect(told(asked, 'refused', 1, [step('accepted', 'me', [1])])).toBeUndefined()
})

test('[PC6] [PC8] what became of all of one person is told as answered, and by the list where the answer was lost', () => {
  const all = [
    { ...proposal(1, [step('accepted', 'me', [1])]), id: 'first' },
    { ...proposal(1, []), id: 'second', hunks: [{ state: 'open', fits: false }] },
    { ...proposal(1, [step('accepted', 'eva', [1])]), id: 'third' },
    { ...proposal(1, [step('rejected', 'me', [1]), step('accepted', 'me', [1])]), id: 'fourth' },
  ] as unknown as Proposal[]
  const wishFor = (...of: [id: string, after: number][]) => ({
    name: 'Noris',
    proposals: of.map(([id, after]) => ({ id, after })),
  })
  const asked = wishFor(['first', 0], ['second', 0], ['third', 0], ['fourth', 1])
  expect(allTold({ wish: asked, answered: undefined }, all, 'me', t)).toBe('told.all Noris 2 act.left 1')
  // The list may not have come since.
  expect(allTold({ wish: asked, answered: { accepted: 3, left: 0 } }, all, 'me', t)).toBe('told.all Noris 3')
  // What was accepted before it was asked, or by another, is not what was asked.
  const others = wishFor(['first', 1], ['third', 0])
  expect(allTold({ wish: others, answered: undefined }, all, 'me', t)).toBeUndefined()
  expect(allTold({ wish: others, answered: { accepted: 0, left: 1 } }, all, 'me', t)).toBe(
    'told.all Noris 0 act.left 1',
  )
})
