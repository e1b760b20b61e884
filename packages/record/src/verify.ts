/**
 * Verifies a bundle, offline:
 * 1. the archive is as it was sealed,
 * 2. every entry stands in the tree and follows the one before it,
 * 3. every content is what its entry commits to, or was taken out or replaced by an entry that says so,
 * 4. the leaves give every checkpoint's root, and the log signed every checkpoint,
 * 5. every version's text is what its entry commits to,
 * 6. what was decided of a clause is what it says in those texts, and approvals are whole,
 * 7. and, where a port for it is given, the updates give those texts again.
 */
import { type Archive, ArchiveError, readArchive } from './archive.ts'
import { isAsPacked, readText, readWhole } from './archive-files.ts'
import { bundleFiles, bundleFormat, type Manifest, versionFile } from './bundle.ts'
import { CanonicalJsonError, parseCanonical } from './canonical-json.ts'
import { type ContentReference, isOpaqueId } from './entry.ts'
import { createFindings, exitCodeOf, type Finding, type Findings } from './findings.ts'
import { sha256 } from './hash.ts'
import { isKeyName, parseVkey } from './keys.ts'
import type { KnownDocument } from './known-updates.ts'
import { portableVerifiers, type Verifiers } from './signatures.ts'
import { verifyClauses } from './verify-clauses.ts'
import { type Context, fileOf, type KnownEntry, type Progress, reading } from './verify-context.ts'
import { verifyEntries } from './verify-entries.ts'
import { checkHead, checkKept, type KeptHead } from './verify-kept.ts'
import { type PayloadReport, verifyPayloads } from './verify-payloads.ts'
import { readKeys, verifyTree } from './verify-tree.ts'
import { verifyVersions } from './verify-versions.ts'

/** What a port that knows Yjs is given. Only entries that are sound. */
export interface RebuildSource {
  readonly manifest: Manifest
  /** The documents that were written, with all updates of each. */
  readonly documents: () => Iterable<KnownDocument>
  /** Versions in the order of the record. `json` reads the canonical JSON of the content from the bundle. */
  readonly versions: () => Iterable<{
    readonly seq: number
    readonly content: ContentReference
    readonly json: () => string
  }>
  /** Whether batches are missing that were taken out or are not public: then a document may not come out whole. */
  readonly hidden: boolean
  readonly progress: (progress: Progress) => Promise<void> | void
}

/** Builds every version again from raw updates, and who wrote what; gives what it found. */
export type Rebuild = (source: RebuildSource) => Promise<readonly Finding[]> | readonly Finding[]

/** How to verify. */
export interface VerifyOptions {
  /** vkeys that the log may sign with. Without them the bundle's own are taken, and the report says so. */
  readonly trustedKeys?: readonly string[]
  /** An entry of the plan that is known from its page or an older file: it must be there, and be the same. */
  readonly head?: KeptHead
  /** A signed checkpoint that was kept: the tree must begin with it. */
  readonly checkpoint?: string
  readonly rebuild?: Rebuild
  readonly onProgress?: (progress: Progress) => Promise<void> | void
  /** Faster algorithms than the ones that run everywhere, or more of them. */
  readonly verifiers?: Verifiers
}

/** What was found. */
export interface Report {
  /** 0 sound, 1 tampered, 2 incomplete, 3 signed by no trusted key. */
  readonly exitCode: 0 | 1 | 2 | 3
  readonly findings: readonly Finding[]
  /** The bundle's account of itself, where it could be read. */
  readonly manifest?: Manifest
  readonly counts: {
    readonly entries: number
    readonly payloads: number
    readonly versions: number
    readonly checkpoints: number
  }
}

const isWord = (value: unknown, limit: number): value is string => typeof value === 'string' && value.length <= limit
const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
const keysOf = (value: object) => Object.keys(value).join()

function readManifest(text: string): Manifest | undefined {
  try {
    // The shape is checked below, field by field.
    const value = parseCanonical(text.slice(0, -1)) as unknown as Manifest & { format: unknown; version: unknown }
    const { plan, origin, size, head, format, version } = value
    if (!text.endsWith('\n') || keysOf(value) !== 'format,head,origin,plan,size,version') return undefined
    if (format !== bundleFormat || version !== 1 || keysOf(plan) !== 'id,slug,title') return undefined
    if (!isOpaqueId(plan.id) || !isWord(plan.slug, 200) || !isWord(plan.title, 2000) || !isSize(size)) return undefined
    if (!isWord(origin, 255) || !isKeyName(origin)) return undefined
    const ended = head === null || (keysOf(head) === 'hash,seq' && isSize(head.seq) && /^[0-9a-f]{64}$/.test(head.hash))
    return ended ? { plan, origin, size, head } : undefined
  } catch (error) {
    if (error instanceof CanonicalJsonError || error instanceof TypeError) return undefined
    throw error
  }
}

