import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { crc32, createDeflateRaw } from 'node:zlib'
import { Zip, type ZipInputFile } from 'fflate'

/** A file to be put into an archive. `stored`: it is packed already. */
export interface ArchiveFile {
  path: string
  stored?: boolean
  /** Its bytes, or parts of them as they come; undefined leaves it out. */
  read(): Promise<Uint8Array | AsyncIterable<Uint8Array> | undefined>
}

/** Bytes that are packed in one go, so that whatever else this thread does comes in between. */
const step = 64 << 10

/**
 * An archive (ZIP) as it is made, one file after another: nothing is held of those that are through, and nobody has to wait for
 * the last to get the first. What is packed is packed beside this thread. `onFile` hears which file begins. What a file throws
 * ends the stream with it.
 */
export async function* packArchive(
  files: readonly ArchiveFile[],
  { at, onFile }: { at: Date; onFile: (path: string, index: number) => void },
): AsyncGenerator<Uint8Array> {
  let ready: Uint8Array[] = []
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    ready.push(bytes)
  })
  const take = () => {
    const now = ready
    ready = []
    return now
  }
  for (const [index, { path, stored = false, read }] of files.entries()) {
    onFile(path, index)
    const found = await read()
    if (found === undefined) continue
    // The writer of the archive asks for both once the last of it is there.
    const entry: ZipInputFile = { filename: path, mtime: at, compression: stored ? 0 : 8, size: 0, crc: 0 }
    zip.add(entry)
    const parts = counted(entry, found)
    for await (const part of stored ? parts : deflated(parts)) {
      // None of it lies in memory that threads share, which is all that the library's type leaves out.
      entry.ondata?.(null, part as Uint8Array<ArrayBuffer>, false)
      yield* take()
    }
    entry.ondata?.(null, new Uint8Array(), true)
    yield* take()
  }
  zip.end()
  yield* take()
}

/** The same bytes in steps, counted and summed up on their way. */
async function* counted(
  entry: ZipInputFile,
  found: Uint8Array | AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  for await (const part of found instanceof Uint8Array ? [found] : found) {
    for (let from = 0; from < part.length; from += step) {
      const piece = part.subarray(from, from + step)
      entry.size += piece.length
      entry.crc = crc32(piece, entry.crc)
      yield piece
      await new Promise<void>((resume) => setImmediate(resume))
    }
  }
}

async function* deflated(parts: AsyncGenerator<Uint8Array>): AsyncGenerator<Uint8Array> {
  const deflate = createDeflateRaw({ level: 6 })
  const all = pipeline(Readable.from(parts, { objectMode: false }), deflate)
  // Who reads it hears of a failure; who went away, of nothing.
  all.catch(() => undefined)
  for await (const piece of deflate) yield piece as Uint8Array // no encoding is set
  await all
}
