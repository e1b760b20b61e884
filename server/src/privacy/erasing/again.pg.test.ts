import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { erasingWith } from '@cabildo/testkit/erasing'
import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { plantGuest, plantWorkshop } from '@cabildo/testkit/guests'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newId } from '../../db/ids.ts'
import { createErasures } from '../../record/forgetting/erasures.ts'
import { reconcileErasures } from './again.ts'
import { eraseByProgram } from './service.ts'

let database: FreshDatabase
let folder: string
beforeAll(async () => {
  database = await freshDatabase()
  folder = await mkdtemp(join(tmpdir(), 'cabildo-erased-'))
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true })
})

const logger = pino({ level: 'silent' })

test('[RC112] erasing somebody leaves every entry and proof, under a pseudonym that leads to nobody', async () => {
  const { db } = database
  const world = createTestApp(database)
  const { planId, people } = await plantPlan(db, { ana: 'drafter', cora: 'coordinator' })
  const documentId = await plantDocument(db, planId, people.ana, 'Agua')
  // Written, and not in the record yet.
  await eraseByProgram(erasingWith(db), people.ana.userId)
  await world.recorder.catchUp()

  const cookie = await world.cookieOf(people.cora)
  const { items } = await (await world.ask(`GET /api/plans/${planId}/record`, { as: cookie })).json()
  const byPid = new Set(items.map(({ actor }: { actor: { pid: string } | null }) => actor?.pid))
  expect(items.map(({ type }: { type: string }) => type)).toEqual(['membership', 'update-batch'])
  expect(items[1]).toMatchObject({ actor: { person: null, role: 'drafter', side: 'civil_society' }, index: 0 })
  expect(byPid.size).toBe(2)
  const { proof } = await (await world.ask(`GET /api/plans/${planId}/record/entries/1`, { as: cookie })).json()
  expect(proof).toContain('c2sp.org/tlog-proof')
  const { rows } = await sql`select from record_person where user_id = ${people.ana.userId}`.execute(db)
  expect(rows).toEqual([])

  // A version kept later speaks of their text, and names them no more.
  const saved = await world.ask(`POST /api/documents/${documentId}/versions`, { as: cookie, body: { name: 'Una' } })
  expect(saved.status).toBe(201)
  const after = await sql`select from record_person where user_id = ${people.ana.userId}`.execute(db)
  expect(after.rows).toEqual([])
})

test('[RC113] who was erased and is back, from an older copy of the database, is erased again', async () => {
  const { db } = database
  const { people } = await plantPlan(db, { ben: 'drafter', cora: 'coordinator' })
  const erasures = createErasures(folder)
  await eraseByProgram(erasingWith(db, erasures), people.ben.userId)
  // At once: a database that is brought back a moment later must not have them again.
  expect([...(await erasures.read())]).toEqual([people.ben.userId])

  await sql`update user_account set erased_at = null, name = 'Ben' where id = ${people.ben.userId}`.execute(db)
  expect(await reconcileErasures({ db, erasures, logger })).toBe(1)
  const row = await db.selectFrom('userAccount').selectAll().where('id', '=', people.ben.userId).executeTakeFirst()
  expect(row).toMatchObject({ name: '', erasedAt: expect.any(Date) })
  expect(await reconcileErasures({ db, erasures, logger })).toBe(0)
})

test('[RC113] who erases themselves is noted before they are answered, with the guests who are them', async () => {
  const { db } = database
  const erasures = createErasures(await mkdtemp(join(folder, 'self-')))
  const world = createTestApp(database, { erasures })
  const { planId, people } = await plantPlan(db, { eva: 'drafter', cora: 'coordinator' })
  const workshop = await plantWorkshop(db, planId, people.cora)
  const guest = await plantGuest(db, workshop, { name: 'Evita', groupId: people.eva.groupId })
  const merged = { mergedInto: people.eva.userId }
  await db.updateTable('workshopParticipant').set(merged).where('userId', '=', guest.userId).execute()
  const as = await world.cookieOf(people.eva)
  expect((await world.ask('POST /api/profile/erase', { as, body: { name: 'eva' } })).status).toBe(204)
  expect(await erasures.read()).toEqual(new Set([people.eva.userId, guest.userId]))
})

test('[RC113] a list that cannot be written holds nobody back from being erased, and is made up for', async () => {
  const { db } = database
  const { people } = await plantPlan(db, { gil: 'drafter', cora: 'coordinator' })
  const place = join(folder, 'not-there-yet')
  const erasures = createErasures(place)
  expect(await eraseByProgram(erasingWith(db, erasures), people.gil.userId)).toBe(true)
  await mkdir(place)
  await reconcileErasures({ db, erasures, logger })
  expect([...(await erasures.read())]).toContain(people.gil.userId)
})

test('[RC113] a line that was cut off when the process died costs nobody else their place on the list', async () => {
  const place = await mkdtemp(join(folder, 'torn-'))
  const erasures = createErasures(place)
  const [first, second, third] = [newId(), newId(), newId()]
  await erasures.add([first])
  await writeFile(join(place, 'erased'), second.slice(0, 9), { flag: 'a' })
  expect(await erasures.read()).toEqual(new Set([first]))
  await erasures.add([second, third])
  expect(await erasures.read()).toEqual(new Set([first, second, third]))
})
