import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readSecrets } from './secrets.ts'

test('a secret is made once, kept for its owner alone, and gives way to the environment', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'cabildo-secrets-'))
  try {
    const made = await readSecrets({ dataDir, metricsToken: undefined, appKey: undefined })
    const path = join(dataDir, 'metrics-token')
    expect(made.metricsToken).toMatch(/^[\w-]{32}$/)
    expect(await readFile(path, 'utf8')).toBe(`${made.metricsToken}\n`)
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readSecrets({ dataDir, metricsToken: undefined, appKey: undefined })).toEqual(made)
    const appKey = 'k'.repeat(43)
    expect(await readSecrets({ dataDir, metricsToken: 'given', appKey })).toEqual({ metricsToken: 'given', appKey })

    // A start cut short before the secret was written.
    await writeFile(path, '')
    expect((await readSecrets({ dataDir, metricsToken: undefined, appKey: undefined })).metricsToken).toMatch(
      /^[\w-]{32}$/,
    )
  } finally {
    await rm(dataDir, { recursive: true, force: true })
  }
})
