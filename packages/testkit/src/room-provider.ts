import { messageType, syncType } from '@cabildo/protocol/room/messages'
import { schemaHash } from '@cabildo/schema/rules'
import * as decoding from 'lib0/decoding'
import { WebSocket } from 'ws'
import { WebsocketProvider } from 'y-websocket'
import type * as Y from 'yjs'

/** y-websocket's own provider in Node, signed in by a cookie, counting what the server acknowledged. */
export interface RoomProvider {
  provider: WebsocketProvider
  /** Sync frames sent on this connection, and how many of them the server called saved. */
  readonly sent: number
  readonly saved: number
  /** Calls back whenever `saved` moved or the connection changed. */
  onChange(listener: () => void): void
  /** Close codes in the order they came. */
  closeCodes: number[]
  destroy(): void
}

/** Connects a document to its room on the server at `url`. */
export function connectProvider(
  url: string,
  documentId: string,
  doc: Y.Doc,
  options: { cookie: string; origin?: string; params?: Record<string, string> },
): RoomProvider {
  let sent = 0
  let saved = 0
  const listeners = new Set<() => void>()
  const changed = () => {
    for (const listener of listeners) listener()
  }
  const closeCodes: number[] = []
  class SignedIn extends WebSocket {
    constructor(address: string) {
      super(address, { headers: { cookie: options.cookie, origin: options.origin ?? url }, perMessageDeflate: false })
      sent = 0
      saved = 0
      this.on('close', (code) => closeCodes.push(code))
      // A server that is down refuses; the provider comes back by itself.
      this.on('error', () => undefined)
    }
    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (data instanceof Uint8Array && data[0] === messageType.sync && data[1] !== syncType.step1) sent++
      super.send(data)
    }
  }
  const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/rooms`, documentId, doc, {
    // ws is a WebSocket in all that the provider uses.
    WebSocketPolyfill: SignedIn as unknown as typeof globalThis.WebSocket,
    disableBc: true,
    maxBackoffTime: 300,
    params: { schema: schemaHash, caps: 'saved1', ...options.params },
  })
  provider.messageHandlers[messageType.saved] = (_encoder, decoder) => {
    saved = decoding.readVarUint(decoder)
    changed()
  }
  provider.on('status', changed)
  provider.on('sync', changed)
  return {
    provider,
    get sent() {
      return sent
    },
    get saved() {
      return saved
    },
    onChange: (listener) => void listeners.add(listener),
    closeCodes,
    destroy: () => provider.destroy(),
  }
}
