/**
 * Looking for words in a plan with a hundred thousand texts: comments, inputs, answers, versions and the fields of forty
 * commitments, whose words come as often as words do. Every question is asked with other words each time, over HTTP, one
 * after another: the time is what somebody waits for the answer, excerpts and all.
 */
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { createHistogram } from '../harness/histogram.ts'
import type { Cluster } from '../harness/postgres.ts'
import { type ServerProcess, startServer } from '../harness/server-process.ts'
import { type Caller, createCaller } from '../workshop/caller.ts'
import { type Library, lonely, plantLibrary } from './plant.ts'

export interface SearchOptions {
  cluster: Cluster
  quick: boolean
  seed: number
  /** How often each kind of question is asked. */
  asks: number
  say(line: string): void
}

/** Milliseconds, and how many texts were found by the last question. */
export interface SearchAnswers {
  label: string
  found: number
  p50: number
  p95: number
  most: number
}

export interface SearchOutcome {
  items: number
  /** Seconds. */
  planting: number
  answers: SearchAnswers[]
  /** Of all questions together, milliseconds. */
  all: { count: number; p50: number; p95: number; most: number }
}

const readWithin = 120_000

/** Plants the texts, starts the program on them, waits until those of the commitments are read, and asks. */
export async function runSearch({ cluster, quick, seed, asks, say }: SearchOptions): Promise<SearchOutcome> {
  const share = quick ? 20 : 1
  const database = await cluster.createDatabase('search', async () => {})
  let server: ServerProcess | undefined
  let caller: Caller | undefined
  try {
    const begun = performance.now()
    const library = await plantLibrary(
      database.url,
      {
        ...{ documents: 40 / (quick ? 4 : 1), commentsOfEach: 5, threads: 12_000 / share },
        ...{ inputs: 20_000 / share, answers: 15_000 / share, versions: 4_520 / (quick ? 22.6 : 1) },
      },
      seed,
    )
    const planting = (performance.now() - begun) / 1000
    say(`${library.items} texts planted in ${planting.toFixed(1)} s`)
    server = await startServer({ entry: 'cabildo.ts', env: { DATABASE_URL: database.url }, core: undefined })
    caller = createCaller(server.port)
    await waitUntilRead(database.url)

    const answers: SearchAnswers[] = []
    const all = createHistogram()
    const counted = { count: 0, most: 0 }
    for (const { label, query } of questionsIn(library)) {
      const times = createHistogram()
      let [found, most] = [0, 0]
      for (let turn = -3; turn < asks; turn += 1) {
        const path = `/api/plans/library/search?${new URLSearchParams(query(turn + 3))}`
        const began = performance.now()
        const cookie = library.cookies[(turn + 3) % library.cookies.length] ?? ''
        const { status, body } = await caller.ask('GET', path, { cookie })
        const took = performance.now() - began
        if (status !== 200) throw new Error(`${path} was answered ${status}`)
        // The first ones warm up what every later one finds warm.
        if (turn < 0) continue
        const { groups } = body as { groups: { found: number }[] }
        found = groups.reduce((sum, group) => sum + group.found, 0)
        most = Math.max(most, took)
        times.add(took)
        all.add(took)
        counted.count += 1
      }
      counted.most = Math.max(counted.most, most)
      const answer = { label, found, p50: times.quantile(0.5), p95: times.quantile(0.95), most }
      say(`${label}: ${found} found, p50 ${answer.p50.toFixed(1)}, p95 ${answer.p95.toFixed(1)} ms`)
      answers.push(answer)
    }
    const ofAll = { ...counted, p50: all.quantile(0.5), p95: all.quantile(0.95) }
    return { items: library.items, planting, answers, all: ofAll }
  } finally {
    caller?.end()
    await server?.kill()
    await database.drop()
  }
}

/** What people look for, from words that hardly anybody used to such as stand everywhere. */
function questionsIn({ vocabulary: { at }, documentIds }: Library): {
  label: string
  query: (turn: number) => Record<string, string>
}[] {
  const seldom = (turn: number) => at(2000 + turn * 11)
  const often = (turn: number) => at(turn % 20)
  const from = new Date(Date.now() - 30 * 24 * 60 * 60 * 1000).toISOString()
  const document = (turn: number) => documentIds[turn % documentIds.length] ?? ''
  return [
    { label: 'a word of one text', query: (turn) => ({ q: lonely(at, turn) }) },
    { label: 'a word that nobody used', query: (turn) => ({ q: `${lonely(at, turn)}zzz` }) },
    { label: 'a seldom word', query: (turn) => ({ q: seldom(turn) }) },
    { label: 'a frequent word', query: (turn) => ({ q: often(turn) }) },
    { label: 'two frequent words', query: (turn) => ({ q: `${often(turn)} ${often(turn + 1)}` }) },
    { label: 'a frequent word and a seldom one', query: (turn) => ({ q: `${often(turn)} ${seldom(turn)}` }) },
    {
      label: 'two frequent words that follow each other',
      query: (turn) => ({ q: `"${often(turn)} de ${often(turn + 3)}"` }),
    },
    {
      label: 'one of three words',
      query: (turn) => ({ q: `${often(turn)} or ${often(turn + 1)} or ${seldom(turn)}` }),
    },
    { label: 'a frequent word, without another', query: (turn) => ({ q: `${often(turn)} -${often(turn + 1)}` }) },
    { label: 'a word that stands in every text (de)', query: () => ({ q: 'de' }) },
    { label: 'a frequent word, in one commitment', query: (turn) => ({ q: often(turn), documentId: document(turn) }) },
    { label: 'a frequent word, of the last month', query: (turn) => ({ q: often(turn), from }) },
    { label: 'comments with a frequent word', query: (turn) => ({ q: often(turn), kind: 'comment' }) },
    { label: 'versions with a frequent word', query: (turn) => ({ q: often(turn), kind: 'version' }) },
  ]
}

/** Waits until the program has read what the commitments say. */
async function waitUntilRead(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    for (const until = performance.now() + readWithin; ; ) {
      const { rows } = await client.query(
        'select from document d join document_search s on s.document_id = d.id where s.seq <> d.head_seq limit 1',
      )
      if (rows.length === 0) break
      if (performance.now() > until) throw new Error(`texts were still not read after ${readWithin / 1000} s`)
      await pause(100)
    }
    await client.query('analyze search_item')
  } finally {
    await client.end()
  }
}

/** The outcome as a table of Markdown. */
export function renderSearch({ items, answers, all }: SearchOutcome): string {
  const many = (count: number) => count.toLocaleString('en-US')
  const cells = (times: { p50: number; p95: number; most: number }) =>
    [times.p50, times.p95, times.most].map((time) => time.toFixed(1)).join(' | ')
  return [
    `| words looked for in ${many(items)} texts; ms | found | p50 | p95 | most |`,
    '| --- | ---: | ---: | ---: | ---: |',
    ...answers.map((one) => `| ${one.label} | ${many(one.found)} | ${cells(one)} |`),
    `| **all ${many(all.count)} questions** | | ${cells(all)} |`,
  ].join('\n')
}
