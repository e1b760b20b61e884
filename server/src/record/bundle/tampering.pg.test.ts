import { nodeVerifiers } from '@cabildo/record/cli/verifiers'
import { verifyBundle } from '@cabildo/record/verify'
import { contentOfState } from '@cabildo/schema/content'
import { plantDocument, plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createRandom, type Random } from '@cabildo/testkit/random'
import { createTestApp, memoryJournal, type TestApp, testSigner, testSpool } from '@cabildo/testkit/test-app'
import { createRebuilding } from '@cabildo/verify/rebuild'
import { type Kysely, sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Database } from '../../db/types.ts'
import { findDifferences } from '../audit/service.ts'
import { createTree } from '../tree/service.ts'
import { createBundles } from './service.ts'

/** Damages done in one run: a thousand with LONG=1. */
const rounds = process.env.LONG === '1' ? 1000 : 20
const limit = rounds * 2000 + 60_000

const logger = pino({ level: 'silent' })
const journal = memoryJournal()
const spool = testSpool()
let database: FreshDatabase
let world: TestApp
let plan: Awaited<ReturnType<typeof write>>
beforeAll(async () => {
  database = await freshDatabase()
  const tree = createTree({ db: database.db, signer: testSigner, journal, logger })
  world = createTestApp(database, { tree })
  plan = await write()
})
afterAll(() => database.drop())

/** A plan in which two people wrote, and kept versions. */
async function write() {
  const { db } = database
  const { planId, people } = await plantPlan(db, { ana: 'drafter', ben: 'drafter', cora: 'coordinator' })
  const documentId = await plantDocument(db, planId, people.ana, 'Agua')
  const cookie = await world.cookieOf(people.ana)
  for (const [by, word] of [
    [people.ana, 'Falta agua en verano.'],
    [people.ben, 'También en invierno.'],
    [people.ana, 'Y el camino no sirve.'],
  ] as const) {
    const { userId, sessionId, groupId } = by
    await world.rooms.edit(documentId, { writer: { userId, sessionId, groupId }, via: 'restore' }, (doc) => {
      const paragraph = new Y.XmlElement('paragraph')
      paragraph.insert(0, [new Y.XmlText(word)])
      doc.getXmlFragment('problem').insert(0, [paragraph])
    })
    await world.ask(`POST /api/documents/${documentId}/versions`, { as: cookie, body: { name: word.slice(0, 5) } })
  }
  await world.recorder.catchUp()
  const state = await world.rooms.read(documentId)
  expect(contentOfState(state?.state ?? new Uint8Array()).fields.problem?.content).toHaveLength(4)
  return { planId, actor: { ...people.cora, workshopId: null, secondFactor: true } }
}

/** What a verifier and the server's own look say: whether all is well. */
async function isSound(db: Kysely<Database>): Promise<boolean> {
  const tree = createTree({ db, signer: testSigner, journal, logger })
  // Opening the tree notices what it can by itself.
  await tree.grow().catch(() => undefined)
  if (tree.alarm() !== undefined) return false
  if ((await findDifferences(db, plan.planId))?.length !== 0) return false
  const bundle = await createBundles({ db, tree, witnesses: [], spool })
    .of(plan.actor, plan.planId)
    .catch(() => undefined)
  if (!bundle) return false
  const { rebuild } = createRebuilding()
  const trustedKeys = testSigner.verifierKeys.slice(0, 1)
  const bytes = new Uint8Array(await new Response(bundle.stream).arrayBuffer())
  const report = await verifyBundle(bytes, { trustedKeys, rebuild, verifiers: nodeVerifiers })
  return report.exitCode === 0
}

/** Another letter or byte at one place. */
function flip<Value extends string | Uint8Array>(value: Value, random: Random): Value {
  const at = random.integer(0, value.length - 1)
  if (typeof value !== 'string') {
    const changed = Uint8Array.from(value)
    changed[at] = (changed[at] ?? 0) ^ (1 << random.integer(0, 7))
    return Buffer.from(changed) as unknown as Value
  }
  const letter = value[at] === 'x' ? 'y' : 'x'
  return `${value.slice(0, at)}${letter}${value.slice(at + 1)}` as Value
}

const columns = [
  ['record_entry', 'body'],
  ['record_payload', 'payload'],
  ['record_payload', 'salt'],
  ['record_leaf', 'hash'],
  ['record_checkpoint', 'note'],
  ['version', 'content'],
  ['version', 'html'],
  ['document_update', 'bytes'],
] as const

/** An index of what a text says as JSON refuses one that is none any more; who owns the database drops it first. */
async function dropComputedIndexes(db: Kysely<Database>, table: string): Promise<void> {
  const { rows } = await sql<{ name: string }>`
    select indexrelid::regclass::text as name from pg_index
    where indrelid = ${table}::regclass and indexprs is not null`.execute(db)
  for (const { name } of rows) await sql`drop index ${sql.table(name)}`.execute(db)
}

/** Changes one place of the database as its owner could, and answers what was done. */
async function damage(db: Kysely<Database>, random: Random): Promise<string> {
  const [table, column] = random.pick(columns)
  const { rows } = await sql<{ id: string; value: string | Uint8Array }>`
    select ctid::text as id, ${sql.ref(column)} as value from ${sql.table(table)} order by ctid`.execute(db)
  const row = random.pick(rows)
  const kind = random.pick(['change', 'change', 'delete', 'swap'] as const)
  const other = random.pick(rows)
  // A head that is not the last is one proof less, and not a lie.
  const deletes = kind === 'delete' && table !== 'record_checkpoint'
  const swaps = kind === 'swap' && String(other.value) !== String(row.value) && table !== 'record_checkpoint'
  const set = (id: string, value: string | Uint8Array) =>
    sql`update ${sql.table(table)} set ${sql.ref(column)} = ${value} where ctid = ${id}::tid`.execute(db)
  await sql`set local session_replication_role = replica`.execute(db)
  await dropComputedIndexes(db, table)
  if (deletes) await sql`delete from ${sql.table(table)} where ctid = ${row.id}::tid`.execute(db)
  else if (swaps) {
    await set(row.id, other.value)
    await set(other.id, row.value)
  } else await set(row.id, flip(row.value, random))
  return `${deletes ? 'deleted a row of' : swaps ? 'swapped in' : 'changed'} ${table}.${column}`
}

test(
  '[RC114] any one damage to what the database holds of the record or the texts is noticed',
  async () => {
    const random = createRandom()
    expect(await isSound(database.db)).toBe(true)
    const unnoticed: string[] = []
    for (let round = 0; round < rounds; round += 1) {
      const trx = await database.db.startTransaction().execute()
      try {
        const what = await damage(trx, random)
        if (await isSound(trx)) unnoticed.push(what)
      } finally {
        await trx.rollback().execute()
      }
    }
    expect(unnoticed).toEqual([])
    expect(await isSound(database.db)).toBe(true)
  },
  limit,
)
