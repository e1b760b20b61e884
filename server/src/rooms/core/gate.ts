import type { CloseReason } from '@cabildo/protocol/room/close'
import type { RoomLimits } from '@cabildo/protocol/room/limits'
import {
  attributeAllowed,
  factAllowed,
  factsRoot,
  isNode,
  isTextField,
  markAllowed,
  takesText,
} from '@cabildo/schema/rules'
import * as Y from 'yjs'

/**
 * The update gate: looks at a client's bytes before they touch the document, and changes nothing itself.
 *
 *   decode -> drop what is already known -> for each new struct: owner, clock, references, place, content -> deletions
 *
 * An update passes whole or not at all (spec RM10-RM16). What passes can be applied without anything left pending.
 */

/** Whose a client id is, as seen by the sender of an update. */
export type Ownership = 'mine' | 'free' | 'other'

export type Verdict =
  | {
      ok: true
      /** What to apply and store: the sender's bytes without what the document already had. */
      update: Uint8Array
      /** False when the update would change nothing. */
      changes: boolean
      /** False when `update` still names deletions the document already has: store what applying it reports instead. */
      exact: boolean
      /** Client ids with new structs in `update`, and those among them that write here for the first time. */
      clients: number[]
      newClients: number[]
      /** Nodes the update creates; their form is checked after applying. */
      newNodes: Y.ID[]
    }
  | {
      ok: false
      reason: Extract<CloseReason, 'malformed' | 'foreign_client' | 'out_of_sync' | 'too_large' | 'content_not_allowed'>
    }

type GateLimits = Pick<RoomLimits, 'updateClocks' | 'updateStructs' | 'depth'>
type Struct = Y.Item | Y.GC | Y.Skip
type Reason = Extract<Verdict, { ok: false }>['reason']

/** What a shared type may hold. It never changes: Yjs does not move items or rename elements. */
interface Slot {
  kind: 'field' | 'facts' | 'element' | 'text' | 'unknown'
  name: string
  depth: number
}
/** Where an item stands: in a slot, under a key or in its sequence. `null` where its parent is gone for good. */
type Place = { slot: Slot; key: string | null } | null

const unknown: Slot = { kind: 'unknown', name: '', depth: 0 }
const rootSlot = (name: string): Slot =>
  isTextField(name)
    ? { kind: 'field', name, depth: 0 }
    : name === factsRoot
      ? { kind: 'facts', name, depth: 0 }
      : unknown

const slots = new WeakMap<Y.AbstractType<unknown>, Slot>()
function slotOf(type: Y.AbstractType<unknown>): Slot {
  let slot = slots.get(type)
  if (slot) return slot
  const item = type._item
  if (item === null) slot = rootSlot(Y.findRootTypeKey(type))
  else slot = slotWithin(item.parent instanceof Y.AbstractType ? slotOf(item.parent) : unknown, type)
  slots.set(type, slot)
  return slot
}
function slotWithin(parent: Slot, type: Y.AbstractType<unknown>): Slot {
  const depth = parent.depth + 1
  if (type.constructor === Y.XmlText) return { kind: 'text', name: parent.name, depth }
  if (type.constructor === Y.XmlElement) return { kind: 'element', name: (type as Y.XmlElement).nodeName, depth }
  return unknown
}

const decode = (bytes: Uint8Array): { structs: Struct[]; ds: ReturnType<typeof Y.createDeleteSet> } | undefined => {
  try {
    return Y.decodeUpdate(bytes)
  } catch {
    return undefined
  }
}

/**
 * Judges `bytes` against `doc`. `owns` tells whose a client id is. Never throws, never changes `doc`.
 * Cost: about a microsecond for one typed character.
 */
