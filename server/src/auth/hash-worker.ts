/**
 * Hashes and checks passwords in a thread of its own that gives way to every other: a flood of sign-ins must not be felt
 * by those who write. Answers one request at a time, in the order of asking; see `hashers.ts`.
 */
import { getPriority, setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { hashSync, verifySync } from '@node-rs/argon2'
import type { Answer, Request } from './hashers.ts'

/** Of 19. On Linux it is this thread's alone, and the others get ten times its share when they want it. */
const modesty = 10
// Elsewhere the whole process would become modest.
if (process.platform === 'linux') becomeModest()

/** A program that was itself begun modest stays as it is: nobody may take modesty back. Without it passwords still work. */
function becomeModest(): void {
  try {
    setPriority(Math.max(modesty, getPriority()))
  } catch {}
}

parentPort?.on('message', (request: Request) => {
  parentPort?.postMessage(answer(request))
})

function answer({ password, stored, cost }: Request): Answer {
  try {
    return { ok: true, value: stored === undefined ? hashSync(password, cost) : verifySync(stored, password) }
  } catch (error) {
    return { ok: false, reason: error instanceof Error ? error.message : String(error) }
  }
}
