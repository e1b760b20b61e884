import { afterEach, expect, test } from 'vitest'
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { fieldAwareness } from './field-awareness.ts'

const open: Awareness[] = []
afterEach(() => {
  for (const awareness of open.splice(0)) awareness.destroy()
})

/** Our awareness, and how others speak to it. */
function world() {
  const ours = new Awareness(new Y.Doc())
  const other = new Awareness(new Y.Doc())
  open.push(ours, other)
  const heard: string[] = []
  const atOnce = (draw: () => void) => draw()
  for (const field of ['problem', 'causes'])
    fieldAwareness(ours, field, ours, atOnce).on('change', () => heard.push(field))
  const say = (state: Record<string, unknown> | null) => {
    other.setLocalState(state)
    applyAwarenessUpdate(ours, encodeAwarenessUpdate(other, [other.clientID]), 'network')
    return heard.splice(0)
  }
  return { ours, heard, say }
}

test('an editor hears of who is in its field, and of who leaves it', () => {
  const { say } = world()
  expect(say({ field: 'problem', cursor: 1 })).toEqual(['problem'])
  expect(say({ field: 'problem', cursor: 2 })).toEqual(['problem'])
  expect(say({ field: 'causes', cursor: 1 })).toEqual(['problem', 'causes'])
  expect(say({ field: null, cursor: null })).toEqual(['causes'])
  expect(say({ cursor: 1 })).toEqual(['problem', 'causes'])
  expect(say(null)).toEqual(['problem', 'causes'])
})

test('an editor made while people are in its field hears when they leave', () => {
  const ours = new Awareness(new Y.Doc())
  open.push(ours)
  ours.states.set(7, { field: 'problem', cursor: 1 })
  const heard: unknown[] = []
  fieldAwareness(ours, 'problem', ours, (draw) => draw()).on('change', ({ updated }: { updated: number[] }) =>
    heard.push(updated),
  )
  ours.states.set(7, { field: 'causes', cursor: 1 })
  ours.emit('change', [{ added: [], updated: [7], removed: [] }, 'network'])
  expect(heard).toEqual([[7]])
})

test('a caret that is not there is not taken back: nothing is told to others', () => {
  const ours = new Awareness(new Y.Doc())
  open.push(ours)
  const told: unknown[] = []
  ours.on('update', () => told.push(ours.getLocalState()))
  const awareness = fieldAwareness(ours, 'problem')
  awareness.setLocalStateField('cursor', null)
  expect(told).toEqual([])
  awareness.setLocalStateField('cursor', { anchor: 1 })
  awareness.setLocalStateField('cursor', null)
  awareness.setLocalStateField('cursor', null)
  expect(told).toEqual([{ cursor: { anchor: 1 } }, { cursor: null }])
})

test('nobody hears of oneself', () => {
  const { ours, heard } = world()
  ours.setLocalState({ field: 'problem', cursor: 1 })
  expect(heard).toEqual([])
})

test('many moves are drawn once, and an editor that is gone hears nothing', () => {
  const ours = new Awareness(new Y.Doc())
  open.push(ours)
  const drawings: (() => void)[] = []
  const awareness = fieldAwareness(ours, 'problem', ours, (draw) => drawings.push(draw))
  let heard = 0
  const listener = () => {
    heard += 1
  }
  const move = () => {
    ours.states.set(7, { field: 'problem' })
    ours.emit('change', [{ added: [], updated: [7], removed: [] }, 'network'])
  }
  awareness.on('change', listener)
  move()
  move()
  expect(drawings).toHaveLength(1)
  drawings[0]?.()
  expect(heard).toBe(1)
  move()
  awareness.off('change', listener)
  drawings[1]?.()
  move()
  expect([heard, drawings.length]).toEqual([1, 2])
})
