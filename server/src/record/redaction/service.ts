/**
 * Taking personal data out of a text: one person of a plan's coordination or facilitation asks, another one approves.
 * The words themselves are kept encrypted, as long as nobody has decided and for three days at most.
 */
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Redaction } from '@cabildo/protocol/http/redactions'
import type { Kysely } from 'kysely'
import { may } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import { newId } from '../../db/ids.ts'
import type { Database } from '../../db/types.ts'
import type { Keys } from '../../keys.ts'
import { enterPlan, holdPlan, partIn, peopleOf } from '../../people/service.ts'
import type { Rooms } from '../../rooms/ports.ts'
import { withReplay } from './replaying.ts'
import { endRedaction, expireRedactions, findRedactions, insertRedaction, type RedactionRow } from './store.ts'
import { takeOut } from './taking-out.ts'
import { findDocument, findRows } from './text-store.ts'

/** What redactions need. */
export interface RedactionDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'reload'>
  keys: Keys
}

/** Lists requests, newest first, with what became of them. */
export async function listRedactions(
  { db, keys }: Omit<RedactionDeps, 'rooms'>,
  actor: Actor,
  plan: string,
): Promise<Redaction[]> {
  const { planId } = await enterPlan(db, actor, plan, 'redaction.ask')
  await expireRedactions(db)
  return itemsOf({ db, keys }, actor, planId, await findRedactions(db, planId))
}

/** What somebody asks for. */
export interface Wish {
  documentId: string
  quote: string
  basis: string
  reason: string
}

/**
 * Asks that words be taken out of a document. Throws `invalid` when they stand nowhere in it, or in the basis or the
 * reason, which stay; `conflict` when another request for the document is open.
 */
export async function askForRedaction(
  { db, keys }: Omit<RedactionDeps, 'rooms'>,
  actor: Actor,
  plan: string,
  { documentId, quote, basis, reason }: Wish,
): Promise<Redaction> {
  if (basis.includes(quote)) throw refuseField('/basis', 'It must not repeat the words.')
  if (reason.includes(quote)) throw refuseField('/reason', 'It must not repeat the words.')
  const { planId } = await enterPlan(db, actor, plan, 'redaction.ask')
  await expireRedactions(db)
  const head = await findDocument(db, planId, documentId)
  if (!head) throw new AppError('not_found')
  const rows = await findRows(db, documentId, { after: 0, upTo: head.headSeq })
  const { places } = await withReplay({ quote, ranges: [] }, (replay) =>
    replay.read({ rows, versions: [], drafts: [] }),
  )
  if (places === 0) throw refuseField('/quote', 'These words stand nowhere in the text.')
  const id = newId()
  await db.transaction().execute(async (trx) => {
    await holdPlan(trx, actor, planId, 'redaction.ask')
    const sealed = keys.seal(purpose, id, Buffer.from(quote))
    const values = { id, planId, documentId, quote: sealed, basis, reason, places, askedBy: actor.userId }
    if (!(await insertRedaction(trx, values))) throw new AppError('conflict', { detail: 'Another request is open.' })
  })
  return itemOf({ db, keys }, actor, planId, id)
}

/** Takes the words out, for good. Throws `forbidden` for who asked for it, and `not_found` when it is not open. */
export async function approveRedaction(
  deps: RedactionDeps,
  actor: Actor,
  { planId: plan, redactionId }: { planId: string; redactionId: string },
): Promise<Redaction> {
  const { db, keys, rooms } = deps
  const { planId } = await enterPlan(db, actor, plan, 'redaction.approve')
  await expireRedactions(db)
  const { documentId, quote, askedBy, basis } = await findOpen(db, planId, redactionId)
  if (askedBy === null || askedBy === actor.userId) throw new AppError('forbidden', { detail: 'You asked for it.' })
  const words = keys.open(purpose, redactionId, quote).toString()
  const wish = { planId, documentId, quote: words, ranges: [], basis, askedBy, approvedBy: actor.userId }
  await takeOut({ db, rooms }, wish, {
    async before(trx) {
      await holdPlan(trx, actor, planId, 'redaction.approve')
      await findOpen(trx, planId, redactionId)
      const asker = await partIn(trx, askedBy, planId)
      if (!asker || !may(asker.role, 'redaction.ask')) {
        throw new AppError('conflict', { detail: 'Who asked for it may not any more: ask again.' })
      }
    },
    async after(trx, { seq, ranges }) {
      if (!(await endRedaction(trx, redactionId, { outcome: 'approved', endedBy: actor.userId, seq, ranges }))) {
        throw new AppError('not_found')
      }
    },
  })
  return itemOf(deps, actor, planId, redactionId)
}

/** Refuses a request, or takes one's own back. Nothing of the text changes. */
export async function refuseRedaction(
  { db }: Pick<RedactionDeps, 'db'>,
  actor: Actor,
  { planId: plan, redactionId }: { planId: string; redactionId: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { planId } = await holdPlan(trx, actor, plan, 'redaction.approve')
    const { askedBy } = await findOpen(trx, planId, redactionId)
    const outcome = askedBy === actor.userId ? 'taken_back' : 'refused'
    await endRedaction(trx, redactionId, { outcome, endedBy: actor.userId })
  })
}

const purpose = 'words to take out'

async function findOpen(
  db: Kysely<Database>,
  planId: string,
  id: string,
): Promise<RedactionRow & { quote: Uint8Array }> {
  const [row] = await findRedactions(db, planId, id)
  if (!row || row.outcome !== null || row.quote === null) throw new AppError('not_found')
  return { ...row, quote: row.quote }
}

async function itemOf(
  deps: Omit<RedactionDeps, 'rooms'>,
  actor: Actor,
  planId: string,
  id: string,
): Promise<Redaction> {
  const [item] = await itemsOf(deps, actor, planId, await findRedactions(deps.db, planId, id))
  if (!item) throw new Error(`redaction ${id} was stored and is not there`)
  return item
}

async function itemsOf(
  { db, keys }: Omit<RedactionDeps, 'rooms'>,
  actor: Actor,
  planId: string,
  rows: readonly RedactionRow[],
): Promise<Redaction[]> {
  const ids = rows.flatMap(({ askedBy, endedBy }) => [askedBy, endedBy].filter((id) => id !== null))
  const people = await peopleOf(db, planId, ids)
  return rows.map(({ documentId, number, title, quote, askedBy, askedAt, endedBy, endedAt, seq, ...row }) => ({
    ...row,
    // Made by `newId`, so already what their brands promise.
    id: row.id as Redaction['id'],
    document: { id: documentId as Redaction['document']['id'], number, title },
    quote: quote && keys.open(purpose, row.id, quote).toString(),
    askedBy: (askedBy && people.get(askedBy)) || null,
    askedAt: askedAt.toISOString(),
    endedBy: (endedBy && people.get(endedBy)) || null,
    endedAt: endedAt?.toISOString() ?? null,
    // None tells of what an older copy of the database had beside the text alone.
    entry: seq || null,
    own: askedBy === actor.userId,
  }))
}
