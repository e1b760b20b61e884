import type { Context } from 'hono'
import type { HttpEnv } from '../../http/env.ts'
import type { KeptPage } from './kept.ts'

/**
 * Sends a page in the best encoding that is taken, under a strong `ETag` of exactly these bytes; 304 to whoever has it.
 * Caches may keep it and must ask each time: what is taken out of a page is gone from everywhere that asks.
 */
export function send(c: Context<HttpEnv>, page: KeptPage, type: string, status: 200 | 404 = 200): Response {
  const accepted = c.req.header('accept-encoding') ?? ''
  const coding = (['br', 'gzip'] as const).find(
    (one) => page[one] && new RegExp(`(^|[,\\s])${one}(?!\\s*;\\s*q=0(\\.0*)?\\s*(,|$))`).test(accepted),
  )
  const etag = `"${page.hash}${coding ? `-${coding}` : ''}"`
  c.header('ETag', etag)
  c.header('Vary', 'Accept-Encoding')
  c.header('Cache-Control', 'public, no-cache')
  const asked = c.req.header('if-none-match')
  if (status === 200 && asked?.split(',').some((one) => one.trim().replace(/^W\//, '') === etag))
    return c.body(null, 304)
  c.header('Content-Type', type)
  if (coding) c.header('Content-Encoding', coding)
  return c.body(new Uint8Array((coding && page[coding]) ?? page.plain), status)
}
