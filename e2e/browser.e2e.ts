import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BrowserContext } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lendContext } from './browser.ts'
import { openTown, phone, type Town } from './town.ts'

/** The browser of the journeys itself: contexts are used again, and nobody may find what another left. */

let town: Town
beforeAll(async () => {
  town = await openTown()
})
afterAll(() => town?.close())

let used: BrowserContext

/** Of a browser that no other file asks for, so that nobody's rests beside these. */
const mine = { screen: phone, settings: { locale: 'pt-BR' } }

test('somebody leaves all that a browser keeps', async () => {
  const [{ page, context }, other] = [await town.arrive(mine), await town.arrive(mine)]
  expect(other.context, 'two at once have a browser each').not.toBe(context)
  used = context
  await page.addInitScript(() => Object.assign(globalThis, { mine: 'mine' }))
  await page.route('**/healthz', (route) => route.fulfill({ body: 'mine' }))
  await page.goto('/login')
  await context.addCookies([
    { name: 'mine', value: 'mine', url: town.url },
    { name: 'mine', value: 'mine', url: 'https://example.org' },
  ])
  await page.evaluate(async () => {
    localStorage.setItem('mine', 'mine')
    sessionStorage.setItem('mine', 'mine')
    await (await caches.open('mine')).put('/mine', new Response('mine'))
    await new Promise((done) => {
      const opening = indexedDB.open('mine')
      opening.onupgradeneeded = () => opening.result.createObjectStore('mine').put('mine', 'mine')
      // It stays open, as that of a page that is gone in the middle of something.
      opening.onsuccess = done
    })
  })
  expect(await page.evaluate(() => fetch('/healthz').then((answer) => answer.text()))).toBe('mine')
  await context.grantPermissions(['notifications'])
  await page.setViewportSize({ width: 640, height: 400 })
  await page.emulateMedia({ colorScheme: 'dark', media: 'print', reducedMotion: 'no-preference' })
  await context.newPage()
  await expect(context.setOffline(true)).rejects.toThrow('first')
})

test('the next one finds nothing of it, in the same browser', async () => {
  const visitors = [await town.arrive(mine), await town.arrive(mine)]
  const found = visitors.find(({ context }) => context === used)
  if (!found) throw new Error('the context was not used again')
  const { page, context } = found
  expect(context.pages(), 'its own page, and the one that rests').toHaveLength(2)
  expect(await context.cookies()).toEqual([])
  await page.goto('/login')
  const left = await page.evaluate(async () => ({
    local: Object.keys(localStorage).filter((key) => key.includes('mine')),
    session: { ...sessionStorage },
    caches: await caches.keys(),
    databases: (await indexedDB.databases()).map(({ name }) => name).filter((name) => name === 'mine'),
    cookie: document.cookie,
    script: (globalThis as unknown as { mine?: string }).mine,
    notifications: (await navigator.permissions.query({ name: 'notifications' })).state,
    size: [innerWidth, innerHeight],
    media: ['(prefers-color-scheme: dark)', 'print', '(prefers-reduced-motion: no-preference)'].filter(
      (query) => matchMedia(query).matches,
    ),
    alive: await fetch('/healthz').then((answer) => answer.json()),
  }))
  expect(left).toEqual({
    local: [],
    session: {},
    caches: [],
    databases: [],
    cookie: '',
    script: undefined,
    notifications: 'prompt',
    size: [360, 740],
    media: [],
    alive: { status: 'alive' },
  })
})

test('what Playwright switches off in the browser is off, for of its list and ours the browser takes the last', async () => {
  const { context } = await town.arrive(mine)
  const session = await context.browser()?.newBrowserCDPSession()
  const { commandLine = '' } = (await session?.send('SystemInfo.getInfo')) ?? {}
  await session?.detach()
  const [playwrights = [], last = [], ...more] = [...commandLine.matchAll(/--disable-features=(\S+)/g)].map(
    ([, names = '']) => names.split(','),
  )
  expect(more).toEqual([])
  expect(playwrights).toContain('PaintHolding')
  expect(last).toEqual([...playwrights, 'ScriptStreaming'])
})

/** Another site, with nothing on it. */
let site: Server
beforeAll(async () => {
  site = createServer((_, answer) => answer.end()).listen(0, '127.0.0.1')
  await once(site, 'listening')
})
afterAll(() => site?.close())

const lasting: [string, (context: BrowserContext) => unknown][] = [
  ['a script for every page', (context) => context.addInitScript(() => {})],
  ['a function for every page', (context) => context.exposeFunction('mine', () => {})],
  ['a route for every page', (context) => context.route('**/*', (route) => route.continue())],
  ['headers', (context) => context.setExtraHTTPHeaders({ mine: 'mine' })],
  ['a place on earth', (context) => context.setGeolocation({ latitude: 9, longitude: -79 })],
  ['a listener', (context) => context.on('request', () => {})],
  ['a clock', (context) => context.clock.install()],
  ['the clock of a page', (context) => context.pages().at(-1)?.clock.install()],
  ['the protocol, e.g. for an authenticator', async (context) => context.newCDPSession(await context.newPage())],
  [
    'a page that crashed',
    (context) =>
      context
        .pages()
        .at(-1)
        ?.goto('chrome://crash')
        .catch(() => {}),
  ],
  [
    'another site',
    (context) =>
      context
        .pages()
        .at(-1)
        ?.goto(`http://localhost:${(site.address() as AddressInfo).port}`),
  ],
]
test.each(lasting)('a context that cannot be emptied is not used again: %s', async (_, act) => {
  const lend = () => lendContext({ baseURL: town.url, locale: 'fr-FR' }, town.url)
  const first = await lend()
  await (await first.context.newPage()).goto('/healthz')
  await act(first.context)
  await first.giveBack()
  const second = await lend()
  expect(second.context).not.toBe(first.context)
  await second.giveBack()
})

test('a context whose visitor did nothing of that kind is used again; after a test that failed it is not', async () => {
  const lend = () => lendContext({ baseURL: town.url, locale: 'fr-FR' }, town.url)
  const first = await lend()
  await (await first.context.newPage()).goto('/healthz')
  await first.giveBack()
  const second = await lend()
  expect(second.context).toBe(first.context)
  second.spend()
  await second.giveBack()
  const third = await lend()
  expect(third.context).not.toBe(first.context)
  await third.giveBack()
})
