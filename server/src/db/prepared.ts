import { createHash } from 'node:crypto'
import { type PostgresPool, type PostgresPoolClient, sql } from 'kysely'
import type pg from 'pg'

const mark = '/* prepared */'

/**
 * Stands in a question that is asked with nearly everything (who somebody is, what they may do): right behind its first word, in a
 * query by `modifyFront`. Each connection parses it once: planning takes several times as long as answering. Not for a text
 * that has many forms, nor where the best plan hangs on what is looked for, as with words: after five answers PostgreSQL
 * may decide on one plan for all of them.
 */
export const prepared = sql.raw(mark)

/** The name of a marked statement, the same for the same text. PostgreSQL cuts names off after 63 characters. */
function nameOf(text: string, names: Map<string, string>): string | undefined {
  const known = names.get(text)
  if (known !== undefined || !text.includes(mark)) return known
  const name = `q_${createHash('sha256').update(text).digest('hex').slice(0, 32)}`
  names.set(text, name)
  return name
}

/** A pool as Kysely takes it, whose connections prepare what is `prepared`. */
export function preparingPool(pool: pg.Pool): PostgresPool {
  const names = new Map<string, string>()
  const wrapped = new WeakMap<pg.PoolClient, PostgresPoolClient>()
  const wrap = (client: pg.PoolClient): PostgresPoolClient => {
    const before = wrapped.get(client)
    if (before) return before
    const query = (text: unknown, values?: unknown) => {
      const name = typeof text === 'string' ? nameOf(text, names) : undefined
      return Reflect.apply(client.query, client, name === undefined ? [text, values] : [{ name, text, values }])
    }
    const own: PostgresPoolClient = Object.create(client, { query: { value: query } })
    wrapped.set(client, own)
    return own
  }
  // By this Kysely makes the connection by which it calls a question off; the types of `pg` leave it out.
  const { Client } = pool as unknown as Pick<Required<PostgresPool>, 'Client'>
  return { Client, connect: async () => wrap(await pool.connect()), end: () => pool.end(), options: pool.options }
}
