import { AppError } from '@cabildo/protocol/errors'
import { workApart } from '../apart.ts'
import { createLine, type Line } from '../turns.ts'
import { typeset } from '../typeset/service.ts'
import type { Made } from './files.ts'

/** Those who take part in plans: one document for Word at a time; so many wait before the next is told to come back. */
const members = createLine(6, { detail: 'Too many documents wait.', retryAfter: 5 })
const limits = { time: 20_000, memory: 512 }
const program = new URL('docx-process.ts', import.meta.url)

/**
 * The bytes of a file that was made: what takes long is done in processes of their own, one at a time in each line, the members'
 * unless another is given. Throws `unavailable` when too many wait, `too_large` when it is not done in time.
 */
export async function finish(given: Made | Promise<Made>, line?: Line): Promise<Uint8Array> {
  const made = await given
  if (typeof made === 'string') return new TextEncoder().encode(made)
  if ('typeset' in made) return typeset(async () => made.typeset, line)
  const bytes = await (line ?? members)(() => workApart<Uint8Array>(program, made.docx, limits))
  if (!bytes) throw new AppError('too_large', { detail: 'It could not be made in time. Take it as HTML.' })
  return bytes
}