export function inspectUpdate(
  doc: Y.Doc,
  bytes: Uint8Array,
  owns: (client: number) => Ownership,
  limits: GateLimits,
): Verdict {
  const store = doc.store
  const refuse = (reason: Reason): Verdict => ({ ok: false, reason })

  let update = bytes
  let decoded = decode(update)
  if (!decoded) return refuse('malformed')
  // Yjs resolves the references even of duplicates, so what is known goes before anything is judged.
  const overlaps = decoded.structs.some((struct) => struct.id.clock < Y.getState(store, struct.id.client))
  if (overlaps) {
    try {
      update = Y.diffUpdate(update, Y.encodeStateVector(doc))
    } catch {
      return refuse('malformed')
    }
    decoded = decode(update)
    if (!decoded) return refuse('malformed')
  }
  const { structs, ds } = decoded
  if (structs.length > limits.updateStructs * 10) return refuse('too_large')

  const arriving = new Map<number, Struct[]>()
  let clocks = 0
  for (const struct of structs) {
    if (struct instanceof Y.Skip) return refuse('out_of_sync')
    const { client, clock } = struct.id
    if (!(client >= 0 && client <= 0xffffffff) || !(clock >= 0) || !(struct.length > 0)) return refuse('malformed')
    clocks += struct.length
    if (clocks > limits.updateClocks) return refuse('too_large')
    const list = arriving.get(client)
    const last = list?.at(-1)
    if (clock !== (last ? last.id.clock + last.length : Y.getState(store, client))) return refuse('out_of_sync')
    if (list) list.push(struct)
    else arriving.set(client, [struct])
  }

  const newClients: number[] = []
  for (const client of arriving.keys()) {
    const owner = owns(client)
    if (owner === 'other') return refuse('foreign_client')
    if (!store.clients.has(client)) newClients.push(client)
  }

  // Walks the structs as Yjs will integrate them: each only after everything it refers to.
  const newNodes: Y.ID[] = []
  const frontier = new Map<number, number>()
  const places = new Map<number, Place[]>()
  const stateOf = (client: number): number => frontier.get(client) ?? Y.getState(store, client)
  const known = (id: Y.ID | null): boolean => id === null || id.clock < stateOf(id.client)

  const arrived = (id: Y.ID): { struct: Struct; place: Place } | undefined => {
    const list = arriving.get(id.client)
    if (!list || id.clock < (list[0]?.id.clock ?? 0)) return undefined
    let low = 0
    let high = list.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((list[middle] as Struct).id.clock <= id.clock) low = middle
      else high = middle - 1
    }
    return { struct: list[low] as Struct, place: places.get(id.client)?.[low] ?? null }
  }
  /** Where the struct with this id stands. */
  const placeOf = (id: Y.ID): Place => {
    const fresh = arrived(id)
    if (fresh) return fresh.place
    const item = Y.getItem(store, id)
    if (!(item instanceof Y.Item) || !(item.parent instanceof Y.AbstractType)) return null
    return { slot: slotOf(item.parent), key: item.parentSub }
  }
  /** The slot that the struct with this id opens: undefined when it is no type, null when it is gone. */
  const slotAt = (id: Y.ID): Slot | null | undefined => {
    const fresh = arrived(id)
    const item = fresh ? fresh.struct : Y.getItem(store, id)
    if (!(item instanceof Y.Item)) return null
    if (item.content instanceof Y.ContentDeleted) return null
    if (!(item.content instanceof Y.ContentType)) return undefined
    if (!fresh) return slotOf(item.content.type)
    return fresh.place && slotWithin(fresh.place.slot, item.content.type)
  }

  const place = (item: Y.Item): Place | Reason => {
    if (item.origin || item.rightOrigin) {
      const left = item.origin && placeOf(item.origin)
      const right = item.rightOrigin && placeOf(item.rightOrigin)
      if ((item.origin && !left) || (item.rightOrigin && !right)) return null
      if (left && right && (left.slot !== right.slot || left.key !== right.key)) {
        // Slots of nodes that arrive in this very update are not shared objects: compare what they say.
        if (left.slot.kind !== right.slot.kind || left.slot.name !== right.slot.name || left.key !== right.key)
          return 'malformed'
      }
      return left ?? right
    }
    // A decoded item carries its parent as a root's name or as the id of the item that holds the type.
    const parent = item.parent as unknown
    if (typeof parent === 'string') return { slot: rootSlot(parent), key: item.parentSub }
    if (!(parent instanceof Y.ID)) return 'malformed'
    const slot = slotAt(parent)
    return slot === undefined ? 'content_not_allowed' : slot && { slot, key: item.parentSub }
  }

  const judge = (struct: Struct): { place: Place } | Reason => {
    if (!(struct instanceof Y.Item)) return { place: null }
    const found = place(struct)
    if (typeof found === 'string') return found
    if (found !== null && !fits(found, struct.content)) return 'content_not_allowed'
    if (found !== null && struct.content instanceof Y.ContentType) {
      if (found.slot.depth >= limits.depth) return 'content_not_allowed'
      if (struct.content.type instanceof Y.XmlElement) newNodes.push(struct.id)
    }
    return { place: found }
  }

  const ready = (struct: Struct): boolean => {
    if (!(struct instanceof Y.Item)) return true
    const parent = struct.parent as unknown
    return known(struct.origin) && known(struct.rightOrigin) && (!(parent instanceof Y.ID) || known(parent))
  }

  const cursors = new Map<number, number>()
  for (let moved = true; moved; ) {
    moved = false
    for (const [client, list] of arriving) {
      let at = cursors.get(client) ?? 0
      const placed = places.get(client) ?? []
      places.set(client, placed)
      for (let struct = list[at]; struct && ready(struct); struct = list[at]) {
        const judged = judge(struct)
        if (typeof judged === 'string') return refuse(judged)
        placed.push(judged.place)
        frontier.set(client, struct.id.clock + struct.length)
        at++
        moved = true
      }
      cursors.set(client, at)
    }
  }
  for (const [client, list] of arriving) if ((cursors.get(client) ?? 0) < list.length) return refuse('out_of_sync')

  // Deletions may only name what exists. Most of a reconnecting client's are old news.
  let deletes = false
  let stale = false
  let ranges = 0
  for (const [client, items] of ds.clients) {
    const before = Y.getState(store, client)
    for (const { clock, len } of items) {
      if (++ranges > limits.updateStructs * 10) return refuse('too_large')
      if (!(clock >= 0) || !(len > 0)) return refuse('malformed')
      if (clock + len > stateOf(client)) return refuse('out_of_sync')
      if (clock + len > before) deletes = true
      if (clock >= before) continue
      const held = store.clients.get(client) ?? []
      for (let i = Y.findIndexSS(held, clock); i < held.length; i++) {
        const struct = held[i]
        if (!struct || struct.id.clock >= clock + len) break
        if (struct.deleted) stale = true
        else deletes = true
        if (deletes && stale) break
      }
    }
  }
  const changes = structs.length > 0 || deletes
  return { ok: true, update, changes, exact: !stale, clients: [...arriving.keys()], newClients, newNodes }
}

/** Whether this content may stand at this place of a document of ours. Nesting is checked after applying. */
function fits({ slot, key }: Exclude<Place, null>, content: Y.Item['content']): boolean {
  if (slot.kind === 'unknown') return false
  if (content instanceof Y.ContentDeleted) return true
  if (slot.kind === 'facts')
    return (
      key !== null && content instanceof Y.ContentAny && content.arr.length === 1 && factAllowed(key, content.arr[0])
    )
  if (key !== null) {
    return (
      slot.kind === 'element' &&
      content instanceof Y.ContentAny &&
      content.arr.length === 1 &&
      attributeAllowed(slot.name, key, content.arr[0])
    )
  }
  if (slot.kind === 'text') {
    return (
      content instanceof Y.ContentString ||
      (content instanceof Y.ContentFormat && markAllowed(content.key, content.value))
    )
  }
  if (!(content instanceof Y.ContentType)) return false
  if (content.type.constructor === Y.XmlText) return slot.kind === 'element' && takesText(slot.name)
  return content.type.constructor === Y.XmlElement && isNode((content.type as Y.XmlElement).nodeName)
}
