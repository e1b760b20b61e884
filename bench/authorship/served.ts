/**
 * The same over HTTP, from the whole program: rows come out of PostgreSQL, rights are looked at, the answer is written out.
 */
import { createDb, createPool } from '../../server/src/db/client.ts'
import { migrate } from '../../server/src/db/migrate.ts'
import { median } from '../harness/histogram.ts'
import { readPaperRows } from '../harness/paper.ts'
import type { Cluster } from '../harness/postgres.ts'
import { firstThreadCpu } from '../harness/process-meter.ts'
import { startServer } from '../harness/server-process.ts'
import { watchServer } from '../record/bundle.ts'
import { foundTown } from '../record/town.ts'
import { createCaller } from '../workshop/caller.ts'

/** Milliseconds. */
export interface ServedOutcome {
  /** The first answer ever, from all rows, with nothing else asked. */
  cold: number
  /** CPU that the program took meanwhile: of the thread that runs JavaScript, and of all its threads. */
  coldCpu: { first: number; all: number }
  /** The longest that another request waited during one like it. */
  longest: number
  /** The first after a restart, from what was kept. */
  kept: number
  /** After one more row each. */
  oneMore: number[]
}

const rowsAtOnce = 10_000

/** Asks for the authorship of the paper's first `edits` edits, then again after each of a few more. */
export async function askForAuthorship(cluster: Cluster, edits: number): Promise<ServedOutcome> {
  const database = await cluster.createDatabase('authorship', async () => {})
  const pool = createPool({ connectionString: database.url })
  try {
    await migrate(pool)
    const town = await foundTown(createDb(pool), 'bench', { people: 1, documents: 1 })
    const [person, document] = [town.people[0], town.documents[0]]
    if (!person || !document) throw new Error('a plan without people or documents')
    const { documentId } = document
    const rows = readPaperRows(edits)
    const [last = new Uint8Array()] = rows.slice(-1)
    const append = async (some: readonly Uint8Array[], after: number) => {
      await pool.query(
        `insert into document_update (document_id, seq, user_id, session_id, via, bytes, stored_at)
         select $1, $2 + n.place, $3, $4, 'edit', n.bytes, now() from unnest($5::bytea[]) with ordinality n (bytes, place)`,
        [documentId, after, person.userId, person.sessionId, some.map((bytes) => Buffer.from(bytes))],
      )
      await pool.query('update document set head_seq = $2 where id = $1', [documentId, after + some.length])
    }
    // The seed is row 1. What was typed is in the record, and a snapshot stands for it: nobody opens it here.
    let seq = 1
    for (let first = 0; first < rows.length; first += rowsAtOnce) {
      const some = rows.slice(first, first + rowsAtOnce)
      await append(some, seq)
      seq += some.length
    }
    await pool.query('insert into record_sealed (document_id, seq) values ($1, $2)', [documentId, seq + 100])
    await pool.query('insert into document_snapshot (document_id, seq, state) values ($1, $2, $3)', [
      documentId,
      seq,
      Buffer.from(document.seed),
    ])

    const path = `/api/documents/${documentId}/authorship`
    const start = () => startServer({ entry: 'cabildo.ts', env: { DATABASE_URL: database.url }, core: undefined })
    const timed = async (port: number) => {
      const caller = createCaller(port)
      try {
        const begun = performance.now()
        const { status } = await caller.ask('GET', path, { cookie: town.cookie })
        if (status !== 200) throw new Error(`${path} was answered ${status}`)
        return performance.now() - begun
      } finally {
        caller.end()
      }
    }

    const first = await start()
    const before = { first: firstThreadCpu(first.pid), all: first.usage().cpu }
    const cold = await timed(first.port)
    const coldCpu = { first: firstThreadCpu(first.pid) - before.first, all: first.usage().cpu - before.all }
    await first.kill()
    // Once more from all rows, and watched: watching takes of the cores that the first one needs.
    await pool.query('delete from document_authorship')
    const watched = await start()
    const watch = watchServer(watched)
    await timed(watched.port)
    const { longest } = await watch.stop()
    await watched.kill()
    const again = await start()
    try {
      const kept = await timed(again.port)
      const oneMore: number[] = []
      for (let i = 0; i < 12; i += 1) {
        await append([last], seq)
        seq += 1
        oneMore.push(await timed(again.port))
      }
      return { cold, coldCpu, longest, kept, oneMore }
    } finally {
      await again.kill()
    }
  } finally {
    await pool.end()
    await database.drop()
  }
}

/** The outcome as a table of Markdown. */
export function renderServed({ cold, coldCpu, longest, kept, oneMore }: ServedOutcome): string {
  return [
    '| over HTTP, from the whole program; ms | |',
    '| --- | ---: |',
    `| from all rows, as it is asked for the first time | ${cold.toFixed(0)} |`,
    `| the same: CPU of its main thread, and of all its threads | ${coldCpu.first.toFixed(0)}, ${coldCpu.all.toFixed(0)} |`,
    `| the longest that any other request waited, the same once more | ${longest.toFixed(0)} |`,
    `| the first after a restart, from what was kept | ${kept.toFixed(0)} |`,
    `| after one more row: the median | ${median(oneMore).toFixed(1)} |`,
    `| after one more row: the longest | ${Math.max(...oneMore).toFixed(1)} |`,
  ].join('\n')
}
