import type { Context } from 'hono'
import type { HttpEnv } from '../http/env.ts'

/** A file is saved, never shown as a page of ours: what people wrote in it can do nothing here. */
const filePolicy = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"

/** Says of an answer that it is a file of this name, to be saved. */
export function asFile(c: Context<HttpEnv>, name: string): void {
  c.header('Content-Security-Policy', filePolicy)
  c.header('Content-Disposition', `attachment; filename="${name}"`)
}
