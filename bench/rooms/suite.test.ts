import { expect, test } from 'vitest'
import type { Cluster } from '../harness/postgres.ts'
import type { Contender } from './contenders.ts'
import type { Row } from './row.ts'
import { chooseContenders, runRooms } from './suite.ts'

const cluster: Cluster = {
  version: '0',
  durability: '',
  createDatabase: () => Promise.reject(new Error('nobody asks for one here')),
  cpu: () => 0,
  stop: async () => {},
}

const told: string[] = []
const contender = (name: string): Contender => ({
  name,
  says: '',
  role: 'peer',
  stores: false,
  open: async () => ({
    makeRooms: async () => [],
    start: () => Promise.reject(new Error('nobody starts one here')),
    door: () => {
      throw new Error('nobody knocks here')
    },
    end: async () => {
      told.push(`end ${name}`)
    },
  }),
})

const row = (run: Row['run'], atMost?: number): Row => ({
  name: 'a-row',
  title: '',
  ...(atMost ? { atMost } : {}),
  measures: [{ key: 'x', label: '', unit: '', better: 'lower', digits: 0 }],
  run,
})

const options = {
  contenders: ['a', 'b'].map(contender),
  repetitions: 3,
  quick: true,
  core: undefined,
  budget: 60_000,
  seed: 1,
  cluster,
  say: () => {},
}

test('repetitions go round all servers in turn, and the median is told', async () => {
  told.length = 0
  let next = 0
  const { results } = await runRooms({
    ...options,
    rows: [
      row(async ({ contender: { name } }) => {
        told.push(name)
        return { x: next++ }
      }),
    ],
  })
  expect(told).toEqual(['a', 'end a', 'b', 'end b', 'a', 'end a', 'b', 'end b', 'a', 'end a', 'b', 'end b'])
  expect(results[0]?.servers).toEqual({ a: { median: 2, values: [0, 2, 4] }, b: { median: 3, values: [1, 3, 5] } })
})

test('all rows have their first repetition before any has its second, and some servers only take part in some', async () => {
  told.length = 0
  const tells = (name: string): Row => ({
    ...row(async ({ contender }) => {
      told.push(`${name} ${contender.name}`)
      return { x: 1 }
    }),
    name,
  })
  const rows = [tells('one'), { ...tells('two'), atMost: 1 }]
  await runRooms({
    ...options,
    repetitions: 2,
    contenders: [contender('a'), { ...contender('b'), rows: ['one'] }],
    rows,
  })
  expect(told.filter((line) => !line.startsWith('end'))).toEqual(['one a', 'one b', 'two a', 'one a', 'one b'])
})

test('a repetition that fails is noted, and the others count', async () => {
  let next = 0
  const { results, notes } = await runRooms({
    ...options,
    contenders: [contender('a')],
    rows: [
      row(async () => {
        if (next++ === 1) throw new Error('it fell over')
        return { x: next }
      }),
    ],
  })
  expect(results[0]?.servers).toEqual({ a: { median: 2, values: [1, 3] } })
  expect(notes).toEqual(['a-row, a: a repetition failed: it fell over'])
})

test('when the time is over each row still gets one repetition, and fewer are said', async () => {
  const { results, notes } = await runRooms({ ...options, budget: -1, rows: [row(async () => ({ x: 1 }))] })
  expect(results[0]?.servers.b?.values).toEqual([1])
  expect(notes).toEqual(['a-row: only 1 of 3 repetitions, the time was over'])
})

test('a seed gives the same numbers again', async () => {
  const draw = async () => {
    const drawn: number[] = []
    await runRooms({ ...options, rows: [row(async ({ random }) => ({ x: drawn.push(random()) }), 1)] })
    return drawn
  }
  const first = await draw()
  expect(await draw()).toEqual(first)
  expect(new Set(first).size).toBe(2)
})

test('a server that does not exist is named with those that do', () => {
  expect(() => chooseContenders(['cabildo', 'etherpad'])).toThrow('"etherpad"')
  expect(chooseContenders(['relay-turn'])[0]?.rows).toBeUndefined()
})
