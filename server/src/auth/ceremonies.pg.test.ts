import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ceremonies, createCeremonies } from './ceremonies.ts'

let database: FreshDatabase
let ceremonies: Ceremonies
beforeAll(async () => {
  database = await freshDatabase()
  ceremonies = createCeremonies(database.db, { secure: false })
})
afterAll(() => database.drop())

const secretIn = (cookie: string) => /=([^;]+);/.exec(cookie)?.[1]

test('what was begun is taken once, as what it was begun as', async () => {
  const secret = secretIn(await ceremonies.begin('openid', { state: 'x' }))

  expect(await ceremonies.take('passkey_sign_in', secret)).toBeUndefined()
  expect(await ceremonies.take('openid', secret)).toEqual({ userId: null, data: { state: 'x' } })
  expect(await ceremonies.take('openid', secret)).toBeUndefined()
  expect(await ceremonies.take('openid', undefined)).toBeUndefined()
})

test('[A8] the database holds no secret, and what is over goes when the next one begins', async () => {
  const secret = secretIn(await ceremonies.begin('openid', { state: 'x' })) ?? ''
  const before = await database.db.selectFrom('ceremony').selectAll().execute()
  expect(JSON.stringify(before)).not.toContain(secret)

  await database.db
    .updateTable('ceremony')
    .set({ expiresAt: new Date(0) })
    .execute()
  await ceremonies.begin('passkey_sign_in', { challenge: 'y' })
  const after = await database.db.selectFrom('ceremony').select('kind').execute()
  expect(after).toEqual([{ kind: 'passkey_sign_in' }])
})
