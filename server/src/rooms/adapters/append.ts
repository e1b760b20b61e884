import type { Role } from '@cabildo/protocol/http/common'
import type { AppendBatch, AppendOutcome, AppendRow, Writer } from '../ports.ts'

/*
 * The two statements that store what rooms have waiting, and how batches become their values and rows become outcomes.
 * Either is one transaction and one round trip: it locks the documents' rows in id order, reads state, head, rights and
 * client bindings under those locks, and then stores each document's batch whole or not at all.
 */

/*
 * $1-$8 batches, $9-$13 writers of each batch, $14-$16 new client ids, $17-$20 rows, $21 all bytes, $22 the roles that may
 * write, $23 how many batches, $24 the roles that may write in the documents of an open workshop they take part in, $25 on whose
 * behalf each writer types or whose proposal they accept, $26 the roles that may type for others, $27 those that may accept. Places and writers are counted from 1 and stand for positions in those arrays. Lists are
 * matched by position and never joined with each other: the planner, which cannot know how long they are, would go
 * through the one for each entry of the other.
 */
/** Stores the batches of many documents, each whole or not at all, and says why it refused one. */
export const append = `
with locked as materialized (
  select b.*, d.plan_id as its_plan, d.status, d.epoch as its_epoch, d.head_seq as its_head, d.changed_at
  from unnest($1::text[], $2::text[], $3::int[], $4::bigint[], $5::int[], $6::boolean[], $7::text[], $8::text[])
    with ordinality as b (document_id, plan_id, epoch, base_seq, row_count, raise_epoch, title, changed_by, place)
  join document d on d.id = b.document_id
  order by d.id for no key update of d
), forbidden as materialized (
  select array_agg(w.place) as places
  from unnest($9::int[], $10::text[], $11::text[], $25::text[], $13::text[]) as w (place, user_id, session_id, behalf_id, via)
  left join member m on m.plan_id = ($2::text[])[w.place] and m.user_id = w.user_id
    and m.suspended_at is null
    and case when w.via = 'proposal' then m.role = any($27::text[]) and (w.behalf_id is null or exists (
      select from user_account their where their.id = w.behalf_id and their.erased_at is null
    )) when w.behalf_id is not null then m.role = any($26::text[]) and exists (
      select from workshop_participant p
      join workshop ws on ws.id = p.workshop_id and ws.closed_at is null and ws.ends_at > now()
      join workshop_document wd on wd.workshop_id = p.workshop_id and wd.document_id = ($1::text[])[w.place]
      join member theirs on theirs.plan_id = m.plan_id and theirs.user_id = p.user_id and theirs.suspended_at is null
      join user_account their on their.id = p.user_id and their.suspended_at is null and their.erased_at is null
      where p.user_id = w.behalf_id and p.user_id <> w.user_id
        and p.muted_at is null and p.removed_at is null and p.merged_into is null
        and exists (
          select from consent c where c.user_id = p.user_id and c.plan_id = m.plan_id and c.withdrawn_at is null)
    ) else (m.role = any($22::text[]) or (m.role = any($24::text[]) and exists (
      select from workshop_participant p
      join workshop ws on ws.id = p.workshop_id and ws.closed_at is null and ws.ends_at > now()
      join workshop_document wd on wd.workshop_id = p.workshop_id and wd.document_id = ($1::text[])[w.place]
      where p.user_id = w.user_id and p.muted_at is null and p.removed_at is null and p.merged_into is null
    ))) end
  left join user_account u on u.id = w.user_id and u.suspended_at is null
  left join session s on s.id = w.session_id and s.user_id = w.user_id and s.ended_at is null
    and s.idle_expires_at > now() and s.absolute_expires_at > now()
    and (u.password_changed_at is null or u.password_changed_at <= s.created_at)
  where m.user_id is null or u.id is null or (w.session_id is not null and s.id is null)
), foreign_ids as materialized (
  select array_agg(($9::int[])[c.writer]) as places
  from unnest($14::bigint[], $15::int[]) as c (client_id, writer)
  join document_client held on held.document_id = ($1::text[])[($9::int[])[c.writer]] and held.client_id = c.client_id
  where held.user_id <> ($10::text[])[c.writer] or held.behalf_id is distinct from ($25::text[])[c.writer]
), verdict as materialized (
  select l.*, case
    when l.its_head <> l.base_seq or l.its_epoch <> l.epoch or l.its_plan <> l.plan_id then 'out_of_sync'
    when l.status <> 'open' then 'frozen'
    when l.place = any(forbidden.places) then 'forbidden'
    when l.place = any(foreign_ids.places) then 'foreign_client'
  end as refusal
  from locked l cross join forbidden cross join foreign_ids
), moved as (
  update document d set
    head_seq = v.base_seq + v.row_count,
    epoch = v.epoch + v.raise_epoch::int,
    title = coalesce(v.title, d.title),
    changed_at = greatest(clock_timestamp(), v.changed_at),
    changed_by = v.changed_by
  from verdict v where v.refusal is null and d.id = v.document_id
  returning d.changed_at
), commit as materialized (
  select max(changed_at) as at, array(
    select generate_series(1, $23::int) except select place::int from verdict where refusal is null
  ) as refused
  from moved
), bound as (
  insert into document_client (document_id, client_id, user_id, session_id, group_id, via, first_seq, bound_at, behalf_id)
  select ($1::text[])[w.place], c.client_id, ($10::text[])[c.writer], ($11::text[])[c.writer], ($12::text[])[c.writer],
    ($13::text[])[c.writer], ($4::bigint[])[w.place] + c.number, commit.at, ($25::text[])[c.writer]
  from unnest($14::bigint[], $15::int[], $16::int[]) as c (client_id, writer, number)
    cross join lateral (select ($9::int[])[c.writer] as place) w cross join commit
  where not w.place = any(commit.refused)
  on conflict (document_id, client_id) do nothing
), added as (
  insert into document_update (document_id, seq, user_id, session_id, via, bytes, stored_at, behalf_id)
  select ($1::text[])[w.place], ($4::bigint[])[w.place] + r.number, ($10::text[])[r.writer], ($11::text[])[r.writer],
    ($13::text[])[r.writer], substring($21::bytea from r.start for r.length), commit.at, ($25::text[])[r.writer]
  from unnest($17::int[], $18::int[], $19::int[], $20::int[]) as r (writer, number, start, length)
    cross join lateral (select ($9::int[])[r.writer] as place) w cross join commit
  where not w.place = any(commit.refused)
)
select v.place::int, v.refusal, commit.at as stored_at from verdict v cross join commit`

