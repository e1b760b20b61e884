/**
 * What the person is told about their text, and when. Pure: events in, a new state and effects out.
 *
 *   edited -> the edit is pending until a frame that carries it is known to be committed (message 100)
 *   linked -> counting starts anew; our step 2 (`handedIn`) carries every edit made so far, each later edit has a frame
 *   acked n -> the first n frames of this connection are committed, and with them the edits they carried
 */
import type { CloseReason } from '@cabildo/protocol/room/close'

/** Why the room will not have this connection back. `refused` covers what should not happen to an honest client. */
export type FinalReason = 'sign_in' | 'forbidden' | 'not_found' | 'new_program' | 'restored' | 'frozen' | 'refused'

/** How long a lost connection may be mended before we say that it is gone. */
export const graceMs = 4000

/** The connection of one open document. */
export interface Connection {
  /** `lost` after a connection that broke or an attempt that failed. */
  readonly link: 'opening' | 'open' | 'lost'
  /** The server has sent us everything it had when we came. */
  readonly synced: boolean
  /** Our answer to the server's step 1 is on its way on this connection. */
  readonly handedIn: boolean
  /** Both sides have had all of the other's once, on this connection or one before it. */
  readonly met: boolean
  /** Counted frames (step 2 and updates) of this connection: sent, and known to be committed. */
  readonly sent: number
  readonly acked: number
  /** For each frame after `acked`, how many edits it and the frames before it carry. */
  readonly carried: readonly number[]
  /** Edits ever made here, those known to be committed, and those known to be stored on this device. */
  readonly edits: number
  readonly committed: number
  readonly kept: number
  /** Still hoping that the connection comes back at once. */
  readonly hoping: boolean
  /** What the browser says about its network. Only believed while there is no connection. */
  readonly online: boolean
  readonly final: FinalReason | null
}

export type ConnectionEvent =
  /** The first attempt begins. */
  | { type: 'started' }
  | { type: 'linked' }
  | { type: 'handedIn' }
  | { type: 'sent' }
  | { type: 'synced' }
  | { type: 'acked'; count: number }
  | { type: 'lost' }
  | { type: 'refused'; reason: FinalReason }
  | { type: 'edited' }
  /** Edits found on this device that an earlier page could not hand in. */
  | { type: 'found'; edits: number }
  /** The first `edits` edits are stored on this device. */
  | { type: 'kept'; edits: number }
  | { type: 'network'; online: boolean }
  | { type: 'waited' }

/** `wait`: tell `waited` after that time, unless `endWait` comes first. `settle`: the room is closed for good. */
export type ConnectionEffect =
  | { type: 'wait'; ms: number }
  | { type: 'endWait' }
  | { type: 'settle'; reason: FinalReason }

/**
 * What the screen shows. `pending` counts edits not known to be committed; `kept` says that this device has them all.
 * `opening`: nothing was written yet, and the server not met.
 */
export interface SaveStatus {
  readonly state: 'opening' | 'saved' | 'saving' | 'offline' | 'reconnecting' | 'final'
  readonly pending: number
  readonly kept: boolean
  /** Closing the page now would lose text: it is neither committed nor stored on this device. */
  readonly guard: boolean
  readonly final: FinalReason | null
}

/** A connection before its first attempt. */
export function newConnection({ online }: { online: boolean }): Connection {
  return {
    link: 'opening',
    synced: false,
    handedIn: false,
    met: false,
    sent: 0,
    acked: 0,
    carried: [],
    edits: 0,
    committed: 0,
    kept: 0,
    hoping: true,
    online,
    final: null,
  }
}

/** What becomes of a connection when something happens. Never changes its argument; after `refused` only edits count. */
export function next(connection: Connection, event: ConnectionEvent): [Connection, ConnectionEffect[]] {
  const [after, effects] = follow(connection, event)
  return [after.met || !isWhole(after) ? after : { ...after, met: true }, effects]
}

/** Nothing of this connection is on its way, and nothing of this page waits. */
const isWhole = ({ link, synced, handedIn, sent, acked, edits, committed }: Connection): boolean =>
  link === 'open' && synced && handedIn && sent === acked && edits === committed

