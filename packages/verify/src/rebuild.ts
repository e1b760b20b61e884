/**
 * What a verifier that knows Yjs checks beyond the log:
 * 1. every row's text belongs to its sender: no client id is used by two people,
 * 2. the rows of a document, one after another, give the text of each version, by hash,
 * 3. and who wrote what stands is computed again from them.
 */
import { createAuthorship } from '@cabildo/authorship/authorship'
import type { Finding } from '@cabildo/record/findings'
import type { KnownDocument, KnownUpdate } from '@cabildo/record/known-updates'
import type { Rebuild, RebuildSource } from '@cabildo/record/verify'
import { contentHash } from '@cabildo/schema/canonical'
import { contentOf } from '@cabildo/schema/content'
import { shapeOf } from '@cabildo/schema/templates/shapes'
import { fieldText } from '@cabildo/schema/text'
import * as decoding from 'lib0/decoding'
import * as Y from 'yjs'

/** How much of a document's text one side wrote. */
export interface SideShare {
  /** As entries name it, such as `government`; null for none. */
  side: string | null
  /** Characters that stand. */
  written: number
  /** Of the document's, from 0 to 1. */
  share: number
}

/** Who wrote a document as it stands at the end of a bundle. */
export interface DocumentAuthorship {
  document: string
  /** The name of its form where it has no title. */
  title: string
  seq: number
  sides: SideShare[]
}

/** The rebuild of a bundle, with what it learns on the way. */
export interface Rebuilding {
  rebuild: Rebuild
  /** Filled when `rebuild` has run: one for each document. */
  authorship: DocumentAuthorship[]
}

/** Makes the port that `verifyBundle` takes as `rebuild`. Good for one bundle. */
export function createRebuilding(): Rebuilding {
  const authorship: DocumentAuthorship[] = []
  return {
    authorship,
    async rebuild(source) {
      const findings: Finding[] = []
      const documents = [...source.documents()]
      const versions = versionsOf(source)
      const total = documents.length
      let done = 0
      for (const one of documents) {
        const built = buildAgain(one, versions.get(one.document) ?? [], source.hidden)
        findings.push(...built.findings)
        authorship.push(built.authorship)
        versions.delete(one.document)
        done += 1
        await source.progress({ step: 'rebuild', done, total })
      }
      // Of documents without a single update.
      for (const list of versions.values()) {
        for (const { seq, number, upTo } of list) {
          if (upTo > 0) findings.push(source.hidden ? missing(seq, number) : differs(seq, number))
        }
      }
      return findings
    },
  }
}

type Version = { seq: number; number: number; upTo: number; sha256: string }

/** The versions of every document, each in the order of what they hold. Read once: each is a file of the bundle. */
function versionsOf(source: RebuildSource): Map<string, Version[]> {
  const versions = new Map<string, Version[]>()
  for (const { seq, content } of source.versions()) {
    const list = versions.get(content.document) ?? []
    versions.set(content.document, list)
    list.push({ seq, number: content.number, upTo: content.seq, sha256: content.sha256 })
  }
  for (const list of versions.values()) list.sort((one, other) => one.upTo - other.upTo)
  return versions
}

/** Writes a document again, to its end, looking at its senders, at its text as it was at each version, and who wrote it. */
function buildAgain(
  { document, updates }: KnownDocument,
  versions: readonly Version[],
  hidden: boolean,
): { findings: Finding[]; authorship: DocumentAuthorship } {
  const doc = new Y.Doc()
  const senders = createSenders(document)
  const authors = createAuthors(document)
  const inVersions: Finding[] = []
  const rows = updates()[Symbol.iterator]()
  let next = rows.next()
  /** Whether all rows up to this one could be read. One transaction: nobody looks in between. */
  const writeUpTo = (seq: number): boolean => {
    let sound = true
    doc.transact(() => {
      for (; !next.done && next.value.seq <= seq; next = rows.next()) {
        const reads = write(doc, next.value.bytes)
        sound &&= reads
        senders.check(next.value, reads)
        authors.take(next.value)
      }
    })
    return sound
  }
  for (const { seq, number, upTo, sha256 } of versions) {
    if (!writeUpTo(upTo)) inVersions.push(differs(seq, number))
    else if (contentHash(contentOf(doc)) !== sha256)
      inVersions.push(hidden ? missing(seq, number) : differs(seq, number))
  }
  writeUpTo(Number.POSITIVE_INFINITY)
  const authorship = authors.tell(doc)
  doc.destroy()
  return { findings: [...senders.findings, ...inVersions], authorship }
}

