import { plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isCrossed } from './again.ts'

let database: FreshDatabase
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

/** Resolves for everybody once so many have arrived; who comes later does not wait. */
function meeting(people: number) {
  let arrived = 0
  let open = () => {}
  const all = new Promise<void>((resolve) => {
    open = resolve
  })
  return () => {
    arrived += 1
    if (arrived >= people) open()
    return all
  }
}

test('two transactions that hold what the other wants are both done in the end, each of them once', async () => {
  const { db } = database
  const { people } = await plantPlan(db, { ana: 'drafter', ben: 'drafter' })
  const both = meeting(2)
  const begun = { ana: 0, ben: 0 }
  const rename = (who: 'ana' | 'ben', first: string, then: string) =>
    db.transaction().execute(async (trx) => {
      begun[who] += 1
      const add = (id: string) =>
        trx
          .updateTable('userAccount')
          .set({ name: sql<string>`name || ${` ${who}`}` })
          .where('id', '=', id)
          .execute()
      await add(first)
      await both()
      await add(then)
      return who
    })

  const [ana, ben] = [people.ana.userId, people.ben.userId]
  expect(await Promise.all([rename('ana', ana, ben), rename('ben', ben, ana)])).toEqual(['ana', 'ben'])
  // One of them was given up by PostgreSQL and began anew.
  expect(begun.ana + begun.ben).toBe(3)
  const rows = await db.selectFrom('userAccount').where('id', 'in', [ana, ben]).select('name').execute()
  for (const { name } of rows) expect(name.match(/ ana| ben/g)?.toSorted()).toEqual([' ana', ' ben'])
})

test('a transaction that crosses others again and again ends, and says what was the matter', async () => {
  let begun = 0
  const crossing = database.db
    .transaction()
    .setIsolationLevel('serializable')
    .execute(async () => {
      begun += 1
      throw Object.assign(new Error('could not serialize access'), { code: '40001' })
    })
  expect(isCrossed(await crossing.catch((error: unknown) => error))).toBe(true)
  expect(begun).toBe(4)
})

test('any other failure is thrown at once', async () => {
  let begun = 0
  const failing = database.db.transaction().execute(async () => {
    begun += 1
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(begun).toBe(1)
})
