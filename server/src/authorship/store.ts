import { type Kysely, sql } from 'kysely'
import type { Database } from '../db/types.ts'

/** Rows of one sender that came together: what they have in common, and their bytes one after another. */
export interface RowPack {
  userId: string
  /** On whose behalf the sender typed; null when for themselves. */
  behalfId: string | null
  via: string
  bytes: Uint8Array
}

/**
 * A stretch of a document's log. Nothing is made for a row by itself: there are hundreds of thousands, nearly all of them a
 * letter.
 */
export interface LogPage {
  /** Places, from 0: `seq` of one is `first` and its place. */
  readonly first: number
  readonly length: number
  /** Bytes of all rows. */
  readonly size: number
  /** The pack that a row came in; undefined where the log has no such row. */
  packAt(place: number): RowPack | undefined
  /** Where the row's bytes begin and end in those of its pack. */
  fromAt(place: number): number
  endAt(place: number): number
}

/** Reads the last row of a document's log; undefined when there is no such document. */
export async function findHead(db: Kysely<Database>, documentId: string): Promise<number | undefined> {
  const row = await db.selectFrom('document').where('id', '=', documentId).select('headSeq').executeTakeFirst()
  return row?.headSeq
}

/** Rows whose bytes come as one value, which stays far from what a value may hold when each is as large as a frame. */
const rowsInValue = 64

/**
 * Reads rows after `after` and up to `upTo`, in order. The range is held in memory, its gaps too: what is read at once is
 * bounded by it and not by a limit, since of a table that it knows nothing of yet, PostgreSQL would sort all rows that are
 * left for each page. They come packed by sender, since a row of its own for each costs several times what is computed from
 * it; in no order, which would cost PostgreSQL half as much again: each is put in its place here. In base64, which is a third
 * shorter than the driver's digits and decoded in a quarter of the time.
 */
export async function findRows(
  db: Kysely<Database>,
  documentId: string,
  { after, upTo }: { after: number; upTo: number },
): Promise<LogPage> {
  const { rows } = await sql<Omit<RowPack, 'bytes'> & { packed: string }>`
    select user_id, behalf_id, via,
      encode(string_agg(int8send((seq - ${after}::bigint) << 32 | octet_length(bytes)) || bytes, ''), 'base64') as packed
    from document_update
    where document_id = ${documentId} and seq > ${after}::bigint and seq <= ${upTo}::bigint
    group by (seq - ${after}::bigint) / ${rowsInValue}::bigint, user_id, behalf_id, via`.execute(db)
  const length = upTo - after
  const packs: RowPack[] = []
  // Of each place: its pack, counted from 1, and where its bytes are there.
  const [packOf, from, end] = [new Int32Array(length), new Int32Array(length), new Int32Array(length)]
  let size = 0
  for (const { packed, ...common } of rows) {
    const bytes = Buffer.from(packed, 'base64')
    packs.push({ ...common, bytes })
    for (let at = 0; at < bytes.length; ) {
      const place = bytes.readUInt32BE(at) - 1
      packOf[place] = packs.length
      from[place] = at + 8
      at += 8 + bytes.readUInt32BE(at + 4)
      end[place] = at
      size += at - (from[place] ?? at)
    }
  }
  return {
    ...{ first: after + 1, length, size },
    packAt: (place) => packs[(packOf[place] ?? 0) - 1],
    fromAt: (place) => from[place] ?? 0,
    endAt: (place) => end[place] ?? 0,
  }
}

/** For which group somebody's words are from a row on. */
export interface Binding {
  /** Whose words they are: of the person on whose behalf they were typed, or of who typed them. */
  userId: string
  groupId: string | null
  firstSeq: number
}

/** Reads for which groups people began to write, or to have written, after row `after` and up to `upTo`, in order. */
export function findBindings(
  db: Kysely<Database>,
  documentId: string,
  { after, upTo }: { after: number; upTo: number },
): Promise<Binding[]> {
  return db
    .selectFrom('documentClient')
    .select(['groupId', 'firstSeq'])
    .select(({ fn }) => fn.coalesce('behalfId', 'userId').as('userId'))
    .where('documentId', '=', documentId)
    .where('firstSeq', '>', after)
    .where('firstSeq', '<=', upTo)
    .orderBy('firstSeq')
    .execute()
}

