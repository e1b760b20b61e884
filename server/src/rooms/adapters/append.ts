import type { Role } from '@cabildo/protocol/http/common'
import type { AppendBatch, AppendOutcome, AppendRow, Writer } from '../ports.ts'

/*
 * The two statements that store what rooms have waiting, and how batches become their values and rows become outcomes.
 * Either is one transaction and one round trip: it locks the documents' rows in id order, reads state, head, rights and
 * client bindings under those locks, and then stores each document's batch whole or not at all.
 */

/*
 * $1-$7 batches, $8-$12 writers of each batch, $13-$15 new client ids, $16-$18 rows, $19 all bytes, $20 the roles that
 * may write. Places and writers are counted from 1, and stand for positions in those arrays: rows find their document,
 * number and writer by position, since a join between such lists would be planned as loops within loops.
 */
/** Stores the batches of many documents, each whole or not at all, and says why it refused one. */
export const append = `
with batch as materialized (
  select * from unnest($1::text[], $2::int[], $3::bigint[], $4::int[], $5::boolean[], $6::text[], $7::text[])
    with ordinality as b (document_id, epoch, base_seq, row_count, raise_epoch, title, changed_by, place)
), writer as materialized (
  select * from unnest($8::int[], $9::text[], $10::text[]) as w (place, user_id, session_id)
), client as materialized (
  select * from unnest($13::bigint[], $14::int[], $15::int[]) as c (client_id, writer, number)
), locked as materialized (
  select d.id, d.plan_id, d.status, d.epoch, d.head_seq, d.changed_at
  from document d where d.id = any($1::text[]) order by d.id for no key update
), verdict as materialized (
  select b.*, l.changed_at, case
    when l.id is null or l.head_seq <> b.base_seq or l.epoch <> b.epoch then 'out_of_sync'
    when l.status <> 'open' then 'frozen'
    when exists (
      select from writer w
      left join member m on m.plan_id = l.plan_id and m.user_id = w.user_id and m.suspended_at is null and m.role = any($20::text[])
      left join user_account u on u.id = w.user_id and u.suspended_at is null
      left join session s on s.id = w.session_id and s.user_id = w.user_id and s.ended_at is null
        and s.idle_expires_at > now() and s.absolute_expires_at > now()
        and (u.password_changed_at is null or u.password_changed_at <= s.created_at)
      where w.place = b.place
        and (m.user_id is null or u.id is null or (w.session_id is not null and s.id is null))
    ) then 'forbidden'
    when exists (
      select from client c
      join document_client bound on bound.document_id = b.document_id and bound.client_id = c.client_id
      where ($8::int[])[c.writer] = b.place and bound.user_id <> ($9::text[])[c.writer]
    ) then 'foreign_client'
  end as refusal
  from batch b left join locked l on l.id = b.document_id
), moved as (
  update document d set
    head_seq = v.base_seq + v.row_count,
    epoch = v.epoch + v.raise_epoch::int,
    title = coalesce(v.title, d.title),
    changed_at = greatest(clock_timestamp(), v.changed_at),
    changed_by = v.changed_by
  from verdict v where v.refusal is null and d.id = v.document_id
  returning v.place, d.head_seq, d.epoch, d.changed_at
), commit as materialized (
  select array_agg(place::int) as places, max(changed_at) as at from moved
), bound as (
  insert into document_client (document_id, client_id, user_id, session_id, group_id, via, first_seq, bound_at)
  select ($1::text[])[w.place], c.client_id, ($9::text[])[c.writer], ($10::text[])[c.writer], ($11::text[])[c.writer],
    ($12::text[])[c.writer], ($3::bigint[])[w.place] + c.number, commit.at
  from client c cross join lateral (select ($8::int[])[c.writer] as place) w cross join commit
  where w.place = any(commit.places)
  on conflict (document_id, client_id) do nothing
), added as (
  insert into document_update (document_id, seq, user_id, session_id, via, bytes, stored_at)
  select ($1::text[])[w.place], ($3::bigint[])[w.place] + r.number, ($9::text[])[r.writer], ($10::text[])[r.writer],
    ($12::text[])[r.writer], substring($19::bytea from r.start for r.length), commit.at
  from unnest($16::int[], $17::int[], $18::int[], $21::int[]) as r (writer, number, start, length)
    cross join lateral (select ($8::int[])[r.writer] as place) w cross join commit
  where w.place = any(commit.places)
)
select v.place::int, v.refusal, m.head_seq, m.epoch, commit.at as stored_at
from verdict v left join moved m on m.place = v.place cross join commit order by v.place`

/*
 * The same for what is nearly always there: rows of one writer in one document, nothing to bind, nothing to raise. It
 * stores or does nothing; when it does nothing the statement above says why. It takes a third of the time.
 */
