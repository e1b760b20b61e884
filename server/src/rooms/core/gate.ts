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
import { formRoot, shapeOf } from '@cabildo/schema/templates/shapes'
import * as decoding from 'lib0/decoding'
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
type Store = Y.Doc['store']
interface Decoded {
  structs: Struct[]
  ds: ReturnType<typeof Y.createDeleteSet>
}
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
/** What a root of this document may hold: its form has fields of its own, and perhaps no facts. */
function rootSlot(doc: Y.Doc, name: string): Slot {
  const isFacts = name === factsRoot
  if (!isFacts && !isTextField(name)) return unknown
  const { fields, facts } = shapeOf(doc)
  if (isFacts) return facts.length > 0 ? { kind: 'facts', name, depth: 0 } : unknown
  return fields.some((field) => field.name === name) ? { kind: 'field', name, depth: 0 } : unknown
}

const slots = new WeakMap<Y.AbstractType<unknown>, Slot>()
function slotOf(type: Y.AbstractType<unknown>): Slot {
  let slot = slots.get(type)
  if (slot) return slot
  const item = type._item
  if (item === null) slot = type.doc ? rootSlot(type.doc, Y.findRootTypeKey(type)) : unknown
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

const refuse = (reason: Reason): Verdict => ({ ok: false, reason })

/** Yjs makes its decoder itself; this one lets us look at it afterwards. */
let lastDecoder: decoding.Decoder | undefined
class ObservedDecoder extends Y.UpdateDecoderV1 {
  constructor(decoder: decoding.Decoder) {
    super(decoder)
    lastDecoder = decoder
  }
}
/** The whole of the bytes as an update: undefined when they are none, or have more behind it that would be stored too. */
const decode = (bytes: Uint8Array): Decoded | undefined => {
  try {
    const decoded = Y.decodeUpdateV2(bytes, ObservedDecoder)
    return lastDecoder && decoding.hasContent(lastDecoder) ? undefined : decoded
  } catch {
    return undefined
  } finally {
    lastDecoder = undefined
  }
}

/** What has come with the update under judgement: the struct with an id, and where it stands. */
type Arrived = (id: Y.ID) => { struct: Struct; place: Place } | undefined
const nothingArrived: Arrived = () => undefined

/** Where the struct with this id stands. */
function placeOf(store: Store, arrived: Arrived, id: Y.ID): Place {
  const fresh = arrived(id)
  if (fresh) return fresh.place
  const item = Y.getItem(store, id)
  if (!(item instanceof Y.Item) || !(item.parent instanceof Y.AbstractType)) return null
  return { slot: slotOf(item.parent), key: item.parentSub }
}

/** The slot that the struct with this id opens: undefined when it is no type, null when it is gone. */
function slotAt(store: Store, arrived: Arrived, id: Y.ID): Slot | null | undefined {
  const fresh = arrived(id)
  const item = fresh ? fresh.struct : Y.getItem(store, id)
  if (!(item instanceof Y.Item)) return null
  if (item.content instanceof Y.ContentDeleted) return null
  if (!(item.content instanceof Y.ContentType)) return undefined
  if (!fresh) return slotOf(item.content.type)
  return fresh.place && slotWithin(fresh.place.slot, item.content.type)
}

/** Where a decoded item will stand, found as Yjs will find it: beside its neighbours, or else in the parent it names. */
function placeFor(doc: Y.Doc, arrived: Arrived, item: Y.Item): Place | Reason {
  const { store } = doc
  if (item.origin || item.rightOrigin) {
    const left = item.origin && placeOf(store, arrived, item.origin)
    const right = item.rightOrigin && placeOf(store, arrived, item.rightOrigin)
    if ((item.origin && !left) || (item.rightOrigin && !right)) return null
    if (left && right && (left.slot !== right.slot || left.key !== right.key)) {
      // Slots of nodes that arrive in this very update are not shared objects: compare what they say.
      const alike = left.slot.kind === right.slot.kind && left.slot.name === right.slot.name && left.key === right.key
      if (!alike) return 'malformed'
    }
    return left ?? right
  }
  // A decoded item carries its parent as a root's name or as the id of the item that holds the type.
  const parent = item.parent as unknown
  if (typeof parent === 'string') return { slot: rootSlot(doc, parent), key: item.parentSub }
  if (!(parent instanceof Y.ID)) return 'malformed'
  const slot = slotAt(store, arrived, parent)
  return slot === undefined ? 'content_not_allowed' : slot && { slot, key: item.parentSub }
}

/** Where a struct will stand, or why it may not. */
function judge(doc: Y.Doc, arrived: Arrived, struct: Struct, depth: number): { place: Place } | Reason {
  if (!(struct instanceof Y.Item)) return { place: null }
  const found = placeFor(doc, arrived, struct)
  if (typeof found === 'string') return found
  if (found !== null && !fits(found, struct.content)) return 'content_not_allowed'
  if (found !== null && struct.content instanceof Y.ContentType && found.slot.depth >= depth)
    return 'content_not_allowed'
  return { place: found }
}

const opensNode = (struct: Struct): boolean =>
  struct instanceof Y.Item && struct.content instanceof Y.ContentType && struct.content.type instanceof Y.XmlElement

/** Whether everything a struct refers to is there, given how far each client's structs reach. */
function ready(struct: Struct, stateOf: (client: number) => number): boolean {
  if (!(struct instanceof Y.Item)) return true
  const known = (id: Y.ID | null): boolean => id === null || id.clock < stateOf(id.client)
  const parent = struct.parent as unknown
  return known(struct.origin) && known(struct.rightOrigin) && (!(parent instanceof Y.ID) || known(parent))
}

/** A struct by itself: not a gap, under a client id that may be used, of a length that may be. */
function refuseStruct(struct: Struct, expectedClock: number): Reason | undefined {
  if (struct instanceof Y.Skip) return 'out_of_sync'
  const { client, clock } = struct.id
  if (!(client >= 0 && client <= 0xffffffff) || !(clock >= 0) || !(struct.length > 0)) return 'malformed'
  return clock === expectedClock ? undefined : 'out_of_sync'
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
  const decoded = decode(bytes)
  if (!decoded) return refuse('malformed')
  const [only] = decoded.structs
  if (decoded.structs.length === 1 && only && decoded.ds.clients.size === 0 && bytes[0] === 1) {
    const verdict = inspectOne(doc, bytes, only, owns, limits)
    if (verdict) return verdict
  }
  // Yjs resolves the references even of duplicates, so what is known goes before anything is judged.
  if (!decoded.structs.some((struct) => struct.id.clock < Y.getState(store, struct.id.client))) {
    return inspectAll(doc, bytes, decoded, owns, limits)
  }
  let update: Uint8Array
  try {
    update = Y.diffUpdate(bytes, Y.encodeStateVector(doc))
  } catch {
    return refuse('malformed')
  }
  const rest = decode(update)
  return rest ? inspectAll(doc, update, rest, owns, limits) : refuse('malformed')
}

/** One new struct and no deletion: nearly every update there is. Undefined when the document knows part of it. */
function inspectOne(
  doc: Y.Doc,
  update: Uint8Array,
  struct: Struct,
  owns: (client: number) => Ownership,
  limits: GateLimits,
): Verdict | undefined {
  const { store } = doc
  const { client, clock } = struct.id
  const state = Y.getState(store, client)
  if (clock < state) return undefined
  const reason = refuseStruct(struct, state)
  if (reason) return refuse(reason)
  if (struct.length > limits.updateClocks) return refuse('too_large')
  if (owns(client) === 'other') return refuse('foreign_client')
  if (!ready(struct, (other) => Y.getState(store, other))) return refuse('out_of_sync')
  const judged = judge(doc, nothingArrived, struct, limits.depth)
  if (typeof judged === 'string') return refuse(judged)
  return {
    ok: true,
    update,
    changes: true,
    exact: true,
    clients: [client],
    newClients: state === 0 ? [client] : [],
    newNodes: judged.place && opensNode(struct) ? [struct.id] : [],
  }
}

/** Walks the structs as Yjs will integrate them, each only after everything it refers to; then the deletions. */
function inspectAll(
  doc: Y.Doc,
  update: Uint8Array,
  { structs, ds }: Decoded,
  owns: (client: number) => Ownership,
  limits: GateLimits,
): Verdict {
  const { store } = doc
  if (structs.length > limits.updateStructs) return refuse('too_large')
  const arriving = new Map<number, { structs: Struct[]; places: Place[] }>()
  let clocks = 0
  for (const struct of structs) {
    const { client } = struct.id
    const group = arriving.get(client)
    const last = group?.structs.at(-1)
    const reason = refuseStruct(struct, last ? last.id.clock + last.length : Y.getState(store, client))
    if (reason) return refuse(reason)
    clocks += struct.length
    if (clocks > limits.updateClocks) return refuse('too_large')
    if (group) group.structs.push(struct)
    else arriving.set(client, { structs: [struct], places: [] })
  }
  const clients = [...arriving.keys()]
  // Applying, Yjs hears only the last block of a client: what came in an earlier one would be missing, and all that follows wait.
  if (decoding.readVarUint(decoding.createDecoder(update)) !== clients.length) return refuse('malformed')
  if (clients.some((client) => owns(client) === 'other')) return refuse('foreign_client')

  /** How far each client reaches: what the document has, and what was walked. */
  const stateOf = (client: number): number => {
    const group = arriving.get(client)
    const last = group?.structs[group.places.length - 1]
    return last ? last.id.clock + last.length : Y.getState(store, client)
  }
  const arrived: Arrived = (id) => {
    const group = arriving.get(id.client)
    if (!group || id.clock < (group.structs[0]?.id.clock ?? 0)) return undefined
    let low = 0
    let high = group.structs.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((group.structs[middle]?.id.clock ?? 0) <= id.clock) low = middle
      else high = middle - 1
    }
    const struct = group.structs[low]
    return struct && { struct, place: group.places[low] ?? null }
  }

  const newNodes: Y.ID[] = []
  const work = createWork(store)
  for (let moved = true; moved; ) {
    moved = false
    for (const group of arriving.values()) {
      for (
        let struct = group.structs[group.places.length];
        struct && ready(struct, stateOf);
        struct = group.structs[group.places.length]
      ) {
        const judged = judge(doc, arrived, struct, limits.depth)
        if (typeof judged === 'string') return refuse(judged)
        if (struct instanceof Y.Item && !work.allows(struct, arrived(struct.origin ?? struct.id) !== undefined)) {
          return refuse('too_large')
        }
        group.places.push(judged.place)
        if (judged.place && opensNode(struct)) newNodes.push(struct.id)
        moved = true
      }
    }
  }
  for (const group of arriving.values()) if (group.places.length < group.structs.length) return refuse('out_of_sync')

  const deletions = inspectDeletions(doc, ds, stateOf, limits)
  if (typeof deletions === 'string') return refuse(deletions)
  return {
    ok: true,
    update,
    changes: structs.length > 0 || deletions.fresh,
    exact: !deletions.stale,
    clients,
    newClients: clients.filter((client) => !store.clients.has(client)),
    newNodes,
  }
}

