/**
 * What is kept beside meetings: photos, material, and the lists that people signed. Files are looked at, stored, entered and
 * removed as those beside inputs; the lists are for those alone who may read them, and the public sees what somebody said
 * it may.
 */
import { randomBytes } from 'node:crypto'
import { AppError } from '@cabildo/protocol/errors'
import { largestFile } from '@cabildo/protocol/http/attachments'
import type { MeetingFile, MeetingFileList, MeetingFileUse } from '@cabildo/protocol/http/meetings'
import { toHex } from '@cabildo/record/bytes'
import { payloadCommitment, saltLength } from '@cabildo/record/hash'
import type { Transaction } from 'kysely'
import { demandAlive } from '../../auth/renewal.ts'
import { may } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import { holdInputNumbers } from '../../db/holding.ts'
import type { Database } from '../../db/types.ts'
import type { SentFile } from '../../http/file-parts.ts'
import { enterPlan, peopleOf } from '../../people/service.ts'
import { appendEntry } from '../../record/service.ts'
import type { Examiner } from '../../review/inputs/attachments/examining.ts'
import { fileName } from '../../review/inputs/attachments/rules.ts'
import { demandRoom, type TakenFile, takeFile } from '../../review/inputs/attachments/service.ts'
import type { MeetingRow } from '../rules.ts'
import { holdMeeting, type MeetingDeps } from '../service.ts'
import { type MeetingAddress, readMeeting } from '../tell.ts'
import { demandKind, demandShowable, type FileRow, mostFiles } from './rules.ts'
import {
  countFiles,
  findBytes,
  findFiles,
  findShown,
  insertFile,
  isNamed,
  removeFile,
  type ShownRow,
  updateFile,
} from './store.ts'

/** What files beside meetings need. */
export interface MeetingFileDeps extends MeetingDeps {
  examiner: Examiner
}

/** The file that an address names. */
export interface MeetingFileAddress extends MeetingAddress {
  number: number
}

/** Reads what is kept beside a meeting that the actor may read; signed lists only for who may read them. */
export async function listFiles({ db }: MeetingDeps, actor: Actor, address: MeetingAddress): Promise<MeetingFileList> {
  const { planId, role } = await enterPlan(db, actor, address.planId, 'plan.open')
  const { id, may: rights } = await readMeeting({ db }, actor, { planId, meetingId: address.meetingId })
  const rows = (await findFiles(db, id)).filter(({ use }) => use !== 'list' || rights.readLists)
  const people = await peopleOf(
    db,
    planId,
    rows.map(({ byId }) => byId),
  )
  const items = rows.map(({ byId, addedAt, sha256, salt, ...row }): MeetingFile => {
    const by = people.get(byId)
    if (!by) throw new Error(`there is no user ${byId}`)
    return { ...row, by, addedAt: addedAt.toISOString(), sha256: toHex(sha256), salt: toHex(salt) }
  })
  const attach = may(role, 'meeting.write')
  return { items, most: mostFiles, largest: largestFile, may: { attach, readLists: rights.readLists } }
}

/**
 * Keeps a file beside a meeting; it is read with `file` once it is known who may. The same one again is the one that is
 * there. Throws `invalid` (`/file`) for what is not kept, `too_large` when there is no room for it.
 */
export async function attachFile(
  deps: MeetingFileDeps,
  actor: Actor,
  address: MeetingAddress,
  { use, file }: { use: MeetingFileUse; file: () => Promise<Uint8Array> },
): Promise<MeetingFileList> {
  const { db, examiner } = deps
  // Before anything is read or looked at; asked again with what is held.
  await enterPlan(db, actor, address.planId, 'meeting.write')
  await readMeeting(deps, actor, address)
  const taken = await takeFile(examiner, file)
  const kind = demandKind(taken.kind, use)
  await change(deps, actor, address, async (trx, planId, meeting) => {
    const there = await findFiles(trx, meeting.id)
    if (there.some((one) => taken.sha256.equals(one.sha256))) return
    if (there.length >= mostFiles)
      throw new AppError('too_large', { detail: `At most ${mostFiles} files can be kept beside a meeting.` })
    await demandRoom(trx, planId, taken)
    await store(trx, actor, { planId, meeting }, { ...taken, kind, use })
  })
  return listFiles(deps, actor, address)
}

async function store(
  trx: Transaction<Database>,
  actor: Actor,
  { planId, meeting }: { planId: string; meeting: MeetingRow },
  { sha256, kind, use, mediaType, bytes, thumbnail }: TakenFile & Pick<FileRow, 'kind' | 'use'>,
): Promise<void> {
  const number = (await countFiles(trx, meeting.id)) + 1
  const salt = randomBytes(saltLength)
  const size = bytes.length
  const { seq: entry } = await appendEntry(trx, planId, {
    ...{ type: 'meeting', userId: actor.userId, refs: [meeting.entry] },
    payload: {
      ...{ kind: 'attached', meeting: meeting.number, attachment: number, use, media: mediaType, size },
      file: payloadCommitment(salt, toHex(sha256)),
    },
  })
  const row = { meetingId: meeting.id, planId, number, use, kind, mediaType, size, salt, byId: actor.userId, entry }
  await insertFile(trx, row, { sha256, bytes, thumbnail })
}

