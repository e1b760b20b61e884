import { median } from '../harness/histogram.ts'
import type { Cluster } from '../harness/postgres.ts'
import { type Contender, contenders } from './contenders.ts'
import { durability } from './durability.ts'
import { fiftyType, oneTypes, twoHundred } from './fan-out.ts'
import { memory } from './memory.ts'
import { opening } from './opening.ts'
import type { Figures, Measure, Row } from './row.ts'
import { fiftyRooms, twoHundredRooms } from './throughput.ts'

/** Every row of the table, in its order. */
export const rows: readonly Row[] = [
  oneTypes,
  fiftyType,
  twoHundred,
  fiftyRooms,
  twoHundredRooms,
  opening,
  memory,
  durability,
]

export interface SuiteOptions {
  rows: readonly Row[]
  contenders: readonly Contender[]
  repetitions: number
  quick: boolean
  core: number | undefined
  /** No repetition is begun after this many milliseconds, except that each row has one. */
  budget: number
  seed: number
  cluster: Cluster
  say(line: string): void
}

/** What one measure of a row came to. `values` are the repetitions in order; Infinity stands for "never". */
export interface Result {
  row: string
  title: string
  measure: Measure
  servers: Record<string, { median: number; values: number[] }>
}

export interface SuiteOutcome {
  results: Result[]
  notes: string[]
  minutes: number
}

/**
 * Runs the rows, each repetition going through all servers before the next begins, so that whatever else the machine
 * does falls on all of them. A repetition that fails is noted and leaves its place empty: the others go on.
 */
export async function runRooms(options: SuiteOptions): Promise<SuiteOutcome> {
  const begun = performance.now()
  const results: Result[] = []
  const notes = new Set<string>()
  const random = createRandom(options.seed)

  for (const row of options.rows) {
    const taking = options.contenders.filter((contender) => row.suits?.(contender) ?? true)
    const gathered = new Map(taking.map(({ name }) => [name, [] as Figures[]]))
    const repetitions = Math.min(options.repetitions, row.atMost ?? options.repetitions)
    for (let repetition = 0; repetition < repetitions; repetition++) {
      if (repetition > 0 && performance.now() - begun > options.budget) {
        notes.add(`${row.name}: only ${repetition} of ${repetitions} repetitions, the time was over`)
        break
      }
      for (const contender of taking) {
        const since = performance.now()
        const figures = await runOnce(options, row, contender, random, (text) => notes.add(text))
        if (figures) gathered.get(contender.name)?.push(figures)
        const seconds = ((performance.now() - since) / 1000).toFixed(1)
        options.say(
          `${row.name} ${repetition + 1}/${repetitions} ${contender.name}: ${tell(row, figures)} (${seconds} s)`,
        )
      }
    }
    for (const measure of row.measures) {
      const servers: Result['servers'] = {}
      for (const [name, all] of gathered) {
        const values = all.map((figures) => figures[measure.key]).filter((value) => value !== undefined)
        if (values.length > 0) servers[name] = { median: median(values), values }
      }
      results.push({ row: row.name, title: row.title, measure, servers })
    }
  }
  return { results, notes: [...notes], minutes: (performance.now() - begun) / 60_000 }
}

async function runOnce(
  { cluster, core, quick }: SuiteOptions,
  row: Row,
  contender: Contender,
  random: () => number,
  note: (text: string) => void,
): Promise<Figures | undefined> {
  const label = `${row.name}, ${contender.name}`
  const site = await contender.open(cluster, core)
  try {
    return await row.run({ site, contender, quick, random, note: (text) => note(`${label}: ${text}`) })
  } catch (error) {
    note(
      `${label}: a repetition failed: ${error instanceof Error ? error.message.split('\n').slice(0, 6).join(' | ') : error}`,
    )
    return undefined
  } finally {
    await site.end()
  }
}

function tell({ measures }: Row, figures: Figures | undefined): string {
  if (!figures) return 'failed'
  return measures
    .filter(({ key, aside }) => !aside && figures[key] !== undefined)
    .map(({ key, digits, unit }) => `${key} ${(figures[key] ?? Number.NaN).toFixed(digits)}${unit ? ` ${unit}` : ''}`)
    .join(', ')
}

/** Names the servers a run compares. Throws on a name there is none of. */
export function chooseContenders(names: readonly string[] | undefined): Contender[] {
  if (!names) return contenders.filter(({ name }) => name !== 'relay-turn')
  return names.map((name) => {
    const found = contenders.find((contender) => contender.name === name)
    if (!found) throw new Error(`There is no server "${name}": ${contenders.map((one) => one.name).join(', ')}`)
    return found
  })
}

/** Numbers from 0 to 1 that a seed repeats (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
