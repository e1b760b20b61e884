import { expect, test } from 'vitest'
import { calmly } from './calm.ts'

test('[TH17] the first is done at once, a crowd after it once, each topic for itself', () => {
  const done: string[] = []
  const waiting: (() => void)[] = []
  const ask = calmly<string>(
    (topic) => done.push(topic),
    (act) => waiting.push(act),
  )
  const pass = () => waiting.splice(0).map((act) => act())
  for (const topic of ['threads', 'threads', 'inputs', 'threads']) ask(topic)
  expect(done).toEqual(['threads', 'inputs'])
  pass()
  expect(done).toEqual(['threads', 'inputs', 'threads'])
  pass()
  expect(done).toHaveLength(3)
  ask('threads')
  expect(done).toHaveLength(4)
})