/** Says what is on a file, and whether the public may see it. */
export async function describeFile(
  deps: MeetingDeps,
  actor: Actor,
  address: MeetingFileAddress,
  words: { caption: string | null; shown: boolean },
): Promise<MeetingFileList> {
  await change(deps, actor, address, async (trx, planId, meeting) => {
    const row = await findFile(trx, meeting.id, address.number)
    demandShowable(row.use, words)
    if (row.caption === words.caption && row.shown === words.shown) return
    await appendEntry(trx, planId, {
      ...{ type: 'meeting', userId: actor.userId, refs: [row.entry] },
      payload: { kind: 'file', meeting: meeting.number, attachment: row.number, shown: words.shown },
    })
    await updateFile(trx, meeting.id, row.number, words)
  })
  return listFiles(deps, actor, address)
}

/** Removes a file: its bytes go, that there was one stays in the record. Throws `conflict` while the material names it. */
export async function detachFile(
  deps: MeetingDeps,
  actor: Actor,
  address: MeetingFileAddress,
): Promise<MeetingFileList> {
  await change(deps, actor, address, async (trx, planId, meeting) => {
    const row = await findFile(trx, meeting.id, address.number)
    if (await isNamed(trx, meeting.id, row.number))
      throw new AppError('conflict', { detail: 'The material of the meeting names it.' })
    await appendEntry(trx, planId, {
      ...{ type: 'meeting', userId: actor.userId, refs: [row.entry] },
      payload: { kind: 'detached', meeting: meeting.number, attachment: row.number },
    })
    await removeFile(trx, meeting.id, row.number)
  })
  return listFiles(deps, actor, address)
}

/** Reads a file for somebody of the plan, now; a signed list looks like none to who may not read it. */
export async function readFile(
  { db }: MeetingDeps,
  actor: Actor,
  address: MeetingFileAddress,
  what: 'bytes' | 'thumbnail',
): Promise<SentFile> {
  const meeting = await readMeeting({ db }, actor, address)
  const row = await findFile(db, meeting.id, address.number)
  const bytes =
    row.use === 'list' && !meeting.may.readLists ? undefined : await findBytes(db, meeting.id, row.number, what)
  if (!bytes) throw new AppError('not_found')
  const mediaType = what === 'thumbnail' ? 'image/jpeg' : row.mediaType
  return { bytes, mediaType, name: fileName(`reunion-${meeting.number}`, row.number, mediaType) }
}

/** A file beside a meeting that anybody may see. `meeting`: the number of the meeting; `sha256`: hexadecimal. */
export type ShownFile = Omit<ShownRow, 'meetingId' | 'sha256'> & { sha256: string }

/** Reads what anybody may see beside the meetings of a plan that may be read. No right is asked for. */
export async function readShownFiles(db: MeetingDeps['db'], planId: string): Promise<ShownFile[]> {
  const rows = await findShown(db, planId)
  return rows.map(({ meetingId: _, sha256, ...row }) => ({ ...row, sha256: toHex(sha256) }))
}

/** The bytes of such a file; undefined when there is none. No right is asked for. */
export async function readShownFile(
  db: MeetingDeps['db'],
  planId: string,
  one: { meeting: number; number: number },
): Promise<SentFile | undefined> {
  const [row] = await findShown(db, planId, one)
  const bytes = row && (await findBytes(db, row.meetingId, row.number, 'bytes'))
  if (!row || !bytes) return undefined
  return { bytes, mediaType: row.mediaType, name: fileName(`reunion-${row.meeting}`, row.number, row.mediaType) }
}

async function findFile(db: MeetingDeps['db'], meetingId: string, number: number): Promise<FileRow> {
  const row = (await findFiles(db, meetingId)).find((one) => one.number === number)
  if (!row) throw new AppError('not_found')
  return row
}

/** Opens a transaction in which a meeting is held by somebody who may change what is beside it. */
async function change(
  { db }: MeetingDeps,
  actor: Actor,
  { planId: plan, meetingId }: MeetingAddress,
  work: (trx: Transaction<Database>, planId: string, meeting: MeetingRow) => Promise<void>,
): Promise<void> {
  const { planId } = await enterPlan(db, actor, plan, 'meeting.write')
  await db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    // One after another in a plan, so that its files are counted.
    await holdInputNumbers(trx, planId)
    await work(trx, planId, await holdMeeting(trx, actor, { planId, meetingId }))
  })
}
