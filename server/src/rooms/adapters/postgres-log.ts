import type pg from 'pg'
import { createPool } from '../../db/client.ts'
import { type DocumentStatus, type LoadedDocument, ownerOf, type UpdateLog } from '../ports.ts'
import { replay } from '../replay.ts'
import {
  type AppendedRow,
  append,
  appendPlain,
  appendValues,
  outcomesOf,
  plainValues,
  storedAs,
  type WritingRoles,
} from './append.ts'

/**
 * The log over a pool. `writers` are the roles whose rows it stores; rights are read again with every commit. Appending
 * keeps a connection's plan: planning the statement anew takes several times as long as running it.
 */
export function createPostgresLog(pool: pg.Pool, { writers }: { writers: WritingRoles }): UpdateLog {
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
      const [only] = batches
      const quick = batches.length === 1 && only ? plainValues(only, writers.always) : undefined
      if (only && quick) {
        const { rows } = await appending.query<{ stored_at: Date }>({
          name: 'append_plain',
          text: appendPlain,
          values: quick,
        })
        const [stored] = rows
        if (stored) return [storedAs(only, stored.stored_at)]
      }
      const { rows } = await appending.query<AppendedRow>({
        name: 'append_updates',
        text: append,
        values: appendValues(batches, writers),
      })
      return outcomesOf(batches, rows)
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
      const [tail, clients, takenOut] = await Promise.all([
        from < row.head_seq ? readRows(pool, documentId, from, row.head_seq) : [],
        pool.query<{ client_id: number; user_id: string; behalf_id: string | null }>(
          'select client_id, user_id, behalf_id from document_client where document_id = $1',
          [documentId],
        ),
        pool.query<{ ranges: LoadedDocument['takenOut'] }>(
          "select ranges from redaction where document_id = $1 and outcome = 'approved'",
          [documentId],
        ),
      ])
      // One string object per person, however many client ids they have used.
      const names = new Map<string, string>()
      const once = (owner: string): string => {
        const known = names.get(owner)
        if (known !== undefined) return known
        names.set(owner, owner)
        return owner
      }
      return {
        documentId,
        planId: row.plan_id,
        status: row.status,
        epoch: row.epoch,
        headSeq: row.head_seq,
        snapshot: row.state && row.snapshot_seq !== null ? { seq: row.snapshot_seq, state: row.state } : null,
        tail,
        clients: new Map(
          clients.rows.map(({ client_id, user_id, behalf_id }) => [
            client_id,
            once(ownerOf({ userId: user_id, behalfId: behalf_id })),
          ]),
        ),
        takenOut: takenOut.rows.flatMap(({ ranges }) => ranges),
      }
    },

    async statusOf(documentId) {
      const { rows } = await pool.query<{ status: DocumentStatus }>('select status from document where id = $1', [
        documentId,
      ])
      return rows[0]?.status
    },

    async saveSnapshot(documentId, { seq, epoch, state }) {
      // Keeps the newest, the ones that versions stand on, and one for each long stretch, so that any past moment is near.
      // The epoch is read under a lock: whoever takes words out raises it, and removes what was kept before, with the row held.
      await pool.query(
        `with held as materialized (
           select id from document where id = $1 and epoch = $4 for share
         ), kept as (
           insert into document_snapshot (document_id, seq, state) select id, $2, $3 from held on conflict do nothing
         )
         delete from document_snapshot s using held where s.document_id = held.id and s.seq < $2
           and s.seq / 8192 = $2::bigint / 8192
           and not exists (select from version v where v.document_id = s.document_id and v.seq = s.seq)`,
        [documentId, seq, state, epoch],
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
        `select d.head_seq, s.seq as snapshot_seq, s.state, u.stored_at, coalesce(u.behalf_id, u.user_id) as user_id
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
