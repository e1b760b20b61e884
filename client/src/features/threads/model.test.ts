import type { Thread } from '@cabildo/protocol/http/threads'
import type { UserId } from '@cabildo/protocol/ids'
import { ogpCommitment } from '@cabildo/schema/templates/ogp-commitment'
import { describe, expect, test } from 'vitest'
import { merged } from './known.ts'
import {
  bodyToEdit,
  bodyToSend,
  filtered,
  inReadingOrder,
  labelFor,
  mentionAt,
  neighbour,
  noFilters,
  piecesOfBody,
  subjectsOf,
} from './model.ts'

const ids = { ana: 'a'.repeat(22) as UserId, anaPaz: 'b'.repeat(22) as UserId, luis: 'c'.repeat(22) as UserId }
const person = (id: UserId, name: string) => ({ id, name, group: null })

/** A thread with what a test needs of it. */
const thread = (number: number, more: object = {}): Thread =>
  ({
    ...{ id: `thread-${number}`, number, kind: 'comment', field: null, quote: null, places: [], resolved: false },
    ...{ comments: [], steps: [] },
    ...more,
  }) as unknown as Thread

const numbers = (threads: readonly Thread[]) => threads.map(({ number }) => number)
const at = (field: string, start: number) => ({ field, quote: 'x', places: [{ field, start, text: 'x', ids: [] }] })

test('[TH16] threads stand as one reads: the whole, by field, all of the field first, by place, and those without a place last', () => {
  const threads = [
    thread(1, at('solution', 3)),
    thread(2, { field: 'problem', quote: 'x' }),
    thread(3, at('problem', 40)),
    thread(4, { field: 'problem' }),
    thread(5),
    thread(6, at('problem', 4)),
    // Its words were moved to another field.
    thread(7, { ...at('problem', 5), field: 'solution' }),
    thread(8, { field: 'problem', quote: 'x' }),
  ]
  const ordered = inReadingOrder(threads, ['problem', 'solution'])
  expect(numbers(ordered)).toEqual([5, 4, 6, 7, 3, 2, 8, 1])
  const next = (number: number | undefined, by: 1 | -1) => neighbour(ordered, number, by)?.number
  expect([next(6, 1), next(6, -1), next(1, 1), next(5, -1), next(undefined, 1), next(99, -1)]).toEqual([
    7, 4, 5, 1, 5, 1,
  ])
  expect(neighbour([], 1, 1)).toBeUndefined()
})

test('filters go together', () => {
  const said = (own: boolean, mentions: object[] = []) => ({ comments: [{ own, mentions }] })
  const threads = [
    thread(1, said(true)),
    thread(2, { ...said(false, [person(ids.ana, 'Ana')]), kind: 'question', field: 'problem' }),
    thread(3, { ...said(true), resolved: true, kind: 'question' }),
  ]
  const pass = (filters: object) => numbers(filtered(threads, { ...noFilters, ...filters }, ids.ana))
  expect(pass({})).toEqual([1, 2])
  expect(pass({ state: 'resolved' })).toEqual([3])
  expect(pass({ state: 'all', kind: 'question' })).toEqual([2, 3])
  expect(pass({ state: 'all', whose: 'mine' })).toEqual([1, 3])
  expect(pass({ whose: 'mentions' })).toEqual([2])
  expect(pass({ field: 'whole' })).toEqual([1])
  expect(pass({ field: 'problem', whose: 'mine' })).toEqual([])
})

test('a thread may be on any field or fact of the form, in the order of its sections', () => {
  const names = subjectsOf(ogpCommitment).map(({ name }) => name)
  expect(names.toSorted()).toEqual(
    [...ogpCommitment.fields.map(({ name }) => name), ...ogpCommitment.facts.map(({ key: fact }) => fact)].toSorted(),
  )
  expect(names.indexOf('leadInstitution')).toBeGreaterThan(names.indexOf('summary'))
  expect(names.indexOf('leadInstitution')).toBeLessThan(names.indexOf('problem'))
})

test('what changed takes the place of what is known', () => {
  const now = merged([thread(1), thread(3)], [thread(2), thread(3, { resolved: true })])
  expect(now.map(({ number, resolved }) => [number, resolved])).toEqual([
    [1, false],
    [2, false],
    [3, true],
  ])
})

describe('[TH8] people are named', () => {
  const named = new Map([
    ['@Ana', ids.ana],
    ['@Ana Paz', ids.anaPaz],
    ['@Luis', ids.luis],
  ])

  test('by id in what is sent, longer names first, and only those who still stand there', () => {
    const { body, mentions } = bodyToSend(' @Ana Paz y @Ana, miren. ', named)
    expect(body).toBe(`@[${ids.anaPaz}] y @[${ids.ana}], miren.`)
    expect(new Set(mentions)).toEqual(new Set([ids.ana, ids.anaPaz]))
  })

  test('[TH19] whom nobody named is not taken for somebody whose name theirs begins with', () => {
    const named = new Map([
      ['@Ana', ids.ana],
      ['@Luz (2)', ids.luis],
    ])
    expect(bodyToSend('@Anabel, @Ana: @Luz (2).', named)).toEqual({
      body: `@Anabel, @[${ids.ana}]: @[${ids.luis}].`,
      mentions: [ids.ana, ids.luis],
    })
    expect(bodyToSend('@Anabel', named).mentions).toEqual([])
  })

  test('and what was sent is written again as it was', () => {
    const people = [person(ids.ana, 'Ana'), person(ids.anaPaz, 'Ana')]
    const comment = { body: `Sí, @[${ids.ana}] y @[${ids.anaPaz}].`, mentions: people }
    const { written, named: again } = bodyToEdit(comment, ({ name }) => name)
    expect(written).toBe('Sí, @Ana y @Ana (2).')
    expect(bodyToSend(written, again).body).toBe(comment.body)
  })

  test('somebody who is not known stays nobody', () => {
    expect(piecesOfBody({ body: `Hola @[${ids.luis}]`, mentions: [] })).toEqual([{ words: 'Hola ' }, { words: '@…' }])
  })

  test('the same person has one label, another of that name a second', () => {
    expect([labelFor('Ana', ids.ana, named), labelFor('Ana', ids.luis, named)]).toEqual(['@Ana', '@Ana (2)'])
  })

  test('an @ asks for names, one in an address does not', () => {
    expect(mentionAt('Mire @an', 8)).toEqual({ from: 5, typed: 'an' })
    expect(mentionAt('Mire @', 6)).toEqual({ from: 5, typed: '' })
    expect(mentionAt('@José Ló', 8)).toEqual({ from: 0, typed: 'José Ló' })
    expect([mentionAt('ana@correo', 10), mentionAt('Mire', 4), mentionAt('@an', 0)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})
