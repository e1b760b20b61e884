/** What files of an archive hold: bytes, lines, and whether they are as they were packed. */
import { ArchiveError, type ArchiveFile } from './archive.ts'
import { concat, fromUtf8 } from './bytes.ts'
import { crc32 } from './crc32.ts'

/** All of a file. Throws {@link ArchiveError}. */
export function readWhole(file: ArchiveFile): Uint8Array {
  return concat(...file.chunks())
}

/** All of a file as a text. Throws {@link ArchiveError}, also where it is not UTF-8. */
export function readText(file: ArchiveFile): string {
  const text = fromUtf8(readWhole(file))
  if (text === undefined) throw new ArchiveError('not UTF-8', file.name)
  return text
}

/**
 * The lines of a file, one at a time, without their line ends. Throws {@link ArchiveError} at the first that is longer
 * than `limit` bytes, not UTF-8, or not ended.
 */
export function* readLines(file: ArchiveFile, limit: number): Generator<string> {
  const held: Uint8Array[] = []
  let length = 0
  for (const chunk of file.chunks()) {
    let from = 0
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      const piece = chunk.subarray(from, end)
      if (length + piece.length > limit) throw new ArchiveError('a line is too long', file.name)
      const line = fromUtf8(length === 0 ? piece : concat(...held, piece))
      if (line === undefined) throw new ArchiveError('not UTF-8', file.name)
      yield line
      held.length = 0
      length = 0
      from = end + 1
    }
    length += chunk.length - from
    if (length > limit) throw new ArchiveError('a line is too long', file.name)
    if (from < chunk.length) held.push(chunk.subarray(from))
  }
  if (length > 0) throw new ArchiveError('its last line has no end', file.name)
}

/** Whether a file comes out with the CRC-32 of the directory: to name what a broken seal is about, not to prove anything. */
export function isAsPacked(file: ArchiveFile): boolean {
  let crc = 0
  try {
    for (const chunk of file.chunks()) crc = crc32(chunk, crc)
  } catch (error) {
    if (error instanceof ArchiveError) return false
    throw error
  }
  return crc === file.crc
}
