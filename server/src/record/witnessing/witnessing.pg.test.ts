import type { RecordStatus } from '@cabildo/protocol/http/witnesses'
import { readArchive } from '@cabildo/record/archive'
import { readText } from '@cabildo/record/archive-files'
import { bundleFiles } from '@cabildo/record/bundle'
import { fromHex, utf8 } from '@cabildo/record/bytes'
import { formatCheckpoint } from '@cabildo/record/checkpoint'
import { formatVkey, parseVkey } from '@cabildo/record/keys'
import { parseNote, verifyNote } from '@cabildo/record/note'
import { ed25519Cosigner } from '@cabildo/record/signatures'
import { verifyBundle } from '@cabildo/record/verify'
import { plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, memoryJournal, type TestApp, testConfig, testSigner } from '@cabildo/testkit/test-app'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { appendEntries } from '../service.ts'
import { createTree, type Tree } from '../tree/service.ts'
import { type KnownWitness, witnessId } from './rules.ts'

let database: FreshDatabase
let world: TestApp
let tree: Tree
const now = Date.parse('2026-11-26T12:00:00.000Z')

const cosignerOf = (name: string, seed: number, seconds = now / 1000) =>
  ed25519Cosigner(name, new Uint8Array(32).fill(seed), () => seconds)
const kernel = cosignerOf('kernel.example/testigo', 1)
const university = cosignerOf('universidad.example/testigo', 2)
const stranger = cosignerOf('desconocido.example/testigo', 3)
const known = [kernel, university].map(({ key }): KnownWitness => ({ key, vkey: formatVkey(key), url: undefined }))

beforeEach(async () => {
  database = await freshDatabase()
  const logger = pino({ level: 'silent' })
  tree = createTree({ db: database.db, signer: testSigner, journal: memoryJournal(), logger })
  world = createTestApp(database, {
    tree,
    config: { ...testConfig, recordWitnesses: known },
    now: () => new Date(now),
  })
})
afterEach(() => database.drop())

/** Enters so many facts and signs a head over them. */
async function grow(planId: string, count: number): Promise<{ size: number; note: string }> {
  const facts = Array.from({ length: count }, (_, number) => ({
    type: 'plan' as const,
    userId: null,
    payload: { number },
  }))
  await database.db.transaction().execute((trx) => appendEntries(trx, planId, facts))
  await tree.grow()
  const head = tree.checkpoint()
  if (!head) throw new Error('no head')
  return head
}

const lineOf = ({ key, sign }: typeof kernel, note: string) => {
  const text = parseNote(note)?.text ?? ''
  const id = Buffer.from(fromHex(key.id) ?? [])
  return `— ${key.name} ${Buffer.concat([id, sign(text)]).toString('base64')}\n`
}