function follow(connection: Connection, event: ConnectionEvent): [Connection, ConnectionEffect[]] {
  const unchanged: [Connection, ConnectionEffect[]] = [connection, []]
  switch (event.type) {
    case 'edited':
      return [{ ...connection, edits: connection.edits + 1 }, []]
    case 'found': {
      const { edits, committed, kept } = connection
      // They were made before every edit of this page, and they are stored here: that is where they were found.
      const count = Math.max(0, event.edits)
      const carried = connection.carried.map((upTo) => upTo + count)
      return [{ ...connection, edits: edits + count, committed, kept: kept + count, carried }, []]
    }
    case 'kept':
      if (event.edits <= connection.kept) return unchanged
      return [{ ...connection, kept: Math.min(event.edits, connection.edits) }, []]
  }
  if (connection.final) return unchanged
  switch (event.type) {
    case 'started':
      return [connection, [{ type: 'wait', ms: graceMs }]]
    case 'linked':
      return [{ ...connection, ...unlinked, link: 'open', hoping: true }, [{ type: 'endWait' }]]
    case 'handedIn':
    case 'sent': {
      if (connection.link !== 'open') return unchanged
      const handedIn = connection.handedIn || event.type === 'handedIn'
      // An update before our step 2 carries only itself: what it builds on is not with the server yet.
      const upTo = handedIn ? connection.edits : connection.committed
      return [{ ...connection, handedIn, sent: connection.sent + 1, carried: [...connection.carried, upTo] }, []]
    }
    case 'synced':
      return connection.link === 'open' ? [{ ...connection, synced: true }, []] : unchanged
    case 'acked': {
      const news = Math.min(event.count, connection.sent) - connection.acked
      const upTo = connection.carried[news - 1]
      if (upTo === undefined) return unchanged
      const committed = Math.max(connection.committed, upTo)
      return [{ ...connection, acked: connection.acked + news, carried: connection.carried.slice(news), committed }, []]
    }
    case 'lost': {
      const lost = { ...connection, ...unlinked, link: 'lost' as const }
      if (connection.link === 'lost' || !connection.hoping) return [lost, []]
      return [lost, [{ type: 'wait', ms: graceMs }]]
    }
    case 'waited':
      return [{ ...connection, hoping: false }, []]
    case 'network': {
      if (connection.online === event.online) return unchanged
      const hoping = event.online
      const waits = event.online && connection.link !== 'open'
      return [{ ...connection, online: event.online, hoping }, waits ? [{ type: 'wait', ms: graceMs }] : []]
    }
    case 'refused':
      return [
        { ...connection, ...unlinked, link: 'lost', final: event.reason },
        [{ type: 'endWait' }, { type: 'settle', reason: event.reason }],
      ]
  }
}

const unlinked = { synced: false, handedIn: false, sent: 0, acked: 0, carried: [] } as const

/** What to show of a connection. `saved` is said only when every edit is known to be committed. */
export function statusOf(connection: Connection): SaveStatus {
  const { edits, committed, final } = connection
  const pending = edits - committed
  const kept = connection.kept >= edits
  const base = { pending, kept, guard: pending > 0 && !kept, final }
  if (final) return { ...base, state: 'final' }
  const isOpening = !connection.met && edits === 0
  if (connection.link === 'open')
    return { ...base, state: isWhole(connection) ? 'saved' : isOpening ? 'opening' : 'saving' }
  if (!connection.hoping || !connection.online) return { ...base, state: 'offline' }
  return { ...base, state: isOpening && connection.link === 'opening' ? 'opening' : 'reconnecting' }
}

/** Says whether two states look the same on the screen. */
export function sameStatus(a: SaveStatus, b: SaveStatus): boolean {
  return (
    a.state === b.state && a.pending === b.pending && a.kept === b.kept && a.guard === b.guard && a.final === b.final
  )
}

const finalReasons: Partial<Record<CloseReason, FinalReason>> = {
  sign_in: 'sign_in',
  forbidden: 'forbidden',
  not_found: 'not_found',
  schema_mismatch: 'new_program',
  epoch_mismatch: 'restored',
  frozen: 'frozen',
  malformed: 'refused',
  foreign_client: 'refused',
  out_of_sync: 'refused',
  too_large: 'refused',
  content_not_allowed: 'refused',
}

/** Reasons by code alone, for a proxy or an older server that sent no reason text. */
const finalCodes: Record<number, FinalReason> = {
  4401: 'sign_in',
  4403: 'forbidden',
  4404: 'not_found',
  4423: 'frozen',
}

/**
 * Why a close is final, or null when we should come back. The server closes a slow reader with 4408 to shed its
 * backlog, not to send the person away: coming back costs it one state vector, so we do.
 */
export function finalReasonOf(code: number, reason: string): FinalReason | null {
  // What we have to hand in is more than one frame may carry (contract, "Rooms"): it would be too much again.
  if (code === 1009) return 'refused'
  if (code < 4400 || code > 4499 || code === 4408) return null
  return finalReasons[reason as CloseReason] ?? finalCodes[code] ?? 'refused'
}
