/**
 * What is kept beside inputs: photos of flip charts, voice notes, scanned forms.
 * 1. A file is looked at in a process of its own: its bytes alone say what it is, and a picture is drawn anew.
 * 2. It is stored and entered in the plan's record in one transaction; the record holds a salted hash of its SHA-256.
 * 3. The bytes stand in rows of their own, which are deleted when it is removed, and with what they are beside.
 */
import { createHash, randomBytes } from 'node:crypto'
import { AppError, refuseField } from '@cabildo/protocol/errors'
import { type Attachment, type AttachmentList, largestFile } from '@cabildo/protocol/http/attachments'
import { toHex } from '@cabildo/record/bytes'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'
import type { Transaction } from 'kysely'
import { demandAlive } from '../../../auth/renewal.ts'
import { may } from '../../../auth/rules.ts'
import type { Actor } from '../../../auth/sessions.ts'
import { holdInputNumbers } from '../../../db/holding.ts'
import type { Database } from '../../../db/types.ts'
import type { SentFile } from '../../../http/file-parts.ts'
import { enterPlan, peopleOf } from '../../../people/service.ts'
import { appendEntry } from '../../../record/service.ts'
import { findInputs } from '../read-store.ts'
import type { InputRow } from '../rules.ts'
import { detached, enterSpeaking } from '../service.ts'
import { holdInputs } from '../store.ts'
import { type InputAddress, type InputDeps, readInput } from '../tell.ts'
import type { Examiner } from './examining.ts'
import { type Examined, fileName, mostAttachments, planQuota, type Unfit } from './rules.ts'
import {
  type AttachmentRow,
  countAttachments,
  findAttachments,
  findFile,
  insertAttachment,
  removeAttachment,
  sizeKept,
} from './store.ts'

const tooMany = () => new AppError('unavailable', { detail: 'Too many files wait.', retryAfter: 5 })
const takenBack = () => new AppError('conflict', { detail: 'It was taken back.' })

/** What attachments need. */
export interface AttachmentDeps extends Pick<InputDeps, 'db'> {
  examiner: Examiner
}

/** The attachment that an address names. */
export interface AttachmentAddress extends InputAddress {
  number: number
}

const refusal: Record<Unfit, string> = {
  type: 'Photos (JPEG, PNG, WebP), voice notes (WebM, Ogg, M4A, MP3, AAC) and PDF can be attached.',
  pixels: 'The picture has more than 50 million pixels.',
  broken: 'The file cannot be read.',
}

/** Reads what is kept beside an input. Whoever reads the input may. */
export async function listAttachments(
  { db }: Pick<AttachmentDeps, 'db'>,
  actor: Actor,
  address: InputAddress,
): Promise<AttachmentList> {
  const input = await readInput({ db }, actor, address)
  const { planId, role } = await enterPlan(db, actor, address.planId, 'plan.open')
  const rows = await findAttachments(db, input.id)
  const people = await peopleOf(
    db,
    planId,
    rows.map(({ byId }) => byId),
  )
  const attach = input.takenBackAt === null && mayAttach(role, input.own, actor)
  const items = rows.map((row): Attachment => {
    const { number, kind, mediaType, size, sha256, salt, hasThumbnail, byId, entry, addedAt } = row
    const by = people.get(byId)
    if (!by) throw new Error(`there is no user ${byId}`)
    return {
      ...{ number, kind, mediaType, size, hasThumbnail, by, entry, addedAt: addedAt.toISOString() },
      ...{ sha256: toHex(sha256), salt: toHex(salt) },
    }
  })
  return { items, most: mostAttachments, largest: largestFile, may: { attach, remove: attach } }
}

/** Whose input it is, who typed it, and those who bring for others may; a guest their own alone. */
function mayAttach(role: Parameters<typeof may>[0], own: boolean, { workshopId }: Actor): boolean {
  return own || (workshopId === null && may(role, 'input.bring_for'))
}

/**
 * Keeps a file beside an input. It is read with `file` once it is known who may. The same picture or file again is the one that is there. Throws `invalid` (`/file`) for what
 * is not kept, `too_large` when there is no room for it.
 */
export async function attach(
  deps: AttachmentDeps,
  actor: Actor,
  address: InputAddress,
  file: () => Promise<Uint8Array>,
): Promise<AttachmentList> {
  const { db, examiner } = deps
  // Before anything is read or looked at; asked again with what is held.
  const { takenBackAt } = await readInput(deps, actor, address)
  if (takenBackAt !== null) throw takenBack()
  const before = await listAttachments(deps, actor, address)
  if (!before.may.attach) throw new AppError('forbidden')
  const taken = await takeFile(examiner, file)
  await change(deps, actor, address, async (trx, planId, input) => {
    const there = await findAttachments(trx, input.id)
    if (there.some((one) => taken.sha256.equals(one.sha256))) return
    if (there.length >= mostAttachments)
      throw new AppError('too_large', { detail: `At most ${mostAttachments} files can be kept beside an input.` })
    await demandRoom(trx, planId, taken)
    await store(trx, actor, { planId, input }, taken)
  })
  return listAttachments({ db }, actor, address)
}

