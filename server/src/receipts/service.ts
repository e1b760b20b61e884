/**
 * Receipts: whoever wrote in a document takes a code that shows, without an account and for ever, that what they wrote is
 * in the record, and what became of it.
 * 1. Taking one enters what they wrote into the record and appends a `contribution` that names those entries.
 * 2. The code is derived from the installation's key and the entry, so that asking again shows the same one; the database
 *    holds a keyed hash of it.
 * 3. Reading one names nobody, and shows of the text only the words of whoever took it.
 */
import type { Tally } from '@cabildo/authorship/authorship'
import { AppError } from '@cabildo/protocol/errors'
import type { Became, BecameInput, Receipt, TakenReceipt } from '@cabildo/protocol/http/receipts'
import { readReceiptCode } from '@cabildo/protocol/receipt-code'
import { showSpokenCode } from '@cabildo/protocol/spoken-code'
import { toBase64, toHex } from '@cabildo/record/bytes'
import type { Kysely, Transaction } from 'kysely'
import type { Guesses } from '../auth/guesses.ts'
import type { Actor } from '../auth/sessions.ts'
import type { Keeper } from '../authorship/keeper.ts'
import { readKey } from '../authorship/rules.ts'
import type { Database } from '../db/types.ts'
import type { Keys } from '../keys.ts'
import { enterDocument, enterPlan } from '../people/service.ts'
import { sealDocument } from '../record/sealing/service.ts'
import { appendEntry } from '../record/service.ts'
import { lockHead } from '../record/store.ts'
import type { Tree } from '../record/tree/service.ts'
import { passagesForReceipt } from '../review/inputs/passages.ts'
import { whoHadIt } from '../workshops/device/afterwards.ts'
import type { ReceiptBounds } from './bounds.ts'
import { addressOf, codeBytes, codeOf, readPayload, standingIn, writtenOf } from './rules.ts'
import type { Standings } from './standing.ts'
import {
  findBatches,
  findBecameInput,
  findInput,
  findLast,
  findReceipt,
  findSealed,
  findVersions,
  hasReceipt,
  hasWritten,
  insertReceipt,
  type ReceiptDocument,
  type ReceiptRow,
} from './store.ts'

/** What receipts stand on. */
export interface ReceiptDeps {
  db: Kysely<Database>
  tree: Pick<Tree, 'proofOf' | 'verifierKeys'>
  keys: Keys
  guesses: Guesses
  bounds: ReceiptBounds
  standings: Standings
  keeper: Keeper
  config: { readonly baseUrl: string }
  /** What a commitment of a plan is called in public, where its document may have the title of a draft. */
  publicTitle: (slug: string, number: number) => Promise<string | undefined>
}

/** Versions that a receipt names at most. */
const mostVersions = 20

/**
 * Takes a receipt for everything the asker wrote in a document. Asked again without a new word, it is the same one. Who
 * wrote nothing there is refused with `nothing_written`.
 */
export async function takeReceipt(deps: ReceiptDeps, actor: Actor, documentId: string): Promise<TakenReceipt> {
  const { planId } = await enterDocument(deps.db, actor, documentId, 'document.open')
  return take(deps, { planId, documentId, userId: actor.userId })
}

/** The same for somebody who was let in by other means. */
async function take(
  { db, keys, standings, config }: ReceiptDeps,
  whose: { planId: string; documentId: string; userId: string },
): Promise<TakenReceipt> {
  const { planId, documentId, userId } = whose
  await sealDocument(db, documentId)
  const upTo = await findSealed(db, documentId)
  const people = (await standings.at(documentId, [upTo])).get(upTo)?.people ?? new Map<string, Tally>()
  const own = [...people].filter(([key]) => readKey(key).userId === userId)
  const characters = own.reduce((sum, [, { proposed }]) => sum + proposed, 0)
  return db.transaction().execute(async (trx) => {
    // Whoever asks twice at once waits here, and finds what the first one made.
    await lockHead(trx, planId)
    const written = writtenOf(await findBatches(trx, { ...whose, upTo }))
    if (!written) throw new AppError('nothing_written')
    const last = await findLast(trx, whose)
    const { refs, ...told } = written
    let seq = last && last.lastRef >= (refs.at(-1) ?? 0) ? last.seq : undefined
    if (seq === undefined) {
      const payload = { kind: 'written', document: documentId, characters, ...told }
      seq = (await appendEntry(trx, planId, { type: 'contribution', userId, documentId, refs, payload })).seq
      await insertReceipt(trx, { codeHash: hashOf(keys, codeAt(keys, planId, seq)), planId, seq, documentId })
    }
    const code = codeAt(keys, planId, seq)
    return { code: showSpokenCode(code), url: addressOf(config.baseUrl, code), seq }
  })
}

