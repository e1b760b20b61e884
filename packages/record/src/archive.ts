/**
 * Reading a ZIP archive (PKWARE APPNOTE 6.3) that may come from anybody: its directory is checked before anything is
 * unpacked, and files are unpacked piece by piece. One disk, no encryption, no ZIP64, stored or deflated files.
 *
 * The archive's comment is its seal: `sha256:` and the digest of every byte before the comment. A slip of a single byte
 * anywhere, also where no file lies, is noticed so; against whoever seals again, what the files prove must stand.
 */
import { Inflate, inflateSync } from 'fflate'
import { equalBytes, fromUtf8, utf8 } from './bytes.ts'
import { sha256Name } from './hash.ts'

/** Bounds of an archive. Sizes in bytes. */
export const archiveLimits = {
  archive: 512 * 1024 * 1024,
  files: 20_000,
  file: 1024 * 1024 * 1024,
  /** All files unpacked, for each byte of the archive; small archives may always hold `free`. */
  ratio: 100,
  free: 64 * 1024 * 1024,
} as const

/** Bytes of the comment that seals an archive. */
export const sealLength = 'sha256:'.length + 64

/** The archive, or a file of it, cannot be read. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError'
  /** The file that it is about, where it is about one. */
  readonly file: string | undefined
  constructor(message: string, file?: string) {
    super(message)
    this.file = file
  }
}

/** A file of an archive, still packed. */
export interface ArchiveFile {
  readonly name: string
  /** Bytes unpacked, as the directory says; never more are given. */
  readonly size: number
  readonly crc: number
  /** The contents piece by piece; throws {@link ArchiveError} where they are damaged, after what came before. */
  readonly chunks: () => Generator<Uint8Array>
}

/** An archive whose directory is sound. */
export interface Archive {
  readonly seal: 'sound' | 'broken' | 'missing'
  readonly files: ReadonlyMap<string, ArchiveFile>
}

const fileName = /^[A-Za-z0-9_][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*){0,3}$/
/** Packed bytes that are taken at once, before anything of what they hold is counted. */
const pieceLength = 16 * 1024
/** A file of one piece, and of no more bytes unpacked, is unpacked at once: bytes for a stream cost more than most texts. */
const smallLength = 256 * 1024

function* unpack(packed: Uint8Array, method: number, size: number, name: string): Generator<Uint8Array> {
  if (method === 0) yield packed
  else if (packed.length > 0 && packed.length <= pieceLength && size <= smallLength)
    yield unpackSmall(packed, size, name)
  else yield* unpackStream(packed, size, name)
}

function unpackSmall(packed: Uint8Array, size: number, name: string): Uint8Array {
  let bytes: Uint8Array
  try {
    // What is too long shows in the one byte more; nothing is written beyond it.
    bytes = inflateSync(packed, { out: new Uint8Array(size + 1) })
  } catch {
    throw new ArchiveError('cannot be unpacked', name)
  }
  if (bytes.length !== size)
    throw new ArchiveError(`${bytes.length > size ? 'longer' : 'shorter'} than its directory says`, name)
  return bytes
}

function* unpackStream(packed: Uint8Array, size: number, name: string): Generator<Uint8Array> {
  let given = 0
  const ready: Uint8Array[] = []
  const inflate = new Inflate((chunk) => ready.push(chunk))
  for (let at = 0; at < packed.length || at === 0; at += pieceLength) {
    let sound = true
    try {
      inflate.push(packed.subarray(at, at + pieceLength), at + pieceLength >= packed.length)
    } catch {
      sound = false
    }
    for (const chunk of ready.splice(0)) {
      given += chunk.length
      if (given > size) throw new ArchiveError('longer than its directory says', name)
      if (chunk.length > 0) yield chunk
    }
    if (!sound) throw new ArchiveError('cannot be unpacked', name)
  }
  if (given !== size) throw new ArchiveError('shorter than its directory says', name)
}

/** Where the end of the directory begins: the last record of that kind whose comment ends with the archive. */
function findEnd(view: DataView): number {
  const last = view.byteLength - 22
  for (let at = last; at >= Math.max(0, last - 0xffff); at -= 1) {
    if (view.getUint32(at, true) === 0x06054b50 && view.getUint16(at + 20, true) === last - at) return at
  }
  throw new ArchiveError('not a ZIP archive')
}

