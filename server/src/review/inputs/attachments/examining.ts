import { workApart } from '../../../apart.ts'
import { createTurns } from '../../../turns.ts'
import { type Examined, examiningTime, type Unfit } from './rules.ts'

/** How many files wait to be looked at before the next is told to come back. */
const mostWaiting = 12

/** Looks at files, one at a time. */
export interface Examiner {
  /** Whether too many wait by now, so that a file need not be read. */
  readonly full: boolean
  /** What a file is, by its bytes alone, and as it is to be kept; undefined when too many wait. */
  examine(bytes: Uint8Array): Promise<Examined | Unfit | undefined>
}

const program = new URL('examining-process.ts', import.meta.url)

/** An examiner that begins a process for each file and ends it in time. */
export function createExaminer(): Examiner {
  const inTurn = createTurns()
  let waiting = 0
  return {
    get full() {
      return waiting >= mostWaiting
    },
    async examine(bytes) {
      if (waiting >= mostWaiting) return undefined
      waiting += 1
      try {
        const limits = { time: examiningTime, memory: 192 }
        return (await inTurn('', () => workApart<Examined | Unfit>(program, bytes, limits))) ?? 'broken'
      } finally {
        waiting -= 1
      }
    },
  }
}
