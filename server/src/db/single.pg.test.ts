import { freshDatabase } from '@cabildo/testkit/postgres'
import { expect, test } from 'vitest'
import { holdAlone } from './single.ts'

const quiet = { warn() {} }
/** Sessions of this database that hold an advisory lock. */
const holders = `
  select pid from pg_locks join pg_database on pg_database.oid = pg_locks.database
  where locktype = 'advisory' and granted and datname = current_database()`
const breakHolder = `select pg_terminate_backend(pid) from (${holders}) as holder`

test('one Cabildo on a database: the second is refused, and let in when the first has left', async () => {
  const { url, drop } = await freshDatabase()
  const options = { logger: quiet, onLost: () => {} }
  try {
    const leave = await holdAlone(url, options)
    await expect(holdAlone(url, { ...options, patience: 300 })).rejects.toThrow(/^Another Cabildo is running/)
    const waiting = holdAlone(url, { ...options, patience: 20_000 })
    await leave()
    await (await waiting)()
  } finally {
    await drop()
  }
})

test('whose connection breaks asks again, and is told once when another has come in', async () => {
  const { url, pool, drop } = await freshDatabase()
  try {
    const lost = Promise.withResolvers<void>()
    const leaveFirst = await holdAlone(url, { logger: quiet, onLost: lost.resolve, patience: 300 })
    const coming = holdAlone(url, { logger: quiet, onLost: () => {}, patience: 20_000 })
    await pool.query(breakHolder)
    const leaveSecond = await coming
    await lost.promise
    await leaveFirst()
    await leaveSecond()
  } finally {
    await drop()
  }
})

test('whose connection breaks while nobody else comes goes on holding the database', async () => {
  const { url, pool, drop } = await freshDatabase()
  try {
    let lost = false
    const onLost = () => {
      lost = true
    }
    const leave = await holdAlone(url, { logger: quiet, onLost })
    const { rows: before } = await pool.query<{ pid: number }>(holders)
    await pool.query(breakHolder)
    // Ending a session takes a moment: only another one holding the lock says that it was asked for again.
    await until(async () => {
      const { rows } = await pool.query<{ pid: number }>(holders)
      return rows.length === 1 && rows[0]?.pid !== before[0]?.pid
    })
    await expect(holdAlone(url, { logger: quiet, onLost: () => {}, patience: 0 })).rejects.toThrow(/^Another/)
    expect(lost).toBe(false)
    await leave()
  } finally {
    await drop()
  }
})

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(setImmediate)
}
