/**
 * What a verifier that knows Yjs checks beyond the log:
 * 1. every row's text belongs to its sender: no client id is used by two people,
 * 2. the rows of a document, one after another, give the text of each version, by hash,
 * 3. and who wrote what stands is computed again from them.
 */
import { createAuthorship } from '@cabildo/authorship/authorship'
import type { Finding } from '@cabildo/record/findings'
import type { Rebuild, RebuildSource } from '@cabildo/record/verify'
import { contentHash } from '@cabildo/schema/canonical'
import { contentOf } from '@cabildo/schema/content'
import { fieldText } from '@cabildo/schema/text'
import * as Y from 'yjs'
import { type RebuiltRow, rowsOf } from './documents.ts'

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
      const documents = rowsOf(source)
      const versions = versionsOf(source)
      const total = documents.size
      let done = 0
      for (const [document, rows] of documents) {
        const doc = new Y.Doc()
        findings.push(...checkSenders(document, rows))
        findings.push(...checkVersions(doc, rows, versions.get(document) ?? [], source.hidden))
        authorship.push(authorshipOf(document, doc, rows))
        doc.destroy()
        // Documents without rows are looked for below: the name stays, and the rows need not.
        documents.set(document, [])
        done += 1
        await source.progress({ step: 'rebuild', done, total })
      }
      for (const [document, list] of versions) {
        if (documents.has(document)) continue
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

function checkSenders(document: string, rows: readonly RebuiltRow[]): Finding[] {
  const owners = new Map<number, string>()
  const findings: Finding[] = []
  for (const { entry, pid, behalf, bytes } of rows) {
    // The program itself, or somebody who is no longer known: that tells nothing about whose text it is.
    if (pid === '' || behalf?.pid === '') continue
    // Words typed for somebody come under client ids of their own.
    const hand = behalf ? `${pid} ${behalf.pid}` : pid
    for (const client of clientsOf(bytes)) {
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
  return findings
}

/** The clients whose text an update brings; none where it does not read, which `checkVersions` notices. */
function clientsOf(bytes: Uint8Array): Set<number> {
  try {
    return new Set(Y.decodeUpdate(bytes).structs.map(({ id }) => id.client))
  } catch {
    return new Set()
  }
}

/** Writes a document again, to its end, and looks at it as it was at each version. */
function checkVersions(
  doc: Y.Doc,
  rows: readonly RebuiltRow[],
  versions: readonly Version[],
  hidden: boolean,
): Finding[] {
  const findings: Finding[] = []
  let at = 0
  /** Whether all rows up to this one could be read. One transaction: nobody looks in between. */
  const writeUpTo = (seq: number): boolean => {
    let sound = true
    doc.transact(() => {
      for (let row = rows[at]; row && row.seq <= seq; row = rows[at]) {
        at += 1
        try {
          Y.applyUpdate(doc, row.bytes)
        } catch {
          sound = false
        }
      }
    })
    return sound
  }
  for (const { seq, number, upTo, sha256 } of versions) {
    if (!writeUpTo(upTo)) findings.push(differs(seq, number))
    else if (contentHash(contentOf(doc)) !== sha256) findings.push(hidden ? missing(seq, number) : differs(seq, number))
  }
  writeUpTo(Number.POSITIVE_INFINITY)
  return findings
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

/** Who wrote what stands in a document, which `doc` is. */
function authorshipOf(document: string, doc: Y.Doc, rows: readonly RebuiltRow[]): DocumentAuthorship {
  const authorship = createAuthorship()
  const sides = new Map<string, string | null>()
  for (const { seq, pid, side, behalf, via, bytes } of rows) {
    authorship.apply({ seq, author: pid, writtenBy: behalf?.pid, via, bytes })
    const author = behalf ?? { pid, side }
    if (!sides.has(author.pid)) sides.set(author.pid, author.side)
  }
  const written = new Map<string | null, number>()
  let all = 0
  for (const [pid, tally] of authorship.view().people) {
    const side = sides.get(pid) ?? null
    written.set(side, (written.get(side) ?? 0) + tally.written)
    all += tally.written
  }
  return {
    document,
    title: fieldText(contentOf(doc).fields.title),
    seq: authorship.seq,
    sides: [...written]
      .filter(([, count]) => count > 0)
      .map(([side, count]) => ({ side, written: count, share: count / all }))
      .sort((one, other) => other.written - one.written),
  }
}
