import type { NewsItem } from '@cabildo/protocol/http/news'
import { expect, test } from 'vitest'
import { counted, firstPlan, inputPlaceOf, placeOf, placeOfText, short } from './model.ts'

const plan = (slug: string, all: number, mine = 0) => ({ slug, title: slug, unread: { all, mine } })

test('[NE30] the bell counts the plan on the screen, and elsewhere all of them', () => {
  const plans = [plan('chepo', 2, 1), plan('otro', 100)]
  expect(counted(plans, 'chepo')).toEqual({ all: 2, mine: 1 })
  expect(counted(plans, undefined)).toEqual({ all: 102, mine: 1 })
  expect(counted([], 'chepo')).toEqual({ all: 0, mine: 0 })
  expect([short(0), short(99), short(100)]).toEqual(['0', '99', '99+'])
})

test('[NE30] the plan on the screen is shown first, else one with something new', () => {
  const plans = [plan('a', 0), plan('b', 3)]
  expect(firstPlan(plans, 'a')?.slug).toBe('a')
  expect(firstPlan(plans, undefined)?.slug).toBe('b')
  expect(firstPlan([plan('a', 0)], undefined)?.slug).toBe('a')
  expect(firstPlan([], 'a')).toBeUndefined()
})

test('[NE3] news lead to the thread, the proposal, the version, the commitment, the input, or the list of several', () => {
  // Only what decides.
  const item = (more: object) =>
    ({ document: { number: 2 }, thread: null, proposal: null, version: null, ...more }) as NewsItem
  const to = '/plans/$slug/commitments/$number'
  const params = { slug: 'chepo', number: '2' }
  expect(placeOf(item({ thread: { number: 7 } }), 'chepo')).toEqual({ to, params, search: { threads: 7 } })
  expect(placeOf(item({ proposal: { number: 5 } }), 'chepo')).toEqual({ to, params, search: { proposals: 5 } })
  expect(placeOf(item({ version: { id: 'v' } }), 'chepo')).toEqual({ to, params, search: { v: 'v' } })
  expect(placeOf(item({}), 'chepo')).toEqual({ to, params, search: {} })
  expect(placeOf(item({ document: { number: -5 } }), 'chepo')).toMatchObject({
    ...{ to: '/plans/$slug/meetings/$number/minutes', params: { slug: 'chepo', number: '5' } },
  })
  expect(placeOf(item({ document: { number: 0 } }), 'chepo')).toMatchObject({ to: '/plans/$slug/document' })
  expect(placeOf(item({ document: null, kind: 'brought' }), 'chepo')).toBeUndefined()
  const about = (kind: string, input: object | null, more: object = {}) =>
    inputPlaceOf(item({ kind, input, count: 1, cause: null, ...more }), 'chepo')
  const one = { to: '/plans/$slug/inputs/$number', params: { slug: 'chepo', number: '9' } }
  expect(about('answered', { number: 9 })).toEqual(one)
  expect(about('brought', { number: 9 })).toEqual(one)
  expect(about('shown', { number: 9 })).toBeUndefined()
  expect(about('version', null)).toBeUndefined()
  const list = { to: '/plans/$slug/inputs', params: { slug: 'chepo' } }
  expect(about('brought', { number: 9 }, { count: 2 })).toEqual({ ...list, search: {} })
  expect(about('brought', { number: 9 }, { count: 2, cause: 'input' })).toEqual({ ...list, search: { mine: true } })
  const text = (since: number) => ({ document: { number: 2 }, since }) as Parameters<typeof placeOfText>[0]
  expect(placeOfText(text(40), 'chepo')).toEqual({ to, params, search: { at: 40, with: 'head' } })
  expect(placeOfText(text(0), 'chepo')).toEqual({ to, params, search: {} })
})

test('[NE3] news of a life lead to the commitment or the plan, those of an approval to its page', () => {
  const place = (kind: string, more: object = {}) => {
    const item = { kind, document: { number: 2 }, thread: null, proposal: null, version: null, ...more }
    // Only what decides.
    const { to, params, search } = placeOf(item as NewsItem, 'chepo') ?? {}
    return [to, params?.number, search]
  }
  const version = { id: 'v', number: 4 }
  for (const kind of ['asked', 'approved', 'returned', 'recalled'])
    expect(place(kind, { version })).toEqual(['/plans/$slug/commitments/$number/approval', '2', {}])
  for (const kind of ['moved', 'dissented']) expect(place(kind)).toEqual(['/plans/$slug/commitments/$number', '2', {}])
  expect(place('dissented', { document: { number: 0 } })).toEqual(['/plans/$slug/document', '0', {}])
  expect(place('moved', { document: null })).toEqual(['/plans/$slug', '0', {}])
})
