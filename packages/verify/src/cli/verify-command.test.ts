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

test('RC31: the command has the exit codes of the specification and names the entry', () => {
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
  expect(tampered.stdout).toContain('[damaged] leaf-differs (entrada/entry 5, entries.jsonl)')

  const other = makeLog(8, 10).trusted[0] ?? ''
  expect(run(path, '--log', '--key', other).status).toBe(3)
  expect(run(path, '--log', '--json', '--key', other).stdout).toContain('"exitCode": 3')
  expect(
    [run(), run(path, path), run('--what'), run(join(folder, 'none.zip')), run(path, '--key', 'x')].map(
      ({ status }) => status,
    ),
  ).toEqual([64, 64, 64, 64, 64])
})
