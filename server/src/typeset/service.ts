import { AppError } from '@cabildo/protocol/errors'
import { workApart } from '../apart.ts'
import { createTurns } from '../turns.ts'

/** What is typeset: a template in Typst, and what it says, which it reads as `json("data.json")` and never as markup. */
export interface Typesetting {
  template: string
  data: unknown
  /** When the document was made, in seconds. */
  at: Date
}

/** How many documents wait before the next is told to come back. */
const mostWaiting = 6
const limits = { time: 30_000, memory: 512 }
const program = new URL('typeset-process.ts', import.meta.url)
const inTurn = createTurns()
let waiting = 0

/**
 * Typesets a document as a PDF: tagged, in PDF/UA-1 where the fonts have every sign; one at a time. What it says is read with
 * `make` when its turn has come, so that who waits holds nothing. Throws what `make` throws, `unavailable` when too many wait, `too_large` when it is not done in half a minute.
 */
export async function typeset(make: () => Promise<Typesetting>): Promise<Uint8Array> {
  if (waiting >= mostWaiting) throw new AppError('unavailable', { detail: 'Too many documents wait.', retryAfter: 10 })
  waiting += 1
  try {
    const pdf = await inTurn('', async () => workApart<Uint8Array>(program, await make(), limits))
    if (!pdf) throw new AppError('too_large', { detail: 'It could not be typeset in time. Take the table as CSV.' })
    return pdf
  } finally {
    waiting -= 1
  }
}

/** Words as they can be drawn: without what draws nothing, or turns the words after it around. */
export function drawable(words: string): string {
  return words.replaceAll(/(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, '')
}
