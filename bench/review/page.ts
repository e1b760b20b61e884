import { setTimeout as pause } from 'node:timers/promises'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import words from '../../client/src/locales/es/threads.json' with { type: 'json' }

/** One opening of a commitment, in milliseconds from the start of the navigation. */
export interface Opened {
  /** A field stands there and can be typed into. */
  editable: number
  /** The first card stands in the margin; undefined where there are no threads. */
  cards: number | undefined
  /** The last task of more than 50 ms before two quiet seconds ended, or a field was editable, or cards stood. */
  settled: number
  /** What the page's thread had computed by then, whatever else the machine did; at the speed that it has here. */
  cpu: number
}

/** How a page kept up while somebody typed. Milliseconds. */
export interface Typed {
  frames: number
  perSecond: number
  /** From one frame to the next. */
  p50: number
  p95: number
  most: number
  longTasks: number
  longest: number
  /** What the page's thread computed for each key. */
  cpuOfKey: number
}

const quietFor = 2000
const atMost = 60_000
const margin = `aside[aria-label="${words.margin}"] button`

/** A browser of somebody who is signed in, at a desk with a margin. */
export async function signedIn(browser: Browser, url: string, cookie: string): Promise<BrowserContext> {
  const context = await browser.newContext({
    ...{ viewport: { width: 1440, height: 900 }, locale: 'es', serviceWorkers: 'block', reducedMotion: 'reduce' },
  })
  const at = cookie.indexOf('=')
  await context.addCookies([{ name: cookie.slice(0, at), value: cookie.slice(at + 1), url }])
  return context
}

/** A page whose CPU is slowed down. */
export async function slowPage(context: BrowserContext, slowdown: number): Promise<Page> {
  const page = await context.newPage()
  page.setDefaultTimeout(atMost)
  if (slowdown > 1) {
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: slowdown })
  }
  return page
}

/** Puts as much text as a field has into an element that the browser edits by itself: what no program can be faster than. */
export async function openPlain(page: Page, field: string, paragraphs: readonly string[]): Promise<void> {
  await page.setContent('<div contenteditable="true" style="width: 50rem; margin: auto"></div>')
  await page.evaluate(
    ({ id, texts }) => {
      const text = document.querySelector('div')
      if (text) text.id = id
      for (const words of texts) text?.append(Object.assign(document.createElement('p'), { textContent: words }))
    },
    { id: `editor-${field}`, texts: paragraphs },
  )
}

/** Reads what a page's thread computed since it is there, in milliseconds of its own clock, not of the wall's. */
async function cpuMeter(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return 1000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN)
  }
}

/** Opens an address and waits until all is there and quiet. Throws when that takes more than a minute. */
export async function openCommitment(page: Page, address: string, withCards: boolean): Promise<Opened> {
  const cpu = await cpuMeter(page)
  await page.addInitScript(watchOpening, { margin: withCards ? margin : undefined })
  await page.goto(address, { waitUntil: 'commit' })
  for (const until = performance.now() + atMost; ; await pause(200)) {
    const { now, editable, cards, lastLongTask } = await page.evaluate(
      () => (globalThis as unknown as { seen: Seen }).seen,
    )
    if (editable !== undefined && (cards !== undefined || !withCards)) {
      const settled = Math.max(editable, cards ?? 0, lastLongTask)
      if (now - settled > quietFor) return { editable, cards, settled, cpu: await cpu() }
    }
    if (performance.now() > until) throw new Error(`${address} was not there and quiet after ${atMost / 1000} s`)
  }
}

interface Seen {
  editable: number | undefined
  cards: number | undefined
  lastLongTask: number
  readonly now: number
}

/** Runs in the page before anything else. */
function watchOpening({ margin }: { margin: string | undefined }): void {
  const seen = {
    editable: undefined as number | undefined,
    cards: undefined as number | undefined,
    lastLongTask: 0,
    get now() {
      return performance.now()
    },
  }
  Object.assign(globalThis, { seen })
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.lastLongTask = startTime + duration
  }).observe({ type: 'longtask', buffered: true })
  const look = () => {
    if (document.querySelector('[contenteditable="true"]')) seen.editable ??= performance.now()
    if (margin && document.querySelector(margin)) seen.cards ??= performance.now()
    // Not longer than it has to: what is measured after the opening would pay for it.
    if (seen.editable === undefined || (margin && seen.cards === undefined)) requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
}

/** Types in a field at so many keys a second, and answers how the page kept up. */
export async function typeIn(
  page: Page,
  field: string,
  { seconds, keys }: { seconds: number; keys: number },
): Promise<Typed> {
  // Not by a press: what is proposed or commented would open.
  await page.locator(`#editor-${field}`).focus()
  await page.keyboard.press('Control+End')
  await page.evaluate(watchFrames)
  const cpu = await cpuMeter(page)
  const before = await cpu()
  // Keys that every keyboard has.
  const text = 'y cada mes se muestra en la plaza '
  const begun = performance.now()
  for (let key = 0; key < seconds * keys; key += 1) {
    await page.keyboard.press(text[key % text.length] === ' ' ? 'Space' : (text[key % text.length] ?? 'a'))
    const wait = begun + ((key + 1) * 1000) / keys - performance.now()
    if (wait > 0) await pause(wait)
  }
  const { intervals, tasks } = await page.evaluate(() => (globalThis as unknown as { frames: Frames }).frames.stop())
  const sorted = [...intervals].sort((one, other) => one - other)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
  const sum = sorted.reduce((all, one) => all + one, 0)
  return {
    ...{ frames: sorted.length, perSecond: (sorted.length * 1000) / sum, p50: at(0.5), p95: at(0.95), most: at(1) },
    ...{ longTasks: tasks.length, longest: Math.max(0, ...tasks) },
    cpuOfKey: ((await cpu()) - before) / (seconds * keys),
  }
}

interface Frames {
  stop(): { intervals: number[]; tasks: number[] }
}

/** Runs in the page: notes every frame and every task of more than 50 ms until it is stopped. */
function watchFrames(): void {
  const intervals: number[] = []
  const tasks: number[] = []
  let before: number | undefined
  let running = true
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration)
  })
  observer.observe({ type: 'longtask' })
  const frame = (at: number) => {
    if (before !== undefined) intervals.push(at - before)
    before = at
    if (running) requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  const stop = () => {
    running = false
    observer.disconnect()
    return { intervals, tasks }
  }
  Object.assign(globalThis, { frames: { stop } })
}

/** Notes when words of the form `«word»-<number>` first stand in the page: by number, in milliseconds of the epoch. */
export async function watchFor(page: Page, word: string): Promise<(number: number) => Promise<number | undefined>> {
  await page.evaluate((sought) => {
    const came = new Map<number, number>()
    const pattern = new RegExp(`${sought}-(\\d+)`, 'g')
    const look = (text: string | null) => {
      for (const [, number] of (text ?? '').matchAll(pattern))
        if (!came.has(Number(number))) came.set(Number(number), performance.timeOrigin + performance.now())
    }
    new MutationObserver((changes) => {
      for (const { type, target, addedNodes } of changes) {
        if (type === 'characterData') look(target.textContent)
        for (const node of addedNodes) look(node.textContent)
      }
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
    Object.assign(globalThis, { came })
  }, word)
  return (number) =>
    page.evaluate((wanted) => (globalThis as unknown as { came: Map<number, number> }).came.get(wanted), number)
}
