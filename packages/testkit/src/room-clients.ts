import { messageType, syncType } from '@cabildo/protocol/room/messages'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'

/** A frame taken apart. */
export type ReadFrame =
  | { type: 'step1'; stateVector: Uint8Array }
  | { type: 'step2' | 'update'; update: Uint8Array }
  | { type: 'awareness'; payload: Uint8Array }
  | { type: 'saved'; count: number }
  | { type: 'epoch'; epoch: number }
  | { type: 'news'; topic: string }

/** Reads one frame of the room's wire. Throws on anything the server may not send. */
export function readFrame(frame: Uint8Array): ReadFrame {
  const decoder = decoding.createDecoder(frame)
  const kind = decoding.readVarUint(decoder)
  if (kind === messageType.saved) return { type: 'saved', count: decoding.readVarUint(decoder) }
  if (kind === messageType.epoch) return { type: 'epoch', epoch: decoding.readVarUint(decoder) }
  if (kind === messageType.news) return { type: 'news', topic: decoding.readVarString(decoder) }
  if (kind === messageType.awareness) return { type: 'awareness', payload: decoding.readVarUint8Array(decoder) }
  if (kind !== messageType.sync) throw new Error(`the server sent a frame of type ${kind}`)
  const sub = decoding.readVarUint(decoder)
  const payload = decoding.readVarUint8Array(decoder)
  if (sub === syncType.step1) return { type: 'step1', stateVector: payload }
  return { type: sub === syncType.step2 ? 'step2' : 'update', update: payload }
}

const sync = (sub: number, payload: Uint8Array): Uint8Array => {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageType.sync)
  encoding.writeVarUint(encoder, sub)
  encoding.writeVarUint8Array(encoder, payload)
  return encoding.toUint8Array(encoder)
}
/** Sync step 1 of a document. */
export const step1Frame = (doc: Y.Doc): Uint8Array => sync(syncType.step1, Y.encodeStateVector(doc))
/** Sync step 2: what the holder of `stateVector` lacks of a document. */
export const step2Frame = (doc: Y.Doc, stateVector?: Uint8Array): Uint8Array =>
  sync(syncType.step2, Y.encodeStateAsUpdate(doc, stateVector))
/** An update as it is typed. */
export const updateFrame = (update: Uint8Array): Uint8Array => sync(syncType.update, update)

/** Presence of some client ids; `null` says farewell. */
export function awarenessFrame(states: readonly { client: number; clock: number; state: unknown }[]): Uint8Array {
  const inner = encoding.createEncoder()
  encoding.writeVarUint(inner, states.length)
  for (const { client, clock, state } of states) {
    encoding.writeVarUint(inner, client)
    encoding.writeVarUint(inner, clock)
    encoding.writeVarString(inner, JSON.stringify(state))
  }
  const outer = encoding.createEncoder()
  encoding.writeVarUint(outer, messageType.awareness)
  encoding.writeVarUint8Array(outer, encoding.toUint8Array(inner))
  return encoding.toUint8Array(outer)
}

/** The update that `change` makes in `doc`. Undefined when it changes nothing. */
export function capture(doc: Y.Doc, change: (doc: Y.Doc) => void): Uint8Array | undefined {
  const updates: Uint8Array[] = []
  const listen = (update: Uint8Array) => updates.push(update)
  doc.on('update', listen)
  doc.transact(() => change(doc))
  doc.off('update', listen)
  return updates.length === 0 ? undefined : Y.mergeUpdates(updates)
}

/** The first text of a field, made when there is none. */
export function textOf(doc: Y.Doc, field: string): Y.XmlText {
  const fragment = doc.getXmlFragment(field)
  const first = fragment
    .toArray()
    .find((child): child is Y.XmlElement => child instanceof Y.XmlElement && child.nodeName === 'paragraph')
  const paragraph = first ?? new Y.XmlElement('paragraph')
  if (!first) fragment.insert(0, [paragraph])
  const text = paragraph.toArray().find((child) => child instanceof Y.XmlText)
  if (text instanceof Y.XmlText) return text
  const fresh = new Y.XmlText()
  paragraph.insert(0, [fresh])
  return fresh
}
