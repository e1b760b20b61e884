import { expect, test } from 'vitest'
import { within } from './within.ts'

test('what comes in time is answered, and what fails in time fails as it did', async () => {
  await expect(within(10_000, 'a thing', Promise.resolve(7))).resolves.toBe(7)
  await expect(within(10_000, 'a thing', Promise.reject(new Error('broken')))).rejects.toThrow('broken')
})

test('what does not come is named', async () => {
  await expect(within(5, 'the document of guest 12', new Promise(() => {}))).rejects.toThrow(
    'the document of guest 12: nothing came within 0.005 s',
  )
})
