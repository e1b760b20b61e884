import { messageType, type NewsTopic, syncType } from '@cabildo/protocol/room/messages'
import * as encoding from 'lib0/encoding'

const sync = (kind: number, payload: Uint8Array): Uint8Array => {
  const encoder = new encoding.Encoder()
  encoding.writeUint8(encoder, messageType.sync)
  encoding.writeUint8(encoder, kind)
  encoding.writeVarUint8Array(encoder, payload)
  return encoding.toUint8Array(encoder)
}
const number = (type: number, value: number): Uint8Array => {
  const encoder = new encoding.Encoder()
  encoding.writeVarUint(encoder, type)
  encoding.writeVarUint(encoder, value)
  return encoding.toUint8Array(encoder)
}

/** "This is what I have" (y-protocols sync step 1). */
export const step1 = (stateVector: Uint8Array): Uint8Array => sync(syncType.step1, stateVector)
/** "This is what you lack" (sync step 2). */
export const step2 = (update: Uint8Array): Uint8Array => sync(syncType.step2, update)
/** "This just came" (sync update). */
export const updateFrame = (update: Uint8Array): Uint8Array => sync(syncType.update, update)
/** How many of a connection's frames are committed. */
export const savedFrame = (count: number): Uint8Array => number(messageType.saved, count)
/** The document's epoch from now on. */
export const epochFrame = (epoch: number): Uint8Array => number(messageType.epoch, epoch)
/** What changed beside the text. */
export const newsFrame = (topic: NewsTopic): Uint8Array => {
  const encoder = new encoding.Encoder()
  encoding.writeVarUint(encoder, messageType.news)
  encoding.writeVarString(encoder, topic)
  return encoding.toUint8Array(encoder)
}
