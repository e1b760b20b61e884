import type { AppendBatch, AppendOutcome, Clock, UpdateLog } from './ports.ts'

/**
 * One commit at a time for the whole node, of whatever every room has waiting (docs/performance.md: a hundred rows cost
 * little more to commit than one). There is no gathering timer while the node is calm: the next commit holds what
 * arrived during the last. After a large fan-out the next commit waits in proportion, at most `gatherAtMost`, so that
 * each write to a socket carries more.
 */
export interface Committer<Source> {
  /** `source` has rows waiting. */
  wake(source: Source): void
  /** Settles when nothing is waiting or on its way. */
  idle(): Promise<void>
}

export interface CommitterPorts<Source> {
  log: UpdateLog
  clock: Clock
  gatherAtMost: number
  /** Takes what the source has waiting. */
  seal(source: Source): AppendBatch | undefined
  /** Tells the source what became of its batch; `failed` means nobody knows. Answers the socket writes this caused. */
  deliver(source: Source, outcome: AppendOutcome | { kind: 'failed'; error: unknown }): number
  /** All outcomes of one commit were delivered: let the writes go out. */
  delivered(): void
}

/** Milliseconds to wait for each write of the last fan-out: writing then takes about a tenth of the time. */
const waitPerWrite = 0.1

/** Makes the node's committer. */
export function createCommitter<Source>(ports: CommitterPorts<Source>): Committer<Source> {
  const { log, clock, gatherAtMost, seal, deliver, delivered } = ports
  const waiting = new Set<Source>()
  let running = false
  let scheduled = false
  let notBefore = 0
  let idlers: (() => void)[] = []

  const schedule = (): void => {
    if (running || scheduled || waiting.size === 0) return
    scheduled = true
    clock.after(Math.max(0, notBefore - clock.now()), () => {
      scheduled = false
      void run()
    })
  }

  /** A definite error of one document must not hold up the others: then each is tried alone. */
  const appendEach = async (
    batches: readonly AppendBatch[],
  ): Promise<(AppendOutcome | { kind: 'failed'; error: unknown })[]> => {
    try {
      return await log.append(batches)
    } catch (error) {
      if (batches.length === 1 || !isDefinite(error)) return batches.map(() => ({ kind: 'failed', error }))
      const outcomes: (AppendOutcome | { kind: 'failed'; error: unknown })[] = []
      for (const batch of batches) outcomes.push(...(await appendEach([batch])))
      return outcomes
    }
  }

  const run = async (): Promise<void> => {
    running = true
    const sources: Source[] = []
    const batches: AppendBatch[] = []
    for (const source of waiting) {
      const batch = seal(source)
      if (!batch) continue
      sources.push(source)
      batches.push(batch)
    }
    waiting.clear()
    const startedAt = clock.now()
    if (batches.length > 0) {
      const outcomes = await appendEach(batches)
      let writes = 0
      sources.forEach((source, i) => {
        writes += deliver(source, outcomes[i] ?? { kind: 'failed', error: new Error('the log gave no outcome') })
      })
      delivered()
      notBefore = startedAt + Math.min(gatherAtMost, writes * waitPerWrite)
    }
    running = false
    if (waiting.size > 0) schedule()
    else {
      const resolved = idlers
      idlers = []
      for (const resolve of resolved) resolve()
    }
  }

  return {
    wake(source) {
      waiting.add(source)
      schedule()
    },
    idle() {
      if (!running && !scheduled && waiting.size === 0) return Promise.resolve()
      return new Promise((resolve) => idlers.push(resolve))
    },
  }
}

/** Whether the database said no, so that nothing was stored; a lost connection says nothing. */
function isDefinite(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  // SQLSTATE classes 22 and 23 (bad data, broken constraint) and P0001 (raised by a trigger).
  return typeof code === 'string' && (/^2[23]/.test(code) || code === 'P0001')
}
