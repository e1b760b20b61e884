import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Logger } from '../log.ts'
import { StartError } from '../start-error.ts'

/** Any number will do, as long as every Cabildo asks for the same: the letters CABILDO on a telephone. */
const key = 2224536

/** Milliseconds that an older process may take to store its rooms and leave. */
const usualPatience = 10_000

/**
 * Makes this process the only Cabildo on its database: an advisory lock, held by a connection that does nothing else.
 * Throws `StartError` when another one holds it and does not leave. If the connection breaks later, the lock is asked
 * for again; `onLost` is called once if another process has it by then, and this one must stop.
 * Answers how to give the lock back.
 */
export async function holdAlone(
  url: string,
  { logger, onLost, patience = usualPatience }: { logger: Pick<Logger, 'warn'>; onLost: () => void; patience?: number },
): Promise<() => Promise<void>> {
  let over = false
  let client = await acquire()
  if (!client) {
    throw new StartError('Another Cabildo is running on this database: stop it first, or give this one its own.')
  }

  async function acquire(): Promise<pg.Client | undefined> {
    const next = new pg.Client({ connectionString: url, keepAlive: true, application_name: 'cabildo only one' })
    next.on('error', (error) => logger.warn({ err: error }, 'the connection that keeps other Cabildos out broke'))
    await next.connect()
    const until = performance.now() + patience
    while (!over) {
      const { rows } = await next.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [key])
      if (rows[0]?.taken) {
        next.once('end', () => void again())
        return next
      }
      if (performance.now() >= until) break
      await pause(200)
    }
    await next.end()
    return undefined
  }

  async function again(): Promise<void> {
    while (!over) {
      await pause(500)
      try {
        client = await acquire()
        if (!client && !over) onLost()
        return
      } catch {
        // The database is still away; rooms hold their edits and say so. Keep asking.
      }
    }
  }

  return async () => {
    over = true
    await client?.end().catch(() => {})
  }
}
