/**
 * What was taken out of texts, kept outside the database: a database brought back from a backup holds it again. Places
 * alone, no words: ranges of clocks tell nothing to anybody who has not got the text.
 */
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Done } from './store.ts'

/** A list that only grows. */
export interface RedactionJournal {
  /** By id, oldest first. */
  read(): Promise<Map<string, Done>>
  /** Safe on the disk when it resolves. */
  add(done: readonly Done[]): Promise<void>
}

/** The list in a data folder: one JSON text on a line. A last line that was cut off is passed over, and added again. */
export function createRedactionJournal(dataDir: string): RedactionJournal {
  const path = join(dataDir, 'redacted')
  return {
    async read() {
      const text = await readFile(path, 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return ''
        throw error
      })
      const lines = text.split('\n').flatMap((line) => parse(line) ?? [])
      return new Map(lines.map((done) => [done.id, done]))
    },
    async add(done) {
      if (done.length === 0) return
      const file = await open(path, 'a', 0o600)
      try {
        // Begins a line of its own, whatever stands before it.
        await file.appendFile(done.map((one) => `\n${JSON.stringify(one)}\n`).join(''))
        await file.sync()
      } finally {
        await file.close()
      }
    },
  }
}

function parse(line: string): Done | undefined {
  if (line === '') return undefined
  try {
    return JSON.parse(line) as Done
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
