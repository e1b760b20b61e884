/**
 * What this installation has signed last, kept outside the database: a database brought back from a backup cannot make
 * it forget. A head that was published stands in here before anybody sees it.
 */
import { open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'

/** The last signed head. */
export interface Signed {
  size: number
  /** The root as hexadecimal digits. */
  root: string
  note: string
}

/** Reads and writes the last signed head. */
export interface Journal {
  read(): Promise<Signed | undefined>
  /** Safe on the disk when it resolves. */
  write(signed: Signed): Promise<void>
}

/** The journal in a data folder: one small file, replaced whole. */
export function createJournal(dataDir: string): Journal {
  const path = join(dataDir, 'record-signed.json')
  return {
    async read() {
      try {
        return JSON.parse(await readFile(path, 'utf8')) as Signed
      } catch (error) {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
        throw error
      }
    },
    async write(signed) {
      const fresh = `${path}.new`
      const file = await open(fresh, 'w', 0o600)
      try {
        await file.writeFile(JSON.stringify(signed))
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(fresh, path)
    },
  }
}
