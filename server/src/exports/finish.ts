import { AppError } from '@cabildo/protocol/errors'
import { workApart } from '../apart.ts'
import { createTurns } from '../turns.ts'
import { typeset } from '../typeset/service.ts'
import type { Made } from './files.ts'

/** How many documents for Word wait before the next is told to come back. */
const mostWaiting = 6
const limits = { time: 20_000, memory: 512 }
const program = new URL('docx-process.ts', import.meta.url)
const inTurn = createTurns()
let waiting = 0

/**
 * The bytes of a file that was made: what takes long is done in processes of their own, one at a time each. Throws `unavailable`
 * when too many wait, `too_large` when it is not done in time.
 */
export async function finish(made: Made): Promise<Uint8Array> {
  if (typeof made === 'string') return new TextEncoder().encode(made)
  if ('typeset' in made) return typeset(async () => made.typeset)
  if (waiting >= mostWaiting) throw new AppError('unavailable', { detail: 'Too many documents wait.', retryAfter: 5 })
  waiting += 1
  try {
    const bytes = await inTurn('', () => workApart<Uint8Array>(program, made.docx, limits))
    if (!bytes) throw new AppError('too_large', { detail: 'It could not be made in time. Take it as HTML.' })
    return bytes
  } finally {
    waiting -= 1
  }
}
