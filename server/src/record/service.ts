/**
 * Writes entries of a plan's record.
 * 1. Whoever changes a fact appends its entry in the same transaction, as the last thing that takes a lock.
 * 2. The entry names the one before it in its plan, and people by pseudonym; what can be erased stands beside it, behind
 *    a salted commitment.
 * 3. The sequencer (tree/) puts entries into the one tree of the installation and signs what it has become.
 */
import { randomBytes } from 'node:crypto'
import { toHex } from '@cabildo/record/bytes'
import { canonicalText, type Json } from '@cabildo/record/canonical-json'
import { type Entry, sealEntry } from '@cabildo/record/entry'
import type { EntryType } from '@cabildo/record/entry-types'
import { payloadCommitment, personId } from '@cabildo/record/hash'
import type { Kysely, Transaction } from 'kysely'
import type { Database } from '../db/types.ts'
import { digest } from './digest.ts'
import {
  findHash,
  findStandings,
  insertEntries,
  insertPeople,
  lockHead,
  type NewEntry,
  type Standing,
} from './store.ts'

/** What an entry tells. */
export interface Fact {
  type: EntryType
  /** Who did it; null when it was the program itself. */
  userId: string | null
  /** On whose behalf they did it, when not for themselves. The payload tells it as `behalf`. */
  behalfId?: string
  /** What happened, in a form that can be erased later. Names people by pseudonym (`pidOf`), never otherwise. */
  payload?: { [key: string]: Json }
  /** What readers are told of a long payload. Numbers alone, since they are never erased. */
  counts?: { [key: string]: number }
  /** A version's text, by hash. */
  content?: NonNullable<Entry['content']>
  /** Numbers of earlier entries that this one speaks of. */
  refs?: readonly number[]
  /** For who looks through the record: the document it is about. */
  documentId?: string
  /** For who looks through the record: the group it is about, when not its author's. */
  groupId?: string
}

/** Where an entry stands. */
export interface Appended {
  seq: number
  /** 32 bytes: the leaf hash of RFC 9162. */
  hash: Uint8Array
}

/**
 * Appends an entry to the plan's chain in the transaction of its fact. Takes the lock of the chain, the last one of a
 * transaction.
 */
export async function appendEntry(trx: Transaction<Database>, planId: string, fact: Fact): Promise<Appended> {
  const [appended] = await appendEntries(trx, planId, [fact])
  if (!appended) throw new Error('one fact gives one entry')
  return appended
}

/** Appends entries one after another, as `appendEntry` does. */
export async function appendEntries(
  trx: Transaction<Database>,
  planId: string,
  facts: readonly Fact[],
): Promise<Appended[]> {
  const people = await standingsOf(
    trx,
    planId,
    facts.flatMap(({ userId, behalfId }) => [userId, behalfId].filter((id) => typeof id === 'string')),
  )
  const head = await lockHead(trx, planId)
  let { seq, hash: prev } = head
  const entries: NewEntry[] = []
  for (const { type, userId, behalfId, content, refs, ...fact } of facts) {
    seq += 1
    // Who was erased by now did it, and nobody is to know who that was.
    const actor = (userId !== null && people.get(userId)) || null
    const behalf = behalfId === undefined ? undefined : (people.get(behalfId) ?? null)
    const told = behalf === undefined ? fact.payload : { ...fact.payload, behalf: behalf && nameBehalf(behalf) }
    const sealed = told ? { salt: randomBytes(32), payload: canonicalText(told) } : null
    const entry: Entry = {
      v: 1,
      type,
      plan: planId,
      seq,
      prev: toHex(prev),
      at: head.now.toISOString(),
      // Who has no part in the plan (any more) acts in no role.
      actor: actor && { pid: actor.pid, side: actor.sector, role: actor.role ?? 'none' },
      ...(sealed && { commit: { payload: payloadCommitment(sealed.salt, sealed.payload, digest), public: true } }),
      ...(content && { content }),
      ...(refs?.length && { refs: [...refs] }),
    }
    const { text: body, hash } = sealEntry(entry, digest)
    prev = hash
    // Words typed for somebody are their group's.
    const groupId = fact.groupId ?? (behalf === undefined ? actor : behalf)?.groupId ?? null
    const behalfPid = behalf?.pid ?? null
    const documentId = fact.documentId ?? null
    const counts = fact.counts ? canonicalText(fact.counts) : null
    const pid = actor?.pid ?? null
    entries.push({ planId, seq, body, hash, type, at: head.now, pid, behalfPid, groupId, documentId, counts, sealed })
  }
  await insertEntries(trx, entries)
  return entries.map(({ seq, hash }) => ({ seq, hash }))
}

/** Who somebody typed for, as a payload names them: `role` stands in the entry of the person's joining. */
const nameBehalf = ({ pid, sector }: Standing) => ({ pid, side: sector })

/**
 * The pseudonym under which somebody stands in a plan's record, made at its first use. It leads to them only as long as
 * the row that holds its secret is there. Throws for somebody who was erased.
 */
export async function pidOf(trx: Transaction<Database>, planId: string, userId: string): Promise<string> {
  const [pid] = await pidsOf(trx, planId, [userId])
  if (pid === undefined) throw new Error(`user ${userId} was erased`)
  return pid
}

/** The pseudonyms of people, in their order, without those who were erased. */
export async function pidsOf(
  trx: Transaction<Database>,
  planId: string,
  userIds: readonly string[],
): Promise<string[]> {
  const standings = await standingsOf(trx, planId, userIds)
  return userIds.flatMap((userId) => standings.get(userId)?.pid ?? [])
}

/** The leaf hash of an entry, which commits to everything before it in its plan. Throws when there is none such. */
export async function hashOfEntry(db: Kysely<Database>, planId: string, seq: number): Promise<Uint8Array> {
  const hash = await findHash(db, planId, seq)
  if (!hash) throw new Error(`plan ${planId} has no entry ${seq}`)
  return hash
}

async function standingsOf(
  trx: Transaction<Database>,
  planId: string,
  userIds: readonly string[],
): Promise<Map<string, Standing>> {
  const asked = [...new Set(userIds)]
  if (asked.length === 0) return new Map()
  const known = await findStandings(trx, planId, asked)
  const fresh = asked.filter((userId) => !known.has(userId))
  if (fresh.length === 0) return known
  const people = fresh.map((userId) => {
    const secret = randomBytes(32)
    return { userId, secret, pid: personId(secret, planId) }
  })
  await insertPeople(trx, planId, people)
  return findStandings(trx, planId, asked)
}
