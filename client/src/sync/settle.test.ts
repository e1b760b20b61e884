import { expect, test } from 'vitest'
import { settle } from './settle.ts'

const state = Uint8Array.of(1, 2, 3)

/** Ports that write down what they are asked for. `answer` is what the server says. */
function ports(pending: number, answer: () => string | null = () => 'draft1') {
  const calls: string[] = []
  let late = 0
  return {
    calls,
    pending: () => pending + late,
    late: (edits: number) => {
      late = edits
    },
    state: () => state,
    handIn: async (bytes: Uint8Array, reason: string) => {
      calls.push(`hand in ${bytes.length} bytes: ${reason}`)
      return answer()
    },
    clearLocal: async () => {
      calls.push('clear')
    },
  }
}

test('text that the server may not have is handed in before the local copy is cleared', async () => {
  const world = ports(2)
  expect(await settle('frozen', world)).toEqual({ kind: 'again', reason: 'frozen', draftId: 'draft1' })
  expect(world.calls).toEqual(['hand in 3 bytes: frozen', 'clear'])
})

test('the local copy stays when handing in fails, and it can be tried again', async () => {
  let failing = true
  const error = new Error('offline')
  const world = ports(2, () => {
    if (failing) throw error
    return 'draft2'
  })
  expect(await settle('restored', world)).toEqual({ kind: 'stuck', reason: 'restored', error })
  expect(world.calls).toEqual(['hand in 3 bytes: restored'])
  failing = false
  expect(await settle('restored', world)).toEqual({ kind: 'again', reason: 'restored', draftId: 'draft2' })
  expect(world.calls.at(-1)).toBe('clear')
})

test('a key pressed while the text is being handed in is handed in too', async () => {
  let drafts = 0
  const world = ports(1, () => {
    world.late(1)
    return `draft${++drafts}`
  })
  expect(await settle('forbidden', world)).toEqual({ kind: 'again', reason: 'forbidden', draftId: 'draft2' })
  expect(world.calls).toHaveLength(3)
})

test.each([
  ['forbidden', { kind: 'again', reason: 'forbidden', draftId: null }, ['clear']],
  ['refused', { kind: 'again', reason: 'refused', draftId: null }, ['clear']],
  ['sign_in', { kind: 'signIn' }, []],
  ['new_program', { kind: 'newProgram' }, []],
  ['not_found', { kind: 'gone', pending: 0 }, []],
] as const)('%s with nothing pending', async (reason, ending, calls) => {
  const world = ports(0)
  expect(await settle(reason, world)).toEqual(ending)
  expect(world.calls).toEqual(calls)
})

test.each(['sign_in', 'new_program', 'not_found'] as const)('%s keeps pending text on this device', async (reason) => {
  const world = ports(3)
  await settle(reason, world)
  expect(world.calls).toEqual([])
})
