/**
 * The first load of the editor, as somebody with an empty cache and a slow phone has it: the program started as `npm
 * start` does, one demo account signed in, a commitment opened in Chromium with its CPU slowed down four times.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Browser, type Cookie, chromium } from 'playwright-core'
import { median } from '../harness/histogram.ts'

/** One opening. Times in milliseconds from the start of the navigation, sizes in bytes as they came over the wire. */
export interface FirstLoad {
  firstPaint: number
  /** The editor stands there and can be typed into. */
  editable: number
  /** That, and no task has held up the page for more than 50 ms since, until it was quiet for `quietFor`. */
  interactive: number
  bytes: number
  byKind: Record<string, number>
  /** What was here when the editor became editable. The rest is fetched ahead, for what comes next. */
  bytesUntilEditable: number
  files: { name: string; bytes: number; at: number }[]
}

export interface ClientOptions {
  /** A server that is already running, with its demo; otherwise one is started. */
  url: string | undefined
  repetitions: number
  slowdown: number
}

const root = fileURLToPath(new URL('../../', import.meta.url))
const account = { email: 'sociedad@demo.cabildo.test', password: 'cabildo-demo' }
const plan = 'chepo'
const quietFor = 2000
const atMost = 60_000

/** Opens the editor some times, each with an empty cache. Throws when it never becomes editable. */
export async function runClient(options: ClientOptions): Promise<FirstLoad[]> {
  const program = options.url ? { url: options.url, stop: async () => {} } : await startProgram()
  try {
    const { address, cookie } = await signIn(program.url)
    const browser = await chromium.launch({ executablePath: await browserPath(), args: ['--no-sandbox'] })
    try {
      const loads: FirstLoad[] = []
      // The first one is for the server: nobody is the first visitor twice.
      for (let i = 0; i <= options.repetitions; i++) {
        const load = await openOnce(browser, address, cookie, options.slowdown)
        if (i > 0) loads.push(load)
      }
      return loads
    } finally {
      await browser.close()
    }
  } finally {
    await program.stop()
  }
}

