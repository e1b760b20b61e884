/**
 * Who stands behind a plan.
 * 1. An endorser of any group but the government's endorses exact texts, by hash, with name, office and organisation.
 * 2. Letters of support are files that are looked at as those beside inputs are.
 * 3. Both are withdrawn with a reason. Each of these is entered in the plan's record, in its transaction.
 */
import { createHash, randomBytes } from 'node:crypto'
import { AppError, refuseField } from '@cabildo/protocol/errors'
import type { Group, Person } from '@cabildo/protocol/http/common'
import type { EndorsedText, EndorsementList, LetterSide } from '@cabildo/protocol/http/endorsements'
import { toHex } from '@cabildo/record/bytes'
import { canonicalText } from '@cabildo/record/canonical-json'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'
import type { Kysely, Transaction } from 'kysely'
import { demandAlive } from '../auth/renewal.ts'
import { type Action, may } from '../auth/rules.ts'
import type { Actor } from '../auth/sessions.ts'
import { holdEndorsements } from '../db/holding.ts'
import { newId } from '../db/ids.ts'
import type { Database } from '../db/types.ts'
import { enterPlan, groupsOf, peopleOf } from '../people/service.ts'
import { appendEntry } from '../record/service.ts'
import type { Examiner } from '../review/inputs/attachments/examining.ts'
import {
  type EndorsementRow,
  endorses,
  type LetterRow,
  letterName,
  mostLetters,
  mostOfGroup,
  type TextRow,
  type WithdrawnColumns,
} from './rules.ts'
import {
  findEndorsed,
  findEndorsements,
  findLetterFile,
  findLetters,
  findTexts,
  findVersions,
  insertEndorsement,
  insertLetter,
  wasSent,
  withdrawEndorsement,
  withdrawLetter,
} from './store.ts'

/** What endorsements need. */
export interface EndorsementDeps {
  db: Kysely<Database>
  /** Looks at letters, in a process of its own. */
  examiner: Examiner
}

type PlanOnly = Pick<EndorsementDeps, 'db'>

/** Who stands behind a plan now, as anybody may read it. */
export interface PublicEndorsements {
  /** In the order in which they were given. `entry` is the number of their entry in the record. */
  endorsements: (Pick<EndorsementRow, 'number' | 'name' | 'office' | 'organisation' | 'givenAt' | 'entry'> & {
    group: Group | null
    texts: TextRow[]
  })[]
  /** Their bytes are `readLetter`'s. */
  letters: Pick<LetterRow, 'number' | 'side' | 'organisation' | 'mediaType' | 'size' | 'sha256' | 'addedAt' | 'entry'>[]
}

/**
 * Reads what stands: nothing that was withdrawn, and of who was erased the organisation alone. For public pages and exports,
 * of a plan that may be read: no right is asked for.
 */
export async function readEndorsements(db: Kysely<Database>, planId: string): Promise<PublicEndorsements> {
  const [rows, texts, letters, groups] = await Promise.all([
    findEndorsements(db, planId),
    findEndorsed(db, planId),
    findLetters(db, planId),
    groupsOf(db, planId),
  ])
  return {
    endorsements: rows
      .filter(({ withdrawnAt }) => withdrawnAt === null)
      .map(({ id, groupId, number, name, office, organisation, givenAt, entry }) => ({
        ...{ number, name, office, organisation, givenAt, entry },
        group: groups.find((group) => group.id === groupId) ?? null,
        texts: texts.filter(({ endorsementId }) => endorsementId === id),
      })),
    letters: letters
      .filter(({ withdrawnAt }) => withdrawnAt === null)
      .map(({ number, side, organisation, mediaType, size, sha256, addedAt, entry }) => ({
        ...{ number, side, organisation, mediaType, size, sha256, addedAt, entry },
      })),
  }
}

/** The bytes of a letter that stands; undefined when the plan has none such. No right is asked for. */
export async function readLetter(
  db: Kysely<Database>,
  planId: string,
  number: number,
): Promise<{ bytes: Uint8Array; mediaType: string; name: string } | undefined> {
  const file = await findLetterFile(db, planId, number)
  return file && { ...file, name: letterName(number, file.mediaType) }
}