/**
 * Takes the receipt for an input: whoever brought it may, and whoever typed it for somebody, who so gets a code to take home
 * on paper. Asked again, it is the same one.
 */
export async function takeInputReceipt(
  { db, keys, config }: Pick<ReceiptDeps, 'db' | 'keys' | 'config'>,
  actor: Actor,
  { planId: plan, inputId }: { planId: string; inputId: string },
): Promise<TakenReceipt> {
  const { planId } = await enterPlan(db, actor, plan, 'plan.open')
  const input = await findInput(db, planId, inputId)
  const own = input !== undefined && [input.typedBy, input.fromId].includes(actor.userId)
  if (!input || (!own && actor.workshopId !== null)) throw new AppError('not_found')
  if (!own) throw new AppError('forbidden')
  const { entry: seq } = input
  return db.transaction().execute((trx) => giveInputReceipt(trx, { keys, config }, planId, seq))
}

/** Gives the receipt that stands on the entry of an input, to whoever brought it; the same one each time. */
export async function giveInputReceipt(
  trx: Transaction<Database>,
  { keys, config }: Pick<ReceiptDeps, 'keys' | 'config'>,
  planId: string,
  seq: number,
): Promise<TakenReceipt> {
  const code = codeAt(keys, planId, seq)
  // Whoever asks twice at once waits here, and finds what the first one made.
  await lockHead(trx, planId)
  if (!(await hasReceipt(trx, planId, seq)))
    await insertReceipt(trx, { codeHash: hashOf(keys, code), planId, seq, documentId: null })
  return { code: showSpokenCode(code), url: addressOf(config.baseUrl, code), seq }
}

/** A receipt of somebody on a shared phone. */
export interface PhoneReceipt extends TakenReceipt {
  name: string
  document: { number: number; title: string }
}

/** A phone that asks, and who is signed in there. */
export interface AskingPhone {
  network: string
  actor: Actor | undefined
  /** The secret of its cookie. */
  device: string | undefined
}

/**
 * Takes the receipts of the guest who had a phone last, as far as they wrote in its last workshop: their session may be
 * over. Nobody sees those of who had it before them, nor does another account that is signed in there.
 */
export async function takeOnPhone(deps: ReceiptDeps, { network, actor, device }: AskingPhone): Promise<PhoneReceipt[]> {
  await deps.bounds.phone(network)
  const last = await whoHadIt(deps.db, device)
  if (!last || (actor && actor.userId !== last.person.id)) return []
  const { planId, person, commitments } = last
  const taken: PhoneReceipt[] = []
  for (const { number, title, documentId } of commitments) {
    if (!(await hasWritten(deps.db, documentId, person.id))) continue
    const receipt = await take(deps, { planId, documentId, userId: person.id })
    taken.push({ ...receipt, name: person.name, document: { number, title } })
  }
  return taken
}

