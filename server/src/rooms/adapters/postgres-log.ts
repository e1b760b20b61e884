import type { Role } from '@cabildo/protocol/http/common'
import { type Kysely, sql } from 'kysely'
import type pg from 'pg'
import { createPool } from '../../db/client.ts'
import type { Database } from '../../db/types.ts'
import type { AppendBatch, AppendOutcome, LoadedDocument, UpdateLog, Writer } from '../ports.ts'
import { replay } from '../replay.ts'

/**
 * The log in PostgreSQL. One statement, and so one transaction and one round trip, stores what every room has waiting:
 * it locks the documents' rows in id order, reads state, head, rights and client bindings under those locks, and then
 * stores each document's batch whole or not at all.
 */

interface AppendedRow {
  place: number
  refusal: 'out_of_sync' | 'frozen' | 'forbidden' | 'foreign_client' | null
  head_seq: number | null
  epoch: number | null
  stored_at: Date | null
}

/*
 * $1-$7 batches, $8-$12 writers of each batch, $13-$15 new client ids, $16-$18 rows, $19 all bytes, $20 the roles that
 * may write. Places and writers are counted from 1, and stand for positions in those arrays: rows find their document,
 * number and writer by position, since a join between such lists would be planned as loops within loops.
 */
const append = `
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

const numbers = (values: readonly number[]): string => `{${values.join(',')}}`

/**
 * The log over a pool. `writers` are the roles whose rows it stores; rights are read again with every commit. Appending
 * keeps a connection's plan: planning the statement anew takes several times as long as running it.
 */
export function createPostgresLog(pool: pg.Pool, { writers }: { writers: readonly Role[] }): UpdateLog {
  // Connections of its own: what is set on them suits this one statement and no other, and a commit never waits for
  // a connection that somebody's long query holds.
  const appending = createPool({
    ...pool.options,
    max: 2,
    allowExitOnIdle: true,
    onConnect: async (client) => {
      await client.query("set plan_cache_mode = 'force_generic_plan'; set jit = off")
    },
  })
  return {
    async append(batches) {
      const { rows } = await appending.query<AppendedRow>({
        name: 'append_updates',
        text: append,
        values: columns(batches, writers),
      })
      return batches.map((_, index) => outcomeOf(rows.find(({ place }) => place === index + 1)))
    },

    async load(documentId) {
      const head = await pool.query<{
        plan_id: string
        status: LoadedDocument['status']
        epoch: number
        head_seq: number
        snapshot_seq: number | null
        state: Buffer | null
      }>(
        `select d.plan_id, d.status, d.epoch, d.head_seq, s.seq as snapshot_seq, s.state
         from document d left join lateral (
           select seq, state from document_snapshot s where s.document_id = d.id and s.seq <= d.head_seq order by s.seq desc limit 1
         ) s on true where d.id = $1`,
        [documentId],
      )
      const [row] = head.rows
      if (!row) return undefined
      const from = row.snapshot_seq ?? 0
      const [tail, clients] = await Promise.all([
        from < row.head_seq ? readRows(pool, documentId, from, row.head_seq) : [],
        pool.query<{ client_id: number; user_id: string }>(
          'select client_id, user_id from document_client where document_id = $1',
          [documentId],
        ),
      ])
      // One string object per person, however many client ids they have used.
      const names = new Map<string, string>()
      const owner = (userId: string): string => {
        const known = names.get(userId)
        if (known !== undefined) return known
        names.set(userId, userId)
        return userId
      }
      return {
        documentId,
        planId: row.plan_id,
        status: row.status,
        epoch: row.epoch,
        headSeq: row.head_seq,
        snapshot: row.state && row.snapshot_seq !== null ? { seq: row.snapshot_seq, state: row.state } : null,
        tail,
        clients: new Map(clients.rows.map(({ client_id, user_id }) => [client_id, owner(user_id)])),
      }
    },

    async saveSnapshot(documentId, seq, state) {
      // Keeps the newest, the ones that versions stand on, and one for each long stretch, so that any past moment is near.
      await pool.query(
        `with kept as (
           insert into document_snapshot (document_id, seq, state) values ($1, $2, $3) on conflict do nothing
         )
         delete from document_snapshot s where s.document_id = $1 and s.seq < $2 and s.seq / 8192 = $2::bigint / 8192
           and not exists (select from version v where v.document_id = s.document_id and v.seq = s.seq)`,
        [documentId, seq, state],
      )
    },

    async stateAt(documentId, seq) {
      const found = await pool.query<{
        head_seq: number
        snapshot_seq: number | null
        state: Buffer | null
        stored_at: Date | null
        user_id: string | null
      }>(
        `select d.head_seq, s.seq as snapshot_seq, s.state, u.stored_at, u.user_id
         from document d
         left join lateral (
           select seq, state from document_snapshot s where s.document_id = d.id and s.seq <= $2 order by s.seq desc limit 1
         ) s on true
         left join document_update u on u.document_id = d.id and u.seq = $2
         where d.id = $1`,
        [documentId, seq],
      )
      const [row] = found.rows
      if (!row || seq > row.head_seq || (seq > 0 && row.stored_at === null)) return undefined
      const rows = await readRows(pool, documentId, row.snapshot_seq ?? 0, seq)
      return { state: replay(row.state, rows), storedAt: row.stored_at, userId: row.user_id }
    },
  }
}

function columns(batches: readonly AppendBatch[], roles: readonly Role[]): unknown[] {
  const w = {
    place: [] as number[],
    user: [] as string[],
    session: [] as (string | null)[],
    group: [] as (string | null)[],
    via: [] as string[],
  }
  const c = { client: [] as number[], writer: [] as number[], number: [] as number[] }
  const r = { writer: [] as number[], number: [] as number[], start: [] as number[], length: [] as number[] }
  const bytes: Uint8Array[] = []
  let start = 1
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
      r.start.push(start)
      r.length.push(row.bytes.length)
      bytes.push(row.bytes)
      start += row.bytes.length
    }
  }
  return [
    batches.map(({ documentId }) => documentId),
    numbers(batches.map(({ epoch }) => epoch)),
    numbers(batches.map(({ baseSeq }) => baseSeq)),
    numbers(batches.map(({ rows }) => rows.length)),
    batches.map(({ raiseEpoch }) => raiseEpoch === true),
    batches.map(({ title }) => title?.replaceAll('\u0000', '') ?? null),
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
    numbers(r.start),
    // All rows' bytes in one value: the driver sends one buffer as it is, but spells out an array of them.
    Buffer.concat(bytes),
    roles,
    numbers(r.length),
  ]
}

function outcomeOf(row: AppendedRow | undefined): AppendOutcome {
  if (row?.refusal) return { kind: 'refused', reason: row.refusal }
  if (!row || row.head_seq === null || row.epoch === null || row.stored_at === null)
    return { kind: 'refused', reason: 'out_of_sync' }
  return { kind: 'stored', headSeq: row.head_seq, epoch: row.epoch, storedAt: row.stored_at }
}

async function readRows(
  pool: pg.Pool,
  documentId: string,
  after: number,
  upTo: number,
): Promise<{ seq: number; bytes: Uint8Array }[]> {
  const { rows } = await pool.query<{ seq: number; bytes: Buffer }>(
    'select seq, bytes from document_update where document_id = $1 and seq > $2 and seq <= $3 order by seq',
    [documentId, after, upTo],
  )
  if (rows.length !== upTo - after)
    throw new Error(`document ${documentId}: the log has ${rows.length} of ${upTo - after} rows after ${after}`)
  return rows
}

/** A document about to be: its first row is the template's seed, written in the name of its creator. */
export interface NewDocument {
  documentId: string
  planId: string
  template: string
  templateVersion: number
  title: string
  writer: Writer
  /** The seed (`seedDocument`), written under this client id. */
  state: Uint8Array
  clientId: number
}

/** Creates a document with its seed as row 1, in the caller's transaction. */
export async function insertDocument(trx: Kysely<Database>, document: NewDocument): Promise<void> {
  const { documentId, planId, writer, clientId } = document
  await sql`
    insert into document (id, plan_id, kind, template, template_version, title, head_seq, changed_at, changed_by, created_by)
    values (${documentId}, ${planId}, 'commitment', ${document.template}, ${document.templateVersion}, ${document.title}, 1,
      clock_timestamp(), ${writer.userId}, ${writer.userId})`.execute(trx)
  await sql`
    insert into document_client (document_id, client_id, user_id, session_id, group_id, via, first_seq)
    values (${documentId}, ${clientId}, ${writer.userId}, ${writer.sessionId}, ${writer.groupId}, 'template', 1)`.execute(
    trx,
  )
  await sql`
    insert into document_update (document_id, seq, user_id, session_id, via, bytes, stored_at)
    select id, 1, ${writer.userId}, ${writer.sessionId}, 'template', ${Buffer.from(document.state)}, changed_at
    from document where id = ${documentId}`.execute(trx)
}
