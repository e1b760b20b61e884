/**
 * A plan's own text: which document it is, what the program knows beside it, and both together as the rows of the form.
 * People write the text in its room, like any other; what the program knows is read from its own rows at the moment of
 * asking, so it can contradict none of them. Who leads a commitment is remembered by the row of its text (leads.ts).
 */
import { AppError } from '@cabildo/protocol/errors'
import type { PlanText } from '@cabildo/protocol/http/plan-text'
import type { Content, JsonNode } from '@cabildo/schema/content'
import { escapeHtml, fieldHtml } from '@cabildo/schema/html'
import { knownText, type PlanKnown } from '@cabildo/schema/plan-known'
import { ogpPlan, type PlanRow, planRows } from '@cabildo/schema/templates/ogp-plan'
import type { Localized } from '@cabildo/schema/templates/template'
import { fieldText } from '@cabildo/schema/text'
import type { Kysely } from 'kysely'
import { may } from '../../auth/rules.ts'
import type { Actor } from '../../auth/sessions.ts'
import type { Database } from '../../db/types.ts'
import type { ContentMemo } from '../../documents/content-memo.ts'
import { enterPlan, groupsOf, holdPlan } from '../../people/service.ts'
import { appendEntry } from '../../record/service.ts'
import type { Rooms } from '../../rooms/ports.ts'
import type { Leads, ReadLeads } from './leads.ts'
import { daysAfter, demandDays, institutionsOf, type PlanChange, sameDays } from './rules.ts'
import { findPlanText, findStanding, findVersion, type PlanTextRow, updatePlan } from './store.ts'

/**
 * Counts the meetings that were held for a plan, and how many of them were open to everybody; null where no meetings are
 * kept. The place for whoever keeps meetings: `app.ts` hands it in.
 */
export type CountMeetings = (db: Kysely<Database>, planId: string) => Promise<PlanKnown['meetings']>

/** What reading a plan's text needs. */
export interface PlanTextDeps {
  db: Kysely<Database>
  rooms: Pick<Rooms, 'read'>
  contentAt: ContentMemo
  leadsOf: ReadLeads
  countMeetings: CountMeetings
}

/**
 * A plan's text as its page opens it: the document to enter, what the program knows, and what the reader may say. How to
 * reach the monitoring body is for those who run the plan; null for everybody else. Guests of a workshop work on its
 * commitments alone: `not_found`.
 */
export async function readPlanText(deps: PlanTextDeps, actor: Actor, plan: string): Promise<PlanText> {
  const { planId, role } = await enterPlan(deps.db, actor, plan, 'plan.open')
  const row = await findPlanText(deps.db, planId)
  if (!row || row.documentId === null || actor.workshopId !== null) throw new AppError('not_found')
  const known = await knownOf(deps, planId, row)
  return {
    // Ids come from `newId`, sectors from a checked column: all already are what the contract promises.
    documentId: row.documentId as PlanText['documentId'],
    epoch: row.epoch ?? 0,
    known: known as PlanText['known'],
    monitorContact: may(role, 'people.know') ? row.monitorContact : null,
    may: { describe: may(role, 'plan.describe'), knowContact: may(role, 'people.know') },
  }
}

/**
 * Says the days of a plan, or how to reach its monitoring body. Days that contradict each other are `invalid`, and the
 * answer names the one to change. Days are entered in the record; the contact is personal data and is not.
 */
export async function describePlan(
  deps: PlanTextDeps,
  actor: Actor,
  plan: string,
  change: PlanChange,
): Promise<PlanText> {
  const planId = await deps.db.transaction().execute(async (trx) => {
    const { planId } = await holdPlan(trx, actor, plan, 'plan.describe')
    const row = await findPlanText(trx, planId)
    if (!row) throw new AppError('not_found')
    const days = daysAfter(row, change)
    demandDays(days)
    const { monitorContact: contact = row.monitorContact } = change
    await updatePlan(trx, planId, { ...days, monitorContact: contact || null })
    if (!sameDays(row, days)) {
      const { start, end, submitted } = days
      const payload = { kind: 'days', start, end, submitted }
      await appendEntry(trx, planId, { type: 'plan', userId: actor.userId, payload })
    }
    return planId
  })
  return readPlanText(deps, actor, planId)
}

async function knownOf(deps: PlanTextDeps, planId: string, row: PlanTextRow): Promise<PlanKnown> {
  const led = await deps.leadsOf(planId, await findStanding(deps.db, planId))
  return knownWith(deps, planId, row, led)
}

async function knownWith(
  { db, countMeetings }: Pick<PlanTextDeps, 'db' | 'countMeetings'>,
  planId: string,
  { start, end, submitted, place }: PlanTextRow,
  led: Leads,
): Promise<PlanKnown> {
  const [groups, meetings] = await Promise.all([groupsOf(db, planId), countMeetings(db, planId)])
  return { start, end, submitted, place, institutions: institutionsOf(led), groups, meetings }
}