/** Reads a letter for a member of the plan. */
export async function openLetter(
  { db }: PlanOnly,
  actor: Actor,
  plan: string,
  number: number,
): Promise<NonNullable<Awaited<ReturnType<typeof readLetter>>>> {
  const { planId } = await enterPlan(db, actor, plan, 'plan.open')
  const letter = await readLetter(db, planId, number)
  if (!letter) throw new AppError('not_found')
  return letter
}

/** Lists who stands behind a plan, what was withdrawn too, and what the reader may do. Not for guests of a workshop. */
export async function listEndorsements({ db }: PlanOnly, actor: Actor, plan: string): Promise<EndorsementList> {
  if (actor.workshopId !== null) throw new AppError('forbidden')
  const { planId, role, groupId } = await enterPlan(db, actor, plan, 'plan.open')
  const [rows, endorsed, letters, texts, groups] = await Promise.all([
    findEndorsements(db, planId),
    findEndorsed(db, planId),
    findLetters(db, planId),
    findTexts(db, planId),
    groupsOf(db, planId),
  ])
  const people = await peopleOf(
    db,
    planId,
    [...rows, ...letters].flatMap(({ byId, withdrawnById }) => [
      byId,
      ...(withdrawnById === null ? [] : [withdrawnById]),
    ]),
  )
  const own = groups.find(({ id }) => id === groupId)
  const endorseFor = endorses(role, own) ? own : null
  const keeps = may(role, 'letter.keep')
  return {
    endorsements: rows.map((row) => ({
      ...{ number: row.number, name: row.name, office: row.office, organisation: row.organisation },
      id: row.id as EndorsementList['endorsements'][number]['id'],
      // A foreign key holds it; groups end and are never deleted.
      group: groups.find(({ id }) => id === row.groupId) as Group,
      texts: endorsed.filter(({ endorsementId }) => endorsementId === row.id).map(tellText),
      ...{ by: known(people, row.byId), at: row.givenAt.toISOString(), entry: row.entry },
      salt: row.salt.length === 0 ? null : toHex(row.salt),
      withdrawn: tellWithdrawn(people, row),
      may: { withdraw: row.withdrawnAt === null && endorseFor?.id === row.groupId },
    })),
    letters: letters.map((row) => ({
      ...{ number: row.number, side: row.side, organisation: row.organisation },
      ...{ mediaType: row.mediaType, size: row.size, sha256: row.sha256 && toHex(row.sha256) },
      salt: row.salt.length === 0 ? null : toHex(row.salt),
      ...{ by: known(people, row.byId), at: row.addedAt.toISOString(), entry: row.entry },
      withdrawn: tellWithdrawn(people, row),
      may: { withdraw: row.withdrawnAt === null && keeps && mayWithdraw(role, row, actor) },
    })),
    texts: texts.map(tellText),
    may: { endorseFor, keepLetters: keeps },
  }
}

/** Who kept a letter withdraws it; so does a coordinator. */
function mayWithdraw(role: Parameters<typeof may>[0], { byId }: LetterRow, { userId }: Actor): boolean {
  return byId === userId || may(role, 'letter.withdraw')
}

/** What somebody endorses, and for whom. */
export interface Endorsing {
  key: string
  name: string
  office: string
  organisation: string
  texts: readonly { versionId: string; contentHash: string }[]
}

