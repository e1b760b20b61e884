/** The thread that packs a bundle into a file, as who fills the bundle sees it. */
import { Worker } from 'node:worker_threads'
import type { Way } from '@cabildo/record/packer'

/** What the thread is told, one after another; it answers each with the length of the file so far. */
export type Told = { what: 'begin'; name: string; way: Way } | { what: 'add'; bytes: Uint8Array } | { what: 'seal' }

/** What the thread begins with. */
export interface PackingData {
  fd: number
}

/** Takes files one after another. Every call waits until what was said before it is packed, so that little is on its way. */
export interface Packing {
  begin(name: string, way: Way): Promise<void>
  /** Gives the bytes away: they are not there any more afterwards. */
  add(bytes: Uint8Array<ArrayBuffer>): Promise<void>
  /** Ends the archive; answers its length in bytes. */
  seal(): Promise<number>
  /** Ends the thread, whatever it is doing. */
  stop(): Promise<unknown>
}

/** Starts packing into a file. Whatever the thread fails with, or that it ended, is thrown by the next call. */
export function startPacking(fd: number): Packing {
  const workerData: PackingData = { fd }
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 128 },
  })
  const unanswered: { resolve: (size: number) => void; reject: (why: unknown) => void }[] = []
  let failure: unknown
  let last: Promise<number> = Promise.resolve(0)

  const fail = (why: unknown) => {
    failure ??= why
    for (const { reject } of unanswered.splice(0)) reject(failure)
  }
  worker.on('message', (size: number) => unanswered.shift()?.resolve(size))
  worker.on('error', fail)
  worker.on('exit', (code) => fail(new Error(`the packing ended with ${code}`)))

  /** Says it, and answers once what was said before is done. */
  async function tell(told: Told): Promise<void> {
    const before = last
    last = new Promise((resolve, reject) => {
      if (failure !== undefined) return reject(failure)
      unanswered.push({ resolve, reject })
      worker.postMessage(told, told.what === 'add' ? [told.bytes.buffer as ArrayBuffer] : [])
    })
    // The next call throws it.
    last.catch(() => undefined)
    await before
  }

  return {
    begin: (name, way) => tell({ what: 'begin', name, way }),
    add: (bytes) => tell({ what: 'add', bytes }),
    async seal() {
      await tell({ what: 'seal' })
      return last
    },
    stop: () => worker.terminate(),
  }
}
