/*
 * A client of another hand: written from c2sp.org/signed-note, tlog-checkpoint and tlog-tiles and RFC 6962 alone, over
 * nothing but HTTP answers and Node's own cryptography.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { plantPlan } from '@cabildo/testkit/factories'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { createTestApp, memoryJournal, type TestApp, testSigner } from '@cabildo/testkit/test-app'
import { pino } from 'pino'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { appendEntries } from '../service.ts'
import { createTree, type Tree } from './service.ts'

let database: FreshDatabase
let world: TestApp
let tree: Tree
let planId: string
beforeAll(async () => {
  database = await freshDatabase()
  const logger = pino({ level: 'silent' })
  tree = createTree({ db: database.db, signer: testSigner, journal: memoryJournal(), logger })
  world = createTestApp(database, { tree })
  planId = (await plantPlan(database.db, { ana: 'drafter' })).planId
})
afterAll(() => database.drop())

async function grow(count: number): Promise<void> {
  const facts = Array.from({ length: count }, (_, number) => ({
    type: 'plan' as const,
    userId: null,
    payload: { number },
  }))
  await database.db.transaction().execute((trx) => appendEntries(trx, planId, facts))
  await tree.grow()
}

const get = (path: string) => world.ask(`GET /tlog/${path}`)
const sha256 = (...parts: Uint8Array[]) => createHash('sha256').update(Buffer.concat(parts)).digest()

/** The checkpoint, once its Ed25519 signature has been found to be the vkey's. */
async function checkpoint(vkey: string): Promise<{ size: number; root: Buffer }> {
  const response = await get('checkpoint')
  expect(response.headers.get('content-type')?.toLowerCase()).toBe('text/plain; charset=utf-8')
  expect(response.headers.get('cache-control')).toBe('no-cache')
  const note = await response.text()
  const [name = '', id = '', ...encoded] = vkey.split('+')
  const key = Buffer.from(encoded.join('+'), 'base64')
  expect(key[0]).toBe(1)
  expect(
    sha256(Buffer.from(`${name}\n`), key)
      .subarray(0, 4)
      .toString('hex'),
  ).toBe(id)
  const at = note.lastIndexOf('\n\n')
  const text = note.slice(0, at + 1)
  const publicKey = createPublicKey({
    key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.subarray(1)]),
    format: 'der',
    type: 'spki',
  })
  const sound = note
    .slice(at + 2)
    .trimEnd()
    .split('\n')
    .some((line) => {
      const [dash, signer, signature = ''] = line.split(' ')
      const bytes = Buffer.from(signature, 'base64')
      if (dash !== '—' || signer !== name || bytes.subarray(0, 4).toString('hex') !== id) return false
      return verify(null, Buffer.from(text), publicKey, bytes.subarray(4))
    })
  expect(sound).toBe(true)
  const [origin, size = '', root = ''] = text.split('\n')
  expect(origin).toBe(name)
  return { size: Number(size), root: Buffer.from(root, 'base64') }
}

/** One tile's hashes. */
async function tile(level: number, index: number, width: number): Promise<Buffer[]> {
  const name = `tile/${level}/${String(index).padStart(3, '0')}${width === 256 ? '' : `.p/${width}`}`
  const response = await get(name)
  expect([response.status, response.headers.get('content-type')], name).toEqual([200, 'application/octet-stream'])
  expect(response.headers.get('cache-control')).toContain('immutable')
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(bytes.length).toBe(width * 32)
  return Array.from({ length: width }, (_, at) => bytes.subarray(at * 32, at * 32 + 32))
}

/** MTH of RFC 6962, section 2.1, over hashes that stand for full subtrees of equal size, and a last part. */
function treeHash(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 1) return hashes[0] as Buffer
  let split = 1
  while (split * 2 < hashes.length) split *= 2
  return sha256(Buffer.of(1), treeHash(hashes.slice(0, split)), treeHash(hashes.slice(split)))
}

test.each([3, 253, 44, 256, 100])(
  '[RC74] a client of another hand finds the signed root from the tiles, after %i more',
  async (count) => {
    await grow(count)
    const [vkey = ''] = testSigner.verifierKeys
    const { size, root } = await checkpoint(vkey)
    const full = Math.floor(size / 256)
    const rest = size % 256

    const leaves: Buffer[] = []
    for (let index = 0; index < full; index += 1) leaves.push(...(await tile(0, index, 256)))
    const last = rest > 0 ? await tile(0, full, rest) : []
    leaves.push(...last)
    expect(treeHash(leaves).equals(root)).toBe(true)

    // The level above stands for the full tiles below it.
    const above = full > 0 ? await tile(1, 0, full) : []
    for (const [at, hash] of above.entries()) {
      expect(treeHash(leaves.slice(at * 256, at * 256 + 256)).equals(hash)).toBe(true)
    }
    if (above.length > 0 || last.length > 0) {
      expect(treeHash([...above, ...(last.length > 0 ? [treeHash(last)] : [])]).equals(root)).toBe(true)
    }
  },
)

test('[RC74] what no checkpoint has needed is not there, and neither are entries', async () => {
  const size = tree.checkpoint()?.size ?? 0
  const full = Math.floor(size / 256)
  const rest = size % 256
  for (const path of [
    `tile/0/00${full}`,
    `tile/0/00${full}.p/${rest + 1}`,
    `tile/0/00${full}.p/0`,
    `tile/0/00${full + 1}.p/1`,
    `tile/1/000.p/${full + 1}`,
    'tile/2/000.p/1',
    'tile/0/0',
    'tile/00/000',
    'tile/0/x000/000',
    'tile/entries/000',
    'tile/entries/000.p/1',
    'tile/',
    'entries/000',
    'nothing',
  ]) {
    expect((await get(path)).status, path).toBe(404)
  }
})
