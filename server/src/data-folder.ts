import { access, mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { lockFile } from './file-lock.ts'
import { StartError } from './start-error.ts'

/**
 * Makes the data folder when it is missing, for its owner alone, and takes it for this process; answers how to give it
 * back. An older process gets two seconds to leave. Throws `StartError` when the folder cannot be written or is taken.
 */
export async function takeDataFolder(dataDir: string): Promise<() => void> {
  try {
    await makeFolder(dataDir)
    const release = await lockFile(join(dataDir, 'cabildo.lock'), 2000)
    if (release) return release
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? error.code : error
    throw new StartError(`Cannot write to the data folder ${dataDir} (${why}): check its owner, or set DATA_DIR.`)
  }
  throw new StartError(`Another Cabildo is running on the data folder ${dataDir}: stop it first, or set DATA_DIR.`)
}

/** Node's own recursive mkdir tries for ever where the system says ENOENT to a folder whose parent exists (/proc). */
async function makeFolder(path: string): Promise<void> {
  if (await exists(path)) return
  const parent = dirname(path)
  if (parent !== path && !(await exists(parent))) await makeFolder(parent)
  await mkdir(path, { mode: 0o700 })
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
