import { awarenessFrame, readFrame } from '@cabildo/testkit/room-clients'
import { expect, test } from 'vitest'
import { Awareness, applyAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { createPresence, heartbeat } from './presence.ts'

const limits = { awarenessBytes: 4096, awarenessBytesPerUser: 10_000, clientsPerSocket: 3 }
const person = (userId: string) => ({
  userId,
  name: userId.toUpperCase(),
  groupName: 'Vecinos',
  groupId: 'g',
  sector: 'community',
})
const payload = (states: Parameters<typeof awarenessFrame>[0]): Uint8Array => {
  const frame = readFrame(awarenessFrame(states))
  if (frame.type !== 'awareness') throw new Error('not awareness')
  return frame.payload
}
/** What a y-protocols client makes of a message. */
const heard = (
  message: Uint8Array | undefined,
  awareness = new Awareness(new Y.Doc()),
): Map<number, { user?: { name: string; id: string }; cursor?: unknown }> => {
  const frame = message && readFrame(message)
  if (frame?.type === 'awareness') applyAwarenessUpdate(awareness, frame.payload, 'test')
  awareness.states.delete(awareness.clientID)
  awareness.destroy()
  return awareness.states as Map<number, { user?: { name: string; id: string } }>
}
const all = () => true

test('[RM30] the name and group in a state are the session’s, whatever the client wrote', () => {
  const presence = createPresence(limits)
  presence.receive(
    'line',
    person('mallory'),
    payload([{ client: 1, clock: 1, state: { user: { name: 'Alcaldesa', id: 'ana' }, cursor: 3 } }]),
    all,
  )
  const state = heard(presence.flush()?.message).get(1)
  expect(state?.user).toMatchObject({ id: 'mallory', name: 'MALLORY', group: 'Vecinos', sector: 'community' })
  expect(state?.cursor).toBe(3)
})

test('[RM31] a connection speaks for its own client ids only, and cannot send others away', () => {
  const presence = createPresence(limits)
  presence.receive('a', person('ana'), payload([{ client: 1, clock: 5, state: {} }]), all)
  presence.flush()
  presence.receive(
    'b',
    person('beto'),
    payload([{ client: 1, clock: 9, state: { cursor: 1 } }]),
    (client) => client !== 1,
  )
  presence.receive('b', person('beto'), payload([{ client: 1, clock: 9, state: null }]), all)
  expect(presence.flush()).toBeUndefined()
})

test('[RM31] who returns on a new connection takes the state over with a later clock', () => {
  const presence = createPresence(limits)
  presence.receive('old', person('ana'), payload([{ client: 1, clock: 5, state: {} }]), all)
  presence.receive('new', person('ana'), payload([{ client: 1, clock: 6, state: {} }]), all)
  presence.leave('old')
  expect(presence.size).toBe(1)
})

test('[RM32] the states of a connection end with it', () => {
  const presence = createPresence(limits)
  presence.receive('a', person('ana'), payload([{ client: 1, clock: 5, state: {} }]), all)
  const awareness = new Awareness(new Y.Doc())
  expect(heard(presence.flush()?.message, awareness).has(1)).toBe(true)
  presence.leave('a')
  expect(presence.everyone()).toBeUndefined()
  const farewell = presence.flush()?.message
  const frame = farewell && readFrame(farewell)
  if (frame?.type === 'awareness') applyAwarenessUpdate(awareness, frame.payload, 'test')
  expect(awareness.states.has(1)).toBe(false)
})

test('[RM32] a farewell reaches also the only one who changed something at the same moment', () => {
  const presence = createPresence(limits)
  presence.receive('b', person('beto'), payload([{ client: 2, clock: 1, state: {} }]), all)
  presence.flush()
  presence.receive('a', person('ana'), payload([{ client: 1, clock: 1, state: {} }]), all)
  presence.leave('b')
  const flushed = presence.flush()
  expect(heard(flushed?.message).has(1)).toBe(true)
  expect([...(flushed?.sources ?? [])].sort()).toEqual(['a', 'b'])
})

test('[RM45] one person has only so much presence in a room, over however many connections', () => {
  const presence = createPresence(limits)
  const state = { cursor: 'x'.repeat(3000) }
  for (let client = 1; client <= 5; client++)
    expect(presence.receive(`socket ${client}`, person('ana'), payload([{ client, clock: 1, state }]), all)).toBe(true)
  expect(presence.size).toBe(3)
  presence.receive('other', person('beto'), payload([{ client: 9, clock: 1, state }]), all)
  expect(presence.size).toBe(4)
  presence.receive('socket 1', person('ana'), payload([{ client: 1, clock: 2, state }]), all)
  expect(heard(presence.flush()?.message).size).toBe(4)
  presence.leave('socket 1')
  presence.receive('socket 5', person('ana'), payload([{ client: 5, clock: 2, state }]), all)
  expect(presence.size).toBe(4)
})

test('[RM34] who is shown otherwise from now on is so to all at once, and what they do next still counts', () => {
  const presence = createPresence(limits)
  const ana = person('ana')
  presence.receive('a', ana, payload([{ client: 1, clock: 5, state: { cursor: 1 } }]), all)
  const listener = new Awareness(new Y.Doc())
  heard(presence.flush()?.message, listener)

  presence.restamp('a', { ...ana, name: '' })
  expect(heard(presence.flush()?.message, listener).get(1)).toEqual({
    cursor: 1,
    user: {
      id: 'ana',
      name: 'Vecinos',
      unnamed: true,
      group: 'Vecinos',
      sector: 'community',
      color: expect.any(String),
    },
  })
  // The client knows nothing of it and counts on from its own clock.
  presence.receive('a', { ...ana, name: '' }, payload([{ client: 1, clock: 6, state: { cursor: 2 } }]), all)
  expect(heard(presence.flush()?.message, listener).get(1)?.cursor).toBe(2)
  presence.leave('a')
  expect(heard(presence.flush()?.message, listener).has(1)).toBe(false)
})

test('[RM34] the same person again moves nobody', () => {
  const presence = createPresence(limits)
  presence.receive('a', person('ana'), payload([{ client: 1, clock: 5, state: { user: 'x', cursor: 1 } }]), all)
  presence.flush()
  presence.restamp('a', person('ana'))
  expect(presence.flush()).toBeUndefined()
})

test('[RM30] who is not shown at all still has a name at their caret, a colour, and nothing of their group', () => {
  const presence = createPresence(limits)
  const nobody = { userId: 'ana', name: '', groupName: null, groupId: 'g', sector: null }
  presence.receive('a', nobody, payload([{ client: 1, clock: 1, state: {} }]), all)
  expect(heard(presence.flush()?.message).get(1)?.user).toEqual({
    id: 'ana',
    name: 'Persona sin nombre',
    unnamed: true,
    group: null,
    sector: null,
    color: expect.stringMatching(/^#[0-9a-f]{6}$/),
  })
})

test('several changes between two flushes are one, the last', () => {
  const presence = createPresence(limits)
  for (let clock = 1; clock <= 5; clock++)
    presence.receive('a', person('ana'), payload([{ client: 1, clock, state: { cursor: clock } }]), all)
  expect(heard(presence.flush()?.message).get(1)?.cursor).toBe(5)
  expect(presence.flush()).toBeUndefined()
})

test('too many client ids, too large a state, and what is no state are refused', () => {
  const presence = createPresence(limits)
  const states = [1, 2, 3, 4].map((client) => ({ client, clock: 1, state: {} }))
  expect(presence.receive('a', person('ana'), payload(states), all)).toBe(false)
  expect(
    presence.receive('b', person('ana'), payload([{ client: 9, clock: 1, state: { cursor: 'x'.repeat(5000) } }]), all),
  ).toBe(false)
  expect(presence.receive('c', person('ana'), payload([{ client: 9, clock: 1, state: 'text' }]), all)).toBe(false)
  expect(presence.receive('d', person('ana'), Uint8Array.of(1), all)).toBe(false)
})

test('[RM33] the heartbeat is an awareness message about nobody', () => {
  expect(readFrame(heartbeat)).toEqual({ type: 'awareness', payload: Uint8Array.of(0) })
})

test('[PE12] a guest is stamped as unverified, whatever the client says of itself; nobody else is', () => {
  const presence = createPresence(limits)
  const claim = { user: { unverified: false } }
  presence.receive('a', { ...person('ana'), unverified: true }, payload([{ client: 1, clock: 1, state: claim }]), all)
  presence.receive('b', person('ben'), payload([{ client: 2, clock: 1, state: {} }]), all)
  const seen = heard(presence.flush()?.message)
  expect(seen.get(1)?.user).toMatchObject({ id: 'ana', unverified: true })
  expect(seen.get(2)?.user).not.toHaveProperty('unverified')
})
