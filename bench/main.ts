/**
 * `npm run bench`: the benchmarks. docs/performance.md says what they measure and how.
 *
 *   npm run bench                  all of them
 *   npm run bench -- rooms         our rooms against other servers, on this machine, in one run
 *     --rows one-types,kill  --servers relay,cabildo  --reps 3  --quick  --seed 7  --minutes 21  --json results.json
 *   npm run bench -- client        the first load of the editor in Chromium, its CPU slowed down four times
 *     --url http://127.0.0.1:3000  --reps 5  --json client.json
 *   npm run bench -- workshop      sixty phones join a workshop and write, while sign-ins are refused by the hundred
 *     --quick  --json workshop.json
 *   npm run bench -- record        looking through a record of a million entries, and its bundle
 *     --quick  --entries 100000  --seed 7  --json record.json
 *   npm run bench -- search        looking for words in a hundred thousand texts
 *     --quick  --seed 7  --reps 200  --json search.json
 *   npm run bench -- site          public pages at two hundred requests a second, beside fifty people who write
 *     --quick  --seed 7  --json site.json
 *   npm run bench -- exports       a plan of forty pages as PDF, and the evidence pack of a long history
 *     --quick  --seed 7  --json exports.json
 *   npm run bench -- review        a commitment with 500 threads and 200 proposals beside one with none, in Chromium
 *     --quick  --seed 7  --reps 3  --json review.json
 *   npm run bench -- authorship    who wrote a paper of 260,000 edits, beside replaying it with Yjs alone
 *     --quick  --reps 5  --json authorship.json
 *   npm run bench -- verifier      a record of 100,000 entries, verified by the command and by the page in Chromium
 *     --quick  --reps 3  --json verifier.json
 *
 * --keep makes the run the baseline: bench/baseline/<suite>.json and the tables of docs/performance.md.
 * DATABASE_URL names a PostgreSQL to use instead of the embedded one; its user must be allowed to make databases.
 */
import { parseArgs } from 'node:util'
import { findBrowser } from '../scripts/lib/browser.mjs'
import { buildClient } from '../scripts/lib/client.mjs'
import { askForAuthorship, renderServed } from './authorship/served.ts'
import { renderAuthorship, runAuthorship } from './authorship/suite.ts'
import { renderClient, runClient } from './client/suite.ts'
import { renderExports, runExports } from './exports/suite.ts'
import { keepRun, writeReport } from './harness/keep.ts'
import { describeMachine, readCoreTicks, readForeignLoad, sharesSince, takeHarnessCore } from './harness/machine.ts'
import { startCluster } from './harness/postgres.ts'
import { killServers } from './harness/server-process.ts'
import { renderRecord, runRecord } from './record/suite.ts'
import { renderReview, runReview } from './review/suite.ts'
import { chooseContenders, rows, runRooms } from './rooms/suite.ts'
import { bestPeer, ratioTo, renderBehind, renderRecordCost, renderTable } from './rooms/table.ts'
import { renderSearch, runSearch } from './search/suite.ts'
import { renderSite, runSite } from './site/suite.ts'
import { renderVerifier, runVerifier } from './verifier/suite.ts'
import { renderWorkshop, runWorkshop } from './workshop/suite.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string' },
    servers: { type: 'string' },
    reps: { type: 'string' },
    minutes: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'string' },
    url: { type: 'string' },
    entries: { type: 'string' },
    quick: { type: 'boolean', default: false },
    keep: { type: 'boolean', default: false },
  },
})

