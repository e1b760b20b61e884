import { setTimeout as pause } from 'node:timers/promises'
import { type Crowd, createCrowd, type Watch } from '../harness/crowd.ts'
import type { ServerProcess } from '../harness/server-process.ts'
import type { Contender } from './contenders.ts'
import type { Site } from './site.ts'

/** One figure a row gives: what it is, and which end of it is good. */
export interface Measure {
  key: string
  label: string
  unit: string
  better: 'lower' | 'higher'
  digits: number
  /** Kept in the results, left out of the table. */
  aside?: true
}

/** What one repetition of a row on one server gave. A figure that cannot be had there is left out. */
export type Figures = Record<string, number>

export interface Repetition {
  site: Site
  contender: Contender
  quick: boolean
  /** From 0 to 1, from the run's seed. */
  random(): number
  /** Something a reader of the figures must know. */
  note(text: string): void
}

/** A row of the table. */
export interface Row {
  name: string
  title: string
  /** Servers it makes sense for; all unless said. */
  suits?: (contender: Contender) => boolean
  /** Fewer repetitions than asked, for what hardly varies or takes long. */
  atMost?: number
  measures: readonly Measure[]
  run(repetition: Repetition): Promise<Figures>
}

/** Runs `use` on a new server, and ends that server whatever happens. */
export async function withServer<Result>(site: Site, use: (server: ServerProcess) => Promise<Result>): Promise<Result> {
  const server = await site.start()
  try {
    return await use(server)
  } finally {
    await server.kill()
  }
}

/** A server, and a crowd before its door. */
export async function withCrowd<Result>(
  site: Site,
  use: (crowd: Crowd, server: ServerProcess) => Promise<Result>,
): Promise<Result> {
  return withServer(site, async (server) => {
    const crowd = createCrowd(site.door(server))
    try {
      return await use(crowd, server)
    } finally {
      await crowd.leave()
    }
  })
}

/** What a stretch of typing gave: times, the server's CPU for each delivered character, and what never came. */
export interface Stretch {
  watch: Watch
  /** Microseconds of the server's CPU. */
  cpuPerCharacter: number
  /** Microseconds of the clients' CPU, for a look at what the harness itself can do. */
  clientCpuPerCharacter: number
  lost: number
}

/**
 * Measures typing from its first key until all of it has arrived, or until nobody waits any longer. The CPU of the
 * catching up belongs to the typing, so that a server that falls behind does not look cheap.
 */
export async function measureTyping(
  { crowd, server, note }: { crowd: Crowd; server: ServerProcess; note: Repetition['note'] },
  typing: () => Promise<void>,
  settle: number,
): Promise<Stretch> {
  const cpuBefore = server.usage().cpu
  const ownBefore = process.cpuUsage()
  const begun = performance.now()
  const watch = crowd.begin()
  await typing()
  crowd.end()
  await crowd.settled(settle)
  const cpu = server.usage().cpu - cpuBefore
  const own = process.cpuUsage(ownBefore)
  const ownShare = (own.user + own.system) / 1000 / (performance.now() - begun)
  const clientCpuPerCharacter = (own.user + own.system) / watch.delivered
  const lost = crowd.missing()
  watch.latency.addLost(lost)
  if (ownShare > 0.9) note(`the clients used ${Math.round(ownShare * 100)} % of their core: they may be the limit`)
  const closed = crowd.closed()
  if (closed.length > 0) note(`the server closed ${closed.length} sockets (${[...new Set(closed)].join(', ')})`)
  if (watch.latest > 100) note(`the clients were up to ${Math.round(watch.latest)} ms late in typing`)
  return { watch, cpuPerCharacter: (cpu * 1000) / watch.delivered, clientCpuPerCharacter, lost }
}

/** Lets a server come to rest. */
export const rest = (milliseconds: number) => pause(milliseconds)
