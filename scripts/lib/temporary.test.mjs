import { access, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { makeTemporary } from './temporary.mjs'

const made = []
afterEach(() => Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true }))))
const make = async (given) => {
  const found = await makeTemporary(given)
  made.push(found.folder)
  return found
}
const makeRoomy = async () => {
  const roomy = await mkdtemp(join(tmpdir(), 'cabildo-roomy-'))
  made.push(roomy)
  return roomy
}

test('where there is no folder in memory, or no room, what is thrown away lies among other temporary files', async () => {
  const memory = await makeRoomy()
  for (const given of [{ memory: '/nowhere' }, { memory, room: Number.MAX_SAFE_INTEGER }]) {
    const { folder, isInMemory } = await make(given)
    expect([dirname(folder), isInMemory]).toEqual([tmpdir(), false])
  }
})

test('where there is room for it, it lies there, and is empty and one’s own', async () => {
  const memory = await makeRoomy()
  const { folder, isInMemory } = await make({ memory, room: 0 })
  expect([dirname(folder), isInMemory]).toEqual([memory, true])
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  await expect(access(join(folder, 'program'))).rejects.toThrow()
})
