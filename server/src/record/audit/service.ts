/**
 * Whether what people see is still what the record holds. A bundle brings its own copy of every update, so it cannot tell
 * that a row of the log or a version was changed afterwards; this can, and is done every day. What it finds is kept, and
 * stays an alarm until it finds nothing: it mends nothing by itself.
 */
import type { ChainHead, ContentReference } from '@cabildo/record/entry'
import type { Kysely } from 'kysely'
import type { Database } from '../../db/types.ts'
import type { Logger } from '../../log.ts'
import { isVersion, opensRight, readStored, type Statements, statementsOf } from './rules.ts'
import {
  countRows,
  type DocumentEnds,
  findDifferentRows,
  findDocumentEnds,
  findEntries,
  findLastSeq,
  findRecorded,
  findVersionNumbers,
  findVersions,
  keepComparison,
} from './store.ts'

/** Entries compared at once: their payloads may be a third of a megabyte each. */
const pageSize = 200

/** Redactions of one plan that are read at once. */
const mostRedactions = 10_000

/** Differences of one plan that are told one by one. */
const mostTold = 100

/** Something of the database that is not what the record holds. */
export interface Difference {
  /**
   * `entry`: an entry, its place in the chain, or its leaf; `contents`: what it commits to; `row`: a row of a document's
   * log; `version`: a version's text or page; `head`: where a log or a chain ends.
   */
  kind: 'entry' | 'contents' | 'row' | 'version' | 'head'
  /** The entry that holds something else; null where none does. */
  entry: number | null
  documentId: string | null
}

/**
 * Compares a plan's record with the rest of the database as one moment holds both. Undefined when `enough` ended it, which
 * is asked before each question to the database.
 */
export async function findDifferences(
  db: Kysely<Database>,
  planId: string,
  enough: () => boolean = () => false,
): Promise<Difference[] | undefined> {
  if (enough()) return undefined
  const redactions = { after: 0, limit: mostRedactions, type: 'redaction' } as const
  const stated = statementsOf(await findEntries(db, planId, redactions))
  const found: Difference[] = []
  const entered = new Map<string, number>()
  const recorded = new Map<string, Set<number>>()
  let head: ChainHead | undefined
  for (;;) {
    if (enough()) return undefined
    const page = await findEntries(db, planId, { after: head?.seq ?? 0, limit: pageSize })
    const batches: number[] = []
    const versions: { seq: number; content: ContentReference }[] = []
    for (const stored of page) {
      const { seq, hash } = stored
      const entry = readStored(stored, head)
      head = { seq, hash, at: entry?.at ?? '' }
      if (!entry) found.push({ kind: 'entry', entry: seq, documentId: null })
      else if (!opensRight(entry, stored.opens, stated)) found.push({ kind: 'contents', entry: seq, documentId: null })
      else if (entry.type === 'update-batch' && stored.opens !== null) batches.push(seq)
      if (entry?.content) versions.push({ seq, content: entry.content })
    }
    if (enough()) return undefined
    for (const row of await findDifferentRows(db, planId, batches)) {
      found.push({ kind: 'row', entry: row.entry, documentId: row.documentId })
    }
    if (enough()) return undefined
    for (const { documentId, rows } of await countRows(db, planId, batches)) {
      entered.set(documentId, (entered.get(documentId) ?? 0) + rows)
    }
    if (enough()) return undefined
    found.push(...(await differentVersions(db, versions, { stated, recorded })))
    if (page.length < pageSize) break
  }
  if (enough()) return undefined
  found.push(...differentEnds(await findDocumentEnds(db, planId), entered))
  if (enough()) return undefined
  if ((await findLastSeq(db, planId)) !== (head?.seq ?? 0)) found.push({ kind: 'head', entry: null, documentId: null })
  if (enough()) return undefined
  for (const { documentId, number } of await findVersionNumbers(db, planId)) {
    const numbers = recorded.get(documentId)
    // Those from before the record are not in it.
    if (!numbers || numbers.has(number) || number < Math.min(...numbers)) continue
    found.push({ kind: 'version', entry: null, documentId })
  }
  return found
}

async function differentVersions(
  db: Kysely<Database>,
  versions: readonly { seq: number; content: ContentReference }[],
  { stated, recorded }: { stated: Statements; recorded: Map<string, Set<number>> },
): Promise<Difference[]> {
  const stored = await findVersions(
    db,
    versions.map(({ content }) => content),
  )
  return versions.flatMap(({ seq, content }, at): Difference[] => {
    const { document, number } = content
    const numbers = recorded.get(document) ?? new Set()
    recorded.set(document, numbers.add(number))
    if (isVersion({ seq, content }, stored[at] ?? null, stated)) return []
    return [{ kind: 'version', entry: seq, documentId: document }]
  })
}

function differentEnds(ends: readonly DocumentEnds[], entered: ReadonlyMap<string, number>): Difference[] {
  const different = ends.filter(({ documentId, headSeq, rows, last, sealed }) => {
    return rows !== headSeq || last !== headSeq || sealed > headSeq || sealed !== (entered.get(documentId) ?? 0)
  })
  return different.map(({ documentId }) => ({ kind: 'head', entry: null, documentId }))
}

/**
 * Compares every plan, each as of one moment, keeps what was found and says it aloud. `enough` ends it early; what was
 * begun then counts for nothing. A plan that cannot be compared keeps none of the others waiting.
 */
export async function auditRecord(
  db: Kysely<Database>,
  logger: Pick<Logger, 'error'>,
  enough: () => boolean = () => false,
): Promise<void> {
  for (const planId of await findRecorded(db)) {
    try {
      const found = await db
        .transaction()
        .setIsolationLevel('repeatable read')
        .execute((trx) => findDifferences(trx, planId, enough))
      if (!found) return
      const [first] = found
      await keepComparison(db, planId, first && { ...first, differences: found.length })
      for (const difference of found.slice(0, mostTold)) {
        logger.error({ planId, ...difference }, 'the record does not agree with the database: something was changed')
      }
    } catch (error) {
      logger.error({ err: error, planId }, 'the record of a plan could not be compared with the database')
    }
  }
}
