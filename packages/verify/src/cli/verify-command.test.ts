import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeBundle } from '@cabildo/record/bundle'
import { makeLog } from '@cabildo/record/testing/random-log'
import { afterAll, expect, test } from 'vitest'

const folder = mkdtempSync(join(tmpdir(), 'record-verify-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const command = join(import.meta.dirname, 'verify-command.ts')
function run(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', command, ...args],
    { encoding: 'utf8' },
  )
  return { status, stdout, stderr }
}

test('RC31: the command has the exit codes of the specification and names the entry', { timeout: 120_000 }, () => {
  const made = makeLog(7, 40)
  const path = join(folder, 'sound.zip')
  const bundle = writeBundle(made.content)
  writeFileSync(path, bundle)
  const sound = run(path, '--log', '--key', made.trusted[0] ?? '')
  expect(sound).toMatchObject({ status: 0, stderr: '' })
  expect(sound.stdout).toContain('[sound] sound')

  const text = made.content.entries[4] ?? ''
  const changed = Uint8Array.from(bundle)
  const at = Buffer.from(bundle).indexOf(text) + text.indexOf('"at":"2026') + 9
  changed[at] = (changed[at] ?? 0) ^ 1
  writeFileSync(join(folder, 'changed.zip'), changed)
  const tampered = run(join(folder, 'changed.zip'), '--log')
  expect(tampered.status).toBe(1)
  expect(tampered.stdout).toContain('[damaged] leaf-differs (anotación/entry 5, entries.jsonl)')

  const other = makeLog(8, 10).trusted[0] ?? ''
  expect(run(path, '--log', '--key', other).status).toBe(3)
  expect(run(path, '--log', '--json', '--key', other).stdout).toContain('"exitCode": 3')
  expect(
    [run(), run(path, path), run('--what'), run(join(folder, 'none.zip')), run(path, '--key', 'x')].map(
      ({ status }) => status,
    ),
  ).toEqual([64, 64, 64, 64, 64])
})

test('[RC142] the command holds a file against what is known from elsewhere', { timeout: 120_000 }, () => {
  const made = makeLog(11, 40)
  const path = join(folder, 'kept.zip')
  writeFileSync(path, writeBundle(made.content))
  const { head } = made.content.manifest
  const own = run(path, '--log')
  expect(own.status).toBe(0)
  expect(own.stdout).toContain('[sound] of-one-piece')
  expect(own.stdout).toContain(`${head?.seq} entries of this plan; the last one has the hash ${head?.hash}`)
  const codes = (...args: string[]) => run(path, '--log', ...args).status
  expect(codes('--head', `${head?.seq}:${head?.hash}`)).toBe(0)
  expect(codes('--head', `${head?.seq}:${'0'.repeat(64)}`)).toBe(1)
  expect(codes('--head', `${(head?.seq ?? 0) + 1}:${head?.hash}`)).toBe(2)
  expect(codes('--head', 'last')).toBe(64)
  const kept = join(folder, 'checkpoint')
  writeFileSync(kept, made.content.checkpoints[0] ?? '')
  expect(codes('--checkpoint', kept)).toBe(0)
  writeFileSync(kept, makeLog(12, 10).content.checkpoints[0] ?? '')
  expect(codes('--checkpoint', kept)).toBe(3)
  writeFileSync(kept, 'nothing')
  expect(codes('--checkpoint', kept)).toBe(64)
})
