import { AppError } from '@cabildo/protocol/errors'
import { workApart } from '../apart.ts'
import { createTurns } from '../turns.ts'

/** What is drawn: a template in Typst of one page, and what it says, which it reads as `json("data.json")`. */
export interface Drawing {
  template: string
  data: unknown
}

/** How many pictures wait before the next is told to come back. */
const mostWaiting = 6
const limits = { time: 20_000, memory: 256 }
const program = new URL('picture-process.ts', import.meta.url)
const inTurn = createTurns()
let waiting = 0

/** Draws a page as a PNG, four pixels for three points; one at a time. Throws `unavailable` when too many wait, or it cannot be drawn. */
export async function drawPicture(drawing: Drawing): Promise<Uint8Array> {
  if (waiting >= mostWaiting) throw new AppError('unavailable', { retryAfter: 10 })
  waiting += 1
  try {
    const png = await inTurn('', () => workApart<Uint8Array>(program, drawing, limits))
    if (!png) throw new AppError('unavailable', { detail: 'It could not be drawn.', retryAfter: 60 })
    return png
  } finally {
    waiting -= 1
  }
}
