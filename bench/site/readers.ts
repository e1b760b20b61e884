import { Agent, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { createHistogram, type Histogram } from '../harness/histogram.ts'

/** What readers saw. */
export interface Read {
  /** Milliseconds from asking until the last byte, waiting for a socket included. */
  times: Histogram
  /** Answers by their status; `0` for none. */
  statuses: Record<string, number>
  /** The largest answer on the wire, in bytes. */
  largest: number
  perSecond: number
}

/** Asks for pages in turn, `rate` a second, whether or not earlier ones were answered, for so many milliseconds. */
export async function readSteadily(
  port: number,
  paths: readonly string[],
  { rate, milliseconds }: { rate: number; milliseconds: number },
): Promise<Read> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  const read: Read = { times: createHistogram(), statuses: {}, largest: 0, perSecond: 0 }
  const under: Promise<void>[] = []
  const begun = performance.now()
  const total = Math.floor((rate * milliseconds) / 1000)
  for (let asked = 0; asked < total; asked += 1) {
    const due = begun + (asked * 1000) / rate
    const wait = due - performance.now()
    if (wait > 1) await pause(wait)
    under.push(ask(agent, port, paths[asked % paths.length] ?? '/', read))
  }
  read.perSecond = (total * 1000) / (performance.now() - begun)
  await Promise.all(under)
  agent.destroy()
  return read
}

function ask(agent: Agent, port: number, path: string, read: Read): Promise<void> {
  const began = performance.now()
  return new Promise((resolve) => {
    const end = (status: number, bytes: number) => {
      read.statuses[status] = (read.statuses[status] ?? 0) + 1
      read.largest = Math.max(read.largest, bytes)
      if (status === 0) read.times.addLost(1)
      else read.times.add(performance.now() - began)
      resolve()
    }
    const headers = { 'Accept-Encoding': 'gzip, br' }
    const sent = request({ host: '127.0.0.1', port, path, agent, headers, timeout: 20_000 }, (response) => {
      let bytes = 0
      response.on('data', (part: Buffer) => {
        bytes += part.length
      })
      response.on('error', () => end(0, bytes))
      response.on('end', () => end(response.statusCode ?? 0, bytes))
    })
    sent.on('timeout', () => sent.destroy())
    sent.on('error', () => end(0, 0))
    sent.end()
  })
}