/** Reads the kept authorship of an epoch nearest to a row, from before it or at it. */
export function findKept(
  db: Kysely<Database>,
  documentId: string,
  { seq, epoch }: { seq: number; epoch: number },
): Promise<{ seq: number; state: Uint8Array } | undefined> {
  return db
    .selectFrom('documentAuthorship')
    .where('documentId', '=', documentId)
    .where('seq', '<=', seq)
    .where('epoch', '=', epoch)
    .select(['seq', 'state'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** Keeps an authorship, if its epoch is still the document's. Of those before it, the last of each `stretch` of rows stays, so that any past moment is near. */
export async function keep(
  db: Kysely<Database>,
  documentId: string,
  { seq, epoch, state, stretch }: { seq: number; epoch: number; state: Uint8Array; stretch: number },
): Promise<void> {
  await sql`
    with held as materialized (
      select id, epoch from document where id = ${documentId} and epoch = ${epoch} for share
    ), kept as (
      insert into document_authorship (document_id, seq, epoch, state)
      select id, ${seq}, epoch, ${Buffer.from(state)}::bytea from held
      on conflict (document_id, seq) do update set state = excluded.state, epoch = excluded.epoch
    )
    delete from document_authorship
    where document_id = ${documentId} and seq < ${seq} and seq / ${stretch}::bigint = ${seq}::bigint / ${stretch}::bigint
      and seq % ${stretch}::bigint <> 0`.execute(db)
}

/** Forgets what is kept of a document: it is of another algorithm, or damaged. */
export async function forget(db: Kysely<Database>, documentId: string): Promise<void> {
  await db.deleteFrom('documentAuthorship').where('documentId', '=', documentId).execute()
}

/** A row of the log with the workshop during which it was written. */
export interface MomentRow {
  at: Date
  userId: string
  /** On whose behalf; null when for themselves. `groupId` is then that person's. */
  behalfId: string | null
  via: string
  groupId: string | null
  workshopId: string | null
  title: string | null
  heldOn: string | null
}

/** Reads who wrote a row when, for whom, and in which open workshop on the document that they took part in. */
export async function findMoment(
  db: Kysely<Database>,
  documentId: string,
  seq: number,
): Promise<MomentRow | undefined> {
  const { rows } = await sql<MomentRow>`
    select u.stored_at as at, u.user_id, u.behalf_id, u.via, c.group_id, w.id as workshop_id, w.title, w.held_on
    from document_update u
    left join lateral (
      select group_id from document_client c
      where c.document_id = u.document_id and c.first_seq <= u.seq
        and coalesce(c.behalf_id, c.user_id) = coalesce(u.behalf_id, u.user_id)
      order by c.first_seq desc limit 1
    ) c on true
    left join lateral (
      select w.id, w.title, to_char(w.held_on, 'YYYY-MM-DD') as held_on from workshop_document d
      join workshop w on w.id = d.workshop_id and u.stored_at between w.opened_at and least(w.ends_at, w.closed_at)
      join workshop_participant p on p.workshop_id = w.id and p.user_id = coalesce(u.behalf_id, u.user_id)
        and p.joined_at <= u.stored_at
      where d.document_id = u.document_id order by w.opened_at desc limit 1
    ) w on true
    where u.document_id = ${documentId} and u.seq = ${seq}`.execute(db)
  return rows[0]
}

/** Reads when rows were stored. */
export async function findTimes(
  db: Kysely<Database>,
  documentId: string,
  seqs: readonly number[],
): Promise<Map<number, Date>> {
  if (seqs.length === 0) return new Map()
  const rows = await db
    .selectFrom('documentUpdate')
    .where('documentId', '=', documentId)
    .where('seq', 'in', [...new Set(seqs)])
    .select(['seq', 'storedAt'])
    .execute()
  return new Map(rows.map(({ seq, storedAt }) => [seq, storedAt]))
}