/** Reads a receipt by its code, as often as one network may and guessing no more than usual; else `not_found`. */
export async function readReceipt(deps: ReceiptDeps, network: string, typed: string): Promise<Receipt> {
  const { db, keys, guesses, bounds, tree } = deps
  await bounds.look(network)
  const code = readReceiptCode(typed)
  const row = await guesses
    .look(network, code === undefined ? undefined : { codeHash: hashOf(keys, code) }, (hash) =>
      findReceipt(db, 'codeHash' in hash ? hash.codeHash : ''),
    )
    .catch((error: unknown) => {
      throw error instanceof AppError && error.code === 'link_gone' ? new AppError('not_found') : error
    })
  const { planTitle, place, document, at, body, hash, index, payload, salt } = row
  const [recordKey = ''] = tree.verifierKeys
  return {
    plan: { title: planTitle, place },
    document: document && { number: document.number, title: document.title },
    takenAt: at.toISOString(),
    recordKey,
    entry: body,
    hash: toHex(hash),
    sealed: payload !== null && salt !== null ? { payload, salt: toBase64(salt) } : null,
    proof: index === null ? null : await tree.proofOf(index),
    became: document && (await becameOf(deps, row, document)),
    input: document ? null : await becameInputOf(deps, row),
  }
}

async function becameInputOf(
  { db, keeper, publicTitle }: Pick<ReceiptDeps, 'db' | 'keeper' | 'publicTitle'>,
  { planId, slug, seq }: ReceiptRow,
): Promise<BecameInput | null> {
  const found = await findBecameInput(db, planId, seq)
  if (!found) return null
  const { id, about, ...input } = found
  const changed = input.takenBack ? [] : await passagesForReceipt({ db, keeper }, planId, id)
  // Of a comment of the public nobody knows who holds the receipt: it names what is public, by its public title.
  const isPublic = input.moderation !== null && input.moderation !== undefined
  if (!isPublic) return { ...input, about: null, changed }
  const numbers = new Set(
    [about, ...changed, ...input.answers.map(({ version }) => version)].map((one) => one?.commitment),
  )
  const titles = new Map<number | undefined, string>()
  for (const number of numbers) {
    const title = number === undefined ? undefined : await publicTitle(slug, number)
    if (title !== undefined) titles.set(number, title)
  }
  const titled = <One extends { commitment: number }>(one: One) => {
    const title = titles.get(one.commitment)
    return title === undefined ? undefined : { ...one, title }
  }
  return {
    ...input,
    about: about && { ...about, title: titles.get(about.commitment) ?? null },
    answers: input.answers.map((answer) => ({
      ...answer,
      version: (answer.version && titled(answer.version)) ?? null,
    })),
    changed: changed.flatMap((one) => titled(one) ?? []),
  }
}

async function becameOf(
  { db, standings }: ReceiptDeps,
  { userId, payload }: ReceiptRow,
  { documentId, headSeq, state, status }: ReceiptDocument,
): Promise<Became | null> {
  if (userId === null) return null
  const told = payload === null ? undefined : readPayload(payload)
  const upTo = told?.to ?? headSeq
  const versions = await findVersions(db, documentId, { from: told?.from ?? 1, limit: mostVersions })
  const views = await standings.at(documentId, [headSeq, ...versions.map(({ seq }) => seq)])
  const fieldsAt = (seq: number) =>
    Object.entries(views.get(seq)?.fields ?? {}).flatMap(([field, { runs }]) => {
      const standing = standingIn(
        runs.map((run) => ({ ...run, author: run.author && readKey(run.author).userId })),
        userId,
        upTo,
      )
      return standing.characters > 0 ? [{ field, ...standing }] : []
    })
  return {
    brought: told?.characters ?? null,
    fields: fieldsAt(headSeq),
    versions: versions.flatMap(({ number, seq, createdAt }) => {
      const characters = fieldsAt(seq).reduce((sum, field) => sum + field.characters, 0)
      return characters > 0 ? [{ number, characters, createdAt: createdAt.toISOString() }] : []
    }),
    state,
    status,
  }
}

function codeAt(keys: Keys, planId: string, seq: number): string {
  return codeOf(keys.derive('receipt code', `${planId} ${seq}`, codeBytes))
}

function hashOf(keys: Keys, code: string): string {
  return keys.derive('receipt code hash', code, 32).toString('hex')
}
