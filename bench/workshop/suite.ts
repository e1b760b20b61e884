/**
 * A workshop in a village: sixty phones behind one address come in at one moment and write into one commitment. Measured
 * in three ways, in turns, so that whatever else the machine does falls on all: in calm; while the same process sends two
 * hundred sign-ins a second to a bare server beside ours, which tells what the flood's own clients and the machine do to
 * the phones; and while it sends them to ours.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { createCrowd } from '../harness/crowd.ts'
import { createHistogram, median } from '../harness/histogram.ts'
import type { Cluster } from '../harness/postgres.ts'
import { firstThreadCpu } from '../harness/process-meter.ts'
import { type ServerProcess, startServer } from '../harness/server-process.ts'
import { within } from '../harness/within.ts'
import { beginFlood, type Flood } from './flood.ts'
import { foundVillage, type Village } from './village.ts'

export interface WorkshopOptions {
  cluster: Cluster
  core: number | undefined
  quick: boolean
  say(line: string): void
}

/** What one coming together gave. Milliseconds, but for the flood. */
export interface Round {
  /** From looking at the QR until the document's opening was here, a phone. */
  joinP50: number
  joinP99: number
  /** From the first look until the last phone had the document open. */
  allInside: number
  /** From a key until its author was told that it is saved. */
  ackP50: number
  ackP99: number
  /** From a key until each of the others had it. */
  shownP50: number
  shownP99: number
  lost: number
  /** CPU milliseconds of our server in a second while they write: all its threads, and the first one. */
  cpu: number
  firstCpu: number
  /** The same of the server that is flooded, when it is not ours; 0 otherwise. */
  bareCpu: number
  /** Sign-ins sent a second, and how they were answered; empty when it was calm. */
  signIns: number
  refused: Record<number, number>
}

/** Where the flood goes: nowhere, to a bare server, or to ours. */
const kinds = ['calm', 'bare', 'flood'] as const
type Kind = (typeof kinds)[number]

/** The rounds of each kind. */
export type Rounds = Record<Kind, Round[]>

export interface WorkshopOutcome extends Rounds {
  notes: string[]
}

const phones = 60
const signInsPerSecond = 200
const keysASecond = 4
const repetitions = 6
/** Milliseconds. Each wait inside has a bound of its own; these are for what nobody thought of. */
const foundWithin = 300_000
const roundWithin = 300_000
const joinWithin = 120_000

/** Runs the rounds in turns, each on a new server; each kind is the first as often as the others. */
export async function runWorkshop({ cluster, core, quick, say }: WorkshopOptions): Promise<WorkshopOutcome> {
  const outcome: WorkshopOutcome = { calm: [], bare: [], flood: [], notes: [] }
  for (let round = 0; round < (quick ? 1 : repetitions); round += 1) {
    for (const kind of turned(kinds, round)) {
      const village = await within(foundWithin, 'the village', foundVillage(cluster))
      const server = await startServer({ entry: 'cabildo.ts', env: { DATABASE_URL: village.databaseUrl }, core })
      const bare = kind === 'bare' ? await startServer({ entry: 'bare.ts', env: {}, core }) : undefined
      try {
        const flooded = kind === 'calm' ? undefined : (bare ?? server)
        const coming = comeTogether({ village, server, flooded, quick })
        const result = await within(roundWithin, `round ${round + 1}, ${kind}`, coming)
        outcome[kind].push(result)
        if (result.lost > 0)
          outcome.notes.push(`${kind}: ${result.lost} characters had not reached everybody after 5 s.`)
        say(`${round + 1} ${kind}: ${JSON.stringify(result, roundOff)}`)
      } finally {
        await bare?.kill()
        await server.kill()
        await village.end()
      }
    }
  }
  return outcome
}

/** The same from another place on. */
function turned<Item>(items: readonly Item[], by: number): Item[] {
  const first = by % items.length
  return [...items.slice(first), ...items.slice(0, first)]
}

interface Gathering {
  village: Village
  server: ServerProcess
  flooded: ServerProcess | undefined
  quick: boolean
}

async function comeTogether(gathering: Gathering): Promise<Round> {
  const { village, server, flooded } = gathering
  const token = await village.openWorkshop(server.port)
  const flood = flooded && beginFlood(flooded.port, signInsPerSecond)
  try {
    // It is under way when the first phone comes.
    if (flood) await pause(1500)
    return await measure(gathering, token, flood)
  } finally {
    await flood?.stop()
  }
}

