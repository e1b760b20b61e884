import { messageType, syncType } from '@cabildo/protocol/room/messages'
import * as decoding from 'lib0/decoding'

/** What a counted socket tells about the frames it sends. */
export interface FrameHooks {
  /** Our answer to the server's step 1 goes out; it is counted by the server. */
  handedIn(): void
  /** One update goes out; it is counted by the server. */
  sent(): void
}

/** What to do with one frame that y-websocket wants to send. */
export type FrameFate = 'handIn' | 'count' | 'pass' | 'drop'

/**
 * Decides on one frame. Dropped are: an update before our step 2, which will carry it (the server could not take it
 * earlier: what it builds on may still be here); and y-websocket's echo of other people's presence.
 */
export function frameFate(
  frame: Uint8Array,
  { handedIn, clientId }: { handedIn: boolean; clientId: number },
): FrameFate {
  if (frame[0] === messageType.sync) {
    if (frame[1] === syncType.step2) return 'handIn'
    if (frame[1] === syncType.update) return handedIn ? 'count' : 'drop'
    return 'pass'
  }
  if (frame[0] === messageType.awareness) return mentions(frame, clientId) ? 'pass' : 'drop'
  return 'pass'
}

/** Says whether an awareness frame tells something of one client. */
function mentions(frame: Uint8Array, clientId: number): boolean {
  const decoder = decoding.createDecoder(frame)
  decoding.readVarUint(decoder)
  const update = decoding.createDecoder(decoding.readVarUint8Array(decoder))
  for (let left = decoding.readVarUint(update); left > 0; left--) {
    if (decoding.readVarUint(update) === clientId) return true
    decoding.readVarUint(update)
    decoding.readVarString(update)
  }
  return false
}

/** A `WebSocket` for y-websocket that counts what the server will acknowledge. `clientId` is asked at every frame. */
export function countedSocket(clientId: () => number, hooks: FrameHooks): typeof WebSocket {
  return class extends WebSocket {
    #handedIn = false

    override send(data: Parameters<WebSocket['send']>[0]): void {
      // Nothing leaves any more, and the browser would complain; the next connection hands it in.
      if (this.readyState > WebSocket.OPEN) return
      // y-websocket sends Uint8Arrays only.
      const fate =
        data instanceof Uint8Array ? frameFate(data, { handedIn: this.#handedIn, clientId: clientId() }) : 'pass'
      if (fate === 'drop') return
      // Counted before it leaves, so that an answer can never come before the count.
      if (fate === 'handIn') {
        this.#handedIn = true
        hooks.handedIn()
      } else if (fate === 'count') hooks.sent()
      super.send(data)
    }
  }
}