/** A file that can be kept: as it is kept, with the hash of its bytes. */
export interface TakenFile extends Examined {
  sha256: Buffer
}

/** Reads a file with `file` and looks at it. Throws `invalid` (`/file`) for what is not kept, `unavailable` when too many wait. */
export async function takeFile(examiner: Examiner, file: () => Promise<Uint8Array>): Promise<TakenFile> {
  if (examiner.full) throw tooMany()
  const bytes = await file()
  if (bytes.length === 0) throw refuseField('/file', 'The file is empty.')
  const examined = await examiner.examine(bytes)
  if (examined === undefined) throw tooMany()
  if (typeof examined === 'string') throw refuseField('/file', refusal[examined])
  return { ...examined, sha256: createHash('sha256').update(examined.bytes).digest() }
}

/** Refuses a file (`too_large`) for which the plan, whose numbers of inputs must be held, has no room. */
export async function demandRoom(
  trx: Transaction<Database>,
  planId: string,
  { bytes }: Pick<TakenFile, 'bytes'>,
): Promise<void> {
  if ((await sizeKept(trx, planId)) + bytes.length > planQuota)
    throw new AppError('too_large', { detail: `A plan keeps at most ${planQuota >> 20} MB of files.` })
}

async function store(
  trx: Transaction<Database>,
  actor: Actor,
  { planId, input }: { planId: string; input: InputRow },
  { sha256, kind, mediaType, bytes, thumbnail }: TakenFile,
): Promise<void> {
  const number = (await countAttachments(trx, input.id)) + 1
  const salt = randomBytes(saltLength)
  const size = bytes.length
  const { seq: entry } = await appendEntry(trx, planId, {
    ...{ type: 'contribution', userId: actor.userId, refs: [input.entry] },
    payload: {
      ...{ kind: 'input', act: 'attached', input: input.number, attachment: number, media: mediaType, size },
      file: payloadCommitment(salt, toHex(sha256)),
    },
  })
  const row = { inputId: input.id, planId, number, kind, mediaType, size, salt, byId: actor.userId, entry }
  await insertAttachment(trx, row, { sha256, bytes, thumbnail })
}

/** Removes an attachment: its bytes go, that there was one stays in the record. */
export async function detach(
  deps: Pick<AttachmentDeps, 'db'>,
  actor: Actor,
  address: AttachmentAddress,
): Promise<AttachmentList> {
  await change(deps, actor, address, async (trx, planId, input) => {
    const row = (await findAttachments(trx, input.id)).find(({ number }) => number === address.number)
    if (!row) throw new AppError('not_found')
    await appendEntry(trx, planId, detached(actor, input, row))
    await removeAttachment(trx, input.id, row.number)
  })
  return listAttachments(deps, actor, address)
}

/** Reads a file for whoever reads the input it is beside, now. */
export async function readAttachment(
  { db }: Pick<AttachmentDeps, 'db'>,
  actor: Actor,
  address: AttachmentAddress,
  what: 'bytes' | 'thumbnail',
): Promise<SentFile> {
  const input = await readInput({ db }, actor, address)
  const row = await findRow(db, input.id, address.number)
  const bytes = row && (await findFile(db, input.id, row.number, what))
  if (!row || !bytes) throw new AppError('not_found')
  const mediaType = what === 'thumbnail' ? 'image/jpeg' : row.mediaType
  return { bytes, mediaType, name: fileName(`aporte-${input.number}`, row.number, mediaType) }
}

async function findRow(db: AttachmentDeps['db'], inputId: string, number: number): Promise<AttachmentRow | undefined> {
  return (await findAttachments(db, inputId)).find((one) => one.number === number)
}

/** Opens a transaction in which an input is held by somebody who may change what is beside it. */
async function change(
  { db }: Pick<AttachmentDeps, 'db'>,
  actor: Actor,
  { planId: plan, inputId }: InputAddress,
  work: (trx: Transaction<Database>, planId: string, input: InputRow) => Promise<void>,
): Promise<void> {
  const { planId } = await enterPlan(db, actor, plan, 'input.bring')
  await db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    // One after another in a plan, so that its files are counted.
    await holdInputNumbers(trx, planId)
    await holdInputs(trx, planId, [inputId])
    const { role } = await enterSpeaking(trx, actor, planId)
    const [input] = await findInputs(trx, planId, { id: inputId })
    const own = input !== undefined && [input.typedBy, input.fromId].includes(actor.userId)
    if (!input || (!own && actor.workshopId !== null)) throw new AppError('not_found')
    if (!mayAttach(role, own, actor)) throw new AppError('forbidden')
    if (input.takenBackAt) throw takenBack()
    await work(trx, planId, input)
  })
}
