import { AppError } from '@cabildo/protocol/errors'
import { workApart } from '../apart.ts'
import { createLine } from '../turns.ts'

/** What is drawn: a template in Typst of one page, and what it says, which it reads as `json("data.json")`. */
export interface Drawing {
  template: string
  data: unknown
}

/** One at a time; so many wait before the next is told to come back. */
const inLine = createLine(6, { retryAfter: 10 })
const limits = { time: 20_000, memory: 256 }
const program = new URL('picture-process.ts', import.meta.url)

/** Draws a page as a PNG, four pixels for three points; one at a time. Throws `unavailable` when too many wait, or it cannot be drawn. */
export async function drawPicture(drawing: Drawing): Promise<Uint8Array> {
  const png = await inLine(() => workApart<Uint8Array>(program, drawing, limits))
  if (!png) throw new AppError('unavailable', { detail: 'It could not be drawn.', retryAfter: 60 })
  return png
}
