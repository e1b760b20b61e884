/** What has a name on a document's log: named versions, workshops, meetings, decisions and consultations. */
import type { TimelineMark } from '@cabildo/protocol/http/authorship'
import type { Kysely } from 'kysely'
import type { Actor } from '../../auth/sessions.ts'
import type { Database } from '../../db/types.ts'
import { enterDocument } from '../../people/service.ts'
import { findDecisionMarks, findSpans, findVersionMarks, type SpanRow } from './store.ts'

/**
 * The marks on a document's log, in its order; what is at the same entry, in the order of time. Whoever may read the document
 * may read all of them elsewhere, but for workshops: a guest hears of none but theirs.
 */
export async function readMarks(
  { db }: { db: Kysely<Database> },
  actor: Actor,
  documentId: string,
): Promise<TimelineMark[]> {
  const { planId } = await enterDocument(db, actor, documentId, 'document.open')
  const [spans, decisions, versions] = await Promise.all([
    findSpans(db, { planId, documentId }, actor.workshopId),
    findDecisionMarks(db, { planId, documentId }),
    findVersionMarks(db, documentId),
  ])
  const placed = [
    ...spans.map((span) => ({ at: span.ends, mark: markOf(span) })),
    ...decisions.map(({ seq, at, ...decision }) => ({
      at,
      mark: { kind: 'decision' as const, ...decision, at: at.toISOString(), fromSeq: seq, toSeq: seq },
    })),
    ...versions.map(({ seq, at, ...version }) => ({
      at,
      mark: { kind: 'version' as const, ...version, at: at.toISOString(), fromSeq: seq, toSeq: seq },
    })),
  ].sort((a, b) => a.mark.toSeq - b.mark.toSeq || a.at.getTime() - b.at.getTime())
  // Ids come from `newId`: already what their brands promise.
  return placed.map(({ mark }) => mark as TimelineMark)
}

function markOf({ kind, id, title, heldOn, number, state, ofPlan, begins, ends, fromSeq, toSeq }: SpanRow) {
  if (kind !== 'consultation') return { kind, id, title, heldOn, fromSeq, toSeq }
  return {
    ...{ kind, number, state, fromSeq, toSeq },
    of: ofPlan ? 'plan' : 'commitment',
    opensAt: begins.toISOString(),
    closesAt: ends.toISOString(),
  }
}