// Servers end with us, and so does Postgres; the databases left behind go at the next start. `npm run bench` holds the
// other end of the channel: it may be killed without a chance to tell us.
for (const sign of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(sign, () => process.exit(130))
process.channel?.unref()

// The browser first: for the rooms this process moves to one core, and so would all that it starts.
const suites: Record<string, () => Promise<void>> = {
  client,
  authorship,
  record,
  search,
  site,
  exports,
  review,
  verifier,
  rooms,
  workshop,
}
const wanted = positionals.length > 0 ? positionals : Object.keys(suites)

for (const name of wanted) {
  try {
    const suite = suites[name]
    if (!suite) throw new Error(`There is no suite "${name}": ${Object.keys(suites).join(', ')}`)
    await suite()
  } catch (error) {
    // A machine without a browser can still measure its rooms.
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  } finally {
    await killServers()
  }
}

async function rooms(): Promise<void> {
  const taking = chooseContenders(values.servers?.split(','))
  const chosen = values.rows?.split(',')
  const unknown = chosen?.find((name) => !rows.some((row) => row.name === name))
  if (unknown) throw new Error(`There is no row "${unknown}": ${rows.map((row) => row.name).join(', ')}`)
  if (values.keep && (values.quick || chosen || values.servers)) throw new Error('Only a whole run can be kept')
  const repetitions = count('reps', values.reps, values.quick ? 1 : 3)
  const seed = count('seed', values.seed, Date.now() % 1_000_000)
  const minutes = count('minutes', values.minutes, values.quick ? 5 : 21)
  const foreign = await readForeignLoad()

  const placement = takeHarnessCore()
  const machine = describeMachine()
  const cluster = await startCluster(process.env.DATABASE_URL)
  try {
    const conditions = [
      `${machine.cores} cores of ${machine.cpu}, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}.`,
      `PostgreSQL ${cluster.version}: ${cluster.durability}.`,
      `${placement.says}.`,
      `${repetitions} repetitions, interleaved, medians; seed ${seed}.`,
      ...(values.quick ? ['QUICK: shorter and fewer, for a look only.'] : []),
      `Other work took ${percent(foreign)} of the machine before the run${foreign > 0.1 ? ': it is NOT free, read with care' : ''}.`,
    ]
    for (const line of conditions) console.log(line)
    const before = readCoreTicks()
    const {
      results,
      notes,
      minutes: took,
    } = await runRooms({
      rows: chosen ? rows.filter(({ name }) => chosen.includes(name)) : rows,
      contenders: taking,
      repetitions,
      quick: values.quick,
      core: placement.server,
      budget: minutes * 60_000,
      seed,
      cluster,
      say: (line) => console.log(line),
    })
    conditions.push(`${took.toFixed(1)} minutes; cores busy ${sharesSince(before).map(percent).join(' and ')}.`)

    const ours = taking.find(({ role }) => role === 'ours')?.name
    const cost = renderRecordCost(results)
    const text = [
      renderTable(results, taking),
      taking.map(({ name, says }) => `- \`${name}\`: ${says}`).join('\n'),
      ...(ours ? [renderBehind(results, ours)] : []),
      ...(cost ? [cost] : []),
      ['Conditions and notes:', '', ...[...conditions, ...notes].map((line) => `- ${line}`)].join('\n'),
    ].join('\n\n')
    console.log(`\n${text}\n`)

    const names = taking.map(({ name }) => name)
    const withRatios = results.map((result) => ({
      ...result,
      bestPeer: bestPeer(result),
      ratios: ours ? Object.fromEntries(names.map((name) => [name, ratioTo(result, ours, name)])) : {},
    }))
    finish('rooms', { machine, conditions, quick: values.quick, seed, results: withRatios, notes }, text)
  } finally {
    await killServers()
    await cluster.stop()
  }
}

async function client(): Promise<void> {
  const repetitions = count('reps', values.reps, values.quick ? 1 : 5)
  const slowdown = 4
  const loads = await runClient({ url: values.url, repetitions, slowdown })
  const text = renderClient(loads, slowdown)
  console.log(`${text}\n`)
  finish('client', { machine: describeMachine(), slowdown, loads }, text)
}

async function workshop(): Promise<void> {
  const foreign = await readForeignLoad()
  const placement = takeHarnessCore()
  const cluster = await startCluster(process.env.DATABASE_URL)
  try {
    const outcome = await runWorkshop({
      cluster,
      core: placement.server,
      quick: values.quick,
      say: (line) => console.log(line),
    })
    const conditions = [
      `PostgreSQL ${cluster.version}: ${cluster.durability}.`,
      `${placement.says}.`,
      `Other work took ${percent(foreign)} of the machine before the run${foreign > 0.1 ? ': it is NOT free, read with care' : ''}.`,
      ...outcome.notes,
    ]
    const text = [renderWorkshop(outcome), conditions.map((line) => `- ${line}`).join('\n')].join('\n\n')
    console.log(`\n${text}\n`)
    finish('workshop', { machine: describeMachine(), conditions, quick: values.quick, ...outcome }, text)
  } finally {
    await killServers()
    await cluster.stop()
  }
}

async function record(): Promise<void> {
  const foreign = await readForeignLoad()
  const seed = count('seed', values.seed, 7)
  const entries = count('entries', values.entries, values.quick ? 20_000 : 1_000_000)
  if (values.keep && entries < 1_000_000) throw new Error('Only a whole run can be kept')
  const cluster = await startCluster(process.env.DATABASE_URL)
  try {
    const outcome = await runRecord({ cluster, quick: values.quick, entries, seed, say: (line) => console.log(line) })
    const conditions = [
      `PostgreSQL ${cluster.version}: ${cluster.durability}.`,
      'One who asks, one question after another; server, client and PostgreSQL share all cores.',
      `Other work took ${percent(foreign)} of the machine before the run${foreign > 0.1 ? ': it is NOT free, read with care' : ''}.`,
    ]
    const text = [renderRecord(outcome), conditions.map((line) => `- ${line}`).join('\n')].join('\n\n')
    console.log(`\n${text}\n`)
    finish('record', { machine: describeMachine(), conditions, quick: values.quick, seed, ...outcome }, text)
  } finally {
    await killServers()
    await cluster.stop()
  }
}

async function search(): Promise<void> {
  const foreign = await readForeignLoad()
  const seed = count('seed', values.seed, 7)
  const cluster = await startCluster(process.env.DATABASE_URL)
  try {
    const outcome = await runSearch({
      ...{ cluster, quick: values.quick, seed, asks: count('reps', values.reps, values.quick ? 40 : 200) },
      say: (line) => console.log(line),
    })
    const conditions = [
      `PostgreSQL ${cluster.version}: ${cluster.durability}; ${describeMachine().cores} cores of ${describeMachine().cpu}.`,
      'One who asks, one question after another, each with other words; server, client and PostgreSQL share all cores.',
      `Other work took ${percent(foreign)} of the machine before the run${foreign > 0.1 ? ': it is NOT free, read with care' : ''}.`,
    ]
    const text = [renderSearch(outcome), conditions.map((line) => `- ${line}`).join('\n')].join('\n\n')
    console.log(`\n${text}\n`)
    finish('search', { machine: describeMachine(), conditions, quick: values.quick, seed, ...outcome }, text)
  } finally {
    await killServers()
    await cluster.stop()
  }
}

async function site(): Promise<void> {
  const foreign = await readForeignLoad()
  const seed = count('seed', values.seed, 7)
  const cluster = await startCluster(process.env.DATABASE_URL)
  try {
    const outcome = await runSite({
      ...{ cluster, core: undefined, quick: values.quick, seed },
      say: (line) => console.log(line),
    })
    const conditions = [
      `PostgreSQL ${cluster.version}: ${cluster.durability}; ${describeMachine().cores} cores of ${describeMachine().cpu}.`,
      'Server, readers, writers and PostgreSQL share all cores.',
      `Other work took ${percent(foreign)} of the machine before the run${foreign > 0.1 ? ': it is NOT free, read with care' : ''}.`,
    ]
    const text = [renderSite(outcome), conditions.map((line) => `- ${line}`).join('\n')].join('\n\n')
    console.log(`\n${text}\n`)
    finish('site', { machine: describeMachine(), conditions, quick: values.quick, seed, ...outcome }, text)
  } finally {
    await killServers()
    await cluster.stop()
  }
}

async function exports(): Promise<void> {
  const foreign = await readForeignLoad()
  const seed = count('seed', values.seed, 7)
  if (values.keep && values.quick) throw new Error('Only a whole run can be kept')
  const cluster = await startCluster(process.env.DATABASE_URL)
  try {
    const outcome = await runExports({ cluster, quick: values.quick, seed, say: (line) => console.log(line) })
    const conditions = [
      `PostgreSQL ${cluster.version}: ${cluster.durability}; ${describeMachine().cores} cores of ${describeMachine().cpu}, Node ${describeMachine().node}.`,
      'One who asks, one file after another; server, client and PostgreSQL share all cores.',
      `Other work took ${percent(foreign)} of the machine before the run${foreign > 0.1 ? ': it is NOT free, read with care' : ''}.`,
    ]
    const text = [renderExports(outcome), conditions.map((line) => `- ${line}`).join('\n')].join('\n\n')
    console.log(`\n${text}\n`)
    finish('exports', { machine: describeMachine(), conditions, quick: values.quick, seed, ...outcome }, text)
  } finally {
    await killServers()
    await cluster.stop()
  }
}

async function review(): Promise<void> {
  const foreign = await readForeignLoad()
  const seed = count('seed', values.seed, 7)
  const tools = { node: process.execPath, env: process.env }
  const browser = await findBrowser(tools)
  if (!browser) throw new Error('No Chromium here: set CHROMIUM_PATH')
  await buildClient(tools)
  const cluster = await startCluster(process.env.DATABASE_URL)
  try {
    const repetitions = count('reps', values.reps, values.quick ? 1 : 3)
    const outcome = await runReview({
      ...{ cluster, browser, quick: values.quick, seed, repetitions, slowdown: 4 },
      say: (line) => console.log(line),
    })
    const conditions = [
      `Medians of ${repetitions}, in turns; PostgreSQL ${cluster.version}: ${cluster.durability}; ${describeMachine().cores} cores of ${describeMachine().cpu}, shared by browser, server and PostgreSQL.`,
      `Other work took ${percent(foreign)} of the machine before the run${foreign > 0.1 ? ': it is NOT free, read with care' : ''}.`,
    ]
    const text = [renderReview(outcome), conditions.map((line) => `- ${line}`).join('\n')].join('\n\n')
    console.log(`\n${text}\n`)
    finish('review', { machine: describeMachine(), conditions, quick: values.quick, seed, ...outcome }, text)
  } finally {
    await killServers()
    await cluster.stop()
  }
}

async function authorship(): Promise<void> {
  const foreign = await readForeignLoad()
  const repetitions = count('reps', values.reps, values.quick ? 1 : 5)
  const edits = values.quick ? 20_000 : Number.POSITIVE_INFINITY
  const outcome = runAuthorship({ repetitions, edits })
  const cluster = await startCluster(process.env.DATABASE_URL)
  const served = await askForAuthorship(cluster, edits).finally(() => cluster.stop())
  const conditions = [
    `${repetitions} repetitions, one after another, medians; one process, Node ${describeMachine().node}.`,
    `Other work took ${percent(foreign)} of the machine before the run${foreign > 0.1 ? ': it is NOT free, read with care' : ''}.`,
  ]
  const text = [renderAuthorship(outcome), renderServed(served), conditions.map((line) => `- ${line}`).join('\n')].join(
    '\n\n',
  )
  console.log(`\n${text}\n`)
  finish('authorship', { machine: describeMachine(), conditions, quick: values.quick, ...outcome, served }, text)
}

async function verifier(): Promise<void> {
  const foreign = await readForeignLoad()
  const tools = { node: process.execPath, env: process.env }
  const browser = await findBrowser(tools)
  if (browser) await buildClient(tools)
  const outcome = await runVerifier({
    ...{ documents: 40, checkpointEvery: 10, versionEvery: 200 },
    entries: values.quick ? 10_000 : 100_000,
    repetitions: count('reps', values.reps, values.quick ? 1 : 3),
    browser: browser ?? undefined,
  })
  const conditions = [
    `Medians of ${outcome.log.length}; Node ${describeMachine().node}, ${describeMachine().cores} cores.`,
    `Other work took ${percent(foreign)} of the machine before the run${foreign > 0.1 ? ': it is NOT free, read with care' : ''}.`,
    ...(browser ? [] : ['No browser: the page was not measured.']),
  ]
  const text = [renderVerifier(outcome), conditions.map((line) => `- ${line}`).join('\n')].join('\n\n')
  console.log(`\n${text}\n`)
  finish('verifier', { machine: describeMachine(), conditions, quick: values.quick, ...outcome }, text)
}

function finish(suite: string, figures: object, text: string): void {
  const report = { suite, at: new Date().toISOString(), ...figures }
  if (values.json)
    writeReport(wanted.length > 1 ? values.json.replace(/(\.json)?$/, `-${suite}.json`) : values.json, report)
  if (values.keep) keepRun(suite, report, text)
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}

function count(name: string, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise
  const value = Number(given)
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0`)
  return value
}
