/**
 * Public pages at two hundred requests a second beside fifty people who write. Three rounds in one run, on one server: they
 * write alone; beside readers of a plain page of another server, which is what the machine and the clients cost; beside
 * readers of our pages, all of which change once each second, and once by something that is taken away. Time is what a reader waits for the last byte.
 */
import { schemaHash } from '@cabildo/schema/rules'
import { createCrowd } from '../harness/crowd.ts'
import { yProtocol } from '../harness/dialects.ts'
import type { Cluster } from '../harness/postgres.ts'
import { startServer } from '../harness/server-process.ts'
import { plantPublicTown } from './plant.ts'
import { type Read, readSteadily } from './readers.ts'

export interface SiteOptions {
  cluster: Cluster
  core: number | undefined
  quick: boolean
  seed: number
  say(line: string): void
}

const kinds = ['alone', 'plain', 'ours'] as const
type Kind = (typeof kinds)[number]

/** Of one round; milliseconds. */
export interface SiteRound {
  ackP50: number
  ackP99: number
  pageP50: number
  pageP95: number
  pageP99: number
  perSecond: number
  statuses: Record<string, number>
  /** Bytes on the wire. */
  largest: number
}

export type SiteOutcome = Record<Kind, SiteRound>

const editors = 50
const keysASecond = 4
const requestsASecond = 200

/** Plants the plan and runs the rounds. */
export async function runSite({ cluster, core, quick, seed, say }: SiteOptions): Promise<SiteOutcome> {
  const database = await cluster.createDatabase('site', async () => {})
  const milliseconds = quick ? 5000 : 20_000
  try {
    const town = await plantPublicTown(database.url, { texts: 5, people: 60, seed })
    const server = await startServer({ entry: 'cabildo.ts', env: { DATABASE_URL: database.url }, core })
    const plain = await startServer({ entry: 'page.ts', env: { PAGE_BYTES: '30000' }, core })
    const query = `schema=${encodeURIComponent(schemaHash)}&caps=saved1`
    const crowd = createCrowd({
      port: server.port,
      dialect: yProtocol,
      request: (room, person) => ({
        path: `/rooms/${room}?${query}`,
        headers: {
          Origin: `http://127.0.0.1:${server.port}`,
          Cookie: town.cookies[person % town.cookies.length] ?? '',
        },
      }),
    })
    try {
      const [room] = await crowd.fill([town.documentId], editors, editors)
      if (!room) throw new Error('nobody came')
      // The first ones warm up what every later one finds warm.
      await readSteadily(server.port, town.paths, { rate: 20, milliseconds: 3000 })
      await readSteadily(plain.port, town.paths, { rate: 20, milliseconds: 1000 })
      const round = async (kind: Kind): Promise<SiteRound> => {
        const watch = crowd.begin()
        // As in a workshop: each second something is added. In the middle of it something is taken away.
        const adding = setInterval(() => void town.change('add'), 1000)
        const taking = setTimeout(() => void town.change('take'), milliseconds / 2)
        const port = kind === 'ours' ? server.port : plain.port
        const rate = { rate: requestsASecond, milliseconds }
        const [read] = await Promise.all([
          kind === 'alone' ? none() : readSteadily(port, town.paths, rate),
          crowd.typeSteadily(room.members, keysASecond, milliseconds),
        ])
        clearInterval(adding)
        clearTimeout(taking)
        crowd.end()
        await crowd.settled(5000)
        const result = {
          ...{ ackP50: watch.acks.quantile(0.5), ackP99: watch.acks.quantile(0.99) },
          ...{ pageP50: read.times.quantile(0.5), pageP95: read.times.quantile(0.95) },
          ...{ pageP99: read.times.quantile(0.99), perSecond: read.perSecond },
          ...{ statuses: read.statuses, largest: read.largest },
        }
        say(`${kind}: ${JSON.stringify(result)}`)
        return result
      }
      return { alone: await round('alone'), plain: await round('plain'), ours: await round('ours') }
    } finally {
      await crowd.leave()
      await plain.kill()
      await server.kill()
      await town.end()
    }
  } finally {
    await database.drop()
  }
}

async function none(): Promise<Read> {
  return readSteadily(0, [], { rate: 1, milliseconds: 0 })
}

/** The rounds as a table of Markdown. */
export function renderSite({ alone, plain, ours }: SiteOutcome): string {
  const row = (label: string, key: 'ackP50' | 'ackP99' | 'pageP50' | 'pageP95' | 'pageP99') => {
    const told = (value: number) => (Number.isFinite(value) ? value.toFixed(1) : '')
    const cells = [alone[key], plain[key], ours[key]].map(told)
    return `| ${label} | ${cells.join(' | ')} | ${(ours[key] / plain[key]).toFixed(2)} |`
  }
  const answers = Object.entries(ours.statuses)
    .map(([status, count]) => `${status} ${count} times`)
    .join(', ')
  return [
    '| public pages beside fifty who write; ms | nobody reads | plain pages of another server | our pages | to plain |',
    '| --- | ---: | ---: | ---: | ---: |',
    row('a page, asked until read: p50', 'pageP50'),
    row('the same: p95', 'pageP95'),
    row('the same: p99', 'pageP99'),
    row('a key until its author is told it is saved: p50', 'ackP50'),
    row('the same: p99', 'ackP99'),
    '',
    `${ours.perSecond.toFixed(0)} requests a second, answered ${answers}; the largest page was ${ours.largest.toLocaleString('en-US')} bytes on the wire.`,
  ].join('\n')
}