/** How many items of a sequence one update may make Yjs look through in all. An honest one makes it look through a few. */
const mostWork = 200_000

/**
 * Counts what integrating an update will cost. For each item Yjs walks from its left neighbour to its right one; typing
 * leaves nothing between them, but structs that all name far neighbours make a small update take the square of its size.
 */
function createWork(store: Store): { allows(item: Y.Item, leftArrived: boolean): boolean } {
  let done = 0
  /** For each left neighbour: how many structs of this update named it, and the last of them. */
  const beside = new Map<string, { count: number; last: Y.ID }>()
  const same = (a: Y.ID | null, b: Y.ID): boolean => a !== null && a.client === b.client && a.clock === b.clock

  return {
    allows(item, leftArrived) {
      const { origin, rightOrigin } = item
      const parent = item.parent as unknown
      const at = origin ?? (rightOrigin === null ? parent : null)
      const key =
        origin === null
          ? `^${at instanceof Y.ID ? `${at.client} ${at.clock}` : String(at)}`
          : `${origin.client} ${origin.clock}`
      const before = beside.get(key)
      // One that goes right before the last one that went here walks past nobody: that is typing backwards.
      if (before && !same(rightOrigin, before.last)) done += before.count
      beside.set(key, { count: (before?.count ?? 0) + 1, last: item.id })
      if (!leftArrived && done < mostWork) done += distance(store, item, mostWork - done)
      return done < mostWork
    },
  }
}

