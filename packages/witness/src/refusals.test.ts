import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRefusals } from './refusals.ts'
import type { Refused } from './serve.ts'
import { openShelf, type Shelf } from './shelf.ts'

let folder: string
let shelf: Shelf
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabildo-refusals-'))
  shelf = await openShelf(folder)
})
afterEach(async () => {
  await shelf.close()
  await rm(folder, { recursive: true, force: true })
})

const refused = (root: number, origin = 'one.example/log', reason: Refused['reason'] = 'inconsistent'): Refused => ({
  ...{ reason, origin, size: 9, note: `${origin} ${root}`, proof: [] },
  root: new Uint8Array(32).fill(root),
})
const files = async () => (await readdir(folder)).filter((name) => name.startsWith('evidence-'))

test('[RC143] each refused head has a file of its own, and the same head again none', async () => {
  const keep = createRefusals(shelf, { keysOf: () => [], now: () => '2026-11-26T00:00:00Z', most: 3 })
  const first = await keep(refused(1))
  expect(first).toMatchObject({ fresh: true })
  for (let time = 0; time < 5; time += 1) expect(await keep(refused(1))).toEqual({ path: first?.path, fresh: false })
  expect(await keep(refused(2))).toMatchObject({ fresh: true })
  expect(await keep(refused(1, 'other.example/log'))).toMatchObject({ fresh: true })
  expect(await files()).toHaveLength(3)
})

test('[RC143] what one log may fill leaves room for the others, and for two histories', async () => {
  const keep = createRefusals(shelf, { keysOf: () => [], now: () => '2026-11-26T00:00:00Z', most: 3 })
  const kept = await Promise.all(Array.from({ length: 8 }, (_, root) => keep(refused(root))))
  expect(kept.filter((one) => one !== undefined)).toHaveLength(3)
  expect(await keep(refused(1, 'other.example/log'))).toMatchObject({ fresh: true })
  expect(await keep(refused(1, 'one.example/log', 'forked'))).toMatchObject({ fresh: true })
  expect(await files()).toHaveLength(5)
})
