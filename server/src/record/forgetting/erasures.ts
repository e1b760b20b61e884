/**
 * Who was erased, kept outside the database: a database brought back from a backup holds people again who asked to be
 * forgotten. Ids alone, which lead nowhere once the people are erased.
 */
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'

/** A list of ids that only grows. */
export interface Erasures {
  read(): Promise<Set<string>>
  /** Safe on the disk when it resolves. */
  add(userIds: readonly string[]): Promise<void>
}

/** The list in a data folder: one id on a line. */
export function createErasures(dataDir: string): Erasures {
  const path = join(dataDir, 'erased')
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
        throw error
      })
      return new Set(text.split('\n').filter((line) => line !== ''))
    },
    async add(userIds) {
      if (userIds.length === 0) return
      const file = await open(path, 'a', 0o600)
      try {
        await file.appendFile(userIds.map((id) => `${id}\n`).join(''))
        await file.sync()
      } finally {
        await file.close()
      }
    },
  }
}
