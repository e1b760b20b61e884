import { writeSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '@cabildo/protocol/errors'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSpool, type SpoolFile } from './spool.ts'

let parent: string
let folder: string
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'cabildo-spool-'))
  folder = join(parent, 'tmp')
})
afterEach(() => rm(parent, { recursive: true, force: true }))

const textOf = (file: SpoolFile) => new Response(file.stream()).text()

test('[RC175] a file has no name, and is sent whole to each who asks', async () => {
  await mkdir(folder)
  await writeFile(join(folder, 'of-a-process-that-was-killed'), 'x')
  const file = await createSpool(folder).create()
  expect(await readdir(folder)).toEqual([])
  const text = 'línea\n'.repeat(50_000)
  writeSync(file.fd, text)
  const [one, other] = [textOf(file), textOf(file)]
  // It is there for as long as somebody reads it.
  file.release()
  expect(await one).toBe(text)
  expect(await other).toBe(text)
  expect(() => file.stream()).toThrow('closed')
})

test('[RC175] files are bounded, and whoever goes away or takes nothing gives theirs back', async () => {
  const spool = createSpool(folder, { files: 1, stall: 40 })
  const full = { code: 'unavailable' }
  const first = await spool.create()
  writeSync(first.fd, 'x'.repeat(200_000))
  const refused = await spool.create().catch((error: unknown) => error)
  expect(refused).toBeInstanceOf(AppError)
  expect(refused).toMatchObject(full)

  const leaving = first.stream().getReader()
  await leaving.read()
  first.release()
  await expect(spool.create()).rejects.toMatchObject(full)
  await leaving.cancel()

  const second = await spool.create()
  writeSync(second.fd, 'x'.repeat(200_000))
  const stalled = second.stream().getReader()
  second.release()
  await stalled.closed.catch((error: unknown) => expect(error).toMatchObject({ message: 'nobody reads it' }))
  const third = await spool.create()
  third.release()
})
