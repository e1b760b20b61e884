import { get } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { ServerProcess } from '../harness/server-process.ts'
import { within } from '../harness/within.ts'
import { createCaller } from '../workshop/caller.ts'

/** What making and sending one bundle took. */
export interface Bundled {
  milliseconds: number
  bytes: number
  /** Memory of the server in kB: before, and the most while it was made and sent. */
  before: number
  peak: number
  /** The longest that a small request had to wait meanwhile, in milliseconds: how long the event loop was held. */
  longest: number
}

const bundleWithin = 300_000

/** Downloads a bundle and watches the server meanwhile. Throws when it does not come whole in five minutes. */
export async function downloadBundle(server: ServerProcess, path: string, cookie: string): Promise<Bundled> {
  await server.collect()
  const before = server.usage().rss
  const watch = watchServer(server)
  const begun = performance.now()
  try {
    const bytes = await within(bundleWithin, `GET ${path}`, countBytes(server.port, path, cookie))
    return { milliseconds: performance.now() - begun, bytes, before, ...(await watch.stop()) }
  } finally {
    await watch.stop()
  }
}

function countBytes(port: number, path: string, cookie: string): Promise<number> {
  return new Promise((resolve, reject) => {
    get({ host: '127.0.0.1', port, path, headers: { Cookie: cookie } }, (response) => {
      let bytes = 0
      response.on('data', (part: Buffer) => {
        bytes += part.length
      })
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode === 200) resolve(bytes)
        else reject(new Error(`GET ${path} was answered ${response.statusCode}`))
      })
    }).on('error', reject)
  })
}

/** Watches a server's memory, and how long it lets a request wait that needs nothing but a turn of its event loop. */
export function watchServer({ port, usage }: Pick<ServerProcess, 'port' | 'usage'>): {
  stop(): Promise<{ peak: number; longest: number }>
} {
  const caller = createCaller(port)
  let peak = 0
  let longest = 0
  let over = false
  const looking = (async () => {
    while (!over) {
      const begun = performance.now()
      await caller.ask('GET', '/healthz')
      longest = Math.max(longest, performance.now() - begun)
      peak = Math.max(peak, usage().rss)
      await pause(5)
    }
  })()
  looking.catch(() => undefined)
  return {
    async stop() {
      over = true
      await looking
      caller.end()
      return { peak, longest }
    },
  }
}
