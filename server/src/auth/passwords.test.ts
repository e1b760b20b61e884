import { AppError } from '@cabildo/protocol/errors'
import { expect, test } from 'vitest'
import { createPasswords } from './passwords.ts'

const passwords = createPasswords()

test('a password is kept as argon2id with 19 MiB, two passes and one lane, salted each time', async () => {
  const [one, other] = await Promise.all([passwords.hash('cabildo-demo'), passwords.hash('cabildo-demo')])

  expect(one).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
  expect(one).not.toBe(other)
})

test('only the same password matches, however its accents were typed', async () => {
  const stored = await passwords.hash('contrase\u00f1a')

  await expect(passwords.verify(stored, 'contrase\u00f1a')).resolves.toBe(true)
  await expect(passwords.verify(stored, 'contrasen\u0303a')).resolves.toBe(true)
  await expect(passwords.verify(stored, 'Contrase\u00f1a')).resolves.toBe(false)
})

test('without a stored hash nothing matches, and it takes as long as with one', async () => {
  const stored = await passwords.hash('one')
  const timeOf = async (hash: string | null) => {
    const times: number[] = []
    for (let round = 0; round < 15; round += 1) {
      const began = performance.now()
      expect(await passwords.verify(hash, 'other')).toBe(false)
      times.push(performance.now() - began)
    }
    return Math.min(...times)
  }

  const [known, unknown] = [await timeOf(stored), await timeOf(null)]
  // Skipping the work altogether would show as a factor of hundreds; this machine is not quiet enough for 10 %.
  expect(unknown / known).toBeGreaterThan(0.5)
  expect(unknown / known).toBeLessThan(2)
})

test('so many are hashed at once, so many wait, and whoever comes beyond is told to come back', async () => {
  const few = createPasswords({ atOnce: 1, waiting: 1 })
  const order: string[] = []
  const hashed = (name: string) => few.hash(name).then(() => order.push(name))

  const first = hashed('first')
  const second = hashed('second')
  const refused = await hashed('third').catch((error: unknown) => error)
  await Promise.all([first, second])

  expect(refused).toBeInstanceOf(AppError)
  expect(refused).toMatchObject({ code: 'throttled', retryAfter: 5 })
  expect(order).toEqual(['first', 'second'])
  await expect(few.verify(null, 'x')).resolves.toBe(false)
})

test('a throw in what comes first gives the place back', async () => {
  const one = createPasswords({ atOnce: 1, waiting: 0 })
  const refusal = new AppError('throttled')
  const throwing = async () => {
    throw refusal
  }

  await expect(one.verify(null, 'x', throwing)).rejects.toBe(refusal)
  await expect(one.verify(null, 'x')).resolves.toBe(false)
})
