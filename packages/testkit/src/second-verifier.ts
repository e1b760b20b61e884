import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const script = join(import.meta.dirname, '../../record/interop/verify.py')

/** How the second verifier ended, and what it said. */
export interface SecondVerdict {
  status: number | null
  stdout: string
  stderr: string
}

/**
 * Has the second verifier, which is in Python, look at a bundle; `options` stand before the file. Undefined where the machine
 * has no python3, which is said on the terminal: there a test goes without it.
 */
export function askSecondVerifier(bundle: Uint8Array, ...options: readonly string[]): SecondVerdict | undefined {
  if (spawnSync('python3', ['--version']).status !== 0) {
    process.stdout.write('the second verifier: SKIPPED, this machine has no python3\n')
    return undefined
  }
  const folder = mkdtempSync(join(tmpdir(), 'cabildo-bundle-'))
  try {
    const path = join(folder, 'registro.zip')
    writeFileSync(path, bundle)
    const { status, stdout, stderr } = spawnSync('python3', [script, ...options, path], { encoding: 'utf8' })
    return { status, stdout, stderr }
  } finally {
    rmSync(folder, { recursive: true })
  }
}
