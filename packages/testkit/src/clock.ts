/** A clock that stands still until told otherwise; it fits the `Clock` port of the rooms. */
export interface ManualClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Runs `run` once, when the clock has moved on by so many milliseconds; answers a function that cancels. */
  after(milliseconds: number, run: () => void): () => void
  /** Moves on, running what falls due in order of time, each at its own moment; also what those ask for meanwhile. */
  advance(milliseconds: number): void
  /** How many calls are waiting. */
  waiting(): number
}

/** Starts at `start`, 1 January 2026 unless said otherwise. */
export function createManualClock(start = Date.UTC(2026, 0, 1)): ManualClock {
  let time = start
  let made = 0
  const due = new Map<number, { at: number; run: () => void }>()

  function next(until: number): number | undefined {
    let first: { key: number; at: number } | undefined
    for (const [key, { at }] of due) {
      if (at <= until && (!first || at < first.at)) first = { key, at }
    }
    return first?.key
  }

  return {
    now: () => time,
    after(milliseconds, run) {
      made += 1
      const key = made
      due.set(key, { at: time + Math.max(0, milliseconds), run })
      return () => {
        due.delete(key)
      }
    },
    advance(milliseconds) {
      const until = time + milliseconds
      for (let key = next(until); key !== undefined; key = next(until)) {
        const timer = due.get(key)
        due.delete(key)
        if (!timer) continue
        time = timer.at
        timer.run()
      }
      time = until
    },
    waiting: () => due.size,
  }
}
