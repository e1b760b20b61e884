/**
 * The bundle: one plan's record in a file that proves itself, offline. See docs/spec/record.md for every file in it.
 * Texts of entries, notes and payloads are the exact ones that were hashed or signed.
 */
import type { archiveLimits } from './archive.ts'
import { concatAll, toBase64, toHex, utf8 } from './bytes.ts'
import { canonicalText, type Json } from './canonical-json.ts'
import { createPacker, type Way } from './packer.ts'

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

/** The lines of a file in one text. */
export const linesOf = (texts: Iterable<string>): Uint8Array<ArrayBuffer> =>
  utf8(Array.from(texts, (text) => `${text}\n`).join(''))

/** Lines that are put into bytes at once: bytes of its own for each line take more than most lines do. */
const linesAtOnce = 1000

function* blocks(texts: Iterable<string>): Generator<Uint8Array> {
  let block: string[] = []
  for (const text of texts) {
    block.push(text)
    if (block.length < linesAtOnce) continue
    yield linesOf(block)
    block = []
  }
  if (block.length > 0) yield linesOf(block)
}

function* map<From, To>(values: Iterable<From>, change: (value: From) => To): Generator<To> {
  for (const value of values) yield change(value)
}

/** What `manifest.json` says. */
export const manifestText = (manifest: Manifest): string =>
  `${canonicalText({ format: bundleFormat, version: 1, ...manifest })}\n`

/** The lines of `keys.txt`. */
export const keyLines = ({ log, witnesses }: BundleContent['keys']): string[] => [
  ...log.map((key) => `log ${key}`),
  ...witnesses.map((key) => `witness ${key}`),
]

/** A line of `payloads.jsonl`. */
export const payloadLine = ({ seq, salt, payload }: OpenPayload): string =>
  canonicalText({ seq, salt: toBase64(salt), payload })

/** What `people.json` says. */
export const peopleText = (people: Json): string => `${canonicalText(people)}\n`

/** Where a version's text stands in a bundle. */
export function versionFile(document: string, number: number, kind: 'json' | 'html'): string {
  return `versions/${document}/${number}.${kind}`
}

/**
 * How the files lie in a bundle. What is hashed line by line is stored as it is, so that a damaged byte hits one line; the
 * rest is deflated.
 */
export function wayOf(name: string): Way {
  return storedFiles.has(name) ? 'stored' : 'deflated'
}

const storedFiles: ReadonlySet<string> = new Set([
  bundleFiles.entries,
  bundleFiles.positions,
  bundleFiles.tree,
  bundleFiles.checkpoints,
])

/** The bytes of a bundle that fits into memory. Throws RangeError beyond {@link archiveLimits}. */
export function writeBundle(content: BundleContent): Uint8Array {
  return pack(filesOf(content))
}

function* filesOf(content: BundleContent): Generator<readonly [string, Iterable<Uint8Array>]> {
  yield [bundleFiles.readme, [utf8(content.readme)]]
  yield [bundleFiles.manifest, [utf8(manifestText(content.manifest))]]
  yield [bundleFiles.entries, blocks(content.entries)]
  yield [bundleFiles.positions, blocks(map(content.positions, String))]
  yield [bundleFiles.tree, [content.tree]]
  yield [bundleFiles.checkpoints, blocks(map(content.checkpoints, canonicalText))]
  yield [bundleFiles.keys, blocks(keyLines(content.keys))]
  yield [bundleFiles.payloads, blocks(map(content.payloads, payloadLine))]
  for (const { document, number, json, html } of content.versions) {
    yield [versionFile(document, number, 'json'), [utf8(json)]]
    yield [versionFile(document, number, 'html'), [utf8(html)]]
  }
  yield [bundleFiles.people, [utf8(peopleText(content.people))]]
  yield [bundleFiles.redactions, [utf8(content.redactions)]]
}

/** Packs files into a sealed archive. */
export function packFiles(
  files: ReadonlyMap<string, Uint8Array>,
  way: (name: string) => Way = wayOf,
): Uint8Array<ArrayBuffer> {
  return pack(
    map(files, ([name, bytes]) => [name, [bytes]]),
    way,
  )
}

function pack(
  files: Iterable<readonly [string, Iterable<Uint8Array>]>,
  way: (name: string) => Way = wayOf,
): Uint8Array<ArrayBuffer> {
  const pieces: Uint8Array[] = []
  const packer = createPacker((piece) => pieces.push(piece))
  for (const [name, parts] of files) {
    packer.begin(name, way(name))
    for (const part of parts) packer.add(part)
  }
  packer.seal()
  return concatAll(pieces)
}

/** The leaf hash of an entry as a manifest's head says it. */
export function headOf(last: { readonly seq: number; readonly hash: Uint8Array } | undefined): Manifest['head'] {
  return last ? { seq: last.seq, hash: toHex(last.hash) } : null
}
