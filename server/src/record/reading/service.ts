/** Looking through a plan's record: entries with the people behind them as they wish to be shown now, and their proofs. */

import { AppError } from '@cabildo/protocol/errors'
import type { RecordHead, RecordItem, RecordPerson, RecordProof } from '@cabildo/protocol/http/record'
import type { DocumentId } from '@cabildo/protocol/ids'
import { toBase64, toHex } from '@cabildo/record/bytes'
import { payloadCommitment } from '@cabildo/record/hash'
import type { Kysely } from 'kysely'
import type { Actor } from '../../auth/sessions.ts'
import type { Database } from '../../db/types.ts'
import { enterPlan, groupsOf, peopleOf } from '../../people/service.ts'
import type { Tree } from '../tree/service.ts'
import {
  type EntryRow,
  findDisagreement,
  findDocuments,
  findEnds,
  findEntries,
  findEntry,
  findPeople,
  findUsers,
  type RecordQuery,
} from './store.ts'

/** What reading the record needs. */
export interface ReadingDeps {
  db: Kysely<Database>
  tree: Pick<Tree, 'checkpoint' | 'proofOf' | 'verifierKeys'>
}

const present = <Value>(value: Value | null): Value[] => (value === null ? [] : [value])

/** Lets somebody look through a plan's record, and answers the plan's id. A guest knows the people of their workshop alone. */
export async function enterRecord(db: Kysely<Database>, actor: Actor, plan: string): Promise<string> {
  const { planId } = await enterPlan(db, actor, plan, 'record.read')
  if (actor.workshopId !== null) throw new AppError('forbidden')
  return planId
}

/** Lists entries of the plan, newest first, as the reader may see the people in them. */
export async function listRecord(
  { db }: Pick<ReadingDeps, 'db'>,
  actor: Actor,
  plan: string,
  query: RecordQuery,
): Promise<RecordItem[]> {
  const planId = await enterRecord(db, actor, plan)
  const rows = await findEntries(db, planId, query)
  const parsed = rows.map((row) => ({ row, entry: JSON.parse(row.body) as StoredEntry }))
  const [users, documents, groups] = await Promise.all([
    findUsers(db, planId, [...new Set(rows.flatMap(({ pid, behalfPid }) => [...present(pid), ...present(behalfPid)]))]),
    findDocuments(db, planId, [...new Set(rows.flatMap(({ documentId }) => present(documentId)))]),
    groupsOf(db, planId),
  ])
  const people = await peopleOf(db, planId, [...users.values()])
  return parsed.map(({ row, entry }): RecordItem => {
    const { seq, type, at, hash, index, documentId, groupId } = row
    const personOf = (pid: string | null) => (pid !== null && people.get(users.get(pid) ?? '')) || null
    const person = personOf(row.pid)
    const behalf = row.behalfPid === null ? null : { pid: row.behalfPid, person: personOf(row.behalfPid) }
    // Words are of the group of whoever they are.
    const shown = behalf ? behalf.person : person
    const document = documentId === null ? undefined : documents.get(documentId)
    return {
      seq,
      type,
      at: at.toISOString(),
      actor: entry.actor && { ...entry.actor, person },
      // Who is not shown at all is not given away by their group.
      behalf,
      group: shown && shown.group === null ? null : (groups.find(({ id }) => id === groupId) ?? null),
      document: document && documentId ? { id: documentId as DocumentId, ...document } : null,
      ...detailsOf(row, entry),
      hash: toHex(hash),
      index,
    }
  })
}

/** What of a stored entry is looked at again. */
interface StoredEntry {
  actor: { pid: string; side: string | null; role: string | null } | null
  commit?: unknown
}

function detailsOf(row: EntryRow, { commit }: StoredEntry): Pick<RecordItem, 'details' | 'erased'> {
  const text = row.counts ?? row.payload
  return { details: text === null ? null : JSON.parse(text), erased: !row.kept && commit !== undefined }
}

/** Lists who stands in a plan's record, as the reader may see them: those whom its entries name by pseudonym. */
export async function listPeople({ db }: Pick<ReadingDeps, 'db'>, actor: Actor, plan: string): Promise<RecordPerson[]> {
  const planId = await enterRecord(db, actor, plan)
  const users = await findPeople(db, planId)
  const people = await peopleOf(db, planId, [...users.values()])
  return [...users].map(([pid, userId]) => ({ pid, person: people.get(userId) ?? null }))
}

/** How far the plan's record is signed now. */
export async function readHead({ db, tree }: ReadingDeps, actor: Actor, plan: string): Promise<RecordHead> {
  const planId = await enterRecord(db, actor, plan)
  const size = tree.checkpoint()?.size ?? 0
  const [{ last, seq, hash, at }, found] = await Promise.all([findEnds(db, planId, size), findDisagreement(db, planId)])
  const [key = ''] = tree.verifierKeys
  const signed = size > 0 && at ? { size, at: at.toISOString() } : null
  // A check in the database holds the kind, and the id comes from `newId`.
  const disagreement = (found && { ...found, since: found.since.toISOString() }) as
    | RecordHead['disagreement']
    | undefined
  return { key, signed, seq, hash: hash && toHex(hash), last, disagreement: disagreement ?? null }
}

/** Whether a payload is the one that its entry commits to, and not what was put in its place (redaction/). */
function opens(body: string, salt: Uint8Array, payload: string): boolean {
  const { commit } = JSON.parse(body) as { commit?: { payload: string } }
  return commit?.payload === payloadCommitment(salt, payload)
}

/** One entry with its proof, for whoever wants to check it alone. */
export async function readEntry(
  { db, tree }: ReadingDeps,
  actor: Actor,
  { planId: plan, seq }: { planId: string; seq: number },
): Promise<RecordProof> {
  const planId = await enterRecord(db, actor, plan)
  const row = await findEntry(db, planId, seq)
  if (!row) throw new AppError('not_found')
  const { body, hash, index, payload, salt } = row
  return {
    seq,
    entry: body,
    hash: toHex(hash),
    index,
    sealed: payload !== null && salt !== null && opens(body, salt, payload) ? { payload, salt: toBase64(salt) } : null,
    proof: index === null ? null : await tree.proofOf(index),
  }
}
