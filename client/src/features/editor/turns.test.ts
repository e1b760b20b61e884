import { expect, test } from 'vitest'
import { createTurns } from './turns.ts'

test('each takes its turn, in order, one at a time; who calls off is passed over', () => {
  let idle: (() => void) | undefined
  const turns = createTurns((callback) => {
    expect(idle).toBeUndefined()
    idle = callback
  })
  const pass = () => {
    const callback = idle
    idle = undefined
    callback?.()
  }
  const done: string[] = []
  turns.take(() => done.push('title'))
  const callOff = turns.take(() => done.push('summary'))
  turns.take(() => done.push('problem'))
  expect(done).toEqual([])
  pass()
  expect(done).toEqual(['title'])
  callOff()
  pass()
  expect(done).toEqual(['title', 'problem'])
  pass()
  turns.take(() => done.push('causes'))
  pass()
  expect(done).toEqual(['title', 'problem', 'causes'])
})
