/**
 * Files of a plan, from the whole program: a plan of forty pages as PDF, one after another; and the evidence pack of a plan
 * with a long history, with its progress, what it asks of the server, and whether it verifies offline.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { readArchive } from '@cabildo/record/archive'
import { readWhole } from '@cabildo/record/archive-files'
import { median } from '../harness/histogram.ts'
import type { Cluster } from '../harness/postgres.ts'
import { type ServerProcess, startServer } from '../harness/server-process.ts'
import { type Caller, createCaller } from '../workshop/caller.ts'
import { packAlone, pagesOf, typesetAlone } from './alone.ts'
import { type PlanSize, type PlantedPlan, plantPlans } from './plant.ts'
import { type Cpu, cpuOf, cpuSince, type Taken, takeFile, takePack } from './take.ts'

export interface ExportsOptions {
  cluster: Cluster
  quick: boolean
  seed: number
  say(line: string): void
}

export interface ExportsOutcome {
  /** Milliseconds; `cpu` of one, in the middle. */
  pdf: {
    pages: number
    kilobytes: number
    first: number
    took: number[]
    cpu: Cpu
    alone: { milliseconds: number; pages: number }
  }
  pack: Taken & {
    commitments: number
    inputs: number
    entries: number
    /** Files in it, and milliseconds that zlib alone takes to pack those that we pack. */
    archived: number
    alone: number
    /** Seconds of the verifier, and what it ended with. */
    verified: { seconds: number; exitCode: number }
  }
  /** Seconds. */
  planting: number
  growing: number
}

const times = 10
const growWithin = 300_000
const verifyWithin = 120_000

/** Some five hundred words a page, of ten commitments with ten long fields each. */
const forty: PlanSize = {
  ...{ slug: 'forty', people: 12, commitments: 10, paragraphs: 4, words: 60 },
  ...{ inputs: 0, entries: 0 },
}

const long = (entries: number): PlanSize => ({
  ...{ slug: 'long', people: 200, commitments: 10, paragraphs: 3, words: 50 },
  ...{ inputs: entries / 50, entries },
})

/** Plants both plans, starts the program on them, waits until all is signed, and takes the files. */
export async function runExports({ cluster, quick, seed, say }: ExportsOptions): Promise<ExportsOutcome> {
  const entries = quick ? 10_000 : 100_000
  const size = long(entries)
  const database = await cluster.createDatabase('exports', async () => {})
  const folder = await mkdtemp(join(tmpdir(), 'cabildo-exports-'))
  let server: ServerProcess | undefined
  let caller: Caller | undefined
  try {
    const begun = performance.now()
    const [paper, history] = await plantPlans(database.url, [forty, size], seed)
    if (!paper || !history) throw new Error('nothing was planted')
    const planting = (performance.now() - begun) / 1000
    say(`planted in ${planting.toFixed(1)} s`)
    server = await startServer({ entry: 'cabildo.ts', env: { DATABASE_URL: database.url }, core: undefined })
    caller = createCaller(server.port)
    const growing = await waitUntilSigned(caller, history, entries)
    say(`in the tree and signed after ${growing.toFixed(1)} s`)
    await waitUntilCalm(server)

    const pdf = await takePdfs(server, paper)
    say(`PDF of ${pdf.pages} pages: first ${pdf.first.toFixed(0)}, median ${median(pdf.took).toFixed(0)} ms`)

    const file = join(folder, 'evidence.zip')
    const taken = await takePack(server, exportsOf(history), history.cookie, file)
    say(`evidence pack: ${(taken.milliseconds / 1000).toFixed(1)} s, ${(taken.bytes / 2 ** 20).toFixed(1)} MiB`)
    const key = await readKey(caller, history)
    const pack = readArchive(await readFile(file))
    const record = pack.files.get('registro.zip')
    if (!record) throw new Error('the pack holds no record')
    const recordFile = join(folder, 'record.zip')
    await writeFile(recordFile, readWhole(record))
    const verified = await verify(recordFile, key)
    say(`verified in ${verified.seconds.toFixed(1)} s, exit code ${verified.exitCode}`)
    const packed = [...pack.files.values()].filter(({ name }) => !/\.(zip|docx)$/.test(name)).map(readWhole)
    const beside = { archived: pack.files.size, alone: await packAlone(packed), verified }
    const { commitments, inputs } = size
    return { pdf, pack: { ...taken, commitments, inputs, entries, ...beside }, planting, growing }
  } finally {
    caller?.end()
    await server?.kill()
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  }
}

const exportsOf = ({ slug }: PlantedPlan) => `/api/plans/${slug}/exports`

