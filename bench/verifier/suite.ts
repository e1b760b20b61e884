/**
 * The verifiers over a record of 100,000 entries: the command in a process of its own, and the page in Chromium. Both read
 * the same file, and must find it whole.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { median } from '../harness/histogram.ts'
import { makeBundle, type RecordSize } from './bundle.ts'

export interface VerifierOptions extends RecordSize {
  repetitions: number
  /** Path of a Chromium; without one the page is not measured. */
  browser: string | undefined
}

/** Seconds of each repetition; memory in MB. */
export interface VerifierOutcome extends RecordSize {
  megabytes: number
  checkpoints: number
  versions: number
  /** Without building the texts again (`--log`). */
  log: Run[]
  whole: Run[]
  /** The page, texts built again; empty without a browser. */
  page: { seconds: number; steps: number }[]
}

interface Run {
  seconds: number
  cpu: number
  rss: number
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const atMost = 300_000

/** Makes the record and verifies it, some times each. Throws when a verifier does not find it whole. */
export async function runVerifier(options: VerifierOptions): Promise<VerifierOutcome> {
  const { entries, documents, checkpointEvery, versionEvery } = options
  const folder = await mkdtemp(join(tmpdir(), 'cabildo-verifier-'))
  try {
    const made = makeBundle(options)
    const path = join(folder, 'record.zip')
    await writeFile(path, made.bytes)
    const outcome: VerifierOutcome = {
      ...{ entries, documents, checkpointEvery, versionEvery, checkpoints: made.checkpoints, versions: made.versions },
      megabytes: made.bytes.length / 1e6,
      ...{ log: [], whole: [], page: [] },
    }
    for (let repetition = 0; repetition < options.repetitions; repetition++) {
      outcome.log.push(await runCommand(path, made.key, ['--log']))
      outcome.whole.push(await runCommand(path, made.key, []))
      if (options.browser) outcome.page.push(await runPage(options.browser, path, made.key))
    }
    return outcome
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** What the command takes from its start to its end; its last words say what the process used. */
async function runCommand(path: string, key: string, more: readonly string[]): Promise<Run> {
  const tell = `process.on('exit', () => console.error(JSON.stringify(process.resourceUsage())))`
  const args = ['--disable-warning=ExperimentalWarning', '--import', `data:text/javascript,${encodeURIComponent(tell)}`]
  const command = join(root, 'packages/verify/src/cli/verify-command.ts')
  const begun = performance.now()
  const child = spawn(process.execPath, [...args, command, path, '--key', key, ...more], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: atMost,
  })
  let errors = ''
  child.stderr.on('data', (piece) => {
    errors += piece
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`the command ended with ${code}: ${errors}`)
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(errors) as NodeJS.ResourceUsage
  const seconds = (performance.now() - begun) / 1000
  return { seconds, cpu: (userCPUTime + systemCPUTime) / 1e6, rss: maxRSS / 1000 }
}

/** From the choosing of the file to the verdict. */
async function runPage(executablePath: string, path: string, key: string): Promise<{ seconds: number; steps: number }> {
  const server = await serveClient()
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage({ locale: 'es' })
    page.setDefaultTimeout(atMost)
    await page.goto(`${server.url}/verificar`)
    await page.getByRole('textbox').fill(key)
    await page.evaluate(watchProgress)
    const begun = performance.now()
    await page.locator('input[type=file]').setInputFiles(path)
    await page.getByText('El registro está íntegro.').waitFor()
    const seconds = (performance.now() - begun) / 1000
    return { seconds, steps: await page.evaluate(() => (globalThis as unknown as { steps: number }).steps) }
  } finally {
    await browser.close()
    server.stop()
  }
}

/** Runs in the page: counts how often the bar moved. */
function watchProgress(): void {
  const counted = globalThis as unknown as { steps: number }
  counted.steps = 0
  new MutationObserver((changes) => {
    counted.steps += changes.filter(({ target }) => target.nodeName === 'PROGRESS').length
  }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['value'] })
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
}

/** The built client alone: the page needs nothing of the program. */
async function serveClient(): Promise<{ url: string; stop: () => void }> {
  const dist = join(root, 'client/dist')
  const shell = readFileSync(join(dist, 'index.html'))
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    const asked = /^(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)+$/.test(pathname) ? join(dist, pathname) : undefined
    const type = types[extname(pathname)]
    if (pathname.startsWith('/api/')) response.writeHead(401, { 'content-type': 'application/json' }).end('{}')
    else if (!asked || !type) response.writeHead(200, { 'content-type': types['.html'] }).end(shell)
    else
      readFile(asked).then(
        (bytes) => response.writeHead(200, { 'content-type': type }).end(bytes),
        () => response.writeHead(404).end(),
      )
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const stop = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${port}`, stop }
}

/** The outcome as a table of Markdown. */
export function renderVerifier({
  entries,
  megabytes,
  checkpoints,
  versions,
  log,
  whole,
  page,
}: VerifierOutcome): string {
  const middle = (runs: readonly Run[], pick: (run: Run) => number) => median(runs.map(pick)).toFixed(1)
  const row = (what: string, runs: readonly Run[]) =>
    `| ${what} | ${middle(runs, ({ seconds }) => seconds)} | ${middle(runs, ({ cpu }) => cpu)} | ${middle(runs, ({ rss }) => rss)} |  |`
  const [count, heads] = [entries.toLocaleString('en'), checkpoints.toLocaleString('en')]
  return [
    `| ${count} entries, ${heads} checkpoints, ${versions} versions, ${megabytes.toFixed(1)} MB | s | CPU s | peak MB | steps told |`,
    '| --- | ---: | ---: | ---: | ---: |',
    row('the command, `--log`', log),
    row('the command, texts built again', whole),
    ...(page.length > 0
      ? [
          `| the page in Chromium, texts built again | ${median(page.map(({ seconds }) => seconds)).toFixed(1)} |  |  | ${median(page.map(({ steps }) => steps))} |`,
        ]
      : []),
  ].join('\n')
}
