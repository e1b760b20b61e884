/**
 * A commitment with hundreds of threads and proposals beside one that says the same and has none, in one run: how long it
 * takes to open, how it keeps up while somebody types, both in Chromium with its CPU slowed down, and how soon a new
 * comment stands on somebody else's screen.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { type Browser, chromium } from 'playwright-core'
import { createHistogram, median } from '../harness/histogram.ts'
import type { Cluster } from '../harness/postgres.ts'
import { createRandom } from '../harness/random.ts'
import { startServer } from '../harness/server-process.ts'
import { createCaller } from '../workshop/caller.ts'
import { type Opened, openCommitment, openPlain, signedIn, slowPage, type Typed, typeIn, watchFor } from './page.ts'
import { type Beside, type Desk, plantDesk, postTo, type Reviewed, reviewIt } from './plant.ts'

export interface ReviewOptions {
  cluster: Cluster
  /** Path of a Chromium. */
  browser: string
  quick: boolean
  seed: number
  repetitions: number
  slowdown: number
  say(line: string): void
}

/** What one commitment showed. */
export interface Side {
  /** With nothing kept in the browser, and once more with what it kept then. */
  first: Opened[]
  again: Opened[]
  typing: Typed[]
  /** While somebody else writes in the same field. */
  together: Typed[]
}

/** Milliseconds. */
export interface CommentTimes {
  count: number
  /** Until its author had the answer. */
  answered: { p50: number; p95: number }
  /** Until it stood on another screen. */
  shown: { p50: number; p95: number; most: number }
}

export interface ReviewOutcome extends Beside {
  slowdown: number
  bare: Side
  full: Side
  /** The same words in an element without any program. */
  plain: Typed[]
  comments: CommentTimes
}

const field = 'problem'
/** Those on the whole text stand first in its list, of which forty are drawn at once: all of these can be seen. */
const comments = 36

/** Plants both commitments, has the second one reviewed, and measures them in turn. */
export async function runReview(options: ReviewOptions): Promise<ReviewOutcome> {
  const { cluster, quick, seed, say } = options
  const beside: Beside = { threads: 500, proposals: 200 }
  const database = await cluster.createDatabase('review', async () => {})
  let browser: Browser | undefined
  let server: Awaited<ReturnType<typeof startServer>> | undefined
  try {
    const desk = await plantDesk(database.url, seed)
    server = await startServer({ entry: 'cabildo.ts', env: { DATABASE_URL: database.url }, core: undefined })
    const begun = performance.now()
    await reviewIt(server.port, desk, beside, seed)
    say(`${beside.threads} threads and ${beside.proposals} proposals in ${seconds(performance.now() - begun)} s`)
    browser = await chromium.launch({ executablePath: options.browser, args: ['--no-sandbox'] })
    const sides = { bare: emptySide(), full: emptySide() }
    const plain: Typed[] = []
    for (let repetition = 0; repetition < options.repetitions; repetition += 1) {
      // What the one before leaves to be done must not always fall on the same side.
      for (const which of repetition % 2 === 0 ? (['bare', 'full'] as const) : (['full', 'bare'] as const))
        await measureSide({ ...options, browser, port: server.port, desk, which, into: sides[which] })
      plain.push(await typePlainly(browser, desk, options))
    }
    const told = await measureComments(browser, server.port, desk, quick ? 10 : comments, seed)
    return { ...beside, slowdown: options.slowdown, ...sides, plain, comments: told }
  } finally {
    await browser?.close()
    await server?.kill()
    await database.drop()
  }
}

const emptySide = (): Side => ({ first: [], again: [], typing: [], together: [] })
const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(1)
const addressOf = (port: number, { slug }: Desk, { number }: Reviewed, search = '') =>
  `http://127.0.0.1:${port}/plans/${slug}/commitments/${number}${search}`

interface SideOptions extends Pick<ReviewOptions, 'quick' | 'slowdown' | 'say'> {
  browser: Browser
  port: number
  desk: Desk
  which: 'bare' | 'full'
  into: Side
}

async function measureSide({ browser, port, desk, which, into, quick, slowdown, say }: SideOptions): Promise<void> {
  const url = `http://127.0.0.1:${port}`
  const address = addressOf(port, desk, desk[which])
  const withCards = which === 'full'
  const context = await signedIn(browser, url, desk.cookies[0] ?? '')
  try {
    const page = await slowPage(context, slowdown)
    into.first.push(await openCommitment(page, address, withCards))
    await page.close()
    const second = await slowPage(context, slowdown)
    into.again.push(await openCommitment(second, address, withCards))
    const pace = paceOf(quick)
    into.typing.push(await typeIn(second, field, pace))
    into.together.push(await withAnother(browser, url, desk, address, () => typeIn(second, field, pace)))
    const [opened, typed, together] = [into.again.at(-1), into.typing.at(-1), into.together.at(-1)]
    say(
      `${which}: settled after ${opened?.settled.toFixed(0)} ms, ${typed?.perSecond.toFixed(1)} frames a second, ` +
        `${together?.perSecond.toFixed(1)} beside another`,
    )
  } finally {
    await context.close()
  }
}

const paceOf = (quick: boolean) => ({ seconds: quick ? 4 : 10, keys: 10 })

async function typePlainly(
  browser: Browser,
  { bare }: Desk,
  { quick, slowdown }: Pick<ReviewOptions, 'quick' | 'slowdown'>,
): Promise<Typed> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' })
  try {
    const page = await slowPage(context, slowdown)
    const paragraphs = bare.doc.getXmlFragment(field).toArray()
    await openPlain(
      page,
      field,
      paragraphs.map((one) => one.toString().replaceAll(/<[^>]*>/g, '')),
    )
    return await typeIn(page, field, paceOf(quick))
  } finally {
    await context.close()
  }
}

