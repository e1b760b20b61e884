import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import type { HttpEnv } from './env.ts'
import { keptForEver, pagePolicy } from './headers.ts'

/** In `index.html`, stands where each answer gets its own nonce; components read it to mark the sheets they write. */
const noncePlaceholder = 'CABILDO_NONCE'

const types: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}
const encodings = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const

/**
 * The built client. Only files that stood in `folder` at the start are served, so no path can lead out of it. Files
 * under `assets/` carry a hash in their name and are kept for ever; any other address is a page of the client's own
 * router and gets `index.html`, never kept. A page asked for by another name of this machine (`localhost` for
 * `127.0.0.1`) is sent to `baseUrl`, because from there alone it may sign in.
 */
export function clientFiles(config: { readonly baseUrl: string }, folder: string): Hono<HttpEnv> {
  const app = new Hono<HttpEnv>()
  const names = listFiles(folder)
  const kept = new Map<string, Promise<Buffer<ArrayBuffer>>>()
  const read = (name: string) => {
    const known = kept.get(name) ?? (readFile(join(folder, name)) as Promise<Buffer<ArrayBuffer>>)
    kept.set(name, known)
    return known
  }

  async function sendFile(c: Context<HttpEnv>, name: string): Promise<Response> {
    const accepted = c.req.header('accept-encoding') ?? ''
    const encoding = encodings.find(([coding, suffix]) => accepted.includes(coding) && names.has(name + suffix))
    if (encoding) c.header('Content-Encoding', encoding[0])
    c.header('Vary', 'Accept-Encoding')
    c.header('Content-Type', types[extname(name)] ?? 'application/octet-stream')
    // A service worker asks for pages and files under the policy that came with it.
    if (name === 'sw.js') c.header('Content-Security-Policy', pagePolicy())
    c.header('Cache-Control', name.startsWith('assets/') ? keptForEver : 'no-cache')
    return c.body(await read(encoding ? name + encoding[1] : name))
  }

  async function sendPage(c: Context<HttpEnv>): Promise<Response> {
    const page = (await read('index.html')).toString()
    const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64')
    c.header('Content-Security-Policy', pagePolicy({ nonce, baseUrl: config.baseUrl }))
    c.header('Cache-Control', 'no-store')
    return c.html(page.replaceAll(noncePlaceholder, nonce))
  }

  // Files come compressed from the build; pages are made anew each time.
  app.use(compress())
  app.get('*', (c, next) => {
    const name = c.req.path.slice(1)
    if (isApi(c.req.path)) return next()
    if (name !== 'index.html' && names.has(name)) return sendFile(c, name)
    if (name.startsWith('assets/') || !names.has('index.html')) return next()
    const elsewhere = otherNameOfThisMachine(c.req.url, c.req.header('host'), config.baseUrl)
    return elsewhere ? Promise.resolve(c.redirect(elsewhere, 307)) : sendPage(c)
  })

  return app
}

function isApi(path: string): boolean {
  return /^\/(api|rooms|tlog)(\/|$)/.test(path)
}

function listFiles(folder: string): ReadonlySet<string> {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    return new Set(files.map((file) => relative(folder, file).split(sep).join('/')))
  } catch {
    // Not built: `npm run dev` serves the client by itself.
    return new Set()
  }
}

const loopbackNames = new Set(['localhost', '127.0.0.1', '[::1]'])

function otherNameOfThisMachine(url: string, host: string | undefined, baseUrl: string): string | undefined {
  const base = new URL(baseUrl)
  const asked = host === undefined ? null : URL.parse(`http://${host}`)
  if (!asked || asked.hostname === base.hostname) return undefined
  if (!loopbackNames.has(asked.hostname) || !loopbackNames.has(base.hostname)) return undefined
  const { pathname, search } = new URL(url)
  // Joined as text: a path such as //elsewhere must not become an address of its own.
  return `${base.origin}${pathname}${search}`
}
