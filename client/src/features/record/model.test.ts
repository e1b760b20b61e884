import type { Person } from '@cabildo/protocol/http/common'
import type { RecordItem, RecordPerson } from '@cabildo/protocol/http/record'
import { expect, test } from 'vitest'
import { dayOf, daysOf, isCalled, queryOf, shortKey, summed, whoOptions } from './model.ts'

const agua = { id: 'd1', number: 1, title: 'Agua' } as RecordItem['document']
const luz = { id: 'd2', number: 2, title: 'Luz' } as RecordItem['document']
const noon = new Date(2026, 2, 28, 12)

function entry(seq: number, more: Partial<RecordItem> = {}): RecordItem {
  return {
    seq,
    type: 'update-batch',
    at: new Date(noon.getTime() + seq * 1000).toISOString(),
    actor: { pid: 'ana', person: null, role: 'drafter', side: null },
    behalf: null,
    group: null,
    document: agua,
    details: { updates: 2, from: seq, to: seq + 1 },
    erased: false,
    hash: '',
    index: seq,
    ...more,
  }
}
const cora = { actor: { pid: 'cora', person: null, role: null, side: null } }
const folded = (items: RecordItem[]) =>
  daysOf(items).map(({ lines }) => lines.map((line) => line.items.map(({ seq }) => seq)))

test('[RC130] what one person wrote on in one text is one line, with all its changes', () => {
  const items = [
    entry(6),
    entry(5),
    entry(4, cora),
    entry(3),
    entry(2, { document: luz }),
    entry(1, { type: 'version' }),
  ]
  expect(folded(items)).toEqual([[[6, 5], [4], [3], [2], [1]]])
  const line = daysOf(items)[0]?.lines[0]
  expect(line && summed(line)).toMatchObject({ seq: 6, details: { updates: 4 } })
})

test('nothing is folded over midnight, and what was erased stands apart from what was not', () => {
  const yesterday = new Date(2026, 2, 27, 23).toISOString()
  expect(folded([entry(3), entry(2, { erased: true }), entry(1, { at: yesterday, erased: true })])).toEqual([
    [[3], [2]],
    [[1]],
  ])
  expect(dayOf(yesterday)).toBe('2026-03-27')
})

test('writing of nobody, or in a text that is no commitment, is not taken for one', () => {
  expect(folded([entry(4, { actor: null }), entry(3, { actor: null })])).toEqual([[[4], [3]]])
  expect(folded([entry(2, { document: null }), entry(1, { document: null })])).toEqual([[[2], [1]]])
})

test('[RC131] days of the reader are asked for from their first moment to before the next day', () => {
  expect(queryOf({ type: 'version', from: '2026-03-28', to: '2026-03-28', entry: 3 })).toEqual({
    type: 'version',
    from: new Date(2026, 2, 28).toISOString(),
    to: new Date(2026, 2, 29).toISOString(),
  })
  expect(queryOf({ entry: 'first' })).toEqual({})
})

test('a key is told by its name and its digits', () => {
  expect(shortKey('chepo.example/record+5a3c9f10+AVcJ+0dY')).toBe('chepo.example/record+5a3c9f10')
})

test('[RC131] who can be asked for is who is shown by name, as names are ordered; namesakes are told apart by group', () => {
  const kernel = { id: 'g1', name: 'Kernel', sector: 'civil_society' } as const
  const person = (pid: string, name: string, group: { name: string } | null = kernel) =>
    ({ pid, person: { id: pid, name, group } }) as RecordPerson
  const offered = whoOptions(
    [
      person('p1', 'Zoila'),
      person('p2', ''),
      person('p3', '', null),
      { pid: 'p4', person: null },
      person('p5', 'Ana', { name: 'Vecinos' }),
      person('p6', 'Álvaro'),
      person('p7', 'Ana'),
    ],
    (shown: Person) => shown.name,
    'es',
  )
  expect(offered).toEqual([
    { value: 'p6', label: 'Álvaro' },
    { value: 'p7', label: 'Ana, Kernel' },
    { value: 'p5', label: 'Ana, Vecinos' },
    { value: 'p1', label: 'Zoila' },
  ])
})

test('[RC131] a name is found by letters typed without accents and capitals', () => {
  expect(['abrego', 'ÁBREGO', 'rub', ''].map((letters) => isCalled('Rubén Ábrego', letters))).toEqual([
    true,
    true,
    true,
    true,
  ])
  expect(isCalled('Rubén Ábrego', 'ruiz')).toBe(false)
})