/** Endorses exact texts for a group. A text that reads otherwise by now is `stale_version`, and nothing is endorsed. */
export async function endorse(
  { db }: PlanOnly,
  actor: Actor,
  plan: string,
  { key, name, office, organisation, texts: asked }: Endorsing,
): Promise<EndorsementList> {
  await change(db, actor, plan, 'endorsement.give', async (trx, { planId, role, groupId }) => {
    const group = (await groupsOf(trx, planId)).find(({ id }) => id === groupId)
    if (!endorses(role, group)) throw new AppError('forbidden', { detail: 'Groups of the government endorse nothing.' })
    if (await wasSent(trx, actor.userId, key)) return
    const texts = await findVersions(
      trx,
      planId,
      asked.map(({ versionId }) => versionId),
    )
    for (const [at, { versionId, contentHash }] of asked.entries()) {
      const text = texts.find((one) => one.versionId === versionId)
      if (!text) throw refuseField(`/texts/${at}/versionId`, 'The plan has no such version.')
      if (text.contentHash !== contentHash) throw new AppError('stale_version')
    }
    if (new Set(texts.map(({ documentId }) => documentId)).size !== asked.length)
      throw refuseField('/texts', 'Name one version of each commitment.')
    const rows = await findEndorsements(trx, planId)
    if (rows.filter((row) => row.groupId === group.id).length >= mostOfGroup)
      throw new AppError('too_large', { detail: `A group gives at most ${mostOfGroup} endorsements.` })
    const number = (rows.at(-1)?.number ?? 0) + 1
    const salt = randomBytes(saltLength)
    const { seq: entry } = await appendEntry(trx, planId, {
      ...{ type: 'endorsement', userId: actor.userId, groupId: group.id },
      payload: {
        ...{ kind: 'given', endorsement: number, group: group.id },
        who: payloadCommitment(salt, canonicalText({ name, office, organisation })),
        texts: texts.map(({ documentId, versionNumber, contentHash }) => ({
          ...{ document: documentId, version: versionNumber, sha256: contentHash },
        })),
      },
    })
    const row = { id: newId(), planId, number, key, groupId: group.id, name, office, organisation, salt }
    await insertEndorsement(trx, { ...row, byId: actor.userId, entry }, texts)
  })
  return listEndorsements({ db }, actor, plan)
}

/** Withdraws an endorsement of one's group. Throws `conflict` when it was before. */
export async function takeBackEndorsement(
  { db }: PlanOnly,
  actor: Actor,
  { planId: plan, endorsementId, reason }: { planId: string; endorsementId: string; reason: string },
): Promise<EndorsementList> {
  await change(db, actor, plan, 'endorsement.give', async (trx, { planId, groupId }) => {
    const row = (await findEndorsements(trx, planId)).find(({ id }) => id === endorsementId)
    if (!row) throw new AppError('not_found')
    if (row.groupId !== groupId) throw new AppError('forbidden')
    if (row.withdrawnAt) throw new AppError('conflict', { detail: 'It was withdrawn already.' })
    const salt = randomBytes(saltLength)
    const { seq: entry } = await appendEntry(trx, planId, {
      ...{ type: 'endorsement', userId: actor.userId, groupId: row.groupId, refs: [row.entry] },
      payload: { kind: 'withdrawn', endorsement: row.number, reason: payloadCommitment(salt, reason) },
    })
    await withdrawEndorsement(trx, row.id, { byId: actor.userId, reason, salt, entry })
  })
  return listEndorsements({ db }, actor, plan)
}

/**
 * Keeps a letter. It is read with `file` once it is known who may. The same letter again is the one that is there. Throws
 * `invalid` (`/file`) for what is neither a PDF nor a picture.
 */
