import { access, constants, mkdtemp, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'

/** Several times what a run of all tests ever has there at once, which was 0.3 GB. */
const plenty = 2 ** 31
const prefix = 'cabildo-tests-'

/**
 * Makes a folder for what the tests and their programs write and nobody wants afterwards, PostgreSQL's data above all; who
 * asks for it removes it. It lies in memory where the machine has plenty of it, else among its other temporary files. A
 * database of a test is some 800 files, a run makes more than two hundred, and on ext4, which for minutes does not use again
 * what was deleted, each costs ten times as much as in memory. `memory`: such a folder of the machine's; `room`: bytes that must be
 * free there, and twice as many in the machine.
 */
export async function makeTemporary({ memory = '/dev/shm', room = plenty } = {}) {
  const folder = await makeIn(memory, room).catch(() => undefined)
  return { folder: folder ?? (await mkdtemp(join(tmpdir(), prefix))), isInMemory: folder !== undefined }
}

async function makeIn(memory, room) {
  const { bavail, bsize } = await statfs(memory)
  if (bavail * bsize < room || process.availableMemory() < 2 * room) return undefined
  const folder = await mkdtemp(join(memory, prefix))
  const program = join(folder, 'program')
  try {
    await writeFile(program, '', { mode: 0o700 })
    // Some machines let nothing be run from there, and some tests run what they make.
    await access(program, constants.X_OK)
    await rm(program)
    return folder
  } catch {
    await rm(folder, { recursive: true, force: true })
    return undefined
  }
}
