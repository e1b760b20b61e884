import { chmodSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'

const sqliteBusy = 5

/**
 * Takes the lock that `path` stands for, waiting up to `wait` milliseconds, and answers how to give it back.
 * Undefined: another process holds it. The kernel holds the lock (SQLite's lock on an empty file is the portable way to
 * ask it), so it ends with this process however that dies, and no number in a file can be mistaken for a live process.
 * Throws when the file cannot be made or opened.
 */
export async function lockFile(path: string, wait = 0): Promise<(() => void) | undefined> {
  const until = performance.now() + wait
  for (;;) {
    const file = new DatabaseSync(path)
    try {
      file.exec('begin exclusive')
      chmodSync(path, 0o600)
      return () => {
        if (file.isOpen) file.close()
      }
    } catch (error) {
      file.close()
      if (!isBusy(error)) throw error
      if (performance.now() >= until) return undefined
      await pause(100)
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === sqliteBusy
}
