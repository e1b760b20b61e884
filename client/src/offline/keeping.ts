/**
 * What the service worker keeps, so that a page that was open once opens again without a network, with the edits that
 * wait on the device:
 *   1. a page is asked of the network and kept; when no answer comes, or not in time, the kept one is given;
 *   2. a file under `assets/` has its hash in its name: the kept one is always right, else it is fetched and kept;
 *   3. a page that names another entry is a new build: what was kept of the old one is dropped.
 * Answers of the API are never kept here: what may be shown without a network is chosen by `sync/kept-index.ts`.
 */

/** The part of a request that decides who answers it. */
export interface Asked {
  method: string
  mode: string
  url: string
}

/** Storage of answers by address, as the browser's `Cache` is. */
export interface Keep {
  match(address: string): Promise<Response | undefined>
  put(address: string, response: Response): Promise<void>
  keys(): Promise<readonly { url: string }[]>
  delete(address: string): Promise<boolean>
}

/** Longest wait for a page from the network while a kept one is at hand. Milliseconds. */
export const patience = 4000

/** Under this address every page is kept: the program is one page for all its addresses. */
const pageAddress = '/'

/** Says what a request is for: a page of the program, one of its hashed files, or something that is not ours to answer. */
export function kindOf({ method, mode, url }: Asked, origin: string): 'page' | 'asset' | 'other' {
  const { origin: site, pathname } = new URL(url)
  if (method !== 'GET' || site !== origin) return 'other'
  if (pathname.startsWith('/assets/')) return 'asset'
  const isOurs =
    !/^\/(?:api|rooms|healthz|readyz|metrics|p|en)(?:\/|$)/.test(pathname) && !/\.[a-z0-9]+$/i.test(pathname)
  return mode === 'navigate' && isOurs ? 'page' : 'other'
}

/** Answers a page: the network's, or the kept one when the network fails or is slower than `after` resolves. */
export async function answerPage(
  ask: () => Promise<Response>,
  keep: Keep,
  after: Promise<unknown>,
): Promise<{ response: Response; kept: Promise<void> }> {
  const known = await keep.match(pageAddress)
  const fresh = ask()
  const kept = fresh.then((response) => keepPage(response.clone(), keep)).catch(() => {})
  if (!known) return { response: await fresh, kept }
  const response = await Promise.race([fresh.catch(() => known), after.then(() => known)])
  return { response, kept }
}

/** Keeps a page, and drops the files of an older build when this one is of another. */
export async function keepPage(response: Response, keep: Keep): Promise<void> {
  const isPage = response.headers.get('Content-Type')?.startsWith('text/html')
  if (response.status !== 200 || response.redirected || !isPage) return
  const before = entryOf(await (await keep.match(pageAddress))?.clone().text())
  const now = entryOf(await response.clone().text())
  // Not a page of the program: a proxy's sign-in page, say.
  if (!now) return
  if (before && before !== now) await dropAssets(keep)
  await keep.put(pageAddress, response)
}

/** Answers a hashed file: the kept one, else the network's, which is kept from now on. */
export async function answerAsset(address: string, ask: () => Promise<Response>, keep: Keep): Promise<Response> {
  const known = await keep.match(address)
  if (known) return known
  const response = await ask()
  if (response.status === 200) await keep.put(address, response.clone())
  return response
}

async function dropAssets(keep: Keep): Promise<void> {
  const assets = (await keep.keys()).filter(({ url }) => new URL(url).pathname.startsWith('/assets/'))
  await Promise.all(assets.map(({ url }) => keep.delete(url)))
}

/** The script that a page starts with; it changes with every build. */
function entryOf(html: string | undefined): string | undefined {
  return /<script[^>]*\ssrc="(\/assets\/[^"]+\.js)"/.exec(html ?? '')?.[1]
}