function write(doc: Y.Doc, bytes: Uint8Array): boolean {
  try {
    Y.applyUpdate(doc, bytes)
    return true
  } catch {
    return false
  }
}

/** Looks for client ids of a document that two people use. */
function createSenders(document: string) {
  const owners = new Map<number, string>()
  const findings: Finding[] = []
  const check = ({ entry, actor, behalf, bytes }: KnownUpdate, reads: boolean) => {
    // The program itself, or somebody who is no longer known: that tells nothing about whose text it is.
    if (!actor || behalf === null) return
    // Words typed for somebody come under client ids of their own.
    const hand = behalf ? `${actor.pid} ${behalf.pid}` : actor.pid
    for (const client of clientsOf(bytes, reads)) {
      const owner = owners.get(client) ?? hand
      owners.set(client, owner)
      if (owner === hand) continue
      findings.push({
        level: 'damaged',
        code: 'foreign-client',
        seq: entry,
        es: `La anotación ${entry} trae texto con la identidad de otra persona (documento ${document}).`,
        en: `Entry ${entry} brings text under another person's identity (document ${document}).`,
      })
      break
    }
  }
  return { findings, check }
}

/** The clients whose text an update brings; none where it does not read, which its version notices. */
function clientsOf(bytes: Uint8Array, reads: boolean): Iterable<number> {
  if (reads) {
    // Nearly all are of one client, whose id stands before what it brings: client count, structs, client.
    const decoder = decoding.createDecoder(bytes)
    const [clients, structs] = [decoding.readVarUint(decoder), decoding.readVarUint(decoder)]
    if (clients === 1 && structs > 0) return [decoding.readVarUint(decoder)]
  }
  try {
    return new Set(Y.decodeUpdate(bytes).structs.map(({ id }) => id.client))
  } catch {
    return []
  }
}

function differs(seq: number, number: number): Finding {
  return {
    level: 'damaged',
    code: 'rebuild-differs',
    seq,
    es: `Los cambios registrados no dan el texto de la versión ${number}.`,
    en: `The recorded changes do not give the text of version ${number}.`,
  }
}

function missing(seq: number, number: number): Finding {
  return {
    level: 'note',
    code: 'rebuild-hidden',
    seq,
    es: `La versión ${number} no se puede rehacer: faltan cambios que se retiraron.`,
    en: `Version ${number} cannot be built again: changes are missing that were taken out.`,
  }
}

/** Computes who wrote what stands in a document. */
function createAuthors(document: string) {
  const authorship = createAuthorship()
  // What somebody wrote stays with the side they were on then, so who changes sides is an author anew.
  const sides = new Map<string, string | null>()
  // Without a pid: the program itself, or somebody who is no longer known.
  const keyOf = (who: { pid: string; side: string | null } | null): string => {
    const key = who ? `${who.pid} ${who.side ?? ''}` : ''
    sides.set(key, who?.side ?? null)
    return key
  }
  return {
    take({ seq, actor, behalf, via, bytes }: KnownUpdate): void {
      const writtenBy = behalf === undefined ? undefined : keyOf(behalf)
      authorship.apply({ seq, author: keyOf(actor), writtenBy, via, bytes })
    },
    /** `doc` is the document. */
    tell(doc: Y.Doc): DocumentAuthorship {
      const written = new Map<string | null, number>()
      let all = 0
      for (const [key, tally] of authorship.view().people) {
        const side = sides.get(key) ?? null
        written.set(side, (written.get(side) ?? 0) + tally.written)
        all += tally.written
      }
      return {
        document,
        title: fieldText(contentOf(doc).fields.title) || shapeOf(doc).id,
        seq: authorship.seq,
        sides: [...written]
          .filter(([, count]) => count > 0)
          .map(([side, count]) => ({ side, written: count, share: count / all }))
          .sort((one, other) => other.written - one.written),
      }
    },
  }
}
