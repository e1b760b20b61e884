import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type FreshDatabase, freshDatabase } from '@cabildo/testkit/postgres'
import { type ServerProcess, startServer } from '@cabildo/testkit/server-process'
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { inject, onTestFinished } from 'vitest'
import { forgetTown, lendContext, newContext, portOfWorker } from './browser.ts'
import { en, es, type Words } from './words.ts'

/** The screens the look is made for: a desk, and a phone of 360 px that is touched. */
export const desk = { name: '1280 px', viewport: { width: 1280, height: 800 } }
export const phone = { name: '360 px', viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }
export type Screen = typeof desk | typeof phone

/** Settings of a browser in which screens move, as most people's do; the others have asked for none of it. */
export const moving = { reducedMotion: 'no-preference' } as const

/** Settings of a browser that keeps the program for when there is no network, as every browser does that may. */
export const keeping = { serviceWorkers: 'allow' } as const

/** The people of the demo, by the part of their address before the @, as everybody sees them. */
export const people = {
  coordinacion: 'Marta Quintero',
  facilitacion: 'Rubén Ábrego',
  gobierno: 'Iván Castillo',
  sociedad: 'Yadira Moreno',
  revision: 'Noris Sanjur',
  alcaldia: 'Elda Carrión',
  aval: 'Tomás Herrera',
  monitoreo: 'Lucía Pinzón',
  ajena: 'Saúl Vergara',
} as const
export type DemoPerson = keyof typeof people

/** The password of them all. */
export const password = 'cabildo-demo'
export const addressOf = (person: DemoPerson): string => `${person}@demo.cabildo.test`

/** Somebody at a browser of their own. */
export interface Visitor {
  page: Page
  context: BrowserContext
  /** Where the program is. */
  url: string
  /** The words of this visitor's screens. */
  say: Words
  language: 'es' | 'en'
}

export interface Arrival {
  screen?: Screen
  language?: 'es' | 'en'
  /** What else the browser is set to, e.g. dark, or without motion. */
  settings?: BrowserContextOptions
  /**
   * In a browser that nobody had before, not even for the files of the program: where a first visit is measured, or what
   * the browser has of the program matters. So are all that keep the program.
   */
  first?: boolean
}

/** The program over the demo's database, and a browser to visit it with. */
export interface Town {
  url: string
  database: FreshDatabase
  /** The program as it runs now; see `restart`. */
  server(): ServerProcess
  /** Starts the program again at the same address, after it was stopped or killed. */
  restart(): Promise<void>
  /** Somebody whom the program does not know yet. Gone when the test ends. */
  arrive(arrival?: Arrival): Promise<Visitor>
  /** Somebody of the demo who signed in before. Gone when the test ends. */
  enter(person: DemoPerson, arrival?: Arrival): Promise<Visitor>
  close(): Promise<void>
}

/** How a town differs from the demo as it is. */
interface TownSettings {
  /** Gives its address a name, which passkeys need: `http://localhost:<port>`. */
  port?: number
  /** What else the program is set to. */
  more?: Record<string, string>
}

/** A port of this machine that nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  // A server that listens on a port says so by an object.
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

/** Opens a town of its own for one file of journeys: ask for it in `beforeAll`, close it in `afterAll`. */
export async function openTown({ port: named, more = {} }: TownSettings = {}): Promise<Town> {
  const database = await freshDatabase()
  const env = {
    DEMO: 'on',
    RECORD_KEY: inject('recordKey'),
    ...(named ? { BASE_URL: `http://localhost:${named}` } : {}),
    ...more,
  }
  const port = named ?? (await portOfWorker())
  let server = await startServer({ databaseUrl: database.url, port, env })
  const { url } = server

  const town: Town = {
    url,
    database,
    server: () => server,
    async restart() {
      server = await startServer({ databaseUrl: database.url, port, env })
    },
    arrive: (arrival = {}) => {
      onTestFinished(({ task }) => {
        if (task.result?.state === 'fail') process.stderr.write(`The program said:\n${server.output()}\n`)
      })
      return arrive(url, arrival)
    },
    async enter(person, arrival = {}) {
      const visitor = await town.arrive(arrival)
      await signIn(visitor.context, url, person)
      return visitor
    },
    async close() {
      await forgetTown()
      await server.stop()
      await database.drop()
    },
  }
  return town
}

async function arrive(url: string, { screen = desk, language = 'es', settings, first }: Arrival) {
  const { name: _, ...shape } = screen
  const options: BrowserContextOptions = {
    ...shape,
    baseURL: url,
    locale: 'es-PA',
    timezoneId,
    // Drawing what moves takes a sixth of the processor's time; see `moving`.
    reducedMotion: 'reduce',
    // Keeping the program takes a seventh, in a browser that is thrown away after its journey; see `keeping`.
    serviceWorkers: 'block',
    ...settings,
  }
  const isFirst = first ?? options.serviceWorkers === 'allow'
  const lent = isFirst ? await newContext(options) : await lendContext(options, url)
  const { context } = lent
  context.setDefaultTimeout(patience)
  const page = await context.newPage()
  // Of this page and not of the context, which somebody else gets who reads Spanish.
  if (language === 'en') await page.addInitScript(() => localStorage.setItem('cabildo-language', 'en'))
  const faults = watch(page)
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPicture(page, task.name)
    if (task.result?.state === 'fail' || faults.length > 0) lent.spend()
    await lent.giveBack()
    if (faults.length > 0) throw new Error(`The browser complained:\n${faults.join('\n')}`)
  })
  return { page, context, url, say: language === 'en' ? en : es, language } satisfies Visitor
}

/** Longest wait for anything a person would see soon. Milliseconds; a busy machine may need most of it. */
const patience = 30_000

const timezoneId = 'America/Panama'

/** Collects what goes wrong in a page unseen. That the network failed is told by the page itself, where it matters. */
function watch(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(String(error.stack ?? error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !ofNetwork.test(message.text())) faults.push(message.text())
  })
  return faults
}

const ofNetwork = /^Failed to load resource|^WebSocket connection to|dynamically imported module|preload CSS/

/**
 * How often something is asked again after a connection was found closed: the program closes one that was idle for seconds,
 * and on a busy machine that is seen only by asking.
 */
export const stale = 2

async function signIn(context: BrowserContext, url: string, person: DemoPerson): Promise<void> {
  const answer = await context.request.post('/api/session', {
    headers: { Origin: url },
    data: { email: addressOf(person), password },
    maxRetries: stale,
  })
  if (!answer.ok()) throw new Error(`${person} could not sign in: ${answer.status()} ${await answer.text()}`)
}

/** Not among what a run removes at its end. */
const pictures = fileURLToPath(new URL('../node_modules/.cache/journeys', import.meta.url))

/** Where a journey stood when it failed, as a picture, for whoever looks for the reason. */
async function keepPicture(page: Page, name: string): Promise<void> {
  if (page.isClosed()) return
  await mkdir(pictures, { recursive: true })
  const path = join(
    pictures,
    `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}-${page.viewportSize()?.width}-${Date.now()}.png`,
  )
  await page.screenshot({ path }).catch(() => {})
  process.stderr.write(`${name}: ${path}\n`)
}