function checkSeal(archive: Archive, findings: Findings): void {
  if (archive.seal === 'missing') findings.add('archive-unsealed')
  if (archive.seal !== 'broken') return
  findings.add('archive-seal')
  for (const file of archive.files.values()) {
    if (!isAsPacked(file)) findings.add('file-unreadable', { file: file.name })
  }
}

async function readLeaves(context: Context): Promise<Uint8Array[]> {
  const leaves: Uint8Array[] = []
  const file = fileOf(context, bundleFiles.tree)
  await reading(context, bundleFiles.tree, () => {
    const bytes = file ? readWhole(file) : new Uint8Array()
    if (bytes.length % 32 !== 0) context.findings.add('tree-length', { file: bundleFiles.tree })
    for (let at = 0; at + 32 <= bytes.length; at += 32) leaves.push(bytes.subarray(at, at + 32))
  })
  return leaves
}

function* versions({ archive }: Context, entries: ReadonlyMap<number, KnownEntry>, { replaced }: PayloadReport) {
  for (const { seq, content } of entries.values()) {
    const file = content && archive.files.get(versionFile(content.document, content.number, 'json'))
    if (!content || !file) continue
    const { sha256, html } = { ...content, ...replaced.get(seq) }
    yield { seq, content: { ...content, sha256, html }, json: () => readText(file) }
  }
}

const nothing = { entries: 0, payloads: 0, versions: 0, checkpoints: 0 }

/**
 * Verifies a bundle. Throws RangeError for a trusted key that is none (a mistake of whoever calls); everything that is
 * wrong with the bundle is in the report.
 */
export async function verifyBundle(bundle: Uint8Array | Archive, options: VerifyOptions = {}): Promise<Report> {
  const trusted = options.trustedKeys?.map((text) => {
    const key = parseVkey(text)
    if (!key) throw new RangeError(`not a verifier key: ${text}`)
    return key
  })
  const findings = createFindings()
  const report = (counts = nothing, manifest?: Manifest): Report => {
    const list = findings.list()
    return { exitCode: exitCodeOf(list), findings: list, counts, ...(manifest ? { manifest } : {}) }
  }
  const verifiers = options.verifiers ?? portableVerifiers
  const digest = verifiers.sha256 ?? sha256
  let archive: Archive
  try {
    archive = bundle instanceof Uint8Array ? readArchive(bundle, digest) : bundle
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    findings.add('archive-unreadable', { file: error.file, words: [error.message] })
    return report()
  }
  checkSeal(archive, findings)
  const file = archive.files.get(bundleFiles.manifest)
  if (!file) {
    findings.add('file-missing', { file: bundleFiles.manifest })
    return report()
  }
  let manifest: Manifest | undefined
  await reading({ findings }, bundleFiles.manifest, () => {
    manifest = readManifest(readText(file))
    if (!manifest) findings.add('manifest-malformed', { file: bundleFiles.manifest })
  })
  if (!manifest) return report()
  const context: Context = { archive, findings, manifest, digest, progress: options.onProgress ?? (() => undefined) }
  const leaves = await readLeaves(context)
  const entries = await verifyEntries(context, leaves)
  const payloads = await verifyPayloads(context, entries, {
    leaves,
    verifiers,
    holdUpdates: options.rebuild !== undefined,
  })
  const keys = await readKeys(context, trusted)
  checkHead(context, entries, leaves, options.head)
  const { count: checkpoints, trusted: keysTrusted } = await verifyTree(
    context,
    leaves,
    entries,
    keys,
    payloads.rotations,
    verifiers,
  )
  if (options.checkpoint !== undefined) {
    checkKept(context, leaves, { text: options.checkpoint, keys: keysTrusted, verifiers })
  }
  const count = await verifyVersions(context, entries, payloads)
  verifyClauses(context, entries, payloads)
  for (const name of [bundleFiles.people, bundleFiles.redactions, bundleFiles.readme]) fileOf(context, name)
  if (options.rebuild && exitCodeOf(findings.list()) !== 1) {
    const source: RebuildSource = {
      manifest,
      documents: payloads.updates.documents,
      versions: () => versions(context, entries, payloads),
      hidden: payloads.hiddenBatches > 0,
      progress: context.progress,
    }
    for (const found of await options.rebuild(source)) findings.take(found)
  }
  if (exitCodeOf(findings.list()) === 0) {
    // Nothing but a key from elsewhere tells whose record this is.
    findings.add(trusted ? 'sound' : 'of-one-piece', { words: [entries.size, checkpoints] })
  }
  return report({ entries: entries.size, payloads: payloads.open, versions: count, checkpoints }, manifest)
}