export async function keepLetter(
  { db, examiner }: EndorsementDeps,
  actor: Actor,
  { planId: plan, side, organisation }: { planId: string; side: LetterSide; organisation: string },
  file: () => Promise<Uint8Array>,
): Promise<EndorsementList> {
  await enterPlan(db, actor, plan, 'letter.keep')
  const tooMany = () => new AppError('unavailable', { detail: 'Too many files wait.', retryAfter: 5 })
  if (examiner.full) throw tooMany()
  const given = await file()
  if (given.length === 0) throw refuseField('/file', 'The file is empty.')
  const examined = await examiner.examine(given)
  if (examined === undefined) throw tooMany()
  if (typeof examined === 'string' || examined.kind === 'sound')
    throw refuseField('/file', 'A letter is a PDF, or a picture of one (JPEG, PNG, WebP), that can be read.')
  const { mediaType, bytes, thumbnail } = examined
  const sha256 = createHash('sha256').update(bytes).digest()
  await change(db, actor, plan, 'letter.keep', async (trx, { planId }) => {
    const letters = await findLetters(trx, planId)
    if (letters.some((one) => one.sha256 && sha256.equals(one.sha256))) return
    if (letters.length >= mostLetters)
      throw new AppError('too_large', { detail: `A plan keeps at most ${mostLetters} letters.` })
    const number = (letters.at(-1)?.number ?? 0) + 1
    const salt = randomBytes(saltLength)
    const size = bytes.length
    const { seq: entry } = await appendEntry(trx, planId, {
      ...{ type: 'endorsement', userId: actor.userId },
      payload: {
        ...{ kind: 'letter', letter: number, side, media: mediaType, size },
        file: payloadCommitment(salt, toHex(sha256)),
      },
    })
    const row = { number, side, organisation, mediaType, size, salt, byId: actor.userId, entry }
    await insertLetter(trx, planId, row, { sha256, bytes, thumbnail })
  })
  return listEndorsements({ db }, actor, plan)
}

/** Withdraws a letter: its bytes go. Throws `conflict` when it was before. */
export async function takeBackLetter(
  { db }: PlanOnly,
  actor: Actor,
  { planId: plan, number, reason }: { planId: string; number: number; reason: string },
): Promise<EndorsementList> {
  await change(db, actor, plan, 'letter.keep', async (trx, { planId, role }) => {
    const row = (await findLetters(trx, planId)).find((one) => one.number === number)
    if (!row) throw new AppError('not_found')
    if (!mayWithdraw(role, row, actor)) throw new AppError('forbidden')
    if (row.withdrawnAt) throw new AppError('conflict', { detail: 'It was withdrawn already.' })
    const salt = randomBytes(saltLength)
    const { seq: entry } = await appendEntry(trx, planId, {
      ...{ type: 'endorsement', userId: actor.userId, refs: [row.entry] },
      payload: { kind: 'letter_withdrawn', letter: number, reason: payloadCommitment(salt, reason) },
    })
    await withdrawLetter(trx, planId, number, { byId: actor.userId, reason, salt, entry })
  })
  return listEndorsements({ db }, actor, plan)
}

/** Opens a transaction in which what stands behind a plan changes one by one, by somebody who may, read now. */
async function change(
  db: Kysely<Database>,
  actor: Actor,
  plan: string,
  right: Action,
  work: (
    trx: Transaction<Database>,
    membership: { planId: string; role: Parameters<typeof may>[0]; groupId: string | null },
  ) => Promise<void>,
): Promise<void> {
  const { planId } = await enterPlan(db, actor, plan, right)
  await db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    await holdEndorsements(trx, planId)
    await work(trx, await enterPlan(trx, actor, planId, right))
  })
}

function tellText({ documentId, number, title, versionId, versionNumber, contentHash }: TextRow): EndorsedText {
  // Read from columns of ids.
  const ids = { documentId, id: versionId } as {
    documentId: EndorsedText['documentId']
    id: EndorsedText['version']['id']
  }
  return { documentId: ids.documentId, number, title, version: { id: ids.id, number: versionNumber, contentHash } }
}

function tellWithdrawn(people: Map<string, Person>, row: WithdrawnColumns) {
  const { withdrawnAt, withdrawnById, withdrawnReason, withdrawnSalt, withdrawnEntry } = row
  if (withdrawnAt === null) return null
  return {
    by: known(people, withdrawnById ?? ''),
    ...{ at: withdrawnAt.toISOString(), reason: withdrawnReason ?? '', entry: withdrawnEntry ?? 0 },
    salt: withdrawnSalt && toHex(withdrawnSalt),
  }
}

function known(people: Map<string, Person>, userId: string): Person {
  const person = people.get(userId)
  // Accounts are suspended and erased, never deleted.
  if (!person) throw new Error(`user ${userId} is not known`)
  return person
}
