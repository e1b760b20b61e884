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

/** What an id looks like: a line that was cut off when the process died holds less, and its id is added again. */
const isId = (line: string): boolean => /^[A-Za-z0-9_-]{22}$/.test(line)

/** The list in a data folder: one id on a line. */
export function createErasures(dataDir: string): Erasures {
  const path = join(dataDir, 'erased')
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
        throw error
      })
      return new Set(text.split('\n').filter(isId))
    },
    async add(userIds) {
      if (userIds.length === 0) return
      const file = await open(path, 'a', 0o600)
      try {
        // Begins a line of its own, whatever stands before it.
        await file.appendFile(`\n${userIds.map((id) => `${id}\n`).join('')}`)
        await file.sync()
      } finally {
        await file.close()
      }
    },
  }
}