const status = async () => (await (await world.ask('GET /api/record/status')).json()) as RecordStatus
/** As a program asks: without an `Origin`. */
const post = (path: string, body: unknown) =>
  world.app.request(
    path,
    { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
    { incoming: { socket: { remoteAddress: '192.0.2.7' } } },
  )
const handIn = (size: number, cosignature: string) => post('/tlog/cosignatures', { size, cosignature })
const codeOf = async (response: Response) => [response.status, (await response.json()).code]

/** A head that our key signed and that is not of our tree. */
const forgedHead = (size: number) =>
  testSigner.sign(formatCheckpoint({ origin: testSigner.origin, size, root: new Uint8Array(32).fill(size) }))

test('[RC75] what a known witness signed of a head is kept, shown, and served with the head and in bundles', async () => {
  const { planId, people } = await plantPlan(database.db, { ana: 'drafter' })
  const first = await grow(planId, 3)
  expect(await status()).toMatchObject({ head: { size: 3 }, witnesses: [{ last: null }, { last: null }], alarm: null })

  const taken = await handIn(3, lineOf(kernel, first.note) + lineOf(stranger, first.note))
  expect([taken.status, await taken.json()]).toEqual([200, { size: 3, witnesses: ['kernel.example/testigo'] }])
  // Once more, and by a later clock: the first one stays.
  const later = cosignerOf('kernel.example/testigo', 1, now / 1000 + 60)
  expect((await handIn(3, lineOf(later, first.note))).status).toBe(200)
  expect((await handIn(3, lineOf(university, first.note))).status).toBe(200)

  const served = await (await world.ask('GET /tlog/checkpoint')).text()
  const note = parseNote(served)
  if (!note) throw new Error('the head does not read')
  expect(verifyNote(note, [kernel.key, university.key]).signed).toEqual([kernel.key, university.key])

  await grow(planId, 2)
  expect((await status()).witnesses).toEqual([
    { name: 'kernel.example/testigo', vkey: known[0]?.vkey, last: { size: 3, at: new Date(now).toISOString() } },
    { name: 'universidad.example/testigo', vkey: known[1]?.vkey, last: { size: 3, at: new Date(now).toISOString() } },
  ])

  const cookie = await world.cookieOf(people.ana)
  const bundle = async () => {
    const answer = await world.ask(`GET /api/plans/${planId}/record/bundle`, { as: cookie })
    return new Uint8Array(await answer.arrayBuffer())
  }
  const file = readArchive(await bundle()).files.get(bundleFiles.checkpoints)
  const [cosigned = '', plain = ''] = file ? readText(file).trim().split('\n') : []
  expect(JSON.parse(cosigned)).toBe(served)
  expect(JSON.parse(plain)).toBe(tree.checkpoint()?.note)
  // The last head says how many signed it.
  await handIn(5, lineOf(kernel, tree.checkpoint()?.note ?? ''))
  await grow(planId, 1)
  await handIn(6, lineOf(kernel, tree.checkpoint()?.note ?? ''))
  const report = await verifyBundle(await bundle())
  expect(report.findings.map(({ level }) => level)).not.toContain('damaged')
  expect(report.findings.find(({ code }) => code === 'cosigned')?.en).toContain('1 witnesses')
})

test('[RC75] nothing is taken from a stranger, for a head that there is not, or that is not a signature of it', async () => {
  const { planId } = await plantPlan(database.db, { ana: 'drafter' })
  const head = await grow(planId, 3)
  expect(await codeOf(await handIn(3, lineOf(stranger, head.note)))).toEqual([403, 'forbidden'])
  expect(await codeOf(await handIn(2, lineOf(kernel, head.note)))).toEqual([404, 'not_found'])
  expect(await codeOf(await handIn(4, lineOf(kernel, head.note)))).toEqual([404, 'not_found'])
  expect(await codeOf(await handIn(3, lineOf(kernel, forgedHead(3))))).toEqual([400, 'invalid'])
  expect(await codeOf(await handIn(3, 'hello\n'))).toEqual([400, 'invalid'])
  expect(await codeOf(await handIn(3, `${lineOf(kernel, head.note)}\n`))).toEqual([400, 'invalid'])
  const ahead = cosignerOf('kernel.example/testigo', 1, now / 1000 + 3600)
  expect(await codeOf(await handIn(3, lineOf(ahead, head.note)))).toEqual([400, 'invalid'])
  const claimed = cosignerOf('kernel.example/testigo', 9)
  expect(await codeOf(await handIn(3, lineOf(claimed, head.note)))).toEqual([403, 'forbidden'])
  expect(await database.db.selectFrom('recordCosignature').select('witness').execute()).toEqual([])
})

test('[RC75] one address hands in so much and no more', async () => {
  let last = 0
  for (let turn = 0; turn < 130 && last !== 429; turn += 1) last = (await handIn(1, '—')).status
  expect(last).toBe(429)
})

test('[RC76] two records signed for one size are an alarm that everybody sees and nobody can take back', async () => {
  const { planId } = await plantPlan(database.db, { ana: 'drafter' })
  const { note } = await grow(planId, 5)
  const forged = forgedHead(5)
  const report = (notes: string[]) => post('/tlog/evidence', { notes })
  // Witnesses' lines and strangers' may stand below ours.
  const taken = await report([note + lineOf(kernel, note), forged + lineOf(stranger, forged)])
  expect([taken.status, await taken.json()]).toEqual([200, { kind: 'forked', size: 5 }])
  expect((await status()).alarm).toEqual({ kind: 'forked', size: 5, at: new Date(now).toISOString() })
  expect((await report([forged])).status).toBe(200)
  const rows = await database.db.selectFrom('recordAlarm').select(['size', 'note']).execute()
  expect(rows).toEqual([{ size: 5, note: forged }])
  await expect(database.db.deleteFrom('recordAlarm').execute()).rejects.toThrow()
  await grow(planId, 1)
  expect((await status()).alarm?.kind).toBe('forked')
})

test('[RC76] a signed head that is larger than the record is an alarm too: what was published has been lost', async () => {
  const { planId } = await plantPlan(database.db, { ana: 'drafter' })
  await grow(planId, 5)
  const taken = await post('/tlog/evidence', { notes: [forgedHead(9)] })
  expect(await taken.json()).toEqual({ kind: 'lost', size: 9 })
  expect((await status()).alarm).toMatchObject({ kind: 'lost', size: 9 })
})

test('[RC76] heads of this record, of strangers, and texts of anybody alarm nobody', async () => {
  const { planId } = await plantPlan(database.db, { ana: 'drafter' })
  const first = await grow(planId, 5)
  const second = await grow(planId, 5)
  const report = async (notes: string[]) => codeOf(await post('/tlog/evidence', { notes }))
  expect(await report([first.note, second.note])).toEqual([409, 'conflict'])
  const text = formatCheckpoint({ origin: testSigner.origin, size: 5, root: new Uint8Array(32) })
  expect(await report([`${text}\n${lineOf(kernel, `${text}\n${lineOf(kernel, forgedHead(5))}`)}`])).toEqual([
    400,
    'invalid',
  ])
  expect(await report(['hello\n'])).toEqual([400, 'invalid'])
  expect((await status()).alarm).toBeNull()
})

test('[RC75] keys keep their cosignatures apart', () => {
  const [one, two] = [1, 2].map((seed) => witnessId(cosignerOf('kernel.example/testigo', seed).key))
  expect(one).not.toBe(two)
  expect(parseVkey(known[0]?.vkey ?? '')?.name).toBe('kernel.example/testigo')
  expect(utf8(one ?? '').length).toBeLessThan(200)
})
