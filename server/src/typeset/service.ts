import { AppError } from '@cabildo/protocol/errors'
import { workApart } from '../apart.ts'
import { createLine, type Line } from '../turns.ts'

/** What is typeset: a template in Typst, and what it says, which it reads as `json("data.json")` and never as markup. */
export interface Typesetting {
  template: string
  data: unknown
  /** When the document was made, in seconds. */
  at: Date
}

/** Those who take part in plans: one document at a time; so many wait before the next is told to come back. */
const members = createLine(6, { detail: 'Too many documents wait.', retryAfter: 10 })
const limits = { time: 30_000, memory: 512 }
const program = new URL('typeset-process.ts', import.meta.url)

/**
 * Typesets a document as a PDF: tagged, in PDF/UA-1 where the fonts have every sign; one at a time in each line, the
 * members' unless another is given. What it says is read with `make` when its turn has come, so that who waits holds nothing. Throws what `make` throws, `unavailable` when too many wait, `too_large` when it is not done in half a minute.
 */
export async function typeset(make: () => Promise<Typesetting>, line: Line = members): Promise<Uint8Array> {
  const pdf = await line(async () => workApart<Uint8Array>(program, await make(), limits))
  if (!pdf) throw new AppError('too_large', { detail: 'It could not be typeset in time. Take the table as CSV.' })
  return pdf
}

/** Words as they can be drawn: without what draws nothing, or turns the words after it around. */
export function drawable(words: string): string {
  return words.replaceAll(/(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069\ufffe\uffff]/gu, '')
}
