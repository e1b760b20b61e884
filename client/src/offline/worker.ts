/*
 * The service worker. It becomes `/sw.js`, a script of its own that shares no chunk with the pages. What it does is told
 * and tested in `keeping.ts`; here that meets the browser.
 */
import { answerAsset, answerPage, keepPage, kindOf, patience } from './keeping.ts'

/** What of a service worker's world is used here: its types and those of a page cannot stand in one project. */
interface Lifetime extends Event {
  waitUntil(work: Promise<unknown>): void
}
interface Fetched extends Lifetime {
  readonly request: Request
  readonly preloadResponse: Promise<Response | undefined>
  respondWith(answer: Promise<Response>): void
}
interface Told extends Lifetime {
  readonly data: unknown
}
interface Worker {
  readonly location: { readonly origin: string }
  readonly clients: { claim(): Promise<void> }
  readonly registration: { readonly navigationPreload?: { enable(): Promise<void> } }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', hear: (event: Lifetime) => void): void
  addEventListener(type: 'fetch', hear: (event: Fetched) => void): void
  addEventListener(type: 'message', hear: (event: Told) => void): void
}

const worker = globalThis as unknown as Worker
const { origin } = worker.location
const open = () => caches.open('cabildo')
const wait = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()))

worker.addEventListener('activate', (event) => {
  // Without this every page would wait for the worker to start before it is asked for.
  const preload = worker.registration.navigationPreload?.enable()
  event.waitUntil(Promise.all([worker.clients.claim(), preload]))
})

worker.addEventListener('fetch', (event) => {
  const { request } = event
  const kind = kindOf(request, origin)
  if (kind === 'asset') event.respondWith(open().then((keep) => answerAsset(request.url, () => fetch(request), keep)))
  if (kind === 'page') {
    const answered = open().then((keep) =>
      answerPage(async () => (await event.preloadResponse) ?? fetch(request), keep, wait(patience)),
    )
    event.respondWith(answered.then(({ response }) => response))
    event.waitUntil(answered.then(({ kept }) => kept))
  }
  // The browser has asked already, ahead of us. Left without an answer it would ask again, and some addresses, such as the
  // way back from another sign-on, may be asked once only.
  if (kind === 'other' && request.method === 'GET' && request.mode === 'navigate')
    event.respondWith(event.preloadResponse.then((early) => early ?? fetch(request)))
})

// The first page came before the worker: it tells what it is made of, all of it still in the browser's own cache.
worker.addEventListener('message', (event) => {
  if (!Array.isArray(event.data)) return
  const assets = event.data.filter(
    (url): url is string => typeof url === 'string' && kindOf({ method: 'GET', mode: '', url }, origin) === 'asset',
  )
  event.waitUntil(
    open().then(async (keep) => {
      if (!(await keep.match('/'))) await keepPage(await fetch('/', { headers: { Accept: 'text/html' } }), keep)
      await Promise.all(assets.map((url) => answerAsset(url, () => fetch(url), keep)))
    }),
  )
})
