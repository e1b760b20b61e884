import type { RequestState } from '@cabildo/protocol/http/approvals'
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../db/types.ts'
import { townZone } from '../../town-time.ts'

/** So many of each kind, the latest. */
const most = 200

/** Something that went on for a time, with the rows of a document that were stored meanwhile. */
export interface SpanRow {
  kind: 'workshop' | 'meeting' | 'consultation'
  id: string
  /** Empty, as the day is, for a consultation, which has neither. */
  title: string
  heldOn: string
  number: number
  state: string
  ofPlan: boolean
  begins: Date
  ends: Date
  /** Both are the last row before its end when nothing was stored. */
  fromSeq: number
  toSeq: number
}

/**
 * Reads what went on while a document was written: the workshops on it during which something was stored (`only`: this one
 * alone), the meetings of its plan that were held and were not such a workshop, and the consultations of the document and of
 * the plan. A meeting without clock times lasts its day, in Panama, as the days of meetings are. What ended before the first
 * row is left out; what ended first comes first. Rows are in the order of their times, so the ends of each are found by
 * halving, whatever the log's length.
 */
export async function findSpans(
  db: Kysely<Database>,
  { planId, documentId }: { planId: string; documentId: string },
  only: string | null,
): Promise<SpanRow[]> {
  const { rows } = await sql<SpanRow>`
    with recursive workshops as (
      select w.id, w.title, w.held_on, w.opened_at, least(w.ends_at, w.closed_at) as ended_at
      from workshop_document d
      join workshop w on w.id = d.workshop_id
      where d.document_id = ${documentId} and (${only}::text is null or w.id = ${only})
      order by w.opened_at desc limit ${most}
    ), meetings as (
      select m.id, m.title, m.number, m.held_on,
        (m.held_on + coalesce(m.starts, '00:00')) at time zone ${townZone} as begins,
        (m.held_on + coalesce(m.ends, '24:00')) at time zone ${townZone} as ends
      from meeting m
      where m.plan_id = ${planId} and m.state = 'held' and not exists (select from workshops w where w.id = m.workshop_id)
      order by m.held_on desc, m.number desc limit ${most}
    ), windows as (
      select c.id, c.number, c.state, c.document_id is null as of_plan, c.opens_at,
        coalesce(c.ended_at, c.closes_at) as closes_at
      from consultation_window c
      where c.plan_id = ${planId} and (c.document_id is null or c.document_id = ${documentId}) and c.opens_at <= now()
      order by c.opens_at desc limit ${most}
    ), span as materialized (
      select 'workshop' as kind, id, title, to_char(held_on, 'YYYY-MM-DD') as held_on, 0 as number, '' as state,
        false as of_plan, opened_at as begins, ended_at as ends from workshops
      union all
      select 'meeting', id, title, to_char(held_on, 'YYYY-MM-DD'), number, '', true, begins, ends from meetings
      union all
      select 'consultation', id, '', '', number, state, of_plan, opens_at, closes_at from windows
    ), edge (kind, id, is_end, at, low, high) as (
      select s.kind, s.id, e.is_end, e.at, 0::bigint, d.head_seq
      from span s
      join document d on d.id = ${documentId}
      cross join lateral (values (false, s.begins - interval '1 microsecond'), (true, s.ends)) e (is_end, at)
      union all
      select e.kind, e.id, e.is_end, e.at,
        case when u.stored_at <= e.at then u.seq else e.low end,
        case when u.stored_at <= e.at then e.high else u.seq - 1 end
      from edge e
      join document_update u on u.document_id = ${documentId} and u.seq = (e.low + e.high + 1) / 2
      where e.low < e.high
    )
    select s.*, least(before.low + 1, upto.low) as from_seq, upto.low as to_seq
    from span s
    join edge before on before.kind = s.kind and before.id = s.id and not before.is_end and before.low = before.high
    join edge upto on upto.kind = s.kind and upto.id = s.id and upto.is_end and upto.low = upto.high
    where upto.low > 0 and (s.kind <> 'workshop' or before.low < upto.low)
    order by upto.low, s.ends, s.begins, s.kind, s.id`.execute(db)
  return rows
}

/** A request that the text be approved, and since when it is what it is. */
export interface DecisionMarkRow {
  id: string
  number: number
  state: RequestState
  seq: number
  at: Date
}

/** Reads the requests that a document of a plan be approved. */
export async function findDecisionMarks(
  db: Kysely<Database>,
  { planId, documentId }: { planId: string; documentId: string },
): Promise<DecisionMarkRow[]> {
  const rows = await db
    .selectFrom('approvalRequest as r')
    .where('r.planId', '=', planId)
    .where('r.documentId', '=', documentId)
    .select(['r.id', 'r.number', 'r.state', 'r.headSeq as seq'])
    .select((eb) =>
      eb.fn
        .coalesce(
          'r.closedAt',
          eb
            .selectFrom('approvalDecision as d')
            .whereRef('d.requestId', '=', 'r.id')
            .where('r.state', '=', 'approved')
            .select(({ fn }) => fn.max('d.decidedAt').as('at')),
          'r.requestedAt',
        )
        .as('at'),
    )
    .orderBy('r.number', 'desc')
    .limit(most)
    .execute()
  // A check in the database holds the column to its values.
  return rows.map((row) => ({ ...row, state: row.state as RequestState }))
}

/** A version that somebody named. */
export interface VersionMarkRow {
  id: string
  number: number
  name: string
  seq: number
  at: Date
}

/** Reads the versions of a document that somebody named. */
export async function findVersionMarks(db: Kysely<Database>, documentId: string): Promise<VersionMarkRow[]> {
  const rows = await db
    .selectFrom('version')
    .where('documentId', '=', documentId)
    .where('name', 'is not', null)
    .select(['id', 'number', 'seq', 'createdAt as at'])
    .select(({ fn, val }) => fn.coalesce('name', val('')).as('name'))
    .orderBy('number', 'desc')
    .limit(most)
    .execute()
  return rows
}
