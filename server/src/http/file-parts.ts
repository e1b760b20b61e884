import type { Context } from 'hono'
import type { HttpEnv } from './env.ts'

/** A file that somebody sent in, as it is given to others. `name` is ours. */
export interface SentFile {
  bytes: Uint8Array
  mediaType: string
  name: string
}

/** A file is shown or played by our own pages and is never a page itself: opened alone it can do nothing. */
const filePolicy = "sandbox; default-src 'none'; frame-ancestors 'none'"

/** Answers with a file, or the part of it that is asked for. Nobody keeps it: who may see it is asked each time. */
export function sendFile(c: Context<HttpEnv>, { bytes, mediaType, name }: SentFile): Response {
  c.header('Cache-Control', 'no-store')
  c.header('Content-Security-Policy', filePolicy)
  c.header('Content-Type', mediaType)
  c.header('Content-Disposition', `attachment; filename="${name}"`)
  c.header('Accept-Ranges', 'bytes')
  const part = partOf(c.req.header('range'), bytes.length)
  if (part === null) {
    c.header('Content-Range', `bytes */${bytes.length}`)
    return c.body(null, 416)
  }
  if (part === undefined) return c.body(new Uint8Array(bytes))
  c.header('Content-Range', `bytes ${part.from}-${part.to}/${bytes.length}`)
  return c.body(new Uint8Array(bytes.subarray(part.from, part.to + 1)), 206)
}

/** The number of a file as an address says it; 0, which none has, for what is none. */
export const fileNumber = (text: string): number => (/^[1-9]\d{0,5}$/.test(text) ? Number(text) : 0)

/** A part of a file, both ends included. */
interface Part {
  from: number
  to: number
}

/**
 * The one part that a `Range` header asks for (RFC 9110, 14): players of sound seek by it. Undefined when the whole is to be
 * sent, as for several parts; null when there is no such part.
 */
export function partOf(range: string | undefined, size: number): Part | undefined | null {
  const [, first, last] = /^bytes=(\d{0,12})-(\d{0,12})$/.exec(range ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const to = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1)
  return from > to || (first === '' && Number(last) === 0) ? null : { from, to }
}
