import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { createAfterDrawing, ownStateAfterDrawing, updatesAfterDrawing } from './after-drawing.ts'

/** A page that draws when it is told to. */
function world() {
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' as DocumentVisibilityState })
  const page = Object.assign(new EventTarget(), { document })
  const asked: (() => void)[] = []
  const after = createAfterDrawing(page, {
    drawn: (callback) => asked.push(callback),
    soon: (callback) => asked.push(callback),
  })
  const draw = () => {
    for (const callback of asked.splice(0)) callback()
  }
  return { page, document, after, draw, asked }
}

test('work waits for the picture, and is done in its order, one piece in a task', () => {
  const { after, draw, asked } = world()
  const done: number[] = []
  after.take(() => {
    done.push(1)
    after.take(() => done.push(3))
  })
  after.take(() => done.push(2))
  expect([done, asked.length]).toEqual([[], 1])
  draw()
  expect(done).toEqual([1])
  draw()
  expect(done).toEqual([1, 2])
  draw()
  expect([done, asked.length]).toEqual([[1, 2, 3], 0])
  after.take(() => done.push(4))
  expect(done).toEqual([1, 2, 3])
  draw()
  expect(done).toEqual([1, 2, 3, 4])
})

test('nothing waits in a page that is left, goes out of sight, is out of sight, or draws nothing', () => {
  const { page, document, after } = world()
  const done: number[] = []
  after.take(() => done.push(1))
  page.dispatchEvent(new Event('pagehide'))
  expect(done).toEqual([1])
  after.take(() => done.push(2))
  document.visibilityState = 'hidden'
  document.dispatchEvent(new Event('visibilitychange'))
  expect(done).toEqual([1, 2])
  after.take(() => done.push(3))
  expect(done).toEqual([1, 2, 3])
  createAfterDrawing(undefined).take(() => done.push(4))
  expect(done).toEqual([1, 2, 3, 4])
})

test('what throws keeps nothing back', () => {
  const { after, draw } = world()
  const done: number[] = []
  const broken = () => {
    throw new Error('broken')
  }
  after.take(broken)
  after.take(() => done.push(1))
  expect(draw).toThrow('broken')
  draw()
  expect(done).toEqual([1])
  after.take(broken)
  after.take(() => done.push(2))
  expect(() => after.flush()).toThrow('broken')
  expect(done).toEqual([1, 2])
})

test('changes of a document are handed on once, joined, but for those of the owner; the rest when it ends', () => {
  const { after, draw } = world()
  const doc = new Y.Doc()
  const copy = new Y.Doc()
  const taken: Uint8Array[] = []
  const owner = {}
  const stop = updatesAfterDrawing(doc, after, owner, (update) => {
    taken.push(update)
    Y.applyUpdate(copy, update)
  })
  const text = doc.getText()
  text.insert(0, 'uno ')
  text.insert(4, 'dos ')
  expect(taken).toEqual([])
  draw()
  expect(taken).toHaveLength(1)
  expect(copy.getText().toString()).toBe('uno dos ')
  doc.transact(() => text.insert(8, 'tres '), owner)
  draw()
  expect(taken).toHaveLength(1)
  text.delete(0, 4)
  stop()
  expect(taken).toHaveLength(2)
  text.insert(0, 'después')
  draw()
  expect(taken).toHaveLength(2)
})

test('of what one tells of oneself the last word is told, and who asks meanwhile hears it', () => {
  const { after, draw } = world()
  const told: [string, unknown][] = []
  let state: { [key: string]: unknown } = { field: 'problem', cursor: 1 }
  const own = ownStateAfterDrawing(
    {
      getLocalState: () => state,
      setLocalStateField(key, value) {
        told.push([key, value])
        state = { ...state, [key]: value }
      },
    },
    after,
  )
  own.setLocalStateField('cursor', 2)
  own.setLocalStateField('cursor', 3)
  expect([told, own.getLocalState()]).toEqual([[], { field: 'problem', cursor: 3 }])
  draw()
  expect([told, own.getLocalState()]).toEqual([[['cursor', 3]], { field: 'problem', cursor: 3 }])
})
