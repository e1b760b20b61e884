import { fromHex, toHex, utf8 } from '@cabildo/record/bytes'
import { parseCheckpoint } from '@cabildo/record/checkpoint'
import { parseVkey } from '@cabildo/record/keys'
import { appendLeaf, consistencyProof, emptyFrontier, frontierRoot, hashLeaf } from '@cabildo/record/merkle'
import { verifyConsistency } from '@cabildo/record/merkle-verify'
import { parseNote, verifyNote } from '@cabildo/record/note'
import { parseTlogProof, verifyTlogProof } from '@cabildo/record/tlog-proof'
import { plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createRandom } from '@cabildo/testkit/random'
import { memoryJournal, testSigner } from '@cabildo/testkit/test-app'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appendEntries } from '../service.ts'
import type { Journal } from './journal.ts'
import { createNodes } from './nodes.ts'
import { createTree, type Tree } from './service.ts'

let database: FreshDatabase
let journal: Journal
beforeEach(async () => {
  database = await freshDatabase()
  journal = memoryJournal()
})
afterEach(() => database.drop())

const logger = pino({ level: 'silent' })
const open = (): Tree => createTree({ db: database.db, signer: testSigner, journal, logger })

async function write(planId: string, count: number): Promise<void> {
  const facts = Array.from({ length: count }, (_, number) => ({
    type: 'plan' as const,
    userId: null,
    payload: { number },
  }))
  await database.db.transaction().execute((trx) => appendEntries(trx, planId, facts))
}

async function hashes(): Promise<Uint8Array[]> {
  const rows = await database.db.selectFrom('recordLeaf').select('hash').orderBy('index').execute()
  return rows.map(({ hash }) => hash)
}

/** The root as anybody would compute it from all leaves. */
function plainRoot(leaves: readonly Uint8Array[]): Uint8Array {
  return frontierRoot(leaves.reduce((tree, leaf) => appendLeaf(tree, leaf).tree, emptyFrontier))
}

/** Changes what nobody may change, as somebody would who has the database in their hands. */
async function tamper(statement: ReturnType<typeof sql>, table: string): Promise<void> {
  await sql`alter table ${sql.table(table)} disable trigger user`.execute(database.db)
  await statement.execute(database.db)
  await sql`alter table ${sql.table(table)} enable trigger user`.execute(database.db)
}

test('[RC104] however it grew, the signed root is the one of its leaves, and every head continues the one before', async () => {
  const { integer } = createRandom()
  const { planId } = await plantPlan(database.db, { ana: 'drafter' })
  const { planId: other } = await plantPlan(database.db, { ben: 'drafter' })
  const sizes = [1, 255, 1, 300, integer(1, 40), 513]
  let tree = open()
  let before: { size: number; root: Uint8Array } = { size: 0, root: new Uint8Array() }
  for (const [turn, size] of sizes.entries()) {
    await write(turn % 2 ? other : planId, size)
    if (turn % 3 === 2) tree = open()
    await tree.grow()
    const note = parseNote(tree.checkpoint()?.note ?? '')
    const head = note && parseCheckpoint(note.text)
    const keys = testSigner.verifierKeys.flatMap((text) => parseVkey(text) ?? [])
    if (!note || !head) throw new Error('no head')
    expect(verifyNote(note, keys).signed.map(({ type }) => type)).toContain(1)
    const leaves = await hashes()
    expect(head.size).toBe(leaves.length)
    expect(toHex(head.root)).toBe(toHex(plainRoot(leaves)))
    const proof = await createNodes(database.db).with((read) => consistencyProof(before.size, head.size, read))
    if (before.size > 0) expect(verifyConsistency(before.size, head.size, before.root, head.root, proof)).toBe(true)
    before = head
  }
  const [key] = testSigner.verifierKeys.flatMap((text) => parseVkey(text) ?? [])
  const leaves = await hashes()
  for (const index of [0, 255, 256, integer(0, leaves.length - 1), leaves.length - 1]) {
    const proof = parseTlogProof((await tree.proofOf(index)) ?? '')
    const leaf = leaves[index]
    if (!proof || !key || !leaf) throw new Error('no proof')
    expect(verifyTlogProof(proof, leaf, key).sound).toBe(true)
  }
})

test('[RC105] an entry whose text, hash, number or link was changed before it was signed is never signed for', async () => {
  const { planId } = await plantPlan(database.db, { ana: 'drafter' })
  await write(planId, 3)
  await tamper(sql`update record_entry set body = replace(body, '"v":1', '"v":2') where seq = 2`, 'record_entry')
  const tree = open()
  await expect(tree.grow()).rejects.toThrow(`entry 2 of plan ${planId}`)
  expect(tree.alarm()).toContain('entry 2')
  expect(tree.checkpoint()).toBeUndefined()

  const body = await database.db.selectFrom('recordEntry').select('body').where('seq', '=', 2).executeTakeFirstOrThrow()
  const forged = Buffer.from(hashLeaf(utf8(body.body)))
  await tamper(sql`update record_entry set hash = ${forged} where seq = 2`, 'record_entry')
  await expect(open().grow()).rejects.toThrow(`entry 3 of plan ${planId}`)
})

test('[RC106] a database older than what was published is not signed for', async () => {
  const { planId } = await plantPlan(database.db, { ana: 'drafter' })
  await write(planId, 5)
  const tree = open()
  await tree.grow()
  const published = tree.checkpoint()
  await tamper(sql`delete from record_leaf where index = 4`, 'record_leaf')
  await tamper(sql`delete from record_checkpoint`, 'record_checkpoint')

  const restored = open()
  await expect(restored.grow()).rejects.toThrow('older copy')
  await write(planId, 3)
  await restored.grow()
  expect(restored.checkpoint()).toEqual(published)
  expect(restored.alarm()).toContain('older copy')
})

test('[RC106] nor one that holds other entries in the place of those', async () => {
  const { planId } = await plantPlan(database.db, { ana: 'drafter' })
  await write(planId, 5)
  await open().grow()
  await tamper(sql`update record_leaf set hash = ${Buffer.alloc(32, 7)} where index = 2`, 'record_leaf')
  await expect(open().grow()).rejects.toThrow('are not the ones that were published')
})

test('[RC107] a head that was stored and not noted, because the process died, is taken up', async () => {
  const { planId } = await plantPlan(database.db, { ana: 'drafter' })
  await write(planId, 2)
  const before = memoryJournal()
  await createTree({ db: database.db, signer: testSigner, journal: before, logger }).grow()
  const tree = open()
  await tree.grow()
  expect(tree.checkpoint()).toEqual(await before.read())
  expect(await journal.read()).toEqual(await before.read())
})

test('[RC108] tiles under the published head are served, and nothing beyond it', async () => {
  const { planId } = await plantPlan(database.db, { ana: 'drafter' })
  await write(planId, 300)
  const tree = open()
  await tree.grow()
  const leaves = await hashes()
  expect(toHex(await tree.tile(0, 0, 256))).toBe(leaves.slice(0, 256).map(toHex).join(''))
  expect(toHex(await tree.tile(0, 1, 44))).toBe(leaves.slice(256).map(toHex).join(''))
  expect(toHex(await tree.tile(1, 0, 1))).toBe(toHex(plainRoot(leaves.slice(0, 256))))
  await expect(tree.tile(0, 1, 45)).rejects.toThrow('not_found')
  await expect(tree.tile(1, 0, 2)).rejects.toThrow('not_found')
  expect(fromHex(tree.checkpoint()?.root ?? '')).toEqual(Uint8Array.from(plainRoot(leaves)))
})