/** The table of the medians. */
export function renderClient(loads: readonly FirstLoad[], slowdown: number): string {
  const middle = (pick: (load: FirstLoad) => number) => median(loads.map(pick))
  const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`
  const kinds = [...new Set(loads.flatMap(({ byKind }) => Object.keys(byKind)))].sort()
  const parts = kinds.map((kind) => `${kind} ${kilobytes(middle(({ byKind }) => byKind[kind] ?? 0))}`)
  const largest = (loads[0]?.files ?? []).slice(0, 6).map(({ name, bytes }) => `${name} ${kilobytes(bytes)}`)
  return [
    `| first load of the editor, CPU slowed down ${slowdown} times | median of ${loads.length} |`,
    '| --- | ---: |',
    `| compressed, in total | ${kilobytes(middle(({ bytes }) => bytes))} |`,
    `| of it | ${parts.join(', ')} |`,
    `| the largest | ${largest.join(', ')} |`,
    `| until it can be typed into | ${kilobytes(middle(({ bytesUntilEditable }) => bytesUntilEditable))} |`,
    `| first paint | ${Math.round(middle(({ firstPaint }) => firstPaint))} ms |`,
    `| editable | ${Math.round(middle(({ editable }) => editable))} ms |`,
    `| interactive | ${Math.round(middle(({ interactive }) => interactive))} ms |`,
  ].join('\n')
}

async function openOnce(browser: Browser, address: string, cookie: Cookie, slowdown: number): Promise<FirstLoad> {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, locale: 'es' })
  try {
    await context.addCookies([cookie])
    const page = await context.newPage()
    const session = await context.newCDPSession(page)
    const kinds = new Map<string, string>()
    const byKind: Record<string, number> = {}
    let bytes = 0
    await session.send('Network.enable')
    session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type))
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      const kind = (kinds.get(requestId) ?? 'other').toLowerCase()
      byKind[kind] = (byKind[kind] ?? 0) + encodedDataLength
      bytes += encodedDataLength
    })
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
    await page.addInitScript(watchPage)
    await page.goto(address, { waitUntil: 'commit' })
    const until = performance.now() + atMost
    for (;;) {
      const seen = await page.evaluate(() => (globalThis as unknown as { seen: Seen }).seen)
      const quiet = seen.now - Math.max(seen.editable ?? seen.now, seen.lastLongTask)
      if (seen.editable !== undefined && quiet > quietFor) {
        const { editable, firstPaint, lastLongTask } = seen
        const files = await page.evaluate(listFiles)
        const bytesUntilEditable = files.filter(({ at }) => at <= editable).reduce((sum, file) => sum + file.bytes, 0)
        const interactive = Math.max(editable, lastLongTask)
        return { firstPaint, editable, interactive, bytes, byKind, bytesUntilEditable, files }
      }
      if (performance.now() > until) throw new Error(`The editor was not there and quiet after ${atMost / 1000} s`)
      await pause(200)
    }
  } finally {
    await context.close()
  }
}

interface Seen {
  firstPaint: number
  editable: number | undefined
  lastLongTask: number
  readonly now: number
}

/** Runs in the page before anything else. */
function watchPage(): void {
  const seen = {
    firstPaint: 0,
    editable: undefined as number | undefined,
    lastLongTask: 0,
    get now() {
      return performance.now()
    },
  }
  Object.assign(globalThis, { seen })
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.lastLongTask = startTime + duration
  }).observe({ type: 'longtask', buffered: true })
  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries())
      if (name === 'first-contentful-paint') seen.firstPaint = startTime
  }).observe({ type: 'paint', buffered: true })
  const look = () => {
    if (document.querySelector('[contenteditable="true"]')) seen.editable = performance.now()
    else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** Runs in the page: what it has loaded, the largest first, by the browser's own account. */
function listFiles(): FirstLoad['files'] {
  const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  const files = entries
    .filter((entry) => entry instanceof PerformanceResourceTiming)
    .map(({ name, transferSize, responseEnd }) => ({
      name: new URL(name).pathname,
      bytes: transferSize,
      at: responseEnd,
    }))
  return files.sort((a, b) => b.bytes - a.bytes)
}

async function signIn(url: string): Promise<{ address: string; cookie: Cookie }> {
  const answer = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: url },
    body: JSON.stringify(account),
  })
  const [pair = ''] = (answer.headers.get('set-cookie') ?? '').split(';')
  if (!answer.ok || !pair)
    throw new Error(`Signing in as ${account.email} was answered ${answer.status}: is it the demo?`)
  const plans = await fetch(`${url}/api/plans/${plan}`, { headers: { Cookie: pair } })
  const { commitments }: { commitments: { number: number }[] } = await plans.json()
  const [first] = commitments
  if (!first) throw new Error(`The plan ${plan} has no commitment`)
  const at = pair.indexOf('=')
  const cookie: Cookie = {
    name: pair.slice(0, at),
    value: pair.slice(at + 1),
    domain: new URL(url).hostname,
    path: '/',
    expires: -1,
    httpOnly: true,
    secure: false,
    sameSite: 'Lax',
  }
  return { address: `${url}/plans/${plan}/commitments/${first.number}`, cookie }
}

async function startProgram(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = `${root}.data/`
  await mkdir(folder, { recursive: true })
  const dataDir = await mkdtemp(`${folder}bench-client-`)
  const { DATABASE_URL: _, BASE_URL: __, ...env } = process.env
  const child: ChildProcess = spawn(process.execPath, [`${root}scripts/start.mjs`], {
    cwd: root,
    env: {
      ...env,
      DATA_DIR: dataDir,
      PORT: '0',
      HOST: '127.0.0.1',
      DEMO: 'on',
      LOG_LEVEL: 'warn',
      NODE_ENV: 'development',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'close')
  const stop = async () => {
    child.kill('SIGTERM')
    await ended
    await rm(dataDir, { recursive: true, force: true })
  }
  const said: string[] = []
  const url = await new Promise<string | undefined>((resolve) => {
    if (child.stdout) {
      createInterface({ input: child.stdout }).on('line', (line) => {
        said.push(line)
        const ready = /^Cabildo ready on (\S+)$/.exec(line)
        if (ready) resolve(ready[1])
      })
    }
    ended.then(() => resolve(undefined))
  })
  if (url) return { url, stop }
  await stop()
  throw new Error(`The program did not start:\n${said.join('\n')}`)
}

/** The same browser the tests use. */
async function browserPath(): Promise<string> {
  const file = new URL('../../scripts/lib/browser.mjs', import.meta.url).href
  // Plain JavaScript, which says nothing of its types.
  const { findBrowser } = (await import(file)) as { findBrowser(tools: object): Promise<string | undefined> }
  const path = await findBrowser({ node: process.execPath, env: process.env })
  if (!path) throw new Error('No Chromium here: set CHROMIUM_PATH')
  return path
}
