import { afterEach, expect, test } from 'vitest'
import { hearOfTurns, turnedElsewhere } from './turned-elsewhere.ts'

afterEach(() => turnedElsewhere.set(null))

const beto = { id: 'beto', name: 'Beto', workshop: { id: 'w' } }
const written = (value: unknown, key = 'me') => ({ key, newValue: value === null ? null : JSON.stringify(value) })

test('[WS28] a guest’s page hears who another page remembers, and follows from then on', () => {
  const hear = hearOfTurns('me', () => ({ id: 'ana' }))
  hear(written({ id: 'ana', name: 'Ana' }))
  expect(turnedElsewhere.get()).toBeNull()
  hear(written(beto))
  expect(turnedElsewhere.get()).toEqual({ id: 'beto', name: 'Beto' })
  hear(written({ id: 'ana', name: 'Ana' }))
  expect(turnedElsewhere.get()).toEqual({ id: 'ana', name: 'Ana' })
})

test('other keys, signing out, what is no person, and pages of no guest change nothing', () => {
  const hear = hearOfTurns('me', () => ({ id: 'ana' }))
  hear(written(beto, 'other'))
  hear(written(null))
  hear({ key: 'me', newValue: '{' })
  hear(written({ id: 'beto' }))
  hearOfTurns('me', () => undefined)(written(beto))
  expect(turnedElsewhere.get()).toBeNull()
})
