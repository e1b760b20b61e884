import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

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
 * the last to get the first. `onFile` hears which file begins. What a file throws ends the stream with it.
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
    const entry = stored ? new ZipPassThrough(path) : new ZipDeflate(path, { level: 6 })
    entry.mtime = at
    zip.add(entry)
    for await (const part of found instanceof Uint8Array ? [found] : found) {
      for (let from = 0; from < part.length; from += step) {
        entry.push(part.subarray(from, from + step))
        yield* take()
        await new Promise<void>((resume) => setImmediate(resume))
      }
    }
    entry.push(new Uint8Array(), true)
    yield* take()
  }
  zip.end()
  yield* take()
}
