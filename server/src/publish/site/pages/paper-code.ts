import { setImmediate } from 'node:timers/promises'
import { html } from 'hono/html'
import { generate } from 'lean-qr'
import { toSvgPath } from 'lean-qr/extras/svg'
import type { Html } from '../page.ts'

/** Codes that were drawn, by address: an address gives the same one for ever, and drawing those of a page takes 25 ms. */
const drawn = new Map<string, Html>()
/** How many are remembered, of some 3 kB each. */
const mostDrawn = 2000

/** Draws codes ahead, each in a turn of its own of the event loop: those of a page take as long as all the rest of it. */
export async function drawCodes(addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    if (drawn.has(address)) continue
    await setImmediate()
    paperCode(address)
  }
}

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
