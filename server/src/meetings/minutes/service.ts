/**
 * The minutes of a meeting: a document of their own form, written together in its room like any other text. What the program
 * knows of the meeting stands beside it and is stored nowhere twice. The public reads the last version that somebody named.
 */
import { randomInt } from 'node:crypto'
import { AppError } from '@cabildo/protocol/errors'
import type { Minutes } from '@cabildo/protocol/http/meetings'
import { type Content, seedDocument } from '@cabildo/schema/content'
import { fieldHtml } from '@cabildo/schema/html'
import { meetingMinutes } from '@cabildo/schema/templates/meeting-minutes'
import { meetingMinutesShape } from '@cabildo/schema/templates/meeting-minutes-shape'
import type { Localized } from '@cabildo/schema/templates/template'
import { fieldText } from '@cabildo/schema/text'
import type { Kysely } from 'kysely'
import { demandAlive } from '../../auth/renewal.ts'
import type { Actor } from '../../auth/sessions.ts'
import { newId } from '../../db/ids.ts'
import type { Database } from '../../db/types.ts'
import { enterPlan } from '../../people/service.ts'
import { appendEntry } from '../../record/service.ts'
import type { InsertDocument } from '../../rooms/ports.ts'
import { holdMeeting, type MeetingDeps } from '../service.ts'
import { type MeetingAddress, readMeeting } from '../tell.ts'
import { findMinutes, findPublic, findPublicItems, type PublicItem, type PublicVersion, setMinutes } from './store.ts'

/** What beginning minutes needs. */
export interface MinutesDeps extends MeetingDeps {
  insertDocument: InsertDocument
}

/**
 * Begins the minutes of a meeting, once: again, it answers those that are there. Who runs meetings may; who writes texts of
 * the plan writes in them. Throws `conflict` for a meeting that is called off.
 */
export async function beginMinutes(deps: MinutesDeps, actor: Actor, address: MeetingAddress): Promise<Minutes> {
  const { planId, groupId } = await enterPlan(deps.db, actor, address.planId, 'meeting.write')
  const { meetingId } = address
  const { userId, sessionId } = actor
  await deps.db.transaction().execute(async (trx) => {
    await demandAlive(trx, actor)
    const { id, number, entry, state, documentId: before } = await holdMeeting(trx, actor, { planId, meetingId })
    if (before !== null) return
    if (state === 'cancelled') throw new AppError('conflict', { detail: 'It is called off: there is nothing to tell.' })
    const clientId = randomInt(2 ** 32)
    const documentId = newId()
    const { id: template, version: templateVersion } = meetingMinutesShape
    await deps.insertDocument(trx, {
      ...{ documentId, planId, kind: 'minutes', template, templateVersion },
      // The meeting may get another name, and never another number.
      title: `Acta de la reunión ${number}`,
      writer: { userId, sessionId, groupId },
      ...{ state: seedDocument('', clientId, meetingMinutesShape), clientId },
    })
    await setMinutes(trx, id, documentId)
    await appendEntry(trx, planId, {
      ...{ type: 'meeting', userId, refs: [entry] },
      payload: { kind: 'minutes', meeting: number, document: documentId },
    })
  })
  return readMinutes(deps, actor, { planId, meetingId })
}

/**
 * The minutes of a meeting as their page opens them: the document to enter, the meeting that they are of, and which version
 * the public reads. Guests of a workshop work on its commitments alone: `not_found`, as where nobody began them.
 */
export async function readMinutes({ db }: MeetingDeps, actor: Actor, address: MeetingAddress): Promise<Minutes> {
  const meeting = await readMeeting({ db }, actor, address)
  const row = actor.workshopId === null ? await findMinutes(db, meeting.id) : undefined
  if (!row) throw new AppError('not_found')
  const { named } = row
  const isPublic = meeting.isPublic && meeting.state === 'held'
  return {
    meeting,
    // Made by `newId`, so already what its brand promises.
    documentId: row.documentId as Minutes['documentId'],
    epoch: row.epoch,
    shown: isPublic && named ? { ...named, createdAt: named.createdAt.toISOString() } : null,
  }
}

/** Minutes as the public reads them. */
export interface PublicMinutes extends Omit<PublicVersion, 'content'> {
  content: Content
  /** The fields in which something is written, in their order. `html` is safe to serve as it is, its headings below an `h2`. */
  fields: { name: string; label: Localized; html: string; text: string }[]
}

/** For other areas: which minutes of these plans anybody may read, the first meeting first, without what they say. Asks for no rights. */
export function listPublicMinutes(db: Kysely<Database>, planIds: readonly string[]): Promise<PublicItem[]> {
  return findPublicItems(db, planIds)
}

/**
 * For other areas (the public site, the evidence pack): the minutes of a plan that anybody may read, the first meeting first.
 * They are those of meetings that were held and are open to the public, and of each the last version that somebody named;
 * what was written since is a draft. Asks for no rights.
 */
export async function readPublicMinutes(
  db: Kysely<Database>,
  planId: string,
  { meeting }: { meeting?: number } = {},
): Promise<PublicMinutes[]> {
  const versions = await findPublic(db, planId, meeting)
  return versions.map(({ content: canonical, ...version }) => {
    // The text of a version is the canonical form of a content that was read through the schema.
    const content = JSON.parse(canonical) as Content
    const fields = meetingMinutes.fields.map(({ name, label }) => ({
      ...{ name, label, html: fieldHtml(content.fields[name], { under: 2 }) },
      text: fieldText(content.fields[name] ?? { type: 'doc' }),
    }))
    return { ...version, content, fields: fields.filter(({ text }) => text !== '') }
  })
}
