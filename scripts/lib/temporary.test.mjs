import { access, mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { makeTemporary } from './temporary.mjs'

const made = []
afterEach(() => Promise.all(made.splice(0).map((folder) => rm(folder, { recursive: true, force: true }))))
const make = async (...given) => {
  const folder = await makeTemporary(...given)
  made.push(folder)
  return folder
}

test('where there is no folder in memory, or no room, what is thrown away lies among other temporary files', async () => {
  expect(dirname(await make('/nowhere'))).toBe(tmpdir())
  // Of these files none takes room.
  expect(dirname(await make('/proc'))).toBe(tmpdir())
})

test('where there is room for it, it lies there, and is empty and one’s own', async () => {
  const roomy = await mkdtemp(join(tmpdir(), 'cabildo-roomy-'))
  made.push(roomy)
  const folder = await make(roomy, 0)
  expect(dirname(folder)).toBe(roomy)
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  await expect(access(join(folder, 'program'))).rejects.toThrow()
})
