import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** The one sheet of styles of the public pages. */
export const sheet = readFileSync(new URL('site.css', import.meta.url), 'utf8')

const hash = createHash('sha256').update(sheet).digest('base64url').slice(0, 12)

/** Its path, which changes with it, so that it can be kept for ever. */
export const sheetPath = `/site/${hash}.css`
