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

function noop(): void {}
