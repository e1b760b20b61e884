/**
 * Work that can wait, one piece at a time, when the page is idle: a document has a dozen editors, and a cheap phone shows
 * two of them. Pieces are done in the order they were asked for.
 */
export interface Turns {
  /** Does `task` when its turn comes; answers how to call it off. */
  take(task: () => void): () => void
}

/** `whenIdle` calls back once when there is time. */
export function createTurns(whenIdle: (callback: () => void) => void): Turns {
  const waiting = new Set<() => void>()
  let asked = false
  const next = () => {
    asked = false
    const [task] = waiting
    if (!task) return
    waiting.delete(task)
    task()
    ask()
  }
  const ask = () => {
    if (asked || waiting.size === 0) return
    asked = true
    whenIdle(next)
  }
  return {
    take(task) {
      waiting.add(task)
      ask()
      return () => {
        waiting.delete(task)
      }
    },
  }
}
