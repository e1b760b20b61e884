import { AppError } from '@cabildo/protocol/errors'

/** Runs `work` once everything asked before under the same key has ended, well or badly, and answers as it does. */
export type Turns = <Result>(key: string, work: () => Promise<Result>) => Promise<Result>

/** Turns of this process. Who waits for one waits in memory, and holds nothing meanwhile. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>()
  return (key, work) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work, work)
    const settled = turn.then(noop, noop).then(() => {
      if (last.get(key) === settled) last.delete(key)
    })
    last.set(key, settled)
    return turn
  }
}

/** A line of this process: one piece of work at a time. */
export type Line = <Result>(work: () => Promise<Result>) => Promise<Result>

/** No line: for work whose turn has come. */
export const atOnce: Line = (work) => work()

/** Makes a line in which at most `most` are, the one at work among them: the next is told to come back (`unavailable`). */
export function createLine(most: number, refusal: { detail?: string; retryAfter: number }): Line {
  const inTurn = createTurns()
  let waiting = 0
  return async (work) => {
    if (waiting >= most) throw new AppError('unavailable', refusal)
    waiting += 1
    try {
      return await inTurn('', work)
    } finally {
      waiting -= 1
    }
  }
}

function noop(): void {}
