import { setTimeout as pause } from 'node:timers/promises'
import type { Crowd, Member } from '../harness/crowd.ts'
import type { ServerProcess } from '../harness/server-process.ts'
import { type Figures, type Repetition, type Row, withCrowd } from './row.ts'

const people = 4
const bound = 100
const first = 6000
const least = 700
const most = 130_000
const growth = 1.5
const refinements = 3
const warmUp = 300

interface Step {
  passed: boolean
  /** Updates a second that were really sent. */
  rate: number
  /** The clients could not send as fast as they should. */
  harnessLimited: boolean
  cpuPerUpdate: number
  /** The server has closed sockets, or is still behind: nothing more can be learned from it. */
  over: boolean
}

/** Many rooms of four, one writer in each. */
const rooms = (count: number): Row => ({
  name: `rooms-${count}`,
  title: `${count} rooms of 4, one writer in each`,
  measures: [
    { key: 'rate', label: 'highest rate with p99 < 100 ms', unit: 'updates/s', better: 'higher', digits: 0 },
    { key: 'cpu', label: 'server CPU per update at about 6,000/s', unit: 'µs', better: 'lower', digits: 0 },
  ],
  async run(repetition) {
    const names = await repetition.site.makeRooms(count)
    return withCrowd(repetition.site, async (crowd, server) => {
      const places = await crowd.fill(names, people, 1)
      const writers = places.flatMap(({ members }) => members.slice(0, 1))
      return ramp(repetition, crowd, server, writers)
    })
  },
})

export const fiftyRooms = rooms(50)
export const twoHundredRooms = rooms(200)

/**
 * Looks for the highest rate that a server keeps up with: by steps of one half until it fails twice (or, where the first
 * is too much already, by halves until it does not), then between the last it kept up with and the first it did not. Bounded in steps and in time.
 */
async function ramp(
  { quick, note }: Repetition,
  crowd: Crowd,
  server: ServerProcess,
  writers: readonly Member[],
): Promise<Figures> {
  const deadline = performance.now() + (quick ? 8_000 : 15_000)
  const length = quick ? 700 : 1200
  const step = (rate: number) => takeStep(crowd, server, writers, rate, length)
  let best: Step | undefined
  let low = 0
  let high = 0
  let cpu = Number.NaN
  let over = false
  let limited = false

  for (let rate = first; rate >= least && rate <= most && performance.now() < deadline; ) {
    let taken = await step(rate)
    if (!taken.passed && !taken.over && performance.now() < deadline) taken = await step(rate)
    if (rate === first) cpu = taken.cpuPerUpdate
    over = taken.over
    limited = taken.harnessLimited
    if (taken.passed) {
      best = taken
      low = rate
      if (limited || high > 0) break
      rate *= growth
    } else {
      high = rate
      if (low > 0 || over) break
      rate /= 2
    }
  }
  for (let i = 0; i < refinements && !over && low > 0 && high > 0 && performance.now() < deadline; i++) {
    const rate = Math.sqrt(low * high)
    const taken = await step(rate)
    over = taken.over
    if (taken.passed) {
      best = taken
      low = rate
    } else high = rate
  }
  const closed = crowd.closed()
  if (closed.length > 0)
    note(`beyond it the server closed ${closed.length} sockets (${[...new Set(closed)].join(', ')})`)
  if (best && (limited || high === 0)) note('the clients were the limit: read the rate as "at least"')
  return { rate: best?.rate ?? 0, cpu }
}

async function takeStep(
  crowd: Crowd,
  server: ServerProcess,
  writers: readonly Member[],
  rate: number,
  length: number,
): Promise<Step> {
  const each = rate / writers.length
  await crowd.typeSteadily(writers, each, warmUp)
  const cpuBefore = server.usage().cpu
  const watch = crowd.begin()
  const begun = performance.now()
  await crowd.typeSteadily(writers, each, length)
  const took = performance.now() - begun
  crowd.end()
  await crowd.settled(1000)
  const cpu = server.usage().cpu - cpuBefore
  const times = watch.latency
  times.addLost(crowd.missing())
  const passed = times.quantile(0.99) < bound
  const sent = (watch.written * 1000) / took
  const cpuPerUpdate = (cpu * 1000) / watch.written
  // What a failed step left behind must not count against the next.
  if (crowd.missing() > 0) await crowd.settled(5000)
  await pause(100)
  const over = crowd.missing() > 0 || crowd.closed().length > 0
  return { passed, rate: sent, harnessLimited: sent < rate * 0.93, cpuPerUpdate, over }
}
