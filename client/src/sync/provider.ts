/**
 * A Y.Doc and the room it belongs to, over y-websocket: connect, meet, send, come back.
 * Everything that happens is told as a `ConnectionEvent`; nothing is decided here.
 */
import { type Capability, messageType } from '@cabildo/protocol/room/messages'
import * as decoding from 'lib0/decoding'
import type { Awareness } from 'y-protocols/awareness'
import { WebsocketProvider } from 'y-websocket'
import type * as Y from 'yjs'
import { type AfterDrawing, updatesAfterDrawing } from './after-drawing.ts'
import { type ConnectionEvent, finalReasonOf } from './connection.ts'
import { countedSocket } from './counted-socket.ts'

/** What the provider needs. `url` is that of the rooms (`wss://host/rooms`); `random` answers from 0 to below 1. */
export interface RoomOptions {
  url: string
  documentId: string
  /** Whose words this document holds. */
  userId: string
  /** On whose behalf everything in it is typed. */
  behalfId?: string | undefined
  doc: Y.Doc
  awareness: Awareness
  afterDrawing: AfterDrawing
  /** The hash of the schema that this program speaks. */
  schema: string
  epoch: number
  /** This page writes, or holds text to hand in: the room must say no rather than pass it over in silence. */
  writes: boolean
  random: () => number
  onEvent(event: ConnectionEvent): void
  /** Something of others is about to be put into the document. */
  onIncoming(): void
  /** The document's epoch is another from now on. */
  onEpoch(epoch: number): void
  /** Something beside the text changed: one of `newsTopics`, or a topic of a newer program. */
  onNews(topic: string): void
}

/** A running connection. */
export interface RoomConnection {
  /** Tries now instead of when the pause is over; does nothing while a connection stands or is being made. */
  retryNow(): void
  /** Drops the connection and makes a new one: the way to learn whether it is still alive. */
  probe(): void
  /** Says goodbye and stops for good. */
  destroy(): void
}

const wanted: Capability[] = ['saved1', 'epoch1', 'news1']
/** Longest pause between two attempts, and how often we ask whether we missed something. Milliseconds. */
const longestPause = 20_000
const resyncEvery = 120_000

/** Connects. The caller stops it with `destroy`. */
export function connectRoom(options: RoomOptions): RoomConnection {
  const { doc, awareness, onEvent } = options
  const params: Record<string, string> = {
    user: options.userId,
    schema: options.schema,
    caps: wanted.join(','),
    epoch: String(options.epoch),
    ...(options.writes && { mode: 'edit' }),
    ...(options.behalfId !== undefined && { behalf: options.behalfId }),
  }
  const provider = new WebsocketProvider(options.url, options.documentId, doc, {
    connect: false,
    awareness,
    params,
    disableBc: true,
    resyncInterval: resyncEvery,
    shouldReconnect: (event) => finalReasonOf(event.code, event.reason) === null,
    WebSocketPolyfill: countedSocket(() => doc.clientID, {
      handedIn: () => onEvent({ type: 'handedIn' }),
      sent: () => onEvent({ type: 'sent' }),
    }),
  })
  doc.off('update', provider._updateHandler)
  const stopSending = updatesAfterDrawing(doc, options.afterDrawing, provider, (update) =>
    provider._updateHandler(update, null),
  )
  const takeSync = provider.messageHandlers[messageType.sync]
  provider.messageHandlers[messageType.sync] = (...message) => {
    options.onIncoming()
    takeSync?.(...message)
  }
  provider.messageHandlers[messageType.saved] = (_, decoder) => {
    onEvent({ type: 'acked', count: decoding.readVarUint(decoder) })
  }
  provider.messageHandlers[messageType.epoch] = (_, decoder) => {
    const epoch = decoding.readVarUint(decoder)
    params.epoch = String(epoch)
    options.onEpoch(epoch)
  }
  provider.messageHandlers[messageType.news] = (_, decoder) => options.onNews(decoding.readVarString(decoder))
  provider.on('status', ({ status }) => {
    if (status === 'connected') onEvent({ type: 'linked' })
  })
  provider.on('sync', (synced) => {
    if (synced) onEvent({ type: 'synced' })
  })
  provider.on('connection-close', (event) => {
    // A restarting or overloaded server gets a longer first pause. y-websocket computes the pause right after this.
    const shed = event !== null && [1012, 1013, 4408, 4503, 4529].includes(event.code)
    if (shed) provider.wsUnsuccessfulReconnects = Math.max(provider.wsUnsuccessfulReconnects, 3)
    provider.maxBackoffTime = pauseBefore(provider.wsUnsuccessfulReconnects + 1, options.random())
    if (!event || finalReasonOf(event.code, event.reason) === null) onEvent({ type: 'lost' })
  })
  provider.on('closed', ({ code, reason }) => {
    onEvent({ type: 'refused', reason: finalReasonOf(code, reason) ?? 'refused' })
  })
  provider.connect()

  return {
    retryNow() {
      if (provider.shouldConnect) provider.connect()
    },
    probe() {
      if (!provider.shouldConnect) return
      provider.disconnect()
      provider.connect()
    },
    destroy() {
      stopSending()
      provider.destroy()
    },
  }
}

/**
 * The pause before attempt `attempt` (1 is the first after a loss), in milliseconds: doubling from 200, at most
 * `longestPause`, and somewhere between half of that and all of it, so that a room full of people does not come back
 * in one moment.
 */
export function pauseBefore(attempt: number, random: number): number {
  return Math.min(2 ** attempt * 100, longestPause) * (0.5 + random / 2)
}
