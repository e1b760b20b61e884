import { createMiddleware } from 'hono/factory'
import type { HttpEnv } from './env.ts'

/** A policy for pages, by directive. Scripts, fonts, connections: our own origin and no other, nothing inline. */
const policy = {
  'default-src': "'self'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self' data:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'form-action': "'self'",
  'frame-ancestors': "'none'",
} as const

/**
 * The Content-Security-Policy of a page. `nonce` lets in the style sheets that our components write at run time, and
 * `baseUrl` the rooms: older Safari does not count WebSockets to one's own host as `'self'`. Nothing ever adds a source
 * of scripts. `framed`: anybody's page may show it in a frame, which only a page that shows what is public and does nothing
 * may say.
 */
export function pagePolicy({
  nonce,
  baseUrl,
  framed = false,
}: {
  nonce?: string
  baseUrl?: string
  framed?: boolean
} = {}): string {
  const added: Record<string, string> = {
    'style-src': nonce === undefined ? '' : ` 'nonce-${nonce}'`,
    'connect-src': baseUrl === undefined ? '' : ` ${baseUrl.replace(/^http/, 'ws')}`,
  }
  return Object.entries(policy)
    .map(([name, sources]) =>
      framed && name === 'frame-ancestors' ? anyFrame : `${name} ${sources}${added[name] ?? ''}`,
    )
    .join('; ')
}

const anyFrame = 'frame-ancestors *'

/** Whether an answer is one of the client's files whose name changes with what is in it. */
export function isKeptForEver(headers: Headers): boolean {
  return headers.get('Cache-Control') === keptForEver
}

/** What such a file says of how long it may be kept. */
export const keptForEver = 'public, max-age=31536000, immutable'

/** What an answer that is not a page may load: nothing at all. */
const dataPolicy = "default-src 'none'; frame-ancestors 'none'"

/** The security headers of an answer that is not a page. HSTS only where people use HTTPS. */
export function dataHeaders(config: { readonly baseUrl: string }): Record<string, string> {
  return {
    'Content-Security-Policy': dataPolicy,
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    // Not `no-referrer`: with it, browsers would send `Origin: null` from our own forms.
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(config.baseUrl.startsWith('https:') && { 'Strict-Transport-Security': 'max-age=31536000' }),
  }
}

/** What an answer may have said of itself. */
const ownWords: ReadonlySet<string> = new Set(['Content-Security-Policy', 'Cross-Origin-Resource-Policy'])

/**
 * Puts the security headers on every answer; a page sets its own policy before. A file that never changes gets only the
 * two that mean something for a part of a page: on a slow line the others, some thirty times, would cost a page as much as
 * a picture.
 */
export function securityHeaders(config: { readonly baseUrl: string }) {
  return createMiddleware<HttpEnv>(async (c, next) => {
    await next()
    const { headers } = c.res
    if (c.res.ok && isKeptForEver(headers)) {
      headers.set('X-Content-Type-Options', 'nosniff')
      headers.set('Cross-Origin-Resource-Policy', 'same-origin')
      return
    }
    const isFramed = headers.get('Content-Security-Policy')?.includes(anyFrame)
    for (const [name, value] of Object.entries(dataHeaders(config))) {
      if (ownWords.has(name) && headers.has(name)) continue
      if (isFramed && name === 'X-Frame-Options') continue
      headers.set(name, value)
    }
  })
}
