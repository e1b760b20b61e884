/**
 * `npm run bench`: the benchmarks. docs/performance.md says what they measure and how.
 *
 *   npm run bench                  all of them
 *   npm run bench -- rooms         our rooms against other servers, on this machine, in one run
 *     --rows one-types,kill  --servers relay,cabildo  --reps 3  --quick  --seed 7  --minutes 23  --json results.json
 *   npm run bench -- client        the first load of the editor in Chromium, its CPU slowed down four times
 *     --url http://127.0.0.1:3000  --reps 5  --json client.json
 *
 * DATABASE_URL names a PostgreSQL to use instead of the embedded one; its user must be allowed to make databases.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { renderClient, runClient } from './client/suite.ts'
import { describeMachine, readCoreTicks, takeHarnessCore } from './harness/machine.ts'
import { startCluster } from './harness/postgres.ts'
import { killServers } from './harness/server-process.ts'
import { chooseContenders, rows, runRooms } from './rooms/suite.ts'
import { bestPeer, ratioTo, renderTable } from './rooms/table.ts'

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
    quick: { type: 'boolean', default: false },
  },
})

// Servers end with us, and so does Postgres; the databases left behind go at the next start. `npm run bench` holds the
// other end of the channel: it may be killed without a chance to tell us.
for (const sign of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(sign, () => process.exit(130))
process.channel?.unref()

const suites: Record<string, () => Promise<void>> = { rooms, client }
const wanted = positionals.length > 0 ? positionals : Object.keys(suites)

try {
  for (const name of wanted) {
    const suite = suites[name]
    if (!suite) throw new Error(`There is no suite "${name}": ${Object.keys(suites).join(', ')}`)
    await suite()
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
} finally {
  await killServers()
}

async function rooms(): Promise<void> {
  const taking = chooseContenders(values.servers?.split(','))
  const chosen = values.rows?.split(',')
  const unknown = chosen?.find((name) => !rows.some((row) => row.name === name))
  if (unknown) throw new Error(`There is no row "${unknown}": ${rows.map((row) => row.name).join(', ')}`)
  const repetitions = count('reps', values.reps, values.quick ? 1 : 3)
  const seed = count('seed', values.seed, Date.now() % 1_000_000)
  const minutes = count('minutes', values.minutes, values.quick ? 5 : 23)

  const placement = takeHarnessCore()
  const machine = describeMachine()
  const cluster = await startCluster(process.env.DATABASE_URL)
  try {
    const conditions = [
      `${machine.cores} cores of ${machine.cpu}, ${machine.memoryGiB} GiB, ${machine.system}, Node ${machine.node}`,
      `PostgreSQL ${cluster.version}: ${cluster.durability}`,
      placement.says,
      `${repetitions} repetitions, interleaved, medians${values.quick ? ', quick (shorter and fewer: for a look only)' : ''}, seed ${seed}`,
    ]
    for (const line of conditions) console.log(line)
    const before = readCoreTicks()
    const outcome = await runRooms({
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
    console.log(`\n${renderTable(outcome.results, taking)}\n`)
    for (const { name, says } of taking) console.log(`${name}: ${says}`)
    for (const note of outcome.notes) console.log(`note: ${note}`)
    const load = readCoreTicks().map(
      ({ busy, all }, i) => (busy - (before[i]?.busy ?? 0)) / (all - (before[i]?.all ?? 0)),
    )
    console.log(
      `${outcome.minutes.toFixed(1)} minutes; cores busy ${load.map((share) => `${Math.round(share * 100)} %`).join(', ')}`,
    )
    if (values.json) {
      const ours = taking.find(({ role }) => role === 'ours')?.name
      const report = {
        suite: 'rooms',
        at: new Date().toISOString(),
        conditions,
        machine,
        postgres: cluster.version,
        quick: values.quick,
        seed,
        minutes: Number(outcome.minutes.toFixed(1)),
        results: outcome.results.map((result) => ({
          ...result,
          bestPeer: bestPeer(result),
          ratios: ours
            ? Object.fromEntries(
                taking.filter(({ name }) => name !== ours).map(({ name }) => [name, ratioTo(result, ours, name)]),
              )
            : {},
        })),
        notes: outcome.notes,
      }
      writeFileSync(values.json, `${JSON.stringify(report, roundFigures, 2)}\n`)
    }
  } finally {
    await killServers()
    await cluster.stop()
  }
}

async function client(): Promise<void> {
  const repetitions = count('reps', values.reps, values.quick ? 1 : 5)
  const slowdown = 4
  const loads = await runClient({ url: values.url, repetitions, slowdown })
  console.log(`${renderClient(loads, slowdown)}\n`)
  if (values.json && wanted.length === 1) {
    const report = { suite: 'client', at: new Date().toISOString(), machine: describeMachine(), slowdown, loads }
    writeFileSync(values.json, `${JSON.stringify(report, roundFigures, 2)}\n`)
  }
}

/** JSON has no Infinity; the sixth digit of a measurement says nothing. */
function roundFigures(_key: string, value: unknown): unknown {
  if (typeof value !== 'number') return value
  if (!Number.isFinite(value)) return Number.isNaN(value) ? null : 'never'
  return Number(value.toPrecision(5))
}

function count(name: string, given: string | undefined, otherwise: number): number {
  if (given === undefined) return otherwise
  const value = Number(given)
  if (!Number.isInteger(value) || value < 1) throw new Error(`--${name} must be a whole number above 0`)
  return value
}