/** Does something while somebody else writes at another line of the same field. */
async function withAnother<Result>(
  browser: Browser,
  url: string,
  desk: Desk,
  address: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const context = await signedIn(browser, url, desk.cookies[1] ?? '')
  try {
    const page = await slowPage(context, 1)
    await page.goto(address)
    await page.locator(`#editor-${field}`).click()
    await page.keyboard.press('Control+Home')
    let writes = true
    const writing = (async () => {
      // Ends with what it stands beside, and by itself after a minute.
      for (let key = 0; writes && key < 300; key += 1) {
        await page.keyboard.press(key % 6 === 5 ? 'Space' : 'a')
        await pause(200)
      }
    })()
    try {
      return await work()
    } finally {
      writes = false
      await writing
    }
  } finally {
    await context.close()
  }
}

/** Comments come one by one, as people write them; another screen has the list open. */
async function measureComments(
  browser: Browser,
  port: number,
  desk: Desk,
  count: number,
  seed: number,
): Promise<CommentTimes> {
  const context = await signedIn(browser, `http://127.0.0.1:${port}`, desk.cookies[2] ?? '')
  const caller = createCaller(port)
  const random = createRandom(seed)
  const [answered, shown] = [createHistogram(), createHistogram()]
  let most = 0
  try {
    const page = await slowPage(context, 1)
    await openCommitment(page, addressOf(port, desk, desk.full, '?threads=open'), false)
    const cameAt = await watchFor(page, 'novedad')
    const post = postTo(caller, desk)
    const path = `/api/documents/${desk.full.documentId}/threads`
    for (let number = 1; number <= count; number += 1) {
      const sentAt = performance.timeOrigin + performance.now()
      await post(3 + number, path, { kind: 'comment', body: `novedad-${number}`, mentions: [] })
      answered.add(performance.timeOrigin + performance.now() - sentAt)
      // A page that was told of one asks for the next after a second.
      await pause(1100 + random() * 400)
      const came = await cameAt(number)
      if (came === undefined) shown.addLost(1)
      else {
        shown.add(came - sentAt)
        most = Math.max(most, came - sentAt)
      }
    }
  } finally {
    caller.end()
    await context.close()
  }
  return {
    count,
    answered: { p50: answered.quantile(0.5), p95: answered.quantile(0.95) },
    shown: { p50: shown.quantile(0.5), p95: shown.quantile(0.95), most },
  }
}

/** The outcome as a table of Markdown. */
export function renderReview({ threads, proposals, slowdown, bare, full, plain, comments }: ReviewOutcome): string {
  const whole = (value: number) => String(Math.round(value))
  const tenth = (value: number) => value.toFixed(1)
  const row = (what: string, one: number, other: number, show = whole) =>
    `| ${what} | ${show(one)} | ${show(other)} | ${one === 0 ? '' : (other / one).toFixed(2)} |`
  const opened = (what: string, of: 'first' | 'again', key: 'editable' | 'settled' | 'cpu') =>
    row(what, median(bare[of].map((one) => one[key])), median(full[of].map((one) => one[key])))
  const typed = (what: string, of: 'typing' | 'together', key: keyof Typed) =>
    row(what, median(bare[of].map((one) => one[key])), median(full[of].map((one) => one[key])), tenth)
  const cards = (of: 'first' | 'again') => whole(median(full[of].map((one) => one.cards ?? Number.NaN)))
  const typing = (of: 'typing' | 'together', how: string) => [
    typed(`${how}: frames a second`, of, 'perSecond'),
    typed(`${how}: from frame to frame, p50, ms`, of, 'p50'),
    typed(`${how}: from frame to frame, p95, ms`, of, 'p95'),
    typed(`${how}: tasks of more than 50 ms`, of, 'longTasks'),
    typed(`${how}: the longest of them, ms`, of, 'longest'),
    typed(`${how}: CPU of the page for a key, ms`, of, 'cpuOfKey'),
  ]
  return [
    `| CPU slowed down ${slowdown} times | nothing beside it | ${threads} threads, ${proposals} proposals | ratio |`,
    '| --- | ---: | ---: | ---: |',
    opened('first visit: editable, ms', 'first', 'editable'),
    opened('first visit: all there and quiet, ms', 'first', 'settled'),
    `| first visit: cards in the margin, ms |  | ${cards('first')} |  |`,
    opened('first visit: CPU of the page, ms', 'first', 'cpu'),
    opened('opened again: editable, ms', 'again', 'editable'),
    opened('opened again: all there and quiet, ms', 'again', 'settled'),
    `| opened again: cards in the margin, ms |  | ${cards('again')} |  |`,
    opened('opened again: CPU of the page, ms', 'again', 'cpu'),
    ...typing('typing', 'ten keys a second'),
    ...typing('together', 'the same while another writes in the field'),
    '',
    `The same words in an element that the browser edits by itself, without any program: ` +
      `${tenth(median(plain.map(({ perSecond }) => perSecond)))} frames a second, ` +
      `${tenth(median(plain.map(({ cpuOfKey }) => cpuOfKey)))} ms of CPU for a key.`,
    '',
    `A new comment, ${comments.count} of them one after another, stood on another screen after ` +
      `${tenth(comments.shown.p50)} ms (p50), ${tenth(comments.shown.p95)} ms (p95), ${tenth(comments.shown.most)} ms at most; ` +
      `its author was answered after ${tenth(comments.answered.p50)} and ${tenth(comments.answered.p95)} ms.`,
  ].join('\n')
}
