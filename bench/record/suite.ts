/**
 * The record of an installation with a million entries: how long whoever looks through it waits, for what is there often,
 * seldom and never; how long the tree takes to take them in; what making a bundle asks of the server.
 */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { createHistogram } from '../harness/histogram.ts'
import type { Cluster } from '../harness/postgres.ts'
import { type ServerProcess, startServer } from '../harness/server-process.ts'
import { type Caller, createCaller } from '../workshop/caller.ts'
import { type Bundled, downloadBundle } from './bundle.ts'
import { plantRecord } from './plant.ts'
import { ask, questionsAbout } from './questions.ts'
import type { Town } from './town.ts'

export interface RecordOptions {
  cluster: Cluster
  quick: boolean
  /** Entries of all plans together. */
  entries: number
  seed: number
  say(line: string): void
}

/** Milliseconds. */
export interface Answers {
  label: string
  first: number
  p50: number
  p95: number
  most: number
}

export interface RecordOutcome {
  /** Entries of all plans, of the one that is looked through, and of the one whose bundle is made. */
  entries: number
  looked: number
  bundled: number
  /** Seconds; comparing: of the whole record with the texts, which the program does once a day. */
  planting: number
  growing: number
  comparing: number
  answers: Answers[]
  bundle: Bundled
}

const growWithin = 600_000
const compareWithin = 600_000
const restWithin = 60_000

/** Plants the record, starts the program on it, waits until all is signed and it has come to rest, and asks. */
export async function runRecord({ cluster, quick, entries: wished, seed, say }: RecordOptions): Promise<RecordOutcome> {
  const [looked, bundled, other] = [0.8, 0.1, 0.01].map((share) => Math.round(wished * share)) as [
    number,
    number,
    number,
  ]
  const database = await cluster.createDatabase('record', async () => {})
  let server: ServerProcess | undefined
  let caller: Caller | undefined
  try {
    const begun = performance.now()
    const wanted = [
      { slug: 'large', people: 400, documents: 40, entries: looked },
      { slug: 'middle', people: 200, documents: 20, entries: bundled },
      ...Array.from({ length: 10 }, (_, i) => ({ slug: `small-${i}`, people: 30, documents: 5, entries: other })),
    ]
    const [large, middle] = await plantRecord(database.url, wanted, seed)
    if (!large || !middle) throw new Error('nothing was planted')
    const entries = wanted.reduce((sum, plan) => sum + plan.entries, 0)
    const planting = (performance.now() - begun) / 1000
    say(`${entries} entries planted in ${planting.toFixed(1)} s`)

    server = await startServer({ entry: 'cabildo.ts', env: { DATABASE_URL: database.url }, core: undefined })
    caller = createCaller(server.port)
    const growing = await waitUntilSigned(caller, large, looked)
    say(`in the tree and signed after ${growing.toFixed(1)} s`)
    const comparing = await waitForRest(database.url, wanted.length)
    say(`compared with the texts, and at rest, after another ${comparing.toFixed(1)} s`)

    const answers: Answers[] = []
    for (const { label, path } of questionsAbout(large, looked)) {
      const [first = Number.NaN, ...took] = await ask(caller, path, large.cookie, quick ? 20 : 200)
      const times = createHistogram()
      for (const time of took) times.add(time)
      const answer = { label, first, p50: times.quantile(0.5), p95: times.quantile(0.95), most: Math.max(...took) }
      say(`${label}: first ${first.toFixed(1)}, p50 ${answer.p50.toFixed(1)}, p95 ${answer.p95.toFixed(1)} ms`)
      answers.push(answer)
    }
    const bundle = await downloadBundle(server, `/api/plans/${middle.slug}/record/bundle`, middle.cookie)
    return { entries, looked, bundled, planting, growing, comparing, answers, bundle }
  } finally {
    caller?.end()
    await server?.kill()
    await database.drop()
  }
}

/** Seconds from now until the last entry of a plan is under a signed head. */
async function waitUntilSigned(caller: Caller, { slug, cookie }: Town, seq: number): Promise<number> {
  const begun = performance.now()
  for (;;) {
    const { body } = await caller.ask('GET', `/api/plans/${slug}/record/head`, { cookie })
    const { seq: signed } = body as { seq: number }
    const took = performance.now() - begun
    if (signed >= seq) return took / 1000
    if (took > growWithin) throw new Error(`only ${signed} of ${seq} entries were signed in ${growWithin / 1000} s`)
    await pause(100)
  }
}

/**
 * Waits until the program has compared the records of all plans with the texts, as it does when it starts, and the database
 * has nothing to do for it; answers the seconds until the first.
 */
async function waitForRest(url: string, plans: number): Promise<number> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  const count = async (query: string) => {
    const { rows } = await client.query<{ found: number }>(query)
    return rows[0]?.found ?? 0
  }
  try {
    const begun = performance.now()
    for (;;) {
      const compared = await count('select count(*)::int as found from record_comparison')
      if (compared === plans) break
      if (performance.now() - begun > compareWithin) {
        throw new Error(`only ${compared} of ${plans} plans were compared in ${compareWithin / 1000} s`)
      }
      await pause(100)
    }
    const comparing = (performance.now() - begun) / 1000
    const until = performance.now() + restWithin
    for (let calm = 0; calm < 10; ) {
      // What PostgreSQL tidies up by itself goes on beside the answers, as it does elsewhere.
      const busy = await count(
        `select count(*)::int as found from pg_stat_activity where datname = current_database()
           and pid <> pg_backend_pid() and backend_type = 'client backend' and state <> 'idle'`,
      )
      calm = busy === 0 ? calm + 1 : 0
      if (performance.now() > until) throw new Error(`the program kept the database busy for ${restWithin / 1000} s`)
      await pause(100)
    }
    return comparing
  } finally {
    await client.end()
  }
}

/** The outcome as tables of Markdown. */
export function renderRecord({ entries, looked, bundled, growing, comparing, answers, bundle }: RecordOutcome): string {
  const mb = (kB: number) => `${Math.round(kB / 1024)} MiB`
  const many = (count: number) => count.toLocaleString('en-US')
  return [
    `| a plan with ${many(looked)} of ${many(entries)} entries; ms | first | p50 | p95 | most |`,
    '| --- | ---: | ---: | ---: | ---: |',
    ...answers.map(
      ({ label, first, p50, p95, most }) =>
        `| ${label} | ${first.toFixed(1)} | ${p50.toFixed(1)} | ${p95.toFixed(1)} | ${most.toFixed(1)} |`,
    ),
    '',
    `| the bundle of a plan with ${many(bundled)} of them | |`,
    '| --- | ---: |',
    `| until the last byte was here | ${(bundle.milliseconds / 1000).toFixed(1)} s |`,
    `| its size | ${(bundle.bytes / 2 ** 20).toFixed(1)} MiB |`,
    `| memory of the server before, and at most | ${mb(bundle.before)}, ${mb(bundle.peak)} |`,
    `| the longest that any other request waited meanwhile | ${bundle.longest.toFixed(0)} ms |`,
    '',
    `${many(entries)} entries that waited were read again, checked, put into the tree and signed in ${growing.toFixed(0)} s.`,
    `Comparing all of it with the texts took ${comparing.toFixed(0)} s more.`,
  ].join('\n')
}
