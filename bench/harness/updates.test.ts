import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { clientIdOf, memberOf, paragraphWithPlaces, readRuns, typedBytes, writeTyped } from './updates.ts'

const typed = (member: number, clock: number) => {
  const bytes = new Uint8Array(typedBytes)
  return bytes.subarray(0, writeTyped(bytes, 0, member, clock))
}

const runsOf = (update: Uint8Array) => {
  const runs: [client: number, clock: number, length: number][] = []
  readRuns(update, 0, update.length, (...run) => runs.push(run))
  return runs
}

test('typed runs of three clients stand each in its place, whatever the order they arrive in', () => {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, paragraphWithPlaces(3))
  for (const [member, clock] of [
    [1, 0],
    [0, 0],
    [1, 1],
    [2, 0],
    [0, 1],
    [0, 2],
  ] as const) {
    Y.applyUpdate(doc, typed(member, clock))
  }
  expect(doc.getXmlFragment('problem').toString()).toBe('<paragraph>|abc|ab|a|</paragraph>')
  expect(doc.store.pendingStructs).toBeNull()
  expect(Y.getState(doc.store, clientIdOf(0))).toBe(3)
})

test('runs are read as Yjs reads them: one character, many merged, behind a gap, a whole document', () => {
  expect(runsOf(typed(7, 300))).toEqual([[clientIdOf(7), 300, 1]])

  const merged = Y.mergeUpdates([typed(1, 4), typed(1, 5), typed(0, 9), typed(1, 8)])
  expect(runsOf(merged)).toEqual([
    [clientIdOf(1), 4, 2],
    [clientIdOf(1), 8, 1],
    [clientIdOf(0), 9, 1],
  ])

  const doc = new Y.Doc()
  Y.applyUpdate(doc, paragraphWithPlaces(2))
  for (let clock = 0; clock < 4; clock++) Y.applyUpdate(doc, typed(1, clock))
  const total = new Map<number, number>()
  for (const [client, clock, length] of runsOf(Y.encodeStateAsUpdate(doc))) {
    total.set(client, Math.max(total.get(client) ?? 0, clock + length))
  }
  expect(total.get(clientIdOf(1))).toBe(4)
})

test('a string counts in UTF-16 units, as clocks do', () => {
  const doc = new Y.Doc()
  doc.clientID = clientIdOf(0)
  const text = doc.getText('t')
  text.insert(0, 'añ')
  const before = Y.encodeStateVector(doc)
  text.insert(2, 'ñ🙂')
  expect(runsOf(Y.encodeStateAsUpdate(doc, before))).toEqual([[clientIdOf(0), 2, 3]])
})

test('an update that ends too early is refused', () => {
  const update = typed(0, 1)
  expect(() => runsOf(update.subarray(0, update.length - 3))).toThrow('too early')
})

test('places and client ids are each other’s inverse', () => {
  expect(memberOf(clientIdOf(199))).toBe(199)
})
