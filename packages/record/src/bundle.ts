/**
 * The bundle: one plan's record in a file that proves itself, offline. See docs/spec/record.md for every file in it.
 * Texts of entries, notes and payloads are the exact ones that were hashed or signed.
 */
import { zipSync } from 'fflate'
import { archiveLimits, sealLength } from './archive.ts'
import { concat, toBase64, toHex, utf8 } from './bytes.ts'
import { canonicalText, type Json } from './canonical-json.ts'
import { sha256Name } from './hash.ts'

/** Names of the files that every bundle has. */
export const bundleFiles = {
  manifest: 'manifest.json',
  entries: 'entries.jsonl',
  positions: 'positions',
  tree: 'tree',
  checkpoints: 'checkpoints.jsonl',
  keys: 'keys.txt',
  payloads: 'payloads.jsonl',
  people: 'people.json',
  redactions: 'redactions.md',
  readme: 'README.md',
} as const

/** `format` of the manifest of a bundle. */
export const bundleFormat = 'cabildo-record-bundle'

/** What a bundle says of itself; nothing of it is believed without being checked. */
export interface Manifest {
  readonly plan: { readonly id: string; readonly slug: string; readonly title: string }
  /** The log's origin, which is also the name of its keys. */
  readonly origin: string
  /** Leaves in the tree: the size of the last checkpoint. */
  readonly size: number
  /** The plan's last entry: its `seq` and leaf hash in hexadecimal digits; null for none. */
  readonly head: { readonly seq: number; readonly hash: string } | null
}

/** A payload with what opens its entry's commitment. */
export interface OpenPayload {
  /** Of the entry. */
  readonly seq: number
  /** 32 bytes. */
  readonly salt: Uint8Array
  /** The canonical text. */
  readonly payload: string
}

/** A version's readable text. */
export interface VersionText {
  readonly document: string
  readonly number: number
  /** Canonical JSON of the content. */
  readonly json: string
  readonly html: string
}

/** Everything that goes into a bundle. */
export interface BundleContent {
  readonly manifest: Manifest
  /** Texts of the plan's entries from the first on. */
  readonly entries: Iterable<string>
  /** The place of each entry in the tree, from 0. */
  readonly positions: Iterable<number>
  /** Leaf hashes of the whole tree, 32 bytes each. */
  readonly tree: Uint8Array
  /** Signed checkpoints, smallest first. */
  readonly checkpoints: Iterable<string>
  /** vkeys of the log, old ones too, and of its witnesses. */
  readonly keys: { readonly log: readonly string[]; readonly witnesses: readonly string[] }
  /** Public payloads that were not taken out, ascending by `seq`. */
  readonly payloads: Iterable<OpenPayload>
  readonly versions: Iterable<VersionText>
  /** Who is shown how, by `pid`; may change, and is not proven. */
  readonly people: Json
  readonly redactions: string
  readonly readme: string
}

/** Letters that are put into bytes at once: bytes of its own for each line take more than most lines do. */
const blockLength = 1 << 18

function lines(texts: Iterable<string>): Uint8Array {
  const parts: Uint8Array[] = []
  let block = ''
  for (const text of texts) {
    block += `${text}\n`
    if (block.length < blockLength) continue
    parts.push(utf8(block))
    block = ''
  }
  return concat(...parts, utf8(block))
}

function* map<From, To>(values: Iterable<From>, change: (value: From) => To): Generator<To> {
  for (const value of values) yield change(value)
}

/** A moment that ZIP can tell, so that the same content gives the same bytes. */
const packedAt = new Date(1990, 0, 1)

/** Where a version's text stands in a bundle. */
export function versionFile(document: string, number: number, kind: 'json' | 'html'): string {
  return `versions/${document}/${number}.${kind}`
}

/**
 * The bundle's bytes. What is hashed line by line is stored as it is, so that a damaged byte hits one line; the rest is
 * deflated. Throws RangeError beyond {@link archiveLimits}.
 */
export function writeBundle(content: BundleContent): Uint8Array {
  const stored = new Map<string, Uint8Array>()
  const packed = new Map<string, Uint8Array>()
  const { manifest, keys } = content
  packed.set(bundleFiles.readme, utf8(content.readme))
  packed.set(bundleFiles.manifest, utf8(`${canonicalText({ format: bundleFormat, version: 1, ...manifest })}\n`))
  stored.set(bundleFiles.entries, lines(content.entries))
  stored.set(bundleFiles.positions, lines(map(content.positions, String)))
  stored.set(bundleFiles.tree, content.tree)
  stored.set(bundleFiles.checkpoints, lines(map(content.checkpoints, canonicalText)))
  const roles = [...keys.log.map((key) => `log ${key}`), ...keys.witnesses.map((key) => `witness ${key}`)]
  packed.set(bundleFiles.keys, lines(roles))
  const payload = ({ seq, salt, payload }: OpenPayload) => canonicalText({ seq, salt: toBase64(salt), payload })
  packed.set(bundleFiles.payloads, lines(map(content.payloads, payload)))
  for (const { document, number, json, html } of content.versions) {
    packed.set(versionFile(document, number, 'json'), utf8(json))
    packed.set(versionFile(document, number, 'html'), utf8(html))
  }
  packed.set(bundleFiles.people, utf8(`${canonicalText(content.people)}\n`))
  packed.set(bundleFiles.redactions, utf8(content.redactions))
  return packFiles(packed, stored)
}

/** Packs files into a sealed archive, some of them as they are. */
export function packFiles(
  packed: ReadonlyMap<string, Uint8Array>,
  stored: ReadonlyMap<string, Uint8Array>,
): Uint8Array<ArrayBuffer> {
  if (packed.size + stored.size > archiveLimits.files) throw new RangeError('too many files for a bundle')
  const archive = zipSync(
    {
      ...Object.fromEntries(map(packed, ([name, bytes]) => [name, [bytes, { level: 6 }]] as const)),
      ...Object.fromEntries(map(stored, ([name, bytes]) => [name, [bytes, { level: 0 }]] as const)),
    },
    { mtime: packedAt },
  )
  if (archive.length > archiveLimits.archive) throw new RangeError('too large for a bundle')
  // The directory ends with the length of the comment: the seal follows it, over everything before.
  archive[archive.length - 2] = sealLength
  const sealed = new Uint8Array(archive.length + sealLength)
  sealed.set(archive)
  sealed.set(utf8(sha256Name(archive)), archive.length)
  return sealed
}

/** The leaf hash of an entry as a manifest's head says it. */
export function headOf(last: { readonly seq: number; readonly hash: Uint8Array } | undefined): Manifest['head'] {
  return last ? { seq: last.seq, hash: toHex(last.hash) } : null
}
