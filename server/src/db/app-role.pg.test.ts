import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { databaseUrl } from '@cabildo/testkit/postgres-setup'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sealDocument } from '../record/sealing/service.ts'
import { appendOnly, faultOfLogin, prepareAppRole } from './app-role.ts'
import { createDb, createPool } from './client.ts'
import { newId } from './ids.ts'
import { migrate } from './migrate.ts'

let database: FreshDatabase
let app: pg.Pool
beforeAll(async () => {
  database = await freshDatabase()
  const role = await prepareAppRole(database.pool)
  app = createPool({ ...database.pool.options, options: `-c role=${role}`, max: 2 })
})
afterAll(async () => {
  await app.end()
  await database.drop()
})

test('[RC109] the program’s role does its work, and can neither change nor remove what the record is made of', async () => {
  const db = createDb(app)
  const { planId, people } = await plantPlan(db, { ana: 'drafter' })
  const documentId = await plantDocument(db, planId, people.ana, 'Agua')
  expect(await sealDocument(db, documentId)).toBe(1)

  for (const table of appendOnly) {
    for (const statement of [`delete from ${table}`, `truncate ${table}`]) {
      await expect(app.query(statement), statement).rejects.toMatchObject({ code: '42501' })
    }
    const { rows } = await app.query(
      'select column_name as name from information_schema.columns where table_name = $1 order by ordinal_position desc limit 1',
      [table],
    )
    const change = `update ${table} set ${rows[0].name} = ${rows[0].name}`
    await expect(app.query(change), change).rejects.toMatchObject({ code: '42501' })
  }
  await expect(app.query('drop table record_entry')).rejects.toMatchObject({ code: '42501' })
  await expect(app.query('alter table record_entry disable trigger user')).rejects.toMatchObject({ code: '42501' })
})

test('[RC109] preparing it again, also twice at once, changes nothing', async () => {
  expect(await Promise.all([prepareAppRole(database.pool), prepareAppRole(database.pool)])).toEqual([
    'cabildo_app',
    'cabildo_app',
  ])
})

/** A login on the test server and a database that it owns, migrated by it; all of it goes afterwards. */
async function ownedBy(
  attributes: string,
  use: (owner: pg.Pool, names: { login: string; role: string }) => Promise<void>,
) {
  const mark = newId()
    .replace(/[^a-z0-9]/gi, '')
    .toLowerCase()
  const [login, role, name] = [`owner_${mark}`, `app_${mark}`, `cabildo_test_${mark}`]
  const admin = database.pool
  await admin.query(`create role ${login} login password 'p' ${attributes}`)
  await admin.query(`create database ${name} owner ${login}`)
  const url = new URL(databaseUrl(database.url, name))
  Object.assign(url, { username: login, password: 'p' })
  const owner = createPool({ connectionString: url.href, max: 3 })
  try {
    await migrate(owner)
    await use(owner, { login, role })
  } finally {
    if (!owner.ended) await owner.end()
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.query(`drop role if exists ${role}`)
    await admin.query(`drop role if exists ${login}`)
  }
}

test('[RC109] an owner who may make roles and is no superuser takes the role on, and does not have it otherwise', async () => {
  await ownedBy('createrole', async (owner, { login, role }) => {
    const said: string[] = []
    expect(await prepareAppRole(owner, { name: role, warn: (why) => said.push(why) })).toBe(role)
    expect(said).toEqual([])
    const app = createPool({ ...owner.options, options: `-c role=${role}`, max: 1 })
    expect((await app.query('select current_user as me')).rows).toEqual([{ me: role }])
    await expect(app.query('delete from record_entry')).rejects.toMatchObject({ code: '42501' })
    await app.query('select count(*) from record_entry')
    await app.end()
    const { rows } = await owner.query(`select pg_has_role($1, $2, 'USAGE') as inherits`, [login, role])
    expect(rows).toEqual([{ inherits: false }])
    // Once more, as at every start.
    expect(await prepareAppRole(owner, { name: role })).toBe(role)
  })
})