/** How many items stand between the two neighbours that an item names, as far as the document has them; at most `most`. */
function distance(store: Store, { origin, rightOrigin, parent }: Y.Item, most: number): number {
  const known = (id: Y.ID | null): Y.Item | Y.GC | null =>
    id && id.clock < Y.getState(store, id.client) ? Y.getItem(store, id) : null
  const left = known(origin)
  const right = known(rightOrigin)
  let at: Y.Item | null = null
  if (left instanceof Y.Item) at = left.right
  else if (right instanceof Y.Item && right.parent instanceof Y.AbstractType) at = right.parent._start
  else {
    const holder = (parent as unknown) instanceof Y.ID ? known(parent as unknown as Y.ID) : null
    if (holder instanceof Y.Item && holder.content instanceof Y.ContentType) at = holder.content.type._start
  }
  let steps = 0
  for (; at !== null && at !== right && steps < most; at = at.right) steps++
  return steps
}

/**
 * Deletions may only name what exists, and never what says which form the document is of. Most of a reconnecting client's
 * are old news (`stale`).
 */
function inspectDeletions(
  doc: Y.Doc,
  ds: Decoded['ds'],
  stateOf: (client: number) => number,
  limits: GateLimits,
): { fresh: boolean; stale: boolean } | Reason {
  const { store } = doc
  const said = [...(doc.share.get(formRoot)?._map.values() ?? [])].map(({ id }) => id)
  let fresh = false
  let stale = false
  let ranges = 0
  for (const [client, items] of ds.clients) {
    const before = Y.getState(store, client)
    const held = store.clients.get(client) ?? []
    for (const { clock, len } of items) {
      if (++ranges > limits.updateStructs) return 'too_large'
      if (!(clock >= 0) || !(len > 0)) return 'malformed'
      if (clock + len > stateOf(client)) return 'out_of_sync'
      if (said.some((id) => id.client === client && id.clock >= clock && id.clock < clock + len))
        return 'content_not_allowed'
      if (clock + len > before) fresh = true
      if (clock >= before) continue
      for (let i = Y.findIndexSS(held, clock); i < held.length; i++) {
        const struct = held[i]
        if (!struct || struct.id.clock >= clock + len || (fresh && stale)) break
        if (struct.deleted) stale = true
        else fresh = true
      }
    }
  }
  return { fresh, stale }
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
