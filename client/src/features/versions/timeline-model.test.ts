import type { HistoryRun, VersionItem } from '@cabildo/protocol/http/api'
import type { TimelineMark } from '@cabildo/protocol/http/authorship'
import type { ApprovalId, UserId, VersionId, WorkshopId } from '@cabildo/protocol/ids'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  bands,
  markKey,
  markStops,
  marksAt,
  places,
  runAt,
  runStops,
  runsOfField,
  share,
  step,
  writers,
} from './timeline-model.ts'

const run = (author: string, fromSeq: number, toSeq: number): HistoryRun => ({
  fromSeq,
  toSeq,
  startedAt: '2026-03-28T15:00:00.000Z',
  endedAt: '2026-03-28T15:01:00.000Z',
  author: { id: author as UserId, name: author, group: null },
  typedBy: null,
  via: 'edit',
})

const version = (number: number, seq: number): VersionItem => ({
  id: `version-${number}` as VersionId,
  number,
  kind: 'automatic',
  name: null,
  note: null,
  seq,
  contentHash: `sha256:${'0'.repeat(64)}`,
  createdAt: '2026-03-28T15:00:00.000Z',
  createdBy: null,
  authors: [],
  restoredFrom: null,
})

const workshop: TimelineMark = {
  ...{ kind: 'workshop', id: 'w' as WorkshopId, title: 'Tortí', heldOn: '2026-03-28' },
  ...{ fromSeq: 4, toSeq: 9 },
}
const consultation: TimelineMark = {
  ...{ kind: 'consultation', of: 'plan', number: 1, state: 'consultation', fromSeq: 8, toSeq: 15 },
  ...{ opensAt: '2026-03-28T15:00:00.000Z', closesAt: '2026-04-28T15:00:00.000Z' },
}
const decision: TimelineMark = {
  ...{ kind: 'decision', id: 'a' as ApprovalId, number: 1, state: 'returned', fromSeq: 12, toSeq: 12 },
  at: '2026-03-28T15:00:00.000Z',
}

const anyRuns = fc
  .array(
    fc.record({ author: fc.constantFrom('ana', 'beto', 'caro', 'dani'), length: fc.integer({ min: 1, max: 400 }) }),
  )
  .map((list) => {
    let seq = 0
    return list.map(({ author, length }) => {
      seq += length
      return run(author, seq - length + 1, seq)
    })
  })

test('an entry stands on the track by its number', () => {
  expect(share(50, 200)).toBe(0.25)
  expect(share(900, 200)).toBe(1)
  expect(share(-3, 200)).toBe(0)
  expect(share(0, 0)).toBe(1)
})

test('every entry belongs to the run that holds it', () => {
  fc.assert(
    fc.property(anyRuns, fc.nat(2000), (runs, seq) => {
      const expected = runs.findLast((each) => each.fromSeq <= seq)
      expect(runAt(runs, seq)).toBe(expected)
    }),
  )
})

test('steps go from run to run and from mark to mark, and stay at the ends', () => {
  const stops = runStops([run('ana', 1, 4), run('beto', 5, 9), run('ana', 10, 12)], 15)
  expect(stops).toEqual([4, 9, 12, 15])
  expect(step(stops, 4, 1)).toBe(9)
  expect(step(stops, 6, 1)).toBe(9)
  expect(step(stops, 6, -1)).toBe(4)
  expect(step(stops, 15, 1)).toBe(15)
  expect(step(stops, 4, -1)).toBe(4)
  expect(markStops([version(3, 12), version(1, 4)], [workshop, decision], 15)).toEqual([4, 9, 12, 15])
  expect(markStops([], [], 7)).toEqual([7])
})

test('a head that is the end of a run is one stop, and an empty log has only its head', () => {
  expect(runStops([run('ana', 1, 4)], 4)).toEqual([4])
  expect(runStops([], 7)).toEqual([7])
})

test('bands cover the runs without gap, and few of them are too thin to see', () => {
  expect(bands([], 0)).toEqual([])
  const someRuns = anyRuns.filter((runs) => runs.length > 0)
  fc.assert(
    fc.property(someRuns, (runs) => {
      const head = runs.at(-1)?.toSeq ?? 0
      const drawn = bands(runs, head, 1 / 50)
      expect(drawn[0]?.from).toBe(0)
      expect(drawn.at(-1)?.to).toBe(1)
      for (const [index, band] of drawn.entries()) {
        if (index > 0) expect(band.from).toBe(drawn[index - 1]?.to)
        if (index > 0) expect(band.author.id).not.toBe(drawn[index - 1]?.author.id)
        if (drawn.length > 1) expect(band.to - band.from).toBeGreaterThanOrEqual(1 / 50 - 1e-12)
      }
      expect(drawn.length).toBeLessThanOrEqual(51)
    }),
  )
})

test('[AU70] a field’s timeline stops where words came that stand in it, and what lies between stays empty', () => {
  const runs = [run('ana', 1, 10), run('beto', 11, 50), run('ana', 51, 60)]
  const words = (seq: number | null) => ({ text: 'x', authorId: 'a', groupId: null, editedById: 'a', seq })
  const ofField = runsOfField(runs, [words(55), words(3), words(null), words(4)])
  expect(ofField).toEqual([runs[0], runs[2]])
  expect(runStops(ofField, 60)).toEqual([10, 60])
  expect(bands(ofField, 60).map(({ from, to }) => [from, to])).toEqual([
    [0, 10 / 60],
    [50 / 60, 1],
  ])
})

test('[AU70] what has a name is told at every entry during which it went on, and is told apart', () => {
  const marks = [workshop, decision, consultation]
  const keysAt = (seq: number) => marksAt(marks, seq).map(markKey)
  expect([3, 4, 8, 9, 12, 15].map(keysAt)).toEqual([
    [],
    ['workshop w'],
    ['workshop w', 'plan 1'],
    ['workshop w', 'plan 1'],
    ['decision a', 'plan 1'],
    ['plan 1'],
  ])
})

test('what is too near to be told apart shares a place', () => {
  const placed = places([version(3, 101), version(1, 20), version(2, 100)], ({ seq }) => seq, 200)
  expect(placed.map(({ at, items }) => [at, items.map(({ number }) => number)])).toEqual([
    [0.1, [1]],
    [0.5, [2, 3]],
  ])
})

test('writers are counted by their entries, the busiest first', () => {
  const runs = [run('ana', 1, 4), run('beto', 5, 20), run('ana', 21, 22)]
  expect(writers(runs).map(({ author, entries }) => [author.id, entries])).toEqual([
    ['beto', 16],
    ['ana', 6],
  ])
})
