import { Worker } from 'node:worker_threads'
import type { Options } from '@node-rs/argon2'

/** What a thread is asked: to check `password` against `stored`, or to hash it when nothing is stored. */
export interface Request {
  password: string
  stored?: string
  cost: Options
}

/** What it answers: a hash, or whether the password is the one; or why it could not. */
export type Answer = { ok: true; value: string | boolean } | { ok: false; reason: string }

/** Hashes and checks in threads that give way to all other work. */
export interface Hashers {
  hash(password: string): Promise<string>
  /** Throws when `stored` is no hash. */
  verify(stored: string, password: string): Promise<boolean>
}

/**
 * Threads for argon2, begun when they are needed, one for each request that runs at a time, and used again. They keep no
 * process from ending. A thread that dies fails its request alone; the next request begins another.
 */
export function createHashers(cost: Options): Hashers {
  const idle = new Set<Worker>()

  const begin = () => {
    const worker = new Worker(new URL('hash-worker.ts', import.meta.url))
    // Whoever waits for an answer is told by `oneAnswer`; when nobody does, the thread is just not used again.
    worker.on('error', () => {})
    worker.on('exit', () => idle.delete(worker))
    return worker
  }

  const ask = async (request: Request): Promise<string | boolean> => {
    const [worker = begin()] = idle
    idle.delete(worker)
    worker.ref()
    const answer = await oneAnswer(worker, request)
    worker.unref()
    idle.add(worker)
    if (!answer.ok) throw new Error(`a password could not be hashed or checked: ${answer.reason}`)
    return answer.value
  }

  return {
    hash: async (password) => String(await ask({ password, cost })),
    verify: async (stored, password) => (await ask({ password, stored, cost })) === true,
  }
}

function oneAnswer(worker: Worker, request: Request): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const done = () => {
      worker.off('message', answered)
      worker.off('error', failed)
      worker.off('exit', ended)
    }
    const answered = (answer: Answer) => {
      done()
      resolve(answer)
    }
    const failed = (error: unknown) => {
      done()
      reject(error)
    }
    const ended = (code: number) => {
      done()
      reject(new Error(`the thread for passwords ended with ${code}`))
    }
    worker.once('message', answered)
    worker.once('error', failed)
    worker.once('exit', ended)
    worker.postMessage(request)
  })
}
