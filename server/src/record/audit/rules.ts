/** What of a plan's entries is sound by itself, and what they say that the rest of the database must be. */
import { equalBytes } from '@cabildo/record/bytes'
import { parseCanonical } from '@cabildo/record/canonical-json'
import { type ChainHead, chainFault, type Entry, parseEntry } from '@cabildo/record/entry'
import { type Replacement, readRedaction } from '@cabildo/record/payloads'

/** An entry as it is stored, with what its payload opens. */
export interface StoredEntry {
  seq: number
  type: string
  body: string
  hash: Uint8Array
  /** What the tree holds in its place; null while it waits. */
  leaf: Uint8Array | null
  /** The commitment that salt and payload give; null when they are gone. */
  opens: string | null
  /** The payload of a redaction; of others it stays in the database, since it may be long. */
  redaction: string | null
}

/** The hashes of a version as it is stored: as it says itself, of its text, and of its page. */
export interface StoredVersion {
  said: string
  text: string
  page: string | null
}

/** What redactions state about earlier entries: the last statement counts, and an empty one takes out what stood there. */
export type Statements = ReadonlyMap<number, Partial<Replacement>>

/** The entry that a stored one is, or nothing where it is not what was hashed, linked and taken into the tree. */
export function readStored(
  { body, hash, leaf, seq, type }: StoredEntry,
  before: ChainHead | undefined,
): Entry | undefined {
  try {
    const sealed = parseEntry(body)
    const { entry } = sealed
    const isItself = equalBytes(sealed.hash, hash) && (leaf === null || equalBytes(leaf, hash))
    const isIndexed = entry.seq === seq && entry.type === type
    return isItself && isIndexed && chainFault(entry, before) === undefined ? entry : undefined
  } catch {
    // Whatever is wrong with its text, it is not an entry.
    return undefined
  }
}

/** Reads what redactions state. One whose payload is not its own states nothing: it is found as an entry. */
export function statementsOf(redactions: readonly StoredEntry[]): Statements {
  const stated = new Map<number, Partial<Replacement>>()
  for (const stored of redactions) {
    const statement = statementOf(stored)
    if (!statement) continue
    for (const ref of statement.refs) {
      const one = statement.replaced.find(({ seq }) => seq === ref)
      stated.set(ref, one ? { ...stated.get(ref), ...one } : {})
    }
  }
  return stated
}

function statementOf({ body, opens, redaction }: StoredEntry) {
  try {
    const { type, commit, refs = [] } = parseEntry(body).entry
    if (redaction === null || commit?.payload !== opens) return undefined
    return { refs, replaced: readRedaction(parseCanonical(redaction), { type, refs })?.replaced ?? [] }
  } catch {
    return undefined
  }
}

/** Whether salt and payload open what the entry commits to, or what was stated about it since. */
export function opensRight({ seq, commit }: Entry, opens: string | null, stated: Statements): boolean {
  const statement = stated.get(seq)
  // Named by a redaction that put nothing in its place: it is gone.
  if (statement && Object.keys(statement).length === 0) return opens === null
  return opens === (statement?.payload ?? commit?.payload ?? null)
}

/** Whether a version is the one that its entry, or what was stated about it since, holds by hash. */
export function isVersion(
  { seq, content }: Pick<Entry, 'seq' | 'content'>,
  version: StoredVersion | null,
  stated: Statements,
): boolean {
  if (!content || !version) return !content
  const { sha256 = content.sha256, html = content.html } = stated.get(seq) ?? {}
  return version.said === sha256 && version.text === sha256 && version.page === html
}