function sealOf(bytes: Uint8Array, end: number, digest?: Digest): Archive['seal'] {
  const comment = bytes.subarray(end + 22)
  if (comment.length === 0) return 'missing'
  return equalBytes(comment, utf8(sha256Name(bytes.subarray(0, end + 22), digest))) ? 'sound' : 'broken'
}

interface Place {
  readonly start: number
  readonly end: number
}

type Digest = (bytes: Uint8Array) => Uint8Array

/**
 * Reads the directory of an archive. Throws {@link ArchiveError} for one that breaks a bound or is none. `digest` may be a
 * faster SHA-256.
 */
export function readArchive(bytes: Uint8Array, digest?: Digest): Archive {
  if (bytes.length < 22 || bytes.length > archiveLimits.archive) throw new ArchiveError('not a ZIP archive')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  const directory = view.getUint32(end + 16, true)
  if (view.getUint32(end + 12, true) !== end - directory) throw new ArchiveError('its directory is damaged')
  if (count > archiveLimits.files) throw new ArchiveError('too many files')
  const files = new Map<string, ArchiveFile>()
  const places: Place[] = []
  let unpacked = 0
  let at = directory
  for (let left = count; left > 0; left -= 1) {
    const entry = readDirectoryEntry(bytes, view, at, end)
    const place = placeOf(bytes, view, entry, directory)
    at = entry.next
    places.push(place)
    unpacked += entry.size
    if (entry.name.endsWith('/') && entry.size === 0) continue
    if (!fileName.test(entry.name) || files.has(entry.name)) throw new ArchiveError('a name that cannot be', entry.name)
    const packed = bytes.subarray(place.start, place.end)
    const { name, method, size, crc } = entry
    files.set(name, { name, size, crc, chunks: () => unpack(packed, method, size, name) })
  }
  if (at !== end) throw new ArchiveError('its directory is damaged')
  if (unpacked > Math.max(archiveLimits.free, bytes.length * archiveLimits.ratio)) throw new ArchiveError('too large')
  places.sort((a, b) => a.start - b.start)
  if (places.some((place, index) => place.start < (places[index - 1]?.end ?? 0)))
    throw new ArchiveError('files overlap')
  return { seal: sealOf(bytes, end, digest), files }
}

interface DirectoryEntry {
  readonly name: string
  readonly nameBytes: Uint8Array
  readonly method: number
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly offset: number
  readonly next: number
}

function readDirectoryEntry(bytes: Uint8Array, view: DataView, at: number, end: number): DirectoryEntry {
  if (at + 46 > end || view.getUint32(at, true) !== 0x02014b50) throw new ArchiveError('its directory is damaged')
  const nameLength = view.getUint16(at + 28, true)
  const next = at + 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  const nameBytes = bytes.subarray(at + 46, at + 46 + nameLength)
  const name = fromUtf8(nameBytes)
  const method = view.getUint16(at + 10, true)
  const size = view.getUint32(at + 24, true)
  const packed = view.getUint32(at + 20, true)
  if (next > end || name === undefined || size > archiveLimits.file) throw new ArchiveError('its directory is damaged')
  if ((view.getUint16(at + 8, true) & 1) !== 0) throw new ArchiveError('encrypted', name)
  if (method !== 8 && !(method === 0 && packed === size)) throw new ArchiveError('packed in an unknown way', name)
  return {
    name,
    nameBytes,
    method,
    crc: view.getUint32(at + 16, true),
    packed,
    size,
    offset: view.getUint32(at + 42, true),
    next,
  }
}

function placeOf(bytes: Uint8Array, view: DataView, entry: DirectoryEntry, directory: number): Place {
  const { offset, nameBytes } = entry
  if (offset + 30 > directory || view.getUint32(offset, true) !== 0x04034b50) {
    throw new ArchiveError('is not where the directory says', entry.name)
  }
  const nameEnd = offset + 30 + view.getUint16(offset + 26, true)
  const start = nameEnd + view.getUint16(offset + 28, true)
  const end = start + entry.packed
  if (end > directory || !equalBytes(bytes.subarray(offset + 30, nameEnd), nameBytes)) {
    throw new ArchiveError('is not where the directory says', entry.name)
  }
  return { start, end }
}
