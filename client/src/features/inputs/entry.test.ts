import { expect, test } from 'vitest'
import { Refusal } from '../../lib/refusal.ts'
import {
  afterSending,
  alikeRows,
  batches,
  begunAs,
  bodyOf,
  emptyRow,
  type Facts,
  faultsOf,
  isForOthers,
  withConsent,
  withoutConsent,
  withPart,
  withPasted,
} from './entry.ts'
import { readPastedIdeas } from './paste.ts'
import { readInputsSearch } from './search.ts'

const rowsOf = (...words: string[]) => words.map((one) => emptyRow({ words: one, name: '', consent: false }))
const facts: Facts = {
  ...{ channel: 'paper', place: ' Las Margaritas ', saidOn: '2026-03-28', language: 'es', own: false },
  ...{ groupId: '', documentId: '', display: 'group' },
}

test('[IN43] a pasted sheet is an idea a line, with quoted cells as spreadsheets write them, and without its heading', () => {
  const sheet = 'Idea\tNombre\tAceptó\r\nLuz\tRosa\tSÍ\r\n\r\n"Agua,\ny ""sombra"""\t\tsí\r\n-5 grados\tLuis\tno\n'
  expect(readPastedIdeas(sheet)).toEqual([
    { words: 'Luz', name: 'Rosa', consent: true },
    { words: 'Agua,\ny "sombra"', name: '', consent: false },
    { words: '-5 grados', name: 'Luis', consent: false },
  ])
})

test('[IN43] a paste fills an empty row, stands after a written one, and leaves the others as they were', () => {
  const words = (rows: { words: string }[]) => rows.map((row) => row.words)
  const ideas = [
    { words: 'x', name: '', consent: false },
    { words: 'y', name: '', consent: false },
  ]
  expect(words(withPasted(rowsOf('a', '', 'b'), 1, ideas))).toEqual(['a', 'x', 'y', 'b'])
  expect(words(withPasted(rowsOf('a', 'b'), 0, ideas))).toEqual(['a', 'x', 'y', 'b'])
})

test('[IN44] rows that say something are sent by fifties, each with a key of its own', () => {
  const rows = [...rowsOf(' ', ''), ...rowsOf(...Array.from({ length: 120 }, (_, at) => `idea ${at}`))]
  expect(batches(rows).map((list) => list.length)).toEqual([50, 50, 20])
  expect(new Set(rows.map(({ key }) => key)).size).toBe(122)
})

test('[IN71] a list stays what it was begun as, whatever its writer may do meanwhile', () => {
  const [row] = rowsOf('Luz')
  if (!row) throw new Error('there is a row')
  const blank = { facts, rows: [emptyRow()], stored: 0 }
  const begun = (forOthers: boolean) => ({ ...blank, rows: [row, emptyRow()], forOthers })
  for (const may of [true, false]) {
    expect([true, false].map((forOthers) => isForOthers(begun(forOthers), may))).toEqual([true, false])
    // Nothing stands in it yet, or it was kept before lists said so.
    expect(isForOthers({ ...blank, forOthers: !may }, may)).toBe(may)
    expect(isForOthers({ ...blank, rows: [row] }, may)).toBe(may)
  }
  expect([begun(true), begun(false), { ...blank, forOthers: true }, undefined].map(begunAs)).toEqual([
    ...[true, false, undefined, undefined],
  ])
})

test('[IN44] a row is sent with what the list has in common, and nothing that was left empty', () => {
  const [row] = rowsOf(' Luz ')
  if (!row) throw new Error('there is a row')
  const sent = {
    key: row.key,
    channel: 'paper',
    language: 'es',
    words: 'Luz',
    place: 'Las Margaritas',
    saidOn: '2026-03-28',
  }
  expect(bodyOf({ ...row, name: 'Rosa', consent: true }, facts)).toEqual({
    ...sent,
    from: { name: 'Rosa', display: 'group' },
    consent: true,
  })
  expect(bodyOf({ ...row, consent: true }, facts)).toEqual({ ...sent, from: {}, consent: false })
  expect(bodyOf({ ...row, name: 'Rosa' }, { ...facts, own: true })).toEqual(sent)
})

