import { AppError } from '@cabildo/protocol/errors'
import { expect, test } from 'vitest'
import { createPasswords } from './passwords.ts'

const passwords = createPasswords({ perSecond: Number.POSITIVE_INFINITY })

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
  const least = { known: Number.POSITIVE_INFINITY, unknown: Number.POSITIVE_INFINITY }
  // Skipping the work altogether would show as a factor of hundreds, however often it is tried; a busy machine needs more
  // rounds, since the threads that hash give way to all others.
  for (let round = 0; round < 200; round += 1) {
    for (const [kind, hash] of [['known', stored] as const, ['unknown', null] as const]) {
      const began = performance.now()
      expect(await passwords.verify(hash, 'other')).toBe(false)
      least[kind] = Math.min(least[kind], performance.now() - began)
    }
    const ratio = least.unknown / least.known
    if (round >= 14 && ratio > 0.5 && ratio < 2) return
  }
  throw new Error(`least times ${JSON.stringify(least)} are too far apart`)
}, 120_000)

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

test('what is stored is read in turn, and a wrong password is counted before the next one begins', async () => {
  const one = createPasswords({ atOnce: 1 })
  const order: string[] = []
  const note = (word: string) => async () => {
    order.push(word)
  }
  const stored = (name: string) => async () => {
    order.push(`read ${name}`)
    return null
  }
  await Promise.all(
    ['ana', 'ben'].map((name) =>
      one.verify(stored(name), 'x', note(`asked ${name}`), { wrong: note(`counted ${name}`) }),
    ),
  )

  const steps = (name: string) => [`asked ${name}`, `read ${name}`, `counted ${name}`]
  expect(order).toEqual([...steps('ana'), ...steps('ben')])
})

test('checks are slowed down to so many a second, and beyond two seconds of waiting refused; hashing is not', async () => {
  const slow = createPasswords({ perSecond: 1, waiting: 10 })
  const stored = await slow.hash('one')
  const checks = Array.from({ length: 6 }, () => slow.verify(stored, 'one').catch((error: unknown) => error))
  const hashes = await Promise.all([slow.hash('two'), slow.hash('three')])

  expect(hashes).toHaveLength(2)
  const answers = await Promise.all(checks)
  expect(answers.filter((answer) => answer === true)).toHaveLength(2)
  expect(answers.filter((answer) => answer instanceof AppError)).toHaveLength(4)
})
