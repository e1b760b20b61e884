/**
 * Writing a sealed archive piece by piece.
 * 1. `begin` a file and `add` its bytes; the next `begin` ends it. Nothing that was written is kept but the directory.
 * 2. `seal` writes the directory, and the digest of everything before it as the archive's comment.
 * Sizes and sums of files stand behind them and in the directory, since they are known only then (PKWARE APPNOTE 4.4.4).
 */
import { sha256 } from '@noble/hashes/sha2.js'
import { Deflate, deflateSync, Zip, type ZipInputFile } from 'fflate'
import { archiveLimits, sealLength } from './archive.ts'
import { toHex, utf8 } from './bytes.ts'
import { crc32 } from './crc32.ts'

/** How a file lies in an archive: as it is, or deflated. */
export type Way = 'stored' | 'deflated'

/** Writes an archive. Throws RangeError beyond {@link archiveLimits}. */
export interface Packer {
  /** Begins a file. */
  begin(name: string, way: Way): void
  /** Adds bytes to the file that was begun last. They are kept until the next call. */
  add(bytes: Uint8Array): void
  /** Ends the archive. */
  seal(): void
}

/** What packing is done with. */
export interface PackingTools {
  /** SHA-256 of bytes that come in pieces. */
  digest(): { update(bytes: Uint8Array): unknown; digest(): Uint8Array }
  /** The CRC-32 of what came before, which has `crc`, with these bytes behind it. */
  crc32(bytes: Uint8Array, crc: number): number
  /** A piece of a deflated stream, whole bytes long; `last`: it ends there. Without it pieces are deflated in one stream. */
  deflate?(bytes: Uint8Array, last: boolean): Uint8Array
}

/** Those that run everywhere. */
const portable: PackingTools = { digest: () => sha256.create(), crc32 }

/** A moment that ZIP can tell, so that the same content gives the same bytes. */
const packedAt = new Date(1990, 0, 1)
const nothing = new Uint8Array()

/** A packer that gives away each piece of the archive as soon as it is made; with other tools than those that run everywhere, if given. */
export function createPacker(write: (piece: Uint8Array) => void, tools = portable): Packer {
  const digest = tools.digest()
  let length = 0
  let files = 0
  let open: Open | undefined

  const put = (piece: Uint8Array) => {
    length += piece.length
    if (length > archiveLimits.archive) throw new RangeError('too large for a bundle')
    digest.update(piece)
    write(piece)
  }
  const zip = new Zip((error, piece, final) => {
    if (error) throw error
    // The directory ends with the length of the comment: the seal follows it, over everything before.
    if (final) piece[piece.length - 2] = sealLength
    put(piece)
  })

  function endFile(): void {
    open?.finish()
    open = undefined
  }

  return {
    begin(name, way) {
      endFile()
      files += 1
      if (files > archiveLimits.files) throw new RangeError('too many files for a bundle')
      const file = { filename: name, size: 0, crc: 0, compression: way === 'stored' ? 0 : 8, mtime: packedAt }
      zip.add(file)
      // `add` gave it what takes its bytes.
      open = { ...takerOf(way, file as ZipInputFile, tools), file }
    },
    add(bytes) {
      if (!open) throw new Error('no file was begun')
      const { file, take } = open
      file.size += bytes.length
      if (file.size > archiveLimits.file) throw new RangeError('too large for a bundle')
      file.crc = tools.crc32(bytes, file.crc)
      take(bytes)
    },
    seal() {
      endFile()
      zip.end()
      write(utf8(`sha256:${toHex(digest.digest())}`))
    },
  }
}

interface Taker {
  take(bytes: Uint8Array): void
  finish(): void
}

interface Open extends Taker {
  file: { size: number; crc: number }
}

function takerOf(way: Way, file: ZipInputFile, { deflate: byPiece }: PackingTools): Taker {
  // Nothing here lies in memory that threads share, which is all that the library's type leaves out.
  const pass = (piece: Uint8Array, final: boolean) => file.ondata?.(null, piece as Uint8Array<ArrayBuffer>, final)
  if (way === 'stored') return { take: (bytes) => pass(bytes, false), finish: () => pass(nothing, true) }
  // What comes in one piece is deflated at once: bytes for a stream cost more than most texts.
  let held: Uint8Array | undefined
  if (byPiece)
    return {
      take(bytes) {
        if (held) pass(byPiece(held, false), false)
        held = bytes
      },
      finish: () => pass(byPiece(held ?? nothing, true), true),
    }
  let deflate: Deflate | undefined
  return {
    take(bytes) {
      if (held && !deflate) deflate = new Deflate({ level }, pass)
      if (held) deflate?.push(held)
      held = bytes
    },
    finish() {
      if (deflate) deflate.push(held ?? nothing, true)
      else pass(deflateSync(held ?? nothing, { level }), true)
    },
  }
}

const level = 6
