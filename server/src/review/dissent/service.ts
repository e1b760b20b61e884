/**
 * Dissent: a group reserves a short position on a clause, a field or words in it, which stays with the text.
 * 1. Somebody who speaks for the group states it; the words it is on are followed as those that threads are on.
 * 2. The record tells it word for word: it is the group's act, and is published with the text it is on (PU3).
 * 3. Only the group withdraws it, and that it stood until then stays to be read.
 */
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Group } from '@cabildo/protocol/http/common'
import type { Dissent } from '@cabildo/protocol/http/dissents'
import type { TextPlace, TextSpan } from '@cabildo/protocol/http/threads'
import type { Kysely, Transaction } from 'kysely'
import { demandAlive } from '../../auth/renewal.ts'
import { may } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import type { Keeper } from '../../authorship/keeper.ts'
import { findEpoch } from '../../db/document-epoch.ts'
import { holdDissentNumbers, holdDocumentAsIs } from '../../db/holding.ts'
import { newId } from '../../db/ids.ts'
import type { Database } from '../../db/types.ts'
import { type DocumentMembership, enterDocument, groupsOf, peopleOf } from '../../people/service.ts'
import { appendEntry } from '../../record/service.ts'
import type { Rooms } from '../../rooms/ports.ts'
import { findHeadSeq } from '../threads/read-store.ts'
import { demandField, longestQuote, placeOf, spanOf, tupleOf } from '../threads/rules.ts'
import { type DissentRow, mostOfGroup, mostStated } from './rules.ts'
import { countDissents, findDissents, findSent, insertDissent, markWithdrawn } from './store.ts'

/** What positions need. */
export interface DissentDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'announce'>
  keeper: Keeper
}

/** What is reserved. */
interface Stating {
  key: string
  field: string
  ids?: readonly TextSpan[] | undefined
  position: string
}

/**
 * Reserves a position of the group that somebody speaks for. The same key again answers the position that it stated.
 * Words that are not (all) stored, or not in the field named, are refused.
 */
export async function stateDissent(
  deps: DissentDeps,
  actor: Actor,
  documentId: string,
  wish: Stating,
): Promise<Dissent> {
  const { db, keeper } = deps
  const { shape } = await enterDocument(db, actor, documentId, 'dissent.state')
  const sent = await findSent(db, actor.userId, wish.key)
  if (sent) return oneSent(deps, actor, documentId, sent)
  demandField(shape, wish.field)
  // Before the words are read: what is taken out since raises it.
  const epoch = await findEpoch(db, documentId)
  const seq = await findHeadSeq(db, documentId)
  const traced = wish.ids && (await keeper.look(documentId, seq, (held) => held.trace((wish.ids ?? []).map(spanOf))))
  if (wish.ids && !traced)
    throw new AppError('conflict', { detail: 'These words are not in the stored text, or not in one field.' })
  if (traced && traced.field !== wish.field) throw refuseField('/field', 'The words stand in another field.')
  if (traced && traced.text.length > longestQuote)
    throw refuseField('/ids', `At most ${longestQuote} letters can be pointed at.`)
  const origins = traced?.origins.map(tupleOf) ?? null
  // The database holds no U+0000; each unit of the text stays one, as its id is.
  const quote = traced?.text.replaceAll('\u0000', '\ufffd') ?? null
  const position = wish.position.replaceAll('\u0000', '')
  if (position.trim() === '') throw refuseField('/position', 'It has no words.')
  await db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    await holdDissentNumbers(trx, documentId)
    const now = await holdDocumentAsIs(trx, documentId)
    const { planId, groupId } = await enterSpeaking(trx, actor, documentId)
    // Whoever sends it twice at once is held above, so that the second finds the first.
    if (await findSent(trx, actor.userId, wish.key)) return
    if (now !== epoch) throw new AppError('conflict', { detail: 'The text was replaced: try again.' })
    const { last, stated, standing } = await countDissents(trx, documentId, groupId)
    if (standing >= mostOfGroup)
      throw new AppError('too_large', { detail: `A group has at most ${mostOfGroup} positions on one text at once.` })
    if (stated >= mostStated)
      throw new AppError('too_large', { detail: `A group states at most ${mostStated} positions on one text.` })
    const number = last + 1
    const { seq: entry } = await appendEntry(trx, planId, {
      ...{ type: 'dissent', userId: actor.userId, documentId, groupId },
      payload: {
        ...{ act: 'stated', document: documentId, dissent: number, group: groupId, field: wish.field, position },
        ...(origins && { passage: origins }),
      },
    })
    const row = { id: newId(), planId, documentId, number, groupId, field: wish.field, origins, quote, position }
    await insertDissent(trx, { ...row, key: wish.key, seq, byId: actor.userId, entry })
  })
  deps.rooms.announce(documentId, 'dissents')
  const stated = await findSent(db, actor.userId, wish.key)
  if (!stated) throw new Error('a position was stated and is not there')
  return oneSent(deps, actor, documentId, stated)
}