export const appendPlain = `
with d as (
  select plan_id, changed_at from document
  where id = $1 and head_seq = $2 and epoch = $3 and status = 'open'
  for no key update
), moved as (
  update document set
    head_seq = $2::bigint + $4, changed_at = greatest(clock_timestamp(), d.changed_at), changed_by = $5, title = coalesce($6, title)
  from d
  where id = $1
    and exists (select from member m where m.plan_id = d.plan_id and m.user_id = $5 and m.suspended_at is null and m.role = any($7::text[]))
    and exists (
      select from user_account u where u.id = $5 and u.suspended_at is null and ($8::text is null or exists (
        select from session s where s.id = $8 and s.user_id = u.id and s.ended_at is null and s.idle_expires_at > now()
          and s.absolute_expires_at > now() and (u.password_changed_at is null or u.password_changed_at <= s.created_at)
      ))
    )
  returning document.changed_at
), added as (
  insert into document_update (document_id, seq, user_id, session_id, via, bytes, stored_at)
  select $1, $2::bigint + r.number, $5, $8, $9, substring($11::bytea from r.start for r.length), moved.changed_at
  from moved cross join unnest($10::int[], $12::int[]) with ordinality as r (start, length, number)
)
select changed_at as stored_at from moved`

const numbers = (values: readonly number[]): string => `{${values.join(',')}}`

/** The values of `appendPlain`, or undefined when the batch needs more than that. */
export function plainValues(
  { documentId, epoch, baseSeq, rows, raiseEpoch, title }: AppendBatch,
  roles: readonly Role[],
): unknown[] | undefined {
  const [first] = rows
  if (
    !first ||
    raiseEpoch ||
    rows.some(
      ({ writer, via, newClients }) => newClients.length > 0 || via !== first.via || !sameWriter(writer, first.writer),
    )
  ) {
    return undefined
  }
  const { userId, sessionId } = first.writer
  const { starts, lengths, bytes } = joined(rows)
  const change = [documentId, baseSeq, epoch, rows.length, userId, storable(title)]
  return [...change, roles, sessionId, first.via, numbers(starts), bytes, numbers(lengths)]
}

const sameWriter = (a: Writer, b: Writer): boolean =>
  a === b || (a.userId === b.userId && a.sessionId === b.sessionId && a.groupId === b.groupId)

/** PostgreSQL's text cannot hold U+0000. */
const storable = (title: string | undefined): string | null => title?.replaceAll('\u0000', '') ?? null

/** All rows' bytes as one value, for the driver sends one buffer as it is but spells out an array of them; and where each
 * begins, counted from 1, with its length. */
function joined(rows: readonly AppendRow[]): { starts: number[]; lengths: number[]; bytes: Buffer } {
  const starts: number[] = []
  let start = 1
  for (const { bytes } of rows) {
    starts.push(start)
    start += bytes.length
  }
  return {
    starts,
    lengths: rows.map(({ bytes }) => bytes.length),
    bytes: Buffer.concat(rows.map(({ bytes }) => bytes)),
  }
}

/** The values of `append`. */
export function appendValues(batches: readonly AppendBatch[], roles: readonly Role[]): unknown[] {
  const w = {
    place: [] as number[],
    user: [] as string[],
    session: [] as (string | null)[],
    group: [] as (string | null)[],
    via: [] as string[],
  }
  const c = { client: [] as number[], writer: [] as number[], number: [] as number[] }
  const r = { writer: [] as number[], number: [] as number[] }
  for (const [index, { rows }] of batches.entries()) {
    const first = w.place.length
    const writerOf = (writer: Writer, via: string): number => {
      for (let at = first; at < w.place.length; at++) {
        if (
          w.via[at] === via &&
          w.user[at] === writer.userId &&
          w.session[at] === writer.sessionId &&
          w.group[at] === writer.groupId
        )
          return at + 1
      }
      w.user.push(writer.userId)
      w.session.push(writer.sessionId)
      w.group.push(writer.groupId)
      w.via.push(via)
      return w.place.push(index + 1)
    }
    let number = 0
    for (const row of rows) {
      number++
      const writer = writerOf(row.writer, row.via)
      for (const client of row.newClients) {
        c.client.push(client)
        c.writer.push(writer)
        c.number.push(number)
      }
      r.writer.push(writer)
      r.number.push(number)
    }
  }
  const { starts, lengths, bytes } = joined(batches.flatMap(({ rows }) => rows))
  return [
    batches.map(({ documentId }) => documentId),
    numbers(batches.map(({ epoch }) => epoch)),
    numbers(batches.map(({ baseSeq }) => baseSeq)),
    numbers(batches.map(({ rows }) => rows.length)),
    batches.map(({ raiseEpoch }) => raiseEpoch === true),
    batches.map(({ title }) => storable(title)),
    batches.map(({ rows }) => rows.at(-1)?.writer.userId ?? null),
    numbers(w.place),
    w.user,
    w.session,
    w.group,
    w.via,
    numbers(c.client),
    numbers(c.writer),
    numbers(c.number),
    numbers(r.writer),
    numbers(r.number),
    numbers(starts),
    bytes,
    roles,
    numbers(lengths),
  ]
}

/** One document's answer from `append`. */
export interface AppendedRow {
  place: number
  refusal: 'out_of_sync' | 'frozen' | 'forbidden' | 'foreign_client' | null
  head_seq: number | null
  epoch: number | null
  stored_at: Date | null
}

/** What a row of `append` says became of its batch. */
export function outcomeOf(row: AppendedRow | undefined): AppendOutcome {
  if (row?.refusal) return { kind: 'refused', reason: row.refusal }
  if (!row || row.head_seq === null || row.epoch === null || row.stored_at === null)
    return { kind: 'refused', reason: 'out_of_sync' }
  return { kind: 'stored', headSeq: row.head_seq, epoch: row.epoch, storedAt: row.stored_at }
}
