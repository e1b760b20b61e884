/** Runs a replay in a thread of its own, with a bound on its time and on its memory. */
import { Worker } from 'node:worker_threads'
import { AppError } from '@cabildo/protocol/errors'
import type { Parts, Replayed, Sought } from './replay.ts'

/** Bounds of replays. */
export interface ReplayLimits {
  /** For one answer, in milliseconds. */
  time: number
  /** For the thread, in MiB. */
  memory: number
  /** Threads at once. */
  atOnce: number
}

/** The usual bounds. A document of 100,000 rows takes some seconds. */
export const replayLimits: ReplayLimits = { time: 60_000, memory: 768, atOnce: 2 }

/** A replay that goes on. */
export interface Replaying {
  /**
   * Takes more of the document, and answers for all of it. One at a time. Throws `unavailable` when it takes too long, and
   * `too_large` when it takes too much memory; it is over then.
   */
  read(parts: Parts): Promise<Replayed>
}

let running = 0

/** Starts a replay, and ends it when `work` has ended. Throws `unavailable` while others are running. */
export async function withReplay<Result>(
  sought: Sought,
  work: (replay: Replaying) => Promise<Result>,
  limits: ReplayLimits = replayLimits,
): Promise<Result> {
  if (running >= limits.atOnce) {
    throw new AppError('unavailable', { detail: 'Other texts are being searched.', retryAfter: 5 })
  }
  running += 1
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    workerData: sought,
    resourceLimits: { maxOldGenerationSizeMb: limits.memory },
  })
  // Whoever reads hears of it below; between two reads nobody does.
  worker.on('error', () => undefined)
  try {
    return await work({ read: (parts) => readIn(worker, parts, limits.time) })
  } finally {
    running -= 1
    await worker.terminate()
  }
}

function readIn(worker: Worker, parts: Parts, time: number): Promise<Replayed> {
  return new Promise((resolve, reject) => {
    const listeners = {
      message: (replayed: Replayed) => end(() => resolve(replayed)),
      error: (error: unknown) => end(() => reject(refusalOf(error))),
      exit: () => end(() => reject(new Error('the search of a text ended without an answer'))),
    }
    const timer = setTimeout(() => {
      const detail = 'Searching the history of this text takes too long.'
      end(() => reject(new AppError('unavailable', { detail, retryAfter: 60 })))
      void worker.terminate()
    }, time)
    const end = (tell: () => void): void => {
      clearTimeout(timer)
      for (const [name, listener] of Object.entries(listeners)) worker.off(name, listener)
      tell()
    }
    for (const [name, listener] of Object.entries(listeners)) worker.on(name, listener)
    // A view carries all of what it is a view of along, and rows come as views of what the database sent.
    const copy = <One extends { bytes: Uint8Array }>(one: One): One => ({ ...one, bytes: new Uint8Array(one.bytes) })
    worker.postMessage({ ...parts, rows: parts.rows.map(copy), drafts: parts.drafts.map(copy) })
  })
}

function refusalOf(error: unknown): unknown {
  const isFull = error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
  return isFull ? new AppError('too_large', { detail: 'The history of this text is too long to be searched.' }) : error
}
