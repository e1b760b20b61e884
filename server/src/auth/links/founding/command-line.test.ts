import { expect, test } from 'vitest'
import { z } from 'zod'
import { readOptions } from './command-line.ts'

const schema = z.object({ slug: z.string().regex(/^[a-z]+$/), email: z.email().optional() })
const usage = { example: 'run it', forms: { slug: 'small letters', email: 'an address' } }
const read = (...args: string[]) => readOptions(schema, usage, args)

test('options are read, in any order, the last of two winning', () => {
  expect(read('--slug', 'x', '--email', 'a@example.test')).toEqual({ slug: 'x', email: 'a@example.test' })
  expect(read('--slug=x', '--slug', 'y')).toEqual({ slug: 'y' })
})

test.each([
  [[], '--slug must be small letters; for example: run it.'],
  [['--slug', 'No'], '--slug must be small letters; for example: run it.'],
  [['--slug', 'x', '--email', 'nobody'], '--email must be an address; for example: run it.'],
  [['--slug', 'x', '--colour', 'red'], "Unknown option '--colour'; for example: run it."],
  [['--slug', 'x', 'word'], expect.stringMatching(/^Unexpected argument 'word'[^.]*; for example: run it\.$/)],
  [['--slug', '-x'], expect.stringMatching(/^Option '--slug' argument is ambiguous; for example: run it\.$/)],
  [['--slug'], expect.stringMatching(/^Option '--slug <value>' argument missing; for example: run it\.$/)],
])('[PE52] %j is refused in one sentence', (args, message) => {
  expect(() => read(...args)).toThrow(expect.objectContaining({ name: 'StartError', message }))
})