test('[RC109] an owner who may not is told what to do, in one sentence', async () => {
  await ownedBy('nocreaterole', async (owner, { login, role }) => {
    const said: string[] = []
    const warn = (why: string) => said.push(why)
    expect(await prepareAppRole(owner, { name: role, warn })).toBeUndefined()
    expect(said).toEqual([expect.stringContaining(`"grant ${role} to ${login} with set true, inherit false"`)])
    await database.pool.query(`create role ${role} nologin`)
    expect(await prepareAppRole(owner, { name: role, warn })).toBeUndefined()
    await database.pool.query(`grant ${role} to ${login} with set true, inherit false`)
    expect(await prepareAppRole(owner, { name: role, warn })).toBe(role)
    expect(said).toHaveLength(2)
  })
})

test('[RC109] a login of its own is the role by itself, and cannot become the owner', async () => {
  await ownedBy('createrole', async (owner, { role }) => {
    const login = `only_${role}`
    await owner.query(`create role ${login} login password 'p'`)
    try {
      await prepareAppRole(owner, { name: role, login })
      const own = createPool({ ...owner.options, ...loginOf(owner, login), max: 1 })
      expect(await faultOfLogin(own, owner, role)).toBeUndefined()
      await own.query('select count(*) from record_entry')
      for (const statement of ['reset role; delete from record_entry', 'update record_leaf set seq = seq']) {
        await expect(own.query(statement), statement).rejects.toMatchObject({ code: '42501' })
      }
      await expect(own.query('alter table record_entry disable trigger user')).rejects.toMatchObject({ code: '42501' })
      await own.end()
      expect(await faultOfLogin(owner, owner, role)).toContain('neither a superuser')
    } finally {
      await owner.query(`drop role ${login}`)
    }
  })
})

test('[RC109] a login that may only take the role on, or change the record, is refused, and so is another database', async () => {
  await ownedBy('createrole', async (owner, { role }) => {
    const login = `only_${role}`
    await owner.query(`create role ${login} login password 'p'`)
    const own = createPool({ ...owner.options, ...loginOf(owner, login), max: 1 })
    const name = new URL(owner.options.connectionString ?? '').pathname.slice(1)
    const copy = `${name}_copy`
    try {
      await prepareAppRole(owner, { name: role })
      await database.pool.query(`grant ${role} to ${login} with set true, inherit false`)
      await prepareAppRole(owner, { name: role, login })
      expect(await faultOfLogin(own, owner, role)).toContain(`does not have the rights of the role ${role} by itself`)
      await database.pool.query(`grant ${role} to ${login} with set true, inherit true`)
      expect(await faultOfLogin(own, owner, role)).toBeUndefined()
      await owner.query(`grant delete on record_leaf to ${login}`)
      expect(await faultOfLogin(own, owner, role)).toContain('may change what the record is made of')
      await owner.query(`revoke delete on record_leaf from ${login}`)

      // A copy has the same tables under the same numbers.
      await own.end()
      await owner.end()
      await database.pool.query(`create database ${copy} template ${name}`)
      const again = createPool({ ...owner.options, max: 2 })
      const address = new URL(loginOf(owner, login).connectionString)
      address.pathname = `/${copy}`
      const elsewhere = createPool({ connectionString: address.href, max: 1 })
      expect(await faultOfLogin(elsewhere, again, role)).toBe('it leads to another database than DATABASE_URL')
      await Promise.all([again.end(), elsewhere.end()])
    } finally {
      if (!own.ended) await own.end()
      await database.pool.query(`drop database if exists ${copy} with (force)`)
      const admin = createPool({ ...database.pool.options, connectionString: databaseUrl(database.url, name), max: 1 })
      await admin.query(`drop owned by ${login}`)
      await admin.end()
      await database.pool.query(`drop role if exists ${login}`)
    }
  })
})

function loginOf(owner: pg.Pool, login: string): { connectionString: string } {
  const url = new URL(owner.options.connectionString ?? '')
  Object.assign(url, { username: login, password: 'p' })
  return { connectionString: url.href }
}
