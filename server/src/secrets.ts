import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from './config.ts'
import { StartError } from './start-error.ts'

/** What only the operator may know. */
export interface Secrets {
  /** Whoever sends it as a bearer token may read /metrics from another machine. */
  metricsToken: string
  /**
   * 32 bytes as base64url, from which every other secret of the program is derived (`keys.ts`). Losing it makes the ways
   * into workshops and the authenticators of accounts useless; it is no part of the database, nor of its backups.
   */
  appKey: string
}

/**
 * The secrets the environment gives, and for the others the ones kept in the data folder, made there at the first start
 * and readable by their owner alone.
 */
export async function readSecrets({
  dataDir,
  metricsToken,
  appKey,
}: Pick<Config, 'dataDir' | 'metricsToken' | 'appKey'>): Promise<Secrets> {
  return {
    metricsToken: metricsToken ?? (await keptSecret(join(dataDir, 'metrics-token'), 24)),
    appKey: appKey ?? (await keptSecret(join(dataDir, 'app-key'), 32)),
  }
}

async function keptSecret(path: string, bytes: number): Promise<string> {
  const kept = await readFile(path, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return ''
    throw new StartError(`Cannot read ${path} (${error.code}): start as the user who owns the data folder.`)
  })
  if (kept.trim()) return kept.trim()
  const made = randomBytes(bytes).toString('base64url')
  await writeFile(path, `${made}\n`, { mode: 0o600, flush: true })
  return made
}
