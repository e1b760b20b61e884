import { median } from '../harness/histogram.ts'
import type { Cluster } from '../harness/postgres.ts'
import { createRandom } from '../harness/random.ts'
import { type Contender, contenders } from './contenders.ts'
import { durability } from './durability.ts'
import { fiftyType, oneTypes, twoHundred } from './fan-out.ts'
import { memory } from './memory.ts'
import { opening } from './opening.ts'
import { recorded } from './recorded.ts'
import type { Figures, Measure, Row } from './row.ts'
import { fiftyRooms, twoHundredRooms } from './throughput.ts'

/** Every row of the table, in its order. */
export const rows: readonly Row[] = [
  oneTypes,
  fiftyType,
  twoHundred,
  fiftyRooms,
  twoHundredRooms,
  recorded,
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
 * Runs all rows once, then again: within a row one server after another, so that whatever else the machine does falls on
 * all of them, and what the time does not allow is missed by all alike. A repetition that fails is noted and leaves its
 * place empty: the others go on.
 */
export async function runRooms(options: SuiteOptions): Promise<SuiteOutcome> {
  const begun = performance.now()
  const notes = new Set<string>()
  const random = createRandom(options.seed)
  const plan = options.rows.map((row) => ({
    row,
    repetitions: Math.min(options.repetitions, row.atMost ?? options.repetitions),
    done: 0,
    figures: new Map(options.contenders.filter((one) => takesPart(one, row)).map((one) => [one, [] as Figures[]])),
  }))

  for (let round = 0; round < options.repetitions; round++) {
    for (const entry of plan) {
      const { row, repetitions, figures } = entry
      if (round >= repetitions || (round > 0 && performance.now() - begun > options.budget)) continue
      for (const [contender, gathered] of figures) {
        const since = performance.now()
        const found = await runOnce(options, row, contender, random, (text) => notes.add(text))
        if (found) gathered.push(found)
        const seconds = ((performance.now() - since) / 1000).toFixed(1)
        options.say(`${round + 1}/${repetitions} ${row.name} ${contender.name}: ${tell(row, found)} (${seconds} s)`)
      }
      entry.done += 1
    }
  }

  const results: Result[] = []
  for (const { row, repetitions, done, figures } of plan) {
    if (done < repetitions) notes.add(`${row.name}: only ${done} of ${repetitions} repetitions, the time was over`)
    for (const measure of row.measures) {
      const servers: Result['servers'] = {}
      for (const [{ name }, all] of figures) {
        const values = all.map((one) => one[measure.key]).filter((value) => value !== undefined)
        if (values.length > 0) servers[name] = { median: median(values), values }
      }
      results.push({ row: row.name, title: row.title, measure, servers })
    }
  }
  return { results, notes: [...notes], minutes: (performance.now() - begun) / 60_000 }
}

const takesPart = (contender: Contender, row: Row) =>
  (row.suits?.(contender) ?? true) && (contender.rows?.includes(row.name) ?? true)

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

/** The servers a run compares: all, or those named, which then take part in every row. Throws on an unknown name. */
export function chooseContenders(names: readonly string[] | undefined): Contender[] {
  if (!names) return [...contenders]
  return names.map((name) => {
    const found = contenders.find((contender) => contender.name === name)
    if (!found) throw new Error(`There is no server "${name}": ${contenders.map((one) => one.name).join(', ')}`)
    const { rows: _, ...wherever } = found
    return wherever
  })
}