async function takePdfs(server: ServerProcess, plan: PlantedPlan): Promise<ExportsOutcome['pdf']> {
  const { port } = server
  const path = `${exportsOf(plan)}/plan.pdf?language=es`
  const first = await takeFile(port, path, plan.cookie)
  const took: number[] = []
  let last = first
  const before = cpuOf(server)
  for (let time = 0; time < times; time += 1) {
    last = await takeFile(port, path, plan.cookie)
    took.push(last.milliseconds)
  }
  const used = cpuSince(server, before)
  const cpu = { own: used.own / times, beside: used.beside / times }
  const text = await takeFile(port, `${exportsOf(plan)}/plan.md?language=es`, plan.cookie)
  const lines = text.bytes.toString('utf8').split(/\n\n+/)
  const pages = await pagesOf(last.bytes)
  const alone = await typesetAlone(lines, 5)
  return { pages, kilobytes: last.bytes.length / 1000, first: first.milliseconds, took, cpu, alone }
}

/** Seconds from now until the last planted entry of a plan is under a signed head. */
async function waitUntilSigned(caller: Caller, { slug, cookie }: PlantedPlan, seq: number): Promise<number> {
  const begun = performance.now()
  for (;;) {
    const { status, body } = await caller.ask('GET', `/api/plans/${slug}/record/head`, { cookie })
    if (status !== 200) throw new Error(`the record was answered ${status}: ${JSON.stringify(body)}`)
    const { seq: signed } = body as { seq: number }
    const took = performance.now() - begun
    if (signed >= seq) return took / 1000
    if (took > growWithin) throw new Error(`only ${signed} of ${seq} entries were signed in ${growWithin / 1000} s`)
    await pause(100)
  }
}

/** Waits until the program does little by itself: it compares the record with the texts when it starts. A minute at most. */
async function waitUntilCalm(server: ServerProcess): Promise<void> {
  for (let looked = 0, calm = 0; looked < 120 && calm < 4; looked += 1) {
    const before = server.usage().cpu
    await pause(500)
    calm = server.usage().cpu - before < 50 ? calm + 1 : 0
  }
}

async function readKey(caller: Caller, { slug, cookie }: PlantedPlan): Promise<string> {
  const { body } = await caller.ask('GET', `/api/plans/${slug}`, { cookie })
  const { recordKey } = body as { recordKey?: string }
  if (recordKey === undefined) throw new Error('the plan names no key')
  return recordKey
}

async function verify(file: string, key: string): Promise<{ seconds: number; exitCode: number }> {
  const command = fileURLToPath(new URL('../../packages/verify/src/cli/verify-command.ts', import.meta.url))
  const begun = performance.now()
  const args = ['--disable-warning=ExperimentalWarning', command, file, '--key', key]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], timeout: verifyWithin })
  let said = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(0, 2000)
  })
  const [exitCode] = (await once(child, 'close')) as [number | null]
  if (exitCode !== 0) throw new Error(`the verifier ended with ${exitCode}: ${said}`)
  return { seconds: (performance.now() - begun) / 1000, exitCode }
}

/** The outcome as tables of Markdown. */
export function renderExports({ pdf, pack }: ExportsOutcome): string {
  const ms = (value: number) => value.toFixed(0)
  const mb = (kB: number) => `${Math.round(kB / 1024)} MiB`
  const many = (count: number) => count.toLocaleString('en-US')
  const middle = median(pdf.took)
  return [
    `| a plan of ${pdf.pages} pages as PDF, ${pdf.took.length} times; ms | |`,
    '| --- | ---: |',
    `| the first, since the program started | ${ms(pdf.first)} |`,
    `| median | ${ms(middle)} |`,
    `| worst | ${ms(Math.max(...pdf.took))} |`,
    `| CPU of each: of the server, of the process that typesets | ${ms(pdf.cpu.own)}, ${ms(pdf.cpu.beside)} |`,
    `| Typst alone, the same words as plain paragraphs (${pdf.alone.pages} pages), in a process that runs | ${ms(pdf.alone.milliseconds)} |`,
    `| median to Typst alone | ${(middle / pdf.alone.milliseconds).toFixed(2)} |`,
    '',
    `| the evidence pack of a plan with ${pack.commitments} commitments, ${many(pack.inputs)} inputs, ${many(pack.entries)} entries | |`,
    '| --- | ---: |',
    `| until it is whole | ${(pack.milliseconds / 1000).toFixed(1)} s |`,
    `| its size, its files | ${(pack.bytes / 2 ** 20).toFixed(1)} MiB, ${pack.archived} |`,
    `| different answers to how far it is; the longest without another | ${pack.told}, ${(pack.silent / 1000).toFixed(1)} s |`,
    `| memory of the server at rest, and above that at most | ${mb(pack.before)}, ${mb(pack.peak - pack.before)} |`,
    `| processes beside it, at most | ${mb(pack.beside)} |`,
    `| CPU of it: of the server, of the processes beside it | ${ms(pack.cpu.own)}, ${ms(pack.cpu.beside)} ms |`,
    `| the longest that any other request waited meanwhile | ${ms(pack.longest)} ms |`,
    `| its record verified by the command, texts built again | ${pack.verified.seconds.toFixed(1)} s, exit code ${pack.verified.exitCode} |`,
    `| zlib alone, the same files but those that come packed | ${(pack.alone / 1000).toFixed(2)} s |`,
  ].join('\n')
}
