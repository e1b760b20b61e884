import { median } from '../harness/histogram.ts'
import { type Measure, measureTyping, type Row, rest, withCrowd } from './row.ts'

const cpu: Measure = {
  key: 'cpu',
  label: 'server CPU per delivered character',
  unit: 'µs',
  better: 'lower',
  digits: 1,
}
const clientCpu: Measure = {
  key: 'clientCpu',
  label: 'clients’ CPU per delivered character',
  unit: 'µs',
  better: 'lower',
  digits: 2,
  aside: true,
}
const p50: Measure = { key: 'p50', label: 'p50', unit: 'ms', better: 'lower', digits: 1 }
const p99: Measure = { key: 'p99', label: 'p99', unit: 'ms', better: 'lower', digits: 1 }

const keysASecond = 10

/** One person types and fifty read. */
export const oneTypes: Row = {
  name: 'one-types',
  title: 'one types at 10/s, 50 readers',
  measures: [p50, p99, cpu, clientCpu],
  async run({ site, quick, note }) {
    const [name = ''] = await site.makeRooms(1)
    return withCrowd(site, async (crowd, server) => {
      const room = await crowd.join(name, 51)
      await crowd.prepare(room, 1)
      const typist = room.members.slice(0, 1)
      await crowd.typeSteadily(typist, 20, 1000)
      await rest(500)
      const { watch, cpuPerCharacter, clientCpuPerCharacter } = await measureTyping(
        { crowd, server, note },
        () => crowd.typeSteadily(typist, keysASecond, quick ? 3000 : 6000),
        2000,
      )
      return {
        p50: watch.latency.quantile(0.5),
        p99: watch.latency.quantile(0.99),
        cpu: cpuPerCharacter,
        clientCpu: clientCpuPerCharacter,
      }
    })
  },
}

/** Fifty people type. */
export const fiftyType: Row = {
  name: 'fifty-type',
  title: '50 all type at 10/s',
  measures: [cpu, p99, clientCpu],
  async run({ site, quick, note }) {
    const [name = ''] = await site.makeRooms(1)
    return withCrowd(site, async (crowd, server) => {
      const room = await crowd.join(name, 50)
      await crowd.prepare(room, 50)
      await crowd.typeSteadily(room.members, keysASecond, 1000)
      const { watch, cpuPerCharacter, clientCpuPerCharacter } = await measureTyping(
        { crowd, server, note },
        () => crowd.typeSteadily(room.members, keysASecond, quick ? 2000 : 4000),
        3000,
      )
      return { cpu: cpuPerCharacter, p99: watch.latency.quantile(0.99), clientCpu: clientCpuPerCharacter }
    })
  },
}

const burst = 5

/** Two hundred people in one room: all press five keys at one moment; then all type. */
export const twoHundred: Row = {
  name: 'two-hundred',
  title: '200 in one room',
  measures: [
    {
      key: 'burst',
      label: '5 characters from each at one moment, until all have all',
      unit: 'ms',
      better: 'lower',
      digits: 0,
    },
    { ...p99, label: 'all type at 10/s: p99', digits: 0 },
    { ...cpu, label: 'all type at 10/s: server CPU per delivered character', digits: 2 },
    clientCpu,
  ],
  async run({ site, quick, note }) {
    const [name = ''] = await site.makeRooms(1)
    return withCrowd(site, async (crowd, server) => {
      const room = await crowd.join(name, 200)
      await crowd.prepare(room, 200)
      const bursts: number[] = []
      // The first one warms up and is not counted.
      for (let i = 0; i < (quick ? 2 : 3); i++) {
        await rest(300)
        const begun = performance.now()
        for (const member of room.members) crowd.type(member, burst)
        const at = await crowd.settled(10_000)
        if (i > 0) bursts.push(at === undefined ? Number.POSITIVE_INFINITY : at - begun)
      }
      await rest(300)
      const { watch, cpuPerCharacter, clientCpuPerCharacter, lost } = await measureTyping(
        { crowd, server, note },
        () => crowd.typeSteadily(room.members, keysASecond, quick ? 3000 : 5000),
        6000,
      )
      if (lost > 0) note(`${lost} deliveries were still missing 6 s after the last key`)
      return {
        burst: median(bursts),
        p99: watch.latency.quantile(0.99),
        cpu: cpuPerCharacter,
        clientCpu: clientCpuPerCharacter,
      }
    })
  },
}
