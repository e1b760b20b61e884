import { once } from 'node:events'
import { createServer } from 'node:net'
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type CDPSession,
  chromium,
  type Page,
} from 'playwright-core'
import { inject } from 'vitest'

/**
 * One browser for all the files of a worker, and contexts of it that are used again. A page in a new context takes twice
 * the processor's time of one in a context where the program was read before, and a run opens some three hundred.
 */

/** A context lent to somebody for as long as a test. */
interface Lent {
  context: BrowserContext
  /** Takes it back: emptied for the next one, or closed when that cannot be done for certain. */
  giveBack(): Promise<void>
  /** Says that nobody else may get it, e.g. after a test that failed. */
  spend(): void
}

interface Kept {
  context: BrowserContext
  /** What the context was made with. */
  key: string
  isSpent: boolean
  /** A page at rest, which keeps the process with what it has read of the program; made when first given back. */
  rest?: { page: Page; session: CDPSession }
  /** As Playwright made it: used through the context it would spend it. */
  attach(page: Page): Promise<CDPSession>
}

/** Contexts at rest, the one used longest ago first. */
const atRest: Kept[] = []

/** Each is a process with the program in it: as many as two files ask for, of which one after the other runs. */
const mostAtRest = 6

let started: Promise<Browser> | undefined

/** The browser of this worker. It ends with the worker, whose end closes the pipe that it listens on. */
function browserOfWorker(): Promise<Browser> {
  started ??= chromium.launch({
    executablePath: inject('browser'),
    args: [
      // Root runs tests in containers, where Chromium's sandbox has no room.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ...forShortVisits,
    ],
  })
  return started
}

/**
 * What is switched off in Chromium by name: what Playwright switches off (`e2e/browser.e2e.ts` compares), since of two such
 * lists the last one counts; and reading scripts while they arrive. That reads each script anew in the background, also
 * where the page before left it compiled.
 */
const off = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'TcpPortRandomizationWin',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
  'msForceBrowserSignIn',
  'msEdgeUpdateLaunchServicesPreferredVersion',
  'ScriptStreaming',
]

/**
 * A page of a journey is gone after seconds: what V8 spends on making its code fast, beyond the first of its compilers,
 * and on small steps of its memory, never comes back. Without, a journey takes a seventh less of the processor's time. Pages
 * of one context share a process, so that the page of a next visitor finds the program read.
 */
const forShortVisits = [
  '--js-flags=--no-turbofan --no-maglev --min-semi-space-size=32 --max-semi-space-size=32',
  '--process-per-site',
  `--disable-features=${off.join(',')}`,
]

/** A new context, closed when it is given back. */
export async function newContext(options: BrowserContextOptions): Promise<Lent> {
  const context = await (await browserOfWorker()).newContext(options)
  return { context, giveBack: () => context.close(), spend: () => {} }
}

/**
 * A context in which nothing is left of whoever had it before: no cookie, nothing stored, no page, no setting; only the
 * files of the program, as the browser keeps them. `url`: where the program is.
 */
export async function lendContext(options: BrowserContextOptions, url: string): Promise<Lent> {
  const key = JSON.stringify({ ...options, baseURL: url })
  const found = atRest.findIndex((one) => one.key === key)
  const kept = atRest.splice(found, found === -1 ? 0 : 1)[0] ?? (await make(options, key))
  return {
    context: kept.context,
    giveBack: () => takeBack(kept, url),
    spend: () => {
      kept.isSpent = true
    },
  }
}

/** Empties what the browser keeps of the addresses of a town that is gone: another one will have the same. */
export async function forgetTown(): Promise<void> {
  await Promise.all(
    atRest.map(async ({ rest }) => {
      await rest?.session.send('Network.clearBrowserCache')
    }),
  )
}

async function make(options: BrowserContextOptions, key: string): Promise<Kept> {
  const context = await (await browserOfWorker()).newContext(options)
  const kept: Kept = { context, key, isSpent: false, attach: context.newCDPSession.bind(context) }
  const spend = () => {
    kept.isSpent = true
  }
  // What is stored is emptied for the town's own address.
  const { origin } = new URL(options.baseURL ?? '')
  context.on('page', (page) => {
    page.on('crash', spend)
    page.on('framenavigated', (frame) => {
      if (/^https?:/.test(frame.url()) && new URL(frame.url()).origin !== origin) spend()
    })
  })
  spendWhenUsed(context, [...harmless, 'setOffline'], spend)
  // It has files of the program that its visitor never saw, and would open without a network what is not on the device.
  context.setOffline = () => Promise.reject(new Error('whoever loses the network arrives with `first` or `keeping`'))
  spendWhenUsed(context.clock, [], spend)
  spendWhenUsed(context.tracing, [], spend)
  return kept
}

/** What may be done to a context without a trace, or with one that `takeBack` undoes. Everything else spends it. */
const harmless = [
  'newPage',
  'pages',
  'browser',
  'isClosed',
  'cookies',
  'addCookies',
  'clearCookies',
  'storageState',
  'grantPermissions',
  'clearPermissions',
  'setDefaultTimeout',
  'waitForEvent',
  'close',
  'constructor',
]

/** Makes every method of an object but these tell that it was used. */
function spendWhenUsed(target: object, except: readonly string[], spend: () => void): void {
  const prototype = Object.getPrototypeOf(target) as object
  for (const name of [...Object.getOwnPropertyNames(prototype), 'on', 'once', 'addListener']) {
    const method: unknown = Reflect.get(target, name)
    if (name.startsWith('_') || except.includes(name) || typeof method !== 'function') continue
    Reflect.set(target, name, (...given: unknown[]) => {
      spend()
      return Reflect.apply(method, target, given)
    })
  }
}

async function takeBack(kept: Kept, url: string): Promise<void> {
  const { context } = kept
  if (kept.isSpent || !(await empty(kept, url))) return context.close()
  atRest.push(kept)
  while (atRest.length > mostAtRest) await atRest.shift()?.context.close()
}

/** Answers whether nothing is left. */
async function empty(kept: Kept, url: string): Promise<boolean> {
  const { context } = kept
  try {
    await context.clearPermissions()
    kept.rest ??= await restIn(kept)
    const { page: resting, session } = kept.rest
    await Promise.all(context.pages().map((page) => page !== resting && page.close()))
    await Promise.all([
      context.clearCookies(),
      session.send('Storage.clearDataForOrigin', { origin: url, storageTypes: 'all' }),
    ])
    return !kept.isSpent
  } catch {
    // Its program may be gone, or the page of its own that rests.
    return false
  }
}

/** Opens a page that rests: the smallest answer of the program. */
async function restIn({ context, attach }: Kept) {
  const page = await context.newPage()
  await page.goto('/healthz')
  return { page, session: await attach(page) }
}

let port: Promise<number> | undefined

/**
 * The port of every town of this worker that needs no other: the browser knows the program by its address. It is below
 * those that the system gives away by itself, so that nobody has it between two towns.
 */
export function portOfWorker(): Promise<number> {
  port ??= findPort()
  return port
}

async function findPort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const candidate = 20_000 + Math.floor(Math.random() * 10_000)
    const probe = createServer().listen(candidate, '127.0.0.1')
    const isFree = await Promise.race([
      once(probe, 'listening').then(() => true),
      once(probe, 'error').then(() => false),
    ]).catch(() => false)
    await new Promise((resolve) => probe.close(resolve))
    if (isFree) return candidate
  }
  throw new Error('no port between 20000 and 30000 is free')
}
