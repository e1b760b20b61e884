/**
 * Large answers, made in files instead of memory and sent from there, so that whoever reads slowly holds nothing but a file.
 * A file has no name from the moment it is opened: it is gone with its last user, or with the process, however that ends.
 */
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@cabildo/protocol/errors'
import { newId } from './db/ids.ts'

/** Where such files are made. */
export interface Spool {
  /** A new, empty file with one user. Throws `unavailable` while there are too many. */
  create(): Promise<SpoolFile>
}

/** A file without a name. */
export interface SpoolFile {
  /** To be written by. */
  readonly fd: number
  /** One user more. */
  hold(): void
  /** One user less. The last one closes the file. */
  release(): void
  /**
   * All that was written, piece by piece and not faster than it is taken. It is a user until it was read, given up, or
   * nothing was taken of it for so long that it fails.
   */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>
}

/** Files at a time, and milliseconds after which a reader that takes nothing is given up. */
export interface SpoolLimits {
  files: number
  stall: number
}

const usual: SpoolLimits = { files: 8, stall: 120_000 }
const pieceLength = 65_536

/** A spool in a folder of its own, which is emptied first: a process that was killed may have left something there. */
export function createSpool(folder: string, { files, stall }: SpoolLimits = usual): Spool {
  let alive = 0
  const emptied = rm(folder, { recursive: true, force: true })
  // Whoever creates a file hears of it.
  emptied.catch(() => undefined)

  async function openNameless(): Promise<FileHandle> {
    await emptied
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const path = join(folder, newId())
    const handle = await open(path, 'wx+', 0o600)
    await rm(path)
    return handle
  }

  return {
    async create() {
      if (alive >= files)
        throw new AppError('unavailable', { detail: 'Too many files are being sent.', retryAfter: 10 })
      alive += 1
      try {
        return fileOf(await openNameless(), { stall, closed: () => (alive -= 1) })
      } catch (error) {
        alive -= 1
        throw error
      }
    },
  }
}

function fileOf(handle: FileHandle, { stall, closed }: { stall: number; closed: () => void }): SpoolFile {
  let users = 1
  const hold = () => {
    if (users === 0) throw new Error('the file is closed')
    users += 1
  }
  const release = () => {
    users -= 1
    if (users > 0) return
    closed()
    // Nobody is left to whom a failure to close would matter.
    handle.close().catch(() => undefined)
  }

  function stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    hold()
    let at = 0
    let over = false
    let patience: NodeJS.Timeout | undefined
    const end = () => {
      clearTimeout(patience)
      if (!over) release()
      over = true
    }
    return new ReadableStream(
      {
        start: wait,
        async pull(controller) {
          clearTimeout(patience)
          try {
            const piece = new Uint8Array(pieceLength)
            const { bytesRead } = await handle.read(piece, 0, pieceLength, at)
            if (over) return
            at += bytesRead
            if (bytesRead > 0) controller.enqueue(piece.subarray(0, bytesRead))
            if (bytesRead > 0) return wait(controller)
            end()
            controller.close()
          } catch (error) {
            end()
            throw error
          }
        },
        cancel: end,
      },
      { highWaterMark: 0 },
    )

    function wait(controller: ReadableStreamDefaultController): void {
      patience = setTimeout(() => {
        end()
        controller.error(new Error('nobody reads it'))
      }, stall).unref()
    }
  }

  return { fd: handle.fd, hold, release, stream }
}
