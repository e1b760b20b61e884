import type pg from 'pg'
import { vi } from 'vitest'

/** Resolves once exactly so many connections to this database wait for a row that another transaction holds. */
export async function waitForWaiting(pool: pg.Pool, howMany: number): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rows } = await pool.query(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      )
      if (rows.length !== howMany) throw new Error(`${rows.length} wait, not ${howMany}`)
    },
    { timeout: 5000, interval: 10 },
  )
}
