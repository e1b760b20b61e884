/** What the plan itself says to the public: the text that was published last, what the program knows, and its life. */

import { setImmediate } from 'node:timers/promises'
import { planRuleOf } from '@cabildo/protocol/lifecycle'
import type { WrittenLanguage } from '@cabildo/protocol/names'
import { canonicalJson, contentHash } from '@cabildo/schema/canonical'
import type { Content } from '@cabildo/schema/content'
import { fieldHtml } from '@cabildo/schema/html'
import { knownText, type PlanKnown } from '@cabildo/schema/plan-known'
import { ogpPlan, type PlanKnownKey, planRows } from '@cabildo/schema/templates/ogp-plan'
import { fieldText } from '@cabildo/schema/text'
import type { Kysely } from 'kysely'
import type { PlanStepRow } from '../approvals/plan/rules.ts'
import { findPlanSteps } from '../approvals/plan/store.ts'
import type { WindowRow } from '../approvals/windows/rules.ts'
import type { Database } from '../db/types.ts'
import { findPublications, type PublicationRow } from '../plans/publication/store.ts'
import { isEmptyDoc } from './public-text.ts'
import type { PublicEvent, PublicFact, PublicPlan, PublicSection, PublicText } from './reading.ts'
import { findVersion } from './store.ts'

/** What is made of a version of a plan's text alone. Others get it too: do not change it. */
interface ReadPlanText {
  canonical: string
  hash: string
  seq: number
  fields: Omit<PublicSection, 'version'>[]
}

/** Remembers texts by version and what it says now. */
export type PlanTextMemo = Map<string, ReadPlanText>

const mostTexts = 32

/** The plan's own part of what is public. */
export interface PlanPart extends Pick<PublicPlan, 'text' | 'sections'> {
  events: PublicEvent[]
}

/** Reads the text of a plan that was published last, and what happened to the plan since it was announced. */
export async function readPlanPart(
  { db, texts = new Map() }: { db: Kysely<Database>; texts?: PlanTextMemo },
  planId: string,
): Promise<PlanPart> {
  const [steps, publications] = await Promise.all([findPlanSteps(db, planId), findPublications(db, planId)])
  const events = [...planEventsOf(steps), ...publications.map(publicationEvent)]
  const last = publications.at(-1)
  if (!last) return { text: null, sections: [], events }
  const read = await readText(db, texts, last)
  const { documentId, id, number, name, publishedHash, publishedAt, entry } = last
  const version = { documentId, id, number, name, seq: read.seq, contentHash: read.hash }
  const text: PublicText = {
    ...{ version, entry, canonical: read.canonical },
    publishedAt: publishedAt.toISOString(),
    redacted: read.hash !== publishedHash,
  }
  return { text, sections: read.fields.map((field) => ({ ...field, version })), events }
}

async function readText(db: Kysely<Database>, texts: PlanTextMemo, row: PublicationRow): Promise<ReadPlanText> {
  const key = `${row.id} ${row.contentHash}`
  const known = texts.get(key)
  if (known) return known
  const version = await findVersion(db, row.documentId, row.id)
  // A foreign key holds it.
  if (!version) throw new Error(`document ${row.documentId} has no version ${row.id}`)
  const content = JSON.parse(version.content) as Content
  const fields: ReadPlanText['fields'] = []
  for (const { id, label, fields: names } of ogpPlan.sections)
    for (const name of names) {
      // Rooms share this thread: they have their turn before each clause.
      await setImmediate()
      const field = sectionOf(content, name)
      if (field) fields.push({ ...field, section: { id, label } })
    }
  const read = { canonical: canonicalJson(content), hash: contentHash(content), seq: version.seq, fields }
  texts.set(key, read)
  const [oldest] = texts.keys()
  if (texts.size > mostTexts && oldest !== undefined) texts.delete(oldest)
  return read
}

function sectionOf({ fields }: Content, name: string): Omit<PublicSection, 'version' | 'section'> | undefined {
  const field = ogpPlan.fields.find((one) => one.name === name)
  const row = planRows.find((one) => one.by === 'field' && one.field === name)
  if (!field || !row) return undefined
  const content = fields[name] ?? { type: 'doc' }
  const { kind, label, question } = field
  const [html, text] = [fieldHtml(content, { under: 3 }), fieldText(content)]
  return {
    ...{ key: name, number: row.row, kind, label, question, content },
    ...{ html: { es: html, en: html }, text: { es: text, en: text } },
    ...{ hash: contentHash(content), empty: isEmptyDoc(content) },
  }
}

/** Rows of the form that the program answers, once each. Groups and meetings are told with their own lists. */
const keys = ['title', 'institutions', 'submissionYear', 'submitted', 'end', 'duration'] as const

/** What a plan is at a glance: what the program knows, as far as it is known. */
export function planFactsOf(known: PlanKnown): PublicFact[] {
  return keys.flatMap((key) => {
    const text = { es: wordsOf(known, key, 'es'), en: wordsOf(known, key, 'en') }
    const label = planRows.find((row) => row.by === 'known' && row.known === key && row.row > 1)
    if (text.es === '' || label?.by !== 'known') return []
    const value = key === 'institutions' ? known.institutions.map(({ name }) => name) : (dayOf(known, key) ?? text.es)
    return [{ key, label: label.label, value, text }]
  })
}

const wordsOf = (known: PlanKnown, key: PlanKnownKey, language: WrittenLanguage): string =>
  knownText(known, key, language).replaceAll('\n', '; ')

function dayOf({ end, submitted }: PlanKnown, key: PlanKnownKey): string | null {
  return key === 'end' ? end : key === 'submitted' ? submitted : null
}

const plain = { act: null, planAct: null, state: null, number: null, closesAt: null, commitment: null } as const

/**
 * What happened to a plan since it was announced first, oldest first. Reasons are told, but not why somebody returned what
 * was not public.
 */
function planEventsOf(steps: readonly PlanStepRow[]): PublicEvent[] {
  const first = steps.findIndex(({ was }) => was === 'planning')
  if (first < 0) return []
  return steps.slice(first).map(({ act, state, reason, closesAt, entry, at }) => ({
    ...plain,
    at: at.toISOString(),
    ...{ kind: 'plan' as const, planAct: act, state, title: '', contentHash: null, entry },
    reason: planRuleOf(act).back && act === 'return' ? null : reason,
    closesAt: closesAt?.toISOString() ?? null,
  }))
}

function publicationEvent({ number, name, publishedHash, publishedAt, entry }: PublicationRow): PublicEvent {
  return {
    ...plain,
    at: publishedAt.toISOString(),
    ...{ kind: 'text', number, title: name ?? '', reason: null, contentHash: publishedHash, entry },
  }
}

/** The time of a plan in which everybody can say what they think, as far as one is under way. */
export function windowOf(windows: readonly WindowRow[], state: string): PublicPlan['window'] {
  const window = windows.find(({ documentId }) => documentId === null)
  if (!window || (state !== 'gathering' && state !== 'consultation')) return null
  return { state, opensAt: window.opensAt.toISOString(), closesAt: window.closesAt.toISOString() }
}
