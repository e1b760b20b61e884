import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lockFile } from './file-lock.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cabildo-lock-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const module = new URL('file-lock.ts', import.meta.url).href

/** Another process that takes the lock and keeps it until it is killed. */
async function holder(path: string) {
  const code = `
    import { lockFile } from ${JSON.stringify(module)}
    process.stdout.write((await lockFile(${JSON.stringify(path)})) ? 'held' : 'refused')
    setInterval(() => {}, 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [said] = await once(child.stdout, 'data')
  return { child, said: String(said) }
}

test('one process at a time holds a lock, and a killed one holds nothing', async () => {
  const path = join(folder, 'one.lock')
  const { child, said } = await holder(path)
  expect(said).toBe('held')
  expect(await lockFile(path)).toBeUndefined()

  const waiting = lockFile(path, 20_000)
  child.kill('SIGKILL')
  const release = await waiting
  expect(release).toBeTypeOf('function')

  const second = await holder(path)
  expect(second.said).toBe('refused')
  second.child.kill('SIGKILL')
  release?.()
  const third = await holder(path)
  expect(third.said).toBe('held')
  third.child.kill('SIGKILL')
})

test('a lock that cannot be made is an error, not a refusal', async () => {
  await expect(lockFile(join(folder, 'missing', 'x.lock'))).rejects.toThrow()
})
