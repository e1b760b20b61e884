import { measureTyping, type Repetition, type Row, rest, withCrowd } from './row.ts'

/** Milliseconds after which everything typed is in the record and signed: the recorder looks every second. */
const recordedAfter = 3000

const cpu = (key: string, label: string) => ({ key, label, unit: 'µs', better: 'lower', digits: 1 }) as const

/**
 * What entering typed text into the record costs: CPU for each update from the first key until all of it is entered and
 * signed, on our server with the record and without it.
 */
export const recorded: Row = {
  name: 'recorded',
  title: 'typed, stored and entered into the record',
  suits: ({ name }) => name.startsWith('cabildo'),
  measures: [
    cpu('rooms', '50 rooms, one writer in each, 3,000 updates/s: server CPU per update'),
    cpu('people', '200 in one room, 2,000 updates/s: server CPU per update'),
  ],
  async run(repetition) {
    return {
      rooms: await measure(repetition, { rooms: 50, people: 2, writers: 1, rate: 60 }),
      people: await measure(repetition, { rooms: 1, people: 200, writers: 200, rate: 10 }),
    }
  },
}

interface Shape {
  rooms: number
  people: number
  writers: number
  /** Keys of one writer a second. */
  rate: number
}

async function measure({ site, quick, note }: Repetition, { rooms, people, writers, rate }: Shape): Promise<number> {
  const names = await site.makeRooms(rooms)
  return withCrowd(site, async (crowd, server) => {
    const places = await crowd.fill(names, people, writers)
    const typists = places.flatMap(({ members }) => members.slice(0, writers))
    await crowd.typeSteadily(typists, rate, 2000)
    await crowd.settled(10_000)
    await rest(recordedAfter)
    const { watch, cpuPerCharacter, lost } = await measureTyping(
      { crowd, server, note },
      async () => {
        await crowd.typeSteadily(typists, rate, quick ? 4000 : 8000)
        await crowd.settled(10_000)
        await rest(recordedAfter)
      },
      10_000,
    )
    if (lost > 0) note(`${lost} deliveries were still missing 10 s after the last key`)
    return (cpuPerCharacter * watch.delivered) / watch.written
  })
}
