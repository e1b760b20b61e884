import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/** Deletions by client: what a transaction newly deleted. */
export type Deletions = Map<number, { clock: number; len: number }[]>

/** Adds what `transaction` newly deleted to `into`. */
export function collectDeletions(into: Deletions, transaction: Y.Transaction): void {
  for (const [client, items] of transaction.deleteSet.clients) {
    const list = into.get(client)
    if (list) list.push(...items)
    else into.set(client, [...items])
  }
}

/**
 * Encodes everything `doc` gained since the clocks in `since`, with the given deletions, as one Yjs v1 update.
 *
 * The document has already joined what was typed into long structs, so this costs a fraction of `Y.mergeUpdates` over
 * the single updates, and unlike `Y.encodeStateAsUpdate` it leaves the old deletions out. `since` must name every client
 * with new structs. Format: Yjs update v1 (structs by client, then the delete set).
 */
export function encodeChange(doc: Y.Doc, since: ReadonlyMap<number, number>, deletions: Deletions): Uint8Array {
  const encoder = new Y.UpdateEncoderV1()
  const rest = encoder.restEncoder
  const groups: [number, number, (Y.Item | Y.GC)[]][] = []
  // Higher client ids first, as Yjs writes them: receivers then resolve conflicts with less work.
  for (const [client, clock] of [...since].sort((a, b) => b[0] - a[0])) {
    const structs = doc.store.clients.get(client) ?? []
    if (Y.getState(doc.store, client) <= clock) continue
    groups.push([client, clock, structs.slice(Y.findIndexSS(structs, clock))])
  }
  encoding.writeVarUint(rest, groups.length)
  for (const [client, clock, structs] of groups) {
    encoding.writeVarUint(rest, structs.length)
    encoding.writeVarUint(rest, client)
    encoding.writeVarUint(rest, clock)
    for (const struct of structs) struct.write(encoder, Math.max(0, clock - struct.id.clock))
  }
  encoding.writeVarUint(rest, deletions.size)
  for (const [client, items] of deletions) {
    encoding.writeVarUint(rest, client)
    encoding.writeVarUint(rest, items.length)
    for (const { clock, len } of items) {
      encoding.writeVarUint(rest, clock)
      encoding.writeVarUint(rest, len)
    }
  }
  return encoder.toUint8Array()
}
