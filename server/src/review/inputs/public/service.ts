/**
 * Comments of the public on a text in consultation.
 * 1. Each is an input of nobody who takes part, entered in the plan's record at once, and has a receipt from then on.
 * 2. It is held: nobody but the plan's people reads it until somebody who runs meetings shows it. Hiding it owes a reason,
 *    and both are entered too, so that nothing that was said disappears without a trace.
 */
import { randomBytes } from 'node:crypto'
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Input, ModerationVerdict } from '@cabildo/protocol/http/inputs'
import type { TakenReceipt } from '@cabildo/protocol/http/receipts'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'
import type { Kysely } from 'kysely'
import { demandAlive } from '../../../auth/renewal.ts'
import type { Actor } from '../../../auth/sessions.ts'
import { holdInputNumbers } from '../../../db/holding.ts'
import { newId } from '../../../db/ids.ts'
import type { Database } from '../../../db/types.ts'
import type { Keys } from '../../../keys.ts'
import { enterPlan } from '../../../people/service.ts'
import { giveInputReceipt } from '../../../receipts/service.ts'
import { appendEntry } from '../../../record/service.ts'
import type { Rooms } from '../../../rooms/ports.ts'
import { townDay } from '../../../town-time.ts'
import { findInputs } from '../read-store.ts'
import { demandLinkField, mostInputs } from '../rules.ts'
import { findLastNumber, holdInputs, insertInput, insertLink } from '../store.ts'
import { type InputAddress, type InputDeps, readInput } from '../tell.ts'
import { countRulings, findFromPublic, holdConsulted, insertRuling } from './store.ts'

/** What taking comments of the public needs. */
export interface PublicCommentDeps {
  db: Kysely<Database>
  keys: Keys
  rooms: Pick<Rooms, 'announce'>
  config: { readonly baseUrl: string }
}

/** A comment as it was sent. */
export interface PublicComment {
  planId: string
  documentId: string
  /** The field it is about; undefined for the whole commitment. */
  field: string | undefined
  words: string
  /** As they wish to be named; empty: not at all. */
  name: string
  language: string
  /** Where it came from, which is not kept: the same words from there on the same day are the same comment. */
  network: string
  now: Date
}

/**
 * Takes a comment on a text that is in consultation, and gives its receipt. Sent again, it is the same one. Throws `frozen`
 * when the consultation is not open yet, or over.
 */
export async function takeComment(
  { db, keys, rooms, config }: PublicCommentDeps,
  { planId, documentId, field, words, name, language, network, now }: PublicComment,
): Promise<TakenReceipt & { number: number }> {
  demandLinkField(field, documentId, '')
  const day = townDay(now)
  const said = [day, network, documentId, field ?? '', name, words].join('\n')
  const key = keys.derive('public comment', said, 24).toString('base64url')
  const taken = await db.transaction().execute(async (trx) => {
    await holdInputNumbers(trx, planId)
    const before = await findFromPublic(trx, planId, key)
    if (before) return { ...before, receipt: await giveInputReceipt(trx, { keys, config }, planId, before.entry) }
    if (!(await holdConsulted(trx, { planId, documentId, now }))) throw new AppError('frozen')
    const number = (await findLastNumber(trx, planId)) + 1
    if (number > mostInputs) throw new AppError('too_large', { detail: `A plan has at most ${mostInputs} inputs.` })
    const salt = randomBytes(saltLength)
    const { seq: entry } = await appendEntry(trx, planId, {
      ...{ type: 'contribution', userId: null, documentId },
      payload: {
        ...{ kind: 'input', act: 'brought', input: number, channel: 'web', language, consent: true },
        text: payloadCommitment(salt, words),
        document: documentId,
        ...(field !== undefined && { field }),
      },
    })
    const id = newId()
    const named = name === '' ? undefined : name
    const display = named === undefined ? 'anonymous' : 'name'
    await insertInput(
      trx,
      {
        ...{ id, planId, number, key, channel: 'web', place: null, saidOn: undefined, language, words, salt },
        ...{ typedBy: null, fromId: null, groupId: null, side: null, role: 'public', consent: true, display, entry },
        ...{ threadId: null, proposalId: null, meetingId: null, held: true },
      },
      named,
    )
    const link = { inputId: id, number: 1, planId, documentId, field: field ?? null, versionId: null, entry }
    await insertLink(trx, { ...link, byId: null })
    return { number, receipt: await giveInputReceipt(trx, { keys, config }, planId, entry) }
  })
  rooms.announce(documentId, 'inputs')
  return { ...taken.receipt, number: taken.number }
}

/** Shows a comment of the public to everybody, or hides it, with a reason; the last ruling is in force. */
export async function moderateInput(
  deps: InputDeps,
  actor: Actor,
  address: InputAddress,
  { verdict, reason }: { verdict: ModerationVerdict; reason: string },
): Promise<Input> {
  if (verdict === 'hidden' && reason === '') throw refuseField('/reason', 'Say why it is not shown.')
  const { planId } = await enterPlan(deps.db, actor, address.planId, 'input.moderate')
  await deps.db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    await holdInputs(trx, planId, [address.inputId])
    await enterPlan(trx, actor, planId, 'input.moderate')
    const [input] = await findInputs(trx, planId, { id: address.inputId })
    if (!input) throw new AppError('not_found')
    if (!input.held) throw new AppError('conflict', { detail: 'It did not come from the public.' })
    if (input.moderation?.verdict === verdict) throw new AppError('conflict', { detail: 'It is so already.' })
    const salt = reason === '' ? null : randomBytes(saltLength)
    const { seq: entry } = await appendEntry(trx, planId, {
      ...{ type: 'contribution', userId: actor.userId, refs: [input.entry] },
      payload: {
        ...{ kind: 'input', act: verdict, input: input.number },
        ...(salt && { reason: payloadCommitment(salt, reason) }),
      },
    })
    const number = (await countRulings(trx, input.id)) + 1
    await insertRuling(trx, { inputId: input.id, number, planId, verdict, reason, salt, byId: actor.userId, entry })
  })
  return readInput(deps, actor, { planId, inputId: address.inputId })
}