/*
 * The same for what is nearly always there: rows of one writer in one document, for themselves, nothing to bind,
 * nothing to raise, and a role that may always write. It stores or does nothing; when it does nothing the statement above says why, or stores. It
 * takes a third of the time.
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

/** The roles whose rows are stored: everywhere in their plan, and in the documents of a workshop they take part in. */
export interface WritingRoles {
  always: readonly Role[]
  workshop: readonly Role[]
  /** Those who may type on behalf of a participant of an open workshop. */
  behalf: readonly Role[]
  /** Those who may accept what somebody proposed. */
  proposal: readonly Role[]
}

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
      ({ writer, via, newClients }) =>
        newClients.length > 0 ||
        writer.behalfId !== undefined ||
        via === 'proposal' ||
        via !== first.via ||
        !sameWriter(writer, first.writer),
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

/** A title as lists show it: a document's first field may be far longer. PostgreSQL's text cannot hold U+0000. */
const storable = (title: string | undefined): string | null => title?.replaceAll('\u0000', '').slice(0, 300) ?? null

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
export function appendValues(
  batches: readonly AppendBatch[],
  { always: roles, workshop, behalf, proposal }: WritingRoles,
): unknown[] {
  const w = {
    place: [] as number[],
    user: [] as string[],
    session: [] as (string | null)[],
    group: [] as (string | null)[],
    via: [] as string[],
    behalf: [] as (string | null)[],
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
          w.group[at] === writer.groupId &&
          w.behalf[at] === (writer.behalfId ?? null)
        )
          return at + 1
      }
      w.user.push(writer.userId)
      w.session.push(writer.sessionId)
      w.group.push(writer.groupId)
      w.via.push(via)
      w.behalf.push(writer.behalfId ?? null)
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
    batches.map(({ planId }) => planId),
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
    numbers(lengths),
    bytes,
    roles,
    batches.length,
    workshop,
    w.behalf,
    behalf,
    proposal,
  ]
}

/** One document's answer from `append`. Documents that do not exist have none. */
export interface AppendedRow {
  place: number
  refusal: 'out_of_sync' | 'frozen' | 'forbidden' | 'foreign_client' | null
  stored_at: Date | null
}

/** What the answer of `append` says became of each batch. */
export function outcomesOf(batches: readonly AppendBatch[], answered: readonly AppendedRow[]): AppendOutcome[] {
  const outcomes: AppendOutcome[] = batches.map(() => ({ kind: 'refused', reason: 'out_of_sync' }))
  for (const { place, refusal, stored_at: storedAt } of answered) {
    const batch = batches[place - 1]
    if (!batch) continue
    if (refusal !== null) outcomes[place - 1] = { kind: 'refused', reason: refusal }
    else if (storedAt) outcomes[place - 1] = storedAs(batch, storedAt)
  }
  return outcomes
}

/** The outcome of a batch that was stored whole. */
export function storedAs({ baseSeq, rows, epoch, raiseEpoch }: AppendBatch, storedAt: Date): AppendOutcome {
  return { kind: 'stored', headSeq: baseSeq + rows.length, epoch: raiseEpoch ? epoch + 1 : epoch, storedAt }
}
