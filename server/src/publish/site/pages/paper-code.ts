import { html } from 'hono/html'
import { generate } from 'lean-qr'
import { toSvgPath } from 'lean-qr/extras/svg'
import type { Html } from '../page.ts'

/** Codes that were drawn, by address: an address gives the same one for ever, and drawing those of a page takes 25 ms. */
const drawn = new Map<string, Html>()
/** How many are remembered, of some 3 kB each. */
const mostDrawn = 2000

/** A code that leads from paper to an address; it shows in print alone. */
export function paperCode(address: string): Html {
  const known = drawn.get(address)
  if (known) return known
  const code = generate(address)
  const size = code.size + 4
  const made = html`<svg class="paper" viewBox="-2 -2 ${size} ${size}" aria-hidden="true" shape-rendering="crispEdges"><path d="${toSvgPath(code)}"/></svg>`
  drawn.set(address, made)
  const [oldest] = drawn.keys()
  if (drawn.size > mostDrawn && oldest !== undefined) drawn.delete(oldest)
  return made
}
