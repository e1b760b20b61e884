import pg from 'pg'
import type { Logger } from '../log.ts'

/** Milliseconds before a broken connection is tried again. */
const patience = 1000

/**
 * Listens on a channel of the database and calls `onRing` whenever it rings, and once after every connection, since what
 * rang meanwhile was not heard. It is a hint and never the only way to learn something. Answers how to stop listening.
 */
export function listenFor(
  channel: 'rights',
  options: pg.ClientConfig,
  { logger, onRing }: { logger: Pick<Logger, 'warn'>; onRing: () => void },
): () => Promise<void> {
  let over = false
  let client: pg.Client | undefined
  let again: NodeJS.Timeout | undefined

  const retry = (): void => {
    if (over || again) return
    again = setTimeout(() => {
      again = undefined
      void open()
    }, patience)
    again.unref()
  }
  const open = async (): Promise<void> => {
    const next = new pg.Client({ ...options, keepAlive: true, application_name: `cabildo ${channel}` })
    client = next
    next.on('error', (error) => logger.warn({ err: error, channel }, 'a listening connection broke'))
    next.once('end', retry)
    next.on('notification', onRing)
    try {
      await next.connect()
      await next.query(`listen ${pg.escapeIdentifier(channel)}`)
      onRing()
    } catch (error) {
      if (!over) logger.warn({ err: error, channel }, 'could not listen to the database')
      await next.end().catch(() => undefined)
      retry()
    }
  }
  void open()

  return async () => {
    over = true
    clearTimeout(again)
    await client?.end().catch(() => undefined)
  }
}
