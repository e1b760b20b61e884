import { once } from 'node:events'
import { createServer } from 'node:net'
import { openPostOffice, type PostOffice } from '@cabildo/testkit/post-office'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMailer } from './mailer.ts'

let office: PostOffice
beforeAll(async () => {
  office = await openPostOffice()
})
afterAll(() => office.close())

const baseUrl = 'https://plan.example.org'
const letter = { to: 'rosa@example.test', subject: 'Invitación – señas', text: 'Hola, Ñeca:\n\nVenga.\n' }

function logging() {
  const warned: unknown[] = []
  return { warned, logger: { warn: (...said: unknown[]) => void warned.push(said) } as never }
}

test('without SMTP nothing is sent, and nobody is told otherwise', async () => {
  const { warned, logger } = logging()
  const mailer = createMailer({ smtpUrl: undefined, baseUrl }, logger)
  expect([mailer.on, await mailer.send(letter), warned]).toEqual([false, false, []])
})

test('a letter arrives whole, from no-reply at our own host', async () => {
  const mailer = createMailer({ smtpUrl: office.url, baseUrl }, logging().logger)
  expect([mailer.on, await mailer.send(letter)]).toEqual([true, true])
  const [arrived] = office.letters
  expect(arrived?.to).toBe(letter.to)
  expect(arrived?.text.replaceAll('\r\n', '\n')).toBe(letter.text)
  expect(arrived?.headers).toMatch(/^From: Cabildo <no-reply@plan\.example\.org>\r?$/m)
})

test('what the server does not take is told by false and logged without a word about whom or what', async () => {
  const { warned, logger } = logging()
  const mailer = createMailer({ smtpUrl: office.url, baseUrl }, logger)
  expect(await mailer.send({ ...letter, to: 'rosa@refused.test' })).toBe(false)
  expect(warned).toHaveLength(1)
  expect(JSON.stringify(warned)).not.toMatch(/rosa|refused|Venga|Invitaci/)
})

test('a subject cannot bring headers of its own', async () => {
  const mailer = createMailer({ smtpUrl: office.url, baseUrl }, logging().logger)
  const before = office.letters.length
  await mailer.send({ ...letter, subject: 'Plan\r\nBcc: other@example.test\r\n\r\nText' })
  expect(office.letters).toHaveLength(before + 1)
  expect(office.letters.at(-1)?.to).toBe(letter.to)
  expect(office.letters.at(-1)?.headers).not.toMatch(/^bcc:/im)
})

test('[PE31] a server that is not there, or never says a word, is given up', async () => {
  const silent = createServer().listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const address = silent.address()
  const port = typeof address === 'object' && address ? address.port : 0
  for (const smtpUrl of ['smtp://127.0.0.1:1', `smtp://127.0.0.1:${port}`]) {
    const { warned, logger } = logging()
    expect(await createMailer({ smtpUrl, baseUrl }, logger, 100).send(letter)).toBe(false)
    expect(warned).toHaveLength(1)
  }
  silent.close()
})
