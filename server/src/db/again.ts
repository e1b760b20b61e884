import type { TransactionBuilder } from 'kysely'
import { Kysely } from 'kysely'

/** A transaction is begun at most so often; between two tries it waits up to so many milliseconds more each time. */
const tries = 4
const pause = 40

/** What PostgreSQL answers when it gave a transaction up for another one: nothing of it was stored. */
const crossed = new Set(['40P01', '40001'])

/** True when a transaction was rolled back because it crossed another one (deadlock, serialization failure). */
export function isCrossed(error: unknown): boolean {
  return error instanceof Error && 'code' in error && crossed.has(String(error.code))
}

/**
 * Kysely whose transactions begin anew when they crossed another one, a few times and at moments of chance; the last
 * failure is thrown as it is. So what is given to `transaction().execute` may run more than once: it changes the database
 * through its `trx` and nothing else. Mails, hashes and what open rooms are told come before or after it.
 */
export class PersistentKysely<DB> extends Kysely<DB> {
  override transaction(): TransactionBuilder<DB> {
    return persistent(super.transaction())
  }
}

function persistent<DB>(builder: TransactionBuilder<DB>): TransactionBuilder<DB> {
  const once = {
    execute: builder.execute.bind(builder),
    setAccessMode: builder.setAccessMode.bind(builder),
    setIsolationLevel: builder.setIsolationLevel.bind(builder),
  }
  return Object.assign(builder, {
    execute: <Result>(work: Parameters<typeof builder.execute<Result>>[0]) => again(() => once.execute(work)),
    setAccessMode: (...args: Parameters<typeof builder.setAccessMode>) => persistent(once.setAccessMode(...args)),
    setIsolationLevel: (...args: Parameters<typeof builder.setIsolationLevel>) =>
      persistent(once.setIsolationLevel(...args)),
  })
}

async function again<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await run()
    } catch (error) {
      if (left === 0 || !isCrossed(error)) throw error
    }
    const most = pause * (tries - left)
    await new Promise((resolve) => setTimeout(resolve, Math.random() * most))
  }
}
