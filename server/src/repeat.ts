import type { Logger } from './log.ts'
import type { Clock } from './rooms/ports.ts'

/** Something that is done again and again. */
export interface Repeated {
  /** Does it now, and from then on every so often. Does not wait for it. */
  start(): void
  /** Resolves when nothing of it is under way any more, and nothing will be. */
  stop(): Promise<void>
}

/**
 * Does `run` at the start and so many milliseconds after each time it ended: never twice at once. What fails is logged with
 * `failure`, and tried the next time. `run` is given how to learn that it should come to an end.
 */
export function repeat(
  { clock, logger }: { clock: Clock; logger: Pick<Logger, 'error'> },
  { every, failure }: { every: number; failure: string },
  run: (enough: () => boolean) => Promise<unknown>,
): Repeated {
  let cancel: (() => void) | undefined
  let running: Promise<void> = Promise.resolve()
  let stopped = false
  const once = async (): Promise<void> => {
    try {
      await run(() => stopped)
    } catch (error) {
      logger.error({ err: error }, failure)
    }
    if (!stopped) cancel = clock.after(every, start)
  }
  const start = (): void => {
    if (!stopped) running = once()
  }
  return {
    start,
    async stop() {
      stopped = true
      cancel?.()
      await running
    },
  }
}