/**
 * What the program knows of a plan, with only those leads that are given: for whoever tells the public, which is told of no
 * draft. Undefined when there is no such plan. Asks nobody's leave.
 */
export async function readKnown(
  deps: Pick<PlanTextDeps, 'db' | 'countMeetings'>,
  planId: string,
  led: Leads,
): Promise<PlanKnown | undefined> {
  const row = await findPlanText(deps.db, planId)
  return row && knownWith(deps, planId, row, led)
}

/** One row of the form with what answers it. */
export interface PlanSectionRow {
  /** Its number on the form of OGP Local. */
  row: number
  /** The field of the document, or the name of what the program knows. */
  key: string
  /** `field`: people wrote it. `known`: the program says it by itself. */
  by: 'field' | 'known'
  label: Localized
  /** What the form asks, in our words; null for what the program knows. */
  question: Localized | null
  /** The field as a ProseMirror `doc`, as it is hashed; null for what the program knows. */
  content: JsonNode | null
  /** Safe to serve as it is, headings below an `h3`; empty where there is nothing. The same in both languages for a field. */
  html: Localized
  /** The same as plain text. */
  text: Localized
}

/** A plan's text by the sections of its form. */
export interface PlanSections {
  documentId: string
  /** Which version it is; null for the text as it stands. */
  version: { id: string; number: number; name: string | null; createdAt: Date } | null
  seq: number
  /** Of the whole document's content. */
  contentHash: string
  content: Content
  known: PlanKnown
  sections: { id: string; label: Localized; help: Localized; rows: PlanSectionRow[] }[]
}

/**
 * A plan's text as the rows of its form, for pages and exports: of the text as committed now, or with `versionId` of that
 * version of it (what was approved, say). What the program knows is as of now in both cases. How to reach the monitoring
 * body (row 24) is left out: it is not published. Asks nobody's leave: it is for services that decide themselves who may
 * read, and serve what they decided. Undefined when the plan has no text, or no such version.
 *
 *   const told = await readPlanSections(deps, planId, { versionId })
 *   for (const { label, rows } of told.sections) for (const { label, html } of rows) …
 */
export async function readPlanSections(
  deps: PlanTextDeps,
  planId: string,
  { versionId }: { versionId?: string | undefined } = {},
): Promise<PlanSections | undefined> {
  const row = await findPlanText(deps.db, planId)
  if (!row || row.documentId === null) return undefined
  const { documentId } = row
  const said = versionId === undefined ? await standing(deps, documentId) : await kept(deps.db, documentId, versionId)
  if (!said) return undefined
  const known = await knownOf(deps, planId, row)
  return {
    ...{ documentId, known, ...said },
    sections: ogpPlan.sections.map(({ id, label, help }) => ({
      ...{ id, label, help },
      rows: planRows.filter(({ section }) => section === id).flatMap((one) => rowOf(one, said.content, known)),
    })),
  }
}

type Said = Pick<PlanSections, 'version' | 'seq' | 'content' | 'contentHash'>

async function standing({ rooms, contentAt }: PlanTextDeps, documentId: string): Promise<Said | undefined> {
  const committed = await rooms.read(documentId)
  return committed && { version: null, seq: committed.headSeq, ...contentAt(documentId, committed) }
}

async function kept(db: Kysely<Database>, documentId: string, versionId: string): Promise<Said | undefined> {
  const found = await findVersion(db, documentId, versionId)
  if (!found) return undefined
  const { seq, content, contentHash, ...version } = found
  // The text of a version is the canonical form of a content that was read through the schema.
  return { version, seq, contentHash, content: JSON.parse(content) as Content }
}

function rowOf(one: PlanRow, { fields }: Content, known: PlanKnown): PlanSectionRow[] {
  if (one.by === 'private') return []
  if (one.by === 'known') {
    const text = { es: knownText(known, one.known, 'es'), en: knownText(known, one.known, 'en') }
    const html = { es: lines(text.es), en: lines(text.en) }
    return [{ row: one.row, key: one.known, by: 'known', label: one.label, question: null, content: null, html, text }]
  }
  const field = ogpPlan.fields.find(({ name }) => name === one.field)
  if (!field) throw new Error(`the form has no field ${one.field}`)
  const content = fields[one.field] ?? { type: 'doc' }
  const text = fieldText(content)
  const html = text === '' ? '' : fieldHtml(content, { under: 3 })
  const { label, question } = field
  return [
    {
      ...{ row: one.row, key: one.field, by: 'field', label, question, content },
      ...{ html: { es: html, en: html }, text: { es: text, en: text } },
    },
  ]
}

/** One line as a paragraph, several as a list. */
function lines(text: string): string {
  const all = text.split('\n').filter((line) => line !== '')
  if (all.length <= 1) return all.map((line) => `<p>${escapeHtml(line)}</p>`).join('')
  return `<ul>${all.map((line) => `<li>${escapeHtml(line)}</li>`).join('')}</ul>`
}