async function measure(
  { village, server, flooded, quick }: Gathering,
  token: string,
  flood: Flood | undefined,
): Promise<Round> {
  const { port } = server
  const joins = createHistogram()
  const begun = performance.now()
  const cookies = await Promise.all(
    Array.from({ length: phones }, async (_, index) => {
      const cookie = await village.join(port, token, `Guest ${index + 1}`)
      joins.add(performance.now() - begun)
      return cookie
    }),
  )
  const crowd = createCrowd(village.door(port, cookies))
  try {
    const room = await within(
      joinWithin,
      `the document on all ${phones} phones`,
      crowd.join(village.documentId, phones),
    )
    const allInside = performance.now() - begun
    await crowd.prepare(room, phones)
    await crowd.typeSteadily(room.members, keysASecond, 1000)
    await crowd.settled(5000)
    const meter = meterOf(server, flooded)
    const watch = crowd.begin()
    await crowd.typeSteadily(room.members, keysASecond, quick ? 3000 : 8000)
    crowd.end()
    await crowd.settled(5000)
    const spent = meter()
    const lost = crowd.missing()
    watch.latency.addLost(lost)
    const { statuses, perSecond } = (await flood?.stop()) ?? { statuses: {}, perSecond: 0 }
    return {
      joinP50: joins.quantile(0.5),
      joinP99: joins.quantile(0.99),
      allInside,
      ackP50: watch.acks.quantile(0.5),
      ackP99: watch.acks.quantile(0.99),
      shownP50: watch.latency.quantile(0.5),
      shownP99: watch.latency.quantile(0.99),
      lost,
      ...spent,
      signIns: perSecond,
      refused: statuses,
    }
  } finally {
    await crowd.leave()
  }
}

/** Begins to read how much CPU the servers take; answers how many milliseconds each took a second since then. */
function meterOf(server: ServerProcess, flooded: ServerProcess | undefined) {
  const bare = flooded === server ? undefined : flooded
  const read = () => ({
    at: performance.now(),
    cpu: server.usage().cpu,
    firstCpu: firstThreadCpu(server.pid),
    bareCpu: bare?.usage().cpu ?? 0,
  })
  const before = read()
  return () => {
    const now = read()
    const aSecond = (key: 'cpu' | 'firstCpu' | 'bareCpu') => ((now[key] - before[key]) * 1000) / (now.at - before.at)
    return { cpu: aSecond('cpu'), firstCpu: aSecond('firstCpu'), bareCpu: aSecond('bareCpu') }
  }
}

const measures = [
  ['joinP50', 'look, join and read the document, a phone: p50, ms'],
  ['joinP99', 'the same: p99, ms'],
  ['allInside', 'until all sixty have the document open, ms'],
  ['ackP50', 'a key until its author is told it is saved: p50, ms'],
  ['ackP99', 'the same: p99, ms'],
  ['shownP50', 'a key until the others have it: p50, ms'],
  ['shownP99', 'the same: p99, ms'],
  ['cpu', 'CPU of our server while they write, ms a second'],
  ['firstCpu', 'of it the thread of the rooms, ms a second'],
] as const

/** The medians as a table, with what the flood at ours made of each, beside calm and beside the flood at a bare server. */
export function renderWorkshop(rounds: Rounds): string {
  const middle = (kind: Kind, key: (typeof measures)[number][0] | 'signIns' | 'bareCpu') =>
    median(rounds[kind].map((round) => round[key]))
  const rows = measures.map(([key, label]) => {
    const [calm, bare, flood] = [middle('calm', key), middle('bare', key), middle('flood', key)]
    const figures = [tell(calm), tell(bare), tell(flood), (flood / calm).toFixed(2), (flood / bare).toFixed(2)]
    return `| ${label} | ${figures.join(' | ')} |`
  })
  const rate = middle('flood', 'signIns')
  const each = (milliseconds: number) => (milliseconds / rate).toFixed(2)
  const counts = new Map<string, number>()
  for (const { refused } of rounds.flood) {
    for (const [status, count] of Object.entries(refused)) counts.set(status, (counts.get(status) ?? 0) + count)
  }
  return [
    '| sixty phones in a workshop | calm | flood at a bare server | flood at ours | to calm | to bare |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
    `${rate.toFixed(0)} sign-ins a second, each from another address; ours answered ${[...counts].map(([status, count]) => `${status} ${count} times`).join(', ')}.`,
    `One costs the thread of the rooms ${each(middle('flood', 'firstCpu') - middle('bare', 'firstCpu'))} ms, those that are checked included; the bare server ${each(middle('bare', 'bareCpu'))} ms.`,
  ].join('\n')
}

function tell(value: number): string {
  return Number.isNaN(value) ? '–' : value.toFixed(1)
}

function roundOff(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 10) / 10 : value
}