function oneSent(
  deps: DissentDeps,
  actor: Actor,
  documentId: string,
  sent: { id: string; documentId: string },
): Promise<Dissent> {
  if (sent.documentId !== documentId) throw refuseField('/key', 'This key was used elsewhere.')
  return readDissent(deps, actor, documentId, sent.id)
}

/** Withdraws a position of the group that somebody speaks for. Throws `conflict` when it was before. */
export async function withdrawDissent(
  deps: DissentDeps,
  actor: Actor,
  { documentId, dissentId }: { documentId: string; dissentId: string },
): Promise<Dissent> {
  await enterDocument(deps.db, actor, documentId, 'document.open')
  await deps.db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    await holdDissentNumbers(trx, documentId)
    await holdDocumentAsIs(trx, documentId)
    const { planId, groupId } = await enterSpeaking(trx, actor, documentId)
    const [row] = await findDissents(trx, documentId, { id: dissentId })
    if (!row) throw new AppError('not_found')
    if (row.groupId !== groupId) throw new AppError('forbidden')
    if (row.withdrawnAt) throw new AppError('conflict', { detail: 'It was withdrawn already.' })
    const { seq: entry } = await appendEntry(trx, planId, {
      ...{ type: 'dissent', userId: actor.userId, documentId, groupId, refs: [row.entry] },
      payload: { act: 'withdrawn', document: documentId, dissent: row.number, group: groupId },
    })
    await markWithdrawn(trx, dissentId, { byId: actor.userId, entry })
  })
  deps.rooms.announce(documentId, 'dissents')
  return readDissent(deps, actor, documentId, dissentId)
}

/** Rights, read now with the document held: the right to speak, and a group to speak for. */
async function enterSpeaking(
  trx: Transaction<Database>,
  actor: Actor,
  documentId: string,
): Promise<DocumentMembership & { groupId: string }> {
  const membership = await enterDocument(trx, actor, documentId, 'dissent.state')
  const { groupId } = membership
  if (groupId === null) throw new AppError('forbidden', { detail: 'You belong to no group of the plan.' })
  if (membership.status === 'archived') throw new AppError('frozen')
  return { ...membership, groupId }
}

/** Reads a page of the positions on a document, and for which group the reader may reserve one. */
export async function listDissents(
  deps: DissentDeps,
  actor: Actor,
  documentId: string,
  page: { after: number | undefined; limit: number },
): Promise<{ seq: number; speaksFor: Group | null; items: Dissent[] }> {
  const membership = await enterDocument(deps.db, actor, documentId, 'document.open')
  return tell(deps, membership, await findDissents(deps.db, documentId, page))
}

async function readDissent(deps: DissentDeps, actor: Actor, documentId: string, id: string): Promise<Dissent> {
  const membership = await enterDocument(deps.db, actor, documentId, 'document.open')
  const { items } = await tell(deps, membership, await findDissents(deps.db, documentId, { id }))
  const [item] = items
  if (!item) throw new AppError('not_found')
  return item
}

async function tell(
  { db, keeper }: DissentDeps,
  { planId, documentId, groupId, role, status }: DocumentMembership,
  rows: readonly DissentRow[],
): Promise<{ seq: number; speaksFor: Group | null; items: Dissent[] }> {
  const head = await findHeadSeq(db, documentId)
  const wanted = rows.flatMap((row) => (row.origins ? [[row, row.origins.map(spanOf)] as const] : []))
  const { seq, found } =
    wanted.length === 0
      ? { seq: head, found: new Map<DissentRow, never[]>() }
      : await keeper.lookAtLeast(documentId, head, (held) => held.locate(wanted))
  const [groups, people] = await Promise.all([
    groupsOf(db, planId),
    peopleOf(
      db,
      planId,
      rows.flatMap(({ byId, withdrawnById }) => [byId, ...(withdrawnById === null ? [] : [withdrawnById])]),
    ),
  ])
  const speaks = may(role, 'dissent.state') && status !== 'archived'
  const items = rows.map((row) => {
    const { id, number, field, quote, position, entry, statedAt, withdrawnAt, withdrawnById, withdrawnEntry } = row
    const places: TextPlace[] = (found.get(row) ?? []).map(placeOf)
    return {
      ...{ id, number, field, quote, places, position, entry, statedAt: statedAt.toISOString() },
      // Foreign keys hold both; groups end and are never deleted.
      group: groups.find((group) => group.id === row.groupId),
      by: people.get(row.byId),
      withdrawn:
        withdrawnAt === null
          ? null
          : { by: people.get(withdrawnById ?? ''), at: withdrawnAt.toISOString(), entry: withdrawnEntry },
      may: { withdraw: speaks && withdrawnAt === null && row.groupId === groupId },
    } as Dissent
  })
  return { seq, speaksFor: (speaks && groups.find(({ id }) => id === groupId)) || null, items }
}
