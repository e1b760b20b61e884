import * as Y from 'yjs'
import type { LoadedDocument } from '../ports.ts'

/**
 * Whether an update holds something at these clocks. They are of text that a draft had and the document never did, or else
 * the document has them already and the gate left them out.
 */
export function bringsBack(update: Uint8Array, takenOut: LoadedDocument['takenOut']): boolean {
  if (takenOut.length === 0) return false
  const { from, to } = Y.parseUpdateMeta(update)
  return takenOut.some(({ client, clock, length }) => {
    const first = from.get(client)
    return first !== undefined && first < clock + length && clock < (to.get(client) ?? 0)
  })
}
