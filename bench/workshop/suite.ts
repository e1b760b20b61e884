/**
 * A workshop in a village: sixty phones behind one address come in at one moment and write into one commitment. Measured
 * with and without two hundred sign-ins a second that are refused meanwhile, in turns, so that whatever else the machine
 * does falls on both.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { createCrowd } from '../harness/crowd.ts'
import { createHistogram, median } from '../harness/histogram.ts'
import type { Cluster } from '../harness/postgres.ts'
import { startServer } from '../harness/server-process.ts'
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
  /** Sign-ins sent a second, and how they were answered; empty when it was calm. */
  signIns: number
  refused: Record<number, number>
}

export interface WorkshopOutcome {
  calm: Round[]
  flood: Round[]
  notes: string[]
}

const phones = 60
const signInsPerSecond = 200
const keysASecond = 4
/** Milliseconds. Each wait inside has a bound of its own; these are for what nobody thought of. */
const foundWithin = 300_000
const roundWithin = 300_000
const joinWithin = 120_000

/** Runs the rounds in turns, each on a new server: calm, flood, calm, flood. */
export async function runWorkshop({ cluster, core, quick, say }: WorkshopOptions): Promise<WorkshopOutcome> {
  const calm: Round[] = []
  const flood: Round[] = []
  const notes: string[] = []
  for (let round = 0; round < (quick ? 1 : 2); round += 1) {
    for (const [kind, rounds] of [
      ['calm', calm],
      ['flood', flood],
    ] as const) {
      const village = await within(foundWithin, 'the village', foundVillage(cluster))
      const server = await startServer({ entry: 'cabildo.ts', env: { DATABASE_URL: village.databaseUrl }, core })
      try {
        const coming = comeTogether(village, server.port, { flooded: kind === 'flood', quick })
        const result = await within(roundWithin, `round ${round + 1}, ${kind}`, coming)
        rounds.push(result)
        if (result.lost > 0) notes.push(`${kind}: ${result.lost} characters had not reached everybody after 5 s.`)
        say(`${round + 1} ${kind}: ${JSON.stringify(result, roundOff)}`)
      } finally {
        await server.kill()
        await village.end()
      }
    }
  }
  return { calm, flood, notes }
}

async function comeTogether(
  village: Village,
  port: number,
  { flooded, quick }: { flooded: boolean; quick: boolean },
): Promise<Round> {
  const token = await village.openWorkshop(port)
  const flood = flooded ? beginFlood(port, signInsPerSecond) : undefined
  try {
    // It is under way when the first phone comes.
    if (flood) await pause(1500)
    return await measure(village, port, { token, flood, quick })
  } finally {
    await flood?.stop()
  }
}

async function measure(
  village: Village,
  port: number,
  { token, flood, quick }: { token: string; flood: Flood | undefined; quick: boolean },
): Promise<Round> {
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
    const watch = crowd.begin()
    await crowd.typeSteadily(room.members, keysASecond, quick ? 3000 : 6000)
    crowd.end()
    await crowd.settled(5000)
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
      signIns: perSecond,
      refused: statuses,
    }
  } finally {
    await crowd.leave()
  }
}

const measures = [
  ['joinP50', 'look, join and read the document, a phone: p50'],
  ['joinP99', 'the same: p99'],
  ['allInside', 'until all sixty have the document open'],
  ['ackP50', 'a key until its author is told it is saved: p50'],
  ['ackP99', 'the same: p99'],
  ['shownP50', 'a key until the others have it: p50'],
  ['shownP99', 'the same: p99'],
] as const

/** The medians as a table, with what the flood made of each. */
export function renderWorkshop({ calm, flood }: Pick<WorkshopOutcome, 'calm' | 'flood'>): string {
  const rows = measures.map(([key, label]) => {
    const [without, during] = [calm, flood].map((rounds) => median(rounds.map((round) => round[key])))
    const ratio = (during ?? Number.NaN) / (without ?? Number.NaN)
    return `| ${label}, ms | ${tell(without)} | ${tell(during)} | ${ratio.toFixed(2)} |`
  })
  const rate = median(flood.map(({ signIns }) => signIns))
  const answered = flood.flatMap(({ refused }) => Object.entries(refused))
  const counts = new Map<string, number>()
  for (const [status, count] of answered) counts.set(status, (counts.get(status) ?? 0) + count)
  return [
    '| sixty phones in a workshop | calm | while sign-ins are refused | ratio |',
    '| --- | ---: | ---: | ---: |',
    ...rows,
    '',
    `${rate.toFixed(0)} sign-ins a second, each from another address; answered: ${[...counts].map(([status, count]) => `${status} ${count} times`).join(', ')}.`,
  ].join('\n')
}

function tell(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? '–' : value.toFixed(1)
}

function roundOff(_key: string, value: unknown): unknown {
  return typeof value === 'number' ? Math.round(value * 10) / 10 : value
}
