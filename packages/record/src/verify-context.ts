/** What the steps of the verifier share: the archive, what was found so far, and what is known of each entry. */
import { type Archive, ArchiveError, type ArchiveFile } from './archive.ts'
import type { Manifest } from './bundle.ts'
import type { Actor, Commitment, ContentReference } from './entry.ts'
import type { EntryType } from './entry-types.ts'
import type { Findings } from './findings.ts'

/** What later steps need of an entry whose text was sound; small, since there may be a hundred thousand. */
export interface KnownEntry {
  readonly seq: number
  readonly type: EntryType
  readonly at: string
  readonly actor: Actor | null
  readonly commit: Commitment | undefined
  readonly content: ContentReference | undefined
  readonly refs: readonly number[] | undefined
  /** Place in the tree. */
  readonly position: number
}

/** How far a verification has come. */
export interface Progress {
  readonly step: 'entries' | 'payloads' | 'tree' | 'versions' | 'rebuild'
  readonly done: number
  readonly total: number
}

/** Shared by the steps of one verification. */
export interface Context {
  readonly archive: Archive
  readonly findings: Findings
  readonly manifest: Manifest
  /** SHA-256. */
  readonly digest: (bytes: Uint8Array) => Uint8Array
  /** Called now and then; awaited, so that a page can draw. */
  readonly progress: (progress: Progress) => Promise<void> | void
}

/** How many lines are read between two reports of progress. */
export const progressEvery = 2048

/** The file, or nothing and a finding that it is missing. */
export function fileOf({ archive, findings }: Context, name: string): ArchiveFile | undefined {
  const file = archive.files.get(name)
  if (!file) findings.add('file-missing', { file: name })
  return file
}

/** Does what reads a file; damage of the archive becomes a finding about that file, and about `seq()`. */
export async function reading(
  { findings }: Pick<Context, 'findings'>,
  file: string,
  read: () => Promise<void> | void,
  seq: () => number | undefined = () => undefined,
): Promise<void> {
  try {
    await read()
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    findings.add('file-unreadable', { file, seq: seq() })
  }
}