test('[IN44] a row goes once what it says is stored; what was changed meanwhile, or stored otherwise before, stays under a new key', () => {
  const sent = rowsOf('Luz', 'Agua', 'Sombra', 'Bancas')
  const now = sent.map((row, at) => ({
    ...row,
    ...(at === 1 && { words: 'Agua limpia' }),
    ...(at === 2 && { name: 'Rosa' }),
  }))
  const later = emptyRow({ words: 'Después', name: '', consent: false })
  const answers = sent.map(({ key }, at) => ({ key, number: at + 7, same: at !== 3 }))
  const { rows, stored } = afterSending([...now, later], sent, answers)
  expect(stored).toBe(3)
  expect(rows.map(({ words, name, before }) => [words, name, before])).toEqual([
    ['Agua limpia', '', 8],
    ['Sombra', 'Rosa', 9],
    ['Bancas', '', 10],
    ['Después', '', undefined],
  ])
  expect(rows.at(-1)).toBe(later)
  const keys = new Set(sent.map(({ key }) => key))
  expect(rows.filter(({ key }) => keys.has(key))).toEqual([])
  const all = afterSending(
    sent,
    sent,
    answers.map((one) => ({ ...one, same: true })),
  )
  expect(all.rows.map(({ words }) => words)).toEqual([''])
})

test('[IN67] nobody is named who has not agreed: each row says it, all at once, and a name that was let go of takes it along', () => {
  const rows = [
    ...[
      emptyRow({ words: 'Luz', name: 'Rosa', consent: false }),
      emptyRow({ words: 'Agua', name: 'Luis', consent: true }),
    ],
    ...[emptyRow({ words: ' ', name: 'Ana', consent: false }), ...rowsOf('Sombra')],
  ]
  const [rosa, luis] = rows
  if (!rosa || !luis) throw new Error('there are rows')
  expect(withoutConsent(rows, { own: false })).toEqual([rosa])
  expect(withoutConsent(rows, { own: true })).toEqual([])
  expect(withConsent(rows, true).map(({ consent }) => consent)).toEqual([true, true, true, false])
  expect(withConsent(rows, false).map(({ consent }) => consent)).toEqual([false, false, false, false])
  const agreed = withPart(rows, rosa.key, { consent: true })
  expect(withoutConsent(agreed, { own: false })).toEqual([])
  const nameless = withPart(agreed, rosa.key, { name: ' ' })
  expect(withPart(nameless, rosa.key, { name: 'Eva' })[0]?.consent).toBe(false)
  expect(withPart(rows, luis.key, { name: 'Luisa' })[1]?.consent).toBe(true)
})

test('[IN13] of two rows that say much the same the later one is pointed out, with the number of the earlier', () => {
  const rows = rowsOf('Luz en el parque', '', 'Agua', 'LUZ, más luz en el parque', 'Agua')
  expect([...alikeRows(rows)]).toEqual([
    [rows[3]?.key, 1],
    [rows[4]?.key, 3],
  ])
})

test('[IN45] what is refused is told at its row by its field', () => {
  const rows = rowsOf('a', 'b', 'c')
  const errors = [
    { pointer: '/inputs/1/from/groupId', detail: '' },
    { pointer: '/inputs/2', detail: '' },
    { pointer: '/inputs/9/words', detail: '' },
  ]
  expect([...faultsOf(new Refusal('invalid', 400, { errors }), rows)]).toEqual([
    [rows[1]?.key, 'groupId'],
    [rows[2]?.key, 'other'],
  ])
})

test('[IN42] the address says which inputs are listed; what it does not know it passes over', () => {
  expect(
    readInputsSearch({ state: 'unanswered', channel: 'paper', commitment: '2', mine: true, outcome: 'x' }),
  ).toEqual({
    ...{ state: 'unanswered', channel: 'paper', commitment: 2, mine: true },
  })
  expect(readInputsSearch({ state: 'all', commitment: '0', mine: 'yes' })).toEqual({})
})
